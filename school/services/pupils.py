"""Pupils: who they are, where they sit, who answers for them."""

from collections.abc import Callable
from datetime import date

from common.authorship import deed
from common.errors import Refused
from common.events import publish
from school.events import ContingentChanged
from school.models import Enrolment, Pupil, School, SchoolClass, SocialRecord, User
from school.seating import Seat, SeatChange, SeatRefused, leave, move
from school.services.dependents import must_be_unused
from school.services.guardians import guardian_drop_unused


@deed
def pupil_create(
    *, by: User | None, school: School, school_class: SchoolClass, starts: date, fields: dict[str, object]
) -> Pupil:
    """Enter a pupil who sits in the class from `starts`. `fields` are columns of `Pupil`."""
    pupil = Pupil.objects.create(school=school, **fields)
    Enrolment.objects.create(pupil=pupil, school_class=school_class, starts=starts)
    _announce(pupil)
    return pupil


@deed
def pupil_update(*, by: User | None, pupil: Pupil, fields: dict[str, object]) -> Pupil:
    """Correct who the pupil is."""
    for name, value in fields.items():
        setattr(pupil, name, value)
    pupil.save(update_fields=list(fields))
    _announce(pupil)
    return pupil


@deed
def pupil_delete(*, by: User | None, pupil: Pupil) -> None:
    """Remove a pupil entered by mistake. Raises `Refused` when anything but class and guardians refers to them."""
    school, pk = pupil.school, pupil.pk
    pupil.enrolments.all().delete()
    SocialRecord.objects.filter(pupil=pupil).delete()
    guardians = list(pupil.guardians.all())
    pupil.guardianships.all().delete()
    for guardian in guardians:
        guardian_drop_unused(by=by, guardian=guardian)
    must_be_unused(pupil, "Обучающегося удалить нельзя, можно отметить выбытие.")
    pupil.delete()
    publish(ContingentChanged(school, frozenset({pk})))


@deed
def pupil_move(*, by: User | None, pupil: Pupil, school_class: SchoolClass, day: date, reason: str) -> None:
    """The pupil sits in another class from `day` on; also takes in one who comes back. Raises `Refused`."""
    if not school_class.year.starts <= day <= school_class.year.ends:
        raise Refused(f"Класс {school_class} учится в {school_class.year}: дата вне этого года.")
    seats = _seats(pupil)
    if any(seat.covers(day) and seat.class_id == school_class.pk for seat in seats):
        raise Refused(f"В этот день обучающийся уже в классе {school_class}.")
    _write(pupil, _decided(lambda: move(seats, school_class.pk, day)), reason)


@deed
def pupil_leave(*, by: User | None, pupil: Pupil, last_day: date, reason: str) -> None:
    """The pupil leaves the school; `last_day` is the last in the class. Raises `Refused`."""
    change = _decided(lambda: leave(_seats(pupil), last_day))
    _write(pupil, change, "")
    Enrolment.objects.filter(pk__in=[seat.pk for seat in change.edited if seat.pk is not None]).update(reason=reason)


@deed
def enrolment_correct(*, by: User | None, enrolment: Enrolment, starts: date, ends: date | None, reason: str) -> None:
    """Correct the days of a seat that were written down wrong. Raises `Refused` when they meet another seat."""
    if ends is not None and ends < starts:
        raise Refused("Последний день раньше первого.")
    others = enrolment.pupil.enrolments.exclude(pk=enrolment.pk)
    for other in others.select_related("school_class"):
        seat = Seat(other.pk, other.school_class_id, other.starts, other.ends)
        if seat.covers(starts) or (starts <= other.starts and (ends is None or ends >= other.starts)):
            raise Refused(f"В эти дни обучающийся числится в классе {other.school_class}.")
    enrolment.starts, enrolment.ends, enrolment.reason = starts, ends, reason
    _go_on(enrolment)
    enrolment.save(update_fields=["starts", "ends", "reason", "outcome"])
    _announce(enrolment.pupil)


@deed
def enrolment_cancel(*, by: User | None, enrolment: Enrolment) -> None:
    """Take back the last move, as if it had not been: the class before goes on. Raises `Refused` for the only seat."""
    earlier = enrolment.pupil.enrolments.filter(starts__lt=enrolment.starts).order_by("-starts").first()
    if earlier is None:
        raise Refused("Это единственное зачисление: исправьте его дату или отметьте выбытие.")
    if enrolment.pupil.enrolments.filter(starts__gt=enrolment.starts).exists():
        raise Refused("После него есть более позднее зачисление: сначала отмените его.")
    ends = enrolment.ends
    enrolment.delete()
    earlier.ends = ends
    _go_on(earlier)
    earlier.save(update_fields=["ends", "outcome"])
    _announce(enrolment.pupil)


def _go_on(seat: Enrolment) -> None:
    """A seat without an end has not ended in any way."""
    if seat.ends is None:
        seat.outcome = ""


def _announce(pupil: Pupil) -> None:
    publish(ContingentChanged(pupil.school, frozenset({pupil.pk})))


def _seats(pupil: Pupil) -> list[Seat]:
    rows = Enrolment.objects.select_for_update().filter(pupil=pupil)
    return [Seat(row.pk, row.school_class_id, row.starts, row.ends) for row in rows]


def _decided(decide: Callable[[], SeatChange]) -> SeatChange:
    try:
        return decide()
    except SeatRefused as refusal:
        raise Refused(f"Не записано: {refusal.message}.") from refusal


def _write(pupil: Pupil, change: SeatChange, reason: str) -> None:
    for seat in change.edited:
        assert seat.pk is not None
        Enrolment.objects.filter(pk=seat.pk).update(school_class_id=seat.class_id, starts=seat.starts, ends=seat.ends)
    for seat in change.opened:
        Enrolment.objects.create(
            pupil=pupil, school_class_id=seat.class_id, starts=seat.starts, ends=seat.ends, reason=reason
        )
    _announce(pupil)
