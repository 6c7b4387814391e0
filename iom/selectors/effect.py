"""Did it help: by form of work, subject or cause, what came of those with whom there was work, beside those without.

What is compared and how is `iom.rules.effect`. A pupil's work in a subject begins with the first entry of the journal
in the year; the category is that of the registry's entry of the period in which it began, or of the one before. Pupils
of the registry without work in the subject stand beside them, on the middle day of the others' beginnings.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median_low

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Min, Q

from gradebook.selectors_around import Around, means_around
from iom.models import Gap, WorkEntryPupil
from iom.rules.effect import LEAST_MARKS, WEEKS, Course, Effect, comparable, effect_of
from iom.words import GapState, RouteKind
from iom.work_words import WorkWay
from risk_registry.categories import Word
from risk_registry.causes import KINDS
from risk_registry.models import EntryCause, RegistryEntry
from risk_registry.selectors.registry import OUT
from school.models import AcademicYear, Period, Subject


class By(Word):
    """What the work is divided by."""

    FORM = "form", "По форме работы"
    SUBJECT = "subject", "По предмету"
    CAUSE = "cause", "По причине"


@dataclass(frozen=True)
class Begun:
    """Work with a pupil in a subject: its forms, the first day of each."""

    pupil: int
    subject: int
    forms: Mapping[str, date]

    @property
    def day(self) -> date:
        """When it began."""
        return min(self.forms.values())


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    part: int
    of: int


@dataclass(frozen=True)
class Line:
    """One form, subject or cause: who was worked with, how many left the registry, gaps closed in time, the effect."""

    key: str
    name: str
    pupils: tuple[int, ...]
    left: Share
    in_time: Share
    effect: Effect


@dataclass(frozen=True)
class GapTold:
    """A gap whose time has come; `in_time`: closed by its day."""

    key: int
    pupil: int
    subject: int | None
    forms: frozenset[str]
    in_time: bool


class Categories:
    """Whose category was which: of the entry of the period that the day falls into, else of the one before."""

    def __init__(self, entries: Iterable[RegistryEntry], periods: Sequence[Period]) -> None:
        self._periods = periods
        self._words = {(entry.pupil_id, entry.period_id): entry.category for entry in entries}
        self.pupils = sorted({pupil for pupil, _ in self._words})

    def of(self, pupil: int, day: date) -> str:
        """Empty for whoever is not in the registry."""
        begun = [period.pk for period in self._periods if period.starts <= day][-2:]
        return next((word for one in reversed(begun) if (word := self._words.get((pupil, one), ""))), "")


@dataclass(frozen=True)
class Facts:
    """Everything of a year that the lines are counted from."""

    begun: Sequence[Begun]
    around: Mapping[tuple[int, int, date], Around]
    compared: Sequence[tuple[int, int, date]]
    categories: Categories
    left: Mapping[int, bool]
    gaps: Sequence[GapTold]
    causes: Mapping[int, frozenset[str]]
    subjects: Mapping[int, str]

    def course(self, pupil: int, subject: int, day: date, *, worked: bool) -> Course | None:
        """None where a category or marks are lacking."""
        found, category = self.around.get((pupil, subject, day)), self.categories.of(pupil, day)
        if found is None or not category:
            return None
        return Course(pupil, (subject, category), worked, found.before, found.after, found.level)


def effect_facts(year: AcademicYear, today: date) -> Facts:
    """Of the whole school: the answer names nobody. Seven queries, whatever the number of pupils."""
    entries = _entries(year)
    periods = sorted({entry.period for entry in entries}, key=lambda period: period.starts)
    begun = _begun(year)
    categories = Categories(entries, periods)
    compared = _compared(begun, categories)
    worked = [(one.pupil, one.subject, day) for one in begun for day in {*one.forms.values()}]
    around = means_around(year.school, worked + compared, span=timedelta(weeks=WEEKS), least=LEAST_MARKS)
    return Facts(
        begun=begun,
        around={(row.pupil, row.subject, row.day): row for row in around},
        compared=compared,
        categories=categories,
        left=_left(entries, periods, {one.pupil: one.day for one in reversed(begun)}),
        gaps=_gaps(year, today),
        causes=_causes(year),
        subjects=dict(Subject.objects.filter(school=year.school).values_list("pk", "name")),
    )


def effect_lines(facts: Facts, by: By) -> list[Line]:
    """A line for each form, subject or cause with work; in the order of the catalogue or by name. No query."""
    return [_line(facts, key, name, by) for key, name in _keys(facts, by)]


def _keys(facts: Facts, by: By) -> list[tuple[str, str]]:
    if by == By.FORM:
        used = {form for one in facts.begun for form in one.forms}
        return [(way.value, way.label) for way in WorkWay if way in used] + ([("", "Не указана")] if "" in used else [])
    if by == By.SUBJECT:
        return sorted(((str(key), facts.subjects[key]) for key in {one.subject for one in facts.begun}), key=_name)
    used = {code for one in facts.begun for code in facts.causes.get(one.pupil, ())}
    return [(code, kind.name) for code, kind in KINDS.items() if code in used]


def _name(pair: tuple[str, str]) -> str:
    return pair[1]


def _line(facts: Facts, key: str, name: str, by: By) -> Line:
    pupils = {pupil for pupil, _, _ in chosen_of(facts, key, by)}
    left = [facts.left[pupil] for pupil in pupils if pupil in facts.left]
    in_time = [gap.in_time for gap in gaps_of(facts, key, by)]
    return Line(
        key=key,
        name=name,
        pupils=tuple(sorted(pupils)),
        left=Share(sum(left), len(left)),
        in_time=Share(sum(in_time), len(in_time)),
        effect=effect_of(_courses(facts, key, by)),
    )


def _courses(facts: Facts, key: str, by: By) -> list[Course]:
    courses = [facts.course(*one, worked=True) for one in chosen_of(facts, key, by)]
    courses += [facts.course(*one, worked=False) for one in facts.compared]
    return [course for course in courses if course is not None]


def compared_of(facts: Facts, key: str, by: By) -> list[tuple[int, int, date]]:
    """Pupil, subject and day of those who stand beside a line without such work."""
    beside = {(course.pupil, course.stratum) for course in comparable(_courses(facts, key, by)) if not course.worked}
    days = [(*one, facts.categories.of(one[0], one[2])) for one in facts.compared]
    return [(pupil, subject, day) for pupil, subject, day, word in days if (pupil, (subject, word)) in beside]


def gaps_of(facts: Facts, key: str, by: By) -> list[GapTold]:
    """Gaps of a line whose time has come."""
    return [gap for gap in facts.gaps if _is_of(facts, gap, key, by)]


def chosen_of(facts: Facts, key: str, by: By) -> list[tuple[int, int, date]]:
    """Pupil, subject and the day on which this work began."""
    if by == By.FORM:
        return [(one.pupil, one.subject, one.forms[key]) for one in facts.begun if key in one.forms]
    if by == By.SUBJECT:
        return [(one.pupil, one.subject, one.day) for one in facts.begun if str(one.subject) == key]
    return [(one.pupil, one.subject, one.day) for one in facts.begun if key in facts.causes.get(one.pupil, ())]


def _is_of(facts: Facts, gap: GapTold, key: str, by: By) -> bool:
    if by == By.FORM:
        return key in gap.forms
    if by == By.SUBJECT:
        return str(gap.subject) == key
    return key in facts.causes.get(gap.pupil, ())


def _begun(year: AcademicYear) -> list[Begun]:
    """By the first day."""
    rows = WorkEntryPupil.objects.filter(
        entry__year=year, entry__withdrawn_at__isnull=True, entry__subject__isnull=False
    )
    found: dict[tuple[int, int], dict[str, date]] = defaultdict(dict)
    told = rows.order_by().values_list("pupil", "entry__subject", "entry__form").annotate(first=Min("entry__on"))
    for pupil, subject, form, first in told:
        found[pupil, subject][form] = first
    begun = [Begun(pupil, subject, forms) for (pupil, subject), forms in found.items()]
    return sorted(begun, key=lambda one: (one.day, one.pupil, one.subject))


def _entries(year: AcademicYear) -> list[RegistryEntry]:
    rows = RegistryEntry.objects.filter(period__year=year).select_related("period")
    return list(rows.only("pupil", "category", "state", "period__starts", "period__ends", "period__number"))


def _compared(begun: Sequence[Begun], categories: Categories) -> list[tuple[int, int, date]]:
    """Pupils of the registry without work in a subject where others had it, on the middle day of the others."""
    days: dict[tuple[int, str], list[date]] = defaultdict(list)
    for one in begun:
        days[one.subject, categories.of(one.pupil, one.day)].append(one.day)
    helped = {(one.pupil, one.subject) for one in begun}
    found = []
    for (subject, category), own in days.items():
        day = median_low(own)
        alike = (pupil for pupil in categories.pupils if category and categories.of(pupil, day) == category)
        found += [(pupil, subject, day) for pupil in alike if (pupil, subject) not in helped]
    return found


def _left(entries: Iterable[RegistryEntry], periods: Sequence[Period], began: Mapping[int, date]) -> dict[int, bool]:
    """Of pupils with whom work began while they stood in the registry: whether they stand there no more.

    Told by the last period that has entries; while the period of the beginning goes on nobody has left, but for those
    whom the school has removed: the others are not in the answer.
    """
    standing = {(entry.pupil_id, entry.period_id): entry.state not in OUT for entry in entries}
    found = {}
    for pupil, day in began.items():
        then = next((p for p in reversed(periods) if p.starts <= day and (pupil, p.pk) in standing), None)
        if then is None:
            continue
        last = periods[-1]
        if last != then or not standing[pupil, then.pk]:
            found[pupil] = not standing.get((pupil, last.pk), False)
    return found


def _gaps(year: AcademicYear, today: date) -> list[GapTold]:
    """Gaps whose time has come: closed ones, and open ones past their day. Those of special needs are left out."""
    rows = Gap.objects.filter(Q(state=GapState.CLOSED) | Q(state=GapState.OPEN, due__lt=today), route__year=year)
    told = rows.exclude(route__kind=RouteKind.NEEDS).filter(pupil__isnull=False).order_by()
    forms = ArrayAgg("works__entry__form", filter=Q(works__entry__withdrawn_at__isnull=True), distinct=True, default=[])
    columns = ("pk", "pupil", "part__subject", "due", "closed_by__on")
    return [
        GapTold(key, pupil, subject, frozenset(used), closed is not None and closed <= due)
        for key, pupil, subject, due, closed, used in told.values_list(*columns).annotate(used=forms)
    ]


def _causes(year: AcademicYear) -> dict[int, frozenset[str]]:
    """Open causes alone: restricted ones are read on the entry's own page."""
    codes: Collection[str] = [code for code, kind in KINDS.items() if not kind.restricted]
    rows = EntryCause.objects.filter(entry__period__year=year, withdrawn_at__isnull=True, code__in=codes)
    found: dict[int, set[str]] = defaultdict(set)
    for pupil, code in rows.values_list("pupil", "code"):
        found[pupil].add(code)
    return {pupil: frozenset(own) for pupil, own in found.items()}
