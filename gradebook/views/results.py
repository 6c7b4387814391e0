"""Results of a procedure typed into a table: a class at once, each pupil a row."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render

from common.errors import Refused
from common.look import Chip
from common.russian import counted
from gradebook.models import Procedure
from gradebook.procedure_pages import card_of
from gradebook.rules_results import Entered, score_of
from gradebook.selectors_results import ResultRow, classes_of_results, plain, result_rows
from gradebook.services.procedure_results import ResultSent, results_set
from school.models import SchoolClass, User
from school.views.base import reader
from school.views.outdated import form_view

_REFUSED = "Результаты вносят администрация школы, классный руководитель и учитель предмета."
_FIELDS = ("variant", "score", "mark", "absent")


class NotUnderstood(Exception):  # noqa: N818 — it is told to the person, not logged
    """A cell holds no number; the message says which."""


@dataclass(frozen=True)
class TypedRow:
    """A row of the table: what stands in its fields, and what is wrong with it."""

    row: ResultRow
    variant: str
    score: str
    mark: str
    absent: bool
    points: tuple[str, ...]
    was: str
    problem: str = ""

    @property
    def names(self) -> dict[str, str]:
        """The names of its fields."""
        return {name: f"{name}-{self.row.pupil.pk}" for name in (*_FIELDS, "was")}

    @property
    def tasks(self) -> list[tuple[str, str]]:
        """(name of the field, what stands in it) by task."""
        return [(f"t{number}-{self.row.pupil.pk}", told) for number, told in enumerate(self.points)]


@form_view
def results(request: HttpRequest, pk: int) -> HttpResponse:
    """The table of `?cls=`; what is refused stays as it was typed, the rest is saved."""
    user, school = reader(request)
    rows = Procedure.objects.filter(school=school).select_related("subject", "year", "school_class", "school")
    procedure = get_object_or_404(rows, pk=pk)
    classes = list(classes_of_results(user, procedure).order_by("letter"))
    if not classes:
        raise PermissionDenied(_REFUSED)
    place = _chosen(request, classes)
    if request.method != "POST":
        shown = [_as_stands(row, procedure) for row in result_rows(user, procedure, place)]
        return _answer(request, procedure, classes, place, shown)
    return _save(request, user, procedure, classes, place)


def _chosen(request: HttpRequest, classes: list[SchoolClass]) -> SchoolClass:
    asked = request.GET.get("cls", "")
    found = next((one for one in classes if str(one.pk) == asked), None)
    if asked and found is None:
        raise Http404("Результатов этого класса вы не вносите.")
    return found or classes[0]


def _save(
    request: HttpRequest, user: User, procedure: Procedure, classes: list[SchoolClass], place: SchoolClass
) -> HttpResponse:
    standing = result_rows(user, procedure, place)
    sent, problems = _read(request.POST, standing, procedure)
    try:
        refused = results_set(by=user, procedure=procedure, school_class=place, rows=sent)
    except Refused as refusal:
        typed = [_as_sent(request.POST, row, procedure) for row in standing]
        return _answer(request, procedure, classes, place, typed, refused=refusal.message)
    problems |= refused
    saved = sum(one.pupil not in problems for one in sent)
    if not problems:
        messages.success(request, f"Сохранено: {counted(saved, 'результат', 'результата', 'результатов')}.")
        return redirect(f"{card_of(procedure.pk)}?cls={place.pk}" if card_of(procedure.pk) else "procedures:timetable")
    now = {row.pupil.pk: row for row in result_rows(user, procedure, place)}
    shown = [
        _as_typed(request.POST, now[row.pupil.pk], procedure, problems[row.pupil.pk])
        if row.pupil.pk in problems
        else _as_stands(now[row.pupil.pk], procedure)
        for row in standing
    ]
    return _answer(request, procedure, classes, place, shown, saved)


def _answer(
    request: HttpRequest,
    procedure: Procedure,
    classes: list[SchoolClass],
    place: SchoolClass,
    rows: list[TypedRow],
    saved: int = 0,
    refused: str = "",
) -> HttpResponse:
    chips = [Chip(str(one), f"?cls={one.pk}", one == place) for one in classes] if len(classes) > 1 else []
    wrong = [row for row in rows if row.problem]
    told = {
        "work": procedure,
        "place": place,
        "chips": chips,
        "rows": rows,
        "wrong": wrong,
        "saved": saved,
        "refused": refused,
        "store": f"opora-results:{request.user.pk}:{procedure.pk}:{place.pk}",
        "card": card_of(procedure.pk),
        "tasks": list(zip(procedure.tasks, map(_number, procedure.maxima), strict=True)),
        "most": _number(procedure.max_score),
        "early": procedure.date is not None and procedure.date > procedure.school.today(),
    }
    return render(request, "gradebook/results.html", told, status=422 if wrong or refused else 200)


def _read(data: QueryDict, standing: list[ResultRow], procedure: Procedure) -> tuple[list[ResultSent], dict[int, str]]:
    """Rows that were changed, and by pupil what could not be understood."""
    sent, problems = [], {}
    for row in standing:
        key = row.pupil.pk
        if f"was-{key}" not in data:
            continue
        was = _known(data.get(f"was-{key}", ""))
        try:
            entered = _entered(data, key, procedure)
        except NotUnderstood as wrong:
            problems[key] = str(wrong)
            continue
        if was is not None and was.points is not None and entered.points == was.points:
            entered = replace(entered, score=was.score)  # a file's sum need not be that of its tasks
        if was is None:
            problems[key] = "обновите страницу и внесите результат снова"
        elif entered != was:
            sent.append(ResultSent(key, entered, was))
    return sent, problems


def _entered(data: QueryDict, key: int, procedure: Procedure) -> Entered:
    points = tuple(
        _decimal(data.get(f"t{number}-{key}", ""), f"задание {name}") for number, name in enumerate(procedure.tasks)
    )
    told = points if any(one is not None for one in points) else None
    mark = data.get(f"mark-{key}", "").strip()
    if mark and not (len(mark) == 1 and mark in "0123456789"):
        raise NotUnderstood("отметка бывает от 1 до 5")
    return Entered(
        mark=int(mark) if mark else None,
        score=score_of(told) if procedure.tasks else _decimal(data.get(f"score-{key}", ""), "балл"),
        variant=" ".join(data.get(f"variant-{key}", "").replace("\0", "").split()),
        points=told,
        absent=f"absent-{key}" in data,
    )


def _decimal(text: str, what: str) -> Decimal | None:
    told = text.strip().replace(",", ".")
    if not told:
        return None
    try:
        number = Decimal(told)
    except InvalidOperation:
        raise NotUnderstood(f"{what}: «{text[:20]}» — не число") from None
    if not number.is_finite() or abs(number) > 99_999:
        raise NotUnderstood(f"{what}: «{text[:20]}» — не число")
    return plain(number)


def _as_stands(row: ResultRow, procedure: Procedure) -> TypedRow:
    now = row.entered
    points = now.points or ()
    by_task = tuple(_number(points[place]) if place < len(points) else "" for place in range(len(procedure.tasks)))
    mark = str(now.mark) if now.mark is not None else ""
    return TypedRow(row, now.variant, _number(now.score), mark, now.absent, by_task, _written(now))


def _as_typed(data: QueryDict, row: ResultRow, procedure: Procedure, problem: str) -> TypedRow:
    key = row.pupil.pk
    variant, score, mark = (data.get(f"{name}-{key}", "")[:20] for name in ("variant", "score", "mark"))
    points = tuple(data.get(f"t{number}-{key}", "")[:20] for number in range(len(procedure.tasks)))
    return TypedRow(row, variant, score, mark, f"absent-{key}" in data, points, _written(row.entered), problem)


def _as_sent(data: QueryDict, row: ResultRow, procedure: Procedure) -> TypedRow:
    """As it was typed, with what stood when it was: nothing of it has been decided."""
    if f"was-{row.pupil.pk}" not in data:
        return _as_stands(row, procedure)
    return replace(_as_typed(data, row, procedure, ""), was=data.get(f"was-{row.pupil.pk}", ""))


def _number(number: Decimal | None) -> str:
    shown = plain(number)
    return "" if shown is None else f"{shown:f}".replace(".", ",")


def _written(entered: Entered) -> str:
    """What stands, as the form carries it along."""
    points = None if entered.points is None else [None if one is None else str(one) for one in entered.points]
    score = None if entered.score is None else str(entered.score)
    return json.dumps([entered.mark, score, entered.variant, points, entered.absent], ensure_ascii=False)


def _known(text: str) -> Entered | None:
    """The same, read again; None for what no form of ours carries."""
    try:
        mark, score, variant, points, absent = json.loads(text)
        told = None if points is None else tuple(_numbers(points))
        return Entered(mark, None if score is None else Decimal(score), str(variant), told, bool(absent))
    except (ValueError, TypeError, InvalidOperation):
        return None


def _numbers(points: Any) -> Iterator[Decimal | None]:
    for one in points:
        yield None if one is None else Decimal(one)
