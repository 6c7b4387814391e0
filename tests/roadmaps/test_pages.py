"""The list, the board, the axis: what they cost, how they are filtered."""

import pytest
from django.test import Client
from django.urls import reverse

from roadmaps.models import Activity, Roadmap
from roadmaps.rules.terms import Term
from roadmaps.services.activities import ActivityDraft, activity_add
from roadmaps.words import TermKind
from school.models import User
from tests.counting import MOST, queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, deputy: User) -> Client:
    client.force_login(deputy)
    return client


def numbers(client: Client, **asked: str | int) -> list[int]:
    parts = client.get(reverse("roadmap:list"), asked).context["parts"]
    return [line.number for part in parts for line in part.lines]


def test_one_direction_is_chosen_and_the_other_filters_stay_with_it(desk: Client, approved: Roadmap) -> None:
    methodical = approved.directions.get(number=3)

    assert numbers(desk, direction=methodical.pk) == [7, 8, 9, 10, 11, 12, 13, 14]
    assert numbers(desk, direction=methodical.pk, show="late") == [8, 9]
    page = desk.get(reverse("roadmap:list"), {"direction": str(methodical.pk), "show": "late"})
    assert all(f"direction={methodical.pk}" in chip.url for chip in page.context["chips"])
    (pill,) = page.context["active"]
    assert pill.title == f"Направление: {methodical.name}" and "show=late" in pill.url


def test_words_are_looked_for_in_the_activity_and_in_who_answers(desk: Client, approved: Roadmap) -> None:
    assert numbers(desk, text="семинар НАСТАВНИЧЕСТВА") == [12]
    assert numbers(desk, text="руководители шмо") == [10, 11]
    page = desk.get(reverse("roadmap:list"), {"text": "такого нет"})
    assert "Нет таких мероприятий" in page.content.decode()


@pytest.mark.parametrize("asked", [{"direction": "9" * 30}, {"direction": "x"}, {"show": "<b>"}, {"year": "0"}])
def test_a_filter_that_makes_no_sense_is_left_out(desk: Client, approved: Roadmap, asked: dict[str, str]) -> None:
    assert desk.get(reverse("roadmap:list"), asked).status_code == 200


def test_each_page_takes_at_most_eight_queries_at_one_activity_and_at_many(
    desk: Client, deputy: User, roadmap: Roadmap
) -> None:
    direction = roadmap.directions.get(number=1)
    Activity.objects.exclude(origin=8).delete()
    pages = [
        *(reverse(f"roadmap:{name}") for name in ("list", "board", "axis")),
        f"{reverse('roadmap:list')}?show=mine",
    ]
    assert deputy.staff is not None
    few = [queries(desk, page) for page in pages]
    for number in range(30):
        draft = ActivityDraft(direction, f"Мероприятие {number}", Term(TermKind.PERIOD), people=[deputy.staff])
        activity_add(by=deputy, roadmap=roadmap, draft=draft)

    assert [queries(desk, page) for page in pages] == few
    assert max(few) <= MOST
