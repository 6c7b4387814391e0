"""Many papers in one PDF: made side by side in small groups, so that what joins them has little to do."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO
from itertools import islice

from pypdf import PdfWriter
from pypdf.generic import NameObject, TextStringObject

from documents.rendering.pdf import SIDE_BY_SIDE, Group, render_groups

# Papers that are read and written as one: more make joining cheaper, fewer keep all processes busy to the end.
A_GROUP = 5


def render_joined(
    pages: Iterable[str],
    titles: Sequence[str],
    name: str,
    *,
    workers: int = SIDE_BY_SIDE,
    done: Callable[[int], None] = lambda number: None,
) -> bytes:
    """All pages in one PDF called `name`, a bookmark each; every page is numbered as it would be alone.

    `done` hears how many are ready, now and then. Errors as `render_pdf`.
    """
    whole, written = PdfWriter(), 0
    for group in render_groups(_in_groups(pages), workers):
        written = _append(whole, group, titles, written)
        done(written)
    whole.add_metadata({"/Title": name})
    whole.root_object[NameObject("/Lang")] = TextStringObject("ru")
    kept = BytesIO()
    whole.write(kept)
    return kept.getvalue()


def _in_groups(pages: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(pages)
    while group := list(islice(rest, A_GROUP)):
        yield group


def _append(whole: PdfWriter, group: Group, titles: Sequence[str], written: int) -> int:
    """Add a group after `written` papers; how many there are now."""
    sheet = len(whole.pages)
    whole.append(BytesIO(group.content), import_outline=False)
    for sheets in group.sheets:
        whole.add_outline_item(title=titles[written], page_number=sheet)
        sheet, written = sheet + sheets, written + 1
    return written
