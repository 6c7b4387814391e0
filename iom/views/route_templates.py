"""Templates of routes: what the school usually plans for a subject, a cause, a kind."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from iom.forms_route_lists import TemplateForm, TemplateRowForm
from iom.models import RouteTemplate, RouteTemplateRow
from iom.permissions_routes import can_keep_templates
from iom.rules.routes import StepIdea
from iom.selectors.templates import templates_of
from iom.services.route_templates import (
    TemplateWish,
    open_causes,
    template_archive,
    template_row_add,
    template_row_change,
    template_row_remove,
    template_save,
)
from iom.views.finding import reader, school_of, subjects_of
from risk_registry.causes import KINDS
from school.models import School, User
from school.views.base import FormPage, answer_deed, answer_form, sent
from school.views.outdated import form_view


def _keeper(request: HttpRequest) -> tuple[User, School]:
    user = reader(request)
    if not can_keep_templates(user):
        raise PermissionDenied("Шаблоны маршрутов ведут заместитель директора и руководители ШМО.")
    return user, school_of(user)


def _template(request: HttpRequest, pk: int) -> tuple[User, RouteTemplate]:
    user, school = _keeper(request)
    return user, get_object_or_404(templates_of(school).select_related("school"), pk=pk)


def _row(request: HttpRequest, pk: int) -> tuple[User, RouteTemplateRow]:
    user, school = _keeper(request)
    rows = RouteTemplateRow.objects.select_related("template").filter(template__in=templates_of(school).order_by())
    return user, get_object_or_404(rows, pk=pk)


@require_GET
def template_list(request: HttpRequest) -> HttpResponse:
    """All that are in use, each with its steps."""
    _, school = _keeper(request)
    rows = [(one, KINDS[one.cause].name if one.cause in KINDS else "") for one in templates_of(school)]
    return render(request, "iom/route_templates.html", {"rows": rows})


@form_view
def template_new(request: HttpRequest) -> HttpResponse:
    """A new one."""
    user, school = _keeper(request)
    form = TemplateForm(sent(request), subjects=subjects_of(school), causes=open_causes())
    page = FormPage("Новый шаблон", ("Шаблоны маршрутов", reverse("routes:templates")), done="Теперь добавьте шаги.")

    def save() -> str:
        row = template_save(by=user, school=school, template=None, wish=TemplateWish(**form.cleaned_data))
        return f"{reverse('routes:templates')}#template{row.pk}"

    return answer_form(request, page, form, save)


@form_view
def template_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """When it is used."""
    user, template = _template(request, pk)
    initial = {"title": template.title, "kind": template.kind, "cause": template.cause}
    form = TemplateForm(
        sent(request),
        subjects=subjects_of(template.school),
        causes=open_causes(),
        initial={**initial, "subject": template.subject_id},
    )
    page = FormPage(template.title, ("Шаблоны маршрутов", reverse("routes:templates")))

    def save() -> None:
        template_save(by=user, school=template.school, template=template, wish=TemplateWish(**form.cleaned_data))

    return answer_form(request, page, form, save)


@form_view
def row_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Another step."""
    user, template = _template(request, pk)
    form = TemplateRowForm(sent(request))
    page = FormPage(
        f"{template.title}: новый шаг", ("Шаблоны маршрутов", reverse("routes:templates")), "Добавить", "Шаг добавлен."
    )

    def save() -> None:
        template_row_add(by=user, template=template, step=StepIdea(**form.cleaned_data))

    return answer_form(request, page, form, save)


@form_view
def row_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a step."""
    user, row = _row(request, pk)
    form = TemplateRowForm(sent(request), initial={name: getattr(row, name) for name in TemplateRowForm.base_fields})
    page = FormPage(f"{row.template.title}: шаг", ("Шаблоны маршрутов", reverse("routes:templates")))

    def save() -> None:
        template_row_change(by=user, row=row, step=StepIdea(**form.cleaned_data))

    return answer_form(request, page, form, save)


@require_POST
def row_off(request: HttpRequest, pk: int) -> HttpResponse:
    """One step less."""
    user, row = _row(request, pk)
    return answer_deed(
        request, lambda: template_row_remove(by=user, row=row), "Шаг убран.", reverse("routes:templates")
    )


@require_POST
def template_off(request: HttpRequest, pk: int) -> HttpResponse:
    """No longer used."""
    user, template = _template(request, pk)
    done = "Шаблон убран; маршруты, составленные по нему, остались."
    return answer_deed(request, lambda: template_archive(by=user, template=template), done, reverse("routes:templates"))
