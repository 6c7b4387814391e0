"""Forms of imports."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from school.models import Period

MAX_BYTES = 50 * 1024 * 1024


class ManyFilesInput(forms.ClearableFileInput):
    """An input into which several files can be dropped."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """A list of files, each checked as one file is."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list["UploadedFile[Any]"]:
        several = (data or [None]) if isinstance(data, list | tuple) else [data]
        if nothing := [str(one.name) for one in several if one and not one.size]:
            words = "Файл пуст" if len(nothing) == 1 else "Файлы пусты"
            raise forms.ValidationError(f"{words}: {', '.join(nothing)}. Выгрузите заново.")
        return [super(ManyFilesField, self).clean(one, initial) for one in several]


class UploadForm(forms.Form):
    """Files of the e-journal, or one zip of them."""

    chosen = ManyFilesField(
        label="Файлы журнала или один ZIP: перетащите сюда",
        error_messages={"required": "Выберите хотя бы один файл."},
    )
    period = forms.ChoiceField(
        label="Период, если файл его не называет",
        required=False,
        help_text="Обычно не нужен: журнал, ведомость и табель называют период сами.",
    )

    year = forms.ChoiceField(
        label="Учебный год, если файл его не называет",
        required=False,
        help_text="Файлы прошлых лет нужны для списка начала года: год и его классы заведутся по файлам.",
    )

    def __init__(self, *args: Any, periods: list[Period], years: Sequence[int] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("period", "как в файле", [(str(period.number), period.title) for period in periods])
        titles = [(str(start), f"{start}/{(start + 1) % 100:02d}") for start in years]
        self._choose("year", "как в файле, иначе нынешний", titles)

    def _choose(self, name: str, none: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", none), *choices]

    def clean_year(self) -> int | None:
        """The first of the academic year's two, or nothing."""
        chosen = self.cleaned_data["year"]
        return int(chosen) if chosen else None

    def clean_chosen(self) -> list["UploadedFile[Any]"]:
        """Refuse what is too large before anything is kept."""
        files: list[UploadedFile[Any]] = self.cleaned_data["chosen"]
        large = [str(file.name) for file in files if (file.size or 0) > MAX_BYTES]
        if large:
            raise forms.ValidationError(f"Больше 50 МБ: {', '.join(large)}. Выгрузите по частям.")
        return files

    def clean_period(self) -> int | None:
        """The period's number, or nothing."""
        chosen = self.cleaned_data["period"]
        return int(chosen) if chosen else None
