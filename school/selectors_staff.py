"""Reads of the people who work in the school."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, TextChoices

from common.names import name_key
from school.models import AcademicYear, School, SchoolClass, Staff, StaffPosition, TeachingAssignment
from school.roles import Position


class Employment(TextChoices):
    """Which people a list shows."""

    WORKING = "working", "Работают"
    LEFT = "left", "Уволены"


@dataclass(frozen=True)
class StaffRow:
    """One person of the list."""

    staff: Staff
    positions: str
    leads: str


def staff_found(school: School, *, employment: str, position: str = "", text: str = "") -> QuerySet[Staff]:
    """People of the school by name, with positions prefetched."""
    today = school.today()
    left = Q(left_on__lt=today)
    rows = Staff.objects.filter(left if employment == Employment.LEFT else ~left, school=school)
    if position in Position.values:
        held = StaffPosition.objects.filter(_in_force(today), position=position)
        rows = rows.filter(pk__in=held.values("staff"))
    if text:
        rows = rows.filter(sort_key__contains=name_key(text)[:100])
    return rows.prefetch_related("positions")


def _in_force(day: date) -> Q:
    return (Q(starts__isnull=True) | Q(starts__lte=day)) & (Q(ends__isnull=True) | Q(ends__gte=day))


@dataclass(frozen=True)
class Heads:
    """Who signs the school's documents, «Самойлова Н. П.»; empty while nobody is appointed."""

    director: str = ""
    deputy: str = ""


def school_heads(school: School) -> Heads:
    """The administration of today; one query."""
    today = school.today()
    held = StaffPosition.objects.filter(_in_force(today), staff__school=school, staff__left_on__isnull=True)
    names: dict[str, str] = {}
    for row in held.filter(position__in=(Position.DIRECTOR, Position.DEPUTY)).select_related("staff").order_by("pk"):
        names.setdefault(row.position, row.staff.short_name)
    return Heads(names.get(Position.DIRECTOR, ""), names.get(Position.DEPUTY, ""))


def staff_rows(people: list[Staff], day: date) -> list[StaffRow]:
    """What the list says of these people; one query more, whatever their number."""
    led: dict[int, list[str]] = {}
    classes = SchoolClass.objects.filter(class_teacher__in=people, year__starts__lte=day, year__ends__gte=day)
    for school_class in classes:
        led.setdefault(school_class.class_teacher_id or 0, []).append(str(school_class))
    return [StaffRow(one, positions_in_words(one, day), ", ".join(led.get(one.pk, []))) for one in people]


def positions_in_words(staff: Staff, day: date) -> str:
    """Positions held on the day, of prefetched ones."""
    held = [p for p in staff.positions.all() if (p.starts or day) <= day <= (p.ends or day)]
    return ", ".join(str(position) for position in held)


def assignments_of(staff: Staff, year: AcademicYear | None) -> QuerySet[TeachingAssignment]:
    """What the person teaches in the year, ended ones last."""
    return (
        TeachingAssignment.objects.filter(staff=staff, school_class__year=year)
        .select_related("subject", "school_class", "subgroup")
        .order_by("ends", "subject__sort_key", "school_class__grade", "school_class__letter")
    )
