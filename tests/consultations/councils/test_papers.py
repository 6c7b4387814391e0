"""Registers and papers of councils; how many queries the lists take."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from consultations.council_papers import PAPERS, paper_find
from consultations.councils import (
    CouncilKind,
    Initiator,
    Reason,
    SittingState,
)
from consultations.models import Council, PmpkReferral, Sitting
from consultations.services.conclusions import (
    Referred,
    pmpk_refer,
)
from consultations.services.petitions import Asked, petition_send
from consultations.services.sitting_questions import (
    Decided,
    decision_add,
    people_invite,
    presence_mark,
)
from school.models import Pupil, School, SchoolClass, Staff
from tests.consultations.council_making import (
    FINDINGS,
    HELD,
    conclude,
    consent,
    fresh,
    held_about,
    pdf_text,
)
from tests.counting import MOST, queries
from tests.factories import make_pupil

pytestmark = pytest.mark.django_db


def test_registers_hold_each_conclusion_and_referral_under_its_number(
    client: Client, ppk: Council, chair: Staff, leader: Staff, pupil: Pupil
) -> None:
    consent(pupil)
    asked = Asked(Reason.LEARNING, Initiator.CLASS_TEACHER, HELD)
    petition_send(by=leader.user, pupil=pupil, kind=CouncilKind.PPK, asked=asked)
    _, question = held_about(chair.user, ppk, pupil)
    conclude(chair.user, question)
    for _ in range(2):
        pmpk_refer(by=chair.user, pupil=pupil, told=Referred(HELD, "=уточнить условия"))
    assert list(PmpkReferral.objects.values_list("number", flat=True)) == [1, 2]
    client.force_login(fresh(chair.user))

    def rows(what: str) -> list[tuple[Any, ...]]:
        answer = client.get(reverse("councils:register", args=[what, ppk.pk]))
        return list(load_workbook(BytesIO(answer.content)).worksheets[0].values)[2:]

    assert rows("sittings")[0][:4] == (1, rows("sittings")[0][1], "Сопровождение", "плановое")
    (line,) = rows("conclusions")
    assert line[1:3] == ("Ковтун Матвей Андреевич", "7А") and line[6] == FINDINGS
    assert [row[5] for row in rows("pmpk")] == ["=уточнить условия"] * 2


def test_papers_are_made_for_whoever_may_read_them(
    ppk: Council, chair: Staff, teacher: Staff, leader: Staff, pupil: Pupil
) -> None:
    consent(pupil)
    sitting, question = held_about(chair.user, ppk, pupil)
    conclusion = conclude(chair.user, question)
    assert paper_find(fresh(teacher.user), "conclusion", conclusion.pk) is None
    assert paper_find(fresh(teacher.user), "draft", sitting.pk) is None
    row = paper_find(fresh(leader.user), "conclusion", conclusion.pk)
    text = pdf_text(PAPERS["conclusion"].make(leader.user, row))
    assert FINDINGS in text and "согласен(на) частично" in text
    card = pdf_text(PAPERS["card"].make(fresh(teacher.user), pupil))
    assert FINDINGS not in card and "Ковтун" in card


def test_whoever_was_only_invited_is_no_member_in_the_conclusion(
    ppk: Council, chair: Staff, teacher: Staff, leader: Staff, pupil: Pupil
) -> None:
    consent(pupil)
    sitting, question = held_about(chair.user, ppk, pupil)
    people_invite(by=chair.user, sitting=sitting, staff=[teacher], role="учитель алгебры")
    presence_mark(by=chair.user, person=sitting.people.get(staff=teacher), present=True)
    conclusion = conclude(chair.user, question)

    row = paper_find(fresh(leader.user), "conclusion", conclusion.pk)
    text = pdf_text(PAPERS["conclusion"].make(leader.user, row))
    assert "Рощина" in text
    assert "Гречко" not in text


def test_lists_take_the_same_queries_however_much_there_is(
    client: Client, school: School, ppk: Council, chair: Staff, seventh: SchoolClass
) -> None:
    client.force_login(fresh(chair.user))
    by, names = chair.user, ("list", "petitions", "decisions", "pmpk")

    def grow(number: int, day: date) -> None:
        for place in range(number):
            pupil = make_pupil(seventh, f"Белов Кирилл{place}")
            consent(pupil)
            _, question = held_about(by, ppk, pupil, day + timedelta(days=place))
            decision_add(by=by, question=question, decided=Decided("карточки", chair))
            asked = Asked(Reason.LEARNING, Initiator.TEACHER, HELD)
            petition_send(by=by, pupil=pupil, kind=CouncilKind.PPK, asked=asked)
            pmpk_refer(by=by, pupil=pupil, told=Referred(HELD, "уточнить"))

    def count() -> list[int]:
        lists = [queries(client, reverse(f"councils:{name}")) for name in names]
        return [*lists, queries(client, reverse("councils:council", args=[ppk.pk]))]

    grow(1, date(2026, 10, 1))
    before = count()
    grow(6, date(2026, 10, 5))
    assert count() == before
    assert max(before[:-1]) <= MOST, before
    sittings = Sitting.objects.filter(council=ppk, state=SittingState.HELD)
    assert sittings.count() == 7
