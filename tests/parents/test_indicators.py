"""Indicators 25 and 26: agreed routes and feedback to parents; all five as measurements take them."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from iom.models import RouteVersion
from iom.services.deciding import route_change, route_finish
from parents.rules.feedback import FeedbackFacts, RouteFacts, active, carried_out, months_of
from parents.rules.notices import NoticeBody
from parents.selectors.feedback import agreed_routes, feedback_given
from parents.selectors.indicators import ParentIndicator, parent_indicators
from parents.services.conversations import Told, conversation_record, conversation_withdraw
from parents.services.notices import Draft, notice_step, notices_make
from parents.words import NoticeDeed, NoticeKind
from school.models import Guardian, Pupil, School, SchoolClass, User
from school.roles import Position
from tests.counting import queries
from tests.factories import make_pupil, make_staff
from tests.iom.making import active_route, fresh, make_route, teach
from tests.risk_registry.making import period_of

SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 31)


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (SEPTEMBER, OCTOBER, 2),
        (SEPTEMBER, date(2026, 10, 15), 1),  # of 31 days the half begins with the sixteenth
        (SEPTEMBER, date(2026, 10, 16), 2),
        (date(2027, 1, 9), date(2027, 3, 22), 3),
        (date(2026, 9, 1), date(2027, 5, 31), 9),
        (date(2026, 12, 20), date(2027, 1, 10), 1),  # half of neither: still a month
        (SEPTEMBER, SEPTEMBER, 1),
    ],
)
def test_a_month_counts_from_half_of_its_days(first: date, last: date, months: int) -> None:
    assert months_of(first, last) == months


@pytest.mark.parametrize(
    ("talks", "notices", "monthly", "counts"),
    [(1, 0, 1, False), (2, 0, 1, True), (1, 1, 1, True), (3, 0, 2, False), (0, 4, 2, True), (0, 0, 1, False)],
)
def test_one_is_active_from_so_many_records_for_each_month(
    talks: int, notices: int, monthly: int, counts: bool
) -> None:
    assert active(FeedbackFacts(talks, notices), monthly, SEPTEMBER, OCTOBER) is counts


@pytest.mark.parametrize(
    ("begun", "finished", "counts"),
    [
        (OCTOBER, None, True),
        (OCTOBER + timedelta(days=1), None, False),
        (date(2026, 8, 1), SEPTEMBER, True),
        (date(2026, 8, 1), SEPTEMBER - timedelta(days=1), False),
    ],
)
def test_a_route_is_carried_out_on_the_days_when_it_is_in_force(
    begun: date, finished: date | None, counts: bool
) -> None:
    assert carried_out(RouteFacts(begun, finished, None), SEPTEMBER, OCTOBER) is counts


@pytest.fixture
def deputy(school: School) -> User:
    return make_staff(school, "Ермолаева Вера Ильинична", Position.DEPUTY, login="dep").user


@pytest.fixture
def taught(pupil: Pupil) -> Pupil:
    teach(pupil, "Алгебра")
    return pupil


def share_of(school: School, code: str) -> ParentIndicator:
    year = school.years.get()
    return parent_indicators(None, school, year, year.starts, year.ends)[code]


@pytest.mark.django_db
def test_the_last_word_of_the_parents_decides_and_a_route_for_special_needs_stands_in_neither_part(
    deputy: User, school: School, seventh: SchoolClass, taught: Pupil
) -> None:
    today = school.today()
    route = active_route(deputy, taught, "Алгебра")
    active_route(deputy, make_pupil(seventh, "Носова Яна Ильинична"), "Алгебра", kind="needs")
    make_route(deputy, make_pupil(seventh, "Юдин Олег Ильич"), "Алгебра")  # a draft is not carried out
    refused = active_route(deputy, make_pupil(seventh, "Белов Пётр Ильич"), "Алгебра")
    refused.agreements.filter(side="parents").update(agreed=False)

    share = share_of(school, "P25")
    assert (share.numerator, share.denominator, share.value, share.words) == (1, 2, 50.0, "50,0\u00a0%")
    assert [(one.name, one.counts, one.why) for one in share.behind] == [
        ("Белов Пётр, 7А: неуспевающий", False, f"отказ {today:%d.%m.%Y}, по телефону"),
        ("Ковтун Матвей, 7А: неуспевающий", True, f"согласие {today:%d.%m.%Y}, по телефону"),
    ]

    now = fresh(route)
    route_change(by=deputy, route=now, version=now.version, why="новая тема")  # the version in force stays agreed
    assert share_of(school, "P25").numerator == 1
    refused = fresh(refused)
    route_finish(by=deputy, route=refused, version=refused.version, why="догнал")
    tomorrow = today + timedelta(days=1)
    assert [one.pupil for one in agreed_routes(None, school, tomorrow, tomorrow)] == ["Ковтун Матвей"]
    RouteVersion.objects.update(paper_date=tomorrow)
    assert agreed_routes(None, school, today, today) == ()


@pytest.mark.django_db
def test_talks_and_notices_that_reached_parents_are_feedback_by_the_schools_own_number(
    school: School, pupil: Pupil, mother: Guardian
) -> None:
    teacher = teach(pupil, "История", "Соколова Ирина Андреевна", login="sokolova").user
    today, year = school.today(), school.years.get()
    words = Told(today, "chat", "двойки", guardian=mother)
    mistaken = conversation_record(by=teacher, pupil=pupil, told=words)
    conversation_withdraw(by=teacher, conversation=mistaken, why="не о том")
    told = [Draft(pupil, NoticeBody("Ковтун Матвей", "7А", "1-я четверть", good=("закрыл дефицит",)))]
    (notice,) = notices_make(by=teacher, school=school, period=period_of(school), kind=NoticeKind.GOOD, drafts=told)

    def mine() -> tuple[bool, str]:
        found = feedback_given(school, today, year.ends)
        (one,) = [one for one in found.workers if one.staff == teacher.staff_id]
        return one.active, one.words

    assert mine() == (False, "нет записей")
    notice_step(by=teacher, notice=notice, version=notice.version, what=NoticeDeed.HAND)
    assert mine() == (True, "1\u00a0уведомление")
    conversation_record(by=teacher, pupil=pupil, told=words)
    school.settings.feedback_monthly = 3
    school.settings.save()
    assert mine() == (False, "1\u00a0беседа, 1\u00a0уведомление")
    assert share_of(school, "P26").words == "0,0\u00a0%"


@pytest.mark.django_db
def test_all_five_come_as_one_shape_with_the_names_behind_each_and_few_queries(
    client: Client, deputy: User, leader: User, school: School, seventh: SchoolClass, taught: Pupil, mother: Guardian
) -> None:
    conversation_record(by=leader, pupil=taught, told=Told(school.today(), "phone", "двойки", guardian=mother))
    year = school.years.get()
    found = parent_indicators(deputy, school, year, year.starts, year.ends)
    assert list(found) == ["P23", "P24", "P25", "P26", "P27"]
    for one in found.values():
        assert one.denominator is None or one.code == "P24" or len(one.behind) == one.denominator
        assert one.code == "P24" or sum(row.counts for row in one.behind) == one.numerator
        assert (one.value is None) == bool(one.why_none)
    assert (found["P23"].value, found["P27"].value) == (100.0, 0.0)

    client.force_login(deputy)
    address = reverse("events:indicators")
    few = queries(client, f"{address}?code=P26")
    page = client.get(f"{address}?code=P26")
    assert [figure.label[:3] for figure in page.context["figures"]] == list(found)
    for figure in page.context["figures"]:
        if figure.label[:3] in ("P23", "P25", "P26"):  # of P24 nobody is named
            behind = client.get(f"{address}{figure.url}").context["page"].paginator.count
            assert figure.of.startswith((f"{behind} из", "Маршрутов"))
    for number in range(3):
        active_route(deputy, make_pupil(seventh, f"Белов Пётр{number} Ильич"), "Алгебра")
        make_staff(school, f"Юдин Олег{number} Ильич")
    assert queries(client, f"{address}?code=P26") == few
    assert few <= 20
