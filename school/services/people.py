"""Guardians, restricted facts, and people who answer for a pupil."""

from datetime import date

from common.authorship import deed
from common.errors import Refused
from common.russian import date_short
from school.models import Guardian, Guardianship, Pupil, Responsibility, Staff, User
from school.services.dependents import total_by_words
from school.services.ending import must_go_on


@deed
def guardian_save(
    *, by: User | None, pupil: Pupil, tie: Guardianship | None, relation: str, fields: dict[str, str]
) -> Guardianship:
    """Enter a guardian of the pupil, or correct one. `fields` are names and contacts of `Guardian`."""
    guardian = tie.guardian if tie is not None else Guardian(school=pupil.school)
    for name, value in fields.items():
        setattr(guardian, name, value)
    guardian.save()
    row = tie or Guardianship(guardian=guardian, pupil=pupil)
    row.relation = relation
    row.save()
    return row


@deed
def guardian_share(*, by: User | None, pupil: Pupil, guardian: Guardian, relation: str) -> Guardianship:
    """A guardian whom the school knows already is this pupil's too: a brother's or sister's parent."""
    if guardian.school_id != pupil.school_id:
        raise Refused("Этот представитель из другой школы.")
    if pupil.guardianships.filter(guardian=guardian).exists():
        raise Refused(f"{guardian.full_name} уже записан(а) у этого обучающегося.")
    return Guardianship.objects.create(pupil=pupil, guardian=guardian, relation=relation)


@deed
def guardian_detach(*, by: User | None, tie: Guardianship) -> None:
    """The person is no longer this pupil's guardian; one who is nobody's is removed (history keeps them)."""
    guardian = tie.guardian
    tie.delete()
    guardian_drop_unused(by=by, guardian=guardian)


@deed
def guardian_drop_unused(*, by: User | None, guardian: Guardian) -> None:
    """Remove a guardian who is nobody's; one who signed a consent, or is named in any other record, remains."""
    if not total_by_words(Guardian, [guardian.pk]):
        guardian.delete()


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
