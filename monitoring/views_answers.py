"""Answering for an indicator, and taking an answer back."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from monitoring.computations import COMPUTATIONS
from monitoring.forms_answers import AnswerForm, RemovalForm
from monitoring.models import ManualValue
from monitoring.permissions import can_measure
from monitoring.services_measures import value_remove, value_set
from monitoring.views_indicators import BY_VISITS, indicators_reader, known, period_of
from school.models import Period, School, User
from school.views.base import FormPage, answer_form, sent
from school.views.outdated import form_view


def _answerer(request: HttpRequest) -> tuple[User, School]:
    user, school = indicators_reader(request)
    if not can_measure(user):
        raise PermissionDenied("Значения показателей вносит директор или его заместитель.")
    return user, school


def _up(period: Period, code: str) -> tuple[str, str]:
    return f"Показатель {code}", reverse("indicators:indicator", args=[period.pk, code])


@form_view
def answer(request: HttpRequest, period: int, code: str) -> HttpResponse:
    """Say what the value is and what it rests on; of what is counted or seen in lessons there is nothing to say."""
    user, school = _answerer(request)
    shown = period_of(school, period)
    one = known(school, shown, code)
    if code in COMPUTATIONS or code in BY_VISITS:
        raise Http404
    standing = ManualValue.objects.visible_to(user).standing().filter(period=shown, code=code).first()
    form = AnswerForm(sent(request), request.FILES or None, indicator=one, standing=standing)

    def save() -> None:
        number, of = form.numbers
        text, content = form.cleaned_data["text"], form.cleaned_data["file"]
        value_set(by=user, period=shown, indicator=one, number=number, of=of, text=text, content=content)

    page = FormPage(
        f"Значение показателя {code}", _up(shown, code), done="Значение записано.", meta=f"{one.title}, {shown.title}"
    )
    return answer_form(request, page, form, save)


@form_view
def answer_removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an answer back, with the reason."""
    user, _ = _answerer(request)
    rows = ManualValue.objects.visible_to(user).select_related("period__year__school__settings", "school")
    row = get_object_or_404(rows, pk=pk)
    form = RemovalForm(sent(request))
    page = FormPage(
        f"Отозвать значение показателя {row.code}", _up(row.period, row.code), "Отозвать", done="Значение отозвано."
    )
    return answer_form(request, page, form, lambda: value_remove(by=user, value=row, why=form.cleaned_data["why"]))
