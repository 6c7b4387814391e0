"""Guardians: entered, corrected, shared by brothers and sisters, taken away, two records of one person made one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import ForeignKey, ForeignObjectRel

from common.authorship import deed
from common.errors import Refused
from common.names import name_key
from school.guardian_words import Telling
from school.models import Guardian, Guardianship, Pupil, User
from school.services.dependents import total_by_words

# What files bring too: a value that a person wrote is not written over.
BROUGHT = ("phone", "email")


@dataclass(frozen=True)
class Family:
    """Where the child lives and what the guardian may be told: for those who read family facts."""

    lives_with: bool | None = None
    telling: str = Telling.ALL
    telling_ground: str = ""
    telling_from: date | None = None
    telling_until: date | None = None


@deed
def guardian_save(
    *,
    by: User | None,
    pupil: Pupil,
    tie: Guardianship | None,
    relation: str,
    fields: Mapping[str, Any],
    family: Family | None = None,
) -> Guardianship:
    """Enter a guardian of the pupil, or correct one. `fields` are columns of `Guardian`; without `family` it stays.

    What a person wrote of telephone and e-mail is kept by later files, and the former name is still recognised.
    Raises `Refused` for a limit of what may be told without its ground, and for days out of order.
    """
    guardian = _locked(tie.guardian) if tie is not None else Guardian(school=pupil.school)
    before = guardian.full_name
    _write(guardian, fields)
    if tie is not None and name_key(before) != name_key(guardian.full_name):
        guardian.also_named = _with(guardian.also_named, before)
    guardian.save()
    row = Guardianship.objects.get(pk=tie.pk) if tie is not None else Guardianship(guardian=guardian, pupil=pupil)
    row.relation = relation
    if family is not None:
        _tell(row, family)
    row.save()
    _wanted_again(pupil, guardian)
    return row


def _locked(guardian: Guardian) -> Guardian:
    return Guardian.objects.select_for_update().get(pk=guardian.pk)


def _write(guardian: Guardian, fields: Mapping[str, Any]) -> None:
    changed = {name for name in BROUGHT if name in fields and fields[name] != getattr(guardian, name)}
    for name, value in fields.items():
        setattr(guardian, name, value)
    guardian.by_hand = sorted({*guardian.by_hand, *changed})


def _with(names: list[str], name: str) -> list[str]:
    return names if name in names else [*names, name]


def _tell(row: Guardianship, family: Family) -> None:
    telling, ground = Telling(family.telling), family.telling_ground.strip()
    if telling == Telling.ALL:
        row.telling, row.telling_ground, row.telling_from, row.telling_until = telling, "", None, None
    else:
        if not ground:
            raise Refused("Напишите основание: решение суда и его дата, постановление, заявление.")
        if family.telling_from and family.telling_until and family.telling_from > family.telling_until:
            raise Refused("Последний день ограничения раньше первого.")
        row.telling, row.telling_ground = telling, ground
        row.telling_from, row.telling_until = family.telling_from, family.telling_until
    row.lives_with = family.lives_with


def _wanted_again(pupil: Pupil, guardian: Guardian) -> None:
    """Entered by a person anew: files may bring this name again."""
    names = {name_key(one) for one in (guardian.full_name, *guardian.also_named)}
    kept = [one for one in pupil.detached if name_key(one) not in names]
    if kept != pupil.detached:
        pupil.detached = kept
        pupil.save(update_fields=["detached"])


@deed
def guardian_share(*, by: User | None, pupil: Pupil, guardian: Guardian, relation: str) -> Guardianship:
    """A guardian whom the school knows already is this pupil's too: a brother's or sister's parent."""
    if guardian.school_id != pupil.school_id:
        raise Refused("Этот представитель из другой школы.")
    if pupil.guardianships.filter(guardian=guardian).exists():
        raise Refused(f"{guardian.full_name} уже записан(а) у этого обучающегося.")
    _wanted_again(pupil, guardian)
    return Guardianship.objects.create(pupil=pupil, guardian=guardian, relation=relation)


@deed
def guardian_detach(*, by: User | None, tie: Guardianship) -> None:
    """The person is no longer this pupil's guardian, and no file makes them one again.

    One who is nobody's is removed (history keeps them).
    """
    guardian, pupil = tie.guardian, Pupil.objects.select_for_update(no_key=True).get(pk=tie.pupil_id)
    for name in (guardian.full_name, *guardian.also_named):
        pupil.detached = _with(pupil.detached, name)
    pupil.save(update_fields=["detached"])
    tie.delete()
    guardian_drop_unused(by=by, guardian=guardian)


@deed
def guardian_drop_unused(*, by: User | None, guardian: Guardian) -> None:
    """Remove a guardian who is nobody's; one who signed a consent, or is named in any other record, remains."""
    if not total_by_words(Guardian, [guardian.pk]):
        guardian.delete()


@deed
def guardians_merge(*, by: User | None, kept: Guardian, double: Guardian) -> Guardian:
    """Two records are one person: everything that names the double names the kept one, then the double goes.

    Contacts of the double are kept as further ones; where both are guardians of one child, the stricter limit of what
    may be told stays. Raises `Refused` for people of different schools, and when both stand in one record.
    """
    if kept.pk == double.pk or kept.school_id != double.school_id:
        raise Refused("Объединить можно две записи одной школы.")
    rows = {row.pk: row for row in Guardian.objects.select_for_update().filter(pk__in=[kept.pk, double.pk])}
    if len(rows) != 2:  # somebody was quicker
        raise Refused("Одной из записей уже нет: обновите страницу.")
    stays, goes = rows[kept.pk], rows[double.pk]
    _join_ties(stays, goes)
    _point_to(stays, goes)
    more = [value for value in (goes.phone, goes.email, *goes.more_contacts) if value]
    known = {stays.phone, stays.email, *stays.more_contacts}
    stays.more_contacts = [*stays.more_contacts, *(one for one in dict.fromkeys(more) if one not in known)]
    stays.way, stays.language = stays.way or goes.way, stays.language or goes.language
    stays.interpreter = stays.interpreter or goes.interpreter
    for name in (goes.full_name, *goes.also_named):
        if name != stays.full_name:
            stays.also_named = _with(stays.also_named, name)
    goes.delete()
    stays.by_hand = list(BROUGHT)
    stays.save()
    return stays


_STRICT = (Telling.ALL, Telling.SCHOOL, Telling.NONE)


def _join_ties(stays: Guardian, goes: Guardian) -> None:
    """Of a child whose guardian is written twice: one tie, with the stricter limit."""
    own = {row.pupil_id: row for row in stays.guardianships.all()}
    for tie in goes.guardianships.all():
        known = own.get(tie.pupil_id)
        if known is None:
            continue
        if _STRICT.index(Telling(tie.telling)) > _STRICT.index(Telling(known.telling)):
            known.telling, known.telling_ground = tie.telling, tie.telling_ground
            known.telling_from, known.telling_until = tie.telling_from, tie.telling_until
        if known.lives_with is None:
            known.lives_with = tie.lives_with
        if known.relation == Guardianship.Relation.OTHER:
            known.relation = tie.relation
        tie.delete()
        known.save()


def _point_to(stays: Guardian, goes: Guardian) -> None:
    try:
        with transaction.atomic():
            for relation in Guardian._meta.get_fields(include_hidden=True):
                if isinstance(relation, ForeignObjectRel) and isinstance(relation.field, ForeignKey):
                    name = relation.field.name
                    rows: Any = relation.related_model._default_manager
                    rows.filter(**{name: goes}).update(**{name: stays})
    except IntegrityError:
        raise Refused("Обе записи стоят в одном документе: уберите одну из них там и повторите.") from None
