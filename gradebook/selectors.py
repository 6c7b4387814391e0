"""Reads of the gradebook."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Max

from gradebook.models import Mark
from school.models import SchoolClass


def data_as_of(classes: Iterable[SchoolClass]) -> dict[int, date | None]:
    """The last day with a mark, by the class's key; None for a class without any."""
    keys = [each.pk for each in classes]
    found = dict(
        Mark.objects.filter(pupil__enrolments__school_class__in=keys)
        .values_list("pupil__enrolments__school_class")
        .annotate(last=Max("date"))
        .order_by()
    )
    return {key: found.get(key) for key in keys}
