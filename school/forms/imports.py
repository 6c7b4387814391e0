"""A file of pupils or staff."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files import File

from common.tabular import Limits
from school.models import AcademicYear


class SchoolFileForm(forms.Form):
    """One file; what it holds is looked at, not its name."""

    file = forms.FileField(
        label="Файл",
        help_text="XLSX, XLS, ODS, CSV или таблица HTML. Заголовки столбцов ищем сами, порядок столбцов не важен.",
        error_messages={"empty": "Файл пустой.", "missing": "Выберите файл.", "required": "Выберите файл."},
    )

    def __init__(self, *args: Any, years: Sequence[AcademicYear] = (), asked: str = "", **kwargs: Any) -> None:
        """`years`: those that are open; which one is asked about only where there are several."""
        super().__init__(*args, **kwargs)
        self.years = {str(year.start): year for year in years}
        if len(years) > 1:
            self.fields["year"] = forms.ChoiceField(
                label="Классы какого года в файле",
                choices=[(key, str(year)) for key, year in self.years.items()],
                initial=asked if asked in self.years else str(years[0].start),
            )

    @property
    def year(self) -> AcademicYear | None:
        """The chosen year; None where there is nothing to choose from."""
        return self.years.get(self.cleaned_data.get("year", ""))

    def clean_file(self) -> "File[bytes]":
        """Refuse what is too large before it is read."""
        file: File[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > Limits().packed:
            raise forms.ValidationError(f"Файл больше {Limits().packed // 2**20} МБ: разделите его на части.")
        return file
