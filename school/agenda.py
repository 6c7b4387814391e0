"""What is missing in the school's own data; asked by the school's card and by the desk."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from common.russian import counted, date_short
from school.access import Viewer, access_of
from school.agendas import agenda_register
from school.models import AcademicYear, Enrolment, Period, School, SchoolClass, Staff, TeachingAssignment, YearChange
from school.permissions import can_edit_school, can_see_school
from school.selectors import current_year
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
    year = current_year(school)
    if year is None:
        return [AgendaItem("Откройте учебный год", reverse("school:year_new"))]
    return [*_about_year(year, day), *_about_classes(school, year), *_about_people(school, day)]


def _about_year(year: AcademicYear, day: date) -> Iterator[AgendaItem]:
    leaving = _year_to_change(year, day)
    if leaving is not None:
        url = reverse("school:year_change", args=[leaving.pk])
        words = "закончился" if day > leaving.ends else "заканчивается"
        yield AgendaItem("Переведите классы на новый год", url, f"{leaving} {words}", due=leaving.ends)
    gaps = [gap for table in period_tables(year) for gap in table.gaps]
    if gaps:
        about = f"отметки за них нигде не считаются: {', '.join(gaps)}"
        yield AgendaItem("Дни вне учебных периодов", reverse("school:year", args=[year.pk]), about)
    if not year.holidays.exists():
        yield AgendaItem("Запишите каникулы", reverse("school:holiday_new", args=[year.pk]), f"учебный год {year}")


def _year_to_change(year: AcademicYear, day: date) -> AcademicYear | None:
    """The year whose lessons are over and whose pupils have no place in the next; the current one or that before."""
    if year_to_leave(year, day):
        return None if YearChange.objects.filter(old=year).exists() else year
    waiting = Enrolment.objects.filter(school_class__year=OuterRef("pk"), ends__isnull=True)
    before = AcademicYear.objects.filter(Exists(waiting), school=year.school_id, start=year.start - 1)
    return before.filter(changed_by__isnull=True).first()


def _about_classes(school: School, year: AcademicYear) -> Iterator[AgendaItem]:
    alone = [str(one) for one in SchoolClass.objects.filter(year=year, class_teacher__isnull=True)]
    if alone:
        named = ", ".join(alone[:_NAMED]) + ("…" if len(alone) > _NAMED else "")
        yield AgendaItem("Классы без классного руководителя", reverse("school:classes"), named)
    taught = TeachingAssignment.objects.filter(school_class__year=year)
    if not taught.exists() and SchoolClass.objects.filter(year=year).exists():
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


def calendar_agenda(user: Viewer, day: date) -> list[AgendaItem]:
    """Which periods of the school's year end within a month: for everybody who has a duty in the school; one query."""
    school = access_of(user).school
    if school is None or not can_see_school(user):
        return []
    lived = SchoolClass.objects.filter(year=OuterRef("year"), period_system=OuterRef("system"))
    ending = Period.objects.filter(Exists(lived), year__school=school, ends__range=(day, day + AHEAD))
    return [
        AgendaItem(f"Заканчивается {period.title}", reverse("school:year", args=[period.year_id]), due=period.ends)
        for period in ending.exclude(ends=F("year__ends")).order_by("ends", "system")
    ]


agenda_register(agenda_for)
agenda_register(calendar_agenda)
