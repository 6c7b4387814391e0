"""People who answer for a pupil."""

from datetime import date

from common.authorship import deed
from common.errors import Refused
from common.russian import date_short
from school.models import Pupil, Responsibility, Staff, User
from school.services.ending import must_go_on


@deed
def responsibility_add(
    *, by: User | None, pupil: Pupil, person: Staff, kind: str, starts: date | None
) -> Responsibility:
    """Let the person answer for the pupil, and so see them."""
    if person.school_id != pupil.school_id:
        raise Refused("Этот сотрудник из другой школы.")
    if Responsibility.objects.filter(pupil=pupil, person=person, kind=kind, ends__isnull=True).exists():
        raise Refused(f"{person.short_name} уже закреплён(а) за этим обучающимся.")
    return Responsibility.objects.create(pupil=pupil, person=person, kind=kind, starts=starts)


@deed
def responsibility_end(*, by: User | None, responsibility: Responsibility, ends: date) -> None:
    """The last day on which the person answers for the pupil. Raises `Refused` when it has one."""
    must_go_on(responsibility)
    if responsibility.starts is not None and ends < responsibility.starts:
        raise Refused(f"Закреплён с {date_short(responsibility.starts)}: последний день не может быть раньше.")
    responsibility.ends = ends
    responsibility.save(update_fields=["ends"])


@deed
def responsibility_delete(*, by: User | None, responsibility: Responsibility) -> None:
    """Take back what was written by mistake; history keeps it."""
    responsibility.delete()
