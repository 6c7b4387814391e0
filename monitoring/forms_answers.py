"""What people answer for indicators that nothing counts."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from common.errors import Refused
from documents.attaching import ACCEPTED, IN_WORDS, MOST_BYTES, type_of
from monitoring.models import ManualValue
from monitoring.rules.values import SHARES
from roadmaps.indicators import Counted, Indicator, Unit
from school.forms.fields import TidyCharField

_MOST = 1_000_000


class AnswerForm(forms.Form):
    """A number (of how many, for a share), or yes and no; what it rests on; a document.

    `standing`: the answer of the period that this one will take the place of.
    """

    corrects = True

    there = forms.TypedChoiceField(
        label="Ответ", choices=[("1", "да"), ("0", "нет")], coerce=int, widget=forms.RadioSelect
    )
    number = forms.IntegerField(label="Сколько", min_value=0, max_value=_MOST)
    of = forms.IntegerField(label="Из скольких", min_value=1, max_value=_MOST)
    text = TidyCharField(label="Чем подтверждается", max_length=500, help_text="Документ, его номер и дата; без имён.")
    file = forms.FileField(
        label="Документ", required=False, help_text=IN_WORDS, widget=forms.FileInput(attrs={"accept": ACCEPTED})
    )

    def __init__(self, *args: Any, indicator: Indicator, standing: ManualValue | None = None, **kwargs: Any) -> None:
        if standing is not None:
            kwargs["initial"] = {"there": standing.number, "number": standing.number, "of": standing.of}
            kwargs["initial"]["text"] = standing.text
        super().__init__(*args, **kwargs)
        if standing is not None and standing.file_id is not None:
            self.fields["file"].help_text = f"{IN_WORDS}. Прежний остаётся у прежнего значения."
        self.schools = indicator.counted == Counted.SCHOOLS
        there = self.schools or indicator.unit == Unit.PRESENCE
        unused = ["number", "of"] if there else ["there"] if indicator.unit in SHARES else ["there", "of"]
        for name in unused:
            del self.fields[name]

    @property
    def numbers(self) -> tuple[int, int | None]:
        """The number and of how many; of what the region counts by schools, one school."""
        told = self.cleaned_data
        if "there" in self.fields:
            return told["there"], 1 if self.schools else None
        return told["number"], told.get("of")

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


class RemovalForm(forms.Form):
    """Why an answer is taken back."""

    why = TidyCharField(label="Почему значение отозвано", max_length=300)
