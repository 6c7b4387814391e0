"""Forms of support plans."""

from typing import Any

from crispy_forms.layout import Row
from django import forms

from common.forms import laid_out
from consultations.services.plans import PlanDraft
from consultations.talk_words import ActionState, PlanOutcome
from school.forms.fields import DayField, TidyCharField
from school.models import Staff


def _words(rows: int, most: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "maxlength": most, "autocomplete": "off"})


class PlanForm(forms.Form):
    """The frame of a plan: people, term, grounds."""

    corrects = True

    responsible = forms.ModelChoiceField(label="Ответственный", queryset=Staff.objects.none(), empty_label=None)
    workers = forms.ModelMultipleChoiceField(
        label="Участвуют и читают план",
        queryset=Staff.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    begins = DayField(label="С")
    ends = DayField(label="По")
    review_on = DayField(label="Пересмотреть", required=False)
    why = forms.CharField(label="Основания", max_length=5000, widget=_words(4, 5000))

    helper = laid_out("responsible", Row("begins", "ends", "review_on"), "why", "workers")

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["responsible"].queryset = fields["workers"].queryset = people

    def draft(self) -> PlanDraft:
        """As the services take it."""
        told = self.cleaned_data
        return PlanDraft(
            responsible=told["responsible"],
            begins=told["begins"],
            ends=told["ends"],
            why=told["why"],
            workers=list(told["workers"]),
            review_on=told["review_on"],
        )


class GoalForm(forms.Form):
    """A goal."""

    words = TidyCharField(label="Новая цель", max_length=500)


class ActionForm(forms.Form):
    """An action towards a goal."""

    what = TidyCharField(label="Что будет сделано", max_length=500)
    who = forms.ModelChoiceField(label="Кто", queryset=Staff.objects.none(), required=False)
    due = DayField(label="Срок", required=False)

    helper = laid_out("what", Row("who", "due"))

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["who"]
        field.queryset = people


class SettleForm(forms.Form):
    """What became of an action."""

    state = forms.ChoiceField(
        label="Что вышло", choices=ActionState.choices(), widget=forms.RadioSelect, initial=ActionState.DONE.value
    )
    told = TidyCharField(
        label="Итог или причина", max_length=500, required=False, help_text="Если не выполнено, причина нужна."
    )


class FinishForm(forms.Form):
    """What came of the plan as a whole."""

    outcome = forms.ChoiceField(label="Итог", choices=PlanOutcome.choices(), widget=forms.RadioSelect)
    words = forms.CharField(label="Подробнее", max_length=5000, required=False, widget=_words(4, 5000))
