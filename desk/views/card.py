"""Ordering a pupil's card as a document."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from desk.card import card_request
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
