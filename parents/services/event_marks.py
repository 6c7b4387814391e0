"""Who came to an event for parents: what a sheet of a class was sent with."""

from collections.abc import Collection, Mapping

from common.authorship import deed
from common.errors import Refused
from parents.event_words import EventDeed, EventState
from parents.event_workflow import EVENT
from parents.models import EventMark, ParentEvent
from parents.rules.events import NOBODY, OTHER, Mark, Taps, merged
from parents.services.events import event_locked, step_note
from school.models import User


@deed
def event_marks_save(
    *, by: User, event: ParentEvent, taps: Taps, guardians: Mapping[int, Collection[int]]
) -> frozenset[Mark]:
    """Write what was tapped; what others marked meanwhile stays. An event in the plan is held from now on.

    `guardians` by pupil, of everybody invited whom the person may mark. Returns the marks of these pupils as they are
    now. Raises `Refused` for a cancelled event, a day to come, a sheet that says nothing, and what was not offered.
    """
    row = event_locked(event, None)
    if row.state == EventState.CANCELLED:
        raise Refused("Мероприятие отменено: отмечать некого.")
    if row.on > row.school.today():
        raise Refused("Этот день ещё не наступил: отметьте после мероприятия.")
    _check(taps, guardians)
    rows = {_mark_of(one): one for one in row.marks.filter(pupil__in=guardians.keys())}
    now = merged(rows.keys(), taps, guardians)
    if not now and not rows:
        raise Refused("Никто не отмечен. Отметьте, кто был; если не пришёл никто, отметьте «остальные не пришли».")
    _write(by, row, rows, now)
    if row.state == EventState.PLANNED:
        transition = EVENT.step(EventDeed.HOLD, row.state)
        row.state, row.version = EventState(transition.target), row.version + 1
        row.save(update_fields=["state", "version"])
        step_note(by, row, EventDeed.HOLD, transition.source, "")
    return now


def _write(by: User, row: ParentEvent, rows: Mapping[Mark, EventMark], now: Collection[Mark]) -> None:
    gone = [mark.pk for key, mark in rows.items() if key not in now]
    EventMark.objects.filter(pk__in=gone).delete()
    at = row.school.now()
    EventMark.objects.bulk_create(
        EventMark(event=row, pupil_id=pupil, guardian_id=who if who > OTHER else None, came=who != NOBODY, by=by, at=at)
        for pupil, who in sorted(set(now) - rows.keys())
    )


def _mark_of(row: EventMark) -> Mark:
    if row.guardian_id is not None:
        return row.pupil_id, row.guardian_id
    return row.pupil_id, OTHER if row.came else NOBODY


def _check(taps: Taps, guardians: Mapping[int, Collection[int]]) -> None:
    for pupil, who in taps.sent:
        if pupil not in guardians or (who > OTHER and who not in guardians[pupil]):
            raise Refused("Состав представителей изменился, пока вы отмечали: обновите страницу.")
