"""Forms of the register of local acts."""

from typing import Any

from crispy_forms.layout import Row
from django import forms
from django.core.files.uploadedfile import UploadedFile

from common.errors import Refused
from common.forms import laid_out
from documents.attaching import ACCEPTED, IN_WORDS, MOST_BYTES, type_of
from risk_registry.forms import FilterForm
from roadmaps.act_words import ActKind, ActState
from roadmaps.models import LocalAct
from roadmaps.rules.demanded import DEMANDS
from roadmaps.services.local_acts import ActDraft
from school.forms.fields import DayField, TidyCharField

_ANY = [("", "Все")]


class ActFilterForm(FilterForm):
    """Which acts of the register."""

    text = forms.CharField(label="Название или номер", required=False, max_length=100)
    kind = forms.ChoiceField(label="Вид", required=False, choices=[*_ANY, *ActKind.choices()])
    stage = forms.ChoiceField(label="Состояние", required=False, choices=[*_ANY, *ActState.choices()])

    field_order = ("text", "kind", "stage")

    def __init__(self, data: Any) -> None:
        super().__init__(data, without=FilterForm.base_fields.keys() - {"text"})


class ActForm(forms.Form):
    """What the act is."""

    kind = forms.ChoiceField(label="Вид", choices=ActKind.choices())
    title = TidyCharField(label="Название", max_length=300)
    answers = forms.ChoiceField(
        label="Чему отвечает",
        required=False,
        choices=[("", "акт самой школы"), *((one.code, one.title) for one in DEMANDS)],
        help_text="Что из требуемого источниками это закрывает.",
    )
    ends = DayField(label="Действует по", required=False, help_text="Пусто — без срока.")

    helper = laid_out(Row("kind", "ends"), "title", "answers")

    def __init__(self, *args: Any, act: LocalAct | None = None, **kwargs: Any) -> None:
        if act is not None:
            kwargs["initial"] = {name: getattr(act, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        self.corrects = act is not None

    def draft(self) -> ActDraft:
        """As the service takes it."""
        told = self.cleaned_data
        return ActDraft(ActKind(told["kind"]), told["title"], told["answers"], told["ends"])


class GroundsForm(forms.Form):
    """On what grounds."""

    grounds = TidyCharField(label="Основание", max_length=300, help_text="Например, «протокол педсовета № 3».")


class ApproveActForm(forms.Form):
    """By what it is approved."""

    number = TidyCharField(label="Номер", max_length=50)
    on = DayField(label="Дата")
    grounds = TidyCharField(label="Основание", max_length=300, help_text="Например, «приказ директора».")

    helper = laid_out(Row("number", "on"), "grounds")


class EnactForm(forms.Form):
    """From what day it is in force."""

    on = DayField(label="Действует с")
    grounds = TidyCharField(label="Основание", max_length=300, required=False)

    helper = laid_out(Row("on", "grounds"))


class ActFileForm(forms.Form):
    """The act itself."""

    title = TidyCharField(label="Название", max_length=100, required=False, help_text="Пусто — как называется акт.")
    file = forms.FileField(label="Файл", help_text=f"{IN_WORDS}.", widget=forms.FileInput(attrs={"accept": ACCEPTED}))

    def clean_file(self) -> bytes:
        """The content, once it is known to be what may be attached."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        content: bytes = file.read(MOST_BYTES + 1)
        try:
            type_of(content)
        except Refused as refusal:
            raise forms.ValidationError(refusal.message) from refusal
        return content


class WithdrawForm(forms.Form):
    """Why a file is taken back."""

    why = TidyCharField(label="Почему", max_length=300)
