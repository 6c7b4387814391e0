"""What waits for a class teacher."""

from risk_registry.categories import EntryState
from risk_registry.models import RegistryEntry
from risk_registry.permissions import agreeable_pupils
from risk_registry.selectors.registry import RegistryQuery, entries_visible, registry_entries
from school.models import Period, User

WAITING = (EntryState.PROPOSED, EntryState.RETURNED)


def entries_to_agree(user: User, period: Period) -> list[RegistryEntry]:
    """Entries of the classes that the person leads which nobody has agreed to, the returned ones too. Three queries."""
    waiting = entries_visible(user, period).filter(state__in=WAITING)
    own = agreeable_pupils(user, set(waiting.values_list("pupil", flat=True)))
    return list(registry_entries(user, RegistryQuery(period)).filter(state__in=WAITING, pupil__in=own))
