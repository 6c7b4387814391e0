"""A school brings its own roadmap: a file, how it is to be read, what each row becomes, one step and its undoing."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from common.errors import Refused
from common.russian import counted
from common.tabular import UnreadableFile
from risk_registry.models import BroughtState
from roadmaps.forms import TableFileForm
from roadmaps.models import RoadmapTable
from roadmaps.rules.table import COLUMN_WORDS, Column
from roadmaps.selectors.tables import table_plan, tables_of
from roadmaps.services.tables import table_bring, table_correct, table_discard, table_undo, table_write
from roadmaps.views.common import edited_roadmap, home_of, roadmap_editor, roadmap_reader
from school.models import User
from school.views.base import sent
from school.views.brought import COLUMNS_CHANGED, columns_changed, columns_shown, columns_told, table_act

_FILES = 20


@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest, pk: int) -> HttpResponse:
    """The place for the file, and the files that were brought before."""
    user, roadmap = edited_roadmap(request, pk)
    form = TableFileForm(sent(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            row = table_bring(by=user, roadmap=roadmap, name=file.name, content=file.read())
        except (UnreadableFile, Refused) as refusal:
            form.add_error("file", refusal.message)
        else:
            return redirect("roadmap:table", row.pk)
    brought = tables_of(user).filter(roadmap=roadmap)[:_FILES]
    told = {"form": form, "brought": brought, "up": home_of(roadmap), "roadmap": roadmap}
    return render(request, "roadmaps/bring.html", told, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
def table(request: HttpRequest, pk: int) -> HttpResponse:
    """One file: its columns with the first rows beside them, and what each row becomes."""
    user, _ = roadmap_reader(request)
    row = get_object_or_404(tables_of(user), pk=pk)
    roadmap_editor(request)
    if request.method == "POST":
        return _act(request, user, row)
    return render(request, "roadmaps/table.html", _context(row))


def _context(row: RoadmapTable) -> dict[str, Any]:
    plan = table_plan(row)
    return {
        "table": row,
        "open": row.state == BroughtState.OPEN,
        "written": row.state == BroughtState.WRITTEN,
        "columns": columns_shown(row),
        "kinds": [(column.value, words) for column, words in COLUMN_WORDS.items()],
        "rows": plan,
        "ready": sum(not one.why for one in plan),
        "up": ("Загрузка из таблицы", reverse("roadmap:bring", args=[row.roadmap_id])),
        "home": home_of(row.roadmap),
    }


def _act(request: HttpRequest, user: User, row: RoadmapTable) -> HttpResponse:
    deeds = {
        "save": lambda: _correct(request, user, row),
        "write": lambda: _write(request, user, row),
        "discard": lambda: _discard(user, row),
        "undo": lambda: _undo(user, row),
    }
    return table_act(request, deeds, "roadmap:table", row.pk, "roadmap:list")


def _correct(request: HttpRequest, user: User, row: RoadmapTable) -> str:
    told = columns_told(request, row, list(Column))
    table_correct(by=user, table=row, columns={place: Column(value) for place, value in told.items()})
    return "Разбор обновлён."


def _write(request: HttpRequest, user: User, row: RoadmapTable) -> str:
    """What was looked at, and nothing else: columns that were changed since are kept and shown first."""
    if columns_changed(request, row, list(Column)):
        _correct(request, user, row)
        raise Refused(COLUMNS_CHANGED)
    number = table_write(by=user, table=row)
    return f"Записано: {counted(number, 'мероприятие', 'мероприятия', 'мероприятий')}."


def _discard(user: User, row: RoadmapTable) -> str:
    table_discard(by=user, table=row)
    return "Файл отброшен, ничего не записано."


def _undo(user: User, row: RoadmapTable) -> str:
    staying = table_undo(by=user, table=row)
    if staying:
        words = counted(staying, "мероприятие", "мероприятия", "мероприятий")
        return f"Загрузка отменена. Осталось: {words}, по которым уже есть отметки."
    return "Загрузка отменена: мероприятия из файла убраны."
