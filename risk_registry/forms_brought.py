"""Forms of bringing a school's own registry."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files import File

from common.tabular import Limits


class BringForm(forms.Form):
    """One table; what its columns hold is looked at, and then asked."""

    file = forms.FileField(
        label="Файл с вашим реестром",
        help_text="XLSX, XLS, ODS, CSV или таблица HTML, столбцы любые. В реестр пока ничего не запишется.",
        error_messages={"empty": "Файл пустой.", "missing": "Выберите файл.", "required": "Выберите файл."},
    )
    period = forms.TypedChoiceField(label="В реестр какого периода", coerce=int)

    def __init__(self, *args: Any, periods: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["period"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = list(periods)

    def clean_file(self) -> "File[bytes]":
        """Refuse what is too large before it is read."""
        file: File[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > Limits().packed:
            raise forms.ValidationError(f"Файл больше {Limits().packed // 2**20} МБ: разделите его на части.")
        return file
