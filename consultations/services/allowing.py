"""What a meeting with a child rests on: the consent of the parents, or recorded grounds of an urgent one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from common.authorship import deed
from common.errors import Refused
from common.russian import date_short
from consultations.models import Appointment, UrgentGrounds
from consultations.words import WITHOUT_CHILD, MeetingKind, UrgentGround
from school.models import Consent, Pupil, User
from school.purposes import Purpose

_WORDS = 1000


@dataclass(frozen=True, slots=True)
class Urgent:
    """Why a pupil is met without a consent: a ground (`words.UrgentGround`) and circumstances that never print."""

    ground: str
    words: str = field(repr=False)


class ConsentsMissing(Refused):
    """No meeting without the papers. `pupils` are those without one in force on the day."""

    def __init__(self, pupils: Sequence[Pupil], day: date) -> None:
        names = ", ".join(pupil.list_name for pupil in pupils)
        super().__init__(
            f"Нет согласия на психолого-педагогическую помощь на {date_short(day)}: {names}. Встреча не записана, "
            "введённое осталось в форме. Распечатайте бланк и запишите подписанное согласие — ссылки на этой странице."
        )
        self.pupils = tuple(pupils)


def consents_needed(kind: str, present: Sequence[Pupil], day: date, urgent: Urgent | None) -> dict[int, int]:
    """Pupil → consent in force on the day. Raises `ConsentsMissing`, unless the meeting is urgent. One query.

    A pupil of age signs alone: who may sign is checked where consents are recorded. 273-ФЗ, ст. 42, ч. 3.
    """
    if urgent is not None:
        _check(kind, present, urgent)
    if kind in WITHOUT_CHILD:
        return {}
    rows = Consent.objects.in_force(day).filter(pupil__in=present, purpose=Purpose.PSYCHOLOGICAL_HELP)
    found = dict(rows.values_list("pupil", "pk"))
    missing = [pupil for pupil in present if pupil.pk not in found]
    if missing and urgent is None:
        raise ConsentsMissing(missing, day)
    return found


def _check(kind: str, present: Sequence[Pupil], urgent: Urgent) -> None:
    if kind != MeetingKind.INDIVIDUAL or len(present) != 1:
        raise Refused("Срочная встреча без согласия — индивидуальная, с одним обучающимся.")
    UrgentGround(urgent.ground)
    if not urgent.words.strip():
        raise Refused("Срочная встреча без согласия: опишите обстоятельства, без них её не записать.")


def urgent_record(*, by: User, meeting: Appointment, urgent: Urgent) -> UrgentGrounds:
    """The grounds of a meeting that has just been booked."""
    return UrgentGrounds.objects.create(
        appointment=meeting,
        ground=UrgentGround(urgent.ground),
        words=urgent.words.strip()[:_WORDS],
        by=by,
        at=meeting.school.now(),
    )


@deed
def urgent_note(*, by: User, urgent: UrgentGrounds) -> UrgentGrounds:
    """The head of the service has taken note of it. Raises `Refused` the second time."""
    row = UrgentGrounds.objects.select_for_update().get(pk=urgent.pk)
    if row.seen_at is not None:
        raise Refused("Эта срочная встреча уже принята к сведению.")
    row.seen_by, row.seen_at = by, urgent.appointment.school.now()
    row.save(update_fields=["seen_by", "seen_at"])
    return row
