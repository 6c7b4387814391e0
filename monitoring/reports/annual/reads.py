"""What the first three parts of the yearly note read: set-based queries, whose number grows with periods alone."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Count, Q

from gradebook.models import AbsenceReason, Procedure
from monitoring.computations.base import Rows, Scope, count_sides
from monitoring.reports.annual.shapes import (
    AbsenceSum,
    Causes,
    CauseSum,
    Counts,
    GroupSum,
    PeriodState,
    WorkSum,
)
from monitoring.reports.quarter import reads as quarterly_reads
from monitoring.selectors import periods_of
from risk_registry.categories import AT_RISK, Category
from risk_registry.causes import KINDS, RESTRICTED
from risk_registry.models import EntryCause, PupilCategory, RegistryEntry
from risk_registry.rules.works import Shares
from risk_registry.selectors.periods import year_before
from risk_registry.selectors.registry import OUT
from risk_registry.selectors.works import read_parts
from school.models import Period, SchoolClass
from school.selectors_social import counted_in_group
from school.social_groups import SocialGroup

# Groups that explain rather than mark; those of records with the police and the like are left out on purpose.
_GROUPS = (
    SocialGroup.LARGE_FAMILY,
    SocialGroup.SINGLE_PARENT,
    SocialGroup.LOW_INCOME,
    SocialGroup.OVZ,
    SocialGroup.NON_NATIVE_RUSSIAN,
)


def periods_until(period: Period) -> list[Period]:
    """Those of the year from its first to the asked one."""
    return [each for each in periods_of(period.year) if each.number <= period.number]


def is_whole_year(period: Period) -> bool:
    """Whether the asked period is the last one of its year."""
    return not periods_of(period.year).filter(number__gt=period.number).exists()


def same_period_before(period: Period) -> Period | None:
    """The period of the same number of the year before, where its periods are of the same kind."""
    last = year_before(period.year)
    if last is None or last.main_system != period.system:
        return None
    return periods_of(last).filter(number=period.number).first()


def states(periods: Sequence[Period], *, of_year: int) -> list[PeriodState]:
    """The classified ones among these periods; two queries."""
    rows = (
        PupilCategory.objects.filter(period__in=periods)
        .order_by()
        .values_list("period", "school_class", "category")
        .annotate(number=Count("pk"), unrated=Count("pk", filter=Q(unrated=True)))
    )
    found: dict[int, dict[int, Counts]] = defaultdict(lambda: defaultdict(Counts))
    for period, school_class, category, number, unrated in rows:
        own = {category: number} if category != Category.NONE else {}
        found[period][school_class] += Counts(number, unrated=unrated, **own)
    places = SchoolClass.objects.filter(pk__in={key for own in found.values() for key in own})
    classes = list(places.order_by("grade", "letter"))
    return [_state(one, found[one.pk], classes, of_year) for one in periods if one.pk in found]


def _state(period: Period, own: dict[int, Counts], classes: Iterable[SchoolClass], of_year: int) -> PeriodState:
    here = [one for one in classes if one.pk in own]
    other = "" if period.year.start == of_year else f" {period.year.title}"
    return PeriodState(
        key=period.pk,
        title=f"{period.title}{other}",
        genitive=f"{period.title_genitive}{other}",
        totals=sum(own.values(), Counts()),
        classes={str(one): own[one.pk] for one in here},
        keys={str(one): one.pk for one in here},
    )


def work_sums(period: Period) -> list[WorkSum]:
    """External works of the year until the period's end by subject; two queries."""
    works = Procedure.objects.standing().filter(year=period.year, date__lte=period.ends).select_related("subject")
    subjects = {work.pk: work.subject for work in works}
    shares: dict[int, Shares] = {}
    for part in read_parts(period.year.school):
        if part.work in subjects and part.is_external:
            shares[part.work] = shares.get(part.work, Shares()) + part.shares
    by_subject: dict[str, list[Shares]] = defaultdict(list)
    for key in sorted(shares, key=lambda key: subjects[key].sort_key):
        by_subject[subjects[key].name].append(shares[key])
    return [_work_sum(subject, own) for subject, own in by_subject.items()]


def _work_sum(subject: str, own: Sequence[Shares]) -> WorkSum:
    all_of = sum(own, Shares())
    return WorkSum(subject, len(own), all_of.participants, all_of.twos, all_of.compared, all_of.lowered)


def absence_sums(periods: Sequence[Period], known: Iterable[PeriodState]) -> list[AbsenceSum]:
    """Missed lessons of each classified period; three queries a period."""
    pupils = {one.key: one.totals.pupils for one in known}
    found = []
    for period in periods:
        counts: Counter[str] = Counter()
        for (_, reason), number in quarterly_reads.absence_counts(period).items():
            counts[reason] += number
        if period.pk in pupils and counts:
            told = (counts[AbsenceReason.ILLNESS], counts[AbsenceReason.EXCUSED], counts[AbsenceReason.UNEXCUSED])
            found.append(AbsenceSum(period.title, *told, pupils[period.pk]))
    return found


def causes_until(periods: Sequence[Period]) -> Causes:
    """Causes that stand in the registry of these periods; three queries. Restricted ones are in the number alone."""
    entries = RegistryEntry.objects.filter(period__in=periods).exclude(state__in=OUT)
    rows = EntryCause.objects.filter(entry__in=entries.values("pk"), withdrawn_at__isnull=True)
    counted = rows.exclude(code__in=RESTRICTED).order_by().values_list("code")
    numbers = dict(counted.annotate(number=Count("pupil", distinct=True)))
    lines = [CauseSum(code, KINDS[code].name, number) for code, number in numbers.items()]
    lines.sort(key=lambda line: (-line.pupils, line.name))
    established = rows.aggregate(number=Count("pupil", distinct=True))["number"]
    registry = entries.aggregate(number=Count("pupil", distinct=True))["number"]
    return Causes(tuple(lines), established, registry)


def group_sums(scope: Scope) -> list[GroupSum]:
    """Groups of the social passport, as sums of the whole school that name nobody; two queries."""
    contingent, at_risk = scope.contingent(), scope.pupils_in(AT_RISK)
    sides = []
    for group in _GROUPS:
        holds = counted_in_group(group, scope.day)
        sides += [Rows(contingent.filter(holds)), Rows(at_risk.filter(holds))]
    numbers = iter(count_sides(scope.school, sides))
    return [GroupSum(group.label, next(numbers), next(numbers)) for group in _GROUPS]
