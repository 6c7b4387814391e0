"""Extra lessons as they were: held with who came, cancelled for a reason, given by a substitute."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date

from common.authorship import deed
from common.errors import Refused
from iom.models import ExtraAttendance, ExtraGroup, ExtraMember, ExtraSession
from iom.rules.extra import Taken, clashes, refusal
from iom.selectors.extra_week import Asked, place_of, week_of
from iom.services.extra_journal import journal_follows, journal_takes_back
from iom.services.extra_seeing import seeing_follows
from iom.words import CancelWhy, SessionState
from risk_registry.models import AboutPupilsQuerySet
from school.models import Pupil, Staff, User

_NOTE = 300


@deed
def extra_session_hold(
    *, by: User, group: ExtraGroup, on: date, came: Collection[int], note: str = "", staff: Staff | None = None
) -> ExtraSession:
    """The lesson took place; `came` are keys of pupils, the other members of that day did not come.

    `staff` held it when that was not the group's teacher. Saying it again corrects the record. Raises `Refused` for a
    day outside the term or still to come, and when nobody came (then it did not take place).
    """
    known = _checked(group, on)
    members = set(members_on(known, on).values_list("pupil", flat=True))
    if not members:
        raise Refused("В группе в этот день никого не было: сначала запишите в неё учеников.")
    present = members & set(came)
    if not present:
        raise Refused("Никто не отмечен. Если не пришёл никто, запишите, что занятие не состоялось.")
    session = _session(by, known, on, SessionState.HELD, staff)
    session.note = note.strip()[:_NOTE]
    session.save()
    ExtraAttendance.objects.filter(session=session).delete()
    ExtraAttendance.objects.bulk_create(
        ExtraAttendance(session=session, pupil_id=pupil, came=pupil in present) for pupil in sorted(members)
    )
    journal_follows(by, session, list(Pupil.objects.filter(pk__in=present).order_by("sort_key")))
    if session.staff_id is not None:
        seeing_follows([session.staff_id])
    return session


@deed
def extra_session_cancel(*, by: User, group: ExtraGroup, on: date, why: CancelWhy, note: str = "") -> ExtraSession:
    """The lesson did not or will not take place, for a reason; «другое» is told in words."""
    known = _locked(group)
    _check_term(known, on)
    if why == CancelWhy.OTHER and not note.strip():
        raise Refused("Напишите, почему занятие не состоялось.")
    session = _session(by, known, on, SessionState.CANCELLED, None)
    was = session.staff_id
    session.why, session.note, session.staff = why, note.strip()[:_NOTE], None
    session.save()
    ExtraAttendance.objects.filter(session=session).delete()
    journal_takes_back(by, session, "Занятие не состоялось")
    if was is not None:
        seeing_follows([was])
    return session


@deed
def extra_session_substitute(*, by: User, group: ExtraGroup, on: date, staff: Staff) -> ExtraSession:
    """Somebody else will give the lesson of a day. Raises `Refused` when they are taken then, with what takes them."""
    known = _locked(group)
    _check_term(known, on)
    if staff.pk == known.teacher_id or staff.school_id != known.school_id:
        raise Refused("Замену ведёт другой сотрудник школы.")
    standing = known.sessions.filter(on=on).first()
    if standing is not None and standing.state != SessionState.PLANNED:
        raise Refused("Об этом занятии уже записано, чем оно кончилось.")
    week = week_of(Asked(known.school, staff, "", [], on, on, known))
    week = replace(week, taken=(*week.taken, *_substituting(staff, on, known)))
    place = place_of(known)
    if clashes(place, week):
        message, _ = refusal(place, week)
        raise Refused(message, [*clashes(place, week), *week.unknown])
    before = standing.staff_id if standing is not None else None
    session = _session(by, known, on, SessionState.PLANNED, staff)
    session.save()
    seeing_follows([staff.pk, *([before] if before is not None else [])])
    return session


@deed
def extra_session_forget(*, by: User, session: ExtraSession, why: str = "Запись о занятии убрана") -> None:
    """What was written about a day was a mistake: the lesson is without a record again, history keeps what was.

    Its entry of the journal is withdrawn with it. Raises `Refused` without a reason.
    """
    if not why.strip():
        raise Refused("Напишите, почему запись отзывается.")
    rows = ExtraSession.objects.select_for_update(of=("self",)).select_related("entry__school")
    row = rows.filter(pk=session.pk).first()
    if row is None:
        raise Refused("Запись о занятии уже убрана: обновите страницу.")
    staff = row.staff_id
    journal_takes_back(by, row, why.strip())
    row.attendance.all().delete()
    row.delete()
    if staff is not None:
        seeing_follows([staff])


def members_on(group: ExtraGroup, on: date) -> AboutPupilsQuerySet[ExtraMember]:
    """Who belongs to the group on a day."""
    return ExtraMember.objects.filter(group=group, begins__lte=on, ends__gte=on)


def _locked(group: ExtraGroup) -> ExtraGroup:
    """Two records of one lesson come one after the other."""
    return ExtraGroup.objects.select_for_update(of=("self",)).select_related("school", "teacher").get(pk=group.pk)


def _checked(group: ExtraGroup, on: date) -> ExtraGroup:
    known = _locked(group)
    _check_term(known, on)
    if on > known.school.today():
        raise Refused("Этот день ещё не наступил.")
    return known


def _check_term(group: ExtraGroup, on: date) -> None:
    if not group.begins <= on <= group.ends:
        raise Refused(f"Группа занимается с {group.begins:%d.%m.%Y} по {group.ends:%d.%m.%Y}.")


def _session(by: User, group: ExtraGroup, on: date, state: SessionState, staff: Staff | None) -> ExtraSession:
    """The row of that day, as it will be written; a planned substitute stays when nobody else is named."""
    standing = ExtraSession.objects.filter(group=group, on=on).select_related("entry__school", "group__school")
    session = standing.first() or ExtraSession(group=group, on=on)
    session.state, session.why = state, ""
    if staff is not None:
        session.staff = None if staff.pk == group.teacher_id else staff
    session.by, session.at = by, group.school.now()
    return session


def _substituting(staff: Staff, on: date, group: ExtraGroup) -> Iterator[Taken]:
    """Other groups in which the person stands in on that day."""
    planned = ExtraSession.objects.filter(staff=staff, on=on, state=SessionState.PLANNED).exclude(group=group)
    for session in planned.select_related("group"):
        yield Taken(staff.short_name, f"замена в группе «{session.group.title}»", place_of(session.group))
