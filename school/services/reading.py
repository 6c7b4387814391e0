"""The log of readings of restricted facts (docs/trust.md, 16): who, whom, what, when.

Whoever fetches such facts logs it in the same selector, before the fetch: there is no way to the facts past the log.
"""

from collections.abc import Iterable

from django.db import connection

from school.models import Pupil, User
from school.restricted import is_restricted_kind

# The school is the pupil's own; the moment is the database's. One lock order, so that two big lists do not deadlock.
_LOG = """
    INSERT INTO school_restrictedread (user_id, pupil_id, school_id, what)
    SELECT %s, id, school_id, %s FROM school_pupil WHERE id = ANY(%s) ORDER BY id
    ON CONFLICT DO NOTHING
"""


def log_reading(*, by: User, pupils: Iterable[Pupil | int], what: str) -> None:
    """Write down that the person is shown `what` (a code of `school.restricted`) about the pupils; one statement.

    The same reading within one minute of the clock is written once. It joins the caller's transaction: outside one
    (any page that is only looked at) it is committed before the facts are fetched; inside one (a form, a worker's job)
    it is undone only together with the answer itself, which then nobody has seen. ValueError for an unknown code.
    """
    if not is_restricted_kind(what):
        raise ValueError(f"{what} is no kind of restricted facts: name it with school.restricted.restricted_kind")
    keys = sorted({pupil if isinstance(pupil, int) else pupil.pk for pupil in pupils})
    if keys:
        with connection.cursor() as cursor:
            cursor.execute(_LOG, [by.pk, what, keys])
