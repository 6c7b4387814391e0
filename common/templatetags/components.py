"""The components of pages. `templates/components/README.md` shows how each is called.

What stands in every row of a list (badge, state, mark) is built without a template: an include a row costs a third.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import uuid4

from crispy_forms.utils import render_crispy_form
from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from common import russian
from common.forms import LongChoices, laid_out
from common.look import Change, Chip, Figure, MarkChip, Tab
from common.pictures import SPARK_HEIGHT, SPARK_WIDTH, bar_parts, spark_of

register = template.Library()

_SIGNED = {True: ("▲", "+"), False: ("▼", "−")}


@register.simple_tag
def counted(number: int, one: str, few: str, many: str) -> str:
    """The number with its word in the right form: «5 учеников»."""
    return russian.counted(number, one, few, many)


@register.simple_tag
def badge(tone: str, label: str) -> SafeString:
    """A judgement: `tone` is failing, weak, reserve, none or good; the label is its word."""
    return format_html('<span class="o-badge o-badge--{}">{}</span>', tone, label)


@register.simple_tag
def state(tone: str, label: str) -> SafeString:
    """A step of work: `tone` is proposed, agreed, approved or returned."""
    return format_html('<span class="o-state o-state--{}">{}</span>', tone, label)


@register.simple_tag
def mark(chip: MarkChip) -> SafeString:
    """One mark; a corrected one shows what it was."""
    return format_html('<span class="{}">{}</span>', _mark_class(chip), _mark_inside(chip))


@register.simple_tag
def marks(chips: Iterable[MarkChip], label: str = "Отметки") -> SafeString:
    """Marks in a row, named for those who do not see it."""
    rows = format_html_join("", '<li class="{}">{}</li>', ((_mark_class(c), _mark_inside(c)) for c in chips))
    return format_html('<ul class="o-marks" aria-label="{}">{}</ul>', label, rows)


@register.simple_tag
def dated_marks(chips: Iterable[MarkChip], label: str = "Отметки") -> SafeString:
    """Marks with their days below; a result says «итог» instead of a day."""
    rows = format_html_join("", "<li>{} {}</li>", ((mark(c), _mark_day(c)) for c in chips))
    return format_html('<ul class="o-marks o-marks--dated" aria-label="{}">{}</ul>', label, rows)


def _mark_class(chip: MarkChip) -> str:
    return "o-mark" + (" o-mark--result" if chip.result else "") + (" o-mark--low" if chip.low else "")


def _mark_inside(chip: MarkChip) -> SafeString:
    before = format_html('<span class="visually-hidden">{} </span>', "итог") if chip.result and not chip.on else ""
    if chip.was:
        hidden = format_html('<span class="visually-hidden"> {}</span>', "исправлена")
        return format_html("{}<del>{}</del> {}{}", before, chip.was, chip.text, hidden)
    return format_html("{}{}", before, chip.text)


def _mark_day(chip: MarkChip) -> SafeString:
    if chip.on is None:
        return format_html('<span class="o-small o-muted" aria-hidden="true">{}</span>', "итог" if chip.result else "")
    return format_html('<time datetime="{}">{}</time>', chip.on.isoformat(), chip.on.strftime("%d.%m"))


@register.simple_tag
def change(what: Change) -> SafeString:
    """A difference as sign, figure and words: ▲ +3 к 1-й четверти."""
    if not what.by:
        return format_html('<span class="o-change">= {}</span>', f"без изменений {what.against}".strip())
    up = what.by > 0
    sign, plus = _SIGNED[up]
    tone = "" if not what.good_when else (" o-change--good" if (what.good_when == "up") == up else " o-change--bad")
    size = f"{plus}{abs(what.by):g}".replace(".", ",")
    return format_html('<span class="o-change{}">{} <b>{}</b> {}</span>', tone, sign, size, what.against)


@register.inclusion_tag("components/figures.html")
def figures(items: Sequence[Figure], label: str) -> dict[str, Any]:
    """A row of numbers that matter, each a link to its names."""
    return {"items": items, "label": label}


@register.inclusion_tag("components/tabs.html")
def tabs(items: Sequence[Tab], label: str) -> dict[str, Any]:
    """Tabs, each with its own address."""
    return {"items": items, "label": label}


@register.inclusion_tag("components/chips.html")
def chips(items: Sequence[Chip], label: str, lead: str = "") -> dict[str, Any]:
    """Choices as pills; `lead` is said before them, such as «12 записей из 60»."""
    return {"items": items, "label": label, "lead": lead}


@register.simple_block_tag
def panel(content: str, title: str, id: str = "", count: Any = "", note: str = "", url: str = "") -> SafeString:
    """A heading on a line and what it holds. `note` stands at the right, as a link when `url` is given."""
    name = id or f"p{uuid4().hex[:8]}"
    told = {"content": content, "title": title, "id": name, "count": count, "note": note, "url": url}
    return render_to_string("components/panel.html", told)


@register.simple_block_tag
def note(content: str, tone: str = "") -> SafeString:
    """A sentence set apart. `tone` is empty, "warn" or "error"."""
    extra = f" o-note--{tone}" if tone else ""
    return format_html('<div class="o-note{}">{}</div>', extra, content)


@register.simple_block_tag
def dialog(content: str, id: str, title: str) -> SafeString:
    """A small form over the page, opened by `<button type="button" popovertarget="ID">` without script."""
    return render_to_string("components/dialog.html", {"content": content, "id": id, "title": title})


@register.simple_block_tag
def bulk_bar(content: str, label: str = "Выбранные записи") -> SafeString:
    """What can be done with the chosen rows; shown from the first one on. Holds the buttons."""
    return render_to_string("components/bulk_bar.html", {"content": content, "label": label})


@register.simple_block_tag
def event(content: str, kind: str, on: Any, title: str, by: str = "") -> SafeString:
    """One item of a timeline. `kind` is signal, deed, step, result or other; `on` is its date."""
    told = {"content": content, "kind": kind, "on": on, "title": title, "by": by}
    return render_to_string("components/event.html", told)


@register.inclusion_tag("components/empty.html")
def empty_state(title: str, text: str, url: str = "", button: str = "") -> dict[str, Any]:
    """What this place will show, and the one button that starts it."""
    return {"title": title, "text": text, "url": url, "button": button}


@register.inclusion_tag("components/progress.html")
def progress(value: int, label: str, id: str = "job") -> dict[str, Any]:
    """How far a long work is, 0–100, and what it does now."""
    return {"value": value, "label": label, "id": id}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, page: "Page[Any]") -> dict[str, Any]:
    """Where in a long list the reader is, and the way to its other pages."""
    numbers = list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))
    return {"request": context["request"], "page": page, "numbers": numbers}


@register.simple_tag(takes_context=True)
def sort_th(context: Context, title: str, key: str, css: str = "") -> SafeString:
    """A heading that sorts by `key`: ?sort=key, and ?sort=-key when it is chosen again."""
    request = context["request"]
    now = request.GET.get("sort", context.get("sort", ""))
    order = {key: "ascending", f"-{key}": "descending"}.get(now, "none")
    query = request.GET.copy()
    query["sort"] = f"-{key}" if now == key else key
    query.pop("page", None)
    told = {"title": title, "order": order, "url": f"?{query.urlencode()}", "css": css}
    return render_to_string("components/sort_th.html", told)


@register.simple_tag
def spark(values: Sequence[int], label: str, before: int = 0) -> SafeString:
    """Marks in time; the first `before` of them are of earlier periods. `label` says the marks in words."""
    told = {"spark": spark_of(values, before), "label": label, "width": SPARK_WIDTH, "height": SPARK_HEIGHT}
    return render_to_string("components/spark.html", told)


@register.simple_tag
def bar(total: int, failing: int, weak: int, reserve: int, widest: int) -> SafeString:
    """Categories of one class out of `total` pupils; `widest` is the size of the largest class beside it."""
    told = {"total": total, "parts": bar_parts(failing, weak, reserve), "widest": widest}
    return render_to_string("components/bar.html", told)


@register.inclusion_tag("components/print_button.html")
def print_button(title: str = "Печать") -> dict[str, Any]:
    """Prints the page as it stands; the sheet leaves out what only a screen needs."""
    return {"title": title}


@register.inclusion_tag("components/form_token.html", takes_context=True)
def form_token(context: Context) -> dict[str, Any]:
    """What every form that changes something carries: against forgery, and against being sent twice."""
    return {"csrf_token": context.get("csrf_token"), "once": uuid4().hex}


@register.simple_tag
def form_fields(form: BaseForm) -> SafeString:
    """All fields of a form, its common errors first; in the rows and groups of its `helper` when it has one."""
    html: SafeString = render_crispy_form(form, getattr(form, "helper", None) or laid_out(*form.fields))
    return html


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, label: str = "") -> dict[str, Any]:
    """One field: label, control, help, errors, tied to each other."""
    widget = bound.field.widget
    many = isinstance(widget, CheckboxSelectMultiple | RadioSelect)
    boxes = isinstance(widget, CheckboxSelectMultiple) and not isinstance(widget, LongChoices)
    single = isinstance(widget, CheckboxInput)
    css = "form-check-input" if many or single else "form-select" if isinstance(widget, Select) else "form-control"
    widget.attrs["class"] = f"{css} {widget.attrs.get('class', '')}".strip()
    return {"bound": bound, "label": label or bound.label, "many": many, "boxes": boxes, "single": single}


@register.inclusion_tag("components/filter_bar.html", takes_context=True)
def filter_bar(context: Context, form: BaseForm, active: Sequence[Chip] = (), lead: str = "") -> dict[str, Any]:
    """A form sent by GET, what is chosen in it as chips, and a sentence about how much was found."""
    return {"form": form, "active": active, "lead": lead, "path": context["request"].path}
