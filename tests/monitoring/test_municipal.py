"""The municipality's page: sums of what schools keep, small groups hidden, nobody named, the same in every look."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from common.errors import Refused
from documents.models import StoredFile
from documents.registry import may_fetch
from documents.services.running import job_run
from monitoring.catalogue import INDICATORS
from monitoring.jobs_municipal import FILE, municipal_print_request
from monitoring.models import SchoolAggregate
from monitoring.reports.municipal.printing import municipal_xlsx
from monitoring.reports.municipal.report import Municipal, build_municipal, sorted_lines
from monitoring.services_aggregates import aggregates_refresh
from monitoring.services_measures import period_freeze, value_set
from risk_registry.models import RegistryEntry
from risk_registry.services.judging import period_judge
from risk_registry.services.registry import entries_decide
from risk_registry.workflow import Deed
from school.models import Municipality, Period, Pupil, School, SocialRecord, User
from school.roles import Position
from school.services.dependents import dependents_of
from tests.factories import make_school, make_staff
from tests.monitoring.district import Made, asked, coordinator_of, fill, make_district
from tests.risk_registry.making import give_result, period_of

pytestmark = pytest.mark.django_db

LARGE, SMALL = Made(failing=10, weak=10, reserve=5, plain=15), Made(failing=5, weak=5, plain=5)


@pytest.fixture
def district() -> Municipality:
    return make_district()


@pytest.fixture
def coordinator(district: Municipality) -> User:
    return coordinator_of(district)


@pytest.fixture
def client(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator)
    return client


def page(client: Client, query: str = "") -> str:
    answer = client.get(reverse("municipal:board") + query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def words(board: Municipal, code: str) -> list[str]:
    """Of all schools, then of the sum."""
    assert board.total is not None
    cells = [line.cells[code] for line in (*board.lines, board.total)]
    return [f"{cell.words} {cell.of}".strip().replace("\u00a0", " ") for cell in cells]


def test_a_row_holds_what_the_school_comes_to(district: Municipality) -> None:
    school = fill(district, "S1", Made(failing=3, weak=4, reserve=2, plain=6, silent=5))
    SocialRecord.objects.create(pupil=Pupil.objects.earliest("pk"), special_needs=True)
    assert aggregates_refresh() == 1
    row = SchoolAggregate.objects.get()
    assert (row.school, row.number, row.day, row.frozen) == (school, 1, date(2026, 10, 31), False)
    told = {code: numbers[0] for code, numbers in row.figures.items() if code in ("pupils", "failing", "weak")}
    assert told == {"pupils": 20, "failing": 3, "weak": 4}
    assert (row.figures["reserve"][0], row.figures["unrated"][0]) == (2, 5)
    assert (row.figures["R01"], row.figures["R02"], row.figures["R06"]) == ([7, 20], [0, 7], [0, 3])
    assert (row.figures["R03"], row.figures["R04"], row.figures["R05"]) == ([1, 20], [0, 20], [None, None])


def test_sums_add_numerators_and_denominators_and_are_no_mean(district: Municipality, coordinator: User) -> None:
    fill(district, "S1", LARGE)
    fill(district, "S2", SMALL)
    aggregates_refresh()
    board = build_municipal(coordinator)
    assert words(board, "R01") == ["50,0 % 20 из 40", "66,7 % 10 из 15", "54,5 % 30 из 55"]
    assert words(board, "failing") == ["10", "5", "15"]
    assert board.region[0].words == "8,7\u00a0%"
    assert board.region[0].why == "здесь +45,8\u00a0п.\u00a0п."


def test_small_groups_and_what_tells_them_are_in_no_look(
    client: Client, district: Municipality, coordinator: User
) -> None:
    for code, failing in (("S1", 3), ("S2", 7), ("S3", 9)):
        fill(district, code, Made(failing=failing, weak=20, plain=20))
    aggregates_refresh()
    board = build_municipal(coordinator)
    assert words(board, "failing") == ["скрыто", "скрыто", "9", "19"]
    assert words(board, "weak") == ["скрыто", "скрыто", "20", "60"]
    assert words(board, "R06") == ["скрыто", "скрыто", "0,0 % 0 из 9", "0,0 % 0 из 19"]
    assert "Скрыто то, по чему можно узнать о группе меньше пяти человек" in page(client)


def test_a_school_alone_hides_its_small_groups_in_the_sum_too(district: Municipality, coordinator: User) -> None:
    fill(district, "S1", Made(failing=3, weak=20, plain=20))
    aggregates_refresh()
    assert words(build_municipal(coordinator), "failing") == ["скрыто", "скрыто"]
    assert words(build_municipal(coordinator), "R01") == ["53,5 % 23 из 43"] * 2


def test_a_school_without_data_is_named_and_added_to_nothing(
    client: Client, district: Municipality, coordinator: User
) -> None:
    fill(district, "S1", LARGE)
    School.objects.filter(pk=make_school("S2").pk).update(municipality=district)
    aggregates_refresh()
    assert words(build_municipal(coordinator), "R01") == ["50,0 % 20 из 40", "нет данных", "50,0 % 20 из 40"]
    told = page(client)
    assert "Данные есть у 1 школы из 2; нет данных: Школа S2." in told
    assert "данных за период нет" in told


def test_schools_answer_yes_or_no_and_it_is_said_how_many_did(district: Municipality, coordinator: User) -> None:
    for number, answer in enumerate((1, 0, None), start=1):
        school = fill(district, f"S{number}", SMALL)
        if answer is not None:
            deputy = User.objects.get(staff=make_staff(school, "Завуч Анна", Position.DEPUTY, login=f"d{number}"))
            period = asked(period_of(school))
            value_set(by=deputy, period=period, indicator=INDICATORS["R07"], number=answer, of=1, text="Штатное",
                      content=None)  # fmt: skip
    aggregates_refresh()
    board = build_municipal(coordinator)
    assert words(board, "R07") == ["да", "нет", "нет данных", "50,0 % 1 из 2"]
    assert board.total is not None
    assert board.total.cells["R07"].why == "ответили 2\u00a0школы из 3"
    assert words(board, "R05")[-1] == "нет данных"


def test_schools_with_other_periods_stand_by_the_period_that_holds_the_day(
    client: Client, district: Municipality, coordinator: User
) -> None:
    fill(district, "S1", LARGE)
    fill(district, "S2", LARGE)
    fill(district, "S3", SMALL, periods="trimesters")
    aggregates_refresh()
    told = page(client)
    assert "1-й триместр, данные на 21.11.2026" in told
    assert "за тот период, в который попадает 31 октября" in told
    board = build_municipal(coordinator)
    assert [line.period for line in board.lines] == ["1-я четверть", "1-я четверть", "1-й триместр"]
    assert [span.system for span in board.spans] == ["quarters"]


def test_the_change_is_told_against_the_period_before(district: Municipality, coordinator: User) -> None:
    school = fill(district, "S1", SMALL)
    second = period_of(school, 2)
    for pupil, value in zip(Pupil.objects.order_by("pk"), "2222223455", strict=False):
        give_result(pupil, "Алгебра", value, period=second)
    period_judge(period=asked(second))
    aggregates_refresh()
    board = build_municipal(coordinator, 2026, 2)
    assert words(board, "R01") == ["40,0 % 6 из 15"] * 2
    assert board.lines[0].cells["R01"].change == "−26,7\u00a0п.\u00a0п."
    assert "к 1-й четверти" in " ".join(board.notes)


def test_a_later_count_is_said_and_kept_at_the_next_round(
    client: Client, district: Municipality, coordinator: User
) -> None:
    school = fill(district, "S1", LARGE)
    aggregates_refresh()
    assert aggregates_refresh() == 0
    give_result(Pupil.objects.latest("pk"), "Химия", "2")
    period_judge(period=asked(period_of(school)))
    assert "с тех пор отметки менялись" in page(client)
    assert aggregates_refresh() == 1
    assert "с тех пор отметки менялись" not in page(client)
    assert words(build_municipal(coordinator), "R01")[0] == "52,5 % 21 из 40"


def test_an_approval_of_the_registry_is_kept_at_the_next_round(district: Municipality) -> None:
    school = fill(district, "S1", LARGE)
    aggregates_refresh()
    deputy = User.objects.get(staff=make_staff(school, "Завуч Анна", Position.DEPUTY, login="deputy"))
    versions = dict(RegistryEntry.objects.filter(period=period_of(school)).values_list("pk", "version"))
    entries_decide(by=deputy, versions=versions, what=Deed.APPROVE)
    assert aggregates_refresh() == 1
    assert SchoolAggregate.objects.get().basis == "registry"


def test_what_is_kept_keeps_no_period_from_being_removed(district: Municipality) -> None:
    school = fill(district, "S1", SMALL)
    aggregates_refresh()
    own = {"pupilcategory": set[int]()}
    held = {words for _, words, _ in dependents_of(Period, [period_of(school).pk], own)}
    assert "итоги школы за период" not in held
    assert "другие записи" not in held


def test_the_next_day_everything_is_counted_again(district: Municipality) -> None:
    fill(district, "S1", SMALL)
    aggregates_refresh()
    School.objects.update(demo_today=date(2026, 11, 22))
    assert aggregates_refresh() == 1


def test_a_frozen_period_keeps_its_values_through_corrections(district: Municipality, coordinator: User) -> None:
    school = fill(district, "S1", LARGE)
    period = asked(period_of(school))
    period_freeze(by=None, period=period)
    before = SchoolAggregate.objects.get(frozen=True)
    give_result(Pupil.objects.latest("pk"), "Химия", "2")
    period_judge(period=period)
    assert aggregates_refresh() == 0
    SchoolAggregate.objects.all().delete()  # as on an installation that froze it before there were any
    assert aggregates_refresh() == 1
    after = SchoolAggregate.objects.get(frozen=True)
    assert (after.figures["R01"], after.figures["failing"]) == (before.figures["R01"], before.figures["failing"])
    assert "зафиксировано" in build_municipal(coordinator).lines[0].states


def test_the_workbook_says_what_the_page_says(client: Client, district: Municipality, coordinator: User) -> None:
    fill(district, "S1", LARGE)
    fill(district, "S2", Made(failing=3, weak=20, plain=20))
    aggregates_refresh()
    board = build_municipal(coordinator)
    sheet = load_workbook(io.BytesIO(municipal_xlsx(board))).worksheets[0]
    rows = {str(row[0]): row for row in sheet.iter_rows(min_row=3, values_only=True)}
    assert list(rows) == ["Школа S1", "Школа S2", "Всего по муниципалитету", "По региону"]
    told = page(client)
    assert board.total is not None
    for line in (*board.lines, board.total):
        for place, cell in enumerate(line.counts, start=4):
            assert rows[line.name][place] == (cell.words if cell.value is None else int(cell.value))
        for place, cell in enumerate(line.shares):
            value, of = rows[line.name][9 + 2 * place : 11 + 2 * place]
            assert value == (cell.words if cell.value is None else float(cell.value))
            assert cell.of in str(of or "")
            assert cell.words.replace("\u00a0", " ") in told
    assert rows["По региону"][9] == float(Decimal("8.7"))


def test_a_column_sorts_when_asked_and_what_is_hidden_stands_last(district: Municipality, coordinator: User) -> None:
    for code, failing in (("S10", 9), ("S2", 3), ("S1", 7), ("S4", 8)):
        fill(district, code, Made(failing=failing, weak=20, plain=20))
    aggregates_refresh()
    lines = build_municipal(coordinator).lines
    names = [line.name for line in lines]
    assert names == ["Школа S1", "Школа S2", "Школа S4", "Школа S10"]
    assert [line.name for line in sorted_lines(lines, "-failing")] == ["Школа S10", "Школа S4", "Школа S1", "Школа S2"]
    assert [line.name for line in sorted_lines(lines, "unknown")] == names


def test_no_name_and_no_other_municipality_is_on_the_page(client: Client, district: Municipality) -> None:
    school = fill(district, "S1", LARGE)
    fill(make_district("Заречный округ"), "S2", LARGE)
    fill(None, "S3", LARGE)
    make_staff(school, "Секретова Анна Павловна", Position.DEPUTY)
    aggregates_refresh()
    told = page(client)
    assert "Школа S1" in told
    for word in ("Скрытов", "Секретова", "Школа S2", "Школа S3"):
        assert word not in told


def test_a_file_is_made_for_the_coordinator_of_that_municipality_alone(
    district: Municipality, coordinator: User
) -> None:
    fill(district, "S1", LARGE)
    aggregates_refresh()
    job_run(municipal_print_request(by=coordinator, start=2026, number=1, format="xlsx", key="1").pk)
    file = StoredFile.objects.get(kind=FILE)
    assert file.name == "Школы муниципалитета за 1-ю четверть 2026-27.xlsx"
    other = coordinator_of(make_district("Заречный округ"), "other")
    assert may_fetch(coordinator, FILE, file.params)
    assert not may_fetch(other, FILE, file.params)
    stranger = User.objects.create_user("stranger")
    with pytest.raises(Refused):
        municipal_print_request(by=stranger, start=2026, number=1, format="xlsx", key="1")


def test_a_municipality_without_schools_or_data_says_what_will_be_here(client: Client, district: Municipality) -> None:
    assert "Школ ещё нет" in page(client)
    School.objects.filter(pk=make_school("S1").pk).update(municipality=district)
    assert "Данных ещё нет" in page(client, "?year=2026&period=3&sort=R01")


def test_the_coordinator_begins_here_and_one_without_a_municipality_gets_nothing(client: Client) -> None:
    assert client.get("/").headers["Location"] == reverse("municipal:board")
    client.force_login(User.objects.create_user("nobody"))
    assert client.get(reverse("municipal:board")).status_code == 403


def test_five_schools_cost_the_queries_of_one(client: Client, district: Municipality) -> None:
    def queries() -> int:
        aggregates_refresh()
        page(client)
        with CaptureQueriesContext(connection) as caught:
            page(client)
        return len(caught)

    fill(district, "S1", SMALL)
    few = queries()
    for number in range(2, 6):
        fill(district, f"S{number}", SMALL)
    assert queries() == few
    assert few <= 8
