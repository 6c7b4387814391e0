"""What is missing in the school's own data; asked by the school's card and by the desk."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from common.russian import counted, date_short
from school.access import Viewer, access_of
from school.agendas import agenda_register, asked_register
from school.asking import Asked, Told, day_told, listed
from school.models import (
    AcademicYear,
    Enrolment,
    Holiday,
    Period,
    School,
    SchoolClass,
    Staff,
    TeachingAssignment,
    User,
    YearChange,
)
from school.permissions import can_edit_school, can_see_school
from school.selectors import current_year_of
from school.selectors_classes import period_tables
from school.shared import AgendaItem
from school.year_rules import year_to_leave

_NAMED = 6
AHEAD = timedelta(days=31)


def agenda_for(user: Viewer, day: date) -> list[AgendaItem]:
    """What whoever keeps the school's data has to add, as of `day`; nothing for the others."""
    school = access_of(user).school
    if school is None or not can_edit_school(user):
        return []
    year = current_year_of(user)
    if year is None:
        return [AgendaItem("Откройте учебный год", reverse("school:year_new"))]
    lacks = _lacks(year)
    return [*_about_year(year, lacks, day), *_about_classes(lacks), *_about_people(school, day)]


def _lacks(year: AcademicYear) -> Any:
    """What the year has of its own, what the one before it left behind; one query."""
    classes = SchoolClass.objects.filter(year=OuterRef("pk"))
    alone = classes.filter(class_teacher__isnull=True).order_by("grade", "letter")
    waiting = Enrolment.objects.filter(school_class__year=OuterRef("pk"), ends__isnull=True)
    before = AcademicYear.objects.filter(Exists(waiting), school=year.school_id, start=year.start - 1)
    told = AcademicYear.objects.filter(pk=year.pk).annotate(
        changed=Exists(YearChange.objects.filter(old=OuterRef("pk"))),
        left=ArraySubquery(before.filter(changed_by__isnull=True).values("pk")[:1]),
        has_holidays=Exists(Holiday.objects.filter(year=OuterRef("pk"))),
        has_classes=Exists(classes),
        has_teaching=Exists(TeachingAssignment.objects.filter(school_class__year=OuterRef("pk"))),
        alone=ArraySubquery(alone.values("name")),
    )
    return told.get()


def _about_year(year: AcademicYear, lacks: Any, day: date) -> Iterator[AgendaItem]:
    leaving = _year_to_change(year, lacks, day)
    if leaving is not None:
        url = reverse("school:year_change", args=[leaving.pk])
        words = "закончился" if day > leaving.ends else "заканчивается"
        yield AgendaItem("Переведите классы на новый год", url, f"{leaving} {words}", due=leaving.ends)
    gaps = [gap for table in period_tables(year) for gap in table.gaps]
    if gaps:
        about = f"отметки за них нигде не считаются: {', '.join(gaps)}"
        yield AgendaItem("Дни вне учебных периодов", reverse("school:year", args=[year.pk]), about)
    if not lacks.has_holidays:
        yield AgendaItem("Запишите каникулы", reverse("school:holiday_new", args=[year.pk]), f"учебный год {year}")


def _year_to_change(year: AcademicYear, lacks: Any, day: date) -> AcademicYear | None:
    """The year whose lessons are over and whose pupils have no place in the next; the current one or that before."""
    if year_to_leave(year, day):
        return None if lacks.changed else year
    return AcademicYear.objects.filter(pk__in=lacks.left).first() if lacks.left else None


def _about_classes(lacks: Any) -> Iterator[AgendaItem]:
    if lacks.alone:
        named = ", ".join(lacks.alone[:_NAMED]) + ("…" if len(lacks.alone) > _NAMED else "")
        yield AgendaItem("Классы без классного руководителя", reverse("school:classes"), named)
    if lacks.has_classes and not lacks.has_teaching:
        yield AgendaItem(
            "Запишите, кто что ведёт", reverse("school:import_staff"), "без нагрузки учителя не видят учеников"
        )


def _about_people(school: School, day: date) -> Iterator[AgendaItem]:
    working = Staff.objects.filter(Q(left_on__isnull=True) | Q(left_on__gte=day), school=school)
    rows = working.filter(Q(user__isnull=True) | Q(left_on__isnull=False)).annotate(login=F("user"))
    people = list(rows.order_by("left_on", "sort_key"))
    without = sum(one.login is None for one in people)
    if without:
        url = f"{reverse('school:logins')}?state=none"
        yield AgendaItem(
            "Выдайте логины", url, f"без логина {counted(without, 'сотрудник', 'сотрудника', 'сотрудников')}"
        )
    leaving = next((one for one in people if one.left_on is not None), None)
    if leaving is not None and leaving.left_on is not None:
        url = reverse("school:staff_member", args=[leaving.pk])
        about = f"{leaving.short_name} уходит {date_short(leaving.left_on)}"
        yield AgendaItem("Передайте нагрузку", url, about, due=leaving.left_on)


def calendar_asked(user: User, day: date) -> Asked:
    """Which periods of the school's year end within a month: for everybody who has a duty in the school."""
    school = access_of(user).school
    if school is None or not can_see_school(user):
        return Asked()
    lived = SchoolClass.objects.filter(year=OuterRef("year"), period_system=OuterRef("system"))
    ending = Period.objects.filter(Exists(lived), year__school=school, ends__range=(day, day + AHEAD))
    rows = ending.exclude(ends=F("year__ends")).order_by("ends", "system")
    return Asked({"ending": listed(rows, year_id="year_id", system="system", number="number", ends="ends")}, _ending)


def _ending(told: Told) -> Iterator[AgendaItem]:
    for row in told["ending"] or ():
        title = Period(system=row["system"], number=row["number"]).title
        yield AgendaItem(
            f"Заканчивается {title}", reverse("school:year", args=[row["year_id"]]), due=day_told(row["ends"])
        )


agenda_register(agenda_for)
asked_register(calendar_asked)
