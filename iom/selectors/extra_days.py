"""Days of extra lessons that wait for a person: those of today, and those without a record. One query."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import JSONObject

from iom.models import ExtraGroup, ExtraSession
from iom.permissions_extra import keeps_all_extra
from iom.rules.extra_days import meeting_days, unrecorded
from iom.words import SessionState
from school.access import Viewer, access_of
from school.models import Holiday

BACK = timedelta(days=14)


@dataclass(frozen=True)
class GroupDays:
    """A group around a day: `recorded` days of the last two weeks, `today` whether it meets and waits for a record.

    `own`: the person leads it; `stands_in`: the person gives today's lesson in place of the teacher.
    """

    group: ExtraGroup
    teacher: str
    own: bool
    today: bool
    stands_in: bool
    unrecorded: tuple[date, ...]


@dataclass(frozen=True)
class Waiting:
    """A lesson of a past day without a record."""

    group: ExtraGroup
    teacher: str
    on: date
    own: bool


def groups_around(user: Viewer, day: date) -> list[GroupDays]:
    """Groups whose lessons are the person's to record, as of `day`: led, stood in for, or all of the school."""
    access = access_of(user)
    if access.school is None:
        return []
    staff = access.staff.pk if access.staff is not None else None
    near = ExtraSession.objects.filter(group=OuterRef("pk"), on__range=(day - BACK, day))
    rows = ExtraGroup.objects.filter(school=access.school, begins__lte=day, ends__gte=day - BACK)
    if not keeps_all_extra(user):
        rows = rows.filter(Q(teacher=staff) | Q(Exists(near.filter(staff=staff))))
    told = rows.select_related("teacher").annotate(
        near=ArraySubquery(near.values(each=JSONObject(on="on", state="state", staff=F("staff_id")))),
        off=ArraySubquery(
            Holiday.objects.filter(year=OuterRef("year"), first_grade_only=False).values(
                each=JSONObject(starts="starts", ends="ends")
            )
        ),
    )
    return [_around(group, day, staff) for group in told.order_by("time_from", "pk")]


def _around(group: Any, day: date, staff: int | None) -> GroupDays:
    off = [(date.fromisoformat(each["starts"]), date.fromisoformat(each["ends"])) for each in group.off]
    days = meeting_days(group.weekday, (group.begins, group.ends), (day - BACK, day), off)
    known = {date.fromisoformat(each["on"]): each for each in group.near}
    done = [on for on, each in known.items() if each["state"] != SessionState.PLANNED]
    waiting = unrecorded(days, done, day)
    substitute = known[day]["staff"] if day in known else None
    own = group.teacher_id == staff
    mine = substitute == staff if substitute is not None else own
    return GroupDays(
        group,
        group.teacher.short_name,
        own,
        day in waiting and mine and staff is not None,
        substitute is not None and substitute == staff,
        tuple(on for on in waiting if on < day),
    )


def waiting_days(groups: Iterable[GroupDays]) -> Sequence[Waiting]:
    """Past days without a record, the oldest first."""
    found = [Waiting(one.group, one.teacher, on, one.own) for one in groups for on in one.unrecorded]
    return sorted(found, key=lambda one: (one.on, one.group.time_from))
