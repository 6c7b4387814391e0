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
    NumberRegister.objects.bulk_create([NumberRegister(school=school, kind=kind, year=year)], ignore_conflicts=True)
    register = NumberRegister.objects.select_for_update().get(school=school, kind=kind, year=year)
    register.last += 1
    register.save(update_fields=["last"])
    return register.last
