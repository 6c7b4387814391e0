"""A pupil's planned meetings as a sheet, who was told of it, and whose meetings still have to be brought."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from cattrs.preconf.json import make_converter
from django.db.models import Prefetch
from django.utils.timezone import localdate

from consultations.models import AppointmentPupil, LessonVisit, MeetingNotice, NoticeAnswer
from consultations.permissions_schedule import brings_meetings, records_answers, sees_all_weeks
from consultations.rules.bringing import TONES, WORDS, Brought, SheetLine, standing
from consultations.selectors.schedule import position_of
from consultations.words import Answer, MeetingState
from school.access import access_of, pupils_for
from school.models import Pupil, User

_converter = make_converter()


def freeze(lines: Iterable[SheetLine]) -> list[dict[str, Any]]:
    """Plain JSON values for `lines_of`."""
    frozen: list[dict[str, Any]] = json.loads(_converter.dumps(list(lines)))
    return frozen


def lines_of(notice: MeetingNotice) -> list[SheetLine]:
    """What the sheet said when it was made."""
    return _converter.loads(json.dumps(notice.content), list[SheetLine])


def planned_lines(pupils: Iterable[int], begins: date, ends: date | None = None) -> dict[int, list[SheetLine]]:
    """Pupil → planned meetings of the days in their order, no end being for ever. Two queries."""
    rows = AppointmentPupil.objects.filter(pupil__in=list(pupils), state=MeetingState.PLANNED, on__gte=begins)
    if ends is not None:
        rows = rows.filter(on__lte=ends)
    found: dict[int, list[SheetLine]] = {}
    told = rows.select_related("appointment__specialist").prefetch_related("appointment__specialist__positions")
    for row in told.order_by("on", "time_from", "pk"):
        staff, meeting = row.appointment.specialist, row.appointment
        line = SheetLine(
            on=row.on,
            times=meeting.time_words,
            specialist=staff.short_name,
            position=position_of(staff, row.on),
            room=meeting.room,
            parents=not row.present,
        )
        found.setdefault(row.pupil_id, []).append(line)
    return found


@dataclass(frozen=True)
class AnswerLine:
    """Who is to know; `mine`: the reader is that class teacher."""

    row: NoticeAnswer
    who: str
    mine: bool

    @property
    def tone(self) -> str:
        """How the answer is marked."""
        return {Answer.KNOWN: "approved", Answer.DECLINED: "returned"}.get(Answer(self.row.answer), "proposed")

    @property
    def waits(self) -> bool:
        """Whether nobody has answered."""
        return self.row.answer == Answer.NONE


@dataclass(frozen=True)
class PupilMeetings:
    """The page of one pupil."""

    lines: list[SheetLine]
    notice: MeetingNotice | None
    sheet: list[SheetLine]
    answers: list[AnswerLine]
    earlier: list[MeetingNotice]
    visits: list[LessonVisit]
    state: Brought
    brings: bool
    records: bool

    @property
    def words(self) -> str:
        """«ждём ответа»."""
        return WORDS[self.state]

    @property
    def tone(self) -> str:
        """How the state is marked."""
        return TONES[self.state]


def pupil_meetings(user: User, pupil: Pupil) -> PupilMeetings:
    """A visible pupil's planned meetings, the newest sheet with answers, earlier ones, parents at lessons."""
    today = pupil.school.today()
    lines = planned_lines([pupil.pk], today).get(pupil.pk, [])
    notices = list(MeetingNotice.objects.visible_to(user).filter(pupil=pupil).select_related("by__staff"))
    newest = notices[0] if notices else None
    rows = newest.answers.select_related("guardian", "staff", "by__staff") if newest else NoticeAnswer.objects.none()
    answers = [answer_line(user, row) for row in rows]
    sheet = lines_of(newest) if newest else None
    visits = LessonVisit.objects.visible_to(user).filter(pupil=pupil).select_related("guardian", "by__staff")
    return PupilMeetings(
        lines=lines,
        notice=newest,
        sheet=sheet or [],
        answers=answers,
        earlier=notices[1:],
        visits=list(visits),
        state=standing(sheet, lines, [row.answer for row in rows], today),
        brings=brings_meetings(user),
        records=records_answers(user, pupil),
    )


def answer_line(user: User, row: NoticeAnswer) -> AnswerLine:
    """One who is to know."""
    staff = access_of(user).staff
    who = row.guardian.full_name if row.guardian else f"{row.staff.short_name if row.staff else ''}, кл. рук."
    return AnswerLine(row, who, mine=staff is not None and row.staff_id == staff.pk)


@dataclass(frozen=True)
class ToBring:
    """A pupil with planned meetings: how many, the next of them, where bringing them stands."""

    pupil: Pupil
    meetings: int
    next: date
    state: Brought
    made: date | None

    @property
    def words(self) -> str:
        """«ждём ответа»."""
        return WORDS[self.state]

    @property
    def tone(self) -> str:
        """How the state is marked."""
        return TONES[self.state]


def to_bring(user: User) -> list[ToBring]:
    """Pupils with planned meetings: with the specialist who asks, all for the heads; those to be brought first.

    Five queries, whatever their number.
    """
    access = access_of(user)
    if access.today is None or access.staff is None or not brings_meetings(user):
        return []
    rows = AppointmentPupil.objects.visible_to(user).filter(state=MeetingState.PLANNED, on__gte=access.today)
    if not sees_all_weeks(user):
        rows = rows.filter(appointment__specialist=access.staff)
    sheets = MeetingNotice.objects.prefetch_related("answers")
    pupils = pupils_for(user).filter(pk__in=rows.order_by().values("pupil")).order_by("sort_key", "pk")
    found = list(pupils.prefetch_related(Prefetch("meeting_notices", queryset=sheets)))
    planned = planned_lines([pupil.pk for pupil in found], access.today)
    told = [_to_bring(pupil, planned[pupil.pk], access.today) for pupil in found if pupil.pk in planned]
    return sorted(told, key=lambda one: (list(Brought).index(one.state), one.next))


def _to_bring(pupil: Pupil, lines: list[SheetLine], today: date) -> ToBring:
    notice = next(iter(pupil.meeting_notices.all()), None)
    answers = [row.answer for row in notice.answers.all()] if notice else []
    state = standing(lines_of(notice) if notice else None, lines, answers, today)
    made = localdate(notice.at) if notice else None
    return ToBring(pupil, len(lines), lines[0].on, state, made)
