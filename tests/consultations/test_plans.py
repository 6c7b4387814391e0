"""Support plans: who reads them, how they go, what they ask of people."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from common.errors import Refused
from consultations.models import PlanAction, PlanGoal, SupportPlan
from consultations.note_reading import PLAN, PLAN_FILE
from consultations.plan_printing import FILE, plan_html, plan_request
from consultations.selectors.plan_words import plan_words
from consultations.services.plans import (
    PlanDraft,
    action_add,
    action_remove,
    action_settle,
    goal_add,
    goal_remove,
    plan_finish,
    plan_make,
    plan_reopen,
    plan_start,
)
from consultations.talk_words import ActionState, PlanOutcome
from documents.models import StoredFile
from documents.registry import may_fetch, note_reading
from documents.services.running import job_run
from school.agendas import agenda_of
from school.models import HistoryEvent, RestrictedRead, User
from tests.consultations.making import Service, make_service

pytestmark = pytest.mark.django_db
BEGINS, ENDS = date(2026, 11, 2), date(2026, 12, 20)


@pytest.fixture
def service() -> Service:
    return make_service()


@pytest.fixture
def plan(service: Service) -> SupportPlan:
    """Of the psychologist, with a goal and an action of hers; in force."""
    made = plan_make(by=service.user, pupil=service.pupil, draft=draft(service))
    goal = goal_add(by=service.user, plan=made, words="не боится отвечать")
    action_add(by=service.user, goal=goal, what="встречи", who=service.psychologist, due=date(2026, 11, 25))
    plan_start(by=service.user, plan=made)
    return SupportPlan.objects.select_related("pupil", "school", "responsible").get()


def draft(service: Service, ends: date = ENDS) -> PlanDraft:
    return PlanDraft(service.psychologist, BEGINS, ends, "тревога дома", review_on=date(2026, 11, 30))


def social(service: Service) -> User:
    return User.objects.get(staff=service.other)


def test_a_plan_is_read_by_few_and_each_reading_is_logged(service: Service, plan: SupportPlan) -> None:
    assert plan_words(social(service), plan) is None
    for user, reads in ((service.user, True), (service.head, True), (service.deputy, False), (service.teacher, False)):
        client = Client()
        client.force_login(user)
        page = client.get(reverse("plans:plan", args=[plan.pk])).content.decode()
        assert ("тревога дома" in page) is reads
        assert "20.12.2026" in page
    plan.workers.add(service.other)
    assert plan_words(social(service), plan) is not None

    readers = RestrictedRead.objects.filter(what=PLAN, pupil=service.pupil).values_list("user__username", flat=True)

    assert set(readers) == {"psychologist", "head", "social"}


def test_history_conceals_what_a_plan_says(service: Service, plan: SupportPlan) -> None:
    events = HistoryEvent.objects.filter(table__startswith="consultations_plan")

    assert events.count() == 3
    assert not [one for one in events if "тревога" in f"{one.after}" or "боится" in f"{one.after}"]


def test_a_pupil_has_one_plan_at_a_time_and_a_plan_needs_a_goal(service: Service, plan: SupportPlan) -> None:
    with pytest.raises(Refused, match="уже есть план"):
        plan_make(by=service.user, pupil=service.pupil, draft=draft(service))
    empty = plan_make(by=service.user, pupil=service.without, draft=draft(service))
    with pytest.raises(Refused, match="ни одной цели"):
        plan_start(by=service.user, plan=empty)
    with pytest.raises(Refused, match="кончается раньше"):
        plan_make(by=service.user, pupil=service.pupil, draft=draft(service, date(2026, 10, 1)))


def test_what_was_not_done_says_why_and_what_has_an_outcome_stays(service: Service, plan: SupportPlan) -> None:
    action = PlanAction.objects.select_related("goal__plan__school").get()
    with pytest.raises(Refused, match="почему"):
        action_settle(by=service.user, action=action, state=ActionState.NOT_DONE, told="")
    action_settle(by=service.user, action=action, state=ActionState.NOT_DONE, told="болел")
    action.refresh_from_db()

    with pytest.raises(Refused, match="уже есть итог"):
        action_remove(by=service.user, action=action)
    with pytest.raises(Refused, match="уже есть итоги"):
        goal_remove(by=service.user, goal=PlanGoal.objects.select_related("plan__school").get())


def test_a_finished_plan_is_changed_only_after_it_goes_on_again(service: Service, plan: SupportPlan) -> None:
    plan_finish(by=service.user, plan=plan, outcome=PlanOutcome.PARTLY, words="спокойнее")
    with pytest.raises(Refused, match="верните его в работу"):
        goal_add(by=service.user, plan=plan, words="ещё")

    plan_reopen(by=service.user, plan=plan)

    goal_add(by=service.user, plan=plan, words="ещё")
    assert PlanGoal.objects.count() == 2


def test_its_review_and_actions_come_back_on_the_agenda_without_words(service: Service, plan: SupportPlan) -> None:
    items = agenda_of(service.user, service.school.today())

    assert [(item.title, item.due) for item in items] == [
        ("Действие по плану сопровождения", date(2026, 11, 25)),
        ("Пересмотреть план сопровождения", date(2026, 11, 30)),
    ]
    assert "встречи" not in str(items)


def test_the_printed_plan_is_for_its_readers_and_its_fetching_is_logged(service: Service, plan: SupportPlan) -> None:
    job = plan_request(by=service.user, plan=plan, key="one")
    assert "тревога" not in str(job.params) + job.title
    words = plan_words(service.user, plan)
    assert words is not None
    assert "тревога дома" in plan_html(service.user, plan, words)
    job_run(job.pk)
    file = StoredFile.objects.get(kind=FILE)

    assert may_fetch(service.head, FILE, file.params)
    assert not may_fetch(service.deputy, FILE, file.params)
    note_reading(service.head, FILE, file.params)
    assert RestrictedRead.objects.filter(what=PLAN_FILE, user=service.head).exists()
