"""Ordering a pupil's card, and the sheet for a council, as documents."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from consultations.permissions_councils import can_see_councils
from desk.card import card_request
from desk.council_sheet import sheet_request
from desk.forms import CardForm
from desk.selectors.book import pupils_with_school
from desk.views.asked import asked_number
from school.models import User
from school.pupil_parts import parts_for
from school.views.base import FormPage, answer_form, sent
from school.views.outdated import form_view

_META = "Отметки, пропуски, сигналы и события года. Закрытое — только то, что отметите."


@form_view
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """Which parts to print, then to the work that prints them; `?period=` is that of the page."""
    user = request.user
    assert isinstance(user, User)  # a visitor is at the door
    pupil = get_object_or_404(pupils_with_school(user), pk=pk)
    parts = parts_for(user, pupil)
    form: forms.Form = CardForm(sent(request), choices=[(part.code, part.title) for part in parts])
    page = FormPage(
        "Карточка в PDF",
        (pupil.full_name, reverse("desk:pupil", args=[pupil.pk])),
        "Сделать PDF",
        done="Карточка заказана.",
        meta=_META,
    )

    def save() -> str:
        job = card_request(
            by=user,
            pupil=pupil,
            period=asked_number(request, "period"),
            parts=form.cleaned_data["parts"],
            key=request.POST.get("once", ""),
        )
        return reverse("documents:job", args=[job.pk])

    return answer_form(request, page, form, save)


@require_POST
def council_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Order the two pages about a pupil for a council."""
    user = request.user
    assert isinstance(user, User)  # a visitor is at the door
    pupil = get_object_or_404(pupils_with_school(user), pk=pk)
    if not can_see_councils(user):
        raise PermissionDenied("Лист для совета готовят те, кто работает с советами школы.")
    job = sheet_request(by=user, pupil=pupil, key=request.POST.get("once", ""))
    return redirect("documents:job", pk=job.pk)
