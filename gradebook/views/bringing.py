"""A school brings its own timetable of works: a file, how it is read, what each row becomes, one step, its undoing."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from common.errors import Refused
from common.russian import counted
from gradebook.forms_procedures import BringTimetableForm
from gradebook.layouts.timetable import WORK_COLUMN_WORDS, WorkColumn
from gradebook.models import BroughtTimetable, ProcedureKind
from gradebook.rules_procedures import SOURCE
from gradebook.selectors_brought import LEFT_OUT, TimetablePlan, brought_for, timetable_plan
from gradebook.services.brought import (
    timetable_bring,
    timetable_correct,
    timetable_discard,
    timetable_undo,
    timetable_write,
)
from gradebook.views.procedures import planner, year_asked
from school.models import User
from school.views.base import sent
from school.views.brought import chosen_of, columns_shown, columns_told, table_act

_PER_PAGE = 50


@require_http_methods(["GET", "POST"])
def bring_page(request: HttpRequest) -> HttpResponse:
    """The place for the file, and the files that were brought before; `?year=`."""
    user, school = planner(request)
    year = year_asked(request, school)
    if year is None:
        raise Http404("Учебного года ещё нет.")
    form = BringTimetableForm(sent(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            brought = timetable_bring(by=user, year=year, name=file.name, content=file.read())
        except Refused as refusal:
            form.add_error("file", refusal.message)
        else:
            return redirect("procedures:brought", brought.pk)
    told = {"form": form, "year": year, "brought": brought_for(user)[:_PER_PAGE]}
    return render(request, "gradebook/bring.html", told, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
def brought_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One file: its columns with the first rows beside them, what each row becomes, what speaks against it."""
    user, _ = planner(request)
    brought = get_object_or_404(brought_for(user), pk=pk)
    if request.method == "POST":
        return _act(request, user, brought)
    is_open = brought.state == BroughtTimetable.State.OPEN
    told = _open(request, brought, timetable_plan(brought)) if is_open else {}
    told |= {"brought": brought, "open": is_open, "written": brought.state == BroughtTimetable.State.WRITTEN}
    return render(request, "gradebook/brought.html", told)


def _open(request: HttpRequest, brought: BroughtTimetable, plan: TimetablePlan) -> dict[str, Any]:
    rows = sorted(plan.rows, key=lambda row: (bool(row.works), row.row.number))
    return {
        "columns": columns_shown(brought),
        "column_words": [(column.value, words) for column, words in WORK_COLUMN_WORDS.items()],
        "kinds": ProcedureKind.choices,
        "words": list(enumerate(plan.kinds.items())),
        "subject_words": [
            (number, pair)
            for number, pair in enumerate(plan.subjects.items())
            if pair[1] is None or plan.names.get(pair[1], "").casefold() != pair[0].casefold()
        ],
        "subjects": list(plan.names.items()),
        "plan": plan,
        "page": Paginator(rows, _PER_PAGE).get_page(request.GET.get("page")),
        "source": SOURCE,
    }


def _act(request: HttpRequest, user: User, brought: BroughtTimetable) -> HttpResponse:
    deeds = {
        "save": lambda: _correct(request, user, brought),
        "write": lambda: _write(request, user, brought),
        "discard": lambda: _discard(user, brought),
        "undo": lambda: _undo(user, brought),
    }
    return table_act(request, deeds, "procedures:brought", brought.pk, "procedures:bring")


def _correct(request: HttpRequest, user: User, brought: BroughtTimetable) -> str:
    """What the form names: `column-3`, `word-0`, `subject-2` by places on the page."""
    plan = timetable_plan(brought)
    columns = {place: WorkColumn(what) for place, what in columns_told(request, brought, list(WorkColumn)).items()}
    twice = [WORK_COLUMN_WORDS[what] for what in WorkColumn if list(columns.values()).count(what) > 1]
    if twice:
        raise Refused(f"«{twice[0]}» указан у двух столбцов: оставьте один.")
    words = chosen_of(request, "word", list(plan.kinds), ProcedureKind.values)
    subjects = chosen_of(request, "subject", list(plan.subjects), [str(LEFT_OUT), *map(str, plan.names)])
    timetable_correct(
        by=user,
        brought=brought,
        columns=columns,
        words={word: ProcedureKind(kind) for word, kind in words.items()},
        subjects={word: int(key) for word, key in subjects.items()},
    )
    return "Разбор обновлён."


def _write(request: HttpRequest, user: User, brought: BroughtTimetable) -> str:
    """What stands on the page is kept before it is written."""
    _correct(request, user, brought)
    number = timetable_write(by=user, brought=brought, agreed="agreed" in request.POST)
    return f"В график внесено: {counted(number, 'работа', 'работы', 'работ')}."


def _discard(user: User, brought: BroughtTimetable) -> str:
    timetable_discard(by=user, brought=brought)
    return "Файл отброшен, в график ничего не записано."


def _undo(user: User, brought: BroughtTimetable) -> str:
    left = timetable_undo(by=user, brought=brought)
    stay = f" Остались те, с которыми уже работали: {left}." if left else ""
    return f"Загрузка отменена: работы из файла убраны из графика.{stay}"
