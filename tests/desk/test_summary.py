"""The summary of the heads: what it says, that everything leads on, that paper and page say the same, what it costs."""

import re
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from desk.reports.shapes import SHOWN, Group, Line, Summary, group_of
from desk.summary_paper import summary_of, summary_request
from documents.models import Job
from documents.services.running import job_run
from risk_registry.models import RegistryEntry
from roadmaps.services.programs import program_approve, program_create
from roadmaps.words_program import Template
from school.models import Pupil, School, SchoolClass, Staff, User
from tests.desk.desk_of import NOVEMBER, classify_both, log_in, miss, text_of
from tests.factories import make_class, make_pupil, make_staff
from tests.risk_registry.making import give_marks, give_result

pytestmark = pytest.mark.django_db
_HREF = re.compile(r'href="([^"#]*)(#[^"]*)?"')


@pytest.fixture
def director(school: School, client: Client) -> User:
    return log_in(client, make_staff(school, "Самойлова Нина Павловна", "director", login="director"))


def shown(client: Client) -> str:
    return text_of(client.get(reverse("desk:summary")))


def of(user: User) -> Summary:
    fresh = User.objects.select_related("school", "staff").get(pk=user.pk)
    assert fresh.school is not None
    return summary_of(fresh, School.objects.select_related("settings").get(pk=fresh.school.pk))


def groups(told: tuple[Group, ...]) -> dict[str, int]:
    return {group.title: group.number for group in told}


def paper(user: User, key: str = "once") -> Job:
    assert user.school is not None
    job = summary_request(by=user, school=user.school, key=key)
    job_run(job.pk)
    job.refresh_from_db()
    assert job.result is not None, job.error
    return job


def text_of_paper(client: Client, job: Job) -> str:
    assert job.result is not None
    answer: Any = client.get(reverse("documents:file", args=[job.result.pk]))
    assert answer.status_code == 200
    reader = PdfReader(BytesIO(b"".join(answer.streaming_content)))
    return " ".join(" ".join(page.extract_text().replace("\u00a0", " ").split()) for page in reader.pages)


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
    for pupil in Pupil.objects.all():
        pupil.signals.update(due=date(2026, 11, 1))
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
    assert client.get(url).status_code in (302, 403, 404)


def test_no_more_than_a_few_lines_of_a_kind_are_named() -> None:
    made = group_of("Дела", "/all/", [Line(str(number), "/") for number in range(SHOWN + 2)])
    assert (len(made.lines), made.number, made.more) == (SHOWN, SHOWN + 2, 2)


@pytest.mark.parametrize("login", ["director", "zavuch"])
def test_everything_in_the_demo_school_leads_on_and_no_pupil_is_named(
    client: Client, demo_school: School, login: str
) -> None:
    client.force_login(User.objects.get(username=login))
    page = client.get(reverse("desk:summary"))
    main = page.content.decode().split("<main")[1]
    for path in sorted({path for path, _ in _HREF.findall(main) if path.startswith("/")}):
        assert client.get(path.replace("&amp;", "&")).status_code == 200, path
    text = text_of(page)
    assert not [one for one in Pupil.objects.all() if f"{one.last_name} {one.first_name}" in text]
    assert "Просрочено, и за кем" in text


def test_the_paper_of_the_demo_school_says_what_the_page_says(client: Client, demo_school: School) -> None:
    user = User.objects.select_related("school", "staff").get(username="zavuch")
    client.force_login(user)
    told, page = of(user), shown(client)
    printed = text_of_paper(client, paper(user)).replace("- ", "-")
    assert told.plan is not None
    words = [line.value for line in told.plan.off] + [line.name for line in told.plan.off]
    words += [line.title for group in (*told.late, *told.lacks) for line in group.lines]
    words += [line.title for line in (*told.sign, *told.changed.week)]
    words += [f"Просрочено, и за кем: {told.late_number}", f"Чего нет в плане: {told.lacks_number}"]
    for each in words:
        assert each.replace("\u00a0", " ") in printed, each
    for each in words[:-2]:
        assert each.replace("\u00a0", " ") in page, each
