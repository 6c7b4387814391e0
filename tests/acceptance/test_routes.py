"""Individual routes, a test for each sentence of what they promise."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from common.errors import Refused
from gradebook.models import AssessmentResult, Procedure
from iom.models import Gap, PlanStep, Route
from iom.reports.differences import Difference, differences
from iom.reports.route import paper_of
from iom.rules.routes import StepIdea
from iom.selectors.coverage import CoverQuery, coverage
from iom.services.deciding import route_change
from iom.services.making import RouteWish, route_make, teacher_route_make
from iom.services.planning import GapPlan, gap_change
from iom.services.progress import StepEnd, control_add, step_conclude
from iom.services.reviewing import Outcome, Review, route_review
from iom.services.route_templates import TemplateWish, template_row_add, template_save
from iom.words import Change, Decision, RouteKind, RouteState, StepKind
from risk_registry.causes import CauseMethod, Established
from risk_registry.models import RegistryEntry
from risk_registry.services.causes import causes_add
from school.agendas import agenda_of
from school.models import HistoryEvent, Pupil, School, SchoolClass, Staff, Subject, User
from school.roles import Position
from tests.factories import TODAY, make_class, make_pupil, make_school, make_staff, make_subject
from tests.iom.making import (
    DUE,
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
from tests.risk_registry.test_two_at_once import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def deputy(school: School) -> User:
    return make_staff(school, "Ермолаева Софья Викторовна", Position.DEPUTY, login="zavuch").user


@pytest.fixture
def leader(school: School) -> User:
    return make_staff(school, "Власова Надежда Игоревна", login="klass").user


@pytest.fixture
def seventh(school: School, leader: User) -> SchoolClass:
    return make_class(school, "7А", teacher=leader.staff)


@pytest.fixture
def pupil(seventh: SchoolClass) -> Pupil:
    return make_pupil(seventh, "Ковтун Матвей Андреевич")


@pytest.fixture
def teacher(pupil: Pupil) -> Staff:
    return teach(pupil, "Алгебра", "Гречко Павел", login="predmet")


def failing(pupil: Pupil, *subjects: str) -> None:
    for subject in subjects:
        give_marks(pupil, subject, 2, 2, 2, on=date(2026, 9, 14))
        give_result(pupil, subject, "2")
    judged(pupil)


def establish(by: User, entry: RegistryEntry, code: str, note: str) -> None:
    causes_add(by=by, entries=[entry], codes=[code], told=Established(CauseMethod.TALK, TODAY, note))


# --- made ---------------------------------------------------------------------------------------------------------


def test_two_clicks_from_an_entry_fill_in_subjects_gaps_causes_and_responsible_teachers(
    client: Client, leader: User, teacher: Staff, pupil: Pupil
) -> None:
    failing(pupil, "Алгебра")
    entry = entry_of(pupil)
    establish(leader, entry, "PED03", "")
    client.force_login(leader)
    page = client.get(reverse("registry:entry", args=[entry.pk])).content.decode()
    address = f"{reverse('routes:new', args=[pupil.pk])}?entry={entry.pk}"
    assert address in page  # the first click
    made = client.post(address, _as_shown(client, address))  # the second
    page = client.get(made.headers["Location"]).content.decode()
    for words in ("Алгебра", "Темы уроков 14.09", "Гречко", "пробелы в знаниях"):
        assert words in page


def _as_shown(client: Client, address: str) -> dict[str, Any]:
    form = client.get(address).context["form"]
    told = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return {name: value for name, value in told.items() if value not in (None, False)}


def test_a_restricted_cause_is_shown_only_as_the_registry_shows_it(
    client: Client, deputy: User, leader: User, teacher: Staff, pupil: Pupil
) -> None:
    failing(pupil, "Алгебра")
    entry = entry_of(pupil)
    establish(deputy, entry, "SOC01", "дома трудно")
    route = route_make(by=leader, pupil=pupil, kind="failing", entry=entry)
    client.force_login(teacher.user)
    page = client.get(reverse("routes:route", args=[route.pk])).content.decode()
    assert "указаны причины с ограниченным доступом" in page
    assert "дома трудно" not in page


def test_failed_tasks_of_a_work_become_gaps(leader: User, teacher: Staff, pupil: Pupil) -> None:
    failing(pupil, "Алгебра")
    year, algebra = pupil.school.years.get(), make_subject(pupil.school, "Алгебра")
    work = Procedure.objects.create(
        school=pupil.school, year=year, title="ВПР", kind="vpr", grade=7, subject=algebra, date=date(2026, 10, 14),
        tasks=["1", "2"], maxima=[Decimal(1), Decimal(2)],
    )  # fmt: skip
    AssessmentResult.objects.create(
        school=pupil.school, year=year, pupil=pupil, procedure=work, points=[Decimal(1), Decimal(0)]
    )
    gap = route_make(by=leader, pupil=pupil, kind="failing", entry=entry_of(pupil)).gaps.get()
    told = (gap.topic, gap.found, gap.found_on, gap.baseline, gap.target, gap.unit)
    assert told == ("Задание 2: ВПР", "task", work.date, Decimal(0), Decimal(2), "points")


def test_templates_per_subject_and_cause_give_the_first_steps(
    deputy: User, leader: User, teacher: Staff, pupil: Pupil
) -> None:
    failing(pupil, "Алгебра")
    entry, school = entry_of(pupil), pupil.school
    establish(leader, entry, "PED03", "")
    for wish, kind in (
        (TemplateWish("Алгебра", subject=make_subject(school, "Алгебра")), "extra"),
        (TemplateWish("Пробелы", cause="PED03"), "tutor"),
        (TemplateWish("Мотивация", cause="PED04"), "contest"),
    ):
        row = template_save(by=deputy, school=school, template=None, wish=wish)
        template_row_add(by=deputy, template=row, step=StepIdea(kind, "по шаблону"))
    route = route_make(by=leader, pupil=pupil, kind="failing", entry=entry)
    assert {(str(step.part), step.kind) for step in route.plan.all()} == {
        ("Алгебра", "extra"),
        ("общая часть", "tutor"),
    }
    with pytest.raises(Refused, match="закрытой причине"):
        template_save(by=deputy, school=school, template=None, wish=TemplateWish("Семья", cause="SOC01"))


def test_a_copy_from_last_period_carries_over_what_is_still_open(deputy: User, teacher: Staff, pupil: Pupil) -> None:
    route = active_route(deputy, pupil, "Алгебра")
    add = Gap.objects.get(route=route)
    done = Gap.objects.create(
        **{name: getattr(add, name) for name in ("school", "pupil", "route", "part", "found", "target", "due")},
        topic="Степени",
        created_at=add.created_at,
    )
    control_add(by=deputy, gap=done, on=TODAY, result=Decimal(4))
    copy = route_make(
        by=deputy, pupil=pupil, kind="failing", copied_from=route, wish=RouteWish(gaps=False, steps=False)
    )
    assert [gap.topic for gap in copy.gaps.all()] == ["Дроби"]
    assert (fresh(route).state, copy.copied_from) == (RouteState.FINISHED, route)


# --- planned ------------------------------------------------------------------------------------------------------


def test_a_gap_is_closed_only_by_its_control_whoever_writes(deputy: User, teacher: Staff, pupil: Pupil) -> None:
    gap = active_route(deputy, pupil, "Алгебра").gaps.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Gap.objects.filter(pk=gap.pk).update(state="closed")
    control = control_add(by=deputy, gap=gap, on=TODAY, result=Decimal(3), note="самостоятельная")
    gap.refresh_from_db()
    assert (gap.state, gap.closed_by) == ("closed", control)


def test_steps_of_every_kind_say_who_when_or_how_often_and_what_is_expected(deputy: User, pupil: Pupil) -> None:
    part = part_of(make_route(deputy, pupil), None)
    for kind in StepKind:
        add_step(deputy, part, kind)
    assert PlanStep.objects.count() == len(StepKind)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanStep.objects.update(on=None, every="")


def test_not_delivered_needs_its_reason_and_is_not_counted_as_no_help(deputy: User, pupil: Pupil) -> None:
    step = add_step(deputy, part_of(make_route(deputy, pupil), None))
    done = step_conclude(by=deputy, step=step, version=1, end=StepEnd(why_not="staff"))
    assert (done.get_state_display(), done.get_why_not_display()) == ("Не состоялся", "педагог отсутствовал")
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanStep.objects.filter(pk=step.pk).update(helped=False)


# --- its life -----------------------------------------------------------------------------------------------------


def test_it_goes_from_the_draft_through_teachers_psychologist_parents_and_a_paper_to_its_review_and_end(
    deputy: User, teacher: Staff, pupil: Pupil
) -> None:
    route = make_route(deputy, pupil, "Алгебра")
    gap = add_gap(deputy, part_of(route, "Алгебра"))
    add_step(deputy, part_of(route, None), "special")
    states = [fresh(route).state, agree_all(deputy, route).state, parents(deputy, route).state]
    with pytest.raises(Refused, match="номер документа"):
        approve(deputy, route, " ")
    approve(deputy, route)
    now = fresh(route)
    outcome = {gap.pk: Outcome(Change.BETTER, "диктант")}
    review = Review(period_of(pupil.school), TODAY, Decision.FINISH, outcome, "успевает")
    route_review(by=deputy, route=now, version=now.version, review=review)
    assert [*states, now.state, fresh(route).state] == ["draft", "parents", "agreed", "active", "finished"]
    sides = set(route.agreements.filter(ended_at=None).values_list("side", flat=True))
    assert sides == {"teacher", "psych", "parents"}


def test_a_refusal_of_the_parents_is_recorded_with_way_day_and_words(
    deputy: User, teacher: Staff, pupil: Pupil
) -> None:
    route = make_route(deputy, pupil, "Алгебра")
    add_gap(deputy, part_of(route, "Алгебра"))
    agree_all(deputy, route)
    parents(deputy, route, agreed=False)
    told = route.agreements.get(side="parents")
    assert (told.agreed, told.way, told.on, told.comment) == (False, "phone", TODAY, "справится сам")


@pytest.fixture
def changed(deputy: User, teacher: Staff, pupil: Pupil) -> Iterator[Route]:
    """A route in its second version: another topic, a later day."""
    route = active_route(deputy, pupil, "Алгебра")
    route_change(by=deputy, route=route, version=route.version, why="дроби освоены")
    gap = route.gaps.get()
    plan = GapPlan("Степени", gap.target, date(2026, 12, 25), gap.found, baseline=gap.baseline)
    gap_change(by=deputy, gap=gap, version=gap.version, plan=plan)
    agree_all(deputy, route)
    parents(deputy, route)
    approve(deputy, route, "13")
    yield fresh(route)


def test_version_one_says_the_same_after_version_two_and_history_survives(changed: Route) -> None:
    first, second = changed.versions.all()
    assert paper_of(first).parts[1].gaps[0].topic == "Дроби"
    assert (paper_of(first).paper_number, paper_of(second).paper_number) == ("12", "13")
    assert HistoryEvent.objects.filter(table="iom_gap").count() >= 2


def test_the_difference_names_field_old_new_and_why(client: Client, deputy: User, changed: Route) -> None:
    first, second = changed.versions.all()
    assert differences(paper_of(first), paper_of(second)) == (
        Difference("Алгебра, дефицит «Дроби»: тема", "Дроби", "Степени"),
        Difference("Алгебра, дефицит «Дроби»: срок", f"{DUE:%d.%m.%Y}", "25.12.2026"),
    )
    client.force_login(deputy)
    page = client.get(reverse("routes:version", args=[changed.pk, 2])).content.decode()
    for words in ("Почему: дроби освоены", "дефицит «Дроби»: срок", "20.12.2026", "25.12.2026"):
        assert words in page


def test_overdue_reviews_are_on_the_agenda_and_on_the_list(
    client: Client, deputy: User, leader: User, teacher: Staff, pupil: Pupil
) -> None:
    route = active_route(deputy, pupil, "Алгебра")
    Route.objects.filter(pk=route.pk).update(next_review=date(2026, 11, 10))
    (item,) = [one for one in agenda_of(leader, TODAY) if "Пересмотр просрочен" in one.title]
    client.force_login(leader)
    assert [row.route for row in client.get(item.url).context["rows"]] == [route]


def test_there_are_routes_of_five_kinds_and_a_teachers_one_on_the_same_bones(
    deputy: User, teacher: Staff, pupil: Pupil
) -> None:
    for kind in RouteKind:
        if kind != RouteKind.TEACHER:
            make_route(deputy, pupil, kind=kind)
    own = teacher_route_make(by=deputy, staff=teacher)
    add_gap(deputy, part_of(own, None), "Оценивание")
    assert Route.objects.count() == len(RouteKind)
    assert own in Route.objects.visible_to(teacher.user)


def test_a_route_for_special_needs_is_for_few(deputy: User, leader: User, teacher: Staff, pupil: Pupil) -> None:
    route = make_route(deputy, pupil, "Алгебра", kind="needs")
    stranger = teach(pupil, "Физика", login="physics").user
    seen = [user for user in (deputy, leader, teacher.user, stranger) if Route.objects.visible_to(user).exists()]
    assert seen == [deputy, leader, teacher.user]
    assert str(route.kind) == "needs"


def test_coverage_tells_who_has_none_a_stale_one_or_one_not_agreed_by_class_and_subject(
    deputy: User, teacher: Staff, seventh: SchoolClass, pupil: Pupil
) -> None:
    others = [make_pupil(seventh, f"{name} Пётр") for name in ("Белов", "Зимин", "Яшин")]
    for one in (pupil, *others):
        failing(one, "Алгебра")
    active_route(deputy, pupil, "Алгебра")
    stale = active_route(deputy, others[0], "Алгебра")
    Route.objects.filter(pk=stale.pk).update(next_review=date(2026, 11, 1))
    make_route(deputy, others[1], "Алгебра")
    names = dict(Subject.objects.values_list("pk", "name"))
    found = coverage(deputy, CoverQuery(period_of(pupil.school), TODAY), names)
    expected = {"none": 1, "draft": 1, "stale": 1, "fine": 1}
    assert found.total.by_cover == expected
    assert [(row.name, row.by_cover) for row in found.classes] == [("7А", expected)]
    assert [(row.name, row.by_cover) for row in found.subjects] == [("Алгебра", expected)]
    asked = CoverQuery(period_of(pupil.school), TODAY, subject=found.subjects[0].key, cover="none")
    assert [row.entry.pupil for row in coverage(deputy, asked, names).rows] == [others[2]]


# --- rights and two at once -----------------------------------------------------------------------------------------


def test_a_teacher_edits_only_the_own_part_and_the_class_teacher_sees_all_of_the_own_class(
    client: Client, deputy: User, leader: User, teacher: Staff, pupil: Pupil
) -> None:
    teach(pupil, "Физика")
    route = make_route(deputy, pupil, "Алгебра", "Физика")
    own, other = part_of(route, "Алгебра"), part_of(route, "Физика")
    client.force_login(teacher.user)
    codes = [client.get(reverse("routes:gap_new", args=[part.pk])).status_code for part in (own, other)]
    assert codes == [200, 403]
    client.force_login(leader)
    page = client.get(reverse("routes:route", args=[route.pk]))
    assert [line.title for line in page.context["page"].parts] == ["Алгебра", "Физика", "Тьютор и специалисты"]


@pytest.mark.django_db(transaction=True)
def test_two_teachers_at_once_lose_nothing_and_in_one_row_one_of_them_is_told() -> None:
    school = make_school()
    deputy = make_staff(school, "Ермолаева Софья", Position.DEPUTY, login="zavuch").user
    pupil = make_pupil(make_class(school, "7А"), "Ковтун Матвей Андреевич")
    route = make_route(deputy, pupil, "Алгебра", "Физика")
    gaps = [add_gap(deputy, part_of(route, subject)) for subject in ("Алгебра", "Физика")]

    def write(gap: Gap, topic: str) -> Any:
        return lambda: gap_change(by=deputy, gap=gap, version=1, plan=GapPlan(topic, Decimal(3), DUE))

    told = at_once(write(gaps[0], "Корни"), write(gaps[1], "Сила"))
    assert not any(isinstance(one, Exception) for one in told)
    assert set(route.gaps.values_list("topic", flat=True)) == {"Корни", "Сила"}
    third = add_gap(deputy, part_of(route, "Алгебра"), "Общее")
    told = at_once(write(third, "Первый"), write(third, "Второй"))
    assert sorted(type(one).__name__ for one in told) == ["Gap", "Refused"]
