"""Results of a procedure typed by hand: what is written, refused, kept against files; and codes of participants."""

import json
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from gradebook.models import AssessmentResult, HandCorrection, Procedure, ProcedureKind, ProcedureState
from gradebook.services.procedures import (
    ProcedureDraft,
    procedure_cancel,
    procedure_plan,
    procedure_repeat,
    procedure_restore,
)
from risk_registry.reports.assessment import to_pdf
from risk_registry.selectors.works import works_table
from school.models import Pupil, School, SchoolClass, User
from school.roles import Position
from tests.counting import MOST, counts_of, seat
from tests.factories import make_class, make_pupil, make_school, make_staff, make_subject

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 14)
NOTHING = '[null, null, "", null, false]'


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def deputy(school: School) -> User:
    make_staff(school, "Ермолаева Софья", Position.DEPUTY, login="dep")
    return User.objects.get(username="dep")


@pytest.fixture
def seventh(school: School) -> SchoolClass:
    return make_class(school, "7А")


@pytest.fixture
def pupils(seventh: SchoolClass) -> list[Pupil]:
    return [make_pupil(seventh, f"Ковтун Матвей{n}", external_id=f"a{n}") for n in range(4)]


@pytest.fixture
def work(deputy: User, school: School, seventh: SchoolClass) -> Procedure:
    subject = make_subject(school, "Алгебра")
    maxima = [Decimal(1), Decimal(2), Decimal(3)]
    draft = ProcedureDraft("Стартовая", ProcedureKind.DIAGNOSTIC, 7, seventh, subject, DAY, maxima=maxima)
    return procedure_plan(by=deputy, year=seventh.year, draft=draft)


def typed(client: Client, work: Procedure, pupil: Pupil, was: str = NOTHING, **told: Any) -> int:
    """Send one row; `told` are marks and points: mark="4", t0="1", absent="on"."""
    data = {f"{name}-{pupil.pk}": value for name, value in told.items()} | {f"was-{pupil.pk}": was}
    answer = client.post(reverse("procedures:results", args=[work.pk]), data)
    return answer.status_code


@pytest.fixture
def as_deputy(client: Client, deputy: User) -> Client:
    client.force_login(deputy)
    return client


def test_points_make_the_score_and_the_work_is_held(as_deputy: Client, work: Procedure, pupils: list[Pupil]) -> None:
    assert typed(as_deputy, work, pupils[0], mark="4", t0="1", t1="1,5", t2="", variant="2") == 302

    result = AssessmentResult.objects.get()
    work.refresh_from_db()
    assert (result.mark, result.score, result.points) == (4, Decimal("2.5"), [Decimal(1), Decimal("1.5"), None])
    assert (result.by_hand, work.state) == (True, ProcedureState.HELD)


@pytest.mark.parametrize(
    "told",
    [
        {"mark": "4", "t0": "33"},
        {"mark": "4", "t1": "-1"},
        {"mark": "6"},
        {"mark": "пять"},
        {"t0": "NaN"},
        {"mark": "4", "absent": "on"},
    ],
)
def test_what_cannot_be_is_refused_and_stays_as_typed(
    as_deputy: Client, work: Procedure, pupils: list[Pupil], told: dict[str, str]
) -> None:
    assert typed(as_deputy, work, pupils[0], **told) == 422
    assert not AssessmentResult.objects.exists()


def test_a_row_that_another_person_changed_meanwhile_is_not_overwritten(
    as_deputy: Client, work: Procedure, pupils: list[Pupil]
) -> None:
    assert typed(as_deputy, work, pupils[0], mark="4") == 302
    assert typed(as_deputy, work, pupils[0], mark="2") == 422
    assert AssessmentResult.objects.get().mark == 4
    assert typed(as_deputy, work, pupils[0], was=json.dumps([4, None, "", None, False]), mark="2") == 302
    assert AssessmentResult.objects.get().mark == 2


def test_who_was_absent_is_told_apart_from_who_has_no_result(
    as_deputy: Client, work: Procedure, pupils: list[Pupil]
) -> None:
    typed(as_deputy, work, pupils[0], mark="4")
    typed(as_deputy, work, pupils[1], absent="on")

    page = as_deputy.get(reverse("registry:external_work", args=[work.pk]))

    missing = {one.pupil: one.why for one in page.context["found"].page.missing}
    assert missing == {pupils[1]: "отсутствовал(а)", pupils[2]: "результата нет", pupils[3]: "результата нет"}


def test_a_hands_result_of_a_files_pupil_is_kept_beside_what_the_file_said(
    as_deputy: Client, work: Procedure, pupils: list[Pupil]
) -> None:
    told = {"school": work.school, "year": work.year, "procedure": work, "pupil": pupils[0]}
    AssessmentResult.objects.create(mark=3, score=Decimal(12), **told)
    was = json.dumps([3, "12", "", None, False])

    assert typed(as_deputy, work, pupils[0], was=was, mark="2") == 302
    assert (HandCorrection.objects.get().before or {})["mark"] == 3
    assert AssessmentResult.objects.get().by_hand is True

    Procedure.objects.update(tasks=[], maxima=[], max_score=None)
    was = json.dumps([2, None, "", None, False])
    assert typed(as_deputy, work, pupils[0], was=was, mark="3", score="12") == 302
    assert not HandCorrection.objects.exists()
    assert AssessmentResult.objects.get().by_hand is False


def test_a_mistaken_procedure_counts_nowhere_and_comes_back_with_its_results(
    as_deputy: Client, deputy: User, school: School, work: Procedure, pupils: list[Pupil]
) -> None:
    typed(as_deputy, work, pupils[0], mark="2")
    procedure_cancel(by=deputy, procedure=work, why="внесена по ошибке")
    assert works_table(deputy, school, work.year) == []
    assert typed(as_deputy, work, pupils[1], mark="4") == 422
    assert AssessmentResult.objects.count() == 1

    procedure_restore(by=deputy, procedure=work)
    (row,) = works_table(deputy, school, work.year)
    assert row.parts[0].shares.twos == 1


def test_a_file_fills_the_planned_work_and_undoing_it_leaves_the_plan(
    deputy: User, school: School, seventh: SchoolClass, pupils: list[Pupil], tmp_path: Path
) -> None:
    subject = make_subject(school, "Алгебра")
    planned = ProcedureDraft("ВПР по алгебре", ProcedureKind.VPR, 7, None, subject, DAY)
    work = procedure_plan(by=deputy, year=seventh.year, draft=planned)
    book = openpyxl.Workbook()
    heads = ["Код участника", "ФИО", "Класс", "Балл", "Отметка за работу"]
    for row in (["Всероссийская проверочная работа. 7 класс. Алгебра"], ["Дата проведения: 14.10.2026"], heads):
        book.worksheets[0].append(row)
    book.worksheets[0].append([10001, pupils[0].full_name, "7А", 12, 4])
    book.save(tmp_path / "vpr.xlsx")
    out = StringIO()
    call_command("import_gradebook", tmp_path / "vpr.xlsx", school=school.code, json=True, stdout=out)

    work.refresh_from_db()
    assert (Procedure.objects.count(), work.state, work.title) == (1, ProcedureState.HELD, "ВПР по алгебре")
    call_command("undo_import", json.loads(out.getvalue())["batch"], json=True, stdout=StringIO())
    work.refresh_from_db()
    assert (work.state, AssessmentResult.objects.count()) == (ProcedureState.PLANNED, 0)


def test_the_repeated_work_tells_who_has_to_write_it_and_who_did(
    as_deputy: Client, deputy: User, seventh: SchoolClass, work: Procedure, pupils: list[Pupil]
) -> None:
    for pupil, mark in zip(pupils[:3], "254", strict=True):
        typed(as_deputy, work, pupil, mark=mark)
    again = procedure_repeat(by=deputy, procedure=work, school_class=seventh, day=date(2026, 11, 11))
    typed(as_deputy, again, pupils[0], mark="3")

    found = as_deputy.get(reverse("registry:external_work", args=[work.pk])).context["found"]

    (repetition,) = found.page.repetitions
    assert [(one.pupil, one.words) for one in repetition.pupils] == [
        (pupils[0], "2 → 3"),
        (pupils[3], "не писал(а) → пока нет"),
    ]
    assert (repetition.wrote, repetition.settled) == (1, 1)
    text = PdfReader(BytesIO(to_pdf(found))).pages[0].extract_text()
    assert "Анализ оценочной процедуры" in text
    assert pupils[1].last_name in text


def test_pages_take_as_many_queries_for_1_50_and_2000(as_deputy: Client, seventh: SchoolClass, work: Procedure) -> None:
    timetable = reverse("procedures:timetable")
    of_the_work = [reverse(name, args=[work.pk]) for name in ("registry:external_work", "procedures:results")]
    told = {"school": work.school, "year": work.year, "procedure": work, "mark": 2}

    def grow(more: int) -> None:
        AssessmentResult.objects.bulk_create(AssessmentResult(pupil=pupil, **told) for pupil in seat(seventh, more))

    found = counts_of(grow, as_deputy, [timetable, *of_the_work])
    assert all(one == many == most for one, many, most in found.values()), found
    assert found[timetable][0] <= MOST
    assert max(found[address][0] for address in of_the_work) <= MOST + 8
