"""Questionnaires: the editor, versions, blank sheets."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from documents.services.reports import report_job_request
from parents.forms_surveys import NewQuestionnaireForm, QuestionForm, TitleForm, question_initial
from parents.models import Question, Questionnaire
from parents.permissions_surveys import can_run_surveys
from parents.registration import SURVEY_BLANK
from parents.rules.surveys import Asked
from parents.services.questionnaires import (
    asked_of,
    newest,
    question_drop,
    question_move,
    question_put,
    questionnaire_archive,
    questionnaire_copy,
    questionnaire_create,
    questionnaire_edit,
    questionnaire_take,
    questions_of,
)
from parents.survey_words import Ask, Audience
from parents.views.survey_asking import shown_questions
from school.models import School, User
from school.views.base import FormPage, answer_deed, answer_form, reader, sent
from school.views.filtering import whole_number
from school.views.outdated import form_view

LIST = ("Опросы", "surveys:list")


def runner(request: HttpRequest) -> tuple[User, School]:
    """Whoever runs surveys."""
    user, school = reader(request)
    if not can_run_surveys(user):
        raise PermissionDenied("Анкеты и опросы ведут администрация, психологи и социальный педагог.")
    return user, school


def _own(request: HttpRequest, pk: int) -> tuple[User, Questionnaire]:
    user, school = runner(request)
    return user, get_object_or_404(Questionnaire.objects.filter(school=school).select_related("school"), pk=pk)


def _page(row: Questionnaire) -> str:
    return reverse("surveys:form", args=[row.pk])


def _up(row: Questionnaire) -> tuple[str, str]:
    return newest(row).title, _page(row)


@form_view
def form_new(request: HttpRequest) -> HttpResponse:
    """A new questionnaire."""
    user, school = runner(request)
    form = NewQuestionnaireForm(sent(request))
    page = FormPage("Новая анкета", (LIST[0], reverse(LIST[1])), "Создать", "Анкета создана: добавьте вопросы.")

    def save() -> str:
        audience = Audience(form.cleaned_data["audience"])
        return _page(questionnaire_create(by=user, school=school, audience=audience, told=form.told()))

    return answer_form(request, page, form, save)


@require_POST
def form_take(request: HttpRequest, code: str) -> HttpResponse:
    """Take a shipped questionnaire."""
    user, school = runner(request)
    made: list[Questionnaire] = []
    back = reverse(LIST[1])
    done = "Анкета взята: её можно править."
    answer = answer_deed(
        request, lambda: made.append(questionnaire_take(by=user, school=school, code=code)), done, back
    )
    return redirect(_page(made[0])) if made else answer


@require_GET
def form_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A questionnaire as it is asked; `?version=` shows an older one."""
    _, row = _own(request, pk)
    versions = list(row.versions.select_related("by__staff").order_by("-number"))
    wanted = whole_number(request.GET.get("version"))
    version = next((one for one in versions if one.number == wanted), versions[0])
    told = {
        "row": row,
        "version": version,
        "current": version == versions[0],
        "versions": versions if len(versions) > 1 else [],
        "questions": shown_questions(questions_of(version)),
        "audience": Audience(row.audience),
    }
    return render(request, "parents/survey_form.html", told)


@form_view
def form_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The words above the questions."""
    user, row = _own(request, pk)
    version = newest(row)
    form = TitleForm(sent(request), initial={"title": version.title, "intro": version.intro})
    page = FormPage("Название и вступление", _up(row), warning=_frozen_words(row))

    def save() -> None:
        questionnaire_edit(by=user, questionnaire=row, told=form.told())

    return answer_form(request, page, form, save)


def _frozen_words(row: Questionnaire) -> str:
    version = newest(row)
    if not version.frozen:
        return ""
    return f"По этой версии уже идёт или шёл опрос. Правка сделает версию {version.number + 1}, прежняя останется."


@form_view
def question_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A question at the end."""
    user, row = _own(request, pk)
    initial = {"kind": Ask.ONE.value, "required": True, "good_from": "0"}
    form = QuestionForm(sent(request), audience=Audience(row.audience), initial=initial)

    def save() -> None:
        question_put(by=user, questionnaire=row, asked=form.told())

    return answer_form(request, _question_page(row, "Новый вопрос", form), form, save)


@form_view
def question_edit(request: HttpRequest, pk: int, place: int) -> HttpResponse:
    """Another wording of a question."""
    user, row = _own(request, pk)
    one = _asked(row, place)
    form = QuestionForm(sent(request), audience=Audience(row.audience), initial=question_initial(one))

    def save() -> None:
        question_put(by=user, questionnaire=row, asked=form.told(), place=place)

    return answer_form(request, _question_page(row, f"Вопрос {place}", form), form, save)


def _asked(row: Questionnaire, place: int) -> Asked:
    return asked_of(get_object_or_404(Question, version=newest(row), place=place))


def _question_page(row: Questionnaire, heading: str, form: QuestionForm) -> FormPage:
    more = {"rows": form.rows(), "scale": Ask.SCALE, "text": Ask.TEXT}
    return FormPage(heading, _up(row), template="parents/survey_question.html", warning=_frozen_words(row), more=more)


@require_POST
def question_deed(request: HttpRequest, pk: int, place: int, what: str) -> HttpResponse:
    """Up, down, out."""
    user, row = _own(request, pk)
    deeds: dict[str, tuple[Callable[[], object], str]] = {
        "up": (lambda: question_move(by=user, questionnaire=row, place=place, step=-1), "Вопрос передвинут."),
        "down": (lambda: question_move(by=user, questionnaire=row, place=place, step=1), "Вопрос передвинут."),
        "drop": (lambda: question_drop(by=user, questionnaire=row, place=place), "Вопрос убран."),
    }
    if what not in deeds:
        raise Http404
    return answer_deed(request, *deeds[what], _page(row))


@require_POST
def form_deed(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Copy, put away, bring back."""
    user, row = _own(request, pk)
    if what == "copy":
        return redirect(_page(questionnaire_copy(by=user, questionnaire=row)))
    if what not in ("away", "back"):
        raise Http404
    done = "Анкета убрана из списка." if what == "away" else "Анкета снова в списке."
    return answer_deed(
        request,
        lambda: questionnaire_archive(by=user, questionnaire=row, away=what == "away"),
        done,
        _page(row),
        reverse(LIST[1]) if what == "away" else "",
    )


@require_POST
def form_print(request: HttpRequest, pk: int) -> HttpResponse:
    """Order blank sheets to be filled in by hand."""
    user, row = _own(request, pk)
    version = row.versions.filter(number=whole_number(request.POST.get("version")) or 0).first() or newest(row)
    job = report_job_request(
        by=user,
        school=row.school,
        kind=SURVEY_BLANK,
        period=0,
        format="pdf",
        key=f"{SURVEY_BLANK}:{request.POST.get('key', '')[:64]}",
        extra={"version": version.pk},
    )
    return redirect("documents:job", pk=job.pk)
