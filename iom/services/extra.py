"""Groups of extra lessons: made, moved, filled, ended. What clashes is refused with words and free times."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, time

from django.db import IntegrityError, transaction

from common.authorship import deed
from common.errors import Refused
from iom.models import ExtraGroup, ExtraMember
from iom.rules.extra import Place, clashes, refusal
from iom.selectors.extra_week import Asked, minutes, week_of
from iom.services.extra_seeing import seeing_follows
from school.busy_times import room_name
from school.models import AcademicYear, Pupil, Staff, Subject, User

_TITLE, _NOTE = 120, 300
_SHORTEST, _LONGEST = 10, 240
_BOOKED = ("extra_teacher_once", "extra_room_once", "extra_pupil_once")


@dataclass(frozen=True, slots=True)
class GroupDraft:
    """What is asked about a group; `weekday` as `date.isoweekday()`."""

    title: str
    subject: Subject | None
    teacher: Staff
    room: str
    weekday: int
    time_from: time
    time_to: time
    begins: date
    ends: date
    note: str = ""


@deed
def extra_group_create(*, by: User, year: AcademicYear, draft: GroupDraft, pupils: Collection[Pupil]) -> ExtraGroup:
    """A new group with its first pupils, for the whole term. Raises `Refused` when anybody is taken at that time."""
    _check(year, draft)
    _check_free(_asked(year, draft, pupils), draft)
    group = ExtraGroup(school=year.school, year=year, created_at=year.school.now())
    _fill(group, draft)
    with _booked():
        group.save()
        ExtraMember.objects.bulk_create(_member(group, pupil, draft.begins, draft.ends) for pupil in pupils)
    seeing_follows([draft.teacher.pk])
    return group


@deed
def extra_group_change(*, by: User, group: ExtraGroup, draft: GroupDraft) -> ExtraGroup:
    """Another time, room, teacher or term for a group and its pupils of today and later."""
    known = _locked(group)
    _check(known.year, draft)
    before = known.teacher_id
    staying = [row for row in known.members.select_related("pupil") if row.ends >= max(draft.begins, _today(known))]
    _check_free(_asked(known.year, draft, [row.pupil for row in staying], known), draft)
    held = known.sessions.order_by("on").values_list("on", flat=True)
    if held and not draft.begins <= held[0] <= held[len(held) - 1] <= draft.ends:
        raise Refused("В группе уже записаны занятия вне этого срока: оставьте их дни внутри срока.")
    was = (known.begins, known.ends)
    _fill(known, draft)
    with _booked():
        known.save()
        _follow_term(known, was)
    seeing_follows([before, known.teacher_id])
    return known


@deed
def extra_members_add(*, by: User, group: ExtraGroup, pupils: Collection[Pupil], begins: date) -> int:
    """Pupils who join from a day on to the end of the term; those who are there already are left. Returns how many."""
    known = _locked(group)
    if not known.begins <= begins <= known.ends:
        raise Refused(f"Группа занимается с {known.begins:%d.%m.%Y} по {known.ends:%d.%m.%Y}: выберите день внутри.")
    there = set(known.members.filter(ends__gte=begins).values_list("pupil", flat=True))
    coming = [pupil for pupil in pupils if pupil.pk not in there]
    asked = Asked(known.school, None, "", coming, begins, known.ends, known)
    _check_place(asked, Place(known.weekday, minutes(known.time_from), minutes(known.time_to)))
    with _booked():
        ExtraMember.objects.bulk_create(_member(known, pupil, begins, known.ends) for pupil in coming)
    seeing_follows([known.teacher_id])
    return len(coming)


@deed
def extra_member_end(*, by: User, member: ExtraMember, last: date) -> None:
    """A pupil leaves after a day; one who was never to come is taken off the list."""
    row = ExtraMember.objects.select_for_update().select_related("group").get(pk=member.pk)
    if last < row.begins:
        row.delete()
    else:
        row.ends = min(last, row.ends)
        row.save(update_fields=["ends"])
    seeing_follows([row.group.teacher_id])


@deed
def extra_group_end(*, by: User, group: ExtraGroup, last: date) -> None:
    """The group meets for the last time by a day; one that has not begun and has no record is taken away."""
    known = _locked(group)
    newest = known.sessions.order_by("-on").first()
    if newest is not None and newest.on > last:
        raise Refused(f"Записано занятие {newest.on:%d.%m.%Y}: закончить раньше него нельзя.")
    if last < known.begins:
        known.members.all().delete()
        known.delete()
    else:
        known.ends = last
        known.save(update_fields=["ends"])
        known.members.filter(begins__gt=last).delete()
        known.members.filter(ends__gt=last).update(ends=last)
    seeing_follows([group.teacher_id])


def _locked(group: ExtraGroup) -> ExtraGroup:
    rows = ExtraGroup.objects.select_for_update(of=("self",)).select_related("year__school", "school", "teacher")
    return rows.get(pk=group.pk)


def _today(group: ExtraGroup) -> date:
    return group.school.today()


def _check(year: AcademicYear, draft: GroupDraft) -> None:
    if draft.teacher.school_id != year.school_id:
        raise Refused("Такого сотрудника в школе нет.")
    if not draft.title.strip():
        raise Refused("Назовите группу.")
    if not year.starts <= draft.begins <= draft.ends <= year.ends:
        raise Refused(f"Срок группы — внутри учебного года: {year.starts:%d.%m.%Y} — {year.ends:%d.%m.%Y}.")
    length = minutes(draft.time_to) - minutes(draft.time_from)
    if not _SHORTEST <= length <= _LONGEST:
        raise Refused("Занятие длится от 10 минут до 4 часов: проверьте начало и конец.")


def _asked(year: AcademicYear, draft: GroupDraft, pupils: Collection[Pupil], group: ExtraGroup | None = None) -> Asked:
    begins = max(draft.begins, min(year.school.today(), draft.ends))
    return Asked(year.school, draft.teacher, room_name(draft.room), pupils, begins, draft.ends, group)


def _check_free(asked: Asked, draft: GroupDraft) -> None:
    _check_place(asked, Place(draft.weekday, minutes(draft.time_from), minutes(draft.time_to)))


def _check_place(asked: Asked, place: Place) -> None:
    week = week_of(asked)
    if clashes(place, week):
        raise Refused(*refusal(place, week))


def _fill(group: ExtraGroup, draft: GroupDraft) -> None:
    group.title, group.subject, group.teacher = " ".join(draft.title.split())[:_TITLE], draft.subject, draft.teacher
    group.room, group.note = room_name(draft.room), draft.note.strip()[:_NOTE]
    group.weekday, group.time_from, group.time_to = draft.weekday, draft.time_from, draft.time_to
    group.begins, group.ends = draft.begins, draft.ends


def _member(group: ExtraGroup, pupil: Pupil, begins: date, ends: date) -> ExtraMember:
    return ExtraMember(
        group=group,
        pupil=pupil,
        begins=begins,
        ends=ends,
        weekday=group.weekday,
        time_from=group.time_from,
        time_to=group.time_to,
    )


def _follow_term(group: ExtraGroup, was: tuple[date, date]) -> None:
    """Pupils who were there from the first day, or to the last, still are; who stands outside the term goes."""
    members = ExtraMember.objects.filter(group=group)
    members.filter(begins__gt=group.ends).delete()
    members.filter(ends__lt=group.begins).delete()
    members.filter(begins=was[0]).update(begins=group.begins)
    members.filter(begins__lt=group.begins).update(begins=group.begins)
    members.filter(ends=was[1]).update(ends=group.ends)
    members.filter(ends__gt=group.ends).update(ends=group.ends)


@contextmanager
def _booked() -> Iterator[None]:
    """The database saw what another person wrote a moment ago."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if not any(name in str(error) for name in _BOOKED):
            raise
        raise Refused(
            "Это время занято: его только что заняли, или оно было занято в прошлые недели этого срока. Чтобы перенести"
            " занятие посреди года, закончите группу и заведите новую."
        ) from error
