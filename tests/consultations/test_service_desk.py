"""What a specialist sees first: the own work, not the school's figures."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from consultations.models import SupportPlan
from consultations.selectors.service_desk import MEETINGS_SHOWN, service_desk
from consultations.services.plans import PlanDraft, goal_add, plan_make, plan_start
from consultations.services.referrals import Request, referral_send
from consultations.talk_words import Knows, Specialist
from consultations.words import MeetingKind
from school.models import User
from tests.consultations.making import TUESDAY, Service, make_consent, make_hours, make_service
from tests.counting import queries
from tests.factories import make_pupil

pytestmark = pytest.mark.django_db
ASKED = Request(Specialist.PSYCHOLOGIST, Knows.NOT_YET, seen=["tired"])


@pytest.fixture
def service() -> Service:
    return make_service()


def plan_of(service: Service) -> SupportPlan:
    today = service.school.today()
    draft = PlanDraft(
        service.psychologist, today, today + timedelta(days=60), "тревога", review_on=today + timedelta(days=5)
    )
    plan = plan_make(by=service.user, pupil=service.pupil, draft=draft)
    goal_add(by=service.user, plan=plan, words="спит ночью")
    plan_start(by=service.user, plan=plan)
    return plan


def text_of(client: Client, user: User) -> str:
    client.force_login(user)
    return " ".join(client.get(reverse("desk:home")).content.decode().replace("\u00a0", " ").split())


def test_a_psychologist_begins_with_the_next_meetings_the_referrals_and_the_plans(
    client: Client, service: Service
) -> None:
    meeting = service.book()
    service.book("15:00", "15:40", kind=MeetingKind.STAFF, colleague=service.other)
    referral = referral_send(by=service.teacher, pupil=service.without, asked=ASKED)
    plan = plan_of(service)

    told = text_of(client, service.user)

    for name, key in (
        ("service:meeting", meeting.pk),
        ("desk:pupil", service.pupil.pk),
        ("referrals:referral", referral.pk),
        ("plans:plan", plan.pk),
    ):
        assert f'href="{reverse(name, args=[key])}"' in told, name
    assert "Ближайшие встречи" in told
    assert "не взято" in told
    assert "тревога" not in told
    assert "Сползают" not in told
    assert "Неуспевающие" not in told


def test_every_figure_leads_to_as_many_rows(client: Client, service: Service) -> None:
    service.book()
    referral_send(by=service.teacher, pupil=service.without, asked=ASKED)
    plan_of(service)
    client.force_login(service.user)
    desk = service_desk(service.user)
    assert desk is not None
    week, asked, plans = desk.figures

    assert (asked.number, plans.number) == ("1", "1")
    for figure in (asked, plans):
        assert client.get(figure.url).content.decode().count("o-fold-name") == int(figure.number)
    assert (week.number, client.get(week.url).status_code) == ("0", 200)  # the week of Saturday 21 November


def test_a_colleague_sees_whom_the_meeting_is_with(service: Service) -> None:
    service.book(kind=MeetingKind.STAFF, colleague=service.other)
    desk = service_desk(User.objects.get(staff=service.other))
    assert desk is not None
    [day] = desk.days
    assert (day.on, [one.specialist for one in day.meetings]) == (TUESDAY, [service.psychologist])


def test_whoever_receives_nobody_has_no_such_desk(client: Client, service: Service) -> None:
    assert service_desk(service.teacher) is None
    assert service_desk(service.deputy) is None
    assert "Ближайшие встречи" not in text_of(client, service.teacher)


def test_many_meetings_cost_the_desk_no_more_queries_and_it_shows_the_nearest(client: Client, service: Service) -> None:
    service.book()
    client.force_login(service.user)
    few = queries(client, reverse("desk:home"))
    for weekday in (1, 3, 5):
        make_hours(service.psychologist, weekday)
    for number in range(10):
        pupil = make_pupil(service.seventh, f"Ученик{number} Номер Павлович")
        make_consent(pupil)
        service.book("13:00", "13:40", pupil, on=TUESDAY + timedelta(days=7 * number))

    assert queries(client, reverse("desk:home")) == few
    desk = service_desk(service.user)
    assert desk is not None
    assert sum(len(day.meetings) for day in desk.days) == MEETINGS_SHOWN
    assert desk.more_meetings == 11 - MEETINGS_SHOWN
