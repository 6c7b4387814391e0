"""Reads of consents: one pupil's, and who of a class lacks which."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from school.access import access_of
from school.consent_papers import Paper, papers_of
from school.models import Consent, Pupil, User
from school.permissions import social_pupils_for
from school.purposes import TERMS, Purpose
from school.selectors_pupils import with_seats


def consent_for(pupil: Pupil | int, purpose: Purpose, day: date) -> Consent | None:
    """The consent for this purpose in force on that day, or None."""
    return Consent.objects.in_force(day).filter(pupil=pupil, purpose=purpose).first()


def purposes_in_force(pupil: Pupil, day: date) -> set[str]:
    """For which purposes there is a consent on that day."""
    return set(Consent.objects.in_force(day).filter(pupil=pupil).values_list("purpose", flat=True))


@dataclass(frozen=True)
class PurposeLine:
    """One purpose on a pupil's page: what is in force today, and what was."""

    purpose: Purpose
    now: Consent | None
    past: tuple[Consent, ...]
    papers: Mapping[int, Paper] = field(default_factory=dict)

    @property
    def paper(self) -> Paper | None:
        """The scan of what is in force."""
        return self.papers.get(self.now.pk) if self.now is not None else None

    @property
    def former(self) -> list[tuple[Consent, Paper | None]]:
        """What was, each with its scan."""
        return [(row, self.papers.get(row.pk)) for row in self.past]


def consents_of(pupil: Pupil, today: date) -> list[PurposeLine]:
    """All purposes of the pupil, whoever may open the page; two queries."""
    rows = list(pupil.consents.select_related("guardian", "recorded_by__staff", "pupil"))
    papers = papers_of(row.pk for row in rows)
    return [_line(purpose, [row for row in rows if row.purpose == purpose], today, papers) for purpose in Purpose]


def _line(purpose: Purpose, rows: Sequence[Consent], today: date, papers: Mapping[int, Paper]) -> PurposeLine:
    now = next((row for row in rows if row.is_in_force(today)), None)
    return PurposeLine(purpose, now, tuple(row for row in rows if row is not now), papers)


@dataclass(frozen=True)
class Standing:
    """How one purpose stands with one pupil: `consent` is in force today, or the last one that was, or None."""

    purpose: Purpose
    given: bool
    consent: Consent | None
    scanned: bool = False

    @property
    def title(self) -> str:
        """«здоровье»."""
        return TERMS[self.purpose].short

    @property
    def words(self) -> str:
        """«есть с 02.09.2026, без скана», «отозвано с 10.11.2026», «срок вышел 31.08.2026», «нет»."""
        row = self.consent
        if row is None:
            return "нет"
        if self.given:
            until = f" по {row.valid_until:%d.%m.%Y}" if row.valid_until else ""
            scan = "" if self.scanned else ", без скана"
            return f"есть с {row.given_on:%d.%m.%Y}{until}{scan}"
        if row.withdrawn_on is not None:
            return f"отозвано с {row.withdrawn_on:%d.%m.%Y}"
        return f"срок вышел {row.valid_until:%d.%m.%Y}" if row.valid_until else "нет"


@dataclass(frozen=True)
class ConsentRow:
    """A line of the list: a pupil, the class, and each purpose in its order."""

    pupil: Pupil
    school_class: str
    standings: tuple[Standing, ...]


def pupils_for_consents(user: User, *, school_class: str = "", missing: str = "") -> QuerySet[Pupil]:
    """Present pupils whose consents the person keeps, by class and name; `missing` is a purpose they lack today."""
    today = access_of(user).today or date.min
    rows = with_seats(social_pupils_for(user), today).filter(enrolled=True)
    if school_class:
        rows = rows.filter(seat_class=int(school_class)) if school_class.isdecimal() else rows.none()
    if missing in Purpose.values:
        rows = rows.exclude(pk__in=Consent.objects.in_force(today).filter(purpose=missing).values("pupil"))
    return rows.order_by("seat_grade", "seat_letter", "sort_key", "pk")


def consent_rows(user: User, pupils: Sequence[Pupil]) -> list[ConsentRow]:
    """The pupils of `pupils_for_consents` (all, or a page of them) with what stands for each; two queries."""
    today = access_of(user).today or date.min
    found: dict[int, list[Consent]] = {pupil.pk: [] for pupil in pupils}
    for row in Consent.objects.filter(pupil__in=found).order_by("given_on", "pk"):
        found[row.pupil_id].append(row)
    papers = papers_of(row.pk for rows in found.values() for row in rows)
    return [
        ConsentRow(
            pupil, str(getattr(pupil, "seat_title", "") or ""), tuple(_standings(found[pupil.pk], today, papers))
        )
        for pupil in pupils
    ]


def _standings(rows: Sequence[Consent], today: date, papers: Mapping[int, Paper]) -> list[Standing]:
    told = []
    for purpose in Purpose:
        mine = [row for row in rows if row.purpose == purpose and row.given_on <= today]
        now = next((row for row in mine if row.is_in_force(today)), None)
        shown = now or (mine[-1] if mine else None)
        told.append(Standing(purpose, now is not None, shown, shown is not None and shown.pk in papers))
    return told
