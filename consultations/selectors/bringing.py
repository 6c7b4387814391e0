"""A pupil's planned meetings as a sheet, who was told of it, and whose meetings still have to be brought."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from cattrs.preconf.json import make_converter
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from consultations.models import AppointmentPupil, LessonVisit, MeetingNotice, NoticeAnswer
from consultations.permissions import SERVICE_POSITIONS
from consultations.permissions_schedule import brings_meetings, records_answers, sees_all_weeks
from consultations.rules.bringing import TONES, WORDS, Brought, SheetLine, standing
from consultations.words import Answer, MeetingState
from school.access import access_of, pupils_for
from school.asking import day_of_moment
from school.models import Pupil, StaffPosition, User
from school.roles import Position

_converter = make_converter()


def freeze(lines: Iterable[SheetLine]) -> list[dict[str, Any]]:
    """Plain JSON values for `lines_of`."""
    frozen: list[dict[str, Any]] = json.loads(_converter.dumps(list(lines)))
    return frozen


def lines_of(notice: MeetingNotice) -> list[SheetLine]:
    """What the sheet said when it was made."""
    return _lines(notice.content)


def _lines(content: Any) -> list[SheetLine]:
    return _converter.loads(json.dumps(content), list[SheetLine])


def planned_lines(pupils: Iterable[int], begins: date, ends: date | None = None) -> dict[int, list[SheetLine]]:
    """Pupil → planned meetings of the days in their order, no end being for ever. One query."""
    rows = AppointmentPupil.objects.filter(pupil__in=list(pupils), state=MeetingState.PLANNED, on__gte=begins)
    if ends is not None:
        rows = rows.filter(on__lte=ends)
    found: dict[int, list[SheetLine]] = {}
    told = rows.select_related("appointment__specialist").annotate(positions=ArraySubquery(_positions()))
    for row in told.order_by("on", "time_from", "pk"):
        found.setdefault(row.pupil_id, []).append(_line(row))
    return found


def _positions() -> QuerySet[Any, Any]:
    """Of the specialist of a meeting, on its day."""
    on: Any = OuterRef("on")
    begun, lasting = Q(starts__isnull=True) | Q(starts__lte=on), Q(ends__isnull=True) | Q(ends__gte=on)
    rows = StaffPosition.objects.filter(begun, lasting, staff=OuterRef("appointment__specialist"))
    return rows.filter(position__in=SERVICE_POSITIONS).order_by("position").values("position")


def _line(row: Any) -> SheetLine:
    meeting = row.appointment
    return SheetLine(
        on=row.on,
        times=meeting.time_words,
        specialist=meeting.specialist.short_name,
        position=", ".join(Position(code).label for code in row.positions),
        room=meeting.room,
        parents=not row.present,
    )


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

    Two queries, whatever their number.
    """
    access = access_of(user)
    if access.today is None or access.staff is None or not brings_meetings(user):
        return []
    rows = AppointmentPupil.objects.visible_to(user).filter(state=MeetingState.PLANNED, on__gte=access.today)
    if not sees_all_weeks(user):
        rows = rows.filter(appointment__specialist=access.staff)
    pupils = pupils_for(user).filter(pk__in=rows.order_by().values("pupil")).order_by("sort_key", "pk")
    found = list(pupils.annotate(sheet_json=Subquery(_newest_sheet())))
    planned = planned_lines([pupil.pk for pupil in found], access.today) if found else {}
    told = [_to_bring(pupil, planned[pupil.pk], access.today) for pupil in found if pupil.pk in planned]
    return sorted(told, key=lambda one: (list(Brought).index(one.state), one.next))


def _newest_sheet() -> QuerySet[Any, Any]:
    answers = NoticeAnswer.objects.filter(notice=OuterRef("pk")).order_by("pk").values("answer")
    rows = MeetingNotice.objects.filter(pupil=OuterRef("pk")).order_by("-at", "-pk")
    return rows.values(told=JSONObject(content="content", at="at", answers=ArraySubquery(answers)))[:1]


def _to_bring(pupil: Any, lines: list[SheetLine], today: date) -> ToBring:
    told = pupil.sheet_json
    if told is None:
        return ToBring(pupil, len(lines), lines[0].on, standing(None, lines, (), today), None)
    state = standing(_lines(told["content"]), lines, told["answers"], today)
    return ToBring(pupil, len(lines), lines[0].on, state, day_of_moment(told["at"]))
