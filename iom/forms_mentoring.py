"""Forms of mentoring: which pairs are listed, whom to find a mentor for, what a pair plans, meetings, assessments."""

from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.layout import Row
from django import forms

from common.forms import laid_out
from iom.mentoring import WEEKDAYS, Outcome, PairForm, PairState, Rhythm, Stage
from iom.selectors.mentoring import ON_DAY, PAST, SILENT
from iom.services.mentoring import PairPlan
from iom.services.pair_work import Assessed, Met
from risk_registry.forms import FilterForm
from school.forms.fields import DayField, TidyCharField
from school.models import Staff

Choices = Sequence[tuple[object, str]]
ANY = [("", "Все")]
HELD = [("yes", "состоялась"), ("no", "не состоялась")]


class PairFilterForm(FilterForm):
    """Which pairs: of which form, where they stand, in which subject, on which day."""

    form = forms.ChoiceField(label="Форма", required=False, choices=[*ANY, *PairForm.choices()])
    kind = forms.ChoiceField(
        label="Состояние",
        required=False,
        choices=[
            *ANY,
            (ON_DAY, "Действуют на дату"),
            (SILENT, "Есть встречи без записи"),
            (PAST, "Срок прошёл"),
            *((one.value, one.label) for one in PairState if one != PairState.ACTIVE),
        ],
    )
    day = DayField(label="На дату", required=False)

    field_order = ("text", "form", "kind", "subject", "day")

    def __init__(self, data: Mapping[str, Any], **choices: Choices) -> None:
        super().__init__(data, without=FilterForm.base_fields.keys() - {"text", "subject"}, **choices)


class FindForm(forms.Form):
    """For whom a mentor is looked for; what is not chosen yet narrows what can be chosen next."""

    form = forms.ChoiceField(label="Форма пары")
    cls = forms.TypedChoiceField(label="Класс", required=False, coerce=int, empty_value=None)
    pupil = forms.TypedChoiceField(label="Кого ведёт: ученик", required=False, coerce=int, empty_value=None)
    staff = forms.TypedChoiceField(label="Кого ведёт: учитель", required=False, coerce=int, empty_value=None)
    subject = forms.TypedChoiceField(label="Предмет", required=False, coerce=int, empty_value=None)

    def __init__(self, data: Mapping[str, Any], *, without: Sequence[str], **choices: Choices) -> None:
        super().__init__(data)
        for name, options in choices.items():
            field: Any = self.fields[name]
            field.choices = list(options)
        for name in without:
            del self.fields[name]


class PlanForm(forms.Form):
    """What a pair plans: goals and days are needed, the rest as the school wishes."""

    corrects = True

    goals = TidyCharField(
        label="Цели",
        max_length=500,
        help_text="Коротко: «закрыть тему „Дроби“, к концу четверти работа на 3».",
    )
    program = TidyCharField(
        label="Программа", required=False, max_length=300, help_text="Название программы или плана, если они есть."
    )
    rhythm = forms.ChoiceField(label="Как часто встречаются", choices=Rhythm.choices(), widget=forms.RadioSelect)
    weekdays = forms.TypedMultipleChoiceField(
        label="По каким дням",
        choices=WEEKDAYS,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="По этим дням Опора напомнит о встрече без записи. «По договорённости» не напоминает.",
    )
    begins = DayField(label="С какого дня")
    ends = DayField(label="По какой день")
    curator = forms.ModelChoiceField(label="Куратор пары", queryset=Staff.objects.none(), required=False)
    assistant = forms.BooleanField(label="Наставник — ассистент учителя", required=False)

    helper = laid_out("goals", "program", "rhythm", "weekdays", Row("begins", "ends"), "curator", "assistant")

    def __init__(self, *args: Any, form: PairForm, curators: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["goals"].widget = forms.Textarea(attrs={"rows": 3, "maxlength": 500})
        fields["curator"].queryset = curators
        fields["curator"].empty_label = "Выберите сотрудника"
        fields["curator"].required = form == PairForm.PUPILS
        if form != PairForm.PUPILS:
            del fields["curator"], fields["assistant"]
            self.helper = laid_out("goals", "program", "rhythm", "weekdays", Row("begins", "ends"))

    def plan(self) -> PairPlan:
        """As the services take it."""
        told = self.cleaned_data
        return PairPlan(
            goals=told["goals"],
            begins=told["begins"],
            ends=told["ends"],
            rhythm=Rhythm(told["rhythm"]),
            weekdays=tuple(told["weekdays"]),
            program=told["program"],
            curator=told.get("curator"),
            assistant=bool(told.get("assistant")),
        )


class MeetingForm(forms.Form):
    """A meeting in a few words; a missed one says why."""

    corrects = True

    on = DayField(label="Когда")
    held = forms.ChoiceField(label="Встреча", choices=HELD, widget=forms.RadioSelect)
    minutes = forms.IntegerField(label="Минут", required=False, min_value=1, max_value=600)
    text = TidyCharField(
        label="О чём",
        required=False,
        max_length=500,
        help_text="Что разобрали. Для несостоявшейся — почему.",
    )

    helper = laid_out(Row("on", "minutes"), "held", "text")

    def met(self) -> Met:
        """As the services take it."""
        told = self.cleaned_data
        return Met(told["on"], told["held"] == "yes", told["minutes"], told["text"])


class AssessmentForm(forms.Form):
    """How a pair stands, in a word and a sentence."""

    corrects = True

    on = DayField(label="Когда")
    outcome = forms.ChoiceField(label="Итог", choices=Outcome.choices(), widget=forms.RadioSelect)
    text = TidyCharField(label="Вывод", required=False, max_length=500, help_text="По чему это видно. Можно не писать.")

    def assessed(self, stage: Stage) -> Assessed:
        """As the services take it."""
        told = self.cleaned_data
        return Assessed(stage, told["on"], Outcome(told["outcome"]), told["text"])


class EndForm(forms.Form):
    """The last day of a pair; a reason where it ends early."""

    on = DayField(label="Последний день")
    why = TidyCharField(label="Почему", max_length=500)

    def __init__(self, *args: Any, early: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not early:
            del self.fields["why"]
