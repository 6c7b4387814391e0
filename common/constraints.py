"""What the database itself refuses, in words for a person."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from common.errors import Refused


@contextmanager
def refused_by(constraint: str, message: str) -> Iterator[None]:
    """What this constraint of the database does not take is refused in these words; nothing of it is written."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if constraint not in str(error):
            raise
        raise Refused(message) from error
