"""Surveys: the list, planning, a survey with its share of answers, slips, results."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from common.errors import Refused
from documents.services.reports import report_job_request
from parents.forms_surveys import SurveyForm
from parents.models import Questionnaire, SurveyCampaign
from parents.outside import only_here, public_address
from parents.permissions_surveys import (
    can_run_surveys,
    can_see_results,
    can_see_surveys,
    reads_results,
    served_classes,
    surveys_for,
)
from parents.qr import qr_svg
from parents.registration import SURVEY
from parents.reports.surveys import survey_report
from parents.selectors.surveys import (
    form_lines,
    group_shares,
    pupil_sheets,
    shipped_left,
    stage_of,
    survey_lines,
    with_share,
)
from parents.services.questionnaires import newest
from parents.services.surveys import (
    NewSlip,
    slips_print,
    survey_close,
    survey_discard,
    survey_open,
    survey_plan,
)
from parents.survey_words import Audience, CampaignState, Way
from parents.views.questionnaires import LIST, runner
from school.access import classes_for
from school.models import School, User
from school.views.base import FormPage, answer_deed, answer_form, reader, sent
from school.views.outdated import form_view

_FORMATS = ("pdf", "xlsx", "json")


def survey_reader(request: HttpRequest) -> tuple[User, School]:
    """Those who run surveys, and class teachers."""
    user, school = reader(request)
    if not can_see_surveys(user):
        raise PermissionDenied("Опросы видят администрация, психологи, социальный педагог и классные руководители.")
    return user, school


def seen_survey(request: HttpRequest, pk: int) -> tuple[User, SurveyCampaign]:
    """A survey that the person may open; 404 for any other."""
    user, school = survey_reader(request)
    return user, get_object_or_404(with_share(surveys_for(user), school.today()), pk=pk)


def _run(request: HttpRequest, pk: int) -> tuple[User, SurveyCampaign]:
    user, row = seen_survey(request, pk)
    runner(request)
    return user, row


def page_of(row: SurveyCampaign) -> str:
    """The address of the survey."""
    return reverse("surveys:survey", args=[row.pk])


@require_GET
def survey_list(request: HttpRequest) -> HttpResponse:
    """Surveys; for those who run them, questionnaires too."""
    user, school = survey_reader(request)
    runs = can_run_surveys(user)
    forms = form_lines(school) if runs else []
    told = {
        "lines": survey_lines(user, school.today()),
        "runs": runs,
        "forms": [one for one in forms if not one.away],
        "away": [one for one in forms if one.away],
        "shipped": shipped_left(school) if runs else [],
    }
    return render(request, "parents/survey_list.html", told)


@form_view
def survey_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A survey by the questionnaire."""
    user, school = runner(request)
    form_row = get_object_or_404(Questionnaire.objects.filter(school=school, archived_at=None), pk=pk)
    begin: dict[str, Any] = {"begins": school.today(), "way": Way.SLIPS.value}
    if Audience(form_row.audience) == Audience.TEACHER:
        begin["way"] = Way.PAPER.value
    if Audience(form_row.audience).anonymous:
        begin["classes"] = [str(one.pk) for one in classes_for(user)]
    return _plan(request, user, form_row, None, begin)


@form_view
def survey_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Another plan of a draft."""
    user, row = _run(request, pk)
    begin = {name: getattr(row, name) for name in ("begins", "ends", "way")}
    begin |= {"classes": [str(key) for key in row.classes.values_list("school_class", flat=True)]}
    return _plan(request, user, row.version.questionnaire, row, begin)


def _plan(
    request: HttpRequest,
    user: User,
    questionnaire: Questionnaire,
    row: SurveyCampaign | None,
    begin: dict[str, Any],
) -> HttpResponse:
    audience = Audience(questionnaire.audience)
    form = SurveyForm(sent(request), offered=list(classes_for(user)), audience=audience, initial=begin)
    up = (LIST[0], reverse(LIST[1])) if row is None else (row.version.title, page_of(row))
    about = f"{newest(questionnaire).title}. {audience.label}"
    page = FormPage("Новый опрос" if row is None else "План опроса", up, done="Опрос записан.", meta=about)

    def save() -> str:
        made = survey_plan(by=user, questionnaire=questionnaire, told=form.told(), campaign=row)
        return page_of(made)

    return answer_form(request, page, form, save)


@require_GET
def survey_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A survey: where it stands, who has answered so far, slips and codes."""
    user, row = seen_survey(request, pk)
    anonymous = row.audience.anonymous
    served = list(served_classes(user, row))
    counted = ("counted_of", "counted") if anonymous else ("named_of", "named")
    told = {
        "row": row,
        "stage": stage_of(row, row.school.today()),
        "invited": getattr(row, counted[0]),
        "answered": getattr(row, counted[1]),
        "classes": [one.school_class for one in row.classes.select_related("school_class")],
        "served": served,
        "groups": group_shares(row, served) if anonymous and row.state != CampaignState.DRAFT else [],
        "pupils": pupil_sheets(user, row),
        "runs": can_run_surveys(user),
        "results": can_see_results(user, row),
        "reads": reads_results(user, row),
        "slips": row.state == CampaignState.OPEN and row.way == Way.SLIPS,
        "link": row.way == Way.LINK,
        "way": way_words(row),
        "about_teacher": row.audience == Audience.TEACHER,
        "address": _address(request),
        "only_paper": not settings.PUBLIC_URL or only_here(),
    }
    return render(request, "parents/survey_detail.html", told)


def way_words(row: SurveyCampaign) -> str:
    """How one answers, in the words of whoever does."""
    if row.audience == Audience.TEACHER:
        return "Классный руководитель отвечает здесь, по желанию"
    if row.audience == Audience.PUPIL and row.way == Way.PAPER:
        return "Ответы вносит классный руководитель или психолог"
    return Way(row.way).label


def _address(request: HttpRequest) -> str:
    """Where a code is typed in: the public address, else the one by which the school opens Опора."""
    path = reverse("q:code")
    return public_address(path) or request.build_absolute_uri(path)


@require_POST
def survey_deed(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Open, close, take a draft away."""
    user, row = _run(request, pk)
    if what == "open":
        done = "Опрос открыт: напечатайте талоны, коды или бланки."
        return answer_deed(request, lambda: survey_open(by=user, campaign=row), done, page_of(row))
    if what == "close":
        reads = reads_results(user, row)
        done = "Опрос закрыт: итоги готовы." if reads else "Опрос закрыт. Итоги видит администрация школы."
        after = reverse("surveys:results", args=[row.pk]) if reads else page_of(row)
        return answer_deed(request, lambda: survey_close(by=user, campaign=row), done, page_of(row), after)
    if what == "drop":
        deed, done = (lambda: survey_discard(by=user, campaign=row)), "Черновик опроса убран."
        return answer_deed(request, deed, done, page_of(row), reverse(LIST[1]))
    raise Http404


@require_POST
def survey_slips(request: HttpRequest, pk: int, cls: int) -> HttpResponse:
    """New slips of a class, shown this once to be printed (201)."""
    user, row = seen_survey(request, pk)
    school_class = get_object_or_404(served_classes(user, row), pk=cls)
    try:
        slips = slips_print(by=user, campaign=row, school_class=school_class)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect(page_of(row))
    return _slips_page(request, row, str(school_class), slips, once=True)


@require_GET
def survey_codes(request: HttpRequest, pk: int) -> HttpResponse:
    """The common codes of the classes that the person serves, to be printed and hung up."""
    user, row = seen_survey(request, pk)
    shares = group_shares(row, list(served_classes(user, row)))
    if row.way != Way.LINK or row.state != CampaignState.OPEN or not shares:
        raise Http404
    return _slips_page(request, row, "", [NewSlip(one.code, one.name) for one in shares], once=False)


def _slips_page(
    request: HttpRequest, row: SurveyCampaign, name: str, slips: list[NewSlip], *, once: bool
) -> HttpResponse:
    public = public_address(reverse("q:code")) if not only_here() else None
    told = {
        "row": row,
        "name": name,
        "slips": [(slip, qr_svg(f"{public}#{slip.code}") if public else None) for slip in slips],
        "address": _address(request),
        "once": once,
        "back": page_of(row),
    }
    return render(request, "parents/survey_slips.html", told, status=201 if once else 200)


def _resulting(request: HttpRequest, pk: int) -> tuple[User, SurveyCampaign]:
    user, row = seen_survey(request, pk)
    if not can_see_results(user, row):
        raise PermissionDenied(
            "Итоги видны, когда опрос закрыт: без имён — администрации, по ответам учеников — и психологам."
        )
    return user, row


@require_GET
def survey_results(request: HttpRequest, pk: int) -> HttpResponse:
    """What the survey came to."""
    _, row = _resulting(request, pk)
    return render(request, "parents/survey_results.html", {"row": row, "report": survey_report(row)})


@require_POST
def survey_results_file(request: HttpRequest, pk: int, format: str) -> HttpResponse:
    """Order the results as a file."""
    user, row = _resulting(request, pk)
    if format not in _FORMATS:
        raise Http404
    job = report_job_request(
        by=user,
        school=row.school,
        kind=SURVEY,
        period=0,
        format=format,
        key=f"{SURVEY}:{format}:{row.pk}:{request.POST.get('key', '')[:64]}",
        extra={"survey": row.pk},
    )
    return redirect("documents:job", pk=job.pk)
