"""HTML to PDF. WeasyPrint is loaded when the first document is made, and not before (it needs Pango)."""

from importlib import import_module

from common.errors import Refused

PANGO_MISSING = (
    "PDF на этом сервере пока не сделать: не установлена библиотека Pango. Администратору: установите пакеты "
    "libpango-1.0-0, libpangoft2-1.0-0 и libharfbuzz-subset0 (./opora doctor назовёт команду). "
    "Отчёт можно получить в Excel."
)


class PdfUnavailable(Refused):
    """The machine lacks what PDFs are made with."""

    def __init__(self) -> None:
        super().__init__(PANGO_MISSING)


def render_pdf(html: str) -> bytes:
    """A whole HTML page (see `templates/documents/base_document.html`) as PDF, the same bytes for the same page.

    Nothing is fetched but the application's own static files, by addresses like `opora:documents/print.css`. Raises
    `PdfUnavailable`.
    """
    try:
        engine = import_module("documents.rendering.weasy")
    except OSError:  # the way a missing shared library shows itself
        raise PdfUnavailable from None
    made: bytes = engine.write_pdf(html)
    return made
