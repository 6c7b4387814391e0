"""Reads of the gradebook."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Max, OuterRef, QuerySet, Subquery

from gradebook.models import Coverage, Mark
from school.models import ImportBatch, SchoolClass


def data_as_of(classes: Iterable[SchoolClass]) -> dict[int, date | None]:
    """The last lesson that the class's files cover, by the class's key; undone batches do not count.

    Of a class whose marks came without files, the last day with a mark; None for a class without any data.
    """
    keys = [each.pk for each in classes]
    found = _last_covered(keys)
    found |= _last_marked([key for key in keys if key not in found])
    return {key: found.get(key) for key in keys}


def covered_until(school_class: str) -> Subquery:
    """For a query about classes: the last lesson that files cover, of the class in that column; null without files."""
    rows = _covering().filter(school_class=OuterRef(school_class)).order_by().values("school_class")
    return Subquery(rows.annotate(last=Max("last_day")).values("last"))


def _covering() -> QuerySet[Coverage]:
    return Coverage.objects.filter(last_day__isnull=False, excluded=False, batch__state=ImportBatch.State.APPLIED)


def _last_covered(keys: list[int]) -> dict[int, date]:
    rows = _covering().filter(school_class__in=keys)
    return dict(rows.values_list("school_class").annotate(last=Max("last_day")).order_by())


def _last_marked(keys: list[int]) -> dict[int, date]:
    rows = Mark.objects.filter(pupil__enrolments__school_class__in=keys)
    return dict(rows.values_list("pupil__enrolments__school_class").annotate(last=Max("date")).order_by())
