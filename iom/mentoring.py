"""The words of mentoring: forms of pairs, their way, how they are assessed. Plain Python: rules read them."""

from enum import StrEnum

from common.workflow import Transition, Workflow
from risk_registry.categories import Word


class PairForm(Word):
    """Who leads whom (паспорт программы, показатели 15 и 16)."""

    TEACHERS = "tt", "учитель — учитель"
    TEACHER = "tp", "учитель — ученик"
    PUPILS = "pp", "ученик — ученик"


class PairState(Word):
    """Where a pair stands; ended early says why."""

    PROPOSED = "proposed", "Предложена"
    ACTIVE = "active", "Действует"
    FINISHED = "finished", "Завершена"
    ENDED = "ended", "Прекращена досрочно"


GOING = (PairState.PROPOSED, PairState.ACTIVE)
OVER = (PairState.FINISHED, PairState.ENDED)


class PairDeed(StrEnum):
    """What a person does with a pair."""

    START = "start"
    FINISH = "finish"
    END = "end"
    RESUME = "resume"


ADDED, CORRECTED = "added", "corrected"  # steps that are no deed of the table

PAIR = Workflow(
    [
        Transition(PairDeed.START, PairState.PROPOSED, PairState.ACTIVE),
        Transition(PairDeed.END, PairState.PROPOSED, PairState.ENDED, needs_comment=True),
        Transition(PairDeed.FINISH, PairState.ACTIVE, PairState.FINISHED),
        Transition(PairDeed.END, PairState.ACTIVE, PairState.ENDED, needs_comment=True),
        Transition(PairDeed.RESUME, PairState.FINISHED, PairState.ACTIVE, needs_comment=True),
        Transition(PairDeed.RESUME, PairState.ENDED, PairState.ACTIVE, needs_comment=True),
    ]
)


class Rhythm(Word):
    """How often a pair meets; «a month» is every fourth week, so that the weekday stays."""

    WEEK = "week", "каждую неделю"
    FORTNIGHT = "two", "раз в две недели"
    MONTH = "month", "раз в месяц"
    FREE = "free", "по договорённости"


WEEKS = {Rhythm.WEEK: 1, Rhythm.FORTNIGHT: 2, Rhythm.MONTH: 4}
WEEKDAYS = [
    (1, "понедельник"),
    (2, "вторник"),
    (3, "среда"),
    (4, "четверг"),
    (5, "пятница"),
    (6, "суббота"),
]
SHORT_DAYS = {1: "пн", 2: "вт", 3: "ср", 4: "чт", 5: "пт", 6: "сб"}


class Stage(Word):
    """When the work of a pair is assessed."""

    MIDDLE = "mid", "Промежуточная"
    FINAL = "final", "Итоговая"


class Outcome(Word):
    """What the pair has come to."""

    NONE = "none", "продвижения пока нет"
    SOME = "some", "есть продвижение"
    REACHED = "reached", "цель достигнута"
