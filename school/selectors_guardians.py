"""Guardians of a pupil as pages show them: contacts, whom one may tell what, doubled records."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from common.names import name_key
from common.russian import date_short
from school.access import pupils_for
from school.guardian_words import ContactWay, Telling
from school.models import Guardian, Guardianship, HistoryEvent, Pupil, User
from school.permissions import can_see_social_record
from school.restricted import GUARDIANS
from school.selectors_history import Change, changes_in_words
from school.services.reading import log_reading

_CHANGES = 15


@dataclass(frozen=True)
class TellingWords:
    """What one guardian may be told on a day. `ground` is empty for those who do not read family facts."""

    telling: Telling
    ground: str = ""
    until: date | None = None

    @property
    def words(self) -> str:
        """«ничего: решение суда от 12.03.2026, до 01.06.2027»."""
        ground = f": {self.ground}" if self.ground else ""
        until = f", до {date_short(self.until)}" if self.until is not None else ""
        return f"{self.telling.label}{ground}{until}"


@dataclass(frozen=True)
class GuardianCard:
    """One guardian of the pupil. `children`: their other children whom the reader sees; `unseen`: how many not."""

    tie: Guardianship
    telling: TellingWords
    family: bool
    children: tuple[Pupil, ...]
    unseen: int
    doubles: tuple[Guardian, ...] = ()

    @property
    def guardian(self) -> Guardian:
        """The person."""
        return self.tie.guardian

    @property
    def told(self) -> bool:
        """Whether anything may be told."""
        return self.telling.telling != Telling.NONE

    @property
    def home(self) -> str:
        """«живёт с ребёнком», «живёт отдельно», empty where nobody said."""
        if self.tie.lives_with is None or not self.family:
            return ""
        return "живёт с ребёнком" if self.tie.lives_with else "живёт отдельно"

    @property
    def way(self) -> str:
        """«по телефону»; empty where nobody said."""
        return ContactWay(self.guardian.way).label if self.guardian.way else ""


def telling_words(user: User | None, pupil: Pupil, ties: Sequence[Guardianship]) -> dict[int, TellingWords]:
    """What each of the pupil's guardians may be told today, by the key of the guardian.

    That there is a limit is told to everybody who sees the pupil; its ground to those who read family facts, and
    the reading is logged.
    """
    today = pupil.school.today()
    found = {tie.guardian_id: tie.telling_on(today) for tie in ties}
    limited = any(one != Telling.ALL for one in found.values())
    reads = limited and user is not None and can_see_social_record(user, pupil)
    if reads and user is not None:
        log_reading(by=user, pupils=[pupil], what=GUARDIANS)
    return {
        tie.guardian_id: TellingWords(Telling.ALL)
        if found[tie.guardian_id] == Telling.ALL
        else TellingWords(found[tie.guardian_id], tie.telling_ground if reads else "", tie.telling_until)
        for tie in ties
    }


def guardian_cards(user: User, pupil: Pupil, *, joins: bool) -> list[GuardianCard]:
    """The guardians of a visible pupil; with possible doubles for whoever may join them."""
    ties = list(pupil.guardianships.select_related("guardian").order_by("guardian__sort_key", "pk"))
    told, family = telling_words(user, pupil, ties), can_see_social_record(user, pupil)
    others = _others(user, pupil, ties)
    doubles = _doubles(ties) if joins else {}
    return [
        GuardianCard(
            tie=tie,
            telling=told[tie.guardian_id],
            family=family,
            children=tuple(others.get(tie.guardian_id, ([], 0))[0]),
            unseen=others.get(tie.guardian_id, ([], 0))[1],
            doubles=tuple(doubles.get(tie.guardian_id, ())),
        )
        for tie in ties
    ]


def other_children(user: User, guardian: Guardian, pupil: Pupil) -> tuple[list[Pupil], int]:
    """The guardian's other children: those whom the reader sees, and how many more there are."""
    seen, total = list(pupils_for(user).filter(guardians=guardian).exclude(pk=pupil.pk)), guardian.pupils.count()
    return seen, total - 1 - len(seen)


def _others(user: User, pupil: Pupil, ties: Iterable[Guardianship]) -> dict[int, tuple[list[Pupil], int]]:
    keys = [tie.guardian_id for tie in ties]
    rows = Guardianship.objects.filter(guardian__in=keys).exclude(pupil=pupil).select_related("pupil")
    rows = rows.order_by("pupil__sort_key")
    seen = set(pupils_for(user).filter(guardians__in=keys).values_list("pk", flat=True))
    found: dict[int, tuple[list[Pupil], int]] = {}
    for row in rows:
        shown, hidden = found.get(row.guardian_id, ([], 0))
        if row.pupil_id in seen:
            found[row.guardian_id] = ([*shown, row.pupil], hidden)
        else:
            found[row.guardian_id] = (shown, hidden + 1)
    return found


def _doubles(ties: Sequence[Guardianship]) -> dict[int, list[Guardian]]:
    """Other records of the school under the same whole name: perhaps the same person, perhaps a namesake."""
    named = {(tie.guardian.sort_key): tie.guardian for tie in ties}
    if not named:
        return {}
    own = [tie.guardian_id for tie in ties]
    school = ties[0].guardian.school_id
    rows = Guardian.objects.filter(school=school, sort_key__in=list(named)).exclude(pk__in=own)
    found: dict[int, list[Guardian]] = {}
    for row in rows.prefetch_related("pupils"):
        found.setdefault(named[row.sort_key].pk, []).append(row)
    within = [tie.guardian for tie in ties]
    for one in within:  # the same person twice at one child
        found.setdefault(one.pk, []).extend(
            other for other in within if other.pk > one.pk and name_key(other.full_name) == name_key(one.full_name)
        )
    return found


def guardian_changes(pupil: Pupil, ties: Iterable[Guardianship]) -> list[Change]:
    """What was changed about the pupil's guardians, the newest first."""
    people = [str(tie.guardian_id) for tie in ties]
    of_people = Q(table=Guardian._meta.db_table, row_id__in=people, pupil__isnull=True)
    of_ties = Q(table=Guardianship._meta.db_table, pupil=pupil)
    events = HistoryEvent.objects.filter(of_people | of_ties).select_related("user__staff").order_by("-pk")
    return changes_in_words(events[:_CHANGES])


def told_guardians(pupil: Pupil) -> list[Guardian]:
    """The pupil's guardians who may be told something of them today; one query."""
    today = pupil.school.today()
    ties = pupil.guardianships.select_related("guardian").order_by("relation", "pk")
    return [tie.guardian for tie in ties if tie.telling_on(today) != Telling.NONE]


def addressees_of(pupils: Sequence[Pupil]) -> dict[int, Guardian]:
    """To whom a paper of a class is addressed by name: where some guardian may be told nothing, the first who may.

    Pupils without such a limit are left out: their paper is for both parents. One query.
    """
    if not pupils:
        return {}
    today = pupils[0].school.today()
    rows = Guardianship.objects.filter(pupil__in=[one.pk for one in pupils]).select_related("guardian")
    of_pupil: dict[int, list[Guardianship]] = {}
    for tie in rows.order_by("relation", "pk"):
        of_pupil.setdefault(tie.pupil_id, []).append(tie)
    found = {}
    for key, ties in of_pupil.items():
        told = [tie.guardian for tie in ties if tie.telling_on(today) != Telling.NONE]
        if told and len(told) < len(ties):
            found[key] = told[0]
    return found


def interpreters_for(pupils: Iterable[int]) -> QuerySet[Guardianship]:
    """Guardians of the pupils who need an interpreter and may be told something of them today or on another day."""
    rows = Guardianship.objects.filter(pupil__in=list(pupils), guardian__interpreter=True)
    return rows.select_related("guardian").order_by("guardian__sort_key", "pk")


def interpreter_words(pupil: Pupil) -> list[str]:
    """«Каримова Зухра Акмаловна, язык: узбекский» of each guardian of the pupil who needs an interpreter; one query."""
    today = pupil.school.today()
    return [
        tie.guardian.full_name + (f", язык: {tie.guardian.language}" if tie.guardian.language else "")
        for tie in interpreters_for([pupil.pk])
        if tie.telling_on(today) != Telling.NONE
    ]
