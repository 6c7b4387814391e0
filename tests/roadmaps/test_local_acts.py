"""The register of local acts: its way with grounds, files, what is demanded, drafts, the indicators."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from common.errors import Refused
from documents.registry import ReportQuery, may_fetch
from documents.services.reports import report_render
from iom.models import NetworkPartner, PartnerAgreement
from risk_registry.reports.order_text import BLANK
from roadmaps.act_words import ActDeed, ActKind, ActState
from roadmaps.models import LocalAct
from roadmaps.reports.act_drafts import draft_codes
from roadmaps.rules.demanded import DEMANDS, SUPPORT, ActFacts, demands_standing
from roadmaps.selectors.local_acts import acts_overview
from roadmaps.services.local_acts import (
    FILE,
    ActDraft,
    act_edit,
    act_enter,
    act_file_add,
    act_file_withdraw,
    act_step,
    agreement_mark,
)
from roadmaps.services.roadmaps import roadmap_create
from school.models import AcademicYear, School, User
from school.roles import Position
from tests.factories import TODAY, make_school, make_staff
from tests.roadmaps.test_roadmap import PNG

pytestmark = pytest.mark.django_db
ORDER: dict[str, Any] = {"number": "41", "on": date(2026, 9, 1), "grounds": "приказ директора"}


def entered(by: User, answers: str = "algorithm", title: str = "Алгоритм сопровождения", **more: Any) -> LocalAct:
    assert by.school is not None
    return act_enter(by=by, school=by.school, draft=ActDraft(ActKind.REGULATION, title, answers, **more))


def in_force(by: User, answers: str, title: str = "Акт", **more: Any) -> LocalAct:
    row = entered(by, answers, title, **more)
    row = act_step(by=by, act=row, version=0, what=ActDeed.APPROVE, **ORDER)
    return act_step(by=by, act=row, version=1, what=ActDeed.ENACT, on=date(2026, 9, 2))


def agreement(by: User, ends: date | None = None) -> PartnerAgreement:
    assert by.school is not None
    given = {"by": by, "at": by.school.now()}
    partner, _ = NetworkPartner.objects.get_or_create(school=by.school, name="Центр «Семья»", defaults=given)
    day = date(2026, 9, 1)
    return PartnerAgreement.objects.create(
        school=by.school, partner=partner, number="4", signed_on=day, starts=day, ends=ends, **given
    )


def test_an_act_goes_its_way_with_grounds(deputy: User) -> None:
    row = entered(deputy)
    with pytest.raises(Refused, match="причину"):
        act_step(by=deputy, act=row, version=0, what=ActDeed.ADOPT)
    row = act_step(by=deputy, act=row, version=0, what=ActDeed.ADOPT, grounds="протокол педсовета № 1")
    with pytest.raises(Refused, match="номер и дату"):
        act_step(by=deputy, act=row, version=1, what=ActDeed.APPROVE, grounds="приказ")
    row = act_step(by=deputy, act=row, version=1, what=ActDeed.APPROVE, **ORDER)
    with pytest.raises(Refused, match="не раньше"):
        act_step(by=deputy, act=row, version=2, what=ActDeed.ENACT, on=date(2026, 8, 31))
    row = act_step(by=deputy, act=row, version=2, what=ActDeed.ENACT, on=date(2026, 9, 2))
    row = act_step(by=deputy, act=row, version=3, what=ActDeed.REPEAL, grounds="принята новая редакция")

    assert row.state == ActState.REPEALED
    assert [step.comment for step in row.steps.all()] == [
        "", "протокол педсовета № 1", "приказ директора", "", "принята новая редакция",
    ]  # fmt: skip


def test_an_act_in_force_is_not_corrected_and_who_was_slower_is_told(deputy: User) -> None:
    row = in_force(deputy, "algorithm")
    draft = ActDraft(ActKind.ALGORITHM, "Иначе")
    with pytest.raises(Refused, match="не правят"):
        act_edit(by=deputy, act=row, version=row.version, draft=draft)
    with pytest.raises(Refused, match="изменили"):
        act_step(by=deputy, act=row, version=0, what=ActDeed.REPEAL, grounds="новая")


def test_a_file_is_decided_by_its_content_and_handed_out_until_it_is_withdrawn(deputy: User, school: School) -> None:
    row = entered(deputy)
    with pytest.raises(Refused, match="PDF, JPEG"):
        act_file_add(by=deputy, act=row, title="", content=b"MZ executable")
    made = act_file_add(by=deputy, act=row, title="Скан", content=PNG)
    teacher = make_staff(school, "Ким Анна Ли", Position.TUTOR, login="teacher").user
    stranger = make_staff(make_school("S2"), "Орлов Павел Ильич", Position.DEPUTY, login="stranger").user

    assert may_fetch(teacher, FILE, made.file.params)
    assert not may_fetch(stranger, FILE, made.file.params)
    answer = client_of(teacher).get(reverse("documents:file", args=[made.file_id]))
    assert answer["Content-Disposition"].startswith("attachment")
    act_file_withdraw(by=deputy, file=made, why="не тот")
    assert not may_fetch(teacher, FILE, made.file.params)


def test_a_page_attaches_a_file(deputy: User) -> None:
    row = entered(deputy)
    sent = {"title": "", "file": SimpleUploadedFile("акт.exe", PNG)}

    answer = client_of(deputy).post(reverse("acts:file_new", args=[row.pk]), sent)

    assert answer.status_code == 302
    assert row.files.get().title == row.title


def test_what_is_demanded_and_lacking_is_seen() -> None:
    acts = [
        ActFacts(1, "Старый", "algorithm", "repealed", None),
        ActFacts(2, "Новый", "algorithm", "force", None),
        ActFacts(3, "Истёк", "plan", "force", date(2026, 6, 1)),
        ActFacts(4, "Проект", "system", "draft", None),
    ]

    standing = demands_standing(acts, TODAY)
    told = {one.demand.code: (one.words, one.met) for one in standing}

    assert told["algorithm"] == ("действует", True)
    assert told["plan"] == ("срок истёк", False)
    assert told["system"] == ("проект", False)
    assert told["ppk"] == ("нет в реестре", False)
    assert len(told) == len(DEMANDS)
    wanting = {one.demand.code for one in standing if one.wants_new}
    assert {"plan", "ppk"} <= wanting
    assert not {"algorithm", "system"} & wanting


def test_the_page_says_what_the_school_lacks(deputy: User) -> None:
    in_force(deputy, "algorithm")

    page = client_of(deputy).get(reverse("acts:demands")).content.decode()

    assert "Не действует 11 из 12" in page
    assert "Нет в реестре" in page
    assert "паспорт программы, показатель 33" in page


def test_p17_counts_agreements_in_force(deputy: User, school: School, year: AcademicYear) -> None:
    agreement(deputy)
    agreement(deputy, ends=date(2026, 10, 1))

    one = _indicator(school, year, "P17")

    assert (one.value, len(one.names)) == (1, 1)
    assert "Центр «Семья»" in one.names[0]


def test_p22_is_there_while_an_algorithm_is_in_force(deputy: User, school: School, year: AcademicYear) -> None:
    assert _indicator(school, year, "P22").words == "нет"
    row = in_force(deputy, "algorithm", "Алгоритм сопровождения")
    assert _indicator(school, year, "P22").names == ("Алгоритм сопровождения",)
    before = acts_overview(school, year, date(2026, 9, 1)).indicators
    assert [one.words for one in before if one.code == "P22"] == ["нет"]
    act_step(by=deputy, act=row, version=2, what=ActDeed.REPEAL, grounds="новая редакция")
    assert _indicator(school, year, "P22").value == 0


def test_p33_needs_four_regulations_and_help_from_outside(deputy: User, school: School, year: AcademicYear) -> None:
    for code in SUPPORT:
        in_force(deputy, code, code)
    help_from = agreement(deputy)
    assert _indicator(school, year, "P33").lacks == ("Договор с учреждением, которое оказывает психологическую помощь",)

    agreement_mark(by=deputy, agreement=help_from, psych=True)

    one = _indicator(school, year, "P33")
    assert (one.words, len(one.names)) == ("есть", 5)
    agreement_mark(by=deputy, agreement=help_from, psych=False)
    assert _indicator(school, year, "P33").value == 0


def test_p18_follows_from_the_registry_of_the_year(school: School, year: AcademicYear) -> None:
    one = _indicator(school, year, "P18")

    assert (one.words, one.lacks) == ("нет", ("В этом учебном году реестр не утверждали.",))


def _indicator(school: School, year: AcademicYear, code: str) -> Any:
    return next(one for one in acts_overview(school, year, TODAY).indicators if one.code == code)


@pytest.mark.parametrize("code", sorted(draft_codes()))
def test_each_draft_opens_in_word_with_its_blanks(deputy: User, school: School, year: AcademicYear, code: str) -> None:
    roadmap_create(by=deputy, year=year, catalogue=True)

    made = report_render(
        kind="local_act_draft", query=ReportQuery(school, 0, None, "", deputy, {"draft": code}), format="docx"
    )

    document: Any = Document(BytesIO(made.content))
    text = "\n".join(one.text for one in document.paragraphs)
    cells = " ".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert "ПРОЕКТ" in text
    assert draft_codes()[code].removeprefix("Приказ ")[1:] in text
    assert BLANK in text + cells
    if code == "plan":
        assert "Разработка и введение в действие локальных нормативных актов" in cells
    if code == "group_order":
        assert "Ермолаева Софья Викторовна заместитель директора по УВР" in cells


@pytest.mark.parametrize("page", ["list", "demands"])
def test_lists_ask_as_often_for_one_as_for_fifty(deputy: User, page: str) -> None:
    client = client_of(deputy)
    in_force(deputy, "algorithm")
    agreement(deputy)
    with CaptureQueriesContext(connection) as few:
        client.get(reverse(f"acts:{page}"))
    for number in range(49):
        entered(deputy, "", f"Акт {number}")
        agreement(deputy)
    with CaptureQueriesContext(connection) as many:
        client.get(reverse(f"acts:{page}"))
    assert len(few) == len(many) <= 8


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
