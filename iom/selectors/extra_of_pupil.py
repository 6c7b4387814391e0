"""What the pupil's page tells of extra lessons: the groups with how often the pupil came, and the story.

It comes with the pupil: a page of twenty queries has none to spare.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse

from common.names import initials
from iom.models import ExtraAttendance, ExtraMember, ExtraSession
from iom.words import CancelWhy, SessionState
from school.models import AcademicYear, Pupil, Weekday
from school.models.timetable import span_words
from school.shared import TimelineItem


@dataclass(frozen=True)
class Lesson:
    """A lesson of the pupil's group: `came` is None where it did not take place (`why`) or the pupil is not listed."""

    on: date
    came: bool | None
    why: str
    in_journal: bool = False


@dataclass(frozen=True)
class Attended:
    """A group of the pupil: from day to day, with its recorded lessons in order."""

    group: int
    title: str
    when: str
    room: str
    teacher: str
    begins: date
    ends: date
    lessons: tuple[Lesson, ...]

    @property
    def came(self) -> int:
        """How often the pupil came."""
        return sum(lesson.came is True for lesson in self.lessons)

    @property
    def held(self) -> int:
        """How many lessons took place while the pupil was listed."""
        return sum(lesson.came is not None for lesson in self.lessons)

    @property
    def url(self) -> str:
        """The group's page."""
        return reverse("extra:group", args=[self.group])


_COLUMNS = {
    "group": "group_id",
    "year": "group__year_id",
    "title": "group__title",
    "weekday": "weekday",
    "time_from": "time_from",
    "time_to": "time_to",
    "room": "group__room",
    "last": "group__teacher__last_name",
    "first": "group__teacher__first_name",
    "middle": "group__teacher__middle_name",
    "begins": "begins",
    "ends": "ends",
}


def with_extra(pupils: QuerySet[Pupil]) -> QuerySet[Pupil]:
    """Visible pupils with their groups and lessons, for `extra_told`."""
    came = ExtraAttendance.objects.filter(session=OuterRef("pk"), pupil=OuterRef(OuterRef("pupil")))
    lessons = ExtraSession.objects.filter(group=OuterRef("group"), on__range=(OuterRef("begins"), OuterRef("ends")))
    recorded = lessons.exclude(state=SessionState.PLANNED).order_by("on")
    told = recorded.annotate(was=Subquery(came.values("came")[:1])).values(
        each=JSONObject(on="on", why="why", was="was", entry="entry_id")
    )
    rows = ExtraMember.objects.filter(pupil=OuterRef("pk")).order_by("weekday", "time_from", "begins")
    found: QuerySet[Any] = pupils.annotate(
        extra_json=ArraySubquery(rows.values(told=JSONObject(**_COLUMNS, lessons=ArraySubquery(told))))
    )
    return found


def extra_told(pupil: Any, year: AcademicYear | None) -> tuple[Attended, ...]:
    """The groups of a year of a pupil who was read by `with_extra`; none of one who was not."""
    rows = getattr(pupil, "extra_json", ())
    return tuple(_attended(told) for told in rows if year is not None and told["year"] == year.pk)


def _attended(told: Mapping[str, Any]) -> Attended:
    span = span_words(time.fromisoformat(told["time_from"]), time.fromisoformat(told["time_to"]))
    return Attended(
        group=told["group"],
        title=told["title"],
        when=f"{Weekday(told['weekday']).label}, {span}",
        room=told["room"],
        teacher=initials(told["last"], told["first"], told["middle"]),
        begins=date.fromisoformat(told["begins"]),
        ends=date.fromisoformat(told["ends"]),
        lessons=tuple(map(_lesson, told["lessons"])),
    )


def _lesson(told: Mapping[str, Any]) -> Lesson:
    why = CancelWhy(told["why"]).label if told["why"] else ""
    return Lesson(date.fromisoformat(told["on"]), None if why else told["was"], why, told["entry"] is not None)


def extra_items(groups: Iterable[Attended], today: date) -> list[TimelineItem]:
    """The story: when the pupil joined, each lesson with whether they came, and why one did not take place.

    A lesson that is an entry of the journal is told by the journal.
    """
    items = []
    for one in groups:
        if one.begins <= today:
            text = f"{one.title}, {one.when}"
            items.append(TimelineItem(one.begins, "step", "Доп. занятия:", f"записан, {text}", one.teacher, one.url))
        for lesson in one.lessons:
            if lesson.why or (lesson.came is not None and not (lesson.came and lesson.in_journal)):
                what = f"не состоялось ({lesson.why})" if lesson.why else "был" if lesson.came else "не был"
                kind = "deed" if lesson.came else "other"
                items.append(TimelineItem(lesson.on, kind, "Доп. занятие:", f"{one.title}: {what}", url=one.url))
    return items
