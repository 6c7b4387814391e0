"""The one place that imports WeasyPrint. It runs in a process of its own (`child`) and does not import Django."""

import mimetypes
from collections.abc import Callable, Sequence
from email.message import Message
from io import BytesIO
from urllib.parse import unquote

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

SCHEME = "opora"
# Hands out an own file by its path, None where there is none.
Asked = Callable[[str], bytes | None]


class OwnFilesOnly(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Opens no protocol at all; hands out static files and the packaged font by `opora:` addresses (docs/trust.md, 12).

    Anything else is left out of the document. An own file that is missing stops it: that is a mistake of ours.
    """

    def __init__(self, ask: Asked) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self._ask = ask

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """The file behind an own address."""
        scheme, _, path = url.partition(":")
        if scheme != SCHEME:
            raise ValueError("documents fetch nothing")
        content = self._ask(unquote(path))
        if content is None:
            raise FatalURLFetchingError(f"no such static file: {path}")
        told = Message()
        told["Content-Type"] = mimetypes.guess_type(path)[0] or "application/octet-stream"
        return URLFetcherResponse(url, BytesIO(content), told)


def write_pdf(html: str, ask: Asked) -> bytes:
    """The page as PDF, fonts embedded and structure tagged. Raises LookupError for an own file that is not there."""
    fonts = FontConfiguration()
    try:
        made: bytes = _page(html, ask).write_pdf(font_config=fonts, pdf_tags=True)
    except FatalURLFetchingError as error:  # a BaseException, which would end the process
        raise LookupError(str(error)) from None
    return made


def write_group(pages: Sequence[str], ask: Asked) -> tuple[bytes, list[int]]:
    """Pages one after another in one PDF, laid out and numbered as each alone; and how many sheets each took.

    They share their fonts. There is no structure in it: what joins such groups would lose it. Errors as `write_pdf`.
    """
    try:
        # each keeps its fonts alive until all are written
        laid = [_page(html, ask).render(font_config=FontConfiguration()) for html in pages]
        made: bytes = laid[0].copy([sheet for one in laid for sheet in one.pages]).write_pdf()
    except FatalURLFetchingError as error:
        raise LookupError(str(error)) from None
    return made, [len(one.pages) for one in laid]


def _page(html: str, ask: Asked) -> HTML:
    return HTML(string=html, base_url=f"{SCHEME}:", url_fetcher=OwnFilesOnly(ask))
