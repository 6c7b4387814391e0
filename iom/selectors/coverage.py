"""Which pupils of the registry have no route, a stale one, one that nobody approved: by class and by subject."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, ExpressionWrapper, OuterRef

from iom.models import Route, RoutePart
from iom.permissions_routes import can_make_rows
from iom.reading import NEEDS_ROUTE
from iom.rules.routes import Cover, best_cover, cover_of
from iom.words import RouteKind
from risk_registry.categories import AT_RISK, Category
from risk_registry.models import RegistryEntry
from risk_registry.selectors.registry import OUT, UNDER_RISK
from school.models import Period, SchoolClass, User
from school.services.reading import log_reading


@dataclass(frozen=True)
class CoverQuery:
    """Of which period; empty means any. `cover` of `iom.rules.routes.Cover`."""

    period: Period
    today: date
    category: str = ""
    school_class: int | None = None
    subject: int | None = None
    cover: str = ""


@dataclass(frozen=True)
class CoverRow:
    """A pupil of the registry. `route`: the best that goes on; `missing`: subjects of the entry without one.

    `makeable`: none goes on, and this person may make one.
    """

    entry: RegistryEntry
    cover: Cover
    route: Route | None
    missing: tuple[str, ...]
    makeable: bool = False

    @property
    def category(self) -> Category:
        """Of the entry."""
        return Category(self.entry.category)


@dataclass(frozen=True)
class CoverCounts:
    """A line of a table: `key` of the class or subject, its name, how many by cover."""

    key: int
    name: str
    by_cover: Mapping[str, int]

    @property
    def all(self) -> int:
        """Of all kinds."""
        return sum(self.by_cover.values())


@dataclass(frozen=True)
class Coverage:
    """All of the page."""

    rows: tuple[CoverRow, ...]
    total: CoverCounts
    classes: tuple[CoverCounts, ...]
    subjects: tuple[CoverCounts, ...]


def coverage(user: User, query: CoverQuery, names: Mapping[int, str]) -> Coverage:
    """Of the pupils whom the person sees; two queries whatever their number. `names` of the school's subjects.

    A pupil with several routes is told by the best provided one. Where a subject is asked for, and in the table of
    subjects, a route speaks only for those that it has. Routes for special needs are logged as read.
    """
    entries = _entries(user, query)
    routes = _routes(user, {entry.pupil_id for entry in entries})
    named = {route.pk: set(route.subject_keys) for each in routes.values() for route in each}
    rows = [_row(entry, _speaking(routes, named, entry, query), named, names, query.today) for entry in entries]
    chosen = tuple(row for row in rows if query.cover in ("", row.cover))
    return Coverage(
        rows=chosen,
        total=CoverCounts(0, "Всего", _numbers(row.cover for row in rows)),
        classes=tuple(_by_class(rows)),
        subjects=tuple(_by_subject(rows, routes, named, names, query)),
    )


def _entries(user: User, query: CoverQuery) -> list[Any]:
    rows: Any = RegistryEntry.objects.visible_to(user).filter(period=query.period).exclude(state__in=OUT)
    rows = rows.annotate(makeable=ExpressionWrapper(can_make_rows(user), BooleanField()))
    if query.category:
        rows = rows.filter(category__in=AT_RISK if query.category == UNDER_RISK else [query.category])
    if query.school_class is not None:
        rows = rows.filter(school_class=query.school_class)
    if query.subject is not None:
        rows = rows.filter(subjects__contains=[query.subject])
    ordered = rows.order_by("school_class__grade", "school_class__letter", "pupil__sort_key", "pk")
    return list(ordered.select_related("pupil", "school_class"))


def _routes(user: User, pupils: set[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    parts = RoutePart.objects.filter(route=OuterRef("pk"), subject__isnull=False).order_by()
    visible: Any = Route.objects.visible_to(user).going().filter(pupil__in=pupils).order_by("pk")
    rows = list(visible.annotate(subject_keys=ArraySubquery(parts.values("subject"))))
    needs = [route.pupil_id for route in rows if route.kind == RouteKind.NEEDS]
    if needs:
        log_reading(by=user, pupils=needs, what=NEEDS_ROUTE)
    for route in rows:
        found.setdefault(route.pupil_id, []).append(route)
    return found


def _speaking(
    routes: Mapping[int, list[Route]], named: Mapping[int, set[int]], entry: RegistryEntry, query: CoverQuery
) -> list[Route]:
    mine = routes.get(entry.pupil_id, [])
    if query.subject is None:
        return mine
    return [route for route in mine if query.subject in named.get(route.pk, ())]


def _cover(route: Route, today: date) -> Cover:
    return cover_of(number=route.number, next_review=route.next_review, ends=route.ends, today=today)


def _row(
    entry: RegistryEntry,
    routes: Iterable[Route],
    named: Mapping[int, set[int]],
    names: Mapping[int, str],
    today: date,
) -> CoverRow:
    covers = [(_cover(route, today), route) for route in routes]
    cover = best_cover(one for one, _ in covers)
    best = next((route for one, route in covers if one == cover), None)
    had = {subject for _, route in covers for subject in named.get(route.pk, ())}
    missing = tuple(names.get(key, "") for key in entry.subjects if key not in had) if best is not None else ()
    return CoverRow(entry, cover, best, missing, best is None and bool(getattr(entry, "makeable", False)))


def _numbers(covers: Iterable[Cover]) -> dict[str, int]:
    found = Counter(covers)
    return {cover.value: found[cover] for cover in Cover}


def _by_class(rows: Iterable[CoverRow]) -> Iterable[CoverCounts]:
    classes: dict[int, tuple[SchoolClass, list[Cover]]] = {}
    for row in rows:
        classes.setdefault(row.entry.school_class_id, (row.entry.school_class, []))[1].append(row.cover)
    for key, (school_class, covers) in classes.items():
        yield CoverCounts(key, str(school_class), _numbers(covers))


def _by_subject(
    rows: Iterable[CoverRow],
    routes: Mapping[int, list[Route]],
    named: Mapping[int, set[int]],
    names: Mapping[int, str],
    query: CoverQuery,
) -> Iterable[CoverCounts]:
    found: dict[int, list[Cover]] = {}
    for row in rows:
        for subject in row.entry.subjects:
            mine = [route for route in routes.get(row.entry.pupil_id, []) if subject in named.get(route.pk, ())]
            found.setdefault(subject, []).append(best_cover(_cover(route, query.today) for route in mine))
    for key in sorted(found, key=lambda key: names.get(key, "")):
        yield CoverCounts(key, names.get(key, ""), _numbers(found[key]))
