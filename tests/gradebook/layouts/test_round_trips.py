"""Facts in, facts out: every layout in every container, with columns and rows as people and programs leave them."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.tabular import Limits
from gradebook.layouts.parsing import parse_file
from gradebook.parsed import ParsedFile, PeriodKind
from gradebook.profiles import USUAL
from tests.gradebook.files import Child, ClassBook, Lesson, write
from tests.gradebook.tables import CONTAINERS, Bent

CODES = {"unexcused": "Н", "illness": "Б", "excused": "У"}
SURNAMES = ("Ковтун", "Средняков", "Всеволодова", "Итогина", "Дата-Петрова", "Ёлкина", "Ли")
FIRST = ("Матвей", "Алёна", "Ян", "Мария-Луиза")
PATRONYMICS = ("Андреевич", "Ильинична", "Оглы")
SUBJECTS = ("Алгебра", "Русский язык", "Иностранный язык (английский)", "Труд (Технология) мальчики", "История")
TOKENS = ("2", "3", "4", "5", "3-", "4+", ".", "О", "Н", "н", "б", "У")

cells = st.one_of(
    st.tuples(st.sampled_from(TOKENS)),
    st.lists(st.sampled_from(("2", "3", "4", "5")), min_size=2, max_size=3).map(tuple),
    st.tuples(st.sampled_from(("Н", "У")), st.sampled_from(("4", "Н"))),
)


@st.composite
def class_books(draw: st.DrawFn) -> ClassBook:
    names = draw(
        st.lists(
            st.tuples(st.sampled_from(SURNAMES), st.sampled_from(FIRST), st.sampled_from(PATRONYMICS)),
            min_size=1,
            max_size=4,
            unique=True,
        )
    )
    children = tuple(Child(f"015{number:05}", " ".join(name)) for number, name in enumerate(names))
    subjects = tuple(draw(st.lists(st.sampled_from(SUBJECTS), min_size=1, max_size=3, unique=True)))
    slots = st.tuples(
        st.integers(0, len(children) - 1),
        st.integers(0, len(subjects) - 1),
        st.dates(date(2026, 9, 1), date(2026, 10, 31)),
        st.integers(0, 1),
    )
    places = draw(st.lists(slots, min_size=1, max_size=12, unique=True))
    lessons = [Lesson(*place, draw(cells)) for place in places]
    lessons += _first_lessons(subjects)
    pairs = [(child, subject) for child in range(len(children)) for subject in range(len(subjects))]
    values = st.sampled_from(("2", "3", "4", "5", "н/а", "осв"))
    means = st.integers(200, 500).map(lambda hundredths: hundredths / 100)
    return ClassBook(
        name=draw(st.sampled_from(("7А", "10Б"))),
        year=2026,
        children=children,
        subjects=subjects,
        lessons=tuple(lessons),
        results=tuple((*pair, draw(values)) for pair in pairs),
        means=tuple((*pair, draw(means)) for pair in pairs),
    )


def _first_lessons(subjects: tuple[str, ...]) -> list[Lesson]:
    """Each subject has a lesson, so that each has a page; it is a second one of the day, so that nothing clashes."""
    return [Lesson(0, subject, date(2026, 9, 1), 2, ("5",)) for subject in range(len(subjects))]


bends = st.builds(
    Bent,
    seed=st.integers(0, 1000),
    permuted=st.booleans(),
    extra=st.booleans(),
    merged=st.booleans(),
    blank_rows=st.booleans(),
    offset=st.integers(0, 15),
    wording=st.integers(0, 5),
    sheet_names=st.booleans(),
)


def parsed(book: ClassBook, layout: str, container: str, folder: Path, bent: Bent) -> ParsedFile:
    path = write(book, layout, container, folder, bent)
    return parse_file(path, path.name, Limits(), profile=USUAL, year=None)


def marks(file: ParsedFile) -> Counter[tuple[str, str, date, int]]:
    return Counter(
        (block.pupils[mark.pupil].name, block.subjects[mark.subject], mark.day, mark.value)
        for block in file.blocks
        for mark in block.marks
    )


def absences(file: ParsedFile) -> Counter[tuple[str, str, date, str]]:
    return Counter(
        (block.pupils[gone.pupil].name, block.subjects[gone.subject], gone.day, CODES[gone.reason])
        for block in file.blocks
        for gone in block.absences
    )


def results(file: ParsedFile) -> Counter[tuple[str, str, str]]:
    return Counter(
        (block.pupils[result.pupil].name, block.subjects[result.subject], result.value)
        for block in file.blocks
        for result in block.results
    )


def means(file: ParsedFile) -> Counter[tuple[str, str, float | None]]:
    return Counter(
        (block.pupils[mean.pupil].name, block.subjects[mean.subject], mean.mean)
        for block in file.blocks
        for mean in block.means
    )


def stated_results(book: ClassBook) -> Counter[tuple[str, str, str]]:
    return Counter((book.children[who].name, book.subjects[what], value) for who, what, value in book.results)


def stated_means(book: ClassBook) -> Counter[tuple[str, str, float | None]]:
    return Counter((book.children[who].name, book.subjects[what], value) for who, what, value in book.means)


def check_lessons(book: ClassBook, file: ParsedFile) -> None:
    assert file.rejected == ()
    assert marks(file) == book.marks()
    assert absences(file) == book.absences()


def check_journal(book: ClassBook, file: ParsedFile) -> None:
    check_lessons(book, file)
    assert results(file) == stated_results(book)
    assert means(file) == stated_means(book)
    for block in file.blocks:
        days = {day for day, _ in book.days(book.subjects.index(block.subjects[0]))}
        assert set(block.covered_days) == days and len(block.pupils) == len(book.children)
        assert {result.period.number for result in block.results if result.period} == {1}


def check_progress(book: ClassBook, file: ParsedFile) -> None:
    check_lessons(book, file)
    assert results(file) == stated_results(book)
    assert means(file) == stated_means(book)
    assert all(list(block.covered_days) == book.all_days() for block in file.blocks)
    assert all(set(block.subjects) == set(book.subjects) for block in file.blocks)


def check_results(book: ClassBook, file: ParsedFile) -> None:
    assert file.rejected == ()
    assert results(file) == stated_results(book)
    periods = {result.period for block in file.blocks for result in block.results}
    assert [(period.kind, period.number) for period in periods if period] == [(PeriodKind.QUARTER, 1)]


def check_report_card(book: ClassBook, file: ParsedFile) -> None:
    check_results(book, file)
    assert means(file) == stated_means(book)


def check_assessment(book: ClassBook, file: ParsedFile) -> None:
    assert file.rejected == ()
    (block,) = file.blocks
    assert block.work
    assert (block.work.title, block.work.grade, block.work.subject, block.work.day) == (
        "Региональная диагностическая работа",
        int(book.name[:-1]),
        book.subjects[0],
        date(2026, 10, 7),
    )
    expected = {
        (str(10001 + who), book.children[who].name, int(value), int(value) * 5.0)
        for who, what, value in book.results
        if what == 0 and value.isdigit()
    }
    got = {(one.code, block.pupils[one.pupil].name, one.mark, one.score) for one in block.assessed}
    assert got == expected and all(one.journal_mark == one.mark for one in block.assessed)


CHECKS = {
    "journal": check_journal,
    "progress": check_progress,
    "summary": check_results,
    "report_card": check_report_card,
    "flat": check_lessons,
    "assessment": check_assessment,
}


@pytest.mark.parametrize("container", CONTAINERS)
@pytest.mark.parametrize("layout", CHECKS)
@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    report_multiple_bugs=False,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(book=class_books(), bent=bends)
def test_facts_come_back_from_every_layout_in_every_container(
    layout: str, container: str, tmp_path: Path, book: ClassBook, bent: Bent
) -> None:
    file = parsed(book, layout, container, tmp_path, bent)
    assert file.layout == layout
    assert {pupil.class_name for block in file.blocks for pupil in block.pupils} <= {book.name}
    CHECKS[layout](book, file)
