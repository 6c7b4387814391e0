"""The form of a consent's scan."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from common.errors import Refused
from documents.attaching import ACCEPTED, IN_WORDS, MOST_BYTES, type_of


class ScanForm(forms.Form):
    """The signed paper."""

    file = forms.FileField(
        label="Скан или снимок подписанного согласия",
        help_text=f"{IN_WORDS}. Откроют только те, кто ведёт согласия ученика; каждое открытие записывается.",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )

    def clean_file(self) -> bytes:
        """The content, once it is known to be what may be attached."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        content: bytes = file.read(MOST_BYTES + 1)
        try:
            type_of(content)
        except Refused as refusal:
            raise forms.ValidationError(refusal.message) from refusal
        return content
