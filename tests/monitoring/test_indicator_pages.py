"""Pages of indicators: values beside targets, names, answers, freezing, papers that say the same."""

import io
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from monitoring.catalogue import INDICATORS
from monitoring.models import ManualValue, Measurement
from monitoring.reports.board import Board, build_board
from monitoring.reports.board_printing import board_json, board_xlsx
from risk_registry.services.judging import period_judge
from roadmaps.indicators.short import SHORT
from roadmaps.services.programs import program_approve, program_create
from roadmaps.words_program import Template
from school.models import Period, School, User
from school.roles import Position
from tests.factories import make_class, make_pupil, make_school, make_staff
from tests.risk_registry.making import give_result

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return make_school(today=date(2026, 11, 21))


@pytest.fixture
def deputy(school: School) -> User:
    return User.objects.get(staff=make_staff(school, "Завуч Анна", Position.DEPUTY, login="deputy"))


@pytest.fixture
def period(school: School) -> Period:
    place = make_class(school, "7А")
    give_result(make_pupil(place, "Белов Борис"), "Алгебра", "5")
    give_result(make_pupil(place, "Авдеев Антон"), "Алгебра", "2")
    rows = Period.objects.select_related("year__school__settings")
    found = rows.get(year__school=school, system="quarters", number=1)
    period_judge(period=found)
    return found


@pytest.fixture
def client(client: Client, deputy: User) -> Client:
    client.force_login(deputy)
    return client


def _approved(deputy: User, school: School) -> None:
    row = program_create(by=deputy, school=school, template=Template.LONG, first_year=2026)
    program_approve(by=deputy, program=row, version=row.version, protocol_number="1", protocol_date=date(2026, 9, 3))


def _page(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(f"indicators:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_without_a_program_values_stand_and_it_is_said_that_there_is_no_target(client: Client, period: Period) -> None:
    page = _page(client, "board")
    assert "Утверждённой программы на этот день нет" in page
    assert "1 из 2" in page
    assert "по региону 8,7" in page


def test_with_a_program_both_readings_stand_side_by_side_with_the_pace(
    client: Client, deputy: User, school: School, period: Period
) -> None:
    _approved(deputy, school)
    page = _page(client, "indicator", period.pk, "P01")
    assert "значение к концу года" in page
    assert "прирост за год" in page
    page = _page(client, "indicator", period.pk, "P12")
    assert "ниже плана" in page
    assert "отстаём: к этому дню нужно" in page


def test_what_an_expected_result_asks_otherwise_stands_under_its_own_code(
    deputy: User, school: School, period: Period
) -> None:
    _approved(deputy, school)
    lines = {line.code: line for line in build_board(period).lines}
    assert (lines["P15"].aims[0].needed, lines["P15E"].aims[0].needed) == ("не менее 2", "не менее 10")
    assert lines["P16E"].aims[0].needed == "не менее 30"


def test_an_indicator_leads_to_its_names_and_one_of_health_to_none(client: Client, period: Period) -> None:
    page = _page(client, "indicator", period.pk, "R01")
    assert "Авдеев Антон" in page
    assert "Белов Борис" not in page
    assert (
        "Белов Борис"
        in client.get(reverse("indicators:indicator", args=[period.pk, "R01"]) + "?list=of").content.decode()
    )
    page = _page(client, "indicator", period.pk, "R03")
    assert "Список имён к этому числу не ведётся" in page
    assert "Авдеев" not in page


def test_a_value_is_entered_with_what_it_rests_on_and_taken_back(client: Client, period: Period) -> None:
    address = reverse("indicators:answer", args=[period.pk, "P28"])
    assert client.post(address, {"number": "3", "of": "40", "text": ""}).status_code == 422
    refused = client.post(address, {"number": "50", "of": "40", "text": "Акт осмотра"})
    assert refused.status_code == 422
    assert "больше того, из скольких" in refused.content.decode()
    assert client.post(address, {"number": "3", "of": "40", "text": "Акт осмотра"}).status_code == 302
    assert "7,5" in _page(client, "indicator", period.pk, "P28")
    row = ManualValue.objects.standing().get()
    assert client.post(reverse("indicators:answer_remove", args=[row.pk]), {"why": "Ошибка"}).status_code == 302
    page = _page(client, "indicator", period.pk, "P28")
    assert "нет данных" in page
    assert "отозвано: Ошибка" in page


def test_freezing_by_a_button_leads_to_the_comparison(client: Client, period: Period) -> None:
    assert "Зафиксировать период" in client.get(f"{reverse('indicators:board')}?period={period.pk}").content.decode()
    client.post(reverse("indicators:freeze", args=[period.pk]))
    assert Measurement.objects.filter(period=period).exists()
    page = client.get(f"{reverse('indicators:board')}?period={period.pk}").content.decode()
    assert "Пересчитать и сравнить" in page
    assert "Зафиксировать период" not in page
    assert "Пересчёт дал бы то же самое" in _page(client, "changes", period.pk)


def test_page_workbook_and_json_say_the_same(deputy: User, school: School, period: Period) -> None:
    _approved(deputy, school)
    board: Board = build_board(period)
    sheet = load_workbook(io.BytesIO(board_xlsx(board))).active
    assert sheet is not None
    cells = {row[1]: row for row in sheet.iter_rows(values_only=True) if row[1] in {line.code for line in board.lines}}
    assert set(cells) == {line.code for line in board.lines}
    assert cells["R01"][3:5] == (50, "1 из 2")
    assert cells["P28"][3] == "нет данных"
    assert b'"code": "R01"' in board_json(board)


def test_an_indicator_is_headed_by_its_code_and_a_short_name(client: Client, period: Period) -> None:
    page = _page(client, "indicator", period.pk, "P12")
    assert "<h1>P12. Дополнительные занятия</h1>" in page
    assert set(SHORT) == set(INDICATORS)


def test_the_words_of_a_plan_stand_small_inside_a_sentence(deputy: User, school: School, period: Period) -> None:
    _approved(deputy, school)
    aims = next(line.aims for line in build_board(period).lines if line.code == "P11")
    assert {aim.words[:6] for aim in aims} == {"на 10%"}
