"""What of routes is wanted on paper."""

from collections.abc import Sequence
from typing import Any

from django import forms

from common.forms import laid_out

ROUTE, COURSE, PARENTS = "route", "course", "parents"
ALL = "all"
_SHEETS = [(ROUTE, "Маршрут"), (COURSE, "Ход работы: контроль, итоги, пересмотр"), (PARENTS, "Листок для родителей")]
_FILES = [("pdf", "Один PDF с закладками"), ("zip", "Архив: файл на каждый маршрут")]


class RoutesPrintForm(forms.Form):
    """Whose routes, which sheets, in how many files. `classes` are pairs (key, name)."""

    cls = forms.ChoiceField(label="Чьи маршруты")
    sheets = forms.MultipleChoiceField(
        label="Что печатать",
        choices=_SHEETS,
        widget=forms.CheckboxSelectMultiple,
        initial=[ROUTE],
        error_messages={"required": "Отметьте, что печатать."},
    )
    pack = forms.ChoiceField(label="Файлы", choices=_FILES, initial="pdf", widget=forms.RadioSelect)

    helper = laid_out("cls", "sheets", "pack")

    def __init__(self, *args: Any, classes: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["cls"]
        field.choices = classes
        if not classes:
            del self.fields["cls"]
            del self.fields["pack"]
            self.helper = laid_out("sheets")

    def clean_sheets(self) -> list[str]:
        """The course stands on the sheet of the route: with it that is printed too."""
        chosen: list[str] = self.cleaned_data["sheets"]
        return [ROUTE, *chosen] if COURSE in chosen and ROUTE not in chosen else chosen
