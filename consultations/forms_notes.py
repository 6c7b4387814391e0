"""Forms of confidential notes. None of them keeps a draft in the browser: the computer may be the school's."""

from collections.abc import Sequence
from typing import Any

from django import forms

from consultations.talk_words import NoteRule, WhyTakenBack
from school.forms.fields import DayField, TidyCharField
from school.models import Staff

Choices = Sequence[tuple[object, str]]
WHOLE = ""


def _words(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "maxlength": 20000, "autocomplete": "off"})


class NoteForm(forms.Form):
    """A note; of a meeting of several people one says of whom."""

    on = DayField(label="За какой день")
    about = forms.ChoiceField(label="О ком", required=False)
    words = forms.CharField(label="Текст", max_length=20000, widget=_words(10))

    def __init__(self, *args: Any, about: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["about"]
        field.choices = list(about)
        if len(about) < 2:
            del self.fields["about"]


class CorrectionForm(forms.Form):
    """Other words for a note; `version`: which words were seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    words = forms.CharField(label="Текст", max_length=20000, widget=_words(10))


class TakeBackForm(forms.Form):
    """Why a note is taken back: one of three words."""

    why = forms.ChoiceField(label="Почему отзываете", choices=WhyTakenBack.choices(), widget=forms.RadioSelect)


class OpenForm(forms.Form):
    """On what grounds the glass is broken."""

    grounds = forms.CharField(
        label="Основание",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 1000, "autocomplete": "off"}),
        help_text="Например: «угроза жизни, автор в отпуске», «автор уволен, передаём случай». Его прочтёт автор.",
    )
    case = forms.BooleanField(label="Вскрыть все заметки об этом ученике", required=False)

    def __init__(self, *args: Any, case: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not case:
            del self.fields["case"]


class NamedForm(forms.Form):
    """Colleagues who read the note beside its author."""

    colleagues = forms.ModelMultipleChoiceField(
        label="Коллеги", queryset=Staff.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    case = forms.BooleanField(label="И все мои заметки об этом ученике", required=False)

    def __init__(self, *args: Any, people: Any, case: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["colleagues"]
        field.queryset = people
        if not case:
            del self.fields["case"]


class RuleForm(forms.Form):
    """Who reads notes from now on, and by which decision."""

    rule = forms.ChoiceField(label="Кто читает заметку", choices=NoteRule.choices(), widget=forms.RadioSelect)
    why = TidyCharField(
        label="Основание", max_length=500, help_text="Приказ или решение службы, с датой. Видно всей службе."
    )
