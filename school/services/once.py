"""One form, one deed."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from school.models import User
from school.models.once import SentForm

KEPT_FOR = timedelta(days=3)
LONGEST = 64  # signs of a token


@dataclass(frozen=True)
class OnceKept:
    """A form that was carried out before, and where its answer led."""

    location: str


def once_begin(*, by: User, token: str) -> OnceKept | None:
    """Take the token inside the caller's transaction; None when it is new.

    A token that another request holds makes this one wait until that request is over.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO school_sentform (user_id, token, location, at) VALUES (%s, %s, '', %s) ON CONFLICT DO NOTHING",
            [by.pk, token, timezone.now()],
        )
        if cursor.rowcount:
            return None
    return OnceKept(SentForm.objects.values_list("location", flat=True).get(user=by, token=token))


def address_lock(path: str) -> None:
    """Wait until nobody else writes through this address; the lock lasts as long as the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(7032, hashtext(%s))", [path])


def once_finish(*, by: User, token: str, done: bool, location: str) -> None:
    """Remember where the answer led, or give the token back when nothing was done. Old tokens are swept out."""
    mine = SentForm.objects.filter(user=by, token=token)
    if done:
        mine.update(location=location[:500])
    else:
        mine.delete()
    SentForm.objects.filter(user=by, at__lt=timezone.now() - KEPT_FOR).delete()
