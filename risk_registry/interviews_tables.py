"""Interviews and complaints about homework as workbooks: the same rows as the pages."""

from collections.abc import Iterable, Iterator

from common.russian import date_short
from documents.rendering.xlsx import Cell, Sheet, render_xlsx
from risk_registry.models import HomeworkComplaint, Interview
from risk_registry.rules.homework import homework_norm
from school.models import AcademicYear

HEADINGS = (
    "С кем",
    "Вид",
    "За что",
    "Состояние",
    "Запланировано",
    "Проведено",
    "Провёл",
    "О чём договорились",
    "О чём говорили",
    "Вернуться",
)
COMPLAINT_HEADINGS = (
    "Поступила",
    "Класс",
    "Предметы",
    "Кто обратился",
    "Имя",
    "Как",
    "О чём",
    "Состояние",
    "Проверена",
    "Как проверяли",
    "Минут в день",
    "Норма, минут",
    "Вывод",
    "Что сделано",
    "Ответить до",
    "Ответ дан",
    "Кому",
)


def interviews_workbook(year: AcademicYear, talks: Iterable[Interview]) -> bytes:
    """The year's journal."""
    note = f"{year.school.name}. Собеседования администрации, {year}. На {date_short(year.school.today())}"
    return render_xlsx([Sheet("Собеседования", HEADINGS, _cells(talks), note=note, landscape=True)])


def _cells(talks: Iterable[Interview]) -> Iterator[tuple[Cell, ...]]:
    for talk in talks:
        yield (
            talk.partner_name,
            talk.label,
            talk.time,
            talk.get_state_display(),
            talk.planned_on,
            talk.held_on,
            talk.leader.display_name if talk.held_on is not None else "",
            talk.agreed,
            talk.about,
            talk.next_on,
        )


def complaints_workbook(year: AcademicYear, rows: Iterable[HomeworkComplaint]) -> bytes:
    """Complaints as they are filtered; rows with their subjects prefetched."""
    note = f"{year.school.name}. Жалобы на объём домашних заданий, {year}. На {date_short(year.school.today())}"
    return render_xlsx([Sheet("Жалобы", COMPLAINT_HEADINGS, _complaints(rows), note=note, landscape=True)])


def _complaints(rows: Iterable[HomeworkComplaint]) -> Iterator[tuple[Cell, ...]]:
    for row in rows:
        yield (
            row.came_on,
            str(row.school_class),
            ", ".join(one.name for one in row.subjects.all()),
            row.get_who_display(),
            row.name,
            row.get_channel_display(),
            row.text,
            row.get_state_display(),
            row.checked_on,
            row.get_method_display() if row.method else "",
            row.minutes,
            homework_norm(row.school_class.grade),
            row.get_finding_display() if row.finding else "",
            row.measure,
            row.due,
            row.answered_on,
            row.answer_to,
        )
