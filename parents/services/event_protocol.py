"""The protocol of an event for parents: its words, decisions, conclusion; what was shown there."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from common.authorship import deed
from common.errors import Refused
from documents.services.attachments import attachment_keep
from documents.services.numbers import number_next
from parents.event_words import EventDeed, EventState
from parents.event_workflow import EVENT
from parents.models import EventDecision, EventMaterial, EventProtocol, ParentEvent
from parents.rules.events import why_not_concluded
from parents.services.events import CONCLUDED, event_locked, step_note
from school.models import Staff, User

REGISTER = "parent_event_protocol"
MATERIAL = "parents.material"


@dataclass(frozen=True)
class Decided:
    """A decision; `responsible` or `who` answers for it."""

    text: str
    due: date
    responsible: Staff | None = None
    who: str = ""


@deed
def protocol_write(
    *, by: User, event: ParentEvent, version: int, chair: str, secretary: str, course: str
) -> ParentEvent:
    """Who led and wrote, what was said. Raises `Refused` while it is concluded or somebody was quicker."""
    row = _open(event, version)
    row.chair, row.secretary, row.course = chair.strip(), secretary.strip(), course.strip()
    row.version += 1
    row.save()
    return row


@deed
def protocol_conclude(*, by: User, event: ParentEvent, version: int, paper: dict[str, Any]) -> EventProtocol:
    """A person concludes the protocol: it gets its number once, and `paper` is frozen.

    `paper` lacks number, version and day: they are set here. Raises `Refused` with what is missing.
    """
    row = _open(event, version)
    lacks = why_not_concluded(
        held=row.state == EventState.HELD, chair=row.chair, secretary=row.secretary, marked=row.marks.exists()
    )
    if lacks:
        raise Refused("Заключить протокол ещё нельзя.", [f"{words.capitalize()}." for words in lacks])
    EVENT.step(EventDeed.CONCLUDE, row.state)
    if row.number is None:
        row.number = number_next(school=row.school, kind=REGISTER, year=row.year.start)
    row.concluded_on, row.version = row.school.today(), row.version + 1
    row.save()
    last = row.steps.filter(deed=EventDeed.REOPEN).last()
    number = row.protocols.count() + 1
    why = last.comment if last is not None and number > 1 else ""
    told = {**paper, "number": row.number, "version": number, "concluded_on": row.concluded_on.isoformat(), "why": why}
    made = EventProtocol.objects.create(event=row, version=number, paper=told, why=why, by=by, at=row.school.now())
    step_note(by, row, EventDeed.CONCLUDE, row.state, "")
    return made


@deed
def protocol_reopen(*, by: User, event: ParentEvent, version: int, why: str) -> ParentEvent:
    """Open a concluded protocol for a correction; what was concluded stays, the next one is a further version."""
    row = event_locked(event, version)
    if row.concluded_on is None:
        raise Refused("Протокол не заключён: правьте его сразу.")
    EVENT.step(EventDeed.REOPEN, row.state, why)
    row.concluded_on, row.version = None, row.version + 1
    row.save()
    step_note(by, row, EventDeed.REOPEN, row.state, why[:300])
    return row


@deed
def decision_add(*, by: User, event: ParentEvent, decided: Decided) -> EventDecision:
    """Write a decision down. Raises `Refused` without words or a responsible, and while the protocol is concluded."""
    row = _open(event, None)
    decision = EventDecision(event=row, by=by, at=row.school.now())
    return _decide(decision, decided)


@deed
def decision_edit(*, by: User, decision: EventDecision, decided: Decided) -> EventDecision:
    """Correct a decision; raises as `decision_add`."""
    _open(decision.event, None)
    return _decide(EventDecision.objects.get(pk=decision.pk), decided)


@deed
def decision_remove(*, by: User, decision: EventDecision) -> None:
    """Take out what was written by mistake, before the protocol is concluded; history keeps it."""
    _open(decision.event, None)
    EventDecision.objects.filter(pk=decision.pk).delete()


@deed
def decision_keep(*, by: User, decision: EventDecision, on: date | None, note: str = "") -> EventDecision:
    """Say that it was carried out and what came of it; None takes the mark back."""
    event = event_locked(decision.event, None)
    if on is not None and not event.on <= on <= event.school.today():
        raise Refused("День выполнения — не раньше мероприятия и не позже сегодняшнего.")
    row = EventDecision.objects.select_for_update().get(pk=decision.pk)
    row.kept_on, row.kept_note = on, note.strip() if on is not None else ""
    row.save()
    return row


@deed
def material_add(*, by: User, event: ParentEvent, title: str, content: bytes) -> EventMaterial:
    """Attach a paper for good. Raises `Refused` when it is no PDF, JPEG or PNG by its content, or too large."""
    row = event_locked(event, None)
    words = title.strip() or "Материал"
    made = EventMaterial(event=row, title=words, by=by, at=row.school.now())
    params = {"event": row.pk, "school": row.school_id, "nth": row.materials.count() + 1}
    made.file = attachment_keep(
        by=by, school=row.school, kind=MATERIAL, params=params, title=words[:100], content=content
    )
    made.save()
    return made


@deed
def material_remove(*, by: User, material: EventMaterial) -> None:
    """Take away what was attached by mistake: nobody gets the file any more, that it was there stays in history."""
    row = EventMaterial.objects.select_for_update().select_related("event__school").get(pk=material.pk)
    if row.removed_at is None:
        row.removed_at = row.event.school.now()
        row.save()


def _open(event: ParentEvent, version: int | None) -> ParentEvent:
    row = event_locked(event, version)
    if row.concluded_on is not None:
        raise Refused(CONCLUDED)
    if row.state == EventState.CANCELLED:
        raise Refused("Мероприятие отменено: протокола у него нет.")
    return row


def _decide(row: EventDecision, decided: Decided) -> EventDecision:
    if not decided.text.strip():
        raise Refused("Напишите решение.")
    if decided.responsible is None and not decided.who.strip():
        raise Refused("Назовите ответственного.")
    if decided.due < row.event.on:
        raise Refused("Срок решения не может быть раньше мероприятия.")
    row.text, row.due, row.responsible = decided.text.strip(), decided.due, decided.responsible
    row.who = "" if decided.responsible is not None else decided.who.strip()
    row.save()
    return row
