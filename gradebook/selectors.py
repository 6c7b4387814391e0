"""Reads of the gradebook."""

from collections.abc import Iterable
from datetime import date

from django.db.models import DateField, F, Func, Max, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Least

from gradebook.models import Coverage, Mark
from school.models import ImportBatch, SchoolClass


def data_as_of(classes: Iterable[SchoolClass], *, until: date | None = None) -> dict[int, date | None]:
    """The last lesson that the class's files cover, by the class's key; undone batches do not count.

    Of a class whose marks came without files, the last day with a mark; None for a class without any data. With
    `until` only lessons through that day are looked at: how far the data of a period reach.
    """
    keys = [each.pk for each in classes]
    found = _last_covered(keys, until)
    found |= _last_marked([key for key in keys if key not in found], until)
    return {key: found.get(key) for key in keys}


def covered_until(school_class: str) -> Subquery:
    """For a query about classes: the last lesson that files cover, of the class in that column; null without files."""
    rows = _covering().filter(school_class=OuterRef(school_class)).order_by().values("school_class")
    return Subquery(rows.annotate(last=Max("last_day")).values("last"))


def _covering() -> QuerySet[Coverage]:
    return Coverage.objects.filter(last_day__isnull=False, excluded=False, batch__state=ImportBatch.State.APPLIED)


def _last_covered(keys: list[int], until: date | None) -> dict[int, date]:
    rows = _covering().filter(school_class__in=keys)
    last = Max("last_day") if until is None else Max(_last_through(until))
    told = rows.values_list("school_class").annotate(last=last).order_by()
    return {school_class: day for school_class, day in told if day is not None}


def _last_through(day: date) -> Func:
    """The last of the row's days that is not after `day`, nor after the last one that was given when it was read."""
    return Func(
        F("dates"),
        Least(Value(day, output_field=DateField()), F("last_day")),
        template="(SELECT max(told) FROM unnest(%(expressions)s))",
        arg_joiner=") AS told WHERE told <= (",
        output_field=DateField(),
    )


def _last_marked(keys: list[int], until: date | None) -> dict[int, date]:
    """Marks of the class's own year: its pupils have others of the years before."""
    own = F("pupil__enrolments__school_class__year")
    rows = Mark.objects.filter(pupil__enrolments__school_class__in=keys, year=own)
    if until is not None:
        rows = rows.filter(date__lte=until)
    return dict(rows.values_list("pupil__enrolments__school_class").annotate(last=Max("date")).order_by())
