"""One sitting: its page, people, agenda, decisions, protocol."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from documents.services.reports import report_job_request
from roadmaps.forms_sittings import (
    AttendanceForm,
    DoneForm,
    NewTermForm,
    PeopleForm,
    QuestionForm,
    StaffDecisionForm,
    WhyForm,
)
from roadmaps.models import StaffDecision, StaffQuestion, StaffSitting
from roadmaps.permissions_sittings import can_close_decision, can_keep_sitting, can_run_sitting
from roadmaps.registration_sittings import PROTOCOL
from roadmaps.selectors.sittings import decisions_before, lacking_words
from roadmaps.services.sitting_course import (
    decision_add,
    decision_edit,
    decision_remove,
    decision_step,
    people_invite,
    people_mark,
    protocol_reopen,
    protocol_sign,
    question_add,
    question_edit,
    question_raise,
    question_remove,
)
from roadmaps.services.sittings import sitting_step
from roadmaps.sitting_words import DecisionDeed, DecisionState, SittingDeed, SittingState
from roadmaps.sitting_workflow import DECISION, SITTING
from roadmaps.views.sittings import kept_sitting, run_sitting, seen_sitting, sittings_reader, staff_of, up_to
from school.models import User
from school.views.base import FormPage, answer_deed, answer_form, sent
from school.views.filtering import whole_number
from school.views.outdated import form_view

_FORMATS = ("pdf", "docx")
_UNDO = {"cancel": "Отменить заседание", "return": "Снять отметку «проведено»"}
_DECISION = {
    DecisionDeed.DONE: ("Решение выполнено", "Записать"),
    DecisionDeed.MOVE: ("Перенести срок решения", "Перенести"),
    DecisionDeed.CANCEL: ("Отменить решение", "Отменить решение"),
    DecisionDeed.RETURN: ("Снять отметку", "Снять отметку"),
}
# Done is said by whoever answers for it; terms and cancelling are for those who run the sitting.
_OF_RUNNERS = (DecisionDeed.MOVE, DecisionDeed.CANCEL)


@require_GET
def sitting_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One sitting: agenda with what was said and decided, people, earlier decisions, protocol, steps."""
    user, row = seen_sitting(request, pk)
    today = row.school.today()
    decided = Prefetch("decisions", row.decisions.select_related("responsible").prefetch_related("steps"))
    whole = StaffSitting.objects.prefetch_related(decided, "questions__speaker", "people__staff").get(pk=row.pk)
    runs = can_run_sitting(user, row)
    decisions = [_Shown(one, _deeds(user, one, row)) for one in whole.decisions.all()]
    people = list(whole.people.all())
    told = {
        "sitting": row,
        "questions": [
            (one, [shown for shown in decisions if shown.row.question_id == one.pk]) for one in whole.questions.all()
        ],
        "general": [shown for shown in decisions if shown.row.question_id is None],
        "people": people,
        "came": sum(one.present is True for one in people),
        "marked": any(one.present is not None for one in people),
        "before": [_Shown(one, _deeds(user, one, one.sitting)) for one in decisions_before(row)],
        "protocols": row.protocols.select_related("by__staff"),
        "steps": row.steps.select_related("by__staff"),
        "lacks": lacking_words(row, today),
        "deeds": SITTING.deeds(row.state),
        "keeps": can_keep_sitting(user, row),
        "runs": runs,
        "open": row.signed_on is None and row.state != SittingState.CANCELLED,
        "past": row.on <= today,
        "today": today,
    }
    return render(request, "roadmaps/sittings/sitting.html", told)


class _Shown:
    """A decision with what this person may do with it, and the moves of its term that its own line no longer tells."""

    def __init__(self, row: StaffDecision, deeds: list[tuple[str, str]]) -> None:
        self.row, self.deeds = row, deeds
        moves = [step for step in row.steps.all() if step.deed == DecisionDeed.MOVE]
        told = row.state == DecisionState.MOVED and bool(moves) and moves[-1].comment == row.note
        self.moves = moves[:-1] if told else moves


def _deeds(user: User, row: StaffDecision, sitting: StaffSitting) -> list[tuple[str, str]]:
    row.sitting = sitting
    if not can_close_decision(user, row):
        return []
    runs = can_run_sitting(user, sitting)
    possible = [DecisionDeed(what) for what in DECISION.deeds(row.state)]
    return [(what.value, _DECISION[what][0]) for what in possible if runs or what not in _OF_RUNNERS]


@require_POST
def sitting_mark(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """`hold`: it took place; `restore`: a cancelled one is in the plan again; `sign`: the protocol is signed."""
    if what not in (SittingDeed.HOLD, SittingDeed.RESTORE, SittingDeed.SIGN):
        raise Http404("Так с заседанием не поступают.")
    user, row = run_sitting(request, pk) if what == SittingDeed.HOLD else kept_sitting(request, pk)
    told = whole_number(request.POST.get("version"))
    version = -1 if told is None else told
    if what == SittingDeed.SIGN:
        return answer_deed(
            request, lambda: protocol_sign(by=user, sitting=row, version=version), "Протокол подписан.", up_to(row)[1]
        )
    return answer_deed(
        request,
        lambda: sitting_step(by=user, sitting=row, version=version, what=SittingDeed(what)),
        "Отмечено: проведено." if what == SittingDeed.HOLD else "Снова в плане.",
        up_to(row)[1],
    )


@form_view
def sitting_undo(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """`cancel` and `return`, with the reason."""
    if what not in _UNDO:
        raise Http404("Так с заседанием не поступают.")
    user, row = kept_sitting(request, pk)
    form = WhyForm(sent(request))

    def save() -> None:
        comment = form.cleaned_data["comment"]
        sitting_step(by=user, sitting=row, version=row.version, what=SittingDeed(what), comment=comment)

    return answer_form(request, FormPage(_UNDO[what], up_to(row), "Записать", "Записано."), form, save)


@form_view
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the signed protocol for a correction."""
    user, row = kept_sitting(request, pk)
    form = WhyForm(sent(request))

    def save() -> None:
        protocol_reopen(by=user, sitting=row, version=row.version, why=form.cleaned_data["comment"])

    page = FormPage("Открыть протокол для исправления", up_to(row), "Открыть", "Протокол открыт для исправления.")
    return answer_form(request, page, form, save)


@require_POST
def paper_print(request: HttpRequest, pk: int) -> HttpResponse:
    """Order the protocol."""
    user, row = seen_sitting(request, pk)
    format = request.POST.get("format", "pdf")
    if format not in _FORMATS or row.state == SittingState.CANCELLED:
        raise Http404("Такого документа нет.")
    job = report_job_request(
        by=user,
        school=row.school,
        kind=PROTOCOL,
        period=0,
        format=format,
        key=f"{PROTOCOL}:{row.pk}:{format}:{request.POST.get('once', '')[:64]}",
        extra={"sitting": row.pk},
    )
    return redirect("documents:job", pk=job.pk)


@form_view
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is invited."""
    user, row = run_sitting(request, pk)
    form = PeopleForm(sent(request), staff=staff_of(row.school), people=list(row.people.all()))

    def save() -> None:
        told = form.cleaned_data
        people_invite(by=user, sitting=row, staff=list(told["staff"]), guests=told["guests"])

    return answer_form(request, FormPage("Кого приглашаем", up_to(row), done="Записано."), form, save)


@form_view
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Who was there."""
    user, row = run_sitting(request, pk)
    form = AttendanceForm(sent(request), people=list(row.people.select_related("staff")))

    def save() -> None:
        people_mark(by=user, sitting=row, present=form.cleaned_data["present"])

    return answer_form(request, FormPage("Кто был", up_to(row), "Записать", "Записано."), form, save)


def _question(request: HttpRequest, pk: int) -> tuple[User, StaffSitting, StaffQuestion]:
    user, _ = sittings_reader(request)
    rows = StaffQuestion.objects.filter(sitting__in=StaffSitting.objects.visible_to(user).order_by().values("pk"))
    row = get_object_or_404(rows.select_related("sitting"), pk=pk)
    _, sitting = run_sitting(request, row.sitting_id)
    return user, sitting, row


@form_view
def question_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a question on the agenda."""
    user, row = run_sitting(request, pk)
    form = QuestionForm(sent(request), staff=staff_of(row.school))

    def save() -> None:
        question_add(by=user, sitting=row, asked=form.asked())

    return answer_form(request, FormPage("Вопрос повестки", up_to(row), "В повестку", "В повестке."), form, save)


@form_view
def question_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a question, write what was said."""
    user, sitting, row = _question(request, pk)
    form = QuestionForm(sent(request), staff=staff_of(sitting.school), question=row)

    def save() -> None:
        question_edit(by=user, question=row, asked=form.asked())

    return answer_form(request, FormPage("Вопрос повестки", up_to(sitting), done="Записано."), form, save)


@require_POST
def question_deed(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """`remove` or `raise` (one place up)."""
    deeds: dict[str, Callable[..., None]] = {"remove": question_remove, "raise": question_raise}
    if what not in deeds:
        raise Http404("Так с вопросом не поступают.")
    user, sitting, row = _question(request, pk)
    done = "Снято с повестки." if what == "remove" else "Поднято в повестке."
    return answer_deed(request, lambda: deeds[what](by=user, question=row), done, up_to(sitting)[1])


def _decision(request: HttpRequest, pk: int) -> tuple[User, StaffDecision]:
    user, _ = sittings_reader(request)
    rows = StaffDecision.objects.visible_to(user).select_related("sitting__school", "sitting__year", "responsible")
    return user, get_object_or_404(rows, pk=pk)


@form_view
def decision_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a decision down; `?question=` is asked for."""
    user, row = run_sitting(request, pk)
    begins = {"question": whole_number(request.GET.get("question"))}
    form = StaffDecisionForm(sent(request), sitting=row, staff=staff_of(row.school), initial=begins)

    def save() -> None:
        decision_add(by=user, sitting=row, decided=form.decided())

    return answer_form(request, FormPage("Решение", up_to(row), "Записать", "Решение записано."), form, save)


@form_view
def decision_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a decision while its protocol is open."""
    user, row = _decision(request, pk)
    _, sitting = run_sitting(request, row.sitting_id)
    form = StaffDecisionForm(sent(request), sitting=sitting, staff=staff_of(sitting.school), decision=row)

    def save() -> None:
        decision_edit(by=user, decision=row, decided=form.decided())

    return answer_form(request, FormPage("Решение", up_to(sitting)), form, save)


@require_POST
def decision_take_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Take out what was written by mistake."""
    user, row = _decision(request, pk)
    _, sitting = run_sitting(request, row.sitting_id)
    return answer_deed(request, lambda: decision_remove(by=user, decision=row), "Решение убрано.", up_to(sitting)[1])


@form_view
def decision_deed(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Done, moved, cancelled, or a mark taken back."""
    user, row = _decision(request, pk)
    if what not in DecisionDeed.codes():
        raise Http404("Так с решением не поступают.")
    deed = DecisionDeed(what)
    if not can_close_decision(user, row):
        raise PermissionDenied("Отмечает ответственный за решение, администрация, председатель и секретарь.")
    if deed in _OF_RUNNERS:
        run_sitting(request, row.sitting_id)
    heading, button = _DECISION[deed]
    form = _form_of(request, row, deed)
    version = whole_number(request.POST.get("version"))
    page = FormPage(
        heading,
        up_to(row.sitting),
        button=button,
        done=f"Записано: {deed.label}.",
        meta=f"{row.text} — {row.responsible.short_name}, срок {row.due:%d.%m.%Y}",
        template="roadmaps/deed_form.html",
        more={"version": row.version if version is None else version},
    )

    def save() -> None:
        told: dict[str, Any] = form.cleaned_data
        seen = row.version if version is None else version
        decision_step(by=user, decision=row, version=seen, what=deed, **told)

    return answer_form(request, page, form, save)


def _form_of(request: HttpRequest, row: StaffDecision, deed: DecisionDeed) -> forms.Form:
    if deed == DecisionDeed.DONE:
        return DoneForm(sent(request), initial={"on": row.sitting.school.today()})
    return NewTermForm(sent(request)) if deed == DecisionDeed.MOVE else WhyForm(sent(request))
