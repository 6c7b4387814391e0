"""What the marks say of pupils: lists, counts by class, one pupil's way through the periods."""

from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from common.names import name_key
from risk_registry.categories import AT_RISK, Category
from risk_registry.models import PupilCategory, rank
from risk_registry.selectors.registry import DEFAULT_SORT, SORTS, UNDER_RISK, SubjectLine, subject_line
from school.access import Viewer, pupils_for
from school.models import Period, Pupil, SchoolClass, User

UNRATED = "unrated"


@dataclass(frozen=True)
class CategoryQuery:
    """What the list is asked for; `category` may be «at_risk» or «unrated», and «none» is without the unrated."""

    period: Period
    category: str = ""
    school_class: int | None = None
    subject: int | None = None
    text: str = ""
    sort: str = DEFAULT_SORT


@dataclass(frozen=True)
class PupilRow:
    """One pupil of the contingent."""

    pupil: Pupil
    school_class: SchoolClass
    category: Category
    unrated: bool
    provisional: bool
    subjects: tuple[SubjectLine, ...]


@dataclass(frozen=True)
class CategoryCounts:
    """How many pupils are in each category. `none` includes the `unrated`, of whom nothing is known."""

    pupils: int = 0
    failing: int = 0
    weak: int = 0
    reserve: int = 0
    none: int = 0
    unrated: int = 0
    provisional: int = 0

    @property
    def under_risk(self) -> int:
        """Failing and weak together: the region's first indicator."""
        return self.failing + self.weak

    def __add__(self, other: "CategoryCounts") -> "CategoryCounts":
        return CategoryCounts(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


@dataclass(frozen=True)
class ClassCounts:
    """The counts of one class."""

    school_class: SchoolClass
    counts: CategoryCounts


def category_counts(period: Period, user: Viewer | None = None) -> list[ClassCounts]:
    """Counts by class, in the order of classes; two queries. `user` limits them to visible pupils, None to nobody."""
    rows = PupilCategory.objects.in_period(period)
    if user is not None:
        rows = rows.visible_to(user)
    grouped = rows.order_by().values("school_class", "category", "unrated", "provisional").annotate(number=Count("pk"))
    found: dict[int, CategoryCounts] = {}
    for group in grouped:
        key, number = group["school_class"], group["number"]
        found[key] = found.get(key, CategoryCounts()) + _counts_of(group, number)
    classes = SchoolClass.objects.filter(pk__in=found)
    return [ClassCounts(school_class, found[school_class.pk]) for school_class in classes]


def categories_beside(user: Viewer, now: Period, before: Period | None) -> tuple[list[ClassCounts], CategoryCounts]:
    """`category_counts` of a period, and all of another one taken together; two queries for both."""
    rows = PupilCategory.objects.visible_to(user).filter(period__in=[one for one in (now, before) if one is not None])
    names = ("period", "school_class", "category", "unrated", "provisional")
    found: dict[int, CategoryCounts] = {}
    earlier = CategoryCounts()
    for group in rows.order_by().values(*names).annotate(number=Count("pk")):
        key, counts = group["school_class"], _counts_of(group, group["number"])
        if group["period"] == now.pk:
            found[key] = found.get(key, CategoryCounts()) + counts
        else:
            earlier += counts
    classes = SchoolClass.objects.filter(pk__in=found).select_related("class_teacher")
    return [ClassCounts(school_class, found[school_class.pk]) for school_class in classes], earlier


def _counts_of(group: Mapping[str, Any], number: int) -> CategoryCounts:
    """Pupils who are alike in category, data and certainty."""
    return CategoryCounts(
        pupils=number,
        failing=number * (group["category"] == Category.FAILING),
        weak=number * (group["category"] == Category.WEAK),
        reserve=number * (group["category"] == Category.RESERVE),
        none=number * (group["category"] == Category.NONE),
        unrated=number * group["unrated"],
        provisional=number * group["provisional"],
    )


def total_counts(classes: Iterable[ClassCounts]) -> CategoryCounts:
    """The sum of classes."""
    return sum((each.counts for each in classes), CategoryCounts())


def pupil_categories(user: Viewer, pupil: Pupil) -> list[PupilCategory]:
    """The pupil's categories over time, the oldest first; none when the pupil is not visible."""
    rows = PupilCategory.objects.filter(pupil__in=pupils_for(user).filter(pk=pupil.pk).order_by())
    return list(rows.select_related("period__year", "school_class").order_by("period__starts", "period__number"))


def category_rows(user: User, query: CategoryQuery) -> QuerySet[PupilCategory]:
    """What the marks say of those pupils whom the person may see; one query when read."""
    descending = query.sort.startswith("-")
    order = tuple(name for name in SORTS.get(query.sort.lstrip("-"), SORTS[DEFAULT_SORT]) if name != "state_rank")
    keys = [F(name).desc() if descending else F(name).asc() for name in (*order, "pupil__sort_key")]
    rows = PupilCategory.objects.visible_to(user).in_period(query.period).filter(_found(query))
    ranked = rows.annotate(rank=rank("category", Category))
    return ranked.select_related("pupil", "school_class").order_by(*keys, "pk")


def _found(query: CategoryQuery) -> Q:
    found = Q()
    if query.category == UNRATED:
        found &= Q(unrated=True)
    elif query.category == UNDER_RISK:
        found &= Q(category__in=AT_RISK)
    elif query.category:
        found &= Q(category=query.category, unrated=False)
    if query.school_class is not None:
        found &= Q(school_class=query.school_class)
    if query.subject is not None:
        found &= Q(subjects__contains=[query.subject])
    if query.text.strip():
        found &= Q(pupil__sort_key__contains=name_key(query.text))
    return found


def pupil_rows(rows: Iterable[PupilCategory], names: Mapping[int, str]) -> list[PupilRow]:
    """Lines of the list; no further queries."""
    return [
        PupilRow(
            pupil=row.pupil,
            school_class=row.school_class,
            category=Category(row.category),
            unrated=row.unrated,
            provisional=row.provisional,
            subjects=tuple(subject_line(names[told["subject"]], told) for told in row.evidence),
        )
        for row in rows
    ]
