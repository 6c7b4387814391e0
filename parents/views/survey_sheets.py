"""Answers that staff write down: paper sheets without names, what a pupil said, what a class teacher thinks."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.errors import Refused
from parents.forms_surveys import WhyForm
from parents.permissions_surveys import answering_pupils, can_run_surveys, sheet_pupils
from parents.rules.surveys import WHOLE
from parents.selectors.survey_sheets import SheetPage, sheet_page
from parents.services.questionnaires import questions_of
from parents.services.survey_answers import (
    paper_add,
    sheet_causes_take,
    sheet_withdraw,
    sheet_write,
    standing_entry,
)
from parents.survey_words import CampaignState
from parents.views.survey_asking import checked, given_by, shown_questions
from parents.views.surveys import page_of, seen_survey, survey_reader
from risk_registry.permissions import can_write_causes
from school.models import User
from school.views.base import FormPage, answer_deed, answer_form, sent
from school.views.filtering import whole_number
from school.views.outdated import form_view

_FILL = require_http_methods(["GET", "HEAD", "POST"])


@_FILL
def paper_enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Type in paper sheets of an anonymous survey, one after another; `?group=` keeps the class."""
    user, row = seen_survey(request, pk)
    if not can_run_surveys(user):
        raise PermissionDenied("Бумажные бланки вносят те, кто ведёт опрос, чтобы почерк не узнавали в классе.")
    groups = list(row.groups.all())
    if row.state != CampaignState.OPEN or not groups:
        raise Http404
    wanted = whole_number(request.POST.get("group") or request.GET.get("group"))
    group = next((one for one in groups if one.pk == wanted), None)
    asked = questions_of(row.version)
    given, errors = {}, {}
    if request.method == "POST":
        told = checked(request, asked)
        given, errors = given_by(request, asked), dict(told.errors)
        if group is None:
            errors[WHOLE] = "Отметьте класс, из которого бланк."
        if not errors and group is not None:
            try:
                paper_add(by=user, group=group, answers=told.answers)
            except Refused as refusal:
                errors[WHOLE] = refusal.message
            else:
                messages.success(request, f"Бланк внесён: {group.name}.")
                return redirect(f"{reverse('surveys:paper', args=[row.pk])}?group={group.pk}")
    more = {"groups": groups, "group": group.pk if group else None, "errors": errors}
    told_page = {"row": row, "questions": shown_questions(asked, given, errors), "back": page_of(row), **more}
    return render(request, "parents/survey_paper.html", told_page, status=422 if errors else 200)


@_FILL
def sheet_enter(request: HttpRequest, pk: int, pupil: int) -> HttpResponse:
    """Answers of one pupil, or about one."""
    user, row = seen_survey(request, pk)
    who = answering_pupils(user, row).filter(pk=pupil).first()
    if who is None:
        get_object_or_404(sheet_pupils(user, row), pk=pupil)
        raise PermissionDenied("Об этом ученике отвечает его классный руководитель.")
    asked = questions_of(row.version)
    given, errors = {}, {}
    if request.method == "POST":
        told = checked(request, asked)
        given, errors = given_by(request, asked), dict(told.errors)
        if not errors:
            try:
                with transaction.atomic():
                    made = sheet_write(by=user, campaign=row, pupil=who, answers=told.answers)
            except Refused as refusal:
                errors[WHOLE] = refusal.message
            else:
                messages.success(request, "Ответы записаны.")
                return redirect("surveys:sheet", pk=made.pk)
    told_page = {
        "row": row,
        "pupil": who,
        "questions": shown_questions(asked, given, errors),
        "errors": errors,
        "back": page_of(row),
    }
    return render(request, "parents/survey_enter.html", told_page, status=422 if errors else 200)


def _sheet(request: HttpRequest, pk: int) -> tuple[User, SheetPage]:
    user, _ = survey_reader(request)
    page = sheet_page(user, pk)
    if page is None:
        raise Http404
    return user, page


@require_safe
def sheet_read(request: HttpRequest, pk: int) -> HttpResponse:
    """The answers of one pupil; the reading is logged."""
    user, page = _sheet(request, pk)
    pupil = page.sheet.pupil
    takes = bool(page.causes) and page.sheet.withdrawn_at is None and can_write_causes(user, {pupil.pk})
    told = {
        "page": page,
        "sheet": page.sheet,
        "takes": takes and standing_entry(pupil) is not None,
        "up": page_of(page.sheet.campaign),
    }
    return render(request, "parents/survey_sheet.html", told)


@form_view
def sheet_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take answers back with a reason."""
    user, page = _sheet(request, pk)
    if not page.keeps:
        raise PermissionDenied("Ответы отзывает тот, кто может внести другие.")
    form = WhyForm(sent(request))
    title = f"Ответы: {page.sheet.pupil.list_name}"
    told = FormPage("Отозвать ответы", (title, reverse("surveys:sheet", args=[pk])), "Отозвать", "Ответы отозваны.")

    def save() -> None:
        sheet_withdraw(by=user, sheet=page.sheet, why=form.cleaned_data["why"])

    return answer_form(request, told, form, save)


@require_POST
def sheet_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the ticked causes into the registry."""
    user, page = _sheet(request, pk)
    if not can_write_causes(user, {page.sheet.pupil_id}):
        raise PermissionDenied("Причины записывают классный руководитель, специалисты и завуч.")
    offered = {code for code, _ in page.causes}
    codes = [code for code in request.POST.getlist("causes") if code in offered]
    back = reverse("surveys:sheet", args=[pk])
    done = "Причины записаны в реестр."
    return answer_deed(request, lambda: sheet_causes_take(by=user, sheet=page.sheet, codes=codes), done, back)
