"""Sections about what was done: individual work, extra lessons, pairs, routes and what came of them."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import reverse

from common.russian import decimal, percent
from documents.papers.parts import (
    NONE,
    Cell,
    Column,
    Figures,
    Section,
    Table,
    Text,
    number_cell,
    number_figure,
    share_cell,
)
from iom.selectors.effect import Line, Share
from monitoring.reports.quarter.counts import Whole
from monitoring.reports.quarter.facts import Fact
from monitoring.reports.quarter.known import Known

NO_RECORD = "нет записи"


def section_of_class(key: int) -> str:
    """The code of a class's appendix, which is its anchor on the page."""
    return f"class-{key}"


def linked(name: str, **filters: object) -> str:
    """The address of a list with its filters."""
    told = {key: value for key, value in filters.items() if value not in (None, "")}
    return f"{reverse(name)}?{urlencode(told)}" if told else reverse(name)


def work(known: Known) -> Section:
    """Records of work; a pupil without one has «нет записи», which says nothing of what was done."""
    if not known.at_risk and not any(known.total(fact) for fact in _SHOWN):
        return Section("work", "Проведённая работа", (Text(("Под риском никого нет, записей о работе нет.",)),))
    return Section("work", "Проведённая работа", (_figures(known), _by_class(known), _means(known)))


_SHOWN = (Fact.WORK, Fact.CAME, Fact.TALK, Fact.GAP_FOUND, Fact.PAIR)


def _figures(known: Known) -> Figures:
    recorded, every = len(known.recorded), len(known.at_risk)
    without, period = every - recorded, known.period.pk
    invited, came = known.total(Fact.INVITED), known.total(Fact.CAME)
    found, still = known.total(Fact.GAP_FOUND), known.total(Fact.GAP_OPEN)
    entries, sessions = linked("work:list", period=period), linked("extra:share", period=period)
    attended = f"пришли {came} из {invited}" if invited else ""
    items = (
        number_figure("recorded", "Под риском, работа записана", recorded, f"{percent(recorded, every)} из {every}"),
        number_figure("unrecorded", "Под риском без записи", without, "имена — в приложениях", "#appendices"),
        number_figure("entries", "Записей индивидуальной работы", known.total(Fact.WORK), "", entries),
        number_figure("sessions", "Доп. занятий проведено", known.counts[Whole.SESSIONS], attended, sessions),
        number_figure("gaps_closed", "Дефицитов закрыто", known.total(Fact.GAP_CLOSED),
                      f"обнаружено за период {found}, открыто {still}"),
    )  # fmt: skip
    return Figures(items)


_COLUMNS = (
    Column("class", "Класс"),
    Column("at_risk", "Под риском", "number"),
    Column("recorded", "Работа записана", "number"),
    Column("unrecorded", "Без записи", "number"),
    Column("entries", "Записей работы", "number"),
    Column("extra", "Посещено доп. занятий", "number"),
    Column("talks", "Бесед с учеником", "number"),
    Column("gaps_found", "Дефицитов найдено", "number"),
    Column("gaps_closed", "Дефицитов закрыто", "number"),
)


def _by_class(known: Known) -> Table:
    facts = (Fact.WORK, Fact.CAME, Fact.TALK, Fact.GAP_FOUND, Fact.GAP_CLOSED)
    numbers = [known.by_class(fact) for fact in facts]
    risk, recorded = known.count_by_class(known.at_risk), known.count_by_class(known.recorded)
    rows = []
    for key in known.classes:
        told = [number[key] for number in numbers]
        if risk[key] or any(told):
            rows.append(_class_row(known, key, risk[key], recorded[key], told))
    whole = [number.total() for number in numbers]
    foot = (_class_row(known, None, risk.total(), recorded.total(), whole),) if rows else ()
    note = (
        f"{known.basis} Запись — индивидуальная работа, посещённое дополнительное занятие, беседа с обучающимся или "
        "действующая наставническая пара. «Без записи» не значит, что работы не было: записывать её никто не обязан."
    )
    return Table("work", "Записи о работе по классам", _COLUMNS, tuple(rows), foot=foot, note=note)


def _class_row(known: Known, key: int | None, risk: int, recorded: int, told: list[int]) -> tuple[Cell, ...]:
    name = "Итого" if key is None else known.classes[key].name
    names = f"#{section_of_class(key)}" if key is not None else "#appendices"
    entries = linked("work:list", period=known.period.pk, cls=key)
    return (
        Cell(name),
        number_cell(risk, link=names),
        number_cell(recorded, link=names),
        number_cell(risk - recorded, link=names),
        number_cell(told[0], link=entries),
        *(number_cell(number) for number in told[1:]),
    )


def _means(known: Known) -> Table:
    counts = known.counts
    columns = (Column("means", "Что"), Column("number", "Сколько", "number"),
               Column("at_risk", "Охвачено под риском", "number"), Column("share", "Доля", "number"))  # fmt: skip
    lines = (
        ("Группы дополнительных занятий", counts[Whole.GROUPS], Fact.CAME, linked("extra:timetable")),
        ("Наставнические пары «учитель — ученик»", counts[Whole.PAIRS_TEACHER], None, linked("mentoring:list")),
        ("Наставнические пары «ученик — ученик»", counts[Whole.PAIRS_PUPILS], None, linked("mentoring:list")),
        ("Наставнические пары с обучающимися, всего", known.total(Fact.PAIR), Fact.PAIR, linked("mentoring:list")),
        ("Программы и курсы", counts[Whole.PROGRAMS], Fact.SEAT, linked("programs:list")),
    )
    rows = []
    for name, number, fact, link in lines:
        reached = None if fact is None else sum(1 for pupil in known.at_risk if known.facts[fact][pupil])
        share = Cell(NONE) if reached is None else share_cell(reached, len(known.at_risk))
        rows.append((Cell(name), number_cell(number, link=link), number_cell(reached), share))
    return Table("means", "Занятия, наставничество, программы", columns, tuple(rows))


_ROUTES = (
    ("Составляются, на согласовании", Fact.ROUTE_MAKING),
    ("Утверждены за период", Fact.ROUTE_APPROVED),
    ("Действуют", Fact.ROUTE_GOING),
    ("Пересмотров за период", Fact.ROUTE_REVIEWED),
    ("Завершены за период", Fact.ROUTE_FINISHED),
)


def routes(known: Known) -> Section:
    """Routes by where they stand, whom of those at risk they cover, whether the work helped."""
    columns = (Column("state", "Состояние"), Column("routes", "Маршрутов", "number"))
    rows = [(Cell(words), number_cell(known.total(fact), link=reverse("routes:list"))) for words, fact in _ROUTES]
    states = Table("routes", "Маршруты обучающихся", columns, tuple(rows), note="На день составления отчёта.")
    return Section("routes", "Индивидуальные маршруты", (states, _coverage(known), *_effect(known.effect)))


def _coverage(known: Known) -> Table:
    columns = (Column("class", "Класс"), Column("at_risk", "Под риском", "number"),
               Column("routed", "С утверждённым маршрутом", "number"), Column("without", "Без маршрута", "number"),
               Column("share", "Охват, %", "number"))  # fmt: skip
    routed = known.count_by_class(pupil for pupil in known.at_risk if known.facts[Fact.ROUTED][pupil])
    risk = known.count_by_class(known.at_risk)
    rows = [_cover_row(known, key, risk[key], routed[key]) for key in known.risk_classes]
    foot = (_cover_row(known, None, risk.total(), routed.total()),) if rows else ()
    return Table("coverage", "Охват обучающихся под риском маршрутами", columns, tuple(rows), foot=foot,
                 empty="Под риском никого нет.", note=known.basis)  # fmt: skip


def _cover_row(known: Known, key: int | None, risk: int, routed: int) -> tuple[Cell, ...]:
    name = "Итого" if key is None else known.classes[key].name
    link = linked("routes:coverage", period=known.period.pk, cls=key)
    told = (number_cell(risk), number_cell(routed, link=link), number_cell(risk - routed, link=link))
    return Cell(name), *told, share_cell(routed, risk)


def _effect(lines: Iterable[Line]) -> Iterable[Table | Text]:
    columns = (Column("form", "Форма работы"), Column("pupils", "Учеников", "number"),
               Column("left", "Вышли из реестра"), Column("gaps", "Дефициты закрыты в срок"),
               Column("effect", "Что добавила работа"))  # fmt: skip
    rows = [
        (
            Cell(line.name),
            number_cell(len(line.pupils), link=reverse("effect:page")),
            _part(line.left, "рано судить"),
            _part(line.in_time, NO_RECORD),
            Cell(_added(line)),
        )
        for line in lines
    ]
    yield Table(
        "effect", "Помогло ли: с начала года, по форме работы", columns, tuple(rows),
        empty="Записей индивидуальной работы в этом году нет: сравнивать не с чем.",
        note="Сравнивается изменение средней отметки за шесть недель у тех, с кем работали, и у похожих учеников, с "
        "кем не работали. Учителя не сравниваются.",
    )  # fmt: skip


def _part(share: Share, none: str) -> Cell:
    return Cell(f"{share.part} из {share.of}" if share.of else none, float(share.part) if share.of else None)


def _added(line: Line) -> str:
    told = line.effect.difference
    if told is None:
        return " ".join(line.effect.cautions) or NONE
    sign = "+" if told.value > 0 else ""
    words = f"{sign}{decimal(told.value, 2)} балла (от {decimal(told.low, 2)} до {decimal(told.high, 2)})"
    return f"{words}; может быть случайностью" if told.covers_zero else words
