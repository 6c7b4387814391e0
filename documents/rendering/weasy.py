"""The one place that imports WeasyPrint. Import it through `pdf.render_pdf` only."""

import mimetypes
from email.message import Message
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

import fontpkg_pt_serif
from django.contrib.staticfiles import finders
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

SCHEME = "opora"
FONTS = "fonts/"
_FONT_FOLDER = Path(fontpkg_pt_serif.ROOT, "files")


class OwnFilesOnly(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Opens no protocol at all; hands out static files and the packaged font by `opora:` addresses (docs/trust.md, 12).

    Anything else is left out of the document. An own file that is missing stops it: that is a mistake of ours.
    """

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """The file behind an own address."""
        scheme, _, path = url.partition(":")
        if scheme != SCHEME:
            raise ValueError("documents fetch nothing")
        file = own_file(unquote(path))
        if file is None:
            raise FatalURLFetchingError(f"no such static file: {path}")
        told = Message()
        told["Content-Type"] = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, BytesIO(file.read_bytes()), told)


def own_file(path: str) -> Path | None:
    """A static file by its path, or a font of the package by `fonts/NAME`; None for anything beyond them."""
    if path.startswith(FONTS):
        font = _FONT_FOLDER / Path(path).name
        return font if font.is_file() else None
    found = finders.find(path) if ".." not in path.split("/") else None
    return Path(found) if found else None


def write_pdf(html: str) -> bytes:
    """The page as PDF, fonts embedded and structure tagged. Raises LookupError for an own file that is not there."""
    fonts = FontConfiguration()
    page = HTML(string=html, base_url=f"{SCHEME}:", url_fetcher=OwnFilesOnly())
    try:
        made: bytes = page.write_pdf(font_config=fonts, pdf_tags=True)
    except FatalURLFetchingError as error:  # a BaseException, which would end the worker
        raise LookupError(str(error)) from None
    return made
