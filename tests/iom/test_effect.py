"""«Помогло ли» on rows: who is compared with whom, what the page says, whose names it shows."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gradebook.models import Mark
from iom.models import WorkEntry, WorkEntryPupil
from iom.selectors.effect import By, Line, effect_facts, effect_lines
from iom.services.progress import control_add
from iom.services.work import Work, WorkedWith, work_record
from risk_registry.causes import KINDS
from risk_registry.models import EntryCause, RegistryEntry
from school.models import AcademicYear, Pupil, School, SchoolClass, Subject, User
from school.roles import Position
from tests.factories import make_pupil, make_staff, make_subject
from tests.iom.making import TODAY, active_route, part_of, teach
from tests.risk_registry.making import period_of

pytestmark = pytest.mark.django_db

BEGAN = date(2026, 10, 12)


def marks_of(pupil: Pupil, subject: Subject, before: int, after: int, year: AcademicYear) -> list[Mark]:
    """Four marks on each side of the day on which work begins."""
    days = [BEGAN - timedelta(days=n) for n in range(1, 5)], [BEGAN + timedelta(days=n) for n in range(1, 5)]
    return [
        Mark(school=pupil.school, year=year, pupil=pupil, subject=subject, date=day, value=value)
        for side, value in zip(days, (before, after), strict=True)
        for day in side
    ]


def in_registry(pupils: list[Pupil], number: int = 1, **more: Any) -> None:
    period = period_of(pupils[0].school, number)
    now = pupils[0].school.now()
    RegistryEntry.objects.bulk_create(
        RegistryEntry(
            school=pupil.school,
            period=period,
            pupil=pupil,
            school_class=pupil.enrolments.get().school_class,
            category="failing",
            created_at=now,
            changed_at=now,
            **more,
        )
        for pupil in pupils
    )


def worked(by: User, pupils: list[Pupil], subject: Subject, *, form: str = "after", on: date = BEGAN) -> None:
    school = subject.school
    entry = WorkEntry.objects.create(
        school=school, year=school.years.get(), subject=subject, on=on, form=form, topic="Дроби", by=by, at=school.now()
    )
    WorkEntryPupil.objects.bulk_create(WorkEntryPupil(entry=entry, pupil=pupil) for pupil in pupils)


@pytest.fixture
def compared(deputy: User, seventh: SchoolClass) -> list[Pupil]:
    """Twelve who had extra work in algebra and rose by one, twelve of the registry who had none and stayed."""
    pupils = [make_pupil(seventh, f"Ученик{number:02} Иван") for number in range(24)]
    algebra, year = make_subject(seventh.school, "Алгебра"), seventh.year
    rows = [
        mark for n, one in enumerate(pupils) for mark in marks_of(one, algebra, 2 + n % 2, 3 + n % 2 - n // 12, year)
    ]
    Mark.objects.bulk_create(rows)
    in_registry(pupils)
    worked(deputy, pupils[:12], algebra)
    return pupils


def lines(school: School, by: By = By.FORM) -> list[Line]:
    return effect_lines(effect_facts(school.years.get(), TODAY), by)


def test_the_change_is_told_beside_that_of_pupils_of_the_same_category_without_work(
    school: School, compared: list[Pupil]
) -> None:
    (line,) = lines(school)
    assert (line.name, line.pupils) == ("После уроков", tuple(pupil.pk for pupil in compared[:12]))
    effect = line.effect
    assert effect.with_work is not None and effect.without_work is not None and effect.difference is not None
    assert (effect.with_work.pupils, effect.with_work.before, effect.with_work.after) == (12, 2.5, 3.5)
    assert (effect.without_work.pupils, effect.without_work.before, effect.without_work.after) == (12, 2.5, 2.5)
    assert effect.difference.value == pytest.approx(1.0)


def test_whoever_is_not_in_the_registry_or_of_another_category_is_no_comparison(
    school: School, compared: list[Pupil]
) -> None:
    RegistryEntry.objects.filter(pupil__in=compared[12:15]).update(category="weak")
    RegistryEntry.objects.filter(pupil=compared[15]).delete()
    (line,) = lines(school)
    assert line.effect.compared == 8
    assert line.effect.difference is None


def test_withdrawn_work_is_no_work(school: School, compared: list[Pupil]) -> None:
    WorkEntry.objects.update(withdrawn_at=school.now(), withdrawn_why="ошибка")
    assert lines(school) == []


def test_by_subject_and_by_open_cause(school: School, deputy: User, compared: list[Pupil]) -> None:
    (line,) = lines(school, By.SUBJECT)
    assert (line.name, len(line.pupils)) == ("Алгебра", 12)
    entries = RegistryEntry.objects.filter(pupil__in=compared[:2])
    now = school.now()
    open_code, closed = causes_of_both_kinds()
    EntryCause.objects.bulk_create(
        EntryCause(school=school, pupil=e.pupil, entry=e, code=code, how="talk", on=BEGAN, by=deputy, at=now)
        for e, code in zip(entries, (open_code, closed), strict=True)
    )
    found = lines(school, By.CAUSE)
    assert [(one.key, len(one.pupils)) for one in found] == [(open_code, 1)]


def causes_of_both_kinds() -> tuple[str, str]:
    opened = next(code for code, kind in KINDS.items() if not kind.restricted)
    return opened, next(code for code, kind in KINDS.items() if kind.restricted)


def test_who_left_the_registry_is_told_by_the_last_period_that_has_one(school: School, compared: list[Pupil]) -> None:
    assert (lines(school)[0].left.part, lines(school)[0].left.of) == (0, 0)
    in_registry(compared[3:], number=2)
    (line,) = lines(school)
    assert (line.left.part, line.left.of) == (3, 12)
    RegistryEntry.objects.filter(pupil=compared[4], period__number=2).update(state="withdrawn")
    assert lines(school)[0].left.part == 4


def test_gaps_count_as_closed_in_time_by_their_control(school: School, deputy: User, seventh: SchoolClass) -> None:
    pupils = [make_pupil(seventh, f"Ученик{number} Иван") for number in range(2)]
    teach(pupils[0], "Алгебра")
    algebra = Subject.objects.get(name="Алгебра")
    for pupil in pupils:
        active_route(deputy, pupil, "Алгебра")
    (gap, late) = [part_of(pupil.routes.get(), "Алгебра").gaps.get() for pupil in pupils]
    for one in (gap, late):
        work = Work(TODAY, topic="Дроби", subject=algebra, form="consult")
        with_one = WorkedWith(one.pupil, gap=one)  # type: ignore[arg-type]
        work_record(by=deputy, school=school, work=work, pupils=[with_one])
    control_add(by=deputy, gap=gap, on=TODAY, result=Decimal(3))
    (line,) = lines(school)
    assert (line.in_time.part, line.in_time.of) == (1, 1)
    facts = effect_facts(school.years.get(), late.due + timedelta(days=1))
    (after,) = effect_lines(facts, By.FORM)
    assert (after.in_time.part, after.in_time.of) == (1, 2)


def test_the_page_tells_figures_and_how_they_were_made_and_leads_to_names(deputy: User, compared: list[Pupil]) -> None:
    client = Client()
    client.force_login(deputy)
    page = " ".join(client.get("/effect/").content.decode().split())
    assert "+1,00" in page and "Групп меньше тридцати" in page and "Как это посчитано" in page
    names = client.get("/effect/pupils/?by=form&key=after").content.decode()
    assert "Ученик00" in names and "Ученик12" not in names
    assert "show=without" in page  # the figure of those beside them leads to their names too
    beside = client.get("/effect/pupils/?by=form&key=after&show=without").content.decode()
    assert "Ученик12" in beside and "Ученик00" not in beside
    assert client.get("/effect/pupils/?by=form&key=after&show=gaps").status_code == 200
    assert "Как это посчитано" in client.get("/effect/?year=9999").content.decode()


def test_few_pupils_get_words(deputy: User, compared: list[Pupil]) -> None:
    WorkEntryPupil.objects.exclude(pupil=compared[0]).delete()
    client = Client()
    client.force_login(deputy)
    page = " ".join(client.get("/effect/").content.decode().split())
    assert "Мало учеников для сравнения: с работой — 1" in page
    assert "Средняя до → после" in page and "3,00" not in page


def test_a_methodical_head_sees_the_whole_and_names_of_the_own_pupils(school: School, compared: list[Pupil]) -> None:
    head = make_staff(school, "Гусева Нина Олеговна", Position.METHODICAL_HEAD, login="head")
    client = Client()
    client.force_login(User.objects.get(staff=head))
    names = client.get("/effect/pupils/?by=form&key=after").content.decode()
    assert "Ученик" not in names and "Ещё 12 учеников вам не видно" in " ".join(names.split())


def test_any_number_of_pupils_takes_as_many_queries(school: School, compared: list[Pupil], deputy: User) -> None:
    counts = []
    for number in (24, 4):
        WorkEntryPupil.objects.exclude(pupil__in=compared[:number]).delete()
        with CaptureQueriesContext(connection) as caught:
            lines(school)
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 9
