"""A school brings the routes that it already keeps as a table: columns, words, what each row becomes, one step back."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from common.errors import Refused
from common.russian import counted
from common.tabular import UnreadableFile
from iom.models import ExtraTable
from iom.permissions_routes import is_deputy
from iom.rules.route_table import COLUMN_WORDS, Column
from iom.selectors.extra_tables import colleagues
from iom.selectors.route_tables import RoutesPlan, route_plan, route_tables_for
from iom.services.extra_tables import timetable_correct, timetable_discard
from iom.services.route_tables import routes_bring, routes_undo, routes_write
from iom.views.finding import reader
from iom.words import TableState
from school.models import Subject, User
from school.selectors import current_year
from school.views.base import sent
from school.views.brought import COLUMNS_CHANGED, chosen_of, columns_changed, columns_shown, columns_told, table_act

_FILES, _SHOWN = 30, 300


class FileForm(forms.Form):
    """The table."""

    file = forms.FileField(
        label="Файл",
        help_text="XLSX, XLS, ODS или CSV: строка — один дефицит одного ученика.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
    )


def _bringer(request: HttpRequest) -> User:
    user = reader(request)
    if not is_deputy(user):
        raise PermissionDenied("Маршруты из таблицы загружает заместитель директора.")
    return user


@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """The place for the file, and the files that were brought before."""
    user = _bringer(request)
    year = current_year(user.school) if user.school is not None else None
    if year is None:
        raise Http404("Учебного года ещё нет.")
    form = FileForm(sent(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            table = routes_bring(by=user, year=year, name=file.name, content=file.read())
        except (UnreadableFile, Refused) as refusal:
            form.add_error("file", refusal.message)
        else:
            return redirect("routes:table", table.pk)
    told = {"form": form, "brought": route_tables_for(user)[:_FILES]}
    return render(request, "iom/route_bring.html", told, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
def table(request: HttpRequest, pk: int) -> HttpResponse:
    """One file: its columns with the first rows beside them, and what each row becomes."""
    user = _bringer(request)
    row = get_object_or_404(route_tables_for(user), pk=pk)
    if request.method == "POST":
        return _act(request, user, row)
    return render(request, "iom/route_table.html", _context(user, row, route_plan(user, row)))


def _context(user: User, row: ExtraTable, plan: RoutesPlan) -> dict[str, Any]:
    return {
        "table": row,
        "open": row.state == TableState.OPEN,
        "written": row.state == TableState.WRITTEN,
        "columns": columns_shown(row),
        "kinds": [(column.value, words) for column, words in COLUMN_WORDS.items()],
        "plan": plan,
        "rows": sorted(plan.rows, key=lambda line: (not line.why, line.row.number))[:_SHOWN],
        "hidden": max(0, len(plan.rows) - _SHOWN),
        "strangers": [(number, name, near) for number, (name, near) in enumerate(plan.strangers.items()) if near],
        "words": list(enumerate(plan.subjects)),
        "teachers": list(enumerate(plan.teachers)),
        "staff": colleagues(user) if row.state == TableState.OPEN else [],
        "subjects": Subject.objects.filter(school=row.school),
        "failed": [line for line in row.written if "why" in line],
        "made": sum("route" in line for line in row.written),
    }


def _act(request: HttpRequest, user: User, row: ExtraTable) -> HttpResponse:
    deeds = {
        "save": lambda: _correct(request, user, row),
        "write": lambda: _write(request, user, row),
        "discard": lambda: _discard(user, row),
        "undo": lambda: _undo(user, row),
    }
    return table_act(request, deeds, "routes:table", row.pk, "routes:bring")


def _correct(request: HttpRequest, user: User, row: ExtraTable) -> str:
    """What the form names: `column-3`, `pupil-0`, `subject-2`, `staff-1`, by places on the page."""
    plan = route_plan(user, row)
    near = {name: {str(pupil.pk) for pupil in found} for name, found in plan.strangers.items()}
    pupils = chosen_of(request, "pupil", list(near), set().union(*near.values()))
    own = {str(key) for key in Subject.objects.filter(school=row.school).values_list("pk", flat=True)}
    subjects = chosen_of(request, "subject", list(plan.subjects), own)
    people = {str(key) for key in colleagues(user).values_list("pk", flat=True)}
    teachers = chosen_of(request, "staff", list(plan.teachers), people)
    timetable_correct(
        by=user,
        table=row,
        columns={place: Column(value) for place, value in columns_told(request, row, list(Column)).items()},
        settled={f"pupil:{name}": int(key) for name, key in pupils.items() if key in near[name]}
        | {f"subject:{word}": int(key) for word, key in subjects.items()}
        | {f"staff:{word}": int(key) for word, key in teachers.items()},
    )
    return "Разбор обновлён."


def _write(request: HttpRequest, user: User, row: ExtraTable) -> str:
    """What was looked at, with what the words of the file were said to mean; changed columns are shown first."""
    changed = columns_changed(request, row, list(Column))
    _correct(request, user, row)
    if changed:
        raise Refused(COLUMNS_CHANGED)
    number = routes_write(by=user, table=row)
    return f"Записано черновиков: {number}. Дальше — согласование, как у составленных здесь."


def _discard(user: User, row: ExtraTable) -> str:
    timetable_discard(by=user, table=row)
    return "Файл отброшен, ничего не записано."


def _undo(user: User, row: ExtraTable) -> str:
    staying = routes_undo(by=user, table=row)
    told = counted(staying, "маршрут", "маршрута", "маршрутов")
    return f"Загрузка отменена.{f' Осталось: {told}, которые уже согласуются или действуют.' if staying else ''}"
