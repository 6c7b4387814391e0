"""The file for the commission: ordered by the administration with a reason; the school sends it itself."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from parents.escalation_printing import file_request
from parents.forms_escalation import PrintForm
from parents.permissions_escalation import can_print_for_commission
from parents.views.escalation import seen_case, up_to
from school.views.base import FormPage, answer_form, sent
from school.views.outdated import form_view


@form_view
def case_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Order the file; who, when and why is written down."""
    user, case = seen_case(request, pk)
    if not can_print_for_commission(user, case.pupil):
        raise PermissionDenied("Материалы для комиссии печатают директор и заместитель директора.")
    form = PrintForm(sent(request))
    page = FormPage(
        "Материалы для комиссии",
        up_to(case),
        "Собрать в PDF",
        "Материалы собираются.",
        meta=f"{case.pupil.full_name}. Отправляет школа: система никуда ничего не передаёт.",
    )

    def save() -> str:
        key = f"family:{case.pk}:{request.POST.get('once', '')[:64]}"
        job = file_request(by=user, case=case, why=form.cleaned_data["why"], key=key)
        return reverse("documents:job", args=[job.pk])

    return answer_form(request, page, form, save)
