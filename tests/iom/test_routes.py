"""The life of a route: made, planned, agreed, approved, changed, reviewed, finished."""

from datetime import date
from decimal import Decimal

import pytest

from common.errors import Refused
from iom.models import PlanStep, Route
from iom.reports.route import freeze, paper_of, route_paper, thaw
from iom.services.deciding import route_change, route_finish, route_resume, route_withdraw
from iom.services.making import RouteWish, route_make
from iom.services.planning import GapPlan, gap_change, gap_drop, part_remove
from iom.services.progress import StepEnd, control_add, control_withdraw, step_conclude
from iom.services.reviewing import Outcome, Review, route_review
from iom.words import Decision, RouteState
from risk_registry.categories import SignalState
from risk_registry.models import RegistryEntry, Signal
from risk_registry.selectors.signals import signal_rows, signals_of_year
from school.models import Pupil, Responsibility, Staff, User
from tests.factories import make_staff
from tests.iom.making import (
    DUE,
    TODAY,
    active_route,
    add_gap,
    add_step,
    agree_all,
    approve,
    fresh,
    make_route,
    parents,
    part_of,
    teach,
)
from tests.risk_registry.making import entry_of, give_marks, give_result, judged, period_of

pytestmark = pytest.mark.django_db


def test_a_route_of_an_entry_knows_subjects_teachers_gaps_tutor_and_review(leader: User, pupil: Pupil) -> None:
    teacher = teach(pupil, "Алгебра")
    give_marks(pupil, "Алгебра", 2, 2, 2, on=date(2026, 9, 14))
    give_result(pupil, "Алгебра", "2")
    judged(pupil)
    route = route_make(by=leader, pupil=pupil, kind="failing", entry=entry_of(pupil))
    part = part_of(route, "Алгебра")
    (gap,) = part.gaps.all()
    assert (part.teacher, route.tutor) == (teacher, leader.staff)
    assert (gap.topic, gap.found_on, gap.target) == ("Темы уроков 14.09", date(2026, 9, 14), Decimal(3))
    period = period_of(pupil.school, 2)
    assert (gap.due, route.next_review) == (period.ends, period.ends)
    with pytest.raises(Refused, match="уже есть"):
        route_make(by=leader, pupil=pupil, kind="failing", entry=entry_of(pupil))


def test_agreement_of_the_last_teacher_sends_the_route_to_the_parents(deputy: User, pupil: Pupil) -> None:
    teach(pupil, "Алгебра")
    route = make_route(deputy, pupil, "Алгебра")
    with pytest.raises(Refused, match="Соглашаться не с чем"):
        agree_all(deputy, route)
    add_gap(deputy, part_of(route, "Алгебра"))
    assert agree_all(deputy, route).state == RouteState.WITH_PARENTS
    assert parents(deputy, route).state == RouteState.AGREED
    approve(deputy, route)
    assert (fresh(route).state, fresh(route).number) == (RouteState.ACTIVE, 1)


def test_a_refusal_of_the_parents_is_recorded_and_does_not_stop_the_work(deputy: User, pupil: Pupil) -> None:
    teach(pupil, "Алгебра")
    route = make_route(deputy, pupil, "Алгебра")
    add_gap(deputy, part_of(route, "Алгебра"))
    agree_all(deputy, route)
    assert parents(deputy, route, agreed=False).state == RouteState.AGREED
    version = approve(deputy, route)
    (told,) = [row for row in paper_of(version).agreements if row.side == "Родители"]
    assert (told.agreed, told.comment) == (False, "справится сам")


def test_help_of_a_specialist_asks_the_psychologist(deputy: User, pupil: Pupil) -> None:
    teach(pupil, "Алгебра")
    route = make_route(deputy, pupil, "Алгебра")
    add_gap(deputy, part_of(route, "Алгебра"))
    add_step(deputy, part_of(route, None), "special", "Занятия с психологом")
    assert agree_all(deputy, route).state == RouteState.WITH_PARENTS
    assert route.agreements.filter(side="psych").exists()


def test_a_gap_is_closed_by_a_control_that_reached_its_target_and_by_nothing_else(deputy: User, pupil: Pupil) -> None:
    teach(pupil, "Алгебра")
    gap = active_route(deputy, pupil, "Алгебра").gaps.get()
    control_add(by=deputy, gap=gap, on=TODAY, result=Decimal(2))
    gap.refresh_from_db()
    assert gap.state == "open"
    control = control_add(by=deputy, gap=gap, on=TODAY, result=Decimal(3))
    gap.refresh_from_db()
    assert (gap.state, gap.closed_by) == ("closed", control)
    control_withdraw(by=deputy, control=control)
    gap.refresh_from_db()
    assert (gap.state, gap.closed_by) == ("open", None)


def test_not_delivered_is_not_the_same_as_did_not_help(deputy: User, pupil: Pupil) -> None:
    route = make_route(deputy, pupil)
    step = add_step(deputy, part_of(route, None))
    with pytest.raises(Refused, match="состоялось"):
        step_conclude(by=deputy, step=step, version=1, end=StepEnd(helped=False, why_not="away"))
    step = step_conclude(by=deputy, step=step, version=1, end=StepEnd(why_not="away"))
    assert (step.state, step.helped) == ("undone", None)
    step = step_conclude(by=deputy, step=step, version=2, end=StepEnd(done_on=TODAY, helped=False))
    assert (step.state, step.helped, step.why_not) == ("done", False, "")


def test_the_first_version_says_the_same_after_the_second(deputy: User, pupil: Pupil) -> None:
    teach(pupil, "Алгебра")
    route = active_route(deputy, pupil, "Алгебра")
    first = route.versions.get()
    before = first.content
    route_change(by=deputy, route=route, version=route.version, why="прибавилась тема")
    assert fresh(route).number == 1
    gap = route.gaps.get()
    gap_change(by=deputy, gap=gap, version=gap.version, plan=GapPlan("Степени", Decimal(4), DUE))
    agree_all(deputy, route)
    parents(deputy, route)
    second = approve(deputy, route, "13")
    first.refresh_from_db()
    assert first.content == before
    assert paper_of(first).parts[1].gaps[0].topic == "Дроби"
    assert (second.number, second.why, paper_of(second).parts[1].gaps[0].topic) == (2, "прибавилась тема", "Степени")


def test_a_paper_is_the_same_after_json(deputy: User, pupil: Pupil) -> None:
    teach(pupil, "Алгебра")
    paper = route_paper(active_route(deputy, pupil, "Алгебра"))
    assert thaw(freeze(paper)) == paper


def test_two_teachers_lose_nothing_in_different_parts_and_are_told_in_the_same_row(deputy: User, pupil: Pupil) -> None:
    route = make_route(deputy, pupil, "Алгебра", "Физика")
    algebra = add_gap(deputy, part_of(route, "Алгебра"))
    physics = add_gap(deputy, part_of(route, "Физика"))
    gap_change(by=deputy, gap=algebra, version=1, plan=GapPlan("Корни", Decimal(3), DUE))
    gap_change(by=deputy, gap=physics, version=1, plan=GapPlan("Сила", Decimal(3), DUE))
    with pytest.raises(Refused, match="кто-то другой"):
        gap_change(by=deputy, gap=algebra, version=1, plan=GapPlan("Дроби", Decimal(3), DUE))
    assert set(route.gaps.values_list("topic", flat=True)) == {"Корни", "Сила"}


def test_a_change_of_a_part_ends_its_teachers_agreement_and_leaves_the_others(deputy: User, pupil: Pupil) -> None:
    for subject in ("Алгебра", "Физика"):
        teach(pupil, subject)
    route = active_route(deputy, pupil, "Алгебра", "Физика")
    route_change(by=deputy, route=route, version=route.version, why="новая тема")
    add_gap(deputy, part_of(route, "Физика"), "Сила")
    standing = route.agreements.filter(ended_at=None, side="teacher")
    assert [str(row.part) for row in standing] == ["Алгебра"]
    assert not route.agreements.filter(ended_at=None, side="parents").exists()


def test_a_review_decides_what_becomes_of_the_route(deputy: User, pupil: Pupil) -> None:
    teach(pupil, "Алгебра")
    route = active_route(deputy, pupil, "Алгебра")
    gap = route.gaps.get()
    said = {gap.pk: Outcome("4", "самостоятельная на 3")}
    claims = Review(period_of(pupil.school), TODAY, Decision.CONTINUE, {gap.pk: Outcome("5")}, next_review=DUE)
    with pytest.raises(Refused, match="повторный контроль"):
        route_review(by=deputy, route=route, version=route.version, review=claims)
    going = Review(period_of(pupil.school), TODAY, Decision.CONTINUE, said, next_review=DUE)
    route_review(by=deputy, route=route, version=route.version, review=going)
    assert (fresh(route).state, fresh(route).next_review) == (RouteState.ACTIVE, DUE)
    over = Review(period_of(pupil.school, 2), TODAY, Decision.FINISH, said, "стал успевать")
    route_review(by=deputy, route=route, version=fresh(route).version, review=over)
    assert (fresh(route).state, fresh(route).finished_on) == (RouteState.FINISHED, TODAY)


def test_a_finished_route_goes_on_and_a_draft_is_withdrawn(deputy: User, pupil: Pupil) -> None:
    teach(pupil, "Алгебра")
    route = active_route(deputy, pupil, "Алгебра")
    route_finish(by=deputy, route=route, version=route.version, why="всё закрыто")
    route_resume(by=deputy, route=route, version=fresh(route).version, why="рано закрыли")
    with pytest.raises(Refused, match="завершают"):
        route_withdraw(by=deputy, route=route, version=fresh(route).version, why="не нужен")
    draft = make_route(deputy, pupil, kind="reserve")
    route_withdraw(by=deputy, route=draft, version=draft.version, why="не нужен")
    assert fresh(draft).state == RouteState.WITHDRAWN


def add_step_of(route: Route, who: Staff | None) -> PlanStep:
    told = {"school": route.school, "pupil": route.pupil, "route": route, "part": part_of(route, "Алгебра")}
    return PlanStep.objects.create(**told, kind="homework", text="Карточки", who=who, every="week")


def test_a_copy_carries_over_what_is_open_with_its_last_result(deputy: User, pupil: Pupil) -> None:
    teach(pupil, "Алгебра")
    route = active_route(deputy, pupil, "Алгебра")
    gap = route.gaps.get()
    gap.baseline = Decimal(1)
    gap.save()
    control_add(by=deputy, gap=gap, on=TODAY, result=Decimal(2))
    wish = RouteWish(gaps=False, steps=False)
    other = make_staff(pupil.school, "Соколова Ирина Андреевна", "teacher", login="other")
    (mine, theirs) = (add_step_of(route, who) for who in (part_of(route, "Алгебра").teacher, other))
    copy = route_make(by=deputy, pupil=pupil, kind="failing", copied_from=route, wish=wish)
    assert [step.who for step in copy.plan.filter(text="Карточки").order_by("pk")] == [mine.who, theirs.who]
    assert fresh(route).state == RouteState.FINISHED
    assert [(one.topic, one.baseline) for one in copy.gaps.all()] == [("Дроби", Decimal(2))]


def test_a_route_that_continues_another_rests_on_the_same_entry_of_the_registry(deputy: User, pupil: Pupil) -> None:
    teach(pupil, "Алгебра")
    give_marks(pupil, "Алгебра", 2, 2, 2, on=date(2026, 11, 10))
    judged(pupil, 2)
    route, entry = active_route(deputy, pupil, "Алгебра"), RegistryEntry.objects.get()
    Route.objects.filter(pk=route.pk).update(entry=entry)

    assert route_make(by=deputy, pupil=pupil, kind="failing", copied_from=fresh(route)).entry == entry


def test_a_tutor_sees_the_pupil_from_then_on(deputy: User, pupil: Pupil) -> None:
    tutor = make_staff(pupil.school, "Лаптев Иван Ильич")
    route_make(by=deputy, pupil=pupil, kind="weak", wish=RouteWish(tutor=tutor))
    assert Responsibility.objects.get(pupil=pupil).person == tutor


def test_an_approved_route_answers_the_signals_of_its_subjects(deputy: User, pupil: Pupil) -> None:
    teach(pupil, "Алгебра")
    give_marks(pupil, "Алгебра", 2, 2, 2, on=date(2026, 11, 10))
    judged(pupil, 2)
    signal = Signal.objects.get(rule="three_unsatisfactory")
    route = active_route(deputy, pupil, "Алгебра")
    signal.refresh_from_db()
    assert signal.state == SignalState.ACTED
    assert signal.responses.get().reference == f"route:{route.pk}"
    rows = signal_rows(signals_of_year(pupil, pupil.school.years.get()))
    row = next(one for one in rows if one.signal == signal)
    assert row.answer.startswith("Индивидуальный маршрут 21.11")


def test_a_dropped_gap_says_why_and_a_planned_part_stays(deputy: User, pupil: Pupil) -> None:
    route = make_route(deputy, pupil, "Алгебра")
    gap = add_gap(deputy, part_of(route, "Алгебра"))
    with pytest.raises(Refused, match="почему"):
        gap_drop(by=deputy, gap=gap, version=1, why=" ")
    gap_drop(by=deputy, gap=gap, version=1, why="не было темы")
    with pytest.raises(Refused, match="останется"):
        part_remove(by=deputy, part=gap.part)
    assert Route.objects.get(pk=route.pk).state == RouteState.DRAFT
