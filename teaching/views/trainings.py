"""Trainings: one of them, writing it down, correcting."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from school.selectors_history import history_of
from school.views.base import FormPage, answer_form, sent
from school.views.outdated import form_view
from teaching.forms import TrainingForm
from teaching.models import Training
from teaching.rights import may_change, may_decide
from teaching.services.trainings import training_add, training_change
from teaching.views.base import changed_record, people_of, seen_record, writer

_FIELDS = ("kind", "title", "topics", "starts", "ends", "hours", "place", "paper_number")


@require_GET
def training(request: HttpRequest, pk: int) -> HttpResponse:
    """One training: what, when, its paper, where it stands, what was changed."""
    user, row = seen_record(request, Training, pk, "staff", "paper", "decided_by__staff")
    shown = {
        "row": row,
        "what": "training",
        "changes_it": may_change(user, row),
        "decides": may_decide(user, row),
        "changes": history_of(row),
    }
    return render(request, "teaching/training.html", shown)


@form_view
def training_new(request: HttpRequest) -> HttpResponse:
    """Write a training down: one's own, or a colleague's for the confirmer."""
    user, school, staff = writer(request)
    initial = {"staff": staff.pk, "starts": school.today()}
    form = TrainingForm(sent(request), request.FILES or None, people=people_of(user, school), initial=initial)
    page = FormPage("Обучение", ("Обучение", reverse("teaching:trainings")), "Записать", "Обучение записано.")

    def save() -> str:
        made = training_add(by=user, staff=form.person(staff), draft=form.draft())
        return reverse("teaching:training", args=[made.pk])

    return answer_form(request, page, form, save)


@form_view
def training_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a training; it waits for confirmation again."""
    user, row = changed_record(request, Training, pk)
    initial = {name: getattr(row, name) for name in _FIELDS}
    form = TrainingForm(sent(request), request.FILES or None, initial=initial)
    up = (row.title, reverse("teaching:training", args=[pk]))
    page = FormPage("Исправить запись об обучении", up, done="Записано.", meta=row.title)

    def save() -> None:
        training_change(by=user, training=row, draft=form.draft())

    return answer_form(request, page, form, save)
