"""A school brings its own timetables: a file, how it is to be read, what each row becomes, one step and its undoing."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
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
from risk_registry.views.filtering import whole_number
from school.models import Subject, User
from school.selectors import current_year
from school.views.base import sent

_SAMPLE, _FILES = 4, 30


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
    sample = [cells for cells in row.rows if any(cells)][:_SAMPLE]
    lessons = row.kind == TableKind.LESSONS
    return {
        "table": row,
        "open": row.state == TableState.OPEN,
        "written": row.state == TableState.WRITTEN,
        "lessons": lessons,
        "columns": [
            (place, text or f"Столбец {place + 1}", row.columns.get(str(place), ""), [cells[place] for cells in sample])
            for place, text in enumerate(row.head)
            if text or any(cells[place] for cells in sample)
        ],
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
    what = request.POST.get("what", "")
    deeds: dict[str, Callable[[], str]] = {
        "write": lambda: _write(request, user, row),
        "discard": lambda: _discard(user, row),
        "undo": lambda: _undo(user, row),
    }
    try:
        messages.success(request, deeds.get(what, lambda: _correct(request, user, row))())
    except Refused as refusal:
        messages.error(request, " ".join([refusal.message, *refusal.details[:5]]))
        return redirect("extra:table", row.pk)
    return redirect("extra:bring") if what == "discard" else redirect("extra:table", row.pk)


def _correct(request: HttpRequest, user: User, row: ExtraTable) -> str:
    """What the form names: `column-3`, `staff-0`, `subject-2`, by places on the page."""
    plan = table_plan(user, row)
    columns = {place: Column(value) for place, value in _named(request, "column").items() if value in list(Column)}
    told = any(name.startswith("column-") for name in request.POST)
    known = {int(place): Column(what) for place, what in row.columns.items()}
    people = set(colleagues(user).values_list("pk", flat=True))
    names = set(Subject.objects.filter(school=row.school).values_list("pk", flat=True))
    settled = _chosen("staff", list(plan.teachers), _named(request, "staff"), people)
    settled |= _chosen("subject", list(plan.subjects), _named(request, "subject"), names)
    timetable_correct(by=user, table=row, columns=columns if told else known, settled=settled)
    return "Разбор обновлён."


def _named(request: HttpRequest, kind: str) -> dict[int, str]:
    """Values of the inputs «kind-number»."""
    found = {}
    for name, value in request.POST.items():
        before, _, number = name.partition("-")
        if before == kind and whole_number(number) is not None and value:
            found[int(number)] = str(value)
    return found


def _chosen(kind: str, words: list[str], values: dict[int, str], known: set[int]) -> dict[str, int]:
    """«staff:Иванова» → key, for keys of the own school only."""
    keys = {place: whole_number(value) for place, value in values.items() if place < len(words)}
    return {f"{kind}:{words[place]}": key for place, key in keys.items() if key is not None and key in known}


def _write(request: HttpRequest, user: User, row: ExtraTable) -> str:
    """What stands on the page is kept before it is written."""
    _correct(request, user, row)
    number = timetable_write(by=user, table=row)
    if row.kind == TableKind.LESSONS:
        return f"Записано расписание уроков: {counted(number, 'класс', 'класса', 'классов')}."
    return f"Записано: {counted(number, 'группа', 'группы', 'групп')}."


def _discard(user: User, row: ExtraTable) -> str:
    timetable_discard(by=user, table=row)
    return "Файл отброшен, ничего не записано."


def _undo(user: User, row: ExtraTable) -> str:
    staying = timetable_undo(by=user, table=row)
    if staying:
        words = counted(staying, "группа", "группы", "групп")
        return f"Загрузка отменена. Осталось: {words}, в которых занятия уже записаны."
    return "Загрузка отменена: группы из файла убраны."
