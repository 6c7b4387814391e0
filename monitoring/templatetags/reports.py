"""Small words of the reports' tables; numbers come ready from the report."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from common.russian import decimal, percent
from common.russian import signed as signed_words
from monitoring.links import Links
from monitoring.reports.quarter import words as quarterly_words
from monitoring.reports.quarter.shapes import Cause, ChangeLine, Line, PupilLine, QuarterReport, SignalLine

register = template.Library()


@register.simple_tag
def share(part: int, whole: int) -> str:
    """«15,8 %»."""
    return percent(part, whole)


@register.simple_tag
def share_row(report: QuarterReport, line: Line) -> SafeString:
    """The row of the table of shares: «7А | 11,1 % | +1 | …»; changes only where the report compares."""
    cells = []
    for part, change in (
        (line.failing, line.change_failing),
        (line.weak, line.change_weak),
        (line.reserve, line.change_reserve),
    ):
        cells.append(percent(part, line.pupils))
        if report.totals.change is not None:
            cells.append(signed(change))
    cells.append(percent(line.unrated, line.pupils))
    told = format_html_join("", '<td class="o-n">{}</td>', ((cell,) for cell in cells))
    return format_html('<tr><th scope="row">{}</th>{}</tr>', line.name, told)


@register.simple_tag
def signed(change: int | None) -> str:
    """«+3», «−1»; «—» where there is nothing to compare with."""
    return "—" if change is None else signed_words(change)


@register.simple_tag
def mean(value: float | None) -> str:
    """«3,45»; «—» without numeric results."""
    return "—" if value is None else decimal(value, 2)


@register.simple_tag
def category_word(code: str) -> str:
    """The category inside a sentence."""
    return quarterly_words.category_word(code)


@register.simple_tag
def cause_whole(cause: Cause) -> str | SafeString:
    """A subject with what made the category; a line never breaks inside «ниже «3» — 2», «итог н/а», «прогноз 2»."""
    told = [(part,) for part in quarterly_words.cause_parts(cause)]
    parts = format_html_join(", ", '<span class="o-nowrap o-doc__whole">{}</span>', told)
    return format_html("{}: {}", cause.subject, parts) if told else cause.subject


@register.simple_tag
def counted_link(number: int, links: Links | None, school_class: int | None, category: str) -> str | SafeString:
    """On a page the number leads to the names behind it; in print, and for nobody, it is only a number."""
    if links is None or not number:
        return str(number)
    return format_html('<a class="o-quiet" href="{}">{}</a>', links.registry(school_class, category), number)


@register.simple_tag
def pupil_link(line: PupilLine | SignalLine | ChangeLine, links: Links | None) -> str | SafeString:
    """A name that on a page leads to the pupil."""
    if links is None or not line.pupil:
        return line.name
    return format_html('<a class="o-quiet" href="{}">{}</a>', links.pupil(line.pupil), line.name)
