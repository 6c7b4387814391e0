"""The municipality's page: rows that its statements bring and read, beside small schools and beside a large one."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.data import autumn_school
from bench.figures import Figure
from monitoring.models import SchoolAggregate
from monitoring.reports.municipal.report import build_municipal
from monitoring.rules.municipal import CODES
from monitoring.services_aggregates import aggregates_refresh
from school.models import Municipality, School, User
from school.services.organisation import school_create

SIZES = (100, 2000)
SCHOOLS = 5


@dataclass(frozen=True)
class Measured:
    """A page: its statements, the rows they bring, the rows they read in tables, in which tables."""

    queries: int
    brought: int
    read: int
    tables: frozenset[str]


def run(sizes: Sequence[int] = SIZES, schools: int = SCHOOLS) -> list[Figure]:
    """A municipality for each size: one school of so many pupils, the others keep a copy of its rows."""
    found = [_measure(coordinator) for coordinator in [_coordinator(size, schools) for size in sizes]]
    told = ", ".join(f"{size} pupils: {one.brought}" for size, one in zip(sizes, found, strict=True))
    read = ", ".join(str(one.read) for one in found)
    tables = ", ".join(sorted(frozenset[str]().union(*(one.tables for one in found))))
    brought = [one.brought for one in found]
    most = schools + len(CODES)
    return [
        Figure("municipal.rows", max(brought), most, "lower", "rows",
               f"{schools} schools, {len(CODES)} figures; {told}"),
        Figure("municipal.rows_growing", max(brought) - min(brought), 0, "lower", "rows",
               f"the most less the fewest; read in tables: {read}"),
        Figure("municipal.queries", max(one.queries for one in found), 8, "lower", "queries", f"tables: {tables}"),
    ]  # fmt: skip


def _coordinator(pupils: int, schools: int) -> User:
    """Of a municipality with one school that is so large."""
    first = autumn_school(pupils)
    district = Municipality.objects.create(name=f"Округ {first.code}")
    School.objects.filter(pk=first.pk).update(municipality=district)
    aggregates_refresh()
    for place in range(1, schools):
        _neighbour(first, district, f"{first.code}-{place}")
    return User.objects.create_user(f"coordinator-{first.code}", municipality=district)


def _measure(user: User) -> Measured:
    with CaptureQueriesContext(connection) as caught:
        build_municipal(user)
    statements = [query["sql"] for query in caught.captured_queries]
    leaves = [leaf for statement in statements for leaf in _leaves(_plan(statement))]
    return Measured(
        queries=len(statements),
        brought=round(sum(_plan(statement)["Actual Rows"] for statement in statements)),
        read=round(sum(leaf["Actual Rows"] * leaf["Actual Loops"] for leaf in leaves)),
        tables=frozenset(leaf["Relation Name"] for leaf in leaves),
    )


def _neighbour(first: School, district: Municipality, code: str) -> None:
    """A school with the same rows, of periods of its own."""
    other = school_create(by=None, code=code, name=code, start=first.years.get().start, periods="quarters")
    School.objects.filter(pk=other.pk).update(municipality=district)
    kept = {row.number: row for row in SchoolAggregate.objects.filter(school=first)}
    for period in other.years.get().periods.filter(system="quarters", number__in=kept):
        row = kept[period.number]
        row.pk, row.school, row.period = None, other, period
        row.save(force_insert=True)


def _plan(statement: str) -> dict[str, Any]:
    """What PostgreSQL did for a statement."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}")
        (told,) = cursor.fetchone()
    plan: dict[str, Any] = (json.loads(told) if isinstance(told, str) else told)[0]["Plan"]
    return plan


def _leaves(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Nodes that read a table."""
    if "Relation Name" in plan:
        yield plan
    for inner in plan.get("Plans", ()):
        yield from _leaves(inner)
