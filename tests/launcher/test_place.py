import os
import stat
from pathlib import Path

import pytest

from launcher.place import Place, erase_data, is_locked, locked, make_data, place_of, socket_directory
from launcher.say import Refusal


def test_data_lie_in_the_checkout_unless_told_otherwise() -> None:
    assert place_of(Path("/o"), {}) == Place(Path("/o"), Path("/o/.opora"), Path("/o/.opora/venv"))


def test_a_relative_place_of_data_belongs_to_the_callers_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert place_of(Path("/o"), {"OPORA_DATA": "данные"}).data == tmp_path / "данные"


def test_nobody_else_reads_what_lies_in_the_data(place: Place) -> None:
    private = [place.logs, place.state, place.running, place.data / "media"]

    assert {stat.S_IMODE(directory.stat().st_mode) for directory in private} == {0o700}
    assert not place.data.stat().st_mode & 0o066


def test_it_refuses_data_where_it_may_not_write(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(Refusal, match="OPORA_DATA"):
        make_data(Place(tmp_path, tmp_path / "file" / "data", tmp_path / "venv"))


def test_erasing_keeps_packages_and_what_runs_and_follows_links(place: Place, tmp_path: Path) -> None:
    inside = Place(place.root, place.data, place.data / "venv")
    elsewhere = tmp_path / "elsewhere"
    for directory in (inside.venv, elsewhere, place.data / "valkey"):
        directory.mkdir()
    (place.data / "postgres").symlink_to(elsewhere)
    (place.data / "secrets.json").touch()

    erase_data(inside)

    assert {entry.name for entry in place.data.iterdir()} == {"venv", "run"}
    assert not elsewhere.exists()


def test_sockets_lie_where_their_path_is_short_enough(place: Place) -> None:
    directory = socket_directory(place)

    assert len(os.fsencode(directory / "valkey" / "socket")) < 100
    assert not directory.stat().st_mode & 0o066


def test_the_directory_of_sockets_is_remembered(place: Place) -> None:
    assert socket_directory(place) == socket_directory(place)


def test_a_lost_directory_of_sockets_is_made_anew(place: Place) -> None:
    before = socket_directory(place)
    before.rmdir()

    assert socket_directory(place) != before
    assert socket_directory(place).is_dir()


def test_a_directory_of_sockets_that_others_may_write_to_is_not_believed(place: Place) -> None:
    before = socket_directory(place)
    before.chmod(0o777)

    assert socket_directory(place) != before
    before.rmdir()


def test_a_lock_is_held_by_one_and_free_afterwards(tmp_path: Path) -> None:
    lock = tmp_path / "lock"

    with locked(lock):
        assert is_locked(lock)
        with pytest.raises(BlockingIOError), locked(lock, wait=False):
            pass
    assert not is_locked(lock)
