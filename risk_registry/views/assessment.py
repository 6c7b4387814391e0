"""One assessment procedure: how it was written and by whom, its tasks, what was made of it, and its papers."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from common.errors import Refused
from common.look import Chip
from gradebook.models import Procedure
from gradebook.permissions import can_plan_procedures
from gradebook.rules_procedures import SOURCE
from gradebook.selectors_procedures import clashes_of_new
from gradebook.selectors_results import classes_of_results
from risk_registry.forms import WorkNoteForm
from risk_registry.models import WorkNote
from risk_registry.permissions import can_note_works, scope_of
from risk_registry.printing import analysis_request
from risk_registry.reports.assessment import Analysis, build_analysis
from risk_registry.selectors.work_page import failed_rows
from risk_registry.selectors.works import WrittenRow, is_shown, work_row
from risk_registry.services.works import work_note_set
from risk_registry.views.works import works_reader
from school.models import School, User
from school.views.base import FormPage, answer_form, sent
from school.views.filtering import query_without, whole_number
from school.views.outdated import form_view

_SHOWN = {"": "Все", "twos": "С двойкой", "lowered": "Ниже отметки", "raised": "Выше отметки"}
_NOT_YOURS = "Такой работы у вас нет."


@require_GET
def work_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The work in full; `?cls=` of one class, `?show=twos|lowered|raised` or `?task=2` some of those who wrote it."""
    user, school = works_reader(request)
    work = _work(school, pk)
    chosen = _chosen(request, user, work)
    found = build_analysis(user=user, school=school, work=work, school_class=chosen)
    if found is None:
        raise Http404(_NOT_YOURS)
    show, task = request.GET.get("show", ""), whole_number(request.GET.get("task"))
    plans = can_plan_procedures(user)
    told = {
        "work": work,
        "row": found.page.row,
        "found": found,
        "rows": _shown(found, show, task, school),
        "classes": _class_chips(request, found, chosen),
        "chosen": chosen,
        "shown": [_chip(request, key, title, show if task is None else None) for key, title in _SHOWN.items()],
        "task": next((line for line in found.page.tasks if line.number == task), None),
        "plans": plans,
        "enters": classes_of_results(user, work).exists(),
        "notes": can_note_works(user) and bool(found.seen),
        "clashes": _clashes(work) if plans else [],
        "source": SOURCE,
        "steps": work.steps.select_related("by__staff"),
    }
    return render(request, "risk_registry/work_detail.html", told)


def _work(school: School, pk: int) -> Procedure:
    rows = Procedure.objects.filter(school=school)
    return get_object_or_404(rows.select_related("subject", "year", "school_class", "repeats", "school"), pk=pk)


def _chosen(request: HttpRequest, user: User, work: Procedure) -> int | None:
    """The class that is asked for, if it is the person's to see."""
    asked = whole_number(request.GET.get("cls"))
    return asked if asked is not None and scope_of(user).sees(asked, work.subject_id) else None


def _shown(found: Analysis, show: str, task: int | None, school: School) -> list[WrittenRow]:
    if task is not None:
        return failed_rows(found.page.rows, task)
    return [row for row in found.page.rows if is_shown(row, show, school.settings.external_gap)]


def _clashes(work: Procedure) -> list[Any]:
    """What speaks against a day that can still be changed."""
    if work.date is None or work.is_cancelled or work.date < work.school.today():
        return []
    return clashes_of_new(work.year, work)


def _class_chips(request: HttpRequest, found: Analysis, chosen: int | None) -> list[Chip]:
    parts = [part for part in found.seen if part.school_class is not None]
    if len(parts) < 2:
        return []
    every = Chip("Все классы", query_without(request, "cls"), chosen is None)
    return [
        every,
        *(
            Chip(one.name, query_without(request, cls=str(one.school_class)), one.school_class == chosen)
            for one in parts
        ),
    ]


def _chip(request: HttpRequest, key: str, title: str, show: str | None) -> Chip:
    url = query_without(request, "task", show=key) if key else query_without(request, "show", "task")
    return Chip(title, url, key == show)


def _seen(request: HttpRequest, pk: int) -> tuple[User, School, Procedure]:
    user, school = works_reader(request)
    work = _work(school, pk)
    if work_row(user, school, work) is None:
        raise Http404(_NOT_YOURS)
    return user, school, work


@form_view
def work_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why the results are low."""
    user, _, work = _seen(request, pk)
    if not can_note_works(user):
        raise PermissionDenied("Причины низких результатов называют администрация и руководители ШМО.")
    known = WorkNote.objects.filter(procedure=work).first()
    initial = {"causes": known.causes, "text": known.text} if known else None
    form = WorkNoteForm(sent(request), initial=initial)
    up = (work.title, reverse("registry:external_work", args=[work.pk]))
    page = FormPage("Причины низких результатов", up, "Записать", "Записано.", f"{work.subject}, {work.who}")

    def save() -> None:
        work_note_set(by=user, procedure=work, **form.cleaned_data)

    return answer_form(request, page, form, save)


@require_POST
def work_print(request: HttpRequest, pk: int, format: str) -> HttpResponse:
    """Order the analysis as a file; `?cls=` of one class."""
    user, _, work = _seen(request, pk)
    if format not in ("pdf", "xlsx"):
        raise Http404
    try:
        job = analysis_request(
            by=user,
            work=work,
            school_class=_chosen(request, user, work),
            format=format,
            key=request.POST.get("once", ""),
        )
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("registry:external_work", pk=work.pk)
    return redirect("documents:job", pk=job.pk)
