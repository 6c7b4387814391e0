"""Gaps of teachers: one of them, writing it down, correcting, closing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from school.selectors_history import history_of
from school.views.base import FormPage, answer_form, sent
from school.views.outdated import form_view
from teaching.forms import GapCloseForm, GapForm
from teaching.links import person_links
from teaching.models import TeacherGap
from teaching.rights import may_change
from teaching.services.visits import gap_close, gap_keep
from teaching.views.base import changed_record, people_of, seen_record, writer
from teaching.words import GapArea, GapFound


@require_GET
def gap(request: HttpRequest, pk: int) -> HttpResponse:
    """One gap, with the route that closes it."""
    user, row = seen_record(request, TeacherGap, pk, "staff")
    shown = {
        "row": row,
        "links": person_links(user, [row.staff_id]).get(row.staff_id, []),
        "changes_it": may_change(user, row),
        "changes": history_of(row),
    }
    return render(request, "teaching/gap.html", shown)


@form_view
def gap_new(request: HttpRequest) -> HttpResponse:
    """Write a gap down: one's own, or a colleague's for the confirmer."""
    user, school, staff = writer(request)
    initial = {"staff": staff.pk, "found": GapFound.SELF, "found_on": school.today()}
    form = GapForm(sent(request), people=people_of(user, school), initial=initial)
    page = FormPage("Чему хочу научиться", ("Дефициты", reverse("teaching:gaps")), "Записать", "Записано.")

    def save() -> str:
        told = form.cleaned_data
        made = gap_keep(
            by=user,
            staff=form.person(staff),
            area=GapArea(told["area"]),
            text=told["text"],
            found=GapFound(told["found"]),
            found_on=told["found_on"],
        )
        return _address(made.pk)

    return answer_form(request, page, form, save)


@form_view
def gap_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a gap."""
    user, row = changed_record(request, TeacherGap, pk, "staff")
    initial = {name: getattr(row, name) for name in ("area", "text", "found", "found_on")}
    form = GapForm(sent(request), initial=initial)
    page = FormPage("Исправить дефицит", (row.text, _address(pk)), done="Записано.", meta=row.text)

    def save() -> None:
        told = form.cleaned_data
        gap_keep(
            by=user,
            staff=row.staff,
            area=GapArea(told["area"]),
            text=told["text"],
            found=GapFound(told["found"]),
            found_on=told["found_on"],
            gap=row,
        )

    return answer_form(request, page, form, save)


@form_view
def gap_closing(request: HttpRequest, pk: int) -> HttpResponse:
    """Say when and how a gap was closed; without a day it is open again."""
    user, row = changed_record(request, TeacherGap, pk)
    form = GapCloseForm(sent(request), initial={"on": row.closed_on or row.school.today(), "how": row.closed_how})
    page = FormPage("Закрыть дефицит", (row.text, _address(pk)), done="Записано.", meta=row.text)

    def save() -> None:
        gap_close(by=user, gap=row, on=form.cleaned_data["on"], how=form.cleaned_data["how"])

    return answer_form(request, page, form, save)


def _address(pk: int) -> str:
    return reverse("teaching:gap", args=[pk])
