"""Parts, gaps and steps of a route: each a page that is one form."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from iom.forms_routes import (
    ControlForm,
    GapForm,
    PartForm,
    PartTeacherForm,
    ReasonForm,
    StepEndForm,
    StepForm,
)
from iom.models import Gap, GapControl, PlanStep, RoutePart
from iom.rights import Rights
from iom.selectors.proposing import teachers_of
from iom.selectors.route_page import part_title
from iom.selectors.templates import used_topics
from iom.services.planning import (
    gap_add,
    gap_change,
    gap_drop,
    gap_restore,
    part_add,
    part_give,
    part_remove,
    step_add,
    step_change,
    step_remove,
)
from iom.services.progress import control_add, control_withdraw, step_conclude
from iom.views.finding import (
    NOT_YOURS,
    led_route,
    own_gap,
    own_part,
    own_step,
    people_of,
    seen_number,
    seen_part,
    seen_step,
    subjects_of,
    up_to,
)
from iom.words import GapState, RouteKind, StepKind
from school.models import Staff
from school.views.base import FormPage, answer_deed, answer_form, sent
from school.views.outdated import form_view


@form_view
def part_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Another subject."""
    user, route = led_route(request, pk)
    had = route.parts.filter(subject__isnull=False).values("subject")
    rows = subjects_of(route.school).exclude(pk__in=had)
    form = PartForm(sent(request), subjects=rows, people=people_of(route.school))

    def save() -> None:
        told = form.cleaned_data
        teacher: Staff | None = told["teacher"]
        if teacher is None and route.pupil is not None:
            teacher = teachers_of(route.pupil, [told["subject"].pk], route.school.today()).get(told["subject"].pk)
        part_add(by=user, route=route, subject=told["subject"], teacher=teacher or route.staff)

    return answer_form(request, FormPage("Добавить предмет", up_to(route), "Добавить", "Добавлено."), form, save)


@form_view
def part_teacher(request: HttpRequest, pk: int) -> HttpResponse:
    """Another teacher answers for the part."""
    user, part, rights = seen_part(request, pk)
    if not rights.leads:
        raise PermissionDenied(NOT_YOURS)
    form = PartTeacherForm(sent(request), people=people_of(part.route.school), initial={"teacher": part.teacher_id})
    page = FormPage(f"{part_title(part)}: ответственный", up_to(part.route))
    return answer_form(
        request, page, form, lambda: _done(part_give(by=user, part=part, teacher=form.cleaned_data["teacher"]))
    )


@require_POST
def part_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an empty part out."""
    user, part, rights = seen_part(request, pk)
    if not rights.leads:
        raise PermissionDenied(NOT_YOURS)
    return answer_deed(request, lambda: part_remove(by=user, part=part), "Часть убрана.", up_to(part.route)[1])


@form_view
def gap_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A gap of the part."""
    user, part = own_part(request, pk)
    due = min(part.route.ends, part.route.next_review or part.route.ends)
    form = _gap_form(request, part, {"due": due, "found_on": part.route.school.today(), "baseline": 2, "target": 3})
    page = FormPage(f"{part_title(part)}: новый дефицит", up_to(part.route), "Добавить", "Дефицит добавлен.")
    return answer_form(request, page, form, lambda: _done(gap_add(by=user, part=part, plan=form.plan)))


@form_view
def gap_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a gap."""
    user, gap = own_gap(request, pk)
    form = _gap_form(request, gap.part, {name: getattr(gap, name) for name in GapForm.base_fields}, corrects=True)
    page = FormPage(f"{part_title(gap.part)}: дефицит", up_to(gap.route))

    def save() -> None:
        gap_change(by=user, gap=gap, version=gap.version, plan=form.plan)

    return answer_form(request, page, form, save)


def _gap_form(request: HttpRequest, part: RoutePart, initial: dict[str, Any], *, corrects: bool = False) -> GapForm:
    topics = used_topics(part.route.school, part.subject_id)
    return GapForm(sent(request), topics=topics, initial=initial, corrects=corrects)


@form_view
def gap_off(request: HttpRequest, pk: int) -> HttpResponse:
    """It was no gap."""
    user, gap = own_gap(request, pk)
    form = ReasonForm(sent(request), initial={"version": gap.version})
    page = FormPage(f"Снять дефицит: {gap.topic}", up_to(gap.route), "Снять", "Дефицит снят.")

    def save() -> None:
        gap_drop(by=user, gap=gap, version=form.seen_version, why=form.cleaned_data["why"])

    return answer_form(request, page, form, save)


@require_POST
def gap_back(request: HttpRequest, pk: int) -> HttpResponse:
    """It was one after all."""
    user, gap = own_gap(request, pk)
    version = seen_number(request)
    return answer_deed(
        request, lambda: gap_restore(by=user, gap=gap, version=version), "Дефицит возвращён.", up_to(gap.route)[1]
    )


@form_view
def control_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A repeat control."""
    user, gap = own_gap(request, pk)
    if gap.state != GapState.OPEN:
        raise Http404
    form = ControlForm(sent(request), initial={"on": gap.school.today()})
    meta = f"Цель: {gap.target.normalize():f} ({gap.get_unit_display()}). Контроль, достигший цели, закроет дефицит."
    page = FormPage(f"Повторный контроль: {gap.topic}", up_to(gap.route), "Записать", "Записано.", meta=meta)
    return answer_form(request, page, form, lambda: _done(control_add(by=user, gap=gap, **form.cleaned_data)))


@require_POST
def control_off(request: HttpRequest, pk: int) -> HttpResponse:
    """It was written by mistake."""
    control = get_object_or_404(GapControl.objects.select_related("gap"), pk=pk)
    user, gap = own_gap(request, control.gap_id)
    return answer_deed(
        request, lambda: control_withdraw(by=user, control=control), "Контроль снят.", up_to(gap.route)[1]
    )


@form_view
def step_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A step of the part."""
    user, part, rights = seen_part(request, pk)
    if not rights.adds_steps(part):
        raise PermissionDenied(NOT_YOURS)
    initial = {"who": rights.staff if not rights.edits(part) else part.teacher_id}
    form = _step_form(request, part, rights, initial)
    page = FormPage(f"{part_title(part)}: новый шаг", up_to(part.route), "Добавить", "Шаг добавлен.")
    return answer_form(request, page, form, lambda: _done(step_add(by=user, part=part, plan=form.plan)))


@form_view
def step_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a step."""
    user, step = own_step(request, pk)
    _, _, rights = seen_step(request, pk)
    initial = {name: getattr(step, name) for name in ("kind", "text", "on", "every", "expected")}
    told = {**initial, "who": step.who_id, "gap": step.gap_id}
    form = _step_form(request, step.part, rights, told, corrects=True)
    page = FormPage(f"{part_title(step.part)}: шаг", up_to(step.route))

    def save() -> None:
        step_change(by=user, step=step, version=step.version, plan=form.plan)

    return answer_form(request, page, form, save)


def _step_form(
    request: HttpRequest, part: RoutePart, rights: Rights, initial: dict[str, Any], *, corrects: bool = False
) -> StepForm:
    gaps = Gap.objects.filter(part=part).exclude(state=GapState.DROPPED)
    kinds = list(_kinds(part, rights))
    people = people_of(part.route.school)
    return StepForm(sent(request), people=people, gaps=gaps, kinds=kinds, initial=initial, corrects=corrects)


def _kinds(part: RoutePart, rights: Rights) -> Iterable[tuple[object, str]]:
    """Training is for teachers, all else for pupils; a psychologist plans the help of specialists only."""
    for kind in StepKind:
        own = kind in (StepKind.TRAINING, StepKind.TUTOR, StepKind.CONSULTATION)
        fits = own if part.route.kind == RouteKind.TEACHER else kind != StepKind.TRAINING
        if fits and rights.edits_step(part, kind):
            yield kind.value, kind.label


@require_POST
def step_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a step out of the plan."""
    user, step = own_step(request, pk)
    version = seen_number(request)
    return answer_deed(
        request, lambda: step_remove(by=user, step=step, version=version), "Шаг убран.", up_to(step.route)[1]
    )


@form_view
def step_end(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of a step."""
    user, step, rights = seen_step(request, pk)
    if not rights.concludes(step):
        raise PermissionDenied(NOT_YOURS)
    form = StepEndForm(sent(request), initial=_as_ended(step))
    page = FormPage(f"{step.get_kind_display()}: {step.text}".rstrip(": "), up_to(step.route), done="Записано.")

    def save() -> None:
        step_conclude(by=user, step=step, version=step.version, end=form.told)

    return answer_form(request, page, form, save)


def _as_ended(step: PlanStep) -> dict[str, Any]:
    end = "not" if step.why_not else "done"
    helped = {True: "1", False: "0", None: ""}[step.helped]
    day = step.done_on or step.school.today()
    told = {"end": end, "done_on": day, "helped": helped}
    return {**told, "why_not": step.why_not, "note": step.note}


def _done(_: object) -> None:
    """A form's page returns to the route."""
