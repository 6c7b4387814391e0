"""The five lists: a page with filters, PDF and workbook by the worker."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from common.russian import counted
from documents.registry import Params
from documents.services.reports import report_job_request
from school.models import School, User
from school.views.filtering import chips_of
from teaching.kinds import LISTS
from teaching.permissions import can_read_all, can_visit, can_write_own
from teaching.registration import TEACHING
from teaching.reports.paper import INDICATORS, filter_form
from teaching.views.base import tabs_of, teaching_reader

PER_PAGE = 50
FORMATS = ("pdf", "xlsx")


@require_GET
def records_list(request: HttpRequest, what: str) -> HttpResponse:
    """Rows that the person sees, filtered."""
    user, _ = teaching_reader(request)
    kind = LISTS[what]
    form = filter_form(user, what, request.GET)
    chosen = form.chosen()
    page = Paginator(kind.rows(user, chosen), PER_PAGE).get_page(request.GET.get("page"))
    may_add = can_visit(user) if what == "visits" else can_write_own(user)
    shown = {
        "kind": kind,
        "tabs": tabs_of(user, what),
        "form": form,
        "chips": chips_of(request, form, chosen),
        "page": page,
        "lines": [(line, line.told(kind)) for line in map(kind.line, page.object_list)],
        "lead": counted(page.paginator.count, *kind.counted),
        "query": request.GET.urlencode(),
        "new_url": reverse(kind.new) if may_add else "",
    }
    return render(request, "teaching/list.html", shown)


@require_POST
def list_print(request: HttpRequest, what: str, format: str) -> HttpResponse:
    """Order a list as it is filtered, or the indicators; the worker makes the file."""
    user, school = teaching_reader(request)
    if format not in FORMATS or (what not in LISTS and what != INDICATORS):
        raise Http404
    if what == INDICATORS and not can_read_all(user):
        raise PermissionDenied("Показатели видят директор, заместитель директора и руководители ШМО.")
    asked = {name: request.GET.get(name, "")[:100] for name in (LISTS[what].fields if what in LISTS else ())}
    return order(request, user, school, format, {"what": what} | {name: told for name, told in asked.items() if told})


def order(request: HttpRequest, user: User, school: School, format: str, extra: Params) -> HttpResponse:
    """Have the worker make a paper; the same click makes one."""
    job = report_job_request(
        by=user,
        school=school,
        kind=TEACHING,
        period=0,
        format=format,
        key=f"teaching:{format}:{request.POST.get('once', '')[:64]}",
        extra=extra,
    )
    return redirect("documents:job", pk=job.pk)
