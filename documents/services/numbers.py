"""Numbers of documents, without gaps and doubles."""

from django.db import transaction

from documents.models import NumberRegister
from school.models import School


@transaction.atomic
def number_next(*, school: School, kind: str, year: int) -> int:
    """The next number of a kind of document in a year, from 1.

    The register's row stays locked until the transaction that asked ends: whoever asks meanwhile waits, and a number
    taken by a transaction that was rolled back is given again.
    """
    return numbers_next(school=school, kind=kind, year=year, count=1)[0]


@transaction.atomic
def numbers_next(*, school: School, kind: str, year: int, count: int) -> range:
    """So many numbers in a row, as `number_next` gives one."""
    NumberRegister.objects.bulk_create([NumberRegister(school=school, kind=kind, year=year)], ignore_conflicts=True)
    register = NumberRegister.objects.select_for_update().get(school=school, kind=kind, year=year)
    register.last += count
    register.save(update_fields=["last"])
    return range(register.last - count + 1, register.last + 1)
