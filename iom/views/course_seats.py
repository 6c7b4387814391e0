"""Who goes to a course: putting pupils there, correcting and taking back."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from common.errors import Refused
from iom.forms_programs import EnrolForm, SeatForm
from iom.models import CourseSeat, Program
from iom.permissions_programs import can_change_fact, can_write_facts
from iom.programs import ProgramKind
from iom.services.pupil_facts import seat_change, seats_add
from iom.services.removing import fact_remove
from iom.views.choosing import choose_class, chosen_pupils
from iom.views.programs import program_reader, seen_program
from risk_registry.forms_interviews import WhyForm
from school.models import User
from school.views.base import FormPage, answer_form, sent
from school.views.outdated import form_view

_CHANGERS = "Запись исправляют тот, кто её сделал, классный руководитель и заместитель директора."


def _up(program: Program) -> tuple[str, str]:
    return program.title, reverse("programs:program", args=[program.pk])


@form_view
def enrol(request: HttpRequest, pk: int) -> HttpResponse:
    """Put pupils of a class on the course; `?cls=` names the class, `?pupil=` one pupil."""
    user, program = seen_program(request, pk)
    if not can_write_facts(user):
        raise PermissionDenied("Учеников на курсы записывают те, кто с ними работает.")
    chosen = chosen_pupils(request, user)
    if chosen is None:
        return choose_class(request, user, "Записать на курс", _up(program))
    today = program.school.today()
    initial = {"starts": max(today, program.starts), "pupils": [chosen.pupil.pk] if chosen.pupil else []}
    form = EnrolForm(sent(request), pupils=chosen.pupils, initial=initial)
    meta = f"{program.title}, {chosen.school_class}"
    page = FormPage("Записать на курс", _up(program), "Записать", "Записаны.", meta=meta)

    def save() -> None:
        if program.kind == ProgramKind.WORK:
            raise Refused("По рабочей программе учится весь класс: записывать на неё не нужно.")
        told = form.cleaned_data
        seats_add(by=user, program=program, pupils=list(told["pupils"]), starts=told["starts"])

    return answer_form(request, page, form, save)


def _changed(request: HttpRequest, pk: int) -> tuple[User, CourseSeat]:
    user, _ = program_reader(request)
    rows = CourseSeat.objects.visible_to(user).filter(removed_at__isnull=True)
    seat = get_object_or_404(rows.select_related("pupil", "program", "school"), pk=pk)
    if not can_change_fact(user, seat):
        raise PermissionDenied(_CHANGERS)
    return user, seat


@form_view
def seat_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the days, or write the last one."""
    user, seat = _changed(request, pk)
    form = SeatForm(sent(request), initial={"starts": seat.starts, "ends": seat.ends})
    page = FormPage("Дни на курсе", _up(seat.program), meta=f"{seat.pupil.short_name}: {seat.program}")

    def save() -> None:
        seat_change(by=user, seat=seat, starts=form.cleaned_data["starts"], ends=form.cleaned_data["ends"])

    return answer_form(request, page, form, save)


@form_view
def seat_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the row back, with the reason."""
    user, seat = _changed(request, pk)
    form = WhyForm(sent(request))
    page = FormPage("Отозвать запись на курс", _up(seat.program), "Отозвать", meta=f"{seat.pupil.short_name}")

    def save() -> None:
        fact_remove(by=user, row=seat, why=form.cleaned_data["why"])

    return answer_form(request, page, form, save)
