"""Reads of the log of readings."""

from django.db.models import QuerySet

from school.access import pupils_for
from school.models import Pupil, RestrictedRead, User


def reading_rows(user: User, *, pupil: Pupil | None = None, reader: int | None = None) -> QuerySet[RestrictedRead]:
    """Readings about pupils whom the person may see, the newest first, with names of who and whom.

    Readings of a person who has no login any more are there too; their rows say who it was by the number.
    """
    rows = RestrictedRead.objects.filter(school=user.school, pupil__in=pupils_for(user).order_by())
    if pupil is not None:
        rows = rows.filter(pupil=pupil)
    if reader is not None:
        rows = rows.filter(user=reader)
    return rows.select_related("user__staff", "pupil").order_by("-at", "-pk")
