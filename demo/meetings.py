"""The service of the demo: hours of its four specialists, consents of the cast, meetings before and after the day."""

from collections.abc import Sequence
from datetime import date, time, timedelta

from common.errors import Refused
from consultations.models import Appointment
from consultations.rules.free_times import Piece, clock
from consultations.selectors.free import Sought, nearest_free
from consultations.services.allowing import Urgent
from consultations.services.booking import (
    Invited,
    MeetingDraft,
    appointment_book,
    appointment_cancel,
    appointment_hold,
    appointment_miss,
    appointment_move,
)
from consultations.services.hours import ExceptionDraft, HoursDraft, exception_add, hours_add
from consultations.words import ExceptionKind, MeetingKind, UrgentGround, WhyCancelled
from demo import cast
from demo.decisions import on_day
from school.busy_times import minutes_of
from school.models import Consent, Pupil, School, Staff, User
from school.purposes import Purpose
from school.services.consents import consent_record, consent_withdraw

BEGINS = date(cast.START, 9, 7)
ENDS = date(cast.START + 1, 5, 22)
# Login, days of the week, from, to, minutes, room, kind.
_HOURS = (
    ("psiholog", (1, 3), time(12, 0), time(16, 0), 40, "15", ""),
    ("psiholog", (4,), time(13, 0), time(15, 0), 60, "15", MeetingKind.GROUP),
    ("psiholog", (6,), time(10, 0), time(12, 0), 40, "15", ""),
    ("psiholog-glava", (2, 5), time(13, 0), time(16, 0), 40, "16", ""),
    ("socped", (2, 4), time(13, 0), time(16, 0), 30, "8", ""),
    ("logoped", (1, 2, 3, 4, 5), time(12, 0), time(14, 0), 30, "9", ""),
)
_CONSENTS = ("Ковтун", "Рябов", "Тарасенко", "Белова", "Жарков", "Голубев", "Ёлкин", "Мухина", "Бероев", "Зимина")
_WITHDRAWN = "Рябов"


def receive(school: School) -> None:
    """Hours since September; a fortnight of meetings, of which one lacks a consent and one stands outside of hours."""
    with on_day(school, BEGINS):
        _agree()
        _open(school)
    _past(school)
    _ahead(school)


def _agree() -> None:
    by = User.objects.get(username="socped")
    for name in _CONSENTS:
        pupil = _pupil(name)
        guardian = pupil.guardians.first() if pupil is not None else None
        if pupil is not None and guardian is not None and not _has(pupil):
            consent_record(
                by=by,
                pupil=pupil,
                purpose=Purpose.PSYCHOLOGICAL_HELP,
                guardian=guardian,
                given_on=BEGINS,
                document="личное дело, вкладыш",
            )


def _has(pupil: Pupil) -> bool:
    rows = Consent.objects.filter(pupil=pupil, purpose=Purpose.PSYCHOLOGICAL_HELP)
    return rows.filter(withdrawn_on__isnull=True).exists()


def _open(school: School) -> None:
    for login, weekdays, starts, ends, minutes, room, kind in _HOURS:
        by, staff = _person(login)
        for weekday in weekdays:
            draft = HoursDraft(weekday, starts, ends, minutes, room, kind, BEGINS, ENDS)
            hours_add(by=by, specialist=staff, draft=draft)


def _past(school: School) -> None:
    """Held, missed, cancelled, one without a record, an urgent one."""
    monday, tuesday = date(cast.START, 11, 9), date(cast.START, 11, 10)
    for number, name in enumerate(("Ковтун", "Тарасенко", "Зимина")):
        met = _book(school, monday, "psiholog", MeetingKind.INDIVIDUAL, monday + timedelta(days=7), number, name)
        if met is None:
            continue
        with on_day(school, met.on):
            by, _ = _person("psiholog")
            if name == "Тарасенко":
                appointment_miss(by=by, appointment=met, version=met.version)
            else:
                appointment_hold(by=by, appointment=met, version=met.version, came=_keys(met))
    _book(school, monday, "psiholog", MeetingKind.PARENTS, date(cast.START, 11, 18), 1, "Голубев")
    gone = _book(school, tuesday, "socped", MeetingKind.INDIVIDUAL, date(cast.START, 11, 17), 0, "Бероев")
    if gone is not None:
        with on_day(school, date(cast.START, 11, 16)):
            by, why = _person("socped")[0], WhyCancelled.PUPIL
            appointment_cancel(by=by, appointment=gone, version=gone.version, why=why, comment="болеет")
    group = ("Белова", "Ковтун", "Зимина")
    met = _book(school, monday, "psiholog", MeetingKind.GROUP, date(cast.START, 11, 19), 0, *group)
    if met is not None:
        with on_day(school, met.on):
            by, _ = _person("psiholog")
            appointment_hold(by=by, appointment=met, version=met.version, came=_keys(met)[:2])
    urgent = Urgent(UrgentGround.CHILD, "Подошёл сам после уроков, просил поговорить сегодня же.")
    _book(
        school,
        date(cast.START, 11, 20),
        "psiholog-glava",
        MeetingKind.INDIVIDUAL,
        date(cast.START, 11, 20),
        2,
        "Яшин",
        urgent=urgent,
    )


def _ahead(school: School) -> None:
    """Today's and next week's; one consent is withdrawn, one day is closed, one meeting was moved."""
    booked, week = date(cast.START, 11, 17), cast.TODAY + timedelta(days=2)
    _book(school, booked, "psiholog", MeetingKind.PARENTS, cast.TODAY, 0, "Ковтун")
    _book(school, booked, "psiholog", MeetingKind.INDIVIDUAL, week, 1, _WITHDRAWN)
    _book(school, booked, "psiholog", MeetingKind.INDIVIDUAL, week, 2, "Ёлкин")
    _book(school, booked, "psiholog", MeetingKind.INDIVIDUAL, week + timedelta(days=2), 0, "Жарков")
    _book(school, booked, "socped", MeetingKind.PARENTS, week + timedelta(days=1), 1, "Бероев")
    _book(school, booked, "logoped", MeetingKind.DIAGNOSTICS, week + timedelta(days=1), 0, "Голубев")
    moved = _book(school, booked, "psiholog", MeetingKind.INDIVIDUAL, week, 3, "Мухина")
    with on_day(school, date(cast.START, 11, 19)):
        socped = User.objects.get(username="socped")
        pupil = _pupil(_WITHDRAWN)
        consent = pupil.consents.filter(withdrawn_on__isnull=True).first() if pupil is not None else None
        if consent is not None:
            day = date(cast.START, 11, 19)
            consent_withdraw(by=socped, consent=consent, withdrawn_on=day, why="заявление от 19.11.2026")
        by, staff = _person("psiholog")
        if moved is not None:
            _move(by, staff, moved)
        closed = week + timedelta(days=2)
        off = ExceptionDraft(ExceptionKind.OFF, closed, closed, why="курсы повышения квалификации")
        exception_add(by=by, specialist=staff, draft=off)


def _move(by: User, staff: Staff, meeting: Appointment) -> None:
    """To the nearest time a week later."""
    wanted = Piece.of(meeting.on + timedelta(days=7), minutes_of(meeting.time_from), minutes_of(meeting.time_to), "15")
    pupils = [line.pupil for line in meeting.pupils.select_related("pupil")]
    for piece in nearest_free(Sought(staff, wanted.on, wanted.on, pupils), wanted, number=1):
        starts, ends = (time.fromisoformat(clock(one)) for one in (piece.span.starts, piece.span.ends))
        appointment_move(
            by=by,
            appointment=meeting,
            version=meeting.version,
            on=piece.on,
            time_from=starts,
            time_to=ends,
            confirmed=True,
        )


def _book(
    school: School, made: date, login: str, kind: str, on: date, number: int, *names: str, urgent: Urgent | None = None
) -> Appointment | None:
    """The specialist's `number`-th piece of the day; None where nobody of the cast was drawn, or the time is taken."""
    pupils = [pupil for pupil in map(_pupil, names) if pupil is not None]
    with on_day(school, made):
        by, staff = _person(login)
        hours = next((one for one in _HOURS if one[0] == login and on.isoweekday() in one[1]), None)
        if not pupils or hours is None:
            return None
        starts = minutes_of(hours[2]) + hours[4] * number
        begins, ends = (time.fromisoformat(clock(one)) for one in (starts, starts + hours[4]))
        draft = MeetingDraft(staff, kind, on, begins, ends, hours[5])
        try:
            return appointment_book(
                by=by, draft=draft, invited=[Invited(one) for one in pupils], urgent=urgent, confirmed=True
            )
        except Refused:
            return None


def _keys(meeting: Appointment) -> Sequence[int]:
    return list(meeting.pupils.order_by("pk").values_list("pupil", flat=True))


def _person(login: str) -> tuple[User, Staff]:
    return User.objects.get(username=login), Staff.objects.select_related("school").get(user__username=login)


def _pupil(name: str) -> Pupil | None:
    """Of the cast, by the whole name: a drawn pupil may have the same surname and first name."""
    stories = {one.who for one in cast.STORIES if one.who.last == name}
    rows = Pupil.objects.filter(school__code=cast.CODE, last_name=name).order_by("pk")
    known = {(who.last, who.first, who.middle) for who in stories}
    return next((one for one in rows if (one.last_name, one.first_name, one.middle_name) in known), None)
