"""Parts of papers in HTML. A table is written by one function: a template included a cell would cost a third more."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from documents.papers.parts import Cell, Column, Part, Section, Suggestion, Table
from documents.papers.printed import Sayings, Sentence

register = template.Library()
_HEAD = {"number": "o-n", "text": "", "name": ""}
_CLASS = {"number": "o-n", "text": "o-t", "name": "o-t o-nowrap o-doc__whole"}
_NOT_RATED = "н/а"  # a line would be broken behind its stroke
_NOT_RATED_WHOLE = SafeString(f'<span class="o-doc__whole">{_NOT_RATED}</span>')
_LONG = 32  # letters of a name that fits a line beside five columns


@register.filter
def kind_of_part(part: Part) -> str:
    """The name of the part's class, for the template to choose by."""
    return type(part).__name__


@register.simple_tag
def section_said(printed: Sayings, section: Section) -> list[str]:
    """The sentences of the section that people took."""
    return printed.said(section)


@register.simple_tag
def paper_table(table: Table, links: bool) -> SafeString:
    """The table; on a page cells lead on and a wide one scrolls by itself, in print neither."""
    if not table.rows:
        return format_html("<p><b>{}.</b> {}</p>", table.title, table.empty)
    head = format_html_join(
        "", '<th scope="col" class="{}">{}</th>', ((_HEAD[one.kind], one.title) for one in table.columns)
    )
    body, foot = _rows(table, table.rows, links), _rows(table, table.foot, links)
    told = format_html(
        '<table class="{}"><caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody>{}</table>',
        "o-table" if links else "o-doc__parts",
        table.title,
        head,
        body,
        format_html("<tfoot>{}</tfoot>", foot) if table.foot else "",
    )
    if links:
        told = format_html(
            '<div class="o-scroll" tabindex="0" role="region" aria-label="{}">{}</div>', table.title, told
        )
    return told + _note(table.note, links)


def _note(note: str, links: bool) -> SafeString:
    if not note:
        return SafeString("")
    return format_html('<p class="{}">{}</p>', "o-small o-muted" if links else "o-doc__note", note)


def _rows(table: Table, rows: tuple[tuple[Cell, ...], ...], links: bool) -> SafeString:
    return format_html_join("", "<tr>{}</tr>", ((_row(table.columns, row, links),) for row in rows))


def _row(columns: tuple[Column, ...], row: tuple[Cell, ...], links: bool) -> SafeString:
    told = [(_look(column, cell, links), _cell(column, cell, links)) for column, cell in zip(columns, row, strict=True)]
    # Words of the first cell may take several lines in print; names and numbers stay whole.
    look = f"{told[0][0]} o-doc__words" if columns[0].kind == "text" and not links else told[0][0]
    first = format_html('<th scope="row" class="{}">{}</th>', look, told[0][1])
    return first + format_html_join("", '<td class="{}">{}</td>', told[1:])


def _is_long_name(column: Column, cell: Cell, links: bool) -> bool:
    """On paper a table cannot scroll: a name of more than a usual length takes several lines."""
    return column.kind == "name" and not links and len(cell.text) > _LONG


def _look(column: Column, cell: Cell, links: bool) -> str:
    return "o-t o-doc__words" if _is_long_name(column, cell, links) else _CLASS[column.kind]


def _cell(column: Column, cell: Cell, links: bool) -> str:
    if links and cell.link:
        return format_html('<a class="o-quiet" href="{}">{}</a>', cell.link, cell.text)
    if _is_long_name(column, cell, links):  # between its words alone: a surname keeps its own hyphen
        return format_html_join(" ", '<span class="o-doc__whole">{}</span>', ((word,) for word in cell.text.split()))
    if not links and _NOT_RATED in cell.text:
        return format_html_join(_NOT_RATED_WHOLE, "{}", ((part,) for part in cell.text.split(_NOT_RATED)))
    return cell.text


@register.simple_tag
def decided(printed: Sayings, suggestion: Suggestion) -> Sentence | None:
    """What was decided about a suggested sentence; None while nobody has."""
    return printed.sentences.get(suggestion.code)


@register.simple_tag
def said(printed: Sayings, suggestion: Suggestion) -> str:
    """The sentence in the words that were decided."""
    return printed.sentence(suggestion)
