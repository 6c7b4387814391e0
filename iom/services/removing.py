"""Taking back a short fact with its reason."""

from typing import Any, TypeVar

from common.authorship import deed
from common.errors import Refused
from iom.models.removable import Removable
from school.models import User

RowT = TypeVar("RowT", bound=Removable)


@deed
def fact_remove(*, by: User, row: RowT, why: str) -> RowT:
    """Take a row back; it stays in the tables with who did it and why. Raises `Refused` without a reason or twice."""
    if not why.strip():
        raise Refused("Напишите причину: без неё непонятно, почему записи больше нет.")
    kept: Any = standing_row(row)
    kept.removed_at, kept.removed_why, kept.removed_by = kept.school.now(), why.strip(), by
    kept.save(update_fields=["removed_at", "removed_why", "removed_by"])
    found: RowT = kept
    return found


def standing_row(row: RowT) -> RowT:
    """The row as it stands, until the transaction ends. Raises `Refused` for one that was taken back."""
    rows: Any = type(row)._default_manager
    found: RowT = rows.select_for_update(of=("self",)).select_related("school").get(pk=row.pk)
    if found.removed_at is not None:
        raise Refused("Эту запись уже отозвали: обновите страницу.")
    return found
