"""Forms of academic debts."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from crispy_forms.layout import Row
from django import forms
from django.core.files.uploadedfile import UploadedFile

from common.errors import Refused
from common.forms import laid_out
from documents.attaching import ACCEPTED, IN_WORDS, MOST_BYTES, type_of
from risk_registry.debts import Choice, Need, Outcome, PauseKind
from risk_registry.forms import FilterForm
from risk_registry.services.debt_attempts import FAILING, PASSING, AttemptEnd, AttemptPlan
from school.forms.fields import DayField, TidyCharField
from school.forms.filtering import Choices

_TERMS = [("", "Все"), ("soon", "Истекает за 30 дней"), ("over", "Истёк")]
_NEEDS = [("", "Все"), *((need.value, need.label) for need in Need if need != Need.NOTHING)]


class DebtFilterForm(FilterForm):
    """What the list of debts is filtered by."""

    need = forms.ChoiceField(label="Что сделать", required=False, choices=_NEEDS)
    term = forms.ChoiceField(label="Срок", required=False, choices=_TERMS)

    field_order = ("text", "cls", "subject", "need", "term")

    def __init__(self, data: Mapping[str, Any], **choices: Choices) -> None:
        without = FilterForm.base_fields.keys() - {"text", "cls", "subject", "state", "sort"}
        super().__init__(data, without=without, **choices)


class SeenForm(forms.Form):
    """What changes one debt carries the version at which it was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def told(self) -> dict[str, Any]:
        """What was entered, with the version, as the services take it."""
        return self.cleaned_data


class ReasonForm(SeenForm):
    """Why a debt is declined, or brought back."""

    reason = TidyCharField(label="Почему", max_length=500)


class ConfirmForm(forms.Form):
    """From which day the year of the chosen debts counts."""

    arose = DayField(
        label="Задолженность образовалась",
        required=False,
        help_text="День решения педсовета о результатах аттестации: от него считается год. Пусто — оставить как есть.",
    )


class OrderForm(forms.Form):
    """The order of the conditional transfer of the chosen."""

    number = TidyCharField(label="Номер приказа", max_length=50)
    on = DayField(label="Дата приказа")

    helper = laid_out(Row("number", "on"))


class ProtocolForm(forms.Form):
    """Under which number and of which day the council's protocol is kept."""

    number = TidyCharField(label="Номер протокола", max_length=20)
    on = DayField(label="Дата заседания")

    helper = laid_out(Row("number", "on"))


class DebtAddForm(forms.Form):
    """A debt that no result of this school has made."""

    pupil = forms.TypedChoiceField(label="Обучающийся", coerce=int)
    subject = forms.TypedChoiceField(label="Предмет", coerce=int)
    year = forms.TypedChoiceField(label="За какой учебный год", coerce=int)
    arose = DayField(label="Образовалась")
    reason = TidyCharField(
        label="Основание", max_length=500, help_text="Например, «личное дело из прежней школы, приказ № 40-у»."
    )

    def __init__(self, *args: Any, pupils: Choices, subjects: Choices, years: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unchosen = [("", "выберите")]
        for name, options in (("pupil", [*unchosen, *pupils]), ("subject", [*unchosen, *subjects]), ("year", years)):
            field: Any = self.fields[name]
            field.choices = list(options)


class AttemptForm(SeenForm):
    """When, where and before whom an attempt is held."""

    on = DayField(label="День")
    place = TidyCharField(
        label="Время и место", max_length=100, required=False, help_text="Например, «15:00, каб. 24»."
    )
    members = forms.CharField(
        label="Кто принимает", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, second: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["members"]
        if second:
            field.required = True
            field.label = "Комиссия"
            field.help_text = "Председатель и члены комиссии, по одному в строке: вторую пересдачу принимает комиссия."
        else:
            field.help_text = "По одному в строке. Для первой пересдачи достаточно учителя."

    def clean_members(self) -> tuple[str, ...]:
        """A name a line, without repeats."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["members"].splitlines()]
        return tuple(dict.fromkeys(line for line in lines if line))

    @property
    def plan(self) -> AttemptPlan:
        """As the service takes it."""
        told = self.cleaned_data
        return AttemptPlan(told["on"], told["members"], told["place"])


_OUTCOMES = [(one.value, one.label) for one in Outcome if one != Outcome.PLANNED]
_MARKS = [("", "—"), *((mark, mark) for mark in (*reversed(PASSING[:-1]), *reversed(FAILING[:-1]), "зач", "незач"))]


class OutcomeForm(SeenForm):
    """How an attempt ended."""

    outcome = forms.ChoiceField(
        label="Исход",
        choices=_OUTCOMES,
        widget=forms.RadioSelect,
        help_text="Неявка по болезни и отмена школой попыткой не считаются.",
    )
    mark = forms.ChoiceField(label="Отметка", choices=_MARKS, required=False)
    number = TidyCharField(label="Номер протокола", max_length=50, required=False)
    protocol_on = DayField(label="Дата протокола", required=False)
    file = forms.FileField(
        label="Протокол",
        required=False,
        help_text=f"По желанию: {IN_WORDS}.",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )

    helper = laid_out("outcome", Row("mark", "number", "protocol_on"), "file", "version")

    def clean_file(self) -> bytes | None:
        """The content, once it is known to be what may be attached."""
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        if file is None:
            return None
        content: bytes = file.read(MOST_BYTES + 1)
        try:
            type_of(content)
        except Refused as refusal:
            raise forms.ValidationError(refusal.message) from refusal
        return content

    @property
    def end(self) -> AttemptEnd:
        """As the service takes it."""
        told = self.cleaned_data
        outcome = Outcome(told["outcome"])
        return AttemptEnd(outcome, told["mark"], told["number"], told["protocol_on"], told["file"])


class PauseForm(forms.Form):
    """Days that the year does not include, by which paper."""

    kind = forms.ChoiceField(label="Причина", choices=PauseKind.choices(), widget=forms.RadioSelect)
    starts = DayField(label="С какого дня")
    ends = DayField(label="По какой день")
    paper = TidyCharField(
        label="Документ",
        max_length=200,
        help_text="Вид, номер и дата: «справка № 214 от 14.09.2026». Видят те, кто ведёт пропуски ученика.",
    )

    helper = laid_out("kind", Row("starts", "ends"), "paper")

    def clean(self) -> dict[str, Any]:
        """Days in order."""
        told: dict[str, Any] = super().clean() or {}
        first, last = told.get("starts"), told.get("ends")
        if isinstance(first, date) and isinstance(last, date) and first > last:
            self.add_error("ends", "Последний день раньше первого.")
        return told


class PauseEndForm(forms.Form):
    """Why a pause is taken back."""

    why = TidyCharField(label="Почему отзываете", max_length=300, help_text="Срок станет таким, каким был бы без неё.")


class ChoiceForm(SeenForm):
    """What the parents chose."""

    choice = forms.ChoiceField(label="Выбор родителей", choices=Choice.choices(), widget=forms.RadioSelect)
    on = DayField(label="Дата заявления")
    paper = TidyCharField(
        label="Документы",
        max_length=300,
        required=False,
        help_text="Для адаптированной программы — номер и дата заключения ПМПК.",
    )


class AdmissionFilterForm(forms.Form):
    """Which class, and whether only those in danger."""

    cls = forms.TypedChoiceField(label="Класс", required=False, coerce=int, empty_value=None)
    show = forms.ChoiceField(label="Кого показать", required=False, choices=[("", "Под угрозой"), ("all", "Всех")])
    grade = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any], *, classes: Choices) -> None:
        super().__init__(data)
        field: Any = self.fields["cls"]
        field.choices = [("", "Все"), *classes]


_TRIALS = [("", "не сдавал(а)"), ("1", "зачёт"), ("0", "незачёт")]


class TrialDayForm(forms.Form):
    """Of which day the sitting is."""

    on = DayField(label="День")


class TrialsForm(forms.Form):
    """A class's sitting of one day: a line a pupil."""

    corrects = True

    def __init__(self, *args: Any, pupils: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, name in pupils:
            boxes = forms.RadioSelect(attrs={"class": "form-check-input"})
            self.fields[f"p{key}"] = forms.ChoiceField(label=name, choices=_TRIALS, required=False, widget=boxes)

    @property
    def passed(self) -> dict[int, bool | None]:
        """By pupil: True, False, None for who did not sit."""
        words = {"1": True, "0": False, "": None}
        return {int(name[1:]): words[value] for name, value in self.cleaned_data.items()}
