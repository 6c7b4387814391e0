"""One change of a school's facts at a time: imports, undos and hand corrections wait for each other."""

from django.db import connection

from school.models import School

_GRADEBOOK = 7301  # the first half of the advisory lock's key; the second is the school


def lock_gradebook(school: School) -> None:
    """Hold the school's gradebook until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_GRADEBOOK, school.pk])
