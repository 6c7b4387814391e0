"""Pages of routes: they open, they save, they do not grow with the number of rows."""

import pytest
from django.test import Client
from django.urls import reverse

from iom.models import Route, RouteTemplate, RouteTemplateRow
from iom.services.deciding import route_change
from school.models import Pupil, School, SchoolClass, User
from tests.counting import MOST, queries
from tests.factories import make_pupil
from tests.iom.making import active_route, add_gap, add_step, agree_all, fresh, make_route, parents, part_of, teach
from tests.risk_registry.making import entry_of, give_marks, give_result, judged

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_leader(client: Client, leader: User) -> Client:
    client.force_login(leader)
    return client


@pytest.fixture
def as_deputy(client: Client, deputy: User) -> Client:
    client.force_login(deputy)
    return client


def failing(pupil: Pupil) -> None:
    give_marks(pupil, "Алгебра", 2, 2, 2)
    give_result(pupil, "Алгебра", "2")
    judged(pupil)


def test_an_entry_becomes_a_route_in_two_clicks(as_leader: Client, pupil: Pupil) -> None:
    teach(pupil, "Алгебра")
    failing(pupil)
    entry = entry_of(pupil)
    address = reverse("routes:new", args=[pupil.pk]) + f"?entry={entry.pk}"
    form = as_leader.get(address).context["form"]
    told = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    sent = {name: value for name, value in told.items() if value not in (None, False)}
    answer = as_leader.post(address, sent)
    route = Route.objects.get()
    assert answer.headers["Location"] == reverse("routes:route", args=[route.pk])
    assert [str(part) for part in route.parts.exclude(subject=None)] == ["Алгебра"]
    page = as_leader.get(answer.headers["Location"])
    assert "Темы уроков 01.09" in page.content.decode()


def test_the_page_shows_versions_and_what_changed(as_deputy: Client, deputy: User, pupil: Pupil) -> None:
    teach(pupil, "Алгебра")
    route = active_route(deputy, pupil, "Алгебра")
    text = as_deputy.get(reverse("routes:route", args=[route.pk])).content.decode()
    assert "Версия 1" in text
    assert "Пересмотреть" in text
    route_change(by=deputy, route=route, version=route.version, why="новая тема")
    add_step(deputy, part_of(route, "Алгебра"))
    text = as_deputy.get(reverse("routes:route", args=[route.pk])).content.decode()
    assert "Готовится версия 2: новая тема" in text
    version = as_deputy.get(reverse("routes:version", args=[route.pk, 1]))
    assert "Дроби" in version.content.decode()


def test_topics_that_the_school_has_used_are_offered(as_deputy: Client, deputy: User, pupil: Pupil) -> None:
    route = make_route(deputy, pupil, "Алгебра")
    part = part_of(route, "Алгебра")
    add_gap(deputy, part, "Линейные уравнения")
    text = as_deputy.get(reverse("routes:gap_new", args=[part.pk])).content.decode()
    assert '<option value="Линейные уравнения"></option>' in text


def test_whoever_was_slower_in_one_row_is_told_what_stands(as_deputy: Client, deputy: User, pupil: Pupil) -> None:
    route = make_route(deputy, pupil, "Алгебра")
    gap = add_gap(deputy, part_of(route, "Алгебра"))
    address = reverse("routes:gap", args=[gap.pk])
    shown = as_deputy.get(address)
    sent = {"topic": "Мои дроби", "found": "lesson", "unit": "mark", "target": "3", "due": "2026-12-20"}
    as_deputy.post(address, {**sent, "topic": "Чужие дроби", "seen": shown.context["seen"]})
    answer = as_deputy.post(address, {**sent, "seen": shown.context["seen"]})
    assert answer.status_code == 422
    assert "Чужие дроби" in answer.content.decode()
    as_deputy.post(address, {**sent, "seen": answer.context["seen"]})
    gap.refresh_from_db()
    assert gap.topic == "Мои дроби"


@pytest.mark.parametrize("page", ["routes:list", "routes:coverage"])
def test_lists_ask_the_same_of_one_and_of_many(
    page: str, as_deputy: Client, deputy: User, seventh: SchoolClass, pupil: Pupil
) -> None:
    teach(pupil, "Алгебра")
    failing(pupil)
    active_route(deputy, pupil, "Алгебра")
    few = queries(as_deputy, reverse(page))
    for number in range(4):
        other = make_pupil(seventh, f"Зимин{number} Пётр")
        failing(other)
        add_gap(deputy, part_of(make_route(deputy, other, "Алгебра"), "Алгебра"))
    assert queries(as_deputy, reverse(page)) == few <= MOST


def test_coverage_leads_from_its_numbers_to_the_pupils(as_leader: Client, leader: User, pupil: Pupil) -> None:
    failing(pupil)
    page = as_leader.get(reverse("routes:coverage"))
    assert [row.cover for row in page.context["rows"]] == ["none"]
    (_, classes), _ = page.context["tables"]
    ((name, numbers),) = classes
    assert (name, numbers[0][0]) == ("7А", 1)
    linked = as_leader.get(reverse("routes:coverage") + numbers[0][1])
    assert len(linked.context["rows"]) == 1
    draft = make_route(leader, pupil, "Алгебра")
    page = as_leader.get(reverse("routes:coverage"))
    assert [(row.cover, row.route) for row in page.context["rows"]] == [("draft", fresh(draft))]


def test_a_refusal_is_not_called_an_agreement(as_deputy: Client, deputy: User, pupil: Pupil) -> None:
    teach(pupil, "Алгебра")
    route = make_route(deputy, pupil, "Алгебра")
    add_gap(deputy, part_of(route, "Алгебра"))
    agree_all(deputy, route)
    parents(deputy, route, agreed=False)
    for address in (f"/routes/{route.pk}/", "/routes/"):
        told = as_deputy.get(address).content.decode()
        assert "Родители отказались" in told
        assert "Согласован с родителями" not in told


def test_a_step_of_a_template_is_corrected_in_its_place(as_deputy: Client, school: School) -> None:
    template = RouteTemplate.objects.create(school=school, title="Алгебра")
    row = RouteTemplateRow.objects.create(template=template, kind="extra", text="Группа")
    told = {"kind": "consult", "text": "Консультация", "every": "two", "expected": ""}
    address = f"/routes/templates/rows/{row.pk}/"
    assert as_deputy.post(address, {**told, "seen": as_deputy.get(address).context["seen"]}).status_code == 302
    row.refresh_from_db()
    assert (row.kind, row.text, row.every) == ("consult", "Консультация", "two")
