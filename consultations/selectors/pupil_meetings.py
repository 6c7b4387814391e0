"""Meetings with specialists on a pupil's page: that they are and were, with whom. They come with the pupil's own query.

Neither kind nor occasion nor contents: whoever sees the pupil sees no more than that a meeting takes place.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse

from common.names import initials
from consultations.models import AppointmentPupil
from consultations.words import MeetingState
from school.models import AcademicYear, Pupil
from school.models.timetable import span_words
from school.shared import TimelineItem

_COLUMNS = {
    "key": "appointment_id",
    "on": "on",
    "time_from": "time_from",
    "time_to": "time_to",
    "state": "state",
    "present": "present",
    "came": "came",
    "room": "appointment__room",
    "last": "appointment__specialist__last_name",
    "first": "appointment__specialist__first_name",
    "middle": "appointment__specialist__middle_name",
}


@dataclass(frozen=True)
class PupilMeeting:
    """One meeting; `came` is None where nobody wrote it down or the pupil was not to take part."""

    key: int
    on: date
    time_words: str
    room: str
    who: str
    state: MeetingState
    came: bool | None

    @property
    def url(self) -> str:
        """The meeting's page."""
        return reverse("service:meeting", args=[self.key])

    @property
    def words(self) -> str:
        """«состоялась», «состоялась, не был(а)», «не пришли»."""
        told = self.state.label.lower()
        return f"{told}, не был(а)" if self.state == MeetingState.HELD and self.came is False else told


def with_meetings(pupils: QuerySet[Pupil]) -> QuerySet[Pupil]:
    """Visible pupils with their meetings, for `meetings_told`; no query of its own."""
    rows = AppointmentPupil.objects.filter(pupil=OuterRef("pk")).order_by("on", "time_from", "pk")
    found: QuerySet[Any] = pupils.annotate(meetings_json=ArraySubquery(rows.values(told=JSONObject(**_COLUMNS))))
    return found


def meetings_told(pupil: Any) -> tuple[PupilMeeting, ...]:
    """Of a pupil who was read by `with_meetings`, by day; none of one who was not."""
    return tuple(_meeting(told) for told in getattr(pupil, "meetings_json", ()))


def meetings_ahead(rows: Iterable[PupilMeeting], today: date) -> tuple[PupilMeeting, ...]:
    """Those to come, the nearest first."""
    return tuple(one for one in rows if one.state == MeetingState.PLANNED and one.on >= today)


def meeting_items(rows: Iterable[PupilMeeting], year: AcademicYear | None) -> list[TimelineItem]:
    """The story of the year: what took place or did not; what was called off is no event."""
    told = [one for one in rows if one.state in (MeetingState.HELD, MeetingState.MISSED)]
    return [
        TimelineItem(one.on, "deed", "Встреча со специалистом:", one.words, one.who, one.url)
        for one in told
        if year is not None and year.starts <= one.on <= year.ends
    ]


def _meeting(told: Mapping[str, Any]) -> PupilMeeting:
    return PupilMeeting(
        key=told["key"],
        on=date.fromisoformat(told["on"]),
        time_words=span_words(time.fromisoformat(told["time_from"]), time.fromisoformat(told["time_to"])),
        room=told["room"],
        who=initials(told["last"], told["first"], told["middle"]),
        state=MeetingState(told["state"]),
        came=told["came"] if told["present"] else None,
    )
