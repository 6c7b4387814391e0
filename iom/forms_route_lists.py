"""Filters of the lists of routes, and the forms of templates."""

from collections.abc import Mapping
from typing import Any

from crispy_forms.layout import Row
from django import forms

from common.forms import laid_out
from iom.forms_routes import Choices, offer
from iom.words import Every, RouteKind, StepKind
from risk_registry.forms import FilterForm
from school.forms.fields import TidyCharField
from school.models import Subject

_REVIEWS = [("", "Все"), ("late", "Просрочен"), ("soon", "В ближайшие две недели")]


class RouteFilterForm(FilterForm):
    """What the list of routes is filtered by."""

    kind = forms.ChoiceField(label="Вид", required=False, choices=[("", "Все"), *RouteKind.choices()])
    review = forms.ChoiceField(
        label="Пересмотр",
        required=False,
        choices=_REVIEWS,
    )
    mine = forms.ChoiceField(
        label="Чьи", required=False, choices=[("", "Все"), ("lead", "Где я тьютор"), ("part", "Где есть моя часть")]
    )

    field_order = ("text", "cls", "kind", "subject", "review", "mine")

    def __init__(self, data: Mapping[str, Any], **choices: Choices) -> None:
        without = FilterForm.base_fields.keys() - {"text", "cls", "subject", "state", "sort"}
        super().__init__(data, without=without, **choices)


class CoverFilterForm(FilterForm):
    """Which pupils of the registry to show."""

    cover = forms.ChoiceField(label="Маршрут", required=False)

    field_order = ("period", "cls", "category", "subject", "cover")

    def __init__(self, data: Mapping[str, Any], **choices: Choices) -> None:
        without = FilterForm.base_fields.keys() - {"period", "cls", "category", "subject"}
        super().__init__(data, without=without, **choices)


class TemplateForm(forms.Form):
    """When a template is used."""

    title = TidyCharField(label="Название", max_length=120)
    kind = forms.ChoiceField(label="Вид маршрута", choices=[("", "любой"), *RouteKind.choices()], required=False)
    subject = forms.ModelChoiceField(
        Subject.objects.none(), label="Предмет", required=False, empty_label="общая часть маршрута"
    )
    cause = forms.ChoiceField(label="Причина", required=False)

    def __init__(self, *args: Any, subjects: Any, causes: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "subject", subjects)
        field: Any = self.fields["cause"]
        field.choices = [("", "любая"), *causes]


class TemplateRowForm(forms.Form):
    """A step of a template."""

    corrects = True

    kind = forms.ChoiceField(label="Вид работы", choices=StepKind.choices())
    text = TidyCharField(label="Что", max_length=300, required=False)
    every = forms.ChoiceField(label="Как часто", choices=Every.choices(), initial=Every.WEEK)
    expected = TidyCharField(label="Что ожидаем", max_length=300, required=False)

    helper = laid_out(Row("kind", "every"), "text", "expected")
