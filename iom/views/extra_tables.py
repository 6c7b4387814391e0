"""A school brings its own timetables: a file, how it is to be read, what each row becomes, one step and its undoing."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from common.errors import Refused
from common.russian import counted
from common.tabular import UnreadableFile
from iom.forms_extra import TableForm
from iom.models import ExtraTable
from iom.permissions_extra import can_bring_timetables
from iom.rules.extra_table import COLUMN_WORDS, Column
from iom.selectors.extra_tables import TablePlan, colleagues, table_plan, tables_for
from iom.services.extra_tables import (
    timetable_bring,
    timetable_correct,
    timetable_discard,
    timetable_undo,
    timetable_write,
)
from iom.views.extra import extra_reader, extra_tabs
from iom.words import TableKind, TableState
from school.models import Subject, User
from school.selectors import current_year
from school.views.base import sent
from school.views.brought import COLUMNS_CHANGED, chosen_of, columns_changed, columns_shown, columns_told, table_act

_FILES = 30


def _bringer(request: HttpRequest) -> User:
    user, _ = extra_reader(request)
    if not can_bring_timetables(user):
        raise PermissionDenied("Расписания из файлов загружают заместитель директора и директор.")
    return user


@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """The place for the file, and the files that were brought before."""
    user = _bringer(request)
    assert user.school is not None
    year = current_year(user.school)
    if year is None:
        raise Http404("Учебного года ещё нет.")
    form = TableForm(sent(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file, kind = form.cleaned_data["file"], TableKind(form.cleaned_data["kind"])
        try:
            table = timetable_bring(by=user, year=year, kind=kind, name=file.name, content=file.read())
        except (UnreadableFile, Refused) as refusal:
            form.add_error("file", refusal.message)
        else:
            return redirect("extra:table", table.pk)
    told = {"form": form, "brought": tables_for(user)[:_FILES], "tabs": extra_tabs(user, "extra:bring")}
    return render(request, "iom/extra_bring.html", told, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
def table(request: HttpRequest, pk: int) -> HttpResponse:
    """One file: its columns with the first rows beside them, and what each row becomes."""
    user = _bringer(request)
    row = get_object_or_404(tables_for(user), pk=pk)
    if request.method == "POST":
        return _act(request, user, row)
    return render(request, "iom/extra_table.html", _context(user, row, table_plan(user, row)))


def _context(user: User, row: ExtraTable, plan: TablePlan) -> dict[str, Any]:
    lessons = row.kind == TableKind.LESSONS
    return {
        "table": row,
        "open": row.state == TableState.OPEN,
        "written": row.state == TableState.WRITTEN,
        "lessons": lessons,
        "columns": columns_shown(row),
        "kinds": [(column.value, words) for column, words in COLUMN_WORDS.items() if _fits(column, lessons)],
        "plan": plan,
        "rows": sorted(plan.lessons if lessons else plan.groups, key=lambda line: (not line.why, line.row.number)),
        "teachers": [
            (number, word, found) for number, (word, found) in enumerate(plan.teachers.items()) if word and not found
        ],
        "words": [(number, word) for number, (word, key) in enumerate(plan.subjects.items()) if key is None],
        "staff": colleagues(user) if row.state == TableState.OPEN else [],
        "subjects": Subject.objects.filter(school=row.school) if row.state == TableState.OPEN else [],
        "failed": [line for line in row.written if "why" in line],
        "done": sum("why" not in line for line in row.written),
    }


_OF_EXTRA = (Column.TITLE, Column.TEACHER, Column.PUPILS, Column.TIME, Column.TIME_TO)
_OF_LESSONS = (Column.NUMBER, Column.GROUP, Column.SHIFT, Column.GRID)


def _fits(column: Column, lessons: bool) -> bool:
    return column not in (_OF_EXTRA if lessons else _OF_LESSONS)


def _act(request: HttpRequest, user: User, row: ExtraTable) -> HttpResponse:
    deeds = {
        "save": lambda: _correct(request, user, row),
        "write": lambda: _write(request, user, row),
        "discard": lambda: _discard(user, row),
        "undo": lambda: _undo(user, row),
    }
    return table_act(request, deeds, "extra:table", row.pk, "extra:bring")


def _correct(request: HttpRequest, user: User, row: ExtraTable) -> str:
    """What the form names: `column-3`, `staff-0`, `subject-2`, by places on the page."""
    plan = table_plan(user, row)
    people = {str(key) for key in colleagues(user).values_list("pk", flat=True)}
    names = {str(key) for key in Subject.objects.filter(school=row.school).values_list("pk", flat=True)}
    staff = chosen_of(request, "staff", list(plan.teachers), people)
    subjects = chosen_of(request, "subject", list(plan.subjects), names)
    timetable_correct(
        by=user,
        table=row,
        columns={place: Column(value) for place, value in columns_told(request, row, list(Column)).items()},
        settled={f"staff:{word}": int(key) for word, key in staff.items()}
        | {f"subject:{word}": int(key) for word, key in subjects.items()},
    )
    return "Разбор обновлён."


def _write(request: HttpRequest, user: User, row: ExtraTable) -> str:
    """What was looked at, with what the words of the file were said to mean; changed columns are shown first."""
    changed = columns_changed(request, row, list(Column))
    _correct(request, user, row)
    if changed:
        raise Refused(COLUMNS_CHANGED)
    number = timetable_write(by=user, table=row)
    if row.kind == TableKind.LESSONS:
        return f"Записано расписание уроков: {counted(number, 'класс', 'класса', 'классов')}."
    return f"Записано: {counted(number, 'группа', 'группы', 'групп')}."


def _discard(user: User, row: ExtraTable) -> str:
    timetable_discard(by=user, table=row)
    return "Файл отброшен, ничего не записано."


def _undo(user: User, row: ExtraTable) -> str:
    staying = timetable_undo(by=user, table=row)
    if row.kind == TableKind.LESSONS:
        done = "Загрузка отменена: у классов прежнее расписание уроков."
        words = counted(staying, "класса", "классов", "классов")
        return f"{done} Не тронуто у {words}: его с тех пор меняли." if staying else done
    if staying:
        words = counted(staying, "группа", "группы", "групп")
        return f"Загрузка отменена. Осталось: {words}, в которых занятия уже записаны."
    return "Загрузка отменена: группы из файла убраны."
