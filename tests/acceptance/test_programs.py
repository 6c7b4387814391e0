"""The program's passport, as the deputy goes through its pages; one test a sentence of what it has to do."""

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from roadmaps.models import Program, ProgramIndicator
from roadmaps.selectors.programs import undertakings_on
from roadmaps.services.programs import program_approve, program_create
from roadmaps.words_program import Section, Template
from school.models import School, User
from school.roles import Position
from tests.factories import make_school, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def deputy() -> User:
    return make_staff(make_school(), "Ермолаева Софья Викторовна", Position.DEPUTY, login="zavuch").user


@pytest.fixture
def school(deputy: User) -> School:
    assert deputy.school is not None
    return deputy.school


@pytest.fixture
def desk(client: Client, deputy: User) -> Client:
    client.force_login(deputy)
    return client


@pytest.fixture
def begun(deputy: User, school: School) -> Callable[[Template], Program]:
    return lambda template: program_create(by=deputy, school=school, template=template, first_year=2026)


def text_of(page: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def send(desk: Client, address: str, **told: str) -> None:
    answer = desk.post(address, told)
    assert answer.status_code == 302, text_of(answer)


def approved_words(desk: Client, row: Program) -> str:
    """The first version's passport and indicators, without the page's messages."""
    return text_of(desk.get(f"/passport/{row.pk}/version/1/")).partition("Срок реализации")[2]


def test_a_school_chooses_between_two_programs_of_thirty_five_and_of_seven_indicators(desk: Client) -> None:
    send(desk, "/passport/new/", template="long", first_year="2026")
    send(desk, "/passport/new/", template="year", first_year="2026")
    long, year = Program.objects.get(template="long"), Program.objects.get(template="year")
    assert long.indicators.filter(direction__isnull=False).count() == 35
    assert long.directions.count() == 4
    assert year.indicators.count() == 7


def test_the_passport_tells_all_its_parts_and_what_is_blank_stays_visibly_blank(
    desk: Client, begun: Callable[[Template], Program]
) -> None:
    row = begun(Template.YEAR)
    told = text_of(desk.get(f"/passport/?id={row.pk}"))
    for section in Section:
        assert section.label in told
    assert "01.10.2026 – 31.05.2027" in told
    assert "2. не заполнено" in told
    assert re.search(r"Исполнители не заполнено", told)


def test_it_is_edited_and_extended_by_the_school(desk: Client, begun: Callable[[Template], Program]) -> None:
    row = begun(Template.YEAR)
    goal = row.lines.get(section=Section.GOAL)
    send(desk, f"/passport/lines/{goal.pk}/", text="Помочь каждому")
    send(desk, f"/passport/{row.pk}/lines/task/", text="Своя задача")
    send(desk, f"/passport/{row.pk}/indicators/take/", code="P10")
    send(desk, f"/passport/{row.pk}/indicators/new/", title="Своя доля", unit="percent", plan_0="не менее 40%")
    own = row.indicators.get(own=True)
    send(desk, f"/passport/indicators/{own.pk}/", title="Наша доля", unit="percent", plan_0="50%")
    told = text_of(desk.get(f"/passport/?id={row.pk}")) + text_of(desk.get(f"/passport/indicators/?id={row.pk}"))
    for words in ("Помочь каждому", "Своя задача", "P10", "Наша доля", "50%"):
        assert words in told


def test_what_is_not_understood_is_said_and_what_was_typed_stays(
    desk: Client, begun: Callable[[Template], Program]
) -> None:
    one = begun(Template.LONG).indicators.get(code="P02")
    answer = desk.post(f"/passport/indicators/{one.pk}/", {"baseline_raw": "45%", "plan_0": "почти все"})
    assert answer.status_code == 422
    assert "«почти все» не понято" in text_of(answer)
    assert 'value="почти все"' in answer.content.decode()


def test_the_school_decides_how_an_odd_plan_is_read_with_both_readings_side_by_side(
    desk: Client, begun: Callable[[Template], Program]
) -> None:
    row = begun(Template.LONG)
    for code in ("P01", "P29", "P32"):
        one = row.indicators.get(code=code)
        form = text_of(desk.get(f"/passport/indicators/{one.pk}/reading/")).replace("\u00a0", " ")
        assert "значение к концу года: 2026 — 25 %; 2027 — 25 %; 2028 — 100 %" in form
        assert "прирост за год к предыдущему значению: 2026 — 75 %; 2027 — 100 %; 2028 — 100 %" in form
        send(desk, f"/passport/indicators/{one.pk}/reading/", reading="added", why="решение рабочей группы")
    decided = ProgramIndicator.objects.filter(program=row, reading="added")
    assert {one.code for one in decided} == {"P01", "P29", "P32"}
    assert "Решено: решение рабочей группы" in text_of(desk.get("/passport/indicators/"))


def test_versions_are_approved_by_the_council_and_an_approved_one_does_not_change(
    desk: Client, school: School, begun: Callable[[Template], Program]
) -> None:
    row = begun(Template.LONG)
    send(desk, f"/passport/{row.pk}/approve/", protocol_number="1", protocol_date="2026-09-03")
    head = text_of(desk.get(f"/passport/{row.pk}/version/1/"))
    assert "протокол педсовета № 1 от 03.09.2026 внёс Ермолаева С. В." in head
    before = approved_words(desk, row)
    assert "не менее 75%" in before
    one = row.indicators.get(code="P02")
    assert desk.post(f"/passport/indicators/{one.pk}/", {"baseline_raw": "45%", "plan_0": "60%"}).status_code == 422
    send(desk, f"/passport/{row.pk}/correct/", why="итоги полугодия")
    plan = {"plan_0": "60%", "plan_1": "70%", "plan_2": "не менее 80%", "direction": str(one.direction_id)}
    send(desk, f"/passport/indicators/{one.pk}/", baseline_raw="45%", **plan)
    assert approved_words(desk, row) == before
    assert undertakings_on(school, date(2026, 11, 1))["P02"].targets[0].raw == "55%"
    send(desk, f"/passport/{row.pk}/approve/", protocol_number="4", protocol_date="2026-11-20")
    second = text_of(desk.get(f"/passport/{row.pk}/version/2/"))
    assert "Показатель P02 изменено 2026: 55%. 2027: 65%. 2028: не менее 75% 2026: 60%" in second
    assert undertakings_on(school, date(2026, 11, 21))["P02"].targets[0].raw == "60%"
    assert undertakings_on(school, date(2026, 11, 1))["P02"].targets[0].raw == "55%"


def test_who_approves_has_seen_the_last_words_of_a_colleague(
    desk: Client, begun: Callable[[Template], Program]
) -> None:
    row = begun(Template.YEAR)
    seen = re.search(r'name="version" value="(\d+)"', desk.get(f"/passport/{row.pk}/approve/").content.decode())
    assert seen is not None
    send(desk, f"/passport/lines/{row.lines.get(section=Section.GOAL).pk}/", text="Цель, которую дописали позже")
    council = {"protocol_number": "1", "protocol_date": "2026-09-03", "version": seen.group(1)}
    answer = desk.post(f"/passport/{row.pk}/approve/", council)
    assert answer.status_code == 422
    assert "программу изменили" in text_of(answer)
    assert not row.versions.exists()


def test_the_passport_names_the_directions_and_a_stage_has_both_days(
    desk: Client, begun: Callable[[Template], Program]
) -> None:
    row = begun(Template.LONG)
    page = text_of(desk.get("/passport/"))
    assert re.search(r"Направления 4 .*1\. Профессиональное мастерство педагогов", page)
    half = desk.post(f"/passport/{row.pk}/lines/stage/", {"text": "Основной", "starts_on": "2026-10-01"})
    assert "Назовите оба дня этапа" in text_of(half)
    days = {"starts_on": "2036-05-01", "ends_on": "2036-06-01"}
    late = desk.post(f"/passport/{row.pk}/lines/stage/", {"text": "Основной", **days})
    assert "Программа действует 01.08.2026 – 31.12.2028" in text_of(late)
    assert not row.lines.filter(section=Section.STAGE).exists()


def test_it_is_made_without_a_browser(
    deputy: User, school: School, begun: Callable[[Template], Program], tmp_path: Path
) -> None:
    program_approve(by=deputy, program=begun(Template.LONG), version=0, protocol_number="1",
                    protocol_date=date(2026, 9, 3))  # fmt: skip
    for format, begins in (("pdf", b"%PDF"), ("docx", b"PK"), ("json", b"{")):
        target = tmp_path / f"program.{format}"
        call_command("report", "program", school=school.code, period=1, format=format, output=target, json=True)
        assert target.read_bytes().startswith(begins)
    assert json.loads((tmp_path / "program.json").read_text())["totals"]["indicators"] == 36


def test_the_demo_school_has_an_approved_program_with_decided_and_undecided_plans(demo_school: School) -> None:
    row = Program.objects.get(school=demo_school, number=1)
    assert row.versions.count() == 1
    found = undertakings_on(demo_school, demo_school.today())
    assert (found["P29"].reading, found["P01"].reading) == ("added", "")
