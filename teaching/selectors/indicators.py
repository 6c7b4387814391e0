"""Indicators P01, P02, P04 and what visits tell of P05–P08: shares of pedagogical workers with the facts behind each.

Source: паспорт программы, показатели 1, 2, 4–8. The denominator is everybody who works as a pedagogue on the day
(`teaching.permissions.pedagogical_workers`). People stand by name: nobody is ranked.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate

from common.russian import date_short, percent
from school.models import AcademicYear, School, Staff
from teaching.models import CommunityMember, LessonVisit, Practice, SetValue, Training
from teaching.permissions import pedagogical_workers
from teaching.rules.evidence import SEEN_BY_VISITS, Code, practice_counts, proving, training_counts, visit_proves
from teaching.rules.passport import PASSPORT, Passport
from teaching.words import RecordState


@dataclass(frozen=True)
class Ground:
    """One fact: what, of which day, where it opens; `why` says why it does not count, empty when it does."""

    text: str
    url: str
    on: date
    why: str = ""

    @property
    def counts(self) -> bool:
        """Whether it makes its person count."""
        return not self.why


@dataclass(frozen=True)
class PersonGrounds:
    """A pedagogical worker with the facts about them, those that count first."""

    staff: Staff
    grounds: tuple[Ground, ...]

    @property
    def counts(self) -> bool:
        """Whether any fact counts."""
        return any(one.counts for one in self.grounds)


@dataclass(frozen=True)
class StaffShare:
    """An indicator on a day: everybody of the denominator by name; `since` is the first day of facts, None for any.

    `value` is what a person has set, for P05–P08 alone: visits are evidence, the value is theirs.
    """

    code: Code
    on: date
    since: date | None
    people: tuple[PersonGrounds, ...]
    value: SetValue | None = None

    @property
    def counted(self) -> tuple[PersonGrounds, ...]:
        """The numerator."""
        return tuple(one for one in self.people if one.counts)

    @property
    def number(self) -> int:
        """How many count."""
        return len(self.counted)

    @property
    def of(self) -> int:
        """The denominator."""
        return len(self.people)

    @property
    def words(self) -> str:
        """«41,7 %»; of nobody there is no share."""
        return percent(self.number, self.of) if self.of else "нет педагогов"

    @property
    def by_visits(self) -> bool:
        """Whether a person sets the value."""
        return self.code in SEEN_BY_VISITS

    @property
    def passport(self) -> Passport:
        """What the program's passport says beside the formula."""
        return PASSPORT[self.code]


Facts = dict[int, list[Ground]]


def staff_shares(
    school: School, on: date, year: AcademicYear | None, *, since: date | None = None
) -> dict[Code, StaffShare]:
    """All seven on a day; `year` bounds visits and values, `since` (the program's first day) trainings. Six queries."""
    people = list(pedagogical_workers(school, on))
    visits = _visits(school, on, year)
    facts: dict[Code, Facts] = {
        Code.P01: _trainings(school, on, since),
        Code.P02: _communities(school, on),
        Code.P04: _practices(school, on),
        **{code: _seen(code, visits) for code in SEEN_BY_VISITS},
    }
    values = _values(year)
    begins = {Code.P01: since, **dict.fromkeys(SEEN_BY_VISITS, year.starts if year else None)}
    return {
        code: StaffShare(code, on, begins.get(code), _people(people, facts[code]), values.get(code)) for code in Code
    }


def _people(people: Iterable[Staff], facts: Facts) -> tuple[PersonGrounds, ...]:
    found = []
    for one in people:
        grounds = sorted(facts.get(one.pk, []), key=lambda ground: (not ground.counts, -ground.on.toordinal()))
        found.append(PersonGrounds(one, tuple(grounds)))
    return tuple(found)


def _unconfirmed(state: str) -> str:
    return "" if state == RecordState.CONFIRMED else RecordState(state).label.lower()


def _trainings(school: School, on: date, since: date | None) -> Facts:
    facts: Facts = defaultdict(list)
    for row in Training.objects.filter(school=school, removed_at__isnull=True, starts__lte=on):
        verdict = training_counts(row.topics, row.ends, on, since)
        why = verdict.why or _unconfirmed(row.state)
        url = reverse("teaching:training", args=[row.pk])
        facts[row.staff_id].append(Ground(row.title, url, row.ends or row.starts, why))
    return facts


def _communities(school: School, on: date) -> Facts:
    """Members of communities that act on the day."""
    facts: Facts = defaultdict(list)
    acts = Q(community__starts__lte=on) & (Q(community__ends__isnull=True) | Q(community__ends__gte=on))
    there = Q(starts__lte=on) & (Q(ends__isnull=True) | Q(ends__gt=on))
    rows = CommunityMember.objects.filter(acts, there, school=school, removed_at__isnull=True)
    for row in rows.filter(community__removed_at__isnull=True).select_related("community"):
        url = reverse("teaching:community", args=[row.community_id])
        text = f"{row.community.get_kind_display()}: {row.community.title}"
        facts[row.staff_id].append(Ground(text, url, row.starts, _unconfirmed(row.community.state)))
    return facts


def _practices(school: School, on: date) -> Facts:
    facts: Facts = defaultdict(list)
    for row in Practice.objects.filter(school=school, removed_at__isnull=True):
        entered = localdate(row.at)
        verdict = practice_counts(row.topics, entered, on)
        ground = Ground(
            row.title,
            reverse("teaching:practice", args=[row.pk]),
            entered,
            verdict.why or _unconfirmed(row.state),
        )
        for key in (row.staff_id, row.coauthor_id):
            if key is not None:
                facts[key].append(ground)
    return facts


def _visits(school: School, on: date, year: AcademicYear | None) -> list[LessonVisit]:
    if year is None:
        return []
    rows = LessonVisit.objects.filter(school=school, removed_at__isnull=True, on__range=(year.starts, on))
    return list(rows.select_related("subject"))


def _seen(code: Code, visits: Iterable[LessonVisit]) -> Facts:
    facts: Facts = defaultdict(list)
    for row in visits:
        verdict = visit_proves(code, row.technologies, row.weak)
        what = ", ".join(proving(code, row.technologies)) or str(row.subject or "урок")
        text = f"Урок {date_short(row.on)}: {what}"
        facts[row.staff_id].append(Ground(text, reverse("teaching:visit", args=[row.pk]), row.on, verdict.why))
    return facts


def _values(year: AcademicYear | None) -> dict[str, SetValue]:
    if year is None:
        return {}
    rows = SetValue.objects.filter(year=year, removed_at__isnull=True).select_related("by__staff")
    return {row.code: row for row in rows}
