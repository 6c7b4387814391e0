"""Static files that come inside packages, only those that pages load."""

from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage

# The map stays: manifest storage follows the reference to it at the end of the style sheet.
BOOTSTRAP_FILES = ("css/bootstrap.min.css", "css/bootstrap.min.css.map")


class BootstrapFinder(BaseFinder):
    """Finds Bootstrap's style sheet as `bootstrap/css/…` in the package that carries it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        root = Path(str(distribution("bootstrap-wrapper").locate_file("bootstrap")))
        self.storage = FileSystemStorage(location=root)
        self.storage.prefix = "bootstrap"  # type: ignore[attr-defined]

    def check(self, **kwargs: Any) -> list[Any]:
        """Nothing to configure."""
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """The file's place on disk, or an empty list."""
        name = path.removeprefix("bootstrap/")
        if name == path or name not in BOOTSTRAP_FILES:
            return []
        found = self.storage.path(name)
        return [found] if find_all else found

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, Storage]]:
        """Every file with its storage, for collectstatic."""
        for name in BOOTSTRAP_FILES:
            yield name, self.storage
