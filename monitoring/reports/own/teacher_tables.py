"""The subject teacher's report: external works beside the journal, how many marks there are. Facts about classes."""

from django.urls import reverse

from common.russian import counted
from documents.papers.parts import Cell, Column, Section, Suggestion, Table, Text, date_cell, number_cell
from monitoring.reports.own.teacher_reads import TeacherFacts, Written
from risk_registry.rules.works import Shares

_FEW = 3  # the contract: fewer marks give no forecast
_UNSATISFACTORY = 2
_FACT = "Расхождение отметок — повод разобрать, чем оно вызвано; само по себе оно не говорит о работе учителя."


def written_section(facts: TeacherFacts) -> Section:
    """By work and class: how the school's marks were confirmed."""
    columns = (
        Column("work", "Работа"),
        Column("on", "Дата"),
        Column("subject", "Предмет"),
        Column("class", "Класс"),
        Column("written", "Писали", "number"),
        Column("twos", "«2»", "number"),
        Column("compared", "Сравнили", "number"),
        Column("lowered", "Ниже отметки школы", "number"),
        Column("confirmed", "Совпали", "number"),
        Column("raised", "Выше отметки школы", "number"),
    )
    shares = [(one, _shares(one, facts.gap)) for one in facts.written]
    rows = tuple(_written_row(one, told) for one, told in shares)
    table = Table("written", "Внешние работы и отметки школы", columns, rows, empty="Внешних работ не было.")
    said = []
    if compared := sum(told.compared for _, told in shares):
        confirmed = sum(told.confirmed for _, told in shares)
        marks = counted(compared, "отметка", "отметки", "отметок")
        text = f"За внешние работы {marks}, которые можно сравнить с отметками школы; совпали {confirmed}."
        said.append(Suggestion("written", text, "внешние работы", reverse("procedures:timetable")))
    parts = (table, Text((_FACT,), quiet=True)) if rows else (table,)
    return Section("written", "Внешние работы", parts, tuple(said))


def _written_row(one: Written, told: Shares) -> tuple[Cell, ...]:
    return (
        Cell(one.work.title),
        date_cell(one.work.date),
        Cell(one.work.subject.name),
        Cell(one.school_class),
        *(number_cell(number) for number in (told.participants, told.twos, told.compared)),
        *(number_cell(number if told.compared else None) for number in (told.lowered, told.confirmed, told.raised)),
    )


def _shares(one: Written, gap: int) -> Shares:
    gaps = [mark.gap for mark in one.marks if mark.gap is not None]
    values = [mark.mark for mark in one.marks]
    return Shares(
        participants=len(values),
        twos=sum(value <= _UNSATISFACTORY for value in values),
        threes=values.count(3),
        fours=values.count(4),
        fives=values.count(5),
        compared=len(gaps),
        lowered=sum(value <= -gap for value in gaps),
        raised=sum(value >= gap for value in gaps),
    )


def marks_section(facts: TeacherFacts) -> Section:
    """How many current marks there are: by class and subject."""
    columns = (
        Column("class", "Класс"),
        Column("subject", "Предмет"),
        Column("marks", "Отметок", "number"),
        Column("each", "На одного обучающегося", "number"),
        Column("few", "Меньше трёх отметок, обучающихся", "number"),
    )
    rows = tuple(
        (
            Cell(str(one.school_class)),
            Cell(one.title),
            number_cell(sum(one.marks.values())),
            number_cell(sum(one.marks.values()) / len(one.marks) if one.marks else None, places=1),
            number_cell(sum(number < _FEW for number in one.marks.values())),
        )
        for one in facts.lessons
    )
    note = "По трём отметкам и больше составляется прогноз итога; по меньшему числу его нет."
    return Section("marks", "Текущие отметки", (Table("marks", "Сколько отметок", columns, rows, note=note),))
