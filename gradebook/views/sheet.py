"""The sheet of a class's results («Ведомость класса»): typed like the paper one, saved cell by cell."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.russian import counted
from gradebook.permissions import keeps_sheets
from gradebook.selectors_sheet import (
    Sheet,
    SheetTerm,
    cell_name,
    class_with_terms,
    classes_with_sheets,
    sheet_of,
    term_chosen,
    terms_of,
)
from gradebook.services.sheet import results_enter
from gradebook.sheet import KEYS, LEGEND, NOT_A_RESULT, RESULT_VALUES, CellAnswer, CellSent, CellState, typed_value
from school.access import classes_for
from school.models import SchoolClass, User
from school.views.base import reader

MOST_CELLS = 500
_REFUSED = "Итоги вводят администрация школы, классный руководитель и учитель предмета."


def _keeper(request: HttpRequest) -> User:
    user, _ = reader(request)
    if not keeps_sheets(user):
        raise PermissionDenied(_REFUSED)
    return user


def _class(request: HttpRequest, pk: int) -> tuple[User, SchoolClass]:
    """404 for a class that the person does not see, 403 for who sees it and writes none of its results."""
    user, _ = reader(request)
    found = class_with_terms(user).filter(pk=pk).first()
    if found is None:
        get_object_or_404(classes_for(user), pk=pk)
        raise PermissionDenied(_REFUSED)
    return user, found


@require_GET
def classes(request: HttpRequest) -> HttpResponse:
    """The classes of whose results the person writes some."""
    return render(request, "gradebook/sheet_classes.html", {"classes": classes_with_sheets(_keeper(request))})


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet; `?of=2` of another period, `?of=year` of the year, `?add=5` with one more subject. Without script the
    whole table is sent at once."""
    user, school_class = _class(request, pk)
    sheet = _sheet(request, user, school_class)
    if request.method != "POST":
        return render(request, "gradebook/sheet.html", _told(user, sheet))
    cells, wrong = _from_form(request.POST, sheet)
    refused = _answered(user, sheet, cells)
    if not wrong and not refused:
        messages.success(request, f"Сохранено: {counted(len(cells), 'итог', 'итога', 'итогов')}.")
        return redirect(f"{reverse('sheet:page', args=[pk])}?{request.GET.urlencode()}")
    told = _told(user, _sheet(request, user, school_class, wrong))
    problems = _problems(sheet, refused, wrong)
    return render(request, "gradebook/sheet.html", told | {"problems": problems}, status=422)


def _sheet(request: HttpRequest, user: User, school_class: SchoolClass, typed: dict[str, str] | None = None) -> Sheet:
    added = [int(pk) for pk in request.GET.getlist("add") if pk.isdigit()]
    return sheet_of(user, school_class, request.GET.get("of", ""), added, typed)


def _told(user: User, sheet: Sheet) -> dict[str, Any]:
    return {
        "sheet": sheet,
        "keys": json.dumps(dict(KEYS), ensure_ascii=False),
        "values": json.dumps(RESULT_VALUES, ensure_ascii=False),
        "standing": json.dumps(sheet.standing, ensure_ascii=False),
        "legend": LEGEND,
        "store": f"opora-sheet:{user.pk}:{sheet.school_class.pk}:{sheet.term.code}",
        "wrong": NOT_A_RESULT,
    }


def _from_form(sent: QueryDict, sheet: Sheet) -> tuple[list[CellSent], dict[str, str]]:
    """The cells that were changed, and what was typed that is no result, by the name of the field."""
    was = _seen(sent.get("standing", ""))
    cells, wrong = [], {}
    for row in sheet.rows:
        for cell, column in zip(row.cells, sheet.columns, strict=True):
            typed = sent.get(cell.name)
            value = None if typed is None else typed_value(typed)
            if typed is not None and value is None:
                wrong[cell.name] = typed
            elif value is not None and value != was.get(cell.name, ""):
                cells.append(CellSent(row.pupil.pk, column.pk, value, was.get(cell.name, "")))
    return cells, wrong


def _seen(text: str) -> dict[str, str]:
    """What stood in the table when it was shown."""
    try:
        told = json.loads(text)
    except ValueError:
        return {}
    return {str(name): str(value) for name, value in told.items()} if isinstance(told, dict) else {}


def _answered(user: User, sheet: Sheet, cells: list[CellSent]) -> list[CellAnswer]:
    """What was not written."""
    if not cells:
        return []
    answers = results_enter(by=user, school_class=sheet.school_class, term=sheet.term, cells=cells)
    return [answer for answer in answers if answer.state is not CellState.SAVED]


def _problems(sheet: Sheet, refused: list[CellAnswer], wrong: dict[str, str]) -> list[str]:
    """Each in a sentence of its own."""
    told = {cell.name: cell.told for row in sheet.rows for cell in row.cells}
    lines = [f"{told[name]}: «{typed}» — {NOT_A_RESULT}." for name, typed in wrong.items()]
    for answer in refused:
        about = told.get(cell_name(answer.pupil, answer.subject), "")
        if answer.state is CellState.CLASH:
            lines.append(f"{about}: пока вы писали, записано «{answer.value or 'пусто'}» ({answer.told}).")
        else:
            lines.append(f"{about}: {answer.told}.")
    return lines


@require_POST
def cells(request: HttpRequest, pk: int) -> HttpResponse:
    """A batch of typed cells as JSON: {"of": "2", "cells": [{"pupil", "subject", "value", "was"}]}; answers one by one.

    Sent again after a lost answer it does nothing twice.
    """
    user, school_class = _class(request, pk)
    today = school_class.school.today()
    if request.content_type != "application/json":
        return JsonResponse({"error": "Нужен JSON."}, status=400)
    try:
        told = json.loads(request.body)
        sent = list(_from_json(told["cells"]))
        term = _term(school_class, str(told["of"]), today)
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"error": "Не понято: обновите страницу."}, status=400)
    if term is None or len(sent) > MOST_CELLS:
        return JsonResponse({"error": "Такого периода больше нет: обновите страницу."}, status=400)
    answers = results_enter(by=user, school_class=school_class, term=term, cells=sent)
    return JsonResponse({"cells": [_as_json(answer) for answer in answers]})


def _term(school_class: SchoolClass, code: str, today: date) -> SheetTerm | None:
    terms = terms_of(school_class, today)
    found = term_chosen(terms, code, today)
    return found if found.code == code else None


def _from_json(rows: list[dict[str, Any]]) -> Iterator[CellSent]:
    for row in rows:
        value = str(row["value"])[:16]
        yield CellSent(int(row["pupil"]), int(row["subject"]), value, str(row.get("was", ""))[:16])


def _as_json(answer: CellAnswer) -> dict[str, Any]:
    return {
        "pupil": answer.pupil,
        "subject": answer.subject,
        "state": answer.state.value,
        "value": answer.value,
        "told": answer.told,
    }
