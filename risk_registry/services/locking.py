"""Two computations of one period wait for each other."""

from django.db import connection

from school.models import Period

# The number keeps clear of other advisory locks.
_LOCK = "SELECT pg_advisory_xact_lock(7031, %s)"


def lock_period(period: Period) -> None:
    """Hold the period until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [period.pk])
