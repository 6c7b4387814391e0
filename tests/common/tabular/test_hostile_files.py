"""Every hostile file is refused with its reason, and never takes the application with it."""

from pathlib import Path

import pytest

from common.tabular import SourceFile, UnreadableFile, read_files
from common.tabular.sheets import Sheet
from tests.common.tabular.hostile import HOSTILE, archive_in_archive, far_cell, good_workbook, packed

RAW = "common.tabular.raw:sheets_of"


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """All of them are sent in one call, as somebody who wants to break it would."""
    folder = tmp_path_factory.mktemp("hostile")
    files = []
    for number, (name, make, _) in enumerate(HOSTILE.values()):
        path = folder / str(number)
        path.write_bytes(make())
        files.append(SourceFile(name, path))
    found = list(read_files(RAW, files, returns=()))
    assert len(found) == len(HOSTILE)
    return dict(zip(HOSTILE, found, strict=True))


@pytest.mark.parametrize("kind", HOSTILE)
def test_it_refuses_hostile_files_with_a_reason(kind: str, answers: dict[str, object]) -> None:
    refusal = answers[kind]
    assert isinstance(refusal, UnreadableFile), refusal
    name, _, part = HOSTILE[kind]
    assert part in refusal.message
    assert refusal.trace == "", "a refusal is an answer of a check, not an accident"
    if kind != "an archive in an archive":
        assert refusal.message.startswith(f"Файл «{name}» не удалось прочитать: ")


def test_the_far_cell_is_small_enough_to_be_sent_by_anybody() -> None:
    assert len(far_cell()) < 4096


def test_a_good_file_between_hostile_ones_is_read(tmp_path: Path) -> None:
    contents = [far_cell(), good_workbook(), archive_in_archive()]
    for number, content in enumerate(contents):
        (tmp_path / str(number)).write_bytes(content)
    files = [SourceFile(f"{number}.xlsx", tmp_path / str(number)) for number in range(3)]
    first, second, third = read_files(RAW, files, returns=())
    assert isinstance(first, UnreadableFile) and isinstance(third, UnreadableFile)
    (sheet,) = second
    assert isinstance(sheet, Sheet) and sheet.rows == [["ФИО", "Класс"]]


def test_a_file_that_is_not_there_is_refused_too(tmp_path: Path) -> None:
    absent, folder = read_files(RAW, [SourceFile("a.csv", tmp_path / "a.csv"), SourceFile("b", tmp_path)], returns=())
    assert [answer.message.split(": ")[1] for answer in (absent, folder)] == [
        "его нет или нет права его читать, выберите его ещё раз"
    ] * 2


def test_archives_of_one_name_do_not_write_over_each_other(tmp_path: Path) -> None:
    sources = []
    for content in ("a;1", "b;2"):
        path = tmp_path / content[0] / "marks.zip"
        path.parent.mkdir()
        path.write_bytes(packed({"marks.csv": content}))
        sources.append(SourceFile("marks.zip", path))
    assert [sheets[0].rows for sheets in read_files(RAW, sources, returns=())] == [[["a", "1"]], [["b", "2"]]]


def test_files_before_and_after_an_archive_keep_their_order(tmp_path: Path) -> None:
    contents = [b"a;1", packed({"b.csv": "b;2", "all.zip": packed({"c.csv": "c;3"})}), b"d;4"]
    for number, content in enumerate(contents):
        (tmp_path / str(number)).write_bytes(content)
    before, inside, nested, after = read_files(RAW, [SourceFile(n, tmp_path / n) for n in "012"], returns=())
    assert [sheets[0].rows[0][0] for sheets in (before, inside, after)] == ["a", "b", "d"]
    assert isinstance(nested, UnreadableFile) and "архив внутри архива" in nested.message


def test_a_zip_gives_its_files_under_their_russian_names(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    path.write_bytes(
        packed({"Отметки/7А.csv": "ФИО;Класс", "8А.csv": "a;b", "__MACOSX/._8А.csv": "x", "~$9.xlsx": "x"})
    )
    found = list(read_files(RAW, [SourceFile("all.zip", path)], returns=()))
    assert [sheets[0].rows[0] for sheets in found] == [["ФИО", "Класс"], ["a", "b"]]
    assert [sheets[0].name for sheets in found] == ["7А", "8А"]
