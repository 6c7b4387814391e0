"""Sections about pupils: the contingent, how categories move, the registry, causes."""

from collections import Counter
from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from common.small_groups import LEAST_GROUP, may_be_told
from documents.papers.parts import (
    NONE,
    Bars,
    BarsPart,
    Cell,
    Column,
    Figure,
    Figures,
    Line,
    Lines,
    Part,
    Section,
    Table,
    Text,
    change_cell,
    number_cell,
    number_figure,
    share_cell,
)
from monitoring.reports.quarter.counts import Seat, Whole
from monitoring.reports.quarter.known import Known
from risk_registry.categories import Category, EntryState
from risk_registry.causes import KINDS
from risk_registry.links import categories_link, registry_link
from school.models import Level, Period

FEW = f"менее {LEAST_GROUP}"  # of a group whose belonging is restricted
_WORDS = ("неуспевающие", "слабоуспевающие", "резерв", "вне категорий")
_ORDER = (Category.FAILING, Category.WEAK, Category.RESERVE, Category.NONE)


def contingent(known: Known) -> Section:
    """How many pupils, who came and left; health and origin as two numbers of the whole school."""
    counts = known.counts
    numbers = Figures(
        (
            number_figure("pupils", "Обучающихся", known.report.totals.pupils),
            number_figure("came", "Прибыло", len(known.moves.came), "за период"),
            number_figure("left", "Выбыло", len(known.moves.left), "за период"),
            _few_figure("special", "С ОВЗ", counts[Whole.SPECIAL]),
            _few_figure("non_native", "Русский язык неродной", counts[Whole.NON_NATIVE]),
        )
    )
    return Section("contingent", "Контингент", (numbers, _levels(known)))


def _few_figure(code: str, label: str, number: int) -> Figure:
    return number_figure(code, label, number) if may_be_told(number) else Figure(code, label, FEW)


def _levels(known: Known) -> Table:
    columns = (Column("level", "Уровень"), Column("classes", "Классов", "number"),
               Column("pupils", "Обучающихся", "number"), Column("came", "Прибыло", "number"),
               Column("left", "Выбыло", "number"), Column("moved", "Перешло в другой класс", "number"))  # fmt: skip
    here = {row.school_class for row in known.judged}
    classes = Counter(str(ref.level) for key, ref in known.classes.items() if key in here)
    came, left, moved = (_by_level(seats) for seats in (known.moves.came, known.moves.left, known.moves.moved))
    rows = []
    for line in known.report.levels:
        level = next((one.value for one in Level if one.label == line.name), "")
        numbers = (classes[level], line.pupils, came[level], left[level], moved[level])
        rows.append((Cell(line.name), *(number_cell(number) for number in numbers)))
    whole = (classes.total(), known.report.totals.pupils, came.total(), left.total(), moved.total())
    return Table(
        "contingent",
        "Обучающиеся по уровням образования",
        columns,
        tuple(rows),
        foot=((Cell("Итого"), *(number_cell(number) for number in whole)),),
        note="Прибывшие и выбывшие — между первым и последним днём периода. О здоровье и родном языке сообщаются "
        f"только числа по школе, и не меньше {LEAST_GROUP}.",
    )


def _by_level(seats: Iterable[Seat]) -> Counter[str]:
    return Counter(Level.of_grade(seat.grade).value for seat in seats)


def dynamics(known: Known) -> Section:
    """Categories over the periods of the year; from which into which pupils went since the period before."""
    periods = [one for one in known.periods if one.pk in known.by_period and not one.is_start]
    parts: list[Part] = [_periods_table(known, periods)]
    if len(periods) > 1:
        parts += _pictures(known, periods)
    parts += _flows(known)
    return Section("dynamics", "Динамика", tuple(parts))


def _counts(known: Known, period: Period) -> list[int]:
    told = known.by_period[period.pk]
    return [told.get(category, 0) for category in _ORDER]


def _periods_table(known: Known, periods: Sequence[Period]) -> Table:
    columns = (Column("period", "Период"), Column("pupils", "Всего", "number"), Column("failing", "Неусп.", "number"),
               Column("weak", "Слабоусп.", "number"), Column("reserve", "Резерв", "number"),
               Column("none", "Вне категорий", "number"), Column("at_risk", "Под риском, %", "number"),
               Column("change", "Под риском, ±", "number"))  # fmt: skip
    rows, before = [], None
    for period in periods:
        numbers = _counts(known, period)
        risk, every = sum(numbers[:2]), sum(numbers)
        links = [categories_link(period=period.pk, category=one) for one in _ORDER[:3]]
        told = [number_cell(number, link=link) for number, link in zip(numbers, [*links, ""], strict=True)]
        change = change_cell(None if before is None else risk - before)
        rows.append((Cell(period.title), number_cell(every), *told, share_cell(risk, every), change))
        before = risk
    return Table("periods", "Категории по периодам года", columns, tuple(rows), empty="Категорий ещё нет.")


def _pictures(known: Known, periods: Sequence[Period]) -> list[Part]:
    titles = tuple(period.title for period in periods)
    numbers = [_counts(known, period) for period in periods]
    bars = tuple(BarsPart(title, tuple(told[:3])) for title, told in zip(titles, numbers, strict=True))
    shares = [
        (round(told[0] * 100 / sum(told), 1), round(sum(told[:2]) * 100 / sum(told), 1)) if sum(told) else (None, None)
        for told in numbers
    ]
    lines = (
        Line("неуспевающие", tuple(share[0] for share in shares)),
        Line("под риском всего", tuple(share[1] for share in shares)),
    )
    return [
        Bars("Обучающиеся под риском и в резерве по периодам, человек", _WORDS[:3], bars),
        Lines("Доля обучающихся под риском по периодам, %", titles, lines),
    ]


def _flows(known: Known) -> list[Part]:
    if known.was is None or known.previous is None:
        return [Text(("Переходы между категориями будут видны со следующего периода: сравнить пока не с чем.",))]
    was = {row.pupil: row.category for row in known.was}
    now = {row.pupil: row.category for row in known.judged}
    moves = Counter((was.get(pupil, ""), now.get(pupil, "")) for pupil in was.keys() | now.keys())
    columns = (Column("was", "Было"), *(Column(f"to_{one.value}", word, "number")
               for one, word in zip(_ORDER, _WORDS, strict=True)), Column("left", "выбыли", "number"))  # fmt: skip
    lines = [(_WORDS[index], category) for index, category in enumerate(_ORDER)]
    rows = [(Cell(word), *(number_cell(moves[category, to]) for to in (*_ORDER, ""))) for word, category in lines]
    new = (Cell("прибыли"), *(number_cell(moves["", to]) for to in _ORDER), number_cell(None))
    better, worse = _moved(moves)
    note = f"К итогам {known.previous.title_genitive}: строки — что было, столбцы — что стало."
    return [
        Figures((
            number_figure("better", "Категория стала легче", better),
            number_figure("worse", "Категория стала тяжелее", worse),
        )),
        Table("flows", "Переходы между категориями, человек", columns, (*rows, new), note=note),
    ]  # fmt: skip


def _moved(moves: Counter[tuple[str, str]]) -> tuple[int, int]:
    """How many pupils of both periods are in a lighter category now, how many in a graver one."""
    rank = {str(category): index for index, category in enumerate(_ORDER)}
    both = [(rank[was], rank[now], n) for (was, now), n in moves.items() if was and now]
    return sum(n for was, now, n in both if now > was), sum(n for was, now, n in both if now < was)


_STATES = (EntryState.PROPOSED, EntryState.AGREED, EntryState.APPROVED, EntryState.RETURNED, EntryState.REMOVED)
_STATE_TITLES = ("Предложено", "Согласовано", "Утверждено", "Возвращено", "Исключено")


def registry(known: Known) -> Section:
    """Entries by state and class, with the day of the last approval."""
    columns = (Column("class", "Класс"), Column("entries", "В реестре", "number"),
               *(Column(state.value, title, "number") for state, title in zip(_STATES, _STATE_TITLES, strict=True)),
               Column("approved_on", "Утверждён"))  # fmt: skip
    own: dict[int, Counter[EntryState]] = {}
    days: dict[int, str] = {}
    zone = ZoneInfo(known.period.year.school.timezone)
    for pupil, entry in known.registry.items():
        key = known.seats.get(pupil)
        if key is None:
            continue
        own.setdefault(key, Counter())[entry.state] += 1
        if entry.approved_at is not None:
            days[key] = max(days.get(key, ""), entry.approved_at.astimezone(zone).date().isoformat())
    rows = [_registry_row(known, key, own[key], days.get(key, "")) for key in known.classes if key in own]
    whole: Counter[EntryState] = sum(own.values(), Counter())
    foot = (_registry_row(known, None, whole, max(days.values(), default="")),) if rows else ()
    table = Table(
        "registry",
        "Реестр по классам",
        columns,
        tuple(rows),
        foot=foot,
        empty="Реестра за период ещё нет.",
        note="«В реестре» — кроме исключённых и снятых по отметкам. «Утверждён» — день последнего утверждения.",
    )
    return Section("registry", "Реестр", (table,))


def _registry_row(known: Known, key: int | None, states: Counter[EntryState], day: str) -> tuple[Cell, ...]:
    period = known.period.pk
    inside = sum(states[state] for state in _STATES[:4])
    told = [number_cell(states[one], link=registry_link(period=period, cls=key, state=one.value)) for one in _STATES]
    name = "Итого" if key is None else known.classes[key].name
    approved = ".".join(reversed(day.split("-"))) if day else "—"
    return Cell(name), number_cell(inside, link=registry_link(period=period, cls=key)), *told, Cell(approved)


def causes(known: Known) -> Section:
    """Open causes by name, restricted ones as one number; for how many nothing is established, by class."""
    standing = {pupil: entry for pupil, entry in known.registry.items() if entry.stands and pupil in known.seats}
    told = Counter(code for entry in standing.values() for code in set(entry.causes))
    closed = told.pop("", 0)
    columns = (Column("cause", "Причина"), Column("group", "Группа"), Column("pupils", "Обучающихся", "number"),
               Column("share", "Доля реестра", "number"))  # fmt: skip
    rows = [
        (Cell(kind.name), Cell(kind.group.label), number_cell(told[code]), share_cell(told[code], len(standing)))
        for code, kind in KINDS.items()
        if told[code]
    ]
    rows.sort(key=lambda row: -(row[2].number or 0))
    if closed:
        told_of = may_be_told(closed)
        number = number_cell(closed) if told_of else Cell(FEW)
        share = share_cell(closed, len(standing)) if told_of else Cell(NONE)
        rows.append((Cell("причины с ограниченным доступом"), Cell("—"), number, share))
    table = Table(
        "causes", "Причины неуспешности", columns, tuple(rows), empty="Причины пока не установлены.",
        note=f"У обучающегося может быть несколько причин. Причины с ограниченным доступом не называются, число "
        f"меньше {LEAST_GROUP} не показывается.",
    )  # fmt: skip
    return Section("causes", "Причины", (table, _caused(known, {p: bool(e.causes) for p, e in standing.items()})))


def _caused(known: Known, standing: dict[int, bool]) -> Table:
    columns = (Column("class", "Класс"), Column("entries", "В реестре", "number"),
               Column("caused", "Причины установлены", "number"), Column("without", "Причин нет", "number"),
               Column("share", "Установлены, %", "number"))  # fmt: skip
    every, some = known.count_by_class(standing), known.count_by_class(p for p, has in standing.items() if has)
    lines = [(key, known.classes[key].name, every[key], some[key]) for key in known.classes if every[key]]
    rows = [_caused_row(known, *line) for line in lines]
    foot = (_caused_row(known, None, "Итого", every.total(), some.total()),) if rows else ()
    return Table("caused", "Для скольких записей реестра причины установлены", columns, tuple(rows), foot=foot,
                 empty="Записей реестра нет.")  # fmt: skip


def _caused_row(known: Known, key: int | None, name: str, every: int, some: int) -> tuple[Cell, ...]:
    def link(which: str) -> str:
        return registry_link(period=known.period.pk, cls=key, causes=which)

    numbers = (number_cell(some, link=link("some")), number_cell(every - some, link=link("none")))
    return Cell(name), number_cell(every), *numbers, share_cell(some, every)
