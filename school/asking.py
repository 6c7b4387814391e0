"""One statement that asks many tables what waits for one person; each part of an agenda names its columns."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.timezone import localdate

from common.names import initials
from school.models import Staff
from school.shared import AgendaItem

Told = Mapping[str, Any]


@dataclass(frozen=True)
class Asked:
    """Columns of the common statement, and what their values tell. A column of nobody's rows is None."""

    columns: Mapping[str, Any] = field(default_factory=dict)
    tell: Callable[[Told], Iterable[AgendaItem]] = lambda told: ()


def answered(staff: Staff, parts: Iterable[Asked]) -> list[AgendaItem]:
    """What the parts tell of the person; one query, none where nothing is asked. Parts may use the same names."""
    asked = [part for part in parts if part.columns]
    columns = {_place(at, name): column for at, part in enumerate(asked) for name, column in part.columns.items()}
    if not columns:
        return []
    row: Told = Staff.objects.filter(pk=staff.pk).values(**columns).get()
    return [
        item
        for at, part in enumerate(asked)
        for item in part.tell({name: row[_place(at, name)] for name in part.columns})
    ]


def _place(at: int, name: str) -> str:
    """What the column of a part is called in the statement; no field of the person begins so."""
    return f"asked_{at}_{name}"


def listed(rows: QuerySet[Any], **names: Any) -> ArraySubquery:
    """Rows in their order, each a mapping; days and times come as text (`day_told`, `time_told`)."""
    return ArraySubquery(rows.values(one_json=JSONObject(**names)))


def summed(rows: QuerySet[Any], *, by: str = "school", **sums: Any) -> Subquery:
    """A mapping of aggregates over rows, which have one `by`; None where there is no row."""
    return Subquery(rows.order_by().values(by).annotate(one_json=JSONObject(**sums)).values("one_json")[:1])


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


def moment_told(text: str) -> datetime:
    """A moment out of a column."""
    return datetime.fromisoformat(text)


def day_of_moment(text: str) -> date:
    """The day by the school's clock of a moment out of a column."""
    return localdate(moment_told(text))


def person_columns(user: str) -> dict[str, F]:
    """Columns of `listed` with whatever `person_told` needs of a user, whose path is `user`: «by», «leader»."""
    names = {name: F(f"{user}__staff__{name}") for name in ("last_name", "first_name", "middle_name")}
    return {"login": F(f"{user}__username"), **names}


def person_told(row: Told) -> str:
    """«Ермолаева С. В.», or the login where there is no person behind it (as `User.display_name`)."""
    if row["last_name"] is None:
        return str(row["login"])
    return initials(row["last_name"], row["first_name"], row["middle_name"])
