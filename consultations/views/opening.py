"""Whose page a person may open: who sits in a council or is booked hears of pupils whom they do not see otherwise."""

from collections.abc import Iterable

from school.access import access_of, pupils_for
from school.models import User


def openable(user: User, pupils: Iterable[int | None]) -> set[int]:
    """Those of the keys whose page opens to this person; no query for whoever sees the whole school, else one."""
    keys = {key for key in pupils if key is not None}
    if not keys or access_of(user).whole_school:
        return keys
    return set(pupils_for(user).filter(pk__in=keys).values_list("pk", flat=True))
