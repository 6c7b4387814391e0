"""Duties by role: every code has its place, deeds are marks by themselves, what is taken back is none."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from io import BytesIO

import pytest
from django.db import transaction
from django.test import Client
from pypdf import PdfReader
from pytest_django import DjangoDbBlocker

from common.errors import Refused
from documents.registry import ReportQuery
from documents.services.reports import report_render
from gradebook.grounds import GroundKind
from iom.models import Route
from iom.words import RouteKind
from risk_registry.causes import KINDS as CAUSES
from risk_registry.models import EntryCause, Interview
from roadmaps.duty_catalogue import DUTIES
from roadmaps.duty_words import Cycle, DutyRole, Handling
from roadmaps.models import DutyMark
from roadmaps.rules.duties import Stretch, asks, stretches, usual
from roadmaps.selectors.duties import card_of, lines_of_person, lines_of_role, spans_of
from roadmaps.selectors.duty_deeds import COMPUTED, KINDS
from roadmaps.selectors.duty_marks import deed_sums, deeds_behind
from roadmaps.services.duties import (
    duty_mark,
    duty_mark_withdraw,
    duty_switch_off,
    duty_switch_on,
    own_duty_add,
    own_duty_remove,
)
from school.models import Period, User
from school.roles import Position
from tests.counting import MOST, queries
from tests.factories import make_class, make_pupil, make_staff
from tests.roadmaps.duty_making import DAY, MADE, Cast, make_cast

# The codes of the sources, role by role; measures of the deputy and bodies of governance are numbered there.
CODES = {
    DutyRole.SUBJECT_TEACHER: "T1 T2 T3 T4 T5 T6 T7 T8",
    DutyRole.CLASS_TEACHER: "C1 C2 C3 C4 C5 C6 C7",
    DutyRole.STUDENT: "S1 S2 S3",
    DutyRole.PARENTS: "P1 P2 P3 P4 P5 P6",
    DutyRole.ADMINISTRATION: "A1 A2 A3 A4 A5 G1 G2 G3 G4 G5",
    DutyRole.SERVICE: "SP1 SP2",
    DutyRole.DEPUTY: "D1 D2 D3 D4 D5 D6 D7 D8 D9",
    DutyRole.METHODICAL_HEAD: "",
}
BY_HAND = "T2 T4 T8 C6 S1 S2 S3 P2 P3 P6 D6"
UNASKED = "T2 T4 T8 C6 S1 S2 S3 P1 P2 P3 P4 P5 P6"
# Rules of absence that the same source gives: they are grounds in the gradebook, no duties.
ABSENCES = {"illness": "certificate", "event": "event", "felt_unwell": "unwell", "family": "family"}


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_cast()
        transaction.set_rollback(True)


@pytest.fixture
def cast(stage: Cast) -> Iterator[Cast]:
    with transaction.atomic():
        yield stage
        transaction.set_rollback(True)
    stage.school.refresh_from_db()


def test_every_code_of_the_sources_is_mapped_to_a_computation_or_to_by_hand() -> None:
    told = {role: " ".join(code for code, duty in DUTIES.items() if duty.role == role) for role in DutyRole}
    assert told == CODES
    by_hand = {code for code, duty in DUTIES.items() if duty.handling == Handling.HAND}
    assert by_hand == set(BY_HAND.split())
    assert set(COMPUTED) == {code for code in DUTIES if code not in by_hand}
    assert {kind for kinds in COMPUTED.values() for kind in kinds} == set(KINDS) == set(MADE)


def test_the_rules_of_absence_are_grounds_that_the_gradebook_knows() -> None:
    assert {GroundKind(ground).value for ground in ABSENCES.values()} == set(ABSENCES.values())


def test_daily_practice_prohibitions_and_what_families_do_are_asked_of_nobody() -> None:
    assert {code for code, duty in DUTIES.items() if not duty.asked} == set(UNASKED.split())
    assert [code for code, duty in DUTIES.items() if not duty.markable] == ["T8"]


def test_what_is_due_at_the_beginning_belongs_to_the_first_period_and_what_is_due_at_the_end_to_the_last() -> None:
    first, last = stretches([(1, "I", date(2026, 9, 1), date(2026, 12, 31)), (2, "II", date(2027, 1, 1),
                                                                           date(2027, 5, 31))])  # fmt: skip

    assert first.starts == date(2026, 8, 1)
    assert [asks(Cycle.START, span) for span in (first, last)] == [True, False]
    assert [asks(Cycle.YEAR_END, span) for span in (first, last)] == [False, True]
    assert asks(Cycle.START, Stretch(0, "год", first.starts, last.ends))
    assert usual([first, last], date(2027, 2, 1)) == last


@pytest.mark.parametrize("kind", MADE)
def test_the_deed_adds_the_mark_and_cancelling_it_removes_it(cast: Cast, kind: str) -> None:
    undo = MADE[kind](cast)
    told = spans_of(cast.year, "2" if kind == "even" else "year", cast.school.today())

    sums = deed_sums(told.asked, [kind], staff=cast.staff.pk)
    mine = {one.kind: one for one in sums}
    assert mine[kind].number == 1
    behind = deeds_behind(told.asked, kind, cast.staff.pk, 5)
    assert [one.url for one in behind] == [KINDS[kind].url(mine[kind].link)]
    assert kind not in {one.kind for one in deed_sums(told.asked, [kind], staff=0)}

    undo()
    assert kind not in {one.kind for one in deed_sums(told.asked, [kind], staff=cast.staff.pk)}
    assert deeds_behind(told.asked, kind, cast.staff.pk, 5) == []


def test_a_deed_of_another_period_is_no_mark_of_this_one(cast: Cast) -> None:
    MADE["talk"](cast)
    kinds = [{one.kind for one in deed_sums(spans_of(cast.year, period, DAY).asked, KINDS)} for period in ("1", "2")]
    assert [("talk" in told) for told in kinds] == [False, True]


def test_marks_that_piled_up_are_not_judged_before_the_last_weeks(cast: Cast) -> None:
    MADE["even"](cast)
    cast.school.demo_today = DAY

    told = spans_of(cast.year, "2", cast.school.today())
    assert "even" not in {one.kind for one in deed_sums(told.asked, KINDS)}


def test_what_one_of_the_administration_did_is_done_for_all_with_the_name(cast: Cast) -> None:
    MADE["visit"](cast)
    told = spans_of(cast.year, "2", cast.school.today())
    deputy = cast.deputy.staff
    assert deputy is not None

    lines = {line.duty.code: line for line in lines_of_person(told, card_of(cast.school).of(DutyRole.DEPUTY), deputy)}
    assert [(deed.number, deed.who) for deed in lines["D4"].deeds] == [(1, (cast.staff.short_name,))]
    assert lines["D5"].empty
    assert "D1" not in lines, "due in the first period"


def test_a_colleagues_deed_is_no_mark_of_mine(cast: Cast) -> None:
    MADE["talk"](cast)
    told = spans_of(cast.year, "2", cast.school.today())
    duties, deputy = card_of(cast.school).of(DutyRole.CLASS_TEACHER), cast.deputy.staff
    assert deputy is not None

    assert all(line.empty for line in lines_of_person(told, duties, deputy))
    marked = [line.duty.code for line in lines_of_person(told, duties, cast.staff) if not line.empty]
    assert marked == ["C1"]


def test_a_mark_by_hand_has_its_note_and_goes_when_it_is_withdrawn_with_a_reason(cast: Cast) -> None:
    told = spans_of(cast.year, "2", cast.school.today())
    duty = DUTIES["C6"]
    mark = duty_mark(by=cast.teacher, staff=cast.staff, duty=duty, on=DAY, note="актив помогает")

    line = lines_of_person(told, [duty], cast.staff)[0]
    assert [(one.on, one.note) for one in line.marks] == [(DAY, "актив помогает")]
    with pytest.raises(Refused, match="причину"):
        duty_mark_withdraw(by=cast.teacher, mark=mark, why=" ")
    duty_mark_withdraw(by=cast.teacher, mark=mark, why="не тот день")
    assert lines_of_person(told, [duty], cast.staff)[0].empty
    assert DutyMark.objects.get().withdrawn_why == "не тот день"


def test_a_day_to_come_and_a_prohibition_are_not_marked(cast: Cast) -> None:
    with pytest.raises(Refused, match="не наступил"):
        duty_mark(by=cast.teacher, staff=cast.staff, duty=DUTIES["C6"], on=date(2026, 12, 1))
    with pytest.raises(Refused, match="учебный год"):
        duty_mark(by=cast.teacher, staff=cast.staff, duty=DUTIES["C6"], on=date(2026, 5, 1))
    with pytest.raises(Refused, match="Запрет"):
        duty_mark(by=cast.teacher, staff=cast.staff, duty=DUTIES["T8"], on=DAY)


def test_the_school_adds_a_duty_to_a_role_and_takes_it_away(cast: Cast) -> None:
    row = own_duty_add(
        by=cast.deputy, school=cast.school, role=DutyRole.METHODICAL_HEAD, text="Открытый урок", cycle=Cycle.NEED
    )
    assert [duty.text for duty in card_of(cast.school).of(DutyRole.METHODICAL_HEAD)] == ["Открытый урок"]
    own_duty_remove(by=cast.deputy, duty=row, why="передумали")
    assert card_of(cast.school).of(DutyRole.METHODICAL_HEAD) == []


def test_a_duty_that_is_switched_off_is_seen_nowhere_but_among_those_off(cast: Cast) -> None:
    duty_switch_off(by=cast.deputy, school=cast.school, duty=DUTIES["G1"], why="планёрок нет")
    card = card_of(cast.school)
    assert card.find("G1") is None
    assert [(one.duty.code, one.why) for one in card.off] == [("G1", "планёрок нет")]
    with pytest.raises(Refused, match="уже выключена"):
        duty_switch_off(by=cast.deputy, school=cast.school, duty=DUTIES["G1"], why="ещё раз")
    duty_switch_on(by=cast.deputy, school=cast.school, code="G1")
    assert card_of(cast.school).find("G1") is not None
    with pytest.raises(Refused, match="и так включена"):
        duty_switch_on(by=cast.deputy, school=cast.school, code="G1")


def test_of_a_role_stands_who_has_records_never_who_has_none(cast: Cast) -> None:
    MADE["work"](cast)
    told = spans_of(cast.year, "2", cast.school.today())

    duties, role = card_of(cast.school).of(DutyRole.SUBJECT_TEACHER), DutyRole.SUBJECT_TEACHER
    lines = lines_of_role(told, duties, [cast.staff], {role: {cast.staff.pk}})
    named = {line.duty.code: [deed.who for deed in line.deeds] for line in lines if line.deeds}
    assert named == {"T5": [(cast.staff.short_name,)]}
    strangers = lines_of_role(told, duties, [cast.staff], {role: set()})
    assert not any(line.deeds for line in strangers), "deeds of who does not hold the role are no marks of it"


def test_the_card_of_a_later_period_still_tells_what_was_done_at_the_beginning_of_the_year(cast: Cast) -> None:
    undo = MADE["first"](cast)
    Interview.objects.update(held_on=date(2026, 9, 14))
    client = Client()
    client.force_login(cast.deputy)
    words = "Собеседования с классными руководителями за сентябрь"

    assert words in client.get("/duties/roles/?role=deputy&period=2").content.decode()
    assert words not in client.get("/duties/?period=2").content.decode(), "it is due in the first period alone"
    undo()
    assert words not in client.get("/duties/roles/?role=deputy&period=2").content.decode()


def test_a_school_without_periods_is_told_so_not_that_the_card_is_empty(cast: Cast) -> None:
    Period.objects.filter(year__school=cast.school).delete()
    client = Client()
    client.force_login(cast.deputy)
    for page in ("/duties/", "/duties/roles/"):
        told = client.get(page).content.decode()
        assert "Учебных периодов ещё нет" in told
        assert "строки этого участника пустые" not in told


@pytest.mark.parametrize(
    "page", ["/duties/?period=year", "/duties/roles/?role=class&period=year", "/duties/roles/?role=deputy&period=2"]
)
def test_a_page_takes_as_many_queries_for_fifty_teachers_and_their_deeds_as_for_one(cast: Cast, page: str) -> None:
    MADE["visit"](cast)
    MADE["talk"](cast)
    client = Client()
    client.force_login(cast.deputy)
    few = queries(client, page)
    for number in range(50):
        staff = make_staff(cast.school, f"Белова Анна{number}", Position.DEPUTY, login=f"t{number}")
        make_class(cast.school, f"5{chr(ord('А') + number % 30)}{chr(ord('А') + number // 30)}", teacher=staff)
        user = User.objects.get(staff=staff)
        MADE["talk"](replace(cast, teacher=user))
        MADE["visit"](replace(cast, teacher=user, deputy=cast.teacher))

    assert queries(client, page) == few
    assert few <= MOST


def test_pages_show_what_is_recorded_and_the_paper_says_the_same(cast: Cast) -> None:
    MADE["talk"](cast)
    client = Client()
    client.force_login(cast.teacher)
    page = client.get("/duties/").content.decode()
    assert "Беседы с обучающимися" in page
    assert "не выполнено" not in page

    told = report_render(
        kind="duties", query=ReportQuery(cast.school, 2, extra={"staff": cast.staff.pk}), format="json"
    )
    assert told.name.startswith(f"Технологическая карта 2026-27, 2-я четверть, {cast.staff.full_name}")
    lines = {line["code"]: line["recorded"] for part in json.loads(told.content)["parts"] for line in part["lines"]}
    assert lines["C1"] == ["Беседы с обучающимися: 1, последний раз 20.11.2026"]
    assert lines["C7"] == ["нет записи"]
    assert lines["C6"] == []
    pdf = report_render(kind="duties", query=ReportQuery(cast.school, 0), format="pdf").content
    assert "Технологическая карта" in PdfReader(BytesIO(pdf)).pages[0].extract_text()
    with pytest.raises(Refused, match="нет периода"):
        report_render(kind="duties", query=ReportQuery(cast.school, 9), format="json")


def test_a_person_marks_by_hand_on_the_page_and_takes_the_mark_back(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.teacher)
    assert client.post("/duties/mark/C6/", {"on": "2026-11-20", "note": "актив класса"})["Location"] == "/duties/"
    assert "актив класса" in client.get("/duties/").content.decode()
    mark = DutyMark.objects.get()
    client.post(f"/duties/marks/{mark.pk}/withdraw/", {"why": "не тот день"})
    assert "актив класса" not in client.get("/duties/").content.decode()
    assert client.post("/duties/mark/C6/", {"on": "2026-12-20"}).status_code == 422


def test_the_number_of_a_mark_leads_to_its_deeds(cast: Cast) -> None:
    MADE["talk"](cast)
    MADE["talk"](cast)
    client = Client()
    client.force_login(cast.teacher)
    found = client.get("/duties/").content.decode()
    address = unescape(re.search(r'href="(/duties/deeds/C1/talk/[^"]+)"', found).group(1))  # type: ignore[union-attr]
    assert client.get(address).content.decode().count("Запись от 20.11.2026") == 2


def test_no_mark_tells_of_routes_for_special_needs_or_of_restricted_causes(cast: Cast) -> None:
    for kind in ("control", "cause"):
        MADE[kind](cast)
    MADE["route"](replace(cast, pupil=make_pupil(cast.seventh, "Рябов Денис")))
    told = spans_of(cast.year, "year", cast.school.today())
    kinds = {"control", "term", "route", "cause"}
    assert {one.kind for one in deed_sums(told.asked, kinds)} == kinds

    Route.objects.update(kind=RouteKind.NEEDS)
    EntryCause.objects.update(code=next(code for code, kind in CAUSES.items() if kind.restricted))
    assert deed_sums(told.asked, kinds) == []
