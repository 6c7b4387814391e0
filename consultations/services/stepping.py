"""What every deed with a meeting is made of: lock, compare with what was seen, change, keep the step."""

from collections.abc import Collection
from datetime import date

from django.db import connection

from common.errors import Refused
from consultations.models import Appointment, AppointmentStep
from consultations.words import MeetingDeed, MeetingState
from consultations.workflow import MEETING
from school.models import School, User

CHANGED = "Встреча изменилась, пока вы решали: посмотрите на неё и решите ещё раз. Ничего не записано."


def days_locked(school: School, days: Collection[date]) -> None:
    """Until the transaction ends nobody else books on these days of the school: two who want one time take turns.

    Without it two rows that overlap would wait for each other in the exclusion constraint until the database ends one.
    """
    with connection.cursor() as cursor:
        for day in sorted(set(days)):
            cursor.execute("SELECT pg_advisory_xact_lock(7033, hashtext(%s))", [f"{school.pk}:{day.isoformat()}"])


def meeting_seen(appointment: Appointment, version: int) -> Appointment:
    """The meeting, locked, as the person saw it. Raises `Refused` when it has changed since."""
    rows = Appointment.objects.select_for_update(of=("self",))
    found = rows.select_related("school", "year", "specialist__school", "colleague").get(pk=appointment.pk)
    if found.version != version:
        raise Refused(CHANGED)
    return found


def meeting_step(by: User, meeting: Appointment, deed: MeetingDeed, comment: str = "", before: str = "") -> None:
    """The step that tells of the meeting's present version."""
    AppointmentStep.objects.create(
        appointment=meeting,
        from_state=before,
        to_state=meeting.state,
        by=by,
        at=meeting.school.now(),
        comment=comment.strip(),
        version=meeting.version,
        deed=deed,
    )


def meeting_move(by: User, meeting: Appointment, deed: MeetingDeed, comment: str = "") -> None:
    """Lead the meeting along the table and save it. Raises `Refused` where the table has no such way."""
    transition = MEETING.step(deed, meeting.state, comment)
    meeting.state = MeetingState(transition.target)
    meeting.version += 1
    meeting.save()
    meeting_step(by, meeting, deed, comment, transition.source)
