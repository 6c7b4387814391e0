"""Numbers, dates and names in templates: `{% load russian %}`."""

from datetime import date
from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from common import russian

register = template.Library()


@register.filter
def whole(number: int | None) -> str:
    """«1 180»; «—» for nothing."""
    return "—" if number is None else russian.whole(number)


@register.filter
def decimal(value: Decimal | float | None, places: int = 1) -> str:
    """«15,8»; «—» for nothing."""
    return "—" if value is None else russian.decimal(value, places)


@register.filter
def number(value: Decimal | float | None) -> str:
    """As people write it: «3», «3,5», «2,25»; «—» for nothing."""
    return "—" if value is None else russian.plain_number(value)


@register.filter
def signed(number: int | None) -> str:
    """«+3», «−1», «0»; «—» for nothing."""
    return "—" if number is None else russian.signed(number)


@register.filter
def long_date(day: date | None) -> str:
    """«21 ноября 2026 г.»; «—» for none."""
    return "—" if day is None else russian.date_long(day)


@register.filter
def ended(text: str) -> str:
    """With a full stop, unless its last sign is one already: «Тихонова А. П.», «21 ноября 2026 г.»."""
    told = str(text).rstrip()
    return told if told.endswith((".", "!", "?", "…")) else f"{told}."


@register.simple_tag
def share(part: int, of: int) -> str:
    """«15,8 %»; «—» of nothing."""
    return russian.percent(part, of)


@register.simple_tag
def date_range(first: date, last: date) -> str:
    """«1–31 октября 2026 г.»"""
    return russian.date_range(first, last)


@register.filter
def tied(text: str) -> str:
    """A dash ends a line and begins none: the space before it does not break."""
    return text.replace(" – ", f"{russian.NBSP}– ").replace(" — ", f"{russian.NBSP}— ")


@register.filter
def unbroken(full_name: str) -> SafeString:
    """A full name whose surname is never parted at the end of a line, its own hyphen included."""
    last, _, rest = full_name.partition(" ")
    return format_html('<span class="o-doc__whole">{}</span> {}', last, rest)
