"""One statement that asks many tables what waits for one person; each part of the agenda names its columns."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.timezone import localdate

from school.models import Staff
from school.shared import AgendaItem

Told = Mapping[str, Any]
_OURS = "asked_"  # no field of the person begins so


@dataclass(frozen=True)
class Asked:
    """Columns of the common statement, and what their values tell. A column of nobody's rows is None."""

    columns: Mapping[str, Any] = field(default_factory=dict)
    tell: Callable[[Told], Iterable[AgendaItem]] = lambda told: ()


def answered(staff: Staff, parts: Iterable[Asked]) -> list[AgendaItem]:
    """What the parts tell of the person; one query, none where nothing is asked."""
    asked = list(parts)
    columns = {f"{_OURS}{name}": column for part in asked for name, column in part.columns.items()}
    if not columns:
        return []
    row = Staff.objects.filter(pk=staff.pk).values(**columns).get()
    told = {name.removeprefix(_OURS): value for name, value in row.items()}
    return [item for part in asked for item in part.tell(told)]


def listed(rows: QuerySet[Any], **names: Any) -> ArraySubquery:
    """Rows in their order, each a mapping; days and times come as text (`day_told`, `time_told`)."""
    return ArraySubquery(rows.values(one_json=JSONObject(**names)))


def summed(rows: QuerySet[Any], **sums: Any) -> Subquery:
    """A mapping of aggregates over rows of one school; None where there is no row."""
    return Subquery(rows.order_by().values("school").annotate(one_json=JSONObject(**sums)).values("one_json")[:1])


def numbered(rows: QuerySet[Any], by: str = "school") -> Subquery:
    """How many rows, which have one `by`; None where there is no row."""
    return Subquery(rows.order_by().values(by).annotate(number_of=Count("pk", distinct=True)).values("number_of")[:1])


def day_told(text: str) -> date:
    """A day out of a column."""
    return date.fromisoformat(text)


def maybe_day(text: str | None) -> date | None:
    """A day out of a column that may be empty."""
    return date.fromisoformat(text) if text else None


def time_told(text: str) -> time:
    """A time of day out of a column."""
    return time.fromisoformat(text)


def day_of_moment(text: str) -> date:
    """The day by the school's clock of a moment out of a column."""
    return localdate(datetime.fromisoformat(text))
