"""What a person corrected wins over later imports, is listed, and stands in the way of an undo."""

from datetime import timedelta

import pytest

from common.errors import Refused
from gradebook.models import Absence, AbsenceReason, FactKind, HandCorrection, Mark, PeriodResult, ResultKind
from gradebook.permissions import can_correct_gradebook
from gradebook.services.hand import (
    absence_add,
    absence_remove,
    absence_set_reason,
    mark_add,
    mark_correct,
    mark_remove,
    period_result_excuse,
    period_result_set,
)
from gradebook.services.imports import Imported
from gradebook.services.undo import UndoRefused, gradebook_undo
from school.models import HistoryEvent, Period, Pupil, School, Subject, User
from school.roles import Position
from tests.factories import make_class, make_pupil, make_school, make_staff
from tests.gradebook.said import absences_of, day, journal, load, marks_of, results_of, summary

KOVTUN = "Ковтун Матвей Андреевич"
SLOT = ("Ковтун", "Алгебра", "09-14")


@pytest.fixture
def deputy(school: School) -> User:
    make_staff(school, "Ермолаева Софья Викторовна", Position.DEPUTY, login="deputy")
    return User.objects.get(username="deputy")


@pytest.fixture
def pupil(school: School) -> Pupil:
    return Pupil.objects.get(last_name="Ковтун")


def told(school: School, cell: str) -> Imported:
    return load(school, journal({KOVTUN: {"Алгебра": {"09-14": cell}}}, ["09-14"], subjects=["Алгебра"]))


def rejected(done: Imported) -> list[tuple[str, str, str]]:
    return [(cell.cell, cell.value, cell.reason) for cell in done.files[0].rejected]


def test_a_corrected_mark_wins_over_the_next_import_and_is_listed(school: School, deputy: User) -> None:
    told(school, "2 5")
    mark_correct(by=deputy, mark=Mark.objects.get(value=2), value=4)
    done = told(school, "2 5")
    assert marks_of(school) == {SLOT: [4, 5]}
    assert rejected(done) == [("C6", "2", "исправлено вручную, оставлено «4»")]
    assert done.files[0].counts[FactKind.MARKS].as_json() == {
        "created": 0,
        "updated": 0,
        "unchanged": 1,
        "removed": 0,
    }
    assert rejected(told(school, "3 5"))[0][1] == "3"
    assert rejected(told(school, "5")) == [("B6", "", "исправлено вручную, оставлено «4»")]
    assert rejected(told(school, "4 5")) == []
    assert marks_of(school) == {SLOT: [4, 5]}


def test_a_correction_has_an_author_and_a_past(school: School, deputy: User) -> None:
    told(school, "2")
    mark = mark_correct(by=deputy, mark=Mark.objects.get(), value=4, comment="ошибка при вводе")
    note = HandCorrection.objects.get()
    assert (mark.by_hand, note.by, note.comment, note.before and note.before["value"]) == (
        True,
        deputy,
        "ошибка при вводе",
        2,
    )
    event = HistoryEvent.objects.filter(table="gradebook_mark").latest("pk")
    assert (event.user, event.before and event.before["value"], event.after and event.after["value"]) == (
        deputy,
        2,
        4,
    )


def test_entering_what_the_files_said_takes_the_correction_back(school: School, deputy: User) -> None:
    batch = told(school, "3-").batch
    mark = Mark.objects.get()
    mark_correct(by=deputy, mark=mark, value=4)
    mark_correct(by=deputy, mark=mark, value=5)
    mark_correct(by=deputy, mark=mark, value=3)
    mark.refresh_from_db()
    assert (mark.value, mark.raw, mark.by_hand) == (3, "3-", False)
    assert not HandCorrection.objects.exists()
    assert batch is not None
    assert gradebook_undo(by=deputy, batch=batch)["marks"] == 1


def test_a_change_in_between_is_not_overwritten(school: School, deputy: User) -> None:
    told(school, "2")
    stale = Mark.objects.get()
    told(school, "5")
    with pytest.raises(Refused, match="сейчас стоит «5»"):
        mark_correct(by=deputy, mark=stale, value=3, was=2)
    told(school, "")
    with pytest.raises(Refused, match="больше нет"):
        mark_correct(by=deputy, mark=stale, value=3)


def test_a_mark_outside_the_scale_is_refused(school: School, deputy: User) -> None:
    told(school, "2")
    with pytest.raises(Refused, match="от 1 до 5"):
        mark_correct(by=deputy, mark=Mark.objects.get(), value=6)


def test_an_added_mark_stays_whatever_the_files_say(school: School, deputy: User, pupil: Pupil) -> None:
    told(school, "3")
    mark_add(by=deputy, pupil=pupil, subject=Subject.objects.get(), day=day("09-14"), value=5)
    assert rejected(told(school, "3")) == []
    assert rejected(told(school, "")) == []
    assert marks_of(school) == {SLOT: [5]}
    assert told(school, "5").files[0].counts[FactKind.MARKS].unchanged == 1


def test_a_removed_mark_does_not_come_back_and_is_listed(school: School, deputy: User, pupil: Pupil) -> None:
    told(school, "2 5")
    mark_remove(by=deputy, mark=Mark.objects.get(value=2))
    done = told(school, "2 5")
    assert marks_of(school) == {SLOT: [5]}
    assert rejected(done) == [("C6", "2", "убрано вручную, не возвращается")]
    back = mark_add(by=deputy, pupil=pupil, subject=Subject.objects.get(), day=day("09-14"), value=2)
    assert (back.by_hand, HandCorrection.objects.exists()) == (False, False)
    assert rejected(told(school, "2 5")) == []
    assert marks_of(school) == {SLOT: [2, 5]}


def test_removing_an_added_mark_leaves_nothing(school: School, deputy: User, pupil: Pupil) -> None:
    told(school, "3")
    mark_remove(
        by=deputy, mark=mark_add(by=deputy, pupil=pupil, subject=Subject.objects.get(), day=day("09-14"), value=5)
    )
    assert (marks_of(school), HandCorrection.objects.exists()) == ({SLOT: [3]}, False)


def test_a_corrected_and_then_removed_mark_remembers_what_the_files_said(school: School, deputy: User) -> None:
    told(school, "2")
    mark_remove(by=deputy, mark=mark_correct(by=deputy, mark=Mark.objects.get(), value=4))
    assert rejected(told(school, "2"))[0][2] == "убрано вручную, не возвращается"
    assert marks_of(school) == {}


@pytest.mark.parametrize("deed", ["correct", "remove"])
def test_a_batch_whose_mark_a_hand_changed_is_not_undone(school: School, deputy: User, deed: str) -> None:
    batch = told(school, "2").batch
    mark = Mark.objects.get()
    if deed == "correct":
        mark_correct(by=deputy, mark=mark, value=4)
    else:
        mark_remove(by=deputy, mark=mark)
    assert batch is not None
    with pytest.raises(UndoRefused) as refusal:
        gradebook_undo(by=deputy, batch=batch)
    assert refusal.value.changed == [
        {"kind": "marks", "external_id": "101", "subject": "Алгебра", "date": "2026-09-14"}
    ]


def test_a_batch_that_a_hand_overruled_can_be_undone(school: School, deputy: User) -> None:
    told(school, "2")
    mark_correct(by=deputy, mark=Mark.objects.get(), value=4)
    batch = told(school, "3").batch
    assert batch is not None
    assert gradebook_undo(by=deputy, batch=batch)["marks"] == 0
    assert marks_of(school) == {SLOT: [4]}


def test_no_mark_is_added_where_none_can_be(school: School, deputy: User, pupil: Pupil) -> None:
    told(school, "3")
    algebra = Subject.objects.get()
    with pytest.raises(Refused, match="не наступил"):
        mark_add(by=deputy, pupil=pupil, subject=algebra, day=school.today() + timedelta(days=1), value=5)
    with pytest.raises(Refused, match="не числится"):
        mark_add(by=deputy, pupil=pupil, subject=algebra, day=day("09-01").replace(year=2020), value=5)
    small = make_pupil(make_class(school, "1А"), "Ли Ян")
    with pytest.raises(Refused, match="в 1 классе отметки не ставятся"):
        mark_add(by=deputy, pupil=small, subject=algebra, day=day("09-14"), value=5)
    other = make_school("S2")
    stranger = make_pupil(make_class(other, "7А"), "Ли Ян")
    with pytest.raises(Refused, match="предмета в школе нет"):
        mark_add(by=deputy, pupil=stranger, subject=algebra, day=day("09-14"), value=5)


def test_the_reason_of_an_absence_is_kept_against_the_journals_code(school: School, deputy: User) -> None:
    told(school, "Н 4")
    absence_set_reason(by=deputy, absence=Absence.objects.get(), reason=AbsenceReason.ILLNESS)
    done = told(school, "Н 4")
    assert absences_of(school) == {SLOT: ["illness"]}
    assert rejected(done) == [("C6", "Н", "исправлено вручную, оставлено «болезнь»")]


def test_an_absence_taken_out_by_hand_does_not_come_back_and_an_added_one_stays(
    school: School, deputy: User, pupil: Pupil
) -> None:
    told(school, "Н 4")
    absence_remove(by=deputy, absence=Absence.objects.get(), was="unexcused")
    assert rejected(told(school, "Н 4")) == [("C6", "Н", "убрано вручную, не возвращается")]
    algebra, september = Subject.objects.get(), day("09-14")
    with pytest.raises(Refused, match="не числится"):
        absence_add(
            by=deputy, pupil=pupil, subject=algebra, day=september.replace(year=2020), reason=AbsenceReason.ILLNESS
        )
    absence_add(by=deputy, pupil=pupil, subject=algebra, day=september, reason=AbsenceReason.ILLNESS)
    told(school, "4")
    assert absences_of(school) == {SLOT: ["illness"]}
    absence_add(by=deputy, pupil=pupil, subject=algebra, day=september, reason=AbsenceReason.UNEXCUSED)
    back = Absence.objects.get(reason="unexcused")
    assert (back.by_hand, back.raw, HandCorrection.objects.count()) == (False, "Н", 1)


def test_a_result_set_by_hand_is_kept_and_listed(school: School, deputy: User, pupil: Pupil) -> None:
    load(school, summary({KOVTUN: {"Алгебра": "2"}}))
    period = Period.objects.get(year__school=school, system="quarters", number=1)
    year, algebra = period.year, Subject.objects.get()
    period_result_set(by=deputy, pupil=pupil, subject=algebra, year=year, period=period, value="3")
    done = load(school, summary({KOVTUN: {"Алгебра": "2"}}))
    assert results_of(school) == {("Ковтун", "Алгебра", "period", 1): "3"}
    assert rejected(done) == [("AE6", "2", "исправлено вручную, оставлено «3»")]
    period_result_set(by=deputy, pupil=pupil, subject=algebra, year=year, period=period, value="2")
    assert rejected(load(school, summary({KOVTUN: {"Алгебра": "4"}}))) == []
    assert results_of(school) == {("Ковтун", "Алгебра", "period", 1): "4"}


def test_a_result_that_the_files_lack_is_added(school: School, deputy: User, pupil: Pupil) -> None:
    told(school, "3")
    year, algebra = school.years.get(), Subject.objects.get()
    period_result_set(
        by=deputy, pupil=pupil, subject=algebra, year=year, period=None, kind=ResultKind.YEAR, value="зач"
    )
    assert results_of(school) == {("Ковтун", "Алгебра", "year", None): "зач"}
    with pytest.raises(Refused, match="не бывает"):
        period_result_set(by=deputy, pupil=pupil, subject=algebra, year=year, period=None, value="6")
    with pytest.raises(Refused, match="учебный период"):
        period_result_set(by=deputy, pupil=pupil, subject=algebra, year=year, period=None, value="5")


def test_not_attested_is_excused_until_the_files_say_something_else(school: School, deputy: User) -> None:
    load(school, summary({KOVTUN: {"Алгебра": "н/а"}}))
    period_result_excuse(by=deputy, result=PeriodResult.objects.get(), excused=True)
    assert rejected(load(school, summary({KOVTUN: {"Алгебра": "н/а"}}))) == []
    assert PeriodResult.objects.get().excused
    load(school, summary({KOVTUN: {"Алгебра": "3"}}))
    result = PeriodResult.objects.get()
    assert (result.value, result.excused) == ("3", False)
    with pytest.raises(Refused, match="«н/а»"):
        period_result_excuse(by=deputy, result=result, excused=True)


def test_the_administration_corrects_and_others_do_not(school: School, deputy: User, pupil: Pupil) -> None:
    make_staff(school, "Ли Анна Олеговна", Position.TEACHER, login="teacher")
    assert can_correct_gradebook(deputy, pupil)
    assert not can_correct_gradebook(User.objects.get(username="teacher"), pupil)
    stranger = make_pupil(make_class(make_school("S2"), "7А"), "Ли Ян")
    assert not can_correct_gradebook(deputy, stranger)
