"""The summary of the heads: what it says, that everything leads on, that paper and page say the same, what it costs."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from desk.reports.shapes import SHOWN, Group, Line, group_of
from monitoring.selectors import period_measured
from monitoring.services_measures import period_freeze
from risk_registry.models import RegistryEntry, Signal
from roadmaps.services.programs import program_approve, program_create
from roadmaps.words_program import Template
from school.models import School, SchoolClass, Staff, User
from school.services.calendar import year_open
from tests.desk.desk_of import NOVEMBER, classify_both, log_in, miss, text_of
from tests.desk.summary_making import of, paper, shown
from tests.factories import make_class, make_pupil, make_staff
from tests.risk_registry.making import give_marks, give_result, period_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def director(school: School, client: Client) -> User:
    return log_in(client, make_staff(school, "Самойлова Нина Павловна", "director", login="director"))


def groups(told: tuple[Group, ...]) -> dict[str, int]:
    return {group.title: group.number for group in told}


def test_a_school_with_nothing_is_told_what_it_lacks_and_nothing_is_measured(
    client: Client, school: School, director: User
) -> None:
    school.years.all().delete()
    text = shown(client)
    for words in (
        "Показателей пока нет",
        "Программы профилактики на сегодня нет",
        "Ничего не просрочено",
        "нового нет",
    ):
        assert words in text
    assert of(director).plan is None
    home = client.get(reverse("desk:home"))
    assert home.context.get("summary") is None
    assert reverse("desk:summary") in text_of(home)


def test_without_a_program_there_is_nothing_to_compare_with_and_it_says_where_to_begin(
    client: Client, seventh: SchoolClass, director: User
) -> None:
    text = shown(client)
    assert "нет утверждённой программы" in text
    assert "Сравнить не с чем" in text
    assert groups(of(director).lacks)["Программы профилактики на сегодня нет: её составляют здесь"] == 1
    assert not of(director).plan.off  # type: ignore[union-attr]


def test_what_is_below_the_plan_is_told_with_value_and_plan(
    client: Client, school: School, seventh: SchoolClass, director: User
) -> None:
    row = program_create(by=director, school=school, template=Template.LONG, first_year=2026)
    program_approve(by=director, program=row, version=row.version, protocol_number="1", protocol_date=date(2026, 9, 3))
    plan = of(director).plan
    assert plan is not None
    lines = {line.code: line for line in plan.off}
    assert lines["P12"].name == "Дополнительные занятия"
    assert lines["P12"].plans[0].startswith("не менее 75\u00a0% к 31.12.2026; отстаём")
    assert plan.more == plan.off_number - len(plan.off)
    text = shown(client)
    assert f"Ещё {plan.more}" in text.replace("\u00a0", " ")
    assert client.get(lines["P12"].url).status_code == 200


def test_a_class_that_is_late_with_the_registry_is_named_with_its_teacher_and_days(
    client: Client, seventh: SchoolClass, director: User
) -> None:
    RegistryEntry.objects.update(changed_at=datetime(2026, 11, 1, tzinfo=UTC))
    [group] = of(director).late
    assert group.title == "Согласование реестра, классы"
    [line] = group.lines
    assert line.title.replace("\u00a0", " ") == "7А: ждут согласования 1 запись"
    assert line.whose.replace("\u00a0", " ") == "Власова Н. И."
    assert line.late == (date(2026, 11, 21) - line.due).days  # type: ignore[operator]
    assert client.get(line.url).status_code == 200


def test_what_nobody_recorded_is_a_number_and_never_a_name(
    client: Client, seventh: SchoolClass, director: User
) -> None:
    Signal.objects.update(due=date(2026, 11, 1))
    assert groups(of(director).late)["Сигналы: срок ответа прошёл, записи нет"] == 1
    text = shown(client)
    assert "Власова" not in text
    assert "Ковтун" not in text
    assert "Ковтун" in text_of(client.get(reverse("desk:slipping")))


def test_each_sees_what_waits_for_the_own_decision(
    client: Client, seventh: SchoolClass, director: User, deputy: User
) -> None:
    RegistryEntry.objects.filter(period__number=1).update(state="agreed")
    told = [line.title.replace("\u00a0", " ") for line in of(deputy).sign]
    assert told == ["Утвердить реестр: 1 запись"]
    assert of(director).sign == ()


def test_the_week_opens_by_name(client: Client, seventh: SchoolClass, director: User) -> None:
    [opened] = [line for line in of(director).changed.week if "сигнал" in line.title]
    assert opened.url.startswith(f"{reverse('desk:since')}?days=7")
    text = text_of(client.get(opened.url))
    assert "За последнюю неделю" in text
    assert "Ковтун" in text


def test_a_larger_school_costs_no_more_queries(
    client: Client, school: School, seventh: SchoolClass, director: User
) -> None:
    RegistryEntry.objects.update(changed_at=datetime(2026, 11, 1, tzinfo=UTC))

    def cost(name: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse(name)).status_code == 200
        return len(seen)

    names = ("desk:summary", "desk:home")
    for name in names:
        cost(name)
    few = [cost(name) for name in names]
    for letter in "БВГ":
        more = make_class(school, f"7{letter}", teacher=Staff.objects.get(last_name="Власова"))
        for number in range(10):
            pupil = make_pupil(more, f"Ученик{number} Номер{number} Павлович")
            give_marks(pupil, "Алгебра", 2, 2, 2, on=NOVEMBER)
            give_result(pupil, "Алгебра", "2")
            miss(pupil, NOVEMBER)
    classify_both(school)
    RegistryEntry.objects.update(changed_at=datetime(2026, 11, 1, tzinfo=UTC))
    assert [cost(name) for name in names] == few
    assert few[0] <= 75


def test_the_paper_is_of_whoever_asked_while_they_answer_for_the_school(
    client: Client, school: School, seventh: SchoolClass, deputy: User, director: User
) -> None:
    job = paper(director)
    url = reverse("documents:file", args=[job.result.pk])  # type: ignore[union-attr]
    assert client.get(url).status_code == 200
    client.force_login(deputy)
    assert client.get(url).status_code == 404
    client.force_login(director)
    Staff.objects.filter(user=director).update(left_on=date(2026, 11, 1))
    assert client.get(url).status_code != 200


def test_no_more_than_a_few_lines_of_a_kind_are_named() -> None:
    made = group_of("Дела", "/all/", [Line(str(number), "/") for number in range(SHOWN + 2)])
    assert (len(made.lines), made.number, made.more) == (SHOWN, SHOWN + 2, 2)


def test_a_year_that_has_just_begun_is_told_of_by_the_last_frozen_period(school: School) -> None:
    def told(day: date) -> str:
        school.demo_today = day
        school.save()
        found = period_measured(school)
        return f"{found.title} {found.year.title}" if found is not None else ""

    assert told(date(2026, 8, 20)) == ""
    assert told(date(2026, 9, 10)) == "1-я четверть 2026/27"
    assert told(date(2026, 11, 21)) == "1-я четверть 2026/27"
    period_freeze(by=None, period=period_of(school, 1))
    year_open(by=None, school=school, start=2027, main="quarters", upper="halfyears")
    assert told(date(2027, 9, 10)) == "1-я четверть 2026/27"
    assert told(date(2028, 1, 20)) == "2-я четверть 2027/28"
