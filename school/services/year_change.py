"""Changes the academic year: classes go up, pupils get their places, and all of it can be taken back.

Set-based: a school of two thousand takes a second. Why it is so: docs/decisions/0019-change-of-year.md.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q

from common.authorship import deed
from common.errors import Refused
from common.events import publish
from school.events import ContingentChanged, YearChanged
from school.lots import GONE, Lot
from school.models import (
    AcademicYear,
    Enrolment,
    ImportBatch,
    PeriodSystem,
    School,
    SchoolClass,
    Subgroup,
    TeachingAssignment,
    User,
    YearChange,
)
from school.rules import period_system_of
from school.selectors_year_change import ClassLine, PupilLine, YearPreview, year_preview, years_with_plans
from school.services.organisation import year_create
from school.year_rules import ClassName, keeps_teaching, seats_reason

_MORE = 1000
_NAMED = 20


@deed
def year_change(*, by: User, old: AcademicYear, seen: str) -> YearChange:
    """Change from `old` to the next year as `year_preview` told; `seen` is the digest of what the person looked at.

    Raises `Refused` when it was done, when the preview tells otherwise by now, or when something stands in the way.
    """
    School.objects.select_for_update(no_key=True).get(pk=old.school_id)  # as imports of people do
    old = years_with_plans(old.school).get(pk=old.pk)
    if getattr(old, "changed_by", None) is not None:
        raise Refused("Этот год уже закончен: переход выполнен.")
    preview = year_preview(by, old)
    if preview.problems:
        more = [f"и ещё {len(preview.problems) - _NAMED}"] if len(preview.problems) > _NAMED else []
        raise Refused("Переход пока невозможен.", [*preview.problems[:_NAMED], *more])
    if preview.digest != seen:
        raise Refused("Пока вы смотрели, план или списки изменились: посмотрите ещё раз. Ничего не записано.")
    return _change(by, preview)


def _change(by: User, preview: YearPreview) -> YearChange:
    old, school = preview.old, preview.old.school
    new = preview.new or year_create(school=school, start=old.start + 1, main=old.main_system, upper=old.upper_system)
    made: dict[str, Any] = {"year": preview.new is None, "subgroups": [], "assignments": [], "ended": []}
    made["batches"] = list(ImportBatch.objects.filter(year=new).values_list("pk", flat=True))
    classes = _write_classes(new, preview, made)
    _write_seats(old, new, preview.pupils, classes, made)
    made["ended_assignments"] = _end_teaching(old)
    if preview.plan is None or preview.plan.carry_teaching:
        _carry_teaching(new, preview, classes, made)
    change = YearChange.objects.create(school=school, old=old, new=new, by=by, at=school.now(), made=made)
    publish(YearChanged(school, old, new, by, change.at))
    if preview.new is not None:
        publish(ContingentChanged(school, frozenset(line.pupil.pk for line in preview.pupils)))
    return change


def _write_classes(new: AcademicYear, preview: YearPreview, made: dict[str, Any]) -> dict[ClassName, SchoolClass]:
    """All classes of the new year by name; those that were there already stay as they are."""
    fresh = SchoolClass.objects.bulk_create(
        SchoolClass(
            school=new.school,
            year=new,
            grade=coming.name.grade,
            letter=coming.name.letter,
            period_system=PeriodSystem(period_system_of(coming.name.grade, new.main_system, new.upper_system)),
            class_teacher=coming.teacher,
        )
        for coming in preview.coming
        if not coming.stands
    )
    made["classes"] = [row.pk for row in fresh]
    return {ClassName(row.grade, row.letter): row for row in SchoolClass.objects.filter(year=new)}


def _write_seats(
    old: AcademicYear,
    new: AcademicYear,
    pupils: Iterable[PupilLine],
    classes: Mapping[ClassName, SchoolClass],
    made: dict[str, Any],
) -> None:
    """The old seats end with the year and carry the lot, the new ones begin with the next; a planned end moves over."""
    fresh, by_lot = [], defaultdict(list)
    for line in pupils:
        seat = line.seat
        by_lot[line.lot].append(seat.pk)
        made["ended"].append([seat.pk, seat.ends and seat.ends.isoformat()])
        if line.lot not in GONE and line.fate.target is not None and (seat.ends is None or seat.ends >= new.starts):
            fresh.append(_new_seat(new, line, classes[line.fate.target]))
    for lot, keys in by_lot.items():
        Enrolment.objects.filter(pk__in=keys).update(ends=old.ends, outcome=lot)
    rows = Enrolment.objects.bulk_create(fresh, batch_size=_MORE)
    made["seats"] = [[row.pk, row.school_class_id, row.ends and row.ends.isoformat()] for row in rows]


def _new_seat(new: AcademicYear, line: PupilLine, school_class: SchoolClass) -> Enrolment:
    now = ClassName(line.school_class.grade, line.school_class.letter)
    reason = seats_reason(Lot(line.lot), now)
    return Enrolment(pupil=line.pupil, school_class=school_class, starts=new.starts, ends=line.seat.ends, reason=reason)


def _end_teaching(old: AcademicYear) -> list[int]:
    """Who taught what ends with the year; returns the keys of those that had no end."""
    open_ones = TeachingAssignment.objects.filter(school_class__year=old, ends__isnull=True)
    keys = list(open_ones.filter(Q(starts__isnull=True) | Q(starts__lte=old.ends)).values_list("pk", flat=True))
    TeachingAssignment.objects.filter(pk__in=keys).update(ends=old.ends)
    return keys


def _carry_teaching(
    new: AcademicYear, preview: YearPreview, classes: Mapping[ClassName, SchoolClass], made: dict[str, Any]
) -> None:
    """Subgroups and assignments of classes that stay within their level go over; what the new class has stays."""
    going = {line.school_class.pk: line for line in preview.classes if keeps_teaching(line.now, line.following)}
    targets = {key: classes[line.following] for key, line in going.items() if line.following}
    groups = _carry_subgroups(targets, preview, made)
    standing = TeachingAssignment.objects.filter(school_class__year=new, ends__isnull=True)
    known = set(standing.values_list("staff", "subject", "school_class", "subgroup"))
    taught = TeachingAssignment.objects.filter(pk__in=made["ended_assignments"], school_class__in=targets)
    fresh: dict[tuple[int, int, int, int | None], TeachingAssignment] = {}
    for row in taught.filter(staff__left_on__isnull=True).order_by("pk"):
        target, group = targets[row.school_class_id], groups.get(row.subgroup_id or 0)
        key = (row.staff_id, row.subject_id, target.pk, group)
        if key not in known and (row.subgroup_id is None or group is not None):
            fresh.setdefault(key, _taught_again(row, target, group, new))
    rows = TeachingAssignment.objects.bulk_create(fresh.values(), batch_size=_MORE)
    made["assignments"] = [row.pk for row in rows]


def _taught_again(
    row: TeachingAssignment, target: SchoolClass, group: int | None, new: AcademicYear
) -> TeachingAssignment:
    """The same teacher and subject in the next class."""
    return TeachingAssignment(
        staff_id=row.staff_id,
        subject_id=row.subject_id,
        school_class=target,
        subgroup_id=group,
        weekly_hours=row.weekly_hours,
        starts=new.starts,
    )


def _carry_subgroups(targets: Mapping[int, SchoolClass], preview: YearPreview, made: dict[str, Any]) -> dict[int, int]:
    """New subgroups by the keys of the old; those of one name in merged classes become one."""
    old = list(Subgroup.objects.filter(school_class__in=targets).prefetch_related("pupils").order_by("pk"))
    there = set(Subgroup.objects.filter(school_class__in=targets.values()).values_list("school_class", "name"))
    wanted = {(targets[row.school_class_id].pk, row.name): row for row in reversed(old)}
    fresh = Subgroup.objects.bulk_create(
        Subgroup(school_class_id=key, name=name) for key, name in wanted if (key, name) not in there
    )
    keys = {(row.school_class_id, row.name): row.pk for row in fresh}
    made["subgroups"] = list(keys.values())
    found = {row.pk: keys.get((targets[row.school_class_id].pk, row.name)) for row in old}
    groups = {one: group for one, group in found.items() if group is not None}
    _write_members(old, groups, _sits_next(preview, targets))
    return groups


def _sits_next(preview: YearPreview, targets: Mapping[int, SchoolClass]) -> set[tuple[int, int]]:
    """Pairs of pupil and old class for those who go on together with it."""
    own: dict[int, ClassLine] = {line.school_class.pk: line for line in preview.classes}
    return {
        (line.pupil.pk, line.school_class.pk)
        for line in preview.pupils
        if line.school_class.pk in targets and line.fate.target == own[line.school_class.pk].following
    }


def _write_members(old: Iterable[Subgroup], groups: Mapping[int, int], going: set[tuple[int, int]]) -> None:
    through = Subgroup.pupils.through
    pairs = {
        (groups[row.pk], pupil.pk)
        for row in old
        if row.pk in groups
        for pupil in row.pupils.all()
        if (pupil.pk, row.school_class_id) in going
    }
    through.objects.bulk_create(
        (through(subgroup_id=group, pupil_id=pupil) for group, pupil in sorted(pairs)), batch_size=_MORE
    )
