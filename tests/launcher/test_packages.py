import json
import sys
from pathlib import Path

import pytest

from launcher.packages import DEVELOPING, RUNNING, _fingerprint, has_packages
from launcher.place import Place


@pytest.fixture
def installed(place: Place) -> Place:
    """An environment into which the launcher has put the packages that running needs."""
    (place.root / "requirements").mkdir(parents=True)
    for lock in (RUNNING, DEVELOPING):
        (place.root / "requirements" / f"{lock}.lock").write_text(f"{lock}==1")
    place.python.parent.mkdir(parents=True)
    place.python.symlink_to(sys.executable)
    _stamp(place, RUNNING)
    return place


def _stamp(place: Place, lock: str) -> None:
    (place.venv / "opora.json").write_text(json.dumps({lock: _fingerprint(place, lock)}))


def test_what_is_installed_is_not_installed_again(installed: Place) -> None:
    assert has_packages(installed, RUNNING)


def test_the_packages_of_tests_are_more_than_those_of_running(installed: Place) -> None:
    assert not has_packages(installed, DEVELOPING)
    _stamp(installed, DEVELOPING)
    assert has_packages(installed, DEVELOPING)
    assert has_packages(installed, RUNNING)


def test_a_changed_lock_is_installed(installed: Place) -> None:
    (installed.root / "requirements" / f"{RUNNING}.lock").write_text("other==2")

    assert not has_packages(installed, RUNNING)


def test_an_environment_that_was_moved_is_made_anew(installed: Place, tmp_path: Path) -> None:
    moved = Place(installed.root, installed.data, tmp_path / "moved")
    installed.venv.rename(moved.venv)

    assert not has_packages(moved, RUNNING)


def test_an_interrupted_installation_is_no_installation(installed: Place) -> None:
    (installed.venv / "opora.json").rename(installed.venv / "opora.unfinished")

    assert not has_packages(installed, RUNNING)


def test_an_environment_that_somebody_else_made_is_used_as_it_is(installed: Place) -> None:
    (installed.venv / "opora.json").unlink()

    assert has_packages(installed, DEVELOPING)
