"""The agenda of a sitting, its people, what was said, decided and concluded."""

from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from consultations.council_reading import COUNCIL
from consultations.councils import CouncilKind, SittingState
from consultations.forms_council_outcomes import ConclusionAnswerForm, ConclusionForm
from consultations.forms_councils import (
    CourseForm,
    DecisionForm,
    GeneralQuestionForm,
    InviteForm,
    PupilQuestionForm,
)
from consultations.models import (
    Conclusion,
    CouncilDecision,
    Petition,
    QuestionWords,
    Sitting,
    SittingPerson,
    SittingQuestion,
)
from consultations.permissions_councils import leads_council
from consultations.selectors.councils import staff_of
from consultations.services.conclusions import (
    conclusion_answer,
    conclusion_read,
    conclusion_remove,
    conclusion_write,
)
from consultations.services.sitting_questions import (
    decision_add,
    decision_change,
    decision_remove,
    people_invite,
    person_remove,
    presence_mark,
    question_add,
    question_remove,
    question_retitle,
    question_tell,
)
from consultations.views.councils import LEADERS_ONLY, council_reader
from consultations.views.picking import PickPage, consented, no_consent, pick
from consultations.views.sittings import address, led_sitting, sitting_form, title_of
from school.access import pupils_for
from school.models import User
from school.services.reading import log_reading
from school.views.base import FormPage, answer_deed, answer_form, sent
from school.views.filtering import whole_number
from school.views.outdated import form_view

_SITTING = ("sitting__school", "sitting__council__school", "sitting__council__year", "pupil")


def _question(request: HttpRequest, pk: int) -> tuple[User, SittingQuestion]:
    """A question of a council that the person runs."""
    user = council_reader(request)
    rows = SittingQuestion.objects.visible_to(user).select_related(*_SITTING)
    question = get_object_or_404(rows, pk=pk)
    if not leads_council(user, question.sitting.council):
        raise PermissionDenied(LEADERS_ONLY)
    return user, question


def _place(sitting: Sitting, question: SittingQuestion | None = None) -> str:
    return address(sitting) + (f"#q{question.pk}" if question is not None else "")


def _page(heading: str, question: SittingQuestion, button: str = "Сохранить") -> FormPage:
    """A page that is one form about a question: which, about whom."""
    whom = f", {question.pupil.full_name}" if question.pupil is not None else ""
    return replace(sitting_form(heading, question.sitting, button), meta=f"{question.title}{whom}")


@form_view
def question_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A question in general, or about `?pupil=`."""
    user, sitting = led_sitting(request, pk)
    pupil = None
    if request.GET.get("pupil"):
        pupil = get_object_or_404(pupils_for(user), pk=whole_number(request.GET["pupil"]))
    first = {"title": "О причинах трудностей и плане помощи"} if pupil is not None else {}
    form = PupilQuestionForm(sent(request), initial=first) if pupil is not None else GeneralQuestionForm(sent(request))
    heading = f"Вопрос об обучающемся: {pupil.full_name}" if pupil is not None else "Общий вопрос повестки"

    def save() -> None:
        question_add(by=user, sitting=sitting, title=form.cleaned_data["title"], pupil=pupil)

    if pupil is not None and sitting.council.kind == CouncilKind.PPK and not consented(pupil, sitting.on):
        return no_consent(request, pupil, (title_of(sitting), address(sitting)))
    page = sitting_form(heading, sitting, "В повестку")
    return answer_form(request, page, form, save)


@form_view
def question_pick(request: HttpRequest, pk: int) -> HttpResponse:
    """Whose question: found by the surname."""
    user, sitting = led_sitting(request, pk)
    base = reverse("councils:question_new", args=[sitting.pk])
    told = "Консилиум рассматривает вопрос об обучающемся только с письменного согласия родителей."
    page = PickPage(
        "Вопрос об обучающемся",
        (title_of(sitting), address(sitting)),
        lambda one: f"{base}?pupil={one.pk}",
        told if sitting.council.kind == CouncilKind.PPK else "",
    )
    return pick(request, user, page)


@require_POST
def question_take(request: HttpRequest, pk: int) -> HttpResponse:
    """A petition comes on the agenda."""
    user, sitting = led_sitting(request, pk)
    rows = Petition.objects.visible_to(user).filter(kind=sitting.council.kind).select_related("pupil")
    petition = get_object_or_404(rows, pk=whole_number(request.POST.get("petition")))
    title = petition.get_reason_display().capitalize()
    return answer_deed(
        request,
        lambda: question_add(by=user, sitting=sitting, title=title, petition=petition),
        "Вопрос в повестке.",
        address(sitting),
    )


@form_view
def question_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the words of a question."""
    user, question = _question(request, pk)
    form = PupilQuestionForm(sent(request), initial={"title": question.title})

    def save() -> str:
        question_retitle(by=user, question=question, title=form.cleaned_data["title"])
        return _place(question.sitting, question)

    return answer_form(request, sitting_form("Исправить вопрос", question.sitting, "Сохранить"), form, save)


@require_POST
def question_removing(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a question off the agenda."""
    user, question = _question(request, pk)
    return answer_deed(
        request,
        lambda: question_remove(by=user, question=question),
        "Вопрос снят с повестки.",
        address(question.sitting),
    )


@sensitive_post_parameters()
@form_view
def question_course(request: HttpRequest, pk: int) -> HttpResponse:
    """What was said, in short."""
    user, question = _question(request, pk)
    if question.pupil_id is not None:
        log_reading(by=user, pupils=[question.pupil_id], what=COUNCIL)
    words = QuestionWords.objects.filter(question=question).first()
    form = CourseForm(sent(request), question=question, course=words.course if words is not None else "")

    def save() -> str:
        question_tell(by=user, question=question, told=form.told())
        return _place(question.sitting, question)

    return answer_form(request, _page("Ход обсуждения", question), form, save)


@sensitive_post_parameters()
@form_view
def decision_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A decision on a question."""
    user, question = _question(request, pk)
    form = DecisionForm(sent(request), people=staff_of(question.sitting.council))

    def save() -> str:
        decision_add(by=user, question=question, decided=form.decided())
        return _place(question.sitting, question)

    return answer_form(request, _page("Новое решение", question, "Записать"), form, save)


def _decision(request: HttpRequest, pk: int) -> tuple[User, CouncilDecision]:
    user = council_reader(request)
    rows = CouncilDecision.objects.visible_to(user).select_related(*(f"question__{path}" for path in _SITTING))
    decision = get_object_or_404(rows, pk=pk)
    if not leads_council(user, decision.question.sitting.council):
        raise PermissionDenied(LEADERS_ONLY)
    if decision.pupil_id is not None:
        log_reading(by=user, pupils=[decision.pupil_id], what=COUNCIL)
    return user, decision


@sensitive_post_parameters()
@form_view
def decision_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a decision before the protocol is signed."""
    user, decision = _decision(request, pk)
    if decision.pupil_id is not None:
        log_reading(by=user, pupils=[decision.pupil_id], what=COUNCIL)
    sitting = decision.question.sitting
    form = DecisionForm(sent(request), people=staff_of(sitting.council), decision=decision)

    def save() -> str:
        decision_change(by=user, decision=decision, decided=form.decided())
        return _place(sitting, decision.question)

    return answer_form(request, _page("Исправить решение", decision.question), form, save)


@require_POST
def decision_removing(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a decision away before the protocol is signed."""
    user, decision = _decision(request, pk)
    back = _place(decision.question.sitting, decision.question)
    return answer_deed(request, lambda: decision_remove(by=user, decision=decision), "Решение удалено.", back)


@form_view
def sitting_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite people besides the members."""
    user, sitting = led_sitting(request, pk)
    invited = sitting.people.filter(staff__isnull=False).values("staff")
    form = InviteForm(sent(request), people=staff_of(sitting.council).exclude(pk__in=invited))

    def save() -> str:
        told = form.cleaned_data
        people_invite(by=user, sitting=sitting, staff=list(told["staff"]), guest=told["guest"], role=told["role"])
        return f"{address(sitting)}#people"

    return answer_form(request, sitting_form("Пригласить", sitting, "Пригласить"), form, save)


def _person(request: HttpRequest, pk: int) -> tuple[User, SittingPerson]:
    user = council_reader(request)
    seen = Sitting.objects.visible_to(user).order_by().values("pk")
    rows = SittingPerson.objects.filter(sitting__in=seen).select_related("sitting__council")
    person = get_object_or_404(rows, pk=pk)
    if not leads_council(user, person.sitting.council):
        raise PermissionDenied(LEADERS_ONLY)
    return user, person


@require_POST
def person_presence(request: HttpRequest, pk: int) -> HttpResponse:
    """A tap: was there, was not."""
    user, person = _person(request, pk)
    marks = {"yes": True, "no": False, "": None}
    mark = request.POST.get("present", "")
    if mark not in marks:
        raise Http404("Такой отметки нет.")
    back = f"{address(person.sitting)}#people"
    return answer_deed(request, lambda: presence_mark(by=user, person=person, present=marks[mark]), "Отмечено.", back)


@require_POST
def person_removing(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    user, person = _person(request, pk)
    back = f"{address(person.sitting)}#people"
    return answer_deed(request, lambda: person_remove(by=user, person=person), "Приглашение снято.", back)


@sensitive_post_parameters()
@form_view
def conclusion_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the conclusion on a question."""
    user, question = _question(request, pk)
    if question.pupil is None:
        raise Http404("У общего вопроса нет заключения.")
    log_reading(by=user, pupils=[question.pupil], what=COUNCIL)
    found = Conclusion.objects.filter(question=question).select_related("words").first()
    form = ConclusionForm(sent(request), conclusion=found)

    def save() -> str:
        conclusion_write(by=user, question=question, told=form.told())
        return _place(question.sitting, question)

    heading = f"Заключение: {question.pupil.full_name}"
    return answer_form(request, sitting_form(heading, question.sitting, "Сохранить"), form, save)


def _conclusion(request: HttpRequest, pk: int) -> tuple[User, Conclusion]:
    user = council_reader(request)
    more = [f"question__{path}" for path in _SITTING]
    rows = Conclusion.objects.visible_to(user).select_related("words", "school", "pupil", *more)
    found = get_object_or_404(rows, pk=pk)
    if not leads_council(user, found.question.sitting.council):
        raise PermissionDenied(LEADERS_ONLY)
    return user, found


@sensitive_post_parameters()
@form_view
def conclusion_answering(request: HttpRequest, pk: int) -> HttpResponse:
    """What the parents said, when the paper went where."""
    user, conclusion = _conclusion(request, pk)
    log_reading(by=user, pupils=[conclusion.pupil], what=COUNCIL)
    form = ConclusionAnswerForm(sent(request), conclusion=conclusion)
    sitting = conclusion.question.sitting

    def save() -> str:
        conclusion_answer(by=user, conclusion=conclusion, told=form.told())
        return _place(sitting, conclusion.question)

    heading = f"{conclusion}: {conclusion.pupil.list_name}"
    return answer_form(request, sitting_form(heading, sitting, "Сохранить"), form, save)


@require_POST
def conclusion_removing(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away a conclusion written by mistake."""
    user, conclusion = _conclusion(request, pk)
    back = _place(conclusion.question.sitting, conclusion.question)
    return answer_deed(request, lambda: conclusion_remove(by=user, conclusion=conclusion), "Заключение удалено.", back)


@require_POST
def conclusion_reading(request: HttpRequest, pk: int) -> HttpResponse:
    """A teacher has read the recommendations."""
    user = council_reader(request)
    rows: Any = Conclusion.objects.known_to(user).filter(question__sitting__state=SittingState.SIGNED)
    conclusion = get_object_or_404(rows.select_related("school"), pk=pk)
    conclusion_read(by=user, conclusion=conclusion)
    return redirect(f"{reverse('councils:pupil', args=[conclusion.pupil_id])}#advice")
