"""The demo's year of events for parents: concluded, without a protocol, forgotten, to come, moved, cancelled."""

from datetime import date, time

from demo.decisions import on_day
from demo.journals import user_named
from parents.event_words import EventDeed, EventKind
from parents.models import ParentEvent
from parents.reports.event_papers import frozen, protocol_paper
from parents.rules.events import NOBODY, OTHER, Mark, Taps
from parents.selectors.events import guardians_by_pupil, told
from parents.services.event_marks import event_marks_save
from parents.services.event_protocol import (
    Decided,
    decision_add,
    decision_keep,
    protocol_conclude,
    protocol_write,
)
from parents.services.events import EventDraft, EventTime, event_move, event_plan, event_step
from school.models import Level, School, SchoolClass, User

_PLANNED, _AUTUMN, _LECTURE = date(2026, 9, 4), date(2026, 9, 18), date(2026, 10, 16)
_RESULTS, _CLUB, _NOW = date(2026, 11, 13), date(2026, 11, 18), date(2026, 11, 20)


def invite_parents(school: School) -> None:
    """Six events: each in a state of its own."""
    leader = user_named("klass")
    own = SchoolClass.objects.filter(class_teacher=leader.staff, year__starts__lte=_NOW, year__ends__gte=_NOW).first()
    if own is None:
        return
    with on_day(school, _PLANNED):
        _far(school)
        lecture = _lecture(school)
        first = _meeting(leader, own, _AUTUMN, "Как помочь ребёнку учиться", "Режим дня\nДомашние задания")
    with on_day(school, _AUTUMN):
        _mark(leader, first, own)
        _conclude(leader, first)
    with on_day(school, _LECTURE):
        _mark(leader, lecture, own, every=3)
    with on_day(school, _RESULTS):
        second = _meeting(leader, own, _RESULTS, "Итоги первой четверти", "Успеваемость класса\nКому и чем помогаем")
        _mark(leader, second, own, every=2, rest=True)
        _decide(leader, second, "Пригласить учителя алгебры на консультацию родителей", date(2026, 11, 27))
    with on_day(school, _NOW):
        _keep_first(leader, first)


def _plan(by: User, draft: EventDraft, on: date, hour: int, place: str) -> ParentEvent:
    assert by.school is not None
    school = School.objects.get(pk=by.school.pk)  # as it is on this day
    return event_plan(by=by, school=school, draft=draft, when=EventTime(on, time(hour), time(hour + 1), place))


def _meeting(leader: User, own: SchoolClass, on: date, title: str, questions: str) -> ParentEvent:
    draft = EventDraft(EventKind.MEETING, title, classes=(own,), leader=leader.staff, questions=questions)
    return _plan(leader, draft, on, 18, "каб. 21")


def _lecture(school: School) -> ParentEvent:
    by = user_named("psiholog")
    draft = EventDraft(
        EventKind.LECTURE, "Причины школьной неуспешности и пути её преодоления", (Level.BASIC.value,), leader=by.staff
    )
    return _plan(by, draft, _LECTURE, 18, "актовый зал")


def _far(school: School) -> None:
    """One that nobody has said anything of since its day, one to come that was moved, one called off."""
    pedagogue, deputy = user_named("socped"), user_named("zavuch")
    club = EventDraft(EventKind.CLUB, "Учимся вместе", (Level.PRIMARY.value,), leader=pedagogue.staff)
    _plan(pedagogue, club, _CLUB, 17, "библиотека")
    day = EventDraft(EventKind.DAY, "Учителя-предметники — родителям", leader=deputy.staff)
    moved = _plan(deputy, day, date(2026, 11, 26), 16, "по кабинетам")
    when = EventTime(date(2026, 11, 27), time(16), time(18), "по кабинетам")
    event_move(by=deputy, event=moved, version=0, when=when, why="26 ноября — педагогический совет")
    lecture = EventDraft(EventKind.LECTURE, "Безопасный интернет", (), leader=deputy.staff, prevention=False)
    gone = _plan(deputy, lecture, date(2026, 11, 12), 18, "актовый зал")
    event_step(by=deputy, event=gone, version=0, what=EventDeed.CANCEL, comment="лектор заболел")


def _mark(leader: User, event: ParentEvent, own: SchoolClass, *, every: int = 1, rest: bool = False) -> None:
    """The first parent of every so many pupils came, for one somebody else, for one nobody."""
    guardians = guardians_by_pupil(leader, event, [own])
    came: set[Mark] = set()
    for number, (pupil, people) in enumerate(sorted(guardians.items())):
        if number % 7 == 5:
            came.add((pupil, NOBODY if number % 2 else OTHER))
        elif people and number % every == 0:
            came.add((pupil, min(people)))
    taps = Taps(frozenset(), frozenset(came), list(guardians), rest)
    event_marks_save(by=leader, event=event, taps=taps, guardians=guardians)


def _decide(leader: User, event: ParentEvent, text: str, due: date) -> None:
    decision_add(by=leader, event=event, decided=Decided(text, due, leader.staff))


def _conclude(leader: User, event: ParentEvent) -> None:
    _decide(leader, event, "Проверять дневник по пятницам и расписываться", date(2026, 11, 1))
    decision_add(
        by=leader, event=event, decided=Decided("Собрать список кружков", date(2026, 10, 1), who="родительский комитет")
    )
    version = ParentEvent.objects.get(pk=event.pk).version
    name = leader.staff.short_name if leader.staff is not None else ""
    course = "О режиме дня и домашних заданиях рассказала классный руководитель. Вопросы: сколько времени на уроки."
    protocol_write(
        by=leader, event=event, version=version, chair=name, secretary="Председатель комитета", course=course
    )
    whole = told(ParentEvent.objects.filter(pk=event.pk), None).get()
    protocol_conclude(by=leader, event=event, version=whole.version, paper=frozen(protocol_paper(whole)))


def _keep_first(leader: User, event: ParentEvent) -> None:
    row = event.decisions.first()
    if row is not None:
        decision_keep(by=leader, decision=row, on=_NOW, note="подписано 19 дневников из 24")
