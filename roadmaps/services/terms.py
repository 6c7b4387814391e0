"""Occurrences follow from terms: made, shifted and taken away with the calendar, never those that somebody touched."""

from collections.abc import Iterable

from roadmaps.models import Activity, Occurrence, Roadmap
from roadmaps.rules.term_words import term_of
from roadmaps.rules.terms import Slot, slots_of
from roadmaps.selectors.calendar import calendar_of


def occurrences_follow(roadmap: Roadmap, activities: Iterable[Activity] | None = None) -> int:
    """Make the occurrences of the activities (of all when None) as their terms and the calendar ask; how many changed.

    What somebody has marked, moved or shown evidence of stays as it is. Called within a deed's transaction.
    """
    rows = list(roadmap.activities.all() if activities is None else activities)
    calendar = calendar_of(roadmap.year)
    known: dict[tuple[int, str], Occurrence] = {
        (one.activity_id, one.key): one for one in Occurrence.objects.filter(activity__in=rows).exclude(key="")
    }
    wanted = {
        (row.pk, slot.key): slot
        for row in rows
        if row.removed_on is None
        for slot in slots_of(term_of(row.term_kind, row.term), calendar)
    }
    made = [_occurrence(key[0], slot) for key, slot in wanted.items() if key not in known]
    Occurrence.objects.bulk_create(made)
    shifted = [one for key, one in known.items() if key in wanted and _shift(one, wanted[key])]
    Occurrence.objects.bulk_update(shifted, ["title", "starts", "ends", "first_ends"])
    gone = [one.pk for key, one in known.items() if key not in wanted and one.version == 0]
    Occurrence.objects.filter(pk__in=gone, evidence__isnull=True).delete()
    return len(made) + len(shifted) + len(gone)


def _occurrence(activity: int, slot: Slot) -> Occurrence:
    return Occurrence(
        activity_id=activity,
        key=slot.key,
        title=slot.title[:60],
        starts=slot.starts,
        ends=slot.ends,
        first_ends=slot.ends,
    )


def _shift(row: Occurrence, slot: Slot) -> bool:
    """Whether its days have to change: only of what nobody has touched."""
    if row.version or (row.title, row.starts, row.ends) == (slot.title[:60], slot.starts, slot.ends):
        return False
    row.title, row.starts, row.ends, row.first_ends = slot.title[:60], slot.starts, slot.ends, slot.ends
    return True
