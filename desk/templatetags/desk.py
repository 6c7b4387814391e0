"""Categories in rows of the desk's lists; the reader's own filters on lists of any floor."""

from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from common.look import Chip
from common.templatetags.components import badge
from desk.own_filters import own_filters
from desk.services.filters import tidy_query
from risk_registry.categories import Category

register = template.Library()


@register.simple_tag
def category_badge(code: str | None) -> SafeString | str:
    """The badge of a category; «нет данных» when there is none."""
    return badge(code, Category(code).label) if code else "нет данных"


@register.inclusion_tag("desk/_saved_filters.html", takes_context=True)
def saved_filters(context: Context, page: str) -> dict[str, Any]:
    """The reader's own filters of the list (`page` of `FilteredPage`), and keeping the one in force."""
    request = context["request"]
    now = tidy_query(request.GET.urlencode())
    kept = own_filters(request, page)
    chips = [Chip(name, f"?{query}", query == now) for name, query, _ in kept]
    plain = [Chip("Без отбора", "?plain=1", not now)] if kept else []
    savable = bool(now) and not any(chip.current for chip in chips)
    told = {"page_name": page, "query": now, "kept": kept, "chips": [*plain, *chips], "savable": savable}
    return told | {"csrf_token": context.get("csrf_token")}
