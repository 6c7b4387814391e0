"""The form of a reason of absence: made for a telephone, with everything guessed that can be."""

from datetime import date
from typing import Any

from crispy_forms.layout import Row
from django import forms
from django.core.files.uploadedfile import UploadedFile

from common.errors import Refused
from common.forms import laid_out
from documents.attaching import ACCEPTED, IN_WORDS, MOST_BYTES, type_of
from gradebook.grounds import CHOICES, GroundKind
from gradebook.models import AbsenceGround
from gradebook.services.grounds import GroundDraft
from school.forms.fields import DayField, TidyCharField


class GroundForm(forms.Form):
    """Why a pupil was absent, and by which paper."""

    kind = forms.ChoiceField(label="Основание", choices=CHOICES, widget=forms.RadioSelect)
    starts = DayField(label="С какого дня")
    ends = DayField(label="По какой день")
    on_paper = forms.BooleanField(
        label="Документ у меня в руках или я его видел(а)",
        required=False,
        help_text="Не отмечайте, если его только обещали: пропуск будет ждать документа.",
    )
    file = forms.FileField(
        label="Снимок документа",
        required=False,
        help_text=f"По желанию: {IN_WORDS}. Его откроют только кл. руководитель, соцпедагог и администрация.",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    comment = TidyCharField(label="Примечание", max_length=300, required=False)

    helper = laid_out("kind", Row("starts", "ends"), "on_paper", "file", "comment")

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

    def clean(self) -> dict[str, Any]:
        """Days in order."""
        told: dict[str, Any] = super().clean() or {}
        first, last = told.get("starts"), told.get("ends")
        if first is not None and last is not None and first > last:
            self.add_error("ends", "Последний день раньше первого.")
        return told

    def draft(self) -> GroundDraft:
        """As the service takes it."""
        told = self.cleaned_data
        return GroundDraft(
            kind=GroundKind(told["kind"]),
            starts=told["starts"],
            ends=told["ends"],
            on_paper=told["on_paper"],
            scan=told["file"],
            comment=told["comment"],
        )


class GroundCorrectForm(GroundForm):
    """The same about what is written already; the attached paper stays unless another is chosen."""

    corrects = True


def initial_of(ground: AbsenceGround) -> dict[str, Any]:
    """What the form of a correction begins with."""
    return {name: getattr(ground, name) for name in ("kind", "starts", "ends", "on_paper", "comment")}


def guess(first: date, last: date, *, short: bool) -> dict[str, Any]:
    """What the form of new days begins with: a parents' note while it is enough, else a certificate."""
    kind = GroundKind.NOTE if short else GroundKind.CERTIFICATE
    return {"kind": kind.value, "starts": first, "ends": last, "on_paper": True}


class WithdrawForm(forms.Form):
    """Why a ground is taken back."""

    why = TidyCharField(
        label="Почему отзываете",
        max_length=300,
        help_text="Например, «записано не тому ученику». Уроки снова будут учтены так, как сказал журнал.",
    )
