"""The order that approves the registry of a period; it names pupils in its appendix only.

Source: the school's program, «реестр утверждается приказом»; its words: `risk_registry.reports.order_text`.
"""

from collections import Counter
from collections.abc import Iterator

from common.errors import Refused
from documents.papers.parts import Cell, Column, Paper, Section, Signed, Table, Text, number_cell
from monitoring.reports.heads import head_of, heads_of, year_line
from monitoring.reports.kinds import Wanted
from monitoring.reports.registry_reads import RegistryLine, lines_table, registry_lines
from risk_registry.categories import EntryState
from risk_registry.reports.order_text import BLANK, PREAMBLE, OrderNumbers, order_points
from risk_registry.reports.order_text import TITLE as TITLE

KIND = "registry_order"
_APPENDIX = "приложение 1"


def build_registry_order(wanted: Wanted) -> Paper:
    """The order with the numbers of today; a constant number of queries. Raises `Refused` for an empty registry."""
    lines, heads = registry_lines(wanted.period), heads_of(wanted)
    span = f"{wanted.period.title_accusative} {wanted.period.year.title} учебного года"
    if not lines:
        raise Refused(f"В реестре за {span} никого нет: утверждать нечего.")
    head = head_of(wanted)
    numbers = OrderNumbers(span, Counter(line.category for line in lines))
    blank = f"«___» ______________ {head.made_at.year} г. № ________ (по книге приказов)"
    return Paper(
        kind=KIND,
        title=TITLE,
        lines=(year_line(wanted),),
        head=head,
        sections=(
            Section("order", "", (
                Text((blank, PREAMBLE)),
                Text(order_points(numbers, heads.deputy, _APPENDIX), numbered=True),
                Signed((("Директор", heads.director),)),
            )),
            Section("appendix", "Приложение 1. Реестр обучающихся группы риска", (_registry(lines),), new_page=True),
            Section("known", "Лист ознакомления", (_known(lines),), new_page=True),
        ),
        caveats=tuple(_caveats(lines)),
    )  # fmt: skip


def _registry(lines: list[RegistryLine]) -> Table:
    told = {line.pupil: ", ".join(line.subjects) or "—" for line in lines}
    return lines_table("registry", lines, Column("subjects", "Предметы"), told)


def _known(lines: list[RegistryLine]) -> Table:
    """Those who lead the classes; a signature is theirs to give."""
    columns = (
        Column("class", "Класс"),
        Column("teacher", "Классный руководитель", "name"),
        Column("count", "В реестре", "number"),
        Column("date", "Дата"),
        Column("signature", "Подпись"),
    )
    numbers = Counter(line.school_class.pk for line in lines)
    classes = {line.school_class.pk: line.school_class for line in lines}
    rows = tuple(
        (
            Cell(str(one)),
            Cell(one.class_teacher.short_name if one.class_teacher is not None else BLANK),
            number_cell(numbers[key]),
            Cell(""),
            Cell(""),
        )
        for key, one in classes.items()
    )
    return Table("known", "С приказом ознакомлены", columns, rows)


def _caveats(lines: list[RegistryLine]) -> Iterator[str]:
    waiting = sum(line.state != EntryState.APPROVED for line in lines)
    if waiting:
        yield f"Проект: записей реестра, ещё не утверждённых в программе, — {waiting}."
