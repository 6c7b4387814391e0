"""What a notice of each kind tells, and when there is nothing to tell: without a database."""

from dataclasses import replace
from datetime import date

import pytest

from parents.rules.notices import Invitation, NoticeBody, SubjectLine, telling, unanswered, why_not
from parents.words import NoticeKind, NoticeState
from parents.workflow import WAITING

FULL = NoticeBody(
    "Ковтун Матвей Андреевич",
    "7А",
    "1-я четверть 2026/27",
    subjects=(SubjectLine("Алгебра", "2 3 2", "2"), SubjectLine("Физика", "3 2"), SubjectLine("История", "2 4 4", "3")),
    missed=7,
    unexcused=3,
    category="Неуспевающий",
    help=("Алгебра: вторник",),
    good=("Алгебра: дроби",),
)


@pytest.mark.parametrize(
    ("result", "marks", "low"),
    [
        ("2", "5 5", True),
        ("1", "", True),
        ("н/а", "", True),
        ("незач", "", True),
        ("3", "2 2", False),
        ("осв", "2", False),
        ("", "3 2", True),
        ("", "3 4", False),
        ("", "", False),
    ],
)
def test_a_result_says_more_than_marks(result: str, marks: str, low: bool) -> None:
    assert SubjectLine("Алгебра", marks, result).low is low


def test_each_kind_tells_its_own_and_no_more() -> None:
    told = {kind: telling(FULL, kind) for kind in NoticeKind}

    assert [line.name for line in told[NoticeKind.MARKS].subjects] == ["Алгебра", "Физика"]
    assert (told[NoticeKind.ABSENCES].subjects, told[NoticeKind.ABSENCES].missed) == ((), 7)
    assert (told[NoticeKind.INCLUDED].category, told[NoticeKind.INCLUDED].missed) == ("Неуспевающий", 0)
    assert (told[NoticeKind.GOOD].subjects, told[NoticeKind.GOOD].good) == ((), ("Алгебра: дроби",))
    assert (told[NoticeKind.COUNCIL].subjects, told[NoticeKind.COUNCIL].category) == ((), "")
    assert told[NoticeKind.REMOVED].subjects == ()


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_nothing_known_is_nothing_to_tell(kind: NoticeKind) -> None:
    assert why_not(telling(NoticeBody("Ковтун", "7А", "1-я четверть"), kind), kind)


def test_an_invitation_is_enough_for_a_council_and_own_words_for_success() -> None:
    bare = NoticeBody("Ковтун", "7А", "1-я четверть", words="Молодец", invitation=Invitation(date(2026, 11, 25)))

    assert not why_not(bare, NoticeKind.COUNCIL)
    assert not why_not(bare, NoticeKind.GOOD)
    assert why_not(bare, NoticeKind.MARKS)


@pytest.mark.parametrize(
    ("state", "today", "late"),
    [
        (NoticeState.MADE, 26, True),
        (NoticeState.HANDED, 26, True),
        (NoticeState.HANDED, 25, False),
        (NoticeState.KNOWN, 26, False),
        (NoticeState.WITHDRAWN, 26, False),
    ],
)
def test_the_day_of_answer_itself_is_not_late(state: NoticeState, today: int, late: bool) -> None:
    assert unanswered(state, WAITING, date(2026, 11, 25), date(2026, 11, today)) is late
    assert not unanswered(state, WAITING, None, date(2026, 11, today))


def test_who_was_removed_is_not_told_of_an_inclusion_nor_who_is_on_the_list_of_a_removal() -> None:
    removed = replace(FULL, reason="Успеваемость исправлена")

    assert why_not(telling(FULL, NoticeKind.INCLUDED), NoticeKind.INCLUDED) == ""
    assert why_not(telling(removed, NoticeKind.REMOVED), NoticeKind.REMOVED) == ""
    assert why_not(telling(removed, NoticeKind.INCLUDED), NoticeKind.INCLUDED) != ""
    assert why_not(telling(FULL, NoticeKind.REMOVED), NoticeKind.REMOVED) != ""
