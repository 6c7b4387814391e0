"""The filter of sheets of progress."""

from collections.abc import Mapping
from typing import Any

from django import forms

from iom.selectors.progress_list import LACKS
from risk_registry.forms import FilterForm


class SheetFilterForm(FilterForm):
    """Whose sheets, and what they lack."""

    lack = forms.ChoiceField(label="Чего нет", required=False, choices=[("", "Все листы"), *LACKS])

    field_order = ("text", "cls", "lack")

    def __init__(self, data: Mapping[str, Any], **choices: Any) -> None:
        super().__init__(data, without=FilterForm.base_fields.keys() - {"text", "cls"}, **choices)
