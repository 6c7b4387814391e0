"""A school brings its own timetable of works: a file, how it is read, what each row becomes, one step, its undoing."""

from collections.abc import Callable, Collection
from typing import Any

from django.contrib import messages
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

_PER_PAGE, _SAMPLE = 50, 4


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
    sample = [row for row in brought.rows if any(row)][:_SAMPLE]
    rows = sorted(plan.rows, key=lambda row: (bool(row.works), row.row.number))
    return {
        "columns": [
            (place, text or f"Столбец {place + 1}", brought.columns.get(str(place), ""), [row[place] for row in sample])
            for place, text in enumerate(brought.head)
            if text or any(row[place] for row in sample)
        ],
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
    what = request.POST.get("what", "")
    deeds: dict[str, Callable[[], str]] = {
        "write": lambda: _write(request, user, brought),
        "discard": lambda: _discard(user, brought),
        "undo": lambda: _undo(user, brought),
    }
    try:
        messages.success(request, deeds.get(what, lambda: _correct(request, user, brought))())
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("procedures:brought", brought.pk)
    return redirect("procedures:bring") if what == "discard" else redirect("procedures:brought", brought.pk)


def _correct(request: HttpRequest, user: User, brought: BroughtTimetable) -> str:
    """What the form names: `column-3`, `word-0`, `subject-2` by places on the page."""
    plan = timetable_plan(brought)
    known = {int(place): WorkColumn(what) for place, what in brought.columns.items()}
    told = any(name.startswith("column-") for name in request.POST)
    columns = {place: WorkColumn(what) for place, what in _named(request, "column", list(WorkColumn)).items()}
    twice = [WORK_COLUMN_WORDS[what] for what in WorkColumn if list(columns.values()).count(what) > 1]
    if twice:
        raise Refused(f"«{twice[0]}» указан у двух столбцов: оставьте один.")
    words, subjects = list(plan.kinds), list(plan.subjects)
    allowed = [str(LEFT_OUT), *map(str, plan.names)]
    timetable_correct(
        by=user,
        brought=brought,
        columns=columns if told else known,
        words={
            words[place]: ProcedureKind(kind)
            for place, kind in _named(request, "word", ProcedureKind.values).items()
            if place < len(words)
        },
        subjects={
            subjects[place]: int(key)
            for place, key in _named(request, "subject", allowed).items()
            if place < len(subjects)
        },
    )
    return "Разбор обновлён."


def _named(request: HttpRequest, kind: str, allowed: Collection[str]) -> dict[int, str]:
    """Values of the inputs «kind-number» that are among the allowed."""
    found = {}
    for name, value in request.POST.items():
        before, _, number = name.partition("-")
        if before == kind and number.isascii() and number.isdigit() and len(number) < 6 and value in allowed:
            found[int(number)] = str(value)
    return found


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
