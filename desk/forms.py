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

    corrects = True

    reason = forms.ChoiceField(label="Причина", choices=AbsenceReason.choices, widget=forms.RadioSelect)
    comment = _comment()

    def cleaned(self) -> dict[str, Any]:
        """As the service takes it."""
        return {**self.cleaned_data, "reason": AbsenceReason(self.cleaned_data["reason"])}


class CardForm(forms.Form):
    """Which parts of a pupil's card to print beyond what everybody who sees the pupil may have."""

    parts = forms.MultipleChoiceField(
        label="Напечатать и",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Без отметки этих сведений в документе не будет.",
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]]) -> None:
        super().__init__(*args)
        if choices:
            field = self.fields["parts"]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = choices
        else:
            self.fields["parts"].widget = forms.MultipleHiddenInput()
            self.fields["parts"].help_text = ""


class DigestForm(forms.Form):
    """The letter of the morning."""

    digest = forms.BooleanField(label="Присылать по утрам письмо о том, что предстоит", required=False)
    email = forms.EmailField(label="Куда", required=False, max_length=254)

    def clean(self) -> dict[str, Any]:
        """A letter needs an address."""
        told = super().clean() or {}
        if told.get("digest") and not told.get("email") and "email" not in self.errors:
            self.add_error("email", "Напишите адрес, на который присылать письмо.")
        return told
