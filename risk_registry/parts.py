"""What the registry offers for a pupil's card: the causes that were established, for those who may read them all."""

from common.russian import date_short
from risk_registry.categories import EntryState
from risk_registry.causes import CauseMethod
from risk_registry.models import RegistryEntry
from risk_registry.permissions import reads_causes_of
from risk_registry.selectors.causes import CauseRow, causes_page
from school.models import Pupil, User
from school.pupil_parts import Line, PupilPart, part_register


def _causes(user: User, pupil: Pupil) -> list[Line]:
    """Those of the newest entry that stands; the reading is logged where it is read."""
    rows = RegistryEntry.objects.visible_to(user).filter(pupil=pupil)
    entry = (
        rows.exclude(state__in=(EntryState.REMOVED, EntryState.WITHDRAWN))
        .order_by("-period__starts", "-period__number")
        .first()
    )
    if entry is None:
        return []
    return [(row.kind.name, _told(row)) for _, rows in causes_page(user, entry).standing for row in rows]


def _told(row: CauseRow) -> str:
    how = f"{CauseMethod(row.cause.how).label}, {date_short(row.cause.on)}, {row.cause.by.display_name}"
    return f"{how}; {row.note}" if row.note else how


part_register(PupilPart("causes", "Причины неуспешности", 15, reads_causes_of, _causes))
