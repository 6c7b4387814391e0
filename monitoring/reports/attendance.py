"""«Посещаемость»: lessons missed in a period by class, reason and week, and who misses them systematically.

Sources: the duties of class teachers (пропуски единичные, неоднократные, систематические; their numbers are the
school's settings) and of the administration («анализ посещаемости»). Reasons of illness stand in sums only.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from common.errors import Refused
from common.russian import counted, decimal, percent, whole
from documents.papers.parts import (
    NONE,
    Bars,
    BarsPart,
    Cell,
    Column,
    Figure,
    Figures,
    Paper,
    Section,
    Suggestion,
    Table,
    Text,
    date_cell,
    number_cell,
    share_cell,
)
from gradebook.models import AbsenceReason
from monitoring.reports.attendance_reads import Missed, Truant, missed_by_pupil, missed_by_week, truants
from monitoring.reports.heads import head_of, heads_of, year_line
from monitoring.reports.kinds import Wanted
from monitoring.reports.quarter import reads
from risk_registry.rules.warning import AbsenceLevel
from school.models import Period, SchoolSettings

KIND = "attendance"
TITLE = "Посещаемость"
_REASONS = (AbsenceReason.UNEXCUSED, AbsenceReason.ILLNESS, AbsenceReason.EXCUSED)
_PUPILS = ("ученик", "ученика", "учеников")
_NAMES = ("без уважительной причины", "по болезни", "по уважительной причине")


@dataclass(frozen=True)
class Sum:
    """Lessons missed by some pupils: by reason, and how many pupils these are."""

    pupils: int
    reasons: Counter[str]

    @property
    def lessons(self) -> int:
        """For whatever reason."""
        return sum(self.reasons.values())

    def mean(self, reason: str = "") -> float | None:
        """Lessons a pupil; None of nobody."""
        if not self.pupils:
            return None
        return (self.reasons[reason] if reason else self.lessons) / self.pupils


@dataclass(frozen=True)
class _Facts:
    """What is told: by class of the period and of the one before; `known`: classes of which there are journals."""

    period: Period
    previous: Period | None
    classes: Mapping[int, reads.ClassRef]
    now: Mapping[int, Sum]
    before: Mapping[int, Sum]
    known: frozenset[int]
    weeks: Mapping[date, Counter[str]]
    seats: Mapping[int, int]
    names: Mapping[int, str]
    truants: list[Truant]

    def told(self) -> Sum:
        """All classes of which there are journals."""
        return _together([self.now[key] for key in self.now if key in self.known])

    def told_before(self) -> Sum | None:
        """The same of the period before; None without one."""
        return _together(list(self.before.values())) if self.before else None

    def of_level(self, level: AbsenceLevel, school_class: int | None = None) -> list[Truant]:
        """Those who reached this level and no graver one, of the school or of a class."""
        own = [one for one in self.truants if one.level == level and one.pupil in self.seats]
        return [one for one in own if school_class in (None, self.seats[one.pupil])]


def build_attendance(wanted: Wanted) -> Paper:
    """The paper as the data stand now; a constant number of queries. Raises `Refused` before a classification."""
    facts, heads = _read(wanted.period), heads_of(wanted)
    settings = wanted.school.settings
    return Paper(
        kind=KIND,
        title=TITLE,
        lines=("Анализ пропусков уроков", year_line(wanted)),
        head=head_of(wanted),
        sections=(
            Section("main", "1. Главное", (Figures(tuple(_figures(facts))), _levels_note(settings)), _suggested(facts)),
            Section("classes", "2. По классам", (_class_table(facts),)),
            Section("dynamics", "3. Динамика", (*_dynamics(facts), *_weeks(facts))),
            Section("systematic", "4. Систематические пропуски без уважительной причины", (_systematic(facts),)),
            Section("repeated", "5. Неоднократные пропуски без уважительной причины", (_repeated(facts),)),
        ),
        caveats=tuple(_caveats(facts, wanted)),
        signatures=(("Заместитель директора по УВР", heads.deputy),),
    )


def _read(period: Period) -> _Facts:
    judged = reads.judged_in(period)
    if not judged:
        raise Refused(f"За {period.title_accusative} ещё нет ни одной категории: пересчитайте их.")
    previous = reads.previous_period(period)
    was = reads.judged_in(previous) if previous is not None else []
    classes = reads.classes_of(judged, was)
    known = _known_classes(classes, period)
    seats = {row.pupil: row.school_class for row in judged}
    return _Facts(
        period=period,
        previous=previous,
        classes=classes,
        now=_sums(missed_by_pupil(period), seats),
        before=_before(previous, was, classes),
        known=known,
        weeks=missed_by_week(period),
        seats=seats,
        names=reads.names(judged, []).pupils,
        truants=truants(period),
    )


def _known_classes(classes: Mapping[int, reads.ClassRef], period: Period) -> frozenset[int]:
    days = reads.data_days(classes.values(), period)
    return frozenset(key for key, day in days.items() if day is not None and day >= period.starts)


def _before(previous: Period | None, was: list[reads.Judged], classes: Mapping[int, reads.ClassRef]) -> dict[int, Sum]:
    """Of the classes that had journals then."""
    if previous is None:
        return {}
    known = _known_classes(classes, previous)
    sums = _sums(missed_by_pupil(previous), {row.pupil: row.school_class for row in was})
    return {key: one for key, one in sums.items() if key in known}


def _sums(missed: Missed, seats: Mapping[int, int]) -> dict[int, Sum]:
    """By class, those who missed nothing included."""
    pupils, reasons = Counter(seats.values()), defaultdict[int, Counter[str]](Counter)
    for (pupil, reason), count in missed.items():
        reasons[seats[pupil]][reason] += count
    return {key: Sum(number, reasons[key]) for key, number in pupils.items()}


def _together(sums: list[Sum]) -> Sum:
    return Sum(sum(one.pupils for one in sums), sum((one.reasons for one in sums), Counter()))


def _figures(facts: _Facts) -> Iterator[Figure]:
    told = facts.told()
    bad, link = told.reasons[AbsenceReason.UNEXCUSED], _missed_link(facts.period)
    share = f"{percent(bad, told.lessons)} всех пропусков" if told.lessons else ""
    mean = told.mean()
    was = facts.told_before()
    compared = f"было {_mean_words(was.mean())}" if was is not None else ""
    repeated, grave = facts.of_level(AbsenceLevel.REPEATED), facts.of_level(AbsenceLevel.SYSTEMATIC)
    silent = sum(not one.answers and not one.dismissed for one in grave)
    yield Figure("lessons", "Пропущено уроков", *_known(told, told.lessons))
    yield Figure("unexcused", "Без уважительной причины", _known(told, bad)[0], share, link if bad else "", bad)
    yield Figure("mean", "В среднем на ученика", _mean_words(mean), compared, "", _rounded(mean))
    yield Figure("repeated", "Неоднократно", counted(len(repeated), *_PUPILS), number=len(repeated))
    note = f"из них без записи о работе: {silent}" if silent else ""
    yield Figure("systematic", "Систематически", counted(len(grave), *_PUPILS), note, number=len(grave))


def _known(told: Sum, number: int) -> tuple[str]:
    return (whole(number) if told.pupils else NONE,)


def _mean_words(value: float | None) -> str:
    return NONE if value is None else decimal(value, 2)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _mean_cell(value: float | None) -> Cell:
    return number_cell(_rounded(value), places=2)


def _missed_link(period: Period) -> str:
    return f"{reverse('desk:missed')}?period={period.pk}"


def _levels_note(settings: SchoolSettings) -> Text:
    days = counted(settings.absent_systematic, "дня", "дней", "дней")
    return Text(
        (
            f"Неоднократно — от {counted(settings.absent_repeated, 'дня', 'дней', 'дней')} с уроками, пропущенными без "
            f"уважительной причины; систематически — от {days} или от {settings.absent_percent} % уроков класса. "
            "Границы задаёт школа.",
        ),
        quiet=True,
    )


_CLASS_COLUMNS = (
    Column("class", "Класс"),
    Column("pupils", "Учеников", "number"),
    Column("lessons", "Уроков", "number"),
    Column("unexcused", "без уваж. причины", "number"),
    Column("illness", "болезнь", "number"),
    Column("excused", "уваж. причина", "number"),
    Column("mean", "На ученика", "number"),
    Column("before", "Было", "number"),
    Column("repeated", "неодн.", "number"),
    Column("systematic", "сист.", "number"),
)


def _class_table(facts: _Facts) -> Table:
    rows = [_class_row(facts, key) for key in facts.classes if key in facts.now]
    told, was = facts.told(), facts.told_before()
    total = (
        Cell("Итого"),
        *_sum_cells(told, was, known=bool(told.pupils)),
        *_level_cells(facts, None, known=bool(told.pupils)),
    )
    note = (
        "«На ученика» — пропущенных уроков в среднем на одного ученика; «было» — то же за прошлый период; "
        "«неодн.», «сист.» — сколько учеников пропускали без уважительной причины неоднократно и систематически."
    )
    return Table("classes", "Пропущено уроков по классам", _CLASS_COLUMNS, tuple(rows), (total,), note=note)


def _class_row(facts: _Facts, key: int) -> tuple[Cell, ...]:
    name = Cell(facts.classes[key].name, link=reverse("desk:class", args=[key]))
    known = key in facts.known
    cells = _sum_cells(facts.now[key], facts.before.get(key), known=known)
    return (name, *cells, *_level_cells(facts, key, known=known))


def _level_cells(facts: _Facts, school_class: int | None, *, known: bool) -> tuple[Cell, ...]:
    levels = (AbsenceLevel.REPEATED, AbsenceLevel.SYSTEMATIC)
    return tuple(number_cell(len(facts.of_level(level, school_class)) if known else None) for level in levels)


def _sum_cells(told: Sum, was: Sum | None, *, known: bool) -> tuple[Cell, ...]:
    """Of a class without journals only how many pupils sit in it."""
    before = _mean_cell(was.mean()) if was is not None else Cell(NONE)
    if not known:
        return (number_cell(told.pupils), *(Cell(NONE),) * 5, before)
    reasons = (number_cell(told.reasons[reason]) for reason in _REASONS)
    return (number_cell(told.pupils), number_cell(told.lessons), *reasons, _mean_cell(told.mean()), before)


def _dynamics(facts: _Facts) -> Iterator[Table | Text]:
    told, was = facts.told(), facts.told_before()
    if was is None or facts.previous is None:
        yield Text(("Сравнивать не с чем: прошлого периода нет.",))
        return
    columns = (
        Column("reason", "Пропуски"),
        Column("before", f"{facts.previous.title} {facts.previous.year.title}", "number"),
        Column("now", facts.period.title, "number"),
        Column("share_before", "доля", "number"),
        Column("share", "доля теперь", "number"),
    )
    rows: list[tuple[Cell, ...]] = [
        (Cell("все"), _mean_cell(was.mean()), _mean_cell(told.mean()), Cell(NONE), Cell(NONE))
    ]
    for reason, name in zip(_REASONS, _NAMES, strict=True):
        shares = (share_cell(one.reasons[reason], one.lessons) for one in (was, told))
        rows.append((Cell(name), _mean_cell(was.mean(reason)), _mean_cell(told.mean(reason)), *shares))
    note = "Доля — от всех пропущенных уроков того же периода."
    yield Table("dynamics", "Пропущено уроков в среднем на ученика", columns, tuple(rows), note=note)


def _weeks(facts: _Facts) -> Iterator[Table | Bars]:
    columns = (Column("week", "Неделя"), *(Column(str(r), n, "number") for r, n in zip(_REASONS, _NAMES, strict=True)))
    rows = tuple(
        (Cell(_week_words(monday)), *(number_cell(told[reason]) for reason in _REASONS))
        for monday, told in facts.weeks.items()
    )
    if rows:
        bars = [
            BarsPart(f"{monday:%d.%m}", tuple(told[reason] for reason in _REASONS))
            for monday, told in facts.weeks.items()
        ]
        yield Bars("Пропущено уроков по неделям", _NAMES, tuple(bars))
    yield Table("weeks", "Пропущено уроков по неделям", columns, rows, empty="Пропусков в журналах нет.")


def _week_words(monday: date) -> str:
    return f"{monday:%d.%m}–{monday + timedelta(days=5):%d.%m}"


_TRUANT_COLUMNS = (
    Column("name", "Кто", "name"),
    Column("class", "Класс"),
    Column("lessons", "Уроков", "number"),
    Column("days", "Дней", "number"),
    Column("since", "С какого дня"),
    Column("done", "Что сделано"),
)


def _systematic(facts: _Facts) -> Table:
    return _truant_table(facts, AbsenceLevel.SYSTEMATIC, "systematic", "Пропускают систематически")


def _repeated(facts: _Facts) -> Table:
    return _truant_table(facts, AbsenceLevel.REPEATED, "repeated", "Пропускали неоднократно")


def _truant_table(facts: _Facts, level: AbsenceLevel, code: str, title: str) -> Table:
    rows = tuple(
        (
            Cell(facts.names[one.pupil], link=reverse("desk:pupil", args=[one.pupil]) + "#absences"),
            Cell(facts.classes[facts.seats[one.pupil]].name),
            number_cell(one.lessons),
            number_cell(one.days),
            date_cell(one.since),
            Cell(_done(one)),
        )
        for one in facts.of_level(level)
    )
    note = "«Что сделано» — чем ответили на сигнал о пропусках: записи программы." if rows else ""
    return Table(code, title, _TRUANT_COLUMNS, rows, empty="Таких учеников нет.", note=note)


def _done(one: Truant) -> str:
    if one.answers:
        return "; ".join(one.answers)
    return "сигнал отклонён с причиной" if one.dismissed else "нет записи"


def _suggested(facts: _Facts) -> tuple[Suggestion, ...]:
    told, was, found = facts.told(), facts.told_before(), []
    bad = AbsenceReason.UNEXCUSED
    if was is not None and facts.previous is not None and told.lessons and was.lessons:
        now, then = percent(told.reasons[bad], told.lessons), percent(was.reasons[bad], was.lessons)
        text = f"Доля пропусков без уважительной причины составила {now} (в прошлом периоде — {then})."
        found.append(Suggestion("share", text, "Раздел 3, «Динамика»"))
    if grave := facts.of_level(AbsenceLevel.SYSTEMATIC):
        people = counted(len(grave), "ученик пропускает", "ученика пропускают", "учеников пропускают")
        text = f"{people} занятия без уважительной причины систематически; работу с семьями продолжить."
        found.append(Suggestion("systematic", text, "Раздел 4", _missed_link(facts.period)))
    return tuple(found)


def _caveats(facts: _Facts, wanted: Wanted) -> Iterator[str]:
    unknown = [facts.classes[key].name for key in facts.now if key not in facts.known]
    if unknown:
        yield f"Нет данных журналов за период: {', '.join(unknown)}. В итогах этих классов нет."
    longer = [one.name for one in facts.classes.values() if one.system != wanted.period.system]
    if longer:
        yield f"Классы с другими учебными периодами ({', '.join(longer)}) считаны с начала своего периода."
    if wanted.school.today() < wanted.period.ends:
        yield "Период ещё идёт: пропуски считаны по загруженным журналам."
