"""A file of pupils or staff."""

from django import forms
from django.core.files import File

from common.tabular import Limits


class SchoolFileForm(forms.Form):
    """One file; what it holds is looked at, not its name."""

    file = forms.FileField(
        label="Файл",
        help_text="XLSX, XLS, ODS, CSV или таблица HTML. Заголовки столбцов ищем сами, порядок столбцов не важен.",
        error_messages={"empty": "Файл пустой.", "missing": "Выберите файл.", "required": "Выберите файл."},
    )

    def clean_file(self) -> "File[bytes]":
        """Refuse what is too large before it is read."""
        file: File[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > Limits().packed:
            raise forms.ValidationError(f"Файл больше {Limits().packed // 2**20} МБ: разделите его на части.")
        return file
