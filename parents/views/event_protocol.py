"""The protocol of an event for parents: its words, decisions, conclusion, papers; materials."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from common.russian import date_short
from documents.services.reports import report_job_request
from parents.forms_events import DecisionForm, KeptForm, MaterialForm, ProtocolForm
from parents.forms_notices import StepForm
from parents.models import EventDecision, EventMaterial, ParentEvent
from parents.permissions_events import can_run_event
from parents.registration_events import INVITATION, PROTOCOL
from parents.reports.event_papers import frozen, protocol_paper
from parents.selectors.events import told
from parents.services.event_protocol import (
    decision_add,
    decision_edit,
    decision_keep,
    decision_remove,
    material_add,
    material_remove,
    protocol_conclude,
    protocol_reopen,
    protocol_write,
)
from parents.views.events import event_reader, run_event, seen_event, up_to
from school.access import access_of
from school.models import Staff, User
from school.views.base import FormPage, answer_deed, answer_form, sent
from school.views.filtering import whole_number
from school.views.outdated import form_view

_PAPERS = {"invitation": INVITATION, "protocol": PROTOCOL}


@require_POST
def paper_print(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Order the invitations or the protocol."""
    user, row = seen_event(request, pk)
    if kind not in _PAPERS:
        raise Http404
    job = report_job_request(
        by=user,
        school=row.school,
        kind=_PAPERS[kind],
        period=0,
        format="pdf",
        key=f"{_PAPERS[kind]}:{row.pk}:{request.POST.get('key', '')[:64]}",
        extra={"event": row.pk},
    )
    return redirect("documents:job", pk=job.pk)


def _staff(event: ParentEvent) -> QuerySet[Staff]:
    return Staff.objects.filter(school=event.school).exclude(left_on__lt=event.school.today())


@form_view
def protocol_form(request: HttpRequest, pk: int) -> HttpResponse:
    """Who led, who wrote, what was said."""
    user, row = run_event(request, pk)
    leads = row.leader.short_name if row.leader is not None else ""
    form = ProtocolForm(
        sent(request), initial={"chair": row.chair or leads, "secretary": row.secretary, "course": row.course}
    )
    page = FormPage("Протокол", up_to(row), done="Записано.", meta=row.title)

    def save() -> None:
        told_of = form.cleaned_data
        protocol_write(by=user, event=row, version=row.version, **told_of)

    return answer_form(request, page, form, save)


@require_POST
def conclude(request: HttpRequest, pk: int) -> HttpResponse:
    """A person concludes what the system compiled; `version` is what they saw."""
    user, row = run_event(request, pk)
    version = whole_number(request.POST.get("version"))
    whole = told(ParentEvent.objects.filter(pk=row.pk), None).get()

    def save() -> None:
        seen = -1 if version is None else version
        protocol_conclude(by=user, event=row, version=seen, paper=frozen(protocol_paper(whole)))

    return answer_deed(request, save, "Протокол заключён.", up_to(row)[1])


@form_view
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a concluded protocol for a correction, with the reason."""
    user, row = run_event(request, pk)
    form = StepForm(sent(request))
    page = FormPage(
        "Открыть протокол для исправления",
        up_to(row),
        "Открыть",
        "Протокол открыт.",
        meta="заключённое останется, исправленный станет следующей версией",
    )

    def save() -> None:
        protocol_reopen(by=user, event=row, version=row.version, why=form.cleaned_data["comment"])

    return answer_form(request, page, form, save)


@form_view
def decision_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a decision down."""
    user, row = run_event(request, pk)
    form = DecisionForm(sent(request), staff=_staff(row))
    page = FormPage("Решение", up_to(row), "Записать", "Записано.", meta=row.title)

    def save() -> None:
        decision_add(by=user, event=row, decided=form.decided())

    return answer_form(request, page, form, save)


def _decision(request: HttpRequest, pk: int) -> tuple[User, EventDecision]:
    user, _ = event_reader(request)
    rows = EventDecision.objects.filter(event__in=ParentEvent.objects.visible_to(user).order_by().values("pk"))
    found = get_object_or_404(rows.select_related("responsible"), pk=pk)
    found.event = seen_event(request, found.event_id)[1]
    return user, found


def _run_decision(request: HttpRequest, pk: int) -> tuple[User, EventDecision]:
    user, found = _decision(request, pk)
    run_event(request, found.event_id)
    return user, found


@form_view
def decision_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct it before the protocol is concluded."""
    user, found = _run_decision(request, pk)
    form = DecisionForm(sent(request), staff=_staff(found.event), decision=found)

    def save() -> None:
        decision_edit(by=user, decision=found, decided=form.decided())

    return answer_form(request, FormPage("Исправить решение", up_to(found.event)), form, save)


@require_POST
def decision_take_out(request: HttpRequest, pk: int) -> HttpResponse:
    """What was written by mistake."""
    user, found = _run_decision(request, pk)
    return answer_deed(
        request, lambda: decision_remove(by=user, decision=found), "Решение убрано.", up_to(found.event)[1]
    )


@form_view
def decision_settled(request: HttpRequest, pk: int) -> HttpResponse:
    """It was carried out: who runs the event and the responsible say so."""
    user, found = _decision(request, pk)
    staff = access_of(user).staff
    if not can_run_event(user, found.event) and (staff is None or found.responsible_id != staff.pk):
        raise PermissionDenied("Выполнение отмечают ответственный и тот, кто ведёт мероприятие.")
    form = KeptForm(sent(request), initial={"on": found.kept_on or found.event.school.today(), "note": found.kept_note})
    about = f"{found.text} — {found.answers}, до {date_short(found.due)}"
    page = FormPage("Решение выполнено", up_to(found.event), "Записать", "Записано.", meta=about)

    def save() -> None:
        decision_keep(by=user, decision=found, on=form.cleaned_data["on"], note=form.cleaned_data["note"])

    return answer_form(request, page, form, save)


@form_view
def material_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Attach what was shown or handed out."""
    user, row = run_event(request, pk)
    form = MaterialForm(sent(request), request.FILES or None)
    page = FormPage("Приложить материал", up_to(row), "Приложить", "Приложено.", meta=row.title)

    def save() -> None:
        material_add(by=user, event=row, title=form.cleaned_data["title"], content=form.cleaned_data["file"])

    return answer_form(request, page, form, save)


@require_POST
def material_take_away(request: HttpRequest, pk: int) -> HttpResponse:
    """What was attached by mistake."""
    user, _ = event_reader(request)
    rows = EventMaterial.objects.filter(event__in=ParentEvent.objects.visible_to(user).order_by().values("pk"))
    found = get_object_or_404(rows.filter(removed_at__isnull=True), pk=pk)
    user, row = run_event(request, found.event_id)
    return answer_deed(request, lambda: material_remove(by=user, material=found), "Материал убран.", up_to(row)[1])
