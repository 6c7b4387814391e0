"""Forms of imports."""

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
        several = data if isinstance(data, list | tuple) else [data]
        return [super(ManyFilesField, self).clean(one, initial) for one in several]


class UploadForm(forms.Form):
    """Files of the e-journal, or one zip of them."""

    chosen = ManyFilesField(
        label="Файлы журнала или один ZIP: перетащите сюда",
        error_messages={"required": "Выберите хотя бы один файл.", "empty": "Файл пуст: выгрузите его заново."},
    )
    period = forms.ChoiceField(
        label="Период, если файл его не называет",
        required=False,
        help_text="Обычно не нужен: журнал, ведомость и табель называют период сами.",
    )

    def __init__(self, *args: Any, periods: list[Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(period.number), period.title) for period in periods]
        field = self.fields["period"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "как в файле"), *named]

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
