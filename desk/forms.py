"""Forms of the pupil's page."""

from typing import Any

from django import forms

from gradebook.models import AbsenceReason
from school.forms.fields import DayField, TidyCharField

_MARKS = [(value, str(value)) for value in (5, 4, 3, 2, 1)]


def _comment() -> TidyCharField:
    return TidyCharField(label="Почему", max_length=300, required=False, help_text="Останется в истории отметки.")


class MarkCorrectForm(forms.Form):
    """Another value of a mark. `was` is what the person saw: a change that came in between is told."""

    value = forms.TypedChoiceField(label="Отметка", choices=_MARKS, coerce=int, widget=forms.RadioSelect)
    was = forms.IntegerField(widget=forms.HiddenInput)
    comment = _comment()


class MarkAddForm(forms.Form):
    """A mark that the files lack."""

    day = DayField(label="Дата")
    value = forms.TypedChoiceField(label="Отметка", choices=_MARKS, coerce=int, widget=forms.RadioSelect)
    comment = _comment()


class AbsenceReasonForm(forms.Form):
    """Why a lesson was missed."""

    reason = forms.ChoiceField(label="Причина", choices=AbsenceReason.choices, widget=forms.RadioSelect)
    comment = _comment()

    def cleaned(self) -> dict[str, Any]:
        """As the service takes it."""
        return {**self.cleaned_data, "reason": AbsenceReason(self.cleaned_data["reason"])}
