"""What has a last day gets it once: of two people who end one thing the second is told what the first has written."""

from datetime import date

from django.db.models import Model

from common.errors import Refused
from common.russian import date_short


def must_go_on(row: Model, column: str = "ends") -> None:
    """Hold the row until the caller's transaction is over. Raises `Refused` when it has a last day by now."""
    held = type(row)._base_manager.select_for_update().filter(pk=row.pk)
    ends: date | None = held.values_list(column, flat=True).first()
    if ends is not None:
        raise Refused(f"Последний день уже записан: {date_short(ends)}. Посмотрите и решите снова.")
