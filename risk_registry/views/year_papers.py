"""Papers of the year's end: the protocol of transfer and the timetable of attempts, as pages and as files."""

from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from common.look import Tab
from documents.services.reports import report_job_request
from risk_registry.forms_debts import ProtocolForm
from risk_registry.models import AcademicDebt
from risk_registry.permissions_debts import can_print_year_papers
from risk_registry.registration_debts import RESITS, TRANSFER
from risk_registry.reports.resits import build_resits
from risk_registry.reports.transfer import build_transfer
from risk_registry.reports.year_papers_print import groups_of, plain_of
from risk_registry.rules.admission import Decision
from risk_registry.selectors.debts import UNSETTLED
from risk_registry.transfer_protocol import protocol_keep, protocols_kept
from school.models import AcademicYear, School, User
from school.selectors import current_year
from school.views.base import FormPage, answer_form, sent
from school.views.filtering import whole_number
from school.views.outdated import form_view

_KINDS = {"transfer": TRANSFER, "resits": RESITS}
_FORMATS = ("pdf", "xlsx")


def _reader(request: HttpRequest) -> tuple[User, School]:
    user: Any = request.user
    if not can_print_year_papers(user):
        raise PermissionDenied("Протокол о переводе и график пересдач готовит администрация школы.")
    assert isinstance(user, User)
    assert user.school is not None
    return user, user.school


def _year(request: HttpRequest, school: School) -> AcademicYear | None:
    """The year of `?year=2026`, else the current one."""
    start = whole_number(request.GET.get("year"))
    found = school.years.select_related("school").filter(start=start).first() if start and start < 10_000 else None
    return found or current_year(school)


@require_GET
def transfer_page(request: HttpRequest) -> HttpResponse:
    """What the council decides on everybody, as the data stand now."""
    user, school = _reader(request)
    year = _year(request, school)
    if year is None:
        return render(request, "risk_registry/transfer.html", {"year": None})
    report = build_transfer(school=school, year=year)
    years = [Tab(str(one), f"?year={one.start}", one.pk == year.pk) for one in school.years.order_by("-start")]
    waiting = AcademicDebt.objects.visible_to(user).filter(state=UNSETTLED[0]).count()
    told = {
        "year": year,
        "report": report,
        "groups": groups_of(report),
        "plain": plain_of(report),
        "tabs": years if len(years) > 1 else [],
        "waiting": waiting,
        "unknown": len(report.of(Decision.UNKNOWN)),
        "kept": protocols_kept(user, year),
        "untried": len(report.of(Decision.UNTRIED)),
        "key": uuid4().hex,
    }
    return render(request, "risk_registry/transfer.html", told)


@form_view
def transfer_keep(request: HttpRequest) -> HttpResponse:
    """Keep the protocol for good, under the number and the day of the council's meeting."""
    user, school = _reader(request)
    year = _year(request, school)
    if year is None:
        raise Http404
    form = ProtocolForm(sent(request), initial={"on": school.today()})
    up = ("Перевод обучающихся", f"{reverse('debts:transfer')}?year={year.start}")
    page = FormPage("Сохранить протокол под номером", up, "Сохранить", "", meta=str(year), warning=_AS_IT_STANDS)

    def save() -> str:
        told = form.cleaned_data
        key = f"keep:{request.POST.get('once', '')[:64]}"
        job = protocol_keep(by=user, year=year, number=told["number"], on=told["on"], key=key)
        return reverse("documents:job", args=[job.pk])

    return answer_form(request, page, form, save)


_AS_IT_STANDS = (
    "Сохранится PDF с решениями, какими они видны сейчас, и больше не изменится. Исправленный сохраните ещё раз."
)


@require_GET
def resits_page(request: HttpRequest) -> HttpResponse:
    """The attempts that are appointed from today on."""
    _, school = _reader(request)
    return render(request, "risk_registry/resits.html", {"report": build_resits(school=school), "key": uuid4().hex})


@require_POST
def paper_print(request: HttpRequest, kind: str, format: str) -> HttpResponse:
    """Order one of the papers as a file; the worker makes it."""
    user, school = _reader(request)
    if kind not in _KINDS or format not in _FORMATS:
        raise Http404
    year = _year(request, school)
    job = report_job_request(
        by=user,
        school=school,
        kind=_KINDS[kind],
        period=1,
        format=format,
        key=f"{kind}:{format}:{request.POST.get('key', '')[:64]}",
        year=year.start if year is not None else None,
    )
    return redirect("documents:job", pk=job.pk)
