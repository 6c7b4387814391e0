"""The files that documents are made with: the application's static files and the packaged font."""

from pathlib import Path

import fontpkg_pt_serif
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation

FONTS = "fonts/"
_FONT_FOLDER = Path(fontpkg_pt_serif.ROOT, "files")


def own_file(path: str) -> Path | None:
    """A static file by its path, or a font of the package by `fonts/NAME`; None for anything beyond them."""
    if path.startswith(FONTS):
        font = _FONT_FOLDER / Path(path).name
        return font if font.is_file() else None
    try:
        found = finders.find(path) if ".." not in path.split("/") else None
    except SuspiciousFileOperation:  # a place of the whole machine
        return None
    return Path(found) if found else None


def own_content(path: str) -> bytes | None:
    """What is in it."""
    file = own_file(path)
    return None if file is None else file.read_bytes()
