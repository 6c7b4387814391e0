"""Done-marks by hand; duties that the school adds or switches off."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from roadmaps.duty_catalogue import DUTIES
from roadmaps.duty_words import Cycle, DutyRole
from roadmaps.forms import GroundsForm
from roadmaps.forms_duties import MarkForm, OwnDutyForm
from roadmaps.models import DutyMark, OwnDuty
from roadmaps.permissions_duties import OUTSIDE, duty_roles_of
from roadmaps.selectors.duties import card_of
from roadmaps.services.duties import (
    duty_mark,
    duty_mark_withdraw,
    duty_switch_off,
    duty_switch_on,
    own_duty_add,
    own_duty_remove,
)
from roadmaps.views.duties import TITLE, duty_keeper, duty_reader
from school.views.base import FormPage, answer_deed, answer_form, sent
from school.views.outdated import form_view


@form_view
def mark_new(request: HttpRequest, code: str) -> HttpResponse:
    """Write down that an own duty was done."""
    user, school, staff = duty_reader(request)
    duty = card_of(school).find(code)
    if duty is None or not duty.markable:
        raise Http404
    if duty.role not in duty_roles_of(user):
        raise PermissionDenied("Отметку ставит тот, чья это обязанность.")
    form = MarkForm(sent(request), initial={"on": school.today()})

    def save() -> None:
        duty_mark(by=user, staff=staff, duty=duty, on=form.cleaned_data["on"], note=form.cleaned_data["note"])

    page = FormPage("Отметить сделанное", (TITLE, reverse("duties:mine")), button="Отметить", done="Отмечено.",
                    meta=duty.text)  # fmt: skip
    return answer_form(request, page, form, save)


@form_view
def mark_withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own mark back, with the reason."""
    user, _, staff = duty_reader(request)
    rows = DutyMark.objects.visible_to(user).standing().select_related("school")
    mark = get_object_or_404(rows, pk=pk)
    if mark.staff_id != staff.pk:
        raise PermissionDenied("Отметку снимает тот, кто её поставил.")
    form = GroundsForm(sent(request))

    def save() -> None:
        duty_mark_withdraw(by=user, mark=mark, why=form.cleaned_data["why"])

    page = FormPage("Снять отметку", (TITLE, reverse("duties:mine")), button="Снять", done="Отметка снята.",
                    meta=f"{mark.on:%d.%m.%Y} {mark.note}".strip())  # fmt: skip
    return answer_form(request, page, form, save)


@form_view
def own_new(request: HttpRequest, role: str) -> HttpResponse:
    """The school adds a duty to a role."""
    user, school = duty_keeper(request)
    if role not in DutyRole.codes() or DutyRole(role) in OUTSIDE:
        raise Http404
    form = OwnDutyForm(sent(request))

    def save() -> None:
        told = form.cleaned_data
        own_duty_add(
            by=user, school=school, role=DutyRole(role), text=told["text"], cycle=Cycle(told["cycle"]), due=told["due"]
        )

    page = FormPage(f"Добавить обязанность: {DutyRole(role).label.lower()}", _role_page(role), button="Добавить",
                    done="Добавлено.")  # fmt: skip
    return answer_form(request, page, form, save)


@form_view
def own_removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away a duty that the school added."""
    user, school = duty_keeper(request)
    row = get_object_or_404(OwnDuty.objects.select_related("school"), pk=pk, school=school, removed_at__isnull=True)
    form = GroundsForm(sent(request))

    def save() -> None:
        own_duty_remove(by=user, duty=row, why=form.cleaned_data["why"])

    page = FormPage("Убрать обязанность", _role_page(row.role), button="Убрать", done="Убрано.", meta=row.text)
    return answer_form(request, page, form, save)


@form_view
def switch_off(request: HttpRequest, code: str) -> HttpResponse:
    """A duty of the catalogue that the school does not use."""
    user, school = duty_keeper(request)
    duty = DUTIES.get(code)
    if duty is None:
        raise Http404
    form = GroundsForm(sent(request))

    def save() -> None:
        duty_switch_off(by=user, school=school, duty=duty, why=form.cleaned_data["why"])

    page = FormPage("Выключить обязанность", _role_page(duty.role), button="Выключить",
                    done="Выключена: её не видно на страницах сотрудников.", meta=duty.text)  # fmt: skip
    return answer_form(request, page, form, save)


@require_POST
def switch_on(request: HttpRequest, code: str) -> HttpResponse:
    """Use it again."""
    user, school = duty_keeper(request)
    duty = DUTIES.get(code)
    if duty is None:
        raise Http404
    back = _role_page(duty.role)[1]
    return answer_deed(request, lambda: duty_switch_on(by=user, school=school, code=code), "Снова включена.", back)


def _role_page(role: str) -> tuple[str, str]:
    return DutyRole(role).label, f"{reverse('duties:roles')}?role={role}"
