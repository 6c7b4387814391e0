"""What filter forms of lists share: fields that a list has use for, what was asked, a value in words."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from common.russian import date_short

Choices = Sequence[tuple[object, str]]
ANY: list[tuple[object, str]] = [("", "Все")]


class ListFilter(forms.Form):
    """A filter of a list; a list leaves out the fields that it has no use for. `choices`: options by field."""

    def __init__(self, data: Mapping[str, Any], *, without: Iterable[str] = (), **choices: Choices) -> None:
        super().__init__(data)
        for name, options in choices.items():
            field: Any = self.fields[name]
            field.choices = list(options)
        for name in without:
            del self.fields[name]
        if "text" in self.fields:
            self.fields["text"].widget.attrs["autocomplete"] = "off"

    def chosen(self) -> dict[str, Any]:
        """What was asked for; a value that makes no sense is left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}

    def words(self, name: str, value: Any) -> str:
        """A chosen value as its list says it; a day as «21.11.2026»."""
        field: Any = self.fields[name]
        options = {str(key): str(word) for key, word in getattr(field, "choices", ())}
        return date_short(value) if isinstance(value, date) else options.get(str(value), str(value))
