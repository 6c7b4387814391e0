"""Categories in rows of the desk's lists."""

from django import template
from django.utils.safestring import SafeString

from common.templatetags.components import badge
from risk_registry.categories import Category

register = template.Library()


@register.simple_tag
def category_badge(code: str | None) -> SafeString | str:
    """The badge of a category; «нет данных» when there is none."""
    return badge(code, Category(code).label) if code else "нет данных"
