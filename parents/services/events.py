"""The plan of events for parents: written, corrected, moved, held, cancelled."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time

from common.authorship import deed
from common.errors import Refused
from common.russian import date_short
from parents.event_words import EventDeed, EventKind, EventState
from parents.event_workflow import EVENT
from parents.models import EventClass, EventStep, ParentEvent
from school.models import AcademicYear, School, SchoolClass, Staff, User

CHANGED = "Пока вы решали, мероприятие изменили: обновите страницу и посмотрите, что в нём теперь."
CONCLUDED = "Протокол заключён: сначала откройте его для исправления."


@dataclass(frozen=True)
class EventDraft:
    """What it is and for whom. `levels` are codes; neither levels nor classes: the whole school."""

    kind: str
    title: str
    levels: tuple[str, ...] = ()
    classes: tuple[SchoolClass, ...] = ()
    prevention: bool = True
    leader: Staff | None = None
    questions: str = ""


@dataclass(frozen=True)
class EventTime:
    """When and where."""

    on: date
    starts_at: time | None = None
    ends_at: time | None = None
    place: str = ""

    @property
    def words(self) -> str:
        """«26.11.2026 18:00, актовый зал»."""
        clock = f" {self.starts_at:%H:%M}" if self.starts_at else ""
        return f"{date_short(self.on)}{clock}" + (f", {self.place}" if self.place else "")


def time_of(event: ParentEvent) -> EventTime:
    """When and where it stands now."""
    return EventTime(event.on, event.starts_at, event.ends_at, event.place)


@deed
def event_plan(*, by: User, school: School, draft: EventDraft, when: EventTime) -> ParentEvent:
    """Put an event into the plan; a past one may be written down too.

    Raises `Refused` without a subject, for classes of another year, a day outside of the school's years, times out of
    order.
    """
    year = _year(school, when.on)
    row = ParentEvent(school=school, year=year, by=by, at=school.now())
    _place(row, when)
    _fill(row, draft)
    row.save()
    _invite(row, draft.classes)
    step_note(by, row, EventDeed.PLAN, "", "")
    return row


@deed
def event_edit(*, by: User, event: ParentEvent, version: int, draft: EventDraft) -> ParentEvent:
    """Correct what it is and for whom. Raises `Refused` as `event_plan`, when it is cancelled or was changed."""
    row = event_locked(event, version)
    if row.state == EventState.CANCELLED:
        raise Refused("Мероприятие отменено: сначала верните его в план.")
    if row.concluded_on is not None:
        raise Refused(CONCLUDED)
    _fill(row, draft)
    row.version += 1
    row.save()
    row.invited.all().delete()
    _invite(row, draft.classes)
    return row


@deed
def event_move(*, by: User, event: ParentEvent, version: int, when: EventTime, why: str) -> ParentEvent:
    """Another day, hour or place, with the reason; the old ones stay in the steps."""
    row = event_locked(event, version)
    was = time_of(row)
    if was == when:
        raise Refused("День, время и место те же: переносить нечего.")
    if row.concluded_on is not None:
        raise Refused(CONCLUDED)
    transition = EVENT.step(EventDeed.MOVE, row.state, why)
    if row.state == EventState.HELD and when.on > row.school.today():
        raise Refused("Мероприятие уже прошло: его день не может быть позже сегодняшнего.")
    row.year = _year(row.school, when.on, row.year)
    _place(row, when)
    row.version += 1
    row.save()
    step_note(by, row, EventDeed.MOVE, transition.source, f"{why.strip()}. Было: {was.words}")
    return row


@deed
def event_step(*, by: User, event: ParentEvent, version: int, what: EventDeed, comment: str = "") -> ParentEvent:
    """Mark as held, take the mark back, cancel with a reason, put back into the plan.

    Raises `Refused` when the state does not allow it, a reason is missing, the day is still to come, or there are marks
    or a protocol that only a held event has.
    """
    row = event_locked(event, version)
    transition = EVENT.step(what, row.state, comment)
    if what == EventDeed.HOLD and row.on > row.school.today():
        raise Refused("Этот день ещё не наступил: отметьте после мероприятия.")
    if what == EventDeed.RETURN and (row.marks.exists() or row.concluded_on is not None):
        raise Refused("Есть отметки, кто был, или протокол: сначала снимите их, потом отметку «прошло».")
    row.state, row.version = EventState(transition.target), row.version + 1
    row.save()
    step_note(by, row, what, transition.source, comment)
    return row


def event_locked(event: ParentEvent, version: int | None) -> ParentEvent:
    """The row for writing; `version` that the person saw, None where it does not matter."""
    rows = ParentEvent.objects.select_for_update(of=("self",)).select_related("school", "year", "leader")
    row = rows.get(pk=event.pk)
    if version is not None and row.version != version:
        raise Refused(CHANGED)
    return row


def step_note(by: User, row: ParentEvent, what: EventDeed, source: str, comment: str) -> None:
    """Keep the deed."""
    EventStep.objects.create(
        event=row,
        deed=what,
        from_state=source,
        to_state=row.state,
        by=by,
        at=row.school.now(),
        comment=comment.strip(),
        version=row.version,
    )


def _fill(row: ParentEvent, draft: EventDraft) -> None:
    if not draft.title.strip():
        raise Refused("Напишите тему.")
    if any(one.year_id != row.year_id for one in draft.classes):
        raise Refused("Приглашённые классы — другого учебного года, чем день мероприятия.")
    row.kind, row.title, row.levels = EventKind(draft.kind), draft.title.strip(), list(draft.levels)
    row.prevention, row.leader, row.questions = draft.prevention, draft.leader, draft.questions.strip()


def _place(row: ParentEvent, when: EventTime) -> None:
    if when.ends_at is not None and (when.starts_at is None or when.ends_at <= when.starts_at):
        raise Refused("Мероприятие кончается позже, чем начинается: исправьте время.")
    row.on, row.starts_at, row.ends_at, row.place = when.on, when.starts_at, when.ends_at, when.place.strip()


def _invite(row: ParentEvent, classes: Collection[SchoolClass]) -> None:
    EventClass.objects.bulk_create(EventClass(event=row, school_class=one) for one in classes)


def _year(school: School, on: date, only: AcademicYear | None = None) -> AcademicYear:
    found = school.years.filter(starts__lte=on, ends__gte=on).first()
    if found is None:
        raise Refused("Этот день не входит ни в один учебный год школы: исправьте дату.")
    if only is not None and found != only:
        raise Refused("Этот день — другого учебного года: внесите новое мероприятие в его план.")
    return found
