"""A place of one's own for each test of the launcher."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from launcher.place import Place, erase_data, make_data

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """Data in a path with a space and Cyrillic letters; packages and checkout that are not there."""
    made = Place(root=tmp_path / "Опора", data=tmp_path / "данные школы", venv=tmp_path / "venv")
    make_data(made)
    yield made
    erase_data(made)
