"""Who leads an extra lesson sees the pupils in it, and who stands in for that person sees them for a week."""

from collections.abc import Iterable
from datetime import date, timedelta

from iom.models import ExtraMember, ExtraSession
from iom.words import SessionState
from school.models import Responsibility
from school.roles import ResponsibilityKind

_KIND = ResponsibilityKind.EXTRA_LESSONS
SUBSTITUTE_SEES = timedelta(days=7)

Span = tuple[date, date]


def seeing_follows(staff: Iterable[int]) -> None:
    """Make what these people may see of pupils equal to their groups: one row a pupil, from the first day to the last.

    In the transaction of the deed that changed the groups.
    """
    people = set(staff)
    wanted = _wanted(people)
    standing = {
        (row.person_id, row.pupil_id): row for row in Responsibility.objects.filter(person__in=people, kind=_KIND)
    }
    gone = [row.pk for key, row in standing.items() if key not in wanted]
    Responsibility.objects.filter(pk__in=gone).delete()
    changed = []
    for key, (starts, ends) in wanted.items():
        row = standing.get(key)
        if row is not None and (row.starts, row.ends) != (starts, ends):
            row.starts, row.ends = starts, ends
            changed.append(row)
    Responsibility.objects.bulk_update(changed, ["starts", "ends"])
    Responsibility.objects.bulk_create(
        Responsibility(person_id=person, pupil_id=pupil, kind=_KIND, starts=starts, ends=ends)
        for (person, pupil), (starts, ends) in wanted.items()
        if (person, pupil) not in standing
    )


def _wanted(people: set[int]) -> dict[tuple[int, int], Span]:
    found: dict[tuple[int, int], Span] = {}
    led = ExtraMember.objects.filter(group__teacher__in=people)
    for person, pupil, begins, ends in led.values_list("group__teacher", "pupil", "begins", "ends"):
        _widen(found, (person, pupil), begins, ends)
    planned = ExtraSession.objects.filter(staff__in=people).exclude(state=SessionState.CANCELLED)
    rows = planned.values_list("staff", "on", "group__members__pupil", "group__members__begins", "group__members__ends")
    for substitute, on, pupil, begins, ends in rows:
        if substitute is not None and pupil is not None and begins <= on <= ends:
            _widen(found, (substitute, pupil), on - SUBSTITUTE_SEES, on + SUBSTITUTE_SEES)
    return found


def _widen(found: dict[tuple[int, int], Span], key: tuple[int, int], starts: date, ends: date) -> None:
    known = found.get(key, (starts, ends))
    found[key] = min(known[0], starts), max(known[1], ends)
