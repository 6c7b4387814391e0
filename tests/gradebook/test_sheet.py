"""The sheet of results: what a batch of typed cells does, and to whom it is open."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gradebook.models import HandCorrection, PeriodResult, ResultKind
from gradebook.selectors_sheet import SheetTerm, class_with_terms, sheet_of, terms_of
from gradebook.services.imports import Imported
from gradebook.services.sheet import results_enter
from gradebook.services.undo import UndoRefused, gradebook_undo
from gradebook.sheet import CellSent, CellState, typed_value
from school.models import HistoryEvent, Pupil, School, SchoolClass, Subgroup, TeachingAssignment, User
from school.roles import Position
from tests.counting import MOST, queries, seat
from tests.factories import make_class, make_pupil, make_staff, make_subject
from tests.gradebook.entering import enter
from tests.gradebook.said import load, results_of, summary

KOVTUN = "Ковтун Матвей Андреевич"


def term_of(school_class: SchoolClass, code: str, by: User) -> tuple[SchoolClass, SheetTerm]:
    """The class as its page reads it, and one of its terms."""
    told = class_with_terms(by).get(pk=school_class.pk)
    return told, next(term for term in terms_of(told, told.school.today()) if term.code == code)


@pytest.fixture
def deputy(school: School) -> User:
    make_staff(school, "Ермолаева Софья Викторовна", Position.DEPUTY, login="zavuch")
    return User.objects.get(username="zavuch")


@pytest.fixture
def algebra(school: School, seven_a: SchoolClass, deputy: User) -> int:
    """Taught to 7А by a teacher of her own, so that the sheet has a column."""
    teacher = make_staff(school, "Ли Анна Олеговна", Position.TEACHER, login="teacher")
    subject = make_subject(school, "Алгебра")
    TeachingAssignment.objects.create(staff=teacher, subject=subject, school_class=seven_a)
    return subject.pk


def told(school: School, value: str) -> Imported:
    return load(school, summary({KOVTUN: {"Алгебра": value}}))


def reasons(done: Imported) -> list[str]:
    return [cell.reason for cell in done.files[0].rejected]


@pytest.mark.parametrize(
    ("typed", "value"),
    [("5", "5"), (" н ", "н/а"), ("Y", "н/а"), ("Зачёт", "зач"), ("x", None), ("6", None), ("", ""), ("[", "незач")],
)
def test_a_key_or_a_word_means_a_result(typed: str, value: str | None) -> None:
    assert typed_value(typed) == value


def test_a_typed_result_has_an_author_and_wins_over_the_next_import(
    school: School, seven_a: SchoolClass, algebra: int
) -> None:
    assert enter(seven_a, 1, 0, "3").state == CellState.SAVED
    assert enter(seven_a, 1, 0, "3").state == CellState.SAVED  # the answer was lost, the same cell is sent again
    assert HistoryEvent.objects.filter(table="gradebook_handcorrection").count() == 1
    assert reasons(told(school, "2")) == ["исправлено вручную, оставлено «3»"]
    assert results_of(school) == {("Ковтун", "Алгебра", "period", 1): "3"}


def test_a_correction_is_taken_back_by_what_the_files_said(school: School, seven_a: SchoolClass, algebra: int) -> None:
    batch = told(school, "2").batch
    enter(seven_a, 1, 0, "4", was="2")
    enter(seven_a, 1, 0, "5", was="4")
    assert HandCorrection.objects.get().before["value"] == "2"  # type: ignore[index]
    assert batch is not None
    with pytest.raises(UndoRefused):
        gradebook_undo(by=None, batch=batch)
    enter(seven_a, 1, 0, "2", was="5")
    assert (PeriodResult.objects.get().by_hand, HandCorrection.objects.exists()) == (False, False)
    assert gradebook_undo(by=None, batch=batch)["period_results"] == 1


def test_a_result_that_was_taken_out_does_not_come_back_with_the_same_file(
    school: School, seven_a: SchoolClass, algebra: int
) -> None:
    told(school, "2")
    key = PeriodResult.objects.get().pk
    enter(seven_a, 1, 0, "", was="2")
    assert reasons(told(school, "2")) == ["убрано вручную, не возвращается"]
    assert not PeriodResult.objects.exists()
    enter(seven_a, 1, 0, "4")
    assert (PeriodResult.objects.get().pk, HandCorrection.objects.get().before["value"]) == (key, "2")  # type: ignore[index]
    enter(seven_a, 1, 0, "", was="4")
    enter(seven_a, 1, 0, "2")
    assert (PeriodResult.objects.get().by_hand, HandCorrection.objects.exists()) == (False, False)


def test_a_cell_that_another_person_changed_is_not_written_over(seven_a: SchoolClass, algebra: int) -> None:
    enter(seven_a, 1, 0, "3")
    answer = enter(seven_a, 1, 0, "5")
    assert (answer.state, answer.value, answer.told) == (CellState.CLASH, "3", "Ермолаева\xa0С.\xa0В.")
    assert PeriodResult.objects.get().value == "3"


def test_annual_results_have_sheets_of_their_own(
    school: School, seven_a: SchoolClass, algebra: int, deputy: User
) -> None:
    told_class, year = term_of(seven_a, "year", deputy)
    cell = CellSent(Pupil.objects.get(last_name="Цой").pk, algebra, "5", "")
    results_enter(by=deputy, school_class=told_class, term=year, cells=[cell])
    assert results_of(school) == {("Цой", "Алгебра", "year", None): "5"}
    assert PeriodResult.objects.get().kind == ResultKind.YEAR


def test_a_teacher_writes_the_own_subject_and_only_the_own_subgroup(
    school: School, seven_a: SchoolClass, algebra: int, deputy: User
) -> None:
    teacher = User.objects.get(username="teacher")
    history = make_subject(school, "История").pk
    half = Subgroup.objects.create(school_class=seven_a, name="1")
    half.pupils.add(Pupil.objects.get(last_name="Цой"))
    assert teacher.staff is not None
    english = make_subject(school, "Английский")
    TeachingAssignment.objects.create(staff=teacher.staff, subject=english, school_class=seven_a, subgroup=half)
    told_class, first = term_of(seven_a, "1", teacher)
    pupils = {pupil.last_name: pupil.pk for pupil in Pupil.objects.all()}
    cells = [
        CellSent(pupils["Ковтун"], algebra, "5", ""),
        CellSent(pupils["Ковтун"], history, "5", ""),
        CellSent(pupils["Ковтун"], english.pk, "5", ""),
        CellSent(pupils["Цой"], english.pk, "4", ""),
        CellSent(pupils["Орлова"], algebra, "4", ""),
    ]
    answers = results_enter(by=teacher, school_class=told_class, term=first, cells=cells)
    assert [answer.state.value for answer in answers] == ["saved", "refused", "refused", "saved", "refused"]
    assert set(results_of(school).values()) == {"5", "4"}
    assert [column.name for column in sheet_of(teacher, told_class, "1").columns] == ["Алгебра", "Английский"]


def test_marks_are_refused_where_a_class_has_none(school: School, deputy: User) -> None:
    first = make_class(school, "1А")
    pupil = make_pupil(first, "Ли Ян")
    told_class, term = term_of(first, "1", deputy)
    subject = make_subject(school, "Чтение").pk
    cells = [CellSent(pupil.pk, subject, "5", "")]
    [answer] = results_enter(by=deputy, school_class=told_class, term=term, cells=cells)
    assert (answer.state, answer.told) == (CellState.REFUSED, "в 1 классе отметки не ставятся")
    [answer] = results_enter(
        by=deputy, school_class=told_class, term=term, cells=[CellSent(pupil.pk, subject, "зач", "")]
    )
    assert answer.state == CellState.SAVED


def send(client: Client, school_class: SchoolClass, **told: Any) -> Any:
    address = reverse("sheet:cells", args=[school_class.pk])
    return client.post(address, json.dumps(told), content_type="application/json")


def test_the_address_answers_cell_by_cell_and_refuses_nonsense(
    client: Client, seven_a: SchoolClass, algebra: int, deputy: User
) -> None:
    client.force_login(deputy)
    pupil = Pupil.objects.get(last_name="Цой").pk
    cells = [{"pupil": pupil, "subject": algebra, "value": value, "was": ""} for value in ("6", "5")]
    assert send(client, seven_a, of="1", cells=cells[:1]).json()["cells"][0]["state"] == "refused"
    assert send(client, seven_a, of="1", cells=cells).json()["cells"] == [
        {"pupil": pupil, "subject": algebra, "state": "saved", "value": "5", "told": ""}
    ]
    for wrong in ({"of": "1"}, {"of": "9", "cells": []}, {"of": "1", "cells": [{"pupil": "x"}]}):
        assert send(client, seven_a, **wrong).status_code == 400


def test_without_a_script_the_whole_table_is_sent_at_once(
    client: Client, school: School, seven_a: SchoolClass, algebra: int, deputy: User
) -> None:
    client.force_login(deputy)
    address = reverse("sheet:page", args=[seven_a.pk]) + "?of=1"
    names = {pupil.last_name: f"c-{pupil.pk}-{algebra}" for pupil in Pupil.objects.all()}
    sent = {names["Ковтун"]: "н", names["Цой"]: "6", names["Белова"]: "", "standing": "{}"}
    page = client.post(address, sent)
    assert page.status_code == 422
    assert "Цой Иван, Алгебра: «6»" in page.content.decode()
    assert f'name="{names["Цой"]}" value="6"' in page.content.decode()
    assert client.post(address, {names["Цой"]: "4", "standing": "{}"}).status_code == 302
    assert results_of(school) == {
        ("Ковтун", "Алгебра", "period", 1): "н/а",
        ("Цой", "Алгебра", "period", 1): "4",
    }


def test_the_sheet_takes_as_many_queries_for_a_full_class(
    client: Client, seven_a: SchoolClass, algebra: int, deputy: User
) -> None:
    client.force_login(deputy)
    address = reverse("sheet:page", args=[seven_a.pk])
    few = queries(client, address)
    seat(seven_a, 30)
    assert queries(client, address) == few <= MOST
    assert queries(client, reverse("sheet:classes")) <= MOST
