"""The process that reads files of strangers: its limits, its surroundings, and what becomes of those who ask."""

import logging
import multiprocessing
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from common.tabular import Limits, SourceFile, UnreadableFile, read_content, read_files

ENTRIES = "tests.common.tabular.entries"
TIGHT = Limits(memory=512 * 1024 * 1024, cpu_seconds=2, wall_seconds=4)


def ask(folder: Path, *names: str, entry: str = "by_name", limits: Limits = TIGHT) -> list[Any]:
    path = folder / "file"
    path.write_bytes(b"12345")
    return list(read_files(f"{ENTRIES}:{entry}", [SourceFile(name, path) for name in names], returns=(), limits=limits))


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("hungry", "для его разбора не хватает памяти"),
        ("busy", "его разбор занял слишком много времени"),
        ("slow", "его разбор занял слишком много времени"),
        ("crash", "он повреждён или слишком велик для чтения"),
        ("abort", "он повреждён или слишком велик для чтения"),
        ("bug", "он устроен неожиданно"),
        ("refused", "он не понравился, пришлите другой"),
    ],
)
def test_a_file_that_misbehaves_is_refused_and_its_neighbours_are_read(tmp_path: Path, name: str, reason: str) -> None:
    before, refused, after = ask(tmp_path, "good", name, "good")
    assert (before, after) == (5, 5)
    assert isinstance(refused, UnreadableFile)
    assert refused.file == name and refused.message.startswith(f"Файл «{name}» не удалось прочитать: {reason}")


def test_what_libraries_print_does_not_spoil_the_answer(tmp_path: Path) -> None:
    assert ask(tmp_path, "chatty", "good") == [5, 5]


def test_a_mistake_of_ours_is_logged_by_its_place_without_the_files_content(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        (refused,) = ask(tmp_path, "bug")
    assert "KeyError at common/tabular/child.py" in caplog.text
    assert "tests/common/tabular/entries.py:" in caplog.text
    assert "Ковтун" not in caplog.text and "Ковтун" not in refused.trace


def test_the_child_sees_no_secrets_no_django_and_no_foreign_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    monkeypatch.setenv("SECRET_KEY", "secret")
    with (tmp_path / "opened").open("w"):
        (seen,) = ask(tmp_path, "x", entry="surroundings")
    assert not {"DATABASE_URL", "SECRET_KEY"} & set(seen["environment"])
    assert not [name for name in seen["modules"] if name.split(".")[0] in ("django", "celery", "psycopg2")]
    assert not [name for name in seen["descriptors"] if name.endswith("/opened")]


def test_an_answer_that_would_run_something_is_not_believed(tmp_path: Path) -> None:
    (refused,) = ask(tmp_path, "x", entry="evil")
    assert isinstance(refused, UnreadableFile)
    assert not (tmp_path / "file.touched").exists()


def test_leaving_in_the_middle_ends_the_child_at_once(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"1")
    answers = read_files(f"{ENTRIES}:by_name", [SourceFile("good", path), SourceFile("slow", path)], returns=())
    assert isinstance(answers, Generator) and next(answers) == 1
    started = time.monotonic()
    answers.close()
    assert time.monotonic() - started < 3


def test_one_file_in_memory_is_read_too() -> None:
    assert read_content(f"{ENTRIES}:size", b"1234", "a.csv", returns=()) == 4
    with pytest.raises(UnreadableFile, match="он не понравился"):
        read_content(f"{ENTRIES}:by_name", b"1234", "refused", returns=())


def _ask_as_a_daemon(folder: str, answer: "multiprocessing.Queue[list[Any]]") -> None:
    answer.put(ask(Path(folder), "good", "abort"))


def test_it_works_in_a_daemonic_process_as_celery_makes_them(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    answer: multiprocessing.Queue[list[Any]] = context.Queue()
    worker = context.Process(target=_ask_as_a_daemon, args=(str(tmp_path), answer), daemon=True)
    worker.start()
    good, refused = answer.get(timeout=60)
    worker.join(timeout=60)
    assert good == 5 and isinstance(refused, UnreadableFile)
