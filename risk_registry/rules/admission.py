"""Who is in danger of not being admitted to the final exams, and what the council decides in May. Without a database.

Sources: 273-ФЗ, ст. 58 (conditional transfer, the parents' choice), ст. 66, ч. 5 (whoever has not mastered a level is
not admitted to the next), ст. 59 and the orders on the final exams: grade 9 needs annual results of 3 and better in all
subjects, no debt, and the oral interview; grade 11 the same of both years, and the essay.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from risk_registry.categories import Word
from risk_registry.debts import Choice, TrialKind
from risk_registry.rules.debts import is_unsatisfactory

_NUMBERS = frozenset("12345")
_WITHOUT_MARKS = 1
LAST_OF_PRIMARY, LAST_OF_BASIC, LAST = 4, 9, 11
FINAL_GRADES = (LAST_OF_BASIC, LAST)
PASSING = 3


class Danger(Word):
    """What stands in the way."""

    ANNUAL = "annual", "годовая отметка"
    FORECAST = "forecast", "прогноз годовой отметки"
    PERIOD = "period", "нет аттестации за период"
    MISSING = "missing", "нет годовой отметки"
    DEBT = "debt", "академическая задолженность"
    TRIAL = "trial", "нет зачёта"


class Decision(Word):
    """What the pedagogical council decides on a pupil at the end of the year."""

    MOVED = "moved", "Переведён"
    CONDITIONAL = "cond", "Переведён условно"
    HELD = "held", "Не переведён на следующий уровень"
    REPEAT = "repeat", "Оставлен на повторное обучение"
    ADAPTED = "adapted", "Переведён на адаптированную программу"
    PLAN = "plan", "Переведён на индивидуальный учебный план"
    WAITS = "waits", "Решения нет: родители не выбрали"
    ADMITTED = "adm", "Допущен к ГИА"
    NOT_ADMITTED = "notadm", "Не допущен к ГИА"
    UNTRIED = "untried", "Решения нет: зачёт не записан"
    UNKNOWN = "unknown", "Нет годовых отметок"


@dataclass(frozen=True, slots=True)
class SubjectYear:
    """A subject's results: of the year (None while there is none) and of its periods so far, in their order."""

    key: int
    name: str
    annual: str | None
    excused: bool
    periods: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Owed:
    """An open debt. `ended`: not cleared in its term; `choice` then is the parents', empty while there is none."""

    key: int
    subject: str
    term: str
    ended: bool = False
    choice: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, in words; `subject` or `debt` is the key of its evidence, where there is one."""

    kind: Danger
    words: str
    subject: int | None = None
    debt: int | None = None


def trial_of(grade: int) -> TrialKind:
    """The interview in grade 9, the essay in grade 11."""
    return TrialKind.INTERVIEW if grade == LAST_OF_BASIC else TrialKind.ESSAY


def annual_forecast(periods: Sequence[str], round_up_from: Decimal = Decimal("0.5")) -> int | None:
    """The annual result that the period results so far foretell: their mean, rounded half up; None without numbers."""
    numbers = [int(value) for value in periods if value in _NUMBERS]
    if not numbers:
        return None
    mean = Decimal(sum(numbers)) / len(numbers)
    whole = int(mean)
    return whole + 1 if mean - whole >= round_up_from else whole


def dangers(
    grade: int,
    subjects: Collection[SubjectYear],
    debts: Collection[Owed],
    trials: Collection[bool],
    round_up_from: Decimal = Decimal("0.5"),
) -> list[Reason]:
    """What endangers the admission as things stand now: a trial that is still to come is no danger, a failed one is."""
    found = [reason for one in subjects if (reason := _subject_danger(one, round_up_from)) is not None]
    found += [_owed(one) for one in debts]
    if trials and not any(trials):
        found.append(Reason(Danger.TRIAL, f"{trial_of(grade).label.lower()}: незачёт"))
    return found


def _subject_danger(one: SubjectYear, round_up_from: Decimal) -> Reason | None:
    if one.annual is not None:
        bad = is_unsatisfactory(one.annual, excused=False)
        return Reason(Danger.ANNUAL, f"{one.name}: годовая {one.annual}", one.key) if bad else None
    told = ", ".join(one.periods)
    forecast = annual_forecast(one.periods, round_up_from)
    if forecast is not None and forecast < PASSING:
        return Reason(Danger.FORECAST, f"{one.name}: прогноз годовой {forecast} ({told})", one.key)
    if any(value in ("н/а", "незач") for value in one.periods):
        return Reason(Danger.PERIOD, f"{one.name}: {told}", one.key)
    return None


def _owed(one: Owed) -> Reason:
    words = "не ликвидирована в срок" if one.ended else f"срок {one.term}"
    return Reason(Danger.DEBT, f"{one.subject}: задолженность, {words}", debt=one.key)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is decided, and why when it is not an ordinary transfer or admission."""

    decision: Decision
    reasons: tuple[Reason, ...] = ()


def decide(
    grade: int, bad: Sequence[SubjectYear], *, results: int, debts: Sequence[Owed], trials: Collection[bool] = ()
) -> Outcome:
    """The decision on one pupil in May.

    `bad`: subjects with an unsatisfactory annual result, or «н/а» for a good reason (ст. 58, ч. 8 transfers both
    conditionally), that no person has settled; `results`: how many annual results there are at all.
    """
    reasons = (*(_annual(one) for one in bad), *(_owed(one) for one in debts))
    if ended := [one for one in debts if one.ended]:
        choice = next((one.choice for one in ended if one.choice), "")
        return Outcome(_CHOSEN[Choice(choice)] if choice else Decision.WAITS, reasons)
    if results == 0 and grade > _WITHOUT_MARKS:
        return Outcome(Decision.UNKNOWN, reasons)
    if grade in FINAL_GRADES:
        return _admission(grade, reasons, trials)
    if not reasons:
        return Outcome(Decision.MOVED)
    return Outcome(Decision.HELD if grade == LAST_OF_PRIMARY else Decision.CONDITIONAL, reasons)


_CHOSEN = {Choice.REPEAT: Decision.REPEAT, Choice.ADAPTED: Decision.ADAPTED, Choice.PLAN: Decision.PLAN}


def _annual(one: SubjectYear) -> Reason:
    excused = " по уважительной причине" if one.excused else ""
    return Reason(Danger.ANNUAL, f"{one.name}: годовая {one.annual}{excused}", one.key)


def _admission(grade: int, reasons: tuple[Reason, ...], trials: Collection[bool]) -> Outcome:
    """Of whom nobody has written down how the interview or the essay ended, that is said: it is no failure."""
    if not trials and not reasons:
        return Outcome(Decision.UNTRIED)
    if not any(trials):
        words = "незачёт" if trials else "нет записи"
        reasons = (*reasons, Reason(Danger.TRIAL, f"{trial_of(grade).label.lower()}: {words}"))
    return Outcome(Decision.NOT_ADMITTED if reasons else Decision.ADMITTED, reasons)
