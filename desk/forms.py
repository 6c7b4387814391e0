"""Forms of the pupil's page."""

from typing import Any

from django import forms

from gradebook.models import AbsenceReason
from gradebook.services.hand import NOT_ATTESTED
from gradebook.sheet import RESULT_VALUES
from school.forms.fields import DayField, TidyCharField
from school.models import School, Subject

_RESULTS = (*RESULT_VALUES[4::-1], *RESULT_VALUES[5:])  # «5» first, then the words
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


class SubjectForm(forms.Form):
    """A form that names one of the school's subjects."""

    subject = forms.ModelChoiceField(Subject.objects.none(), label="Предмет", empty_label="выберите")

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["subject"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Subject.objects.filter(school=school)


class MarkNewForm(SubjectForm, MarkAddForm):
    """The same in any subject."""

    field_order = ["subject", "day", "value", "comment"]


class ResultForm(forms.Form):
    """The result of a period or of the year; empty takes it out. `was` is what the person saw."""

    value = forms.ChoiceField(
        label="Итог", required=False, choices=[("", "итога нет"), *((value, value) for value in _RESULTS)]
    )
    excused = forms.BooleanField(
        label="«н/а» по уважительной причине", required=False, help_text="Предмет тогда не учитывается."
    )
    was = forms.CharField(required=False, widget=forms.HiddenInput)
    comment = _comment()

    def clean(self) -> dict[str, Any]:
        """Only «н/а» has a reason."""
        told = super().clean() or {}
        if told.get("excused") and told.get("value") != NOT_ATTESTED:
            self.add_error("excused", "Уважительной причина бывает только у «н/а».")
        return told


class AbsenceReasonForm(forms.Form):
    """Why a lesson was missed."""

    corrects = True

    reason = forms.ChoiceField(label="Причина", choices=AbsenceReason.choices, widget=forms.RadioSelect)
    comment = _comment()

    def cleaned(self) -> dict[str, Any]:
        """As the service takes it."""
        return {**self.cleaned_data, "reason": AbsenceReason(self.cleaned_data["reason"])}


class AbsenceAddForm(SubjectForm):
    """A missed lesson that the files do not tell of."""

    day = DayField(label="День")
    reason = forms.ChoiceField(label="Причина", choices=AbsenceReason.choices, widget=forms.RadioSelect)
    comment = _comment()
    field_order = ["subject", "day", "reason", "comment"]


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
