"""Forms of the registry's pages."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from crispy_forms.layout import Row
from django import forms

from common.forms import LongChoices, laid_out
from risk_registry.categories import IN_REGISTRY, Category, DeedKind, Grounds, SignalRule
from risk_registry.causes import CauseGroup, CauseMethod, Established, causes_of_works, group_choices
from school.forms.fields import DayField, TidyCharField
from school.forms.filtering import Choices, ListFilter


class FilterForm(ListFilter):
    """What lists of the registry are filtered by; a list leaves out what it has no use for."""

    text = forms.CharField(label="Фамилия", required=False, max_length=100)
    period = forms.TypedChoiceField(label="Период", required=False, coerce=int, empty_value=None)
    cls = forms.TypedChoiceField(label="Класс", required=False, coerce=int, empty_value=None)
    category = forms.ChoiceField(label="Категория", required=False)
    subject = forms.TypedChoiceField(label="Предмет", required=False, coerce=int, empty_value=None)
    causes = forms.ChoiceField(
        label="Причины", required=False, choices=[("", "Все"), ("none", "Не установлены"), ("some", "Установлены")]
    )
    grave = forms.ChoiceField(label="Пропуски", required=False, choices=[("", "Все"), ("1", "Без единичных пропусков")])
    rule = forms.ChoiceField(label="Сигнал", required=False, choices=[("", "Все"), *SignalRule.choices()])
    state = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
    sort = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)


class AsOfForm(forms.Form):
    """Which day of the past, and of which period the registry."""

    on = DayField(label="На дату", required=False)
    period = forms.TypedChoiceField(label="Реестр за период", required=False, coerce=int, empty_value=None)
    text = forms.CharField(label="Фамилия", required=False, max_length=100)

    def __init__(self, data: Mapping[str, Any], *, periods: Choices) -> None:
        super().__init__(data)
        field: Any = self.fields["period"]
        field.choices = list(periods)

    def chosen(self, name: str) -> Any:
        """A value that makes sense, else None."""
        self.is_valid()
        return self.cleaned_data.get(name)


class CommentForm(forms.Form):
    """Why an entry is returned."""

    comment = forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 4}), strip=True)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["comment"].label = label
        self.fields["comment"].error_messages["required"] = "Напишите причину: без неё решение не понять."


class RemovalForm(CommentForm):
    """Why an entry leaves the registry."""

    grounds = forms.ChoiceField(
        label="Основание", choices=Grounds.choices(), initial=Grounds.OTHER, required=False, widget=forms.RadioSelect
    )

    field_order = ("grounds", "comment", "version")

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, label=label, **kwargs)
        self.fields["comment"].required = False
        self.fields["comment"].help_text = "Обязательно только для «Другое»."

    def clean_grounds(self) -> Grounds:
        """Words alone are grounds too."""
        return Grounds(self.cleaned_data["grounds"] or Grounds.OTHER)

    def clean(self) -> dict[str, Any]:
        """«Other» says nothing by itself."""
        told = super().clean() or {}
        if told.get("grounds") == Grounds.OTHER and not told.get("comment"):
            self.add_error("comment", "Напишите основание: без него решение не понять.")
        return told


class CorrectionForm(forms.Form):
    """Another category or other subjects than the marks say."""

    category = forms.ChoiceField(
        label="Категория",
        choices=[(each.value, each.label) for each in IN_REGISTRY],
        widget=forms.RadioSelect,
    )
    subjects = forms.TypedMultipleChoiceField(
        label="Предметы", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(
        label="Почему",
        help_text="Останется в ходе согласования. Например: «„н/а“ получено в больнице, пересдал 12 ноября».",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Напишите, почему категория другая: без этого исправление не проверить."},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, subjects: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["subjects"]
        field.choices = list(subjects)


class CausesForm(forms.Form):
    """Causes of one or several entries: which, how and when they were established."""

    how = forms.ChoiceField(label="Как установлены", choices=CauseMethod.choices(), widget=forms.RadioSelect)
    on = DayField(label="Когда установлены")
    note = TidyCharField(
        label="Подробнее",
        required=False,
        max_length=500,
        help_text="Видят только завуч, директор, классный руководитель, психологи и социальный педагог.",
    )

    def __init__(self, *args: Any, today: date, needed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._needed = needed
        for group in CauseGroup:
            field = forms.MultipleChoiceField(
                label=group.label, choices=group_choices(group), required=False, widget=forms.CheckboxSelectMultiple
            )
            self.fields[group.value] = field
        self.order_fields([*CauseGroup.codes(), "how", "on", "note"])
        self.fields["how"].initial = CauseMethod.TALK
        self.fields["on"].initial = today

    @property
    def established(self) -> Established:
        """How and when, as the services take it."""
        told = self.cleaned_data
        return Established(CauseMethod(told["how"]), told["on"], told["note"])

    @property
    def codes(self) -> list[str]:
        """What was chosen, of all groups."""
        return [code for group in CauseGroup for code in self.cleaned_data[group.value]]

    def clean(self) -> dict[str, Any]:
        """At least one, where the form is about causes alone."""
        told = super().clean() or {}
        if self._needed and not any(told.get(group.value) for group in CauseGroup):
            raise forms.ValidationError("Отметьте хотя бы одну причину.")
        return told


class CauseForm(forms.Form):
    """One cause, corrected."""

    code = forms.ChoiceField(label="Причина", choices=[(group.label, group_choices(group)) for group in CauseGroup])
    how = forms.ChoiceField(label="Как установлена", choices=CauseMethod.choices(), widget=forms.RadioSelect)
    on = DayField(label="Когда установлена")
    note = TidyCharField(label="Подробнее", required=False, max_length=500)

    @property
    def established(self) -> Established:
        """How and when, as the services take it."""
        told = self.cleaned_data
        return Established(CauseMethod(told["how"]), told["on"], told["note"])


class WorkFormForm(forms.Form):
    """A form or method of work, in a few words."""

    text = TidyCharField(
        label="Форма или метод работы",
        max_length=300,
        help_text="Коротко: «карточки по теме», «консультация по четвергам». Запишется всем отмеченным.",
    )
    subject = forms.TypedChoiceField(label="Предмет", coerce=int, required=False, empty_value=None)

    def __init__(self, *args: Any, subjects: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs |= {"list": "phrases", "autocomplete": "off"}
        field: Any = self.fields["subject"]
        field.choices = list(subjects) if len(subjects) == 1 else [("", "Любой"), *subjects]


class DeedForm(forms.Form):
    """A short fact: what was done, when, about which signals. Nothing but the kind and the day is asked."""

    kind = forms.ChoiceField(label="Что сделано", choices=DeedKind.choices(), widget=forms.RadioSelect)
    on = DayField(label="Когда")
    text = forms.CharField(
        label="Коротко",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="О чём договорились, что разобрали. Можно не писать.",
    )
    signals = forms.TypedMultipleChoiceField(
        label="На какие сигналы это ответ", coerce=int, required=False, widget=LongChoices
    )

    def __init__(self, *args: Any, signals: Choices, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today
        self.fields["kind"].initial = DeedKind.TALK
        if signals:
            field: Any = self.fields["signals"]
            field.choices = list(signals)
        else:
            del self.fields["signals"]


class WorksFilterForm(FilterForm):
    """What external works are filtered by."""

    year = forms.TypedChoiceField(label="Учебный год", required=False, coerce=int, empty_value=None)
    kind = forms.ChoiceField(label="Вид", required=False)
    grade = forms.TypedChoiceField(label="Параллель", required=False, coerce=int, empty_value=None)

    field_order = ("year", "kind", "grade", "cls", "subject")

    def __init__(self, data: Mapping[str, Any], **choices: Choices) -> None:
        without = FilterForm.base_fields.keys() - {"cls", "subject"}
        super().__init__(data, without=without, **choices)


class EndingFilterForm(FilterForm):
    """What the page of a period's last weeks is filtered by."""

    def __init__(self, data: Mapping[str, Any], **choices: Choices) -> None:
        without = FilterForm.base_fields.keys() - {"period", "cls"}
        super().__init__(data, without=without, **choices)


class WorksReviewForm(forms.Form):
    """What came of looking into alarming works."""

    text = TidyCharField(
        label="Рассмотрено",
        max_length=500,
        help_text="Где и что решили: «совещание при завуче, протокол № 3: повторение тем, контроль в декабре».",
    )
    on = DayField(label="Когда")


class WorkNoteForm(forms.Form):
    """Why the results of a work are low."""

    corrects = True

    causes = forms.MultipleChoiceField(
        label="Причины", required=False, choices=causes_of_works, widget=forms.CheckboxSelectMultiple
    )
    text = forms.CharField(
        label="Своими словами",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Какие темы не усвоены, что повторить. Без имён учеников.",
    )


class DismissForm(forms.Form):
    """Why a signal asks for nothing."""

    reason = TidyCharField(
        label="Почему сигнал ничего не требует",
        max_length=500,
        help_text="Например, «ошибка в журнале, исправляется». Новые отметки откроют сигнал снова.",
    )


class CalibrationForm(forms.Form):
    """The choice of where «weak» begins, with the school's order."""

    weak_min_marks = forms.TypedChoiceField(label="Двоек по предмету, не меньше", coerce=int)
    weak_max_result = forms.TypedChoiceField(label="Итог по этому предмету, не выше", coerce=int)
    order_number = TidyCharField(label="Номер приказа", max_length=50)
    order_date = DayField(label="Дата приказа")

    helper = laid_out(Row("weak_min_marks", "weak_max_result"), Row("order_number", "order_date"))

    def __init__(self, *args: Any, marks: Sequence[int], results: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, values in (("weak_min_marks", marks), ("weak_max_result", results)):
            field: Any = self.fields[name]
            field.choices = [(value, str(value)) for value in values]


class IncludeForm(forms.Form):
    """Putting a pupil into the registry by a person's decision."""

    pupil = forms.TypedChoiceField(label="Обучающийся", coerce=int)
    category = forms.ChoiceField(
        label="Категория",
        choices=[(each.value, each.label) for each in Category if each != Category.NONE],
        widget=forms.RadioSelect,
    )
    subjects = forms.TypedMultipleChoiceField(
        label="Предметы", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    grounds = forms.CharField(
        label="Основание",
        help_text="Например, решение педагогического совета, его дата и номер.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, pupils: Choices, subjects: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, options in (("pupil", pupils), ("subjects", subjects)):
            field: Any = self.fields[name]
            field.choices = list(options)
