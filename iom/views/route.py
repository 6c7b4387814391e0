"""One route: its page and every deed with it as a whole."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from common.errors import Refused
from iom.forms_routes import ApproveForm, LeadForm, ParentsForm, ReasonForm, ReviewForm
from iom.models import Route
from iom.rules.routes import review_day
from iom.selectors.proposing import periods_of
from iom.selectors.route_page import RoutePage, route_page
from iom.services.agreeing import parents_answer, part_agree, psychologist_agree, route_hand_on, route_return
from iom.services.deciding import route_approve, route_change, route_finish, route_resume, route_withdraw
from iom.services.leading import route_lead
from iom.services.making import RouteWish, route_make
from iom.services.reviewing import gaps_to_review, route_review
from iom.views.finding import LED_BY, led_route, people_of, seen_number, seen_part, seen_route, up_to
from iom.words import RouteState
from school.models import Guardian, Period
from school.selectors_guardians import interpreter_words, told_guardians
from school.views.base import FormPage, answer_deed, answer_form, sent
from school.views.outdated import form_view

# Heading, button, what is said afterwards, the service.
_REASONS: dict[str, tuple[str, str, str, Callable[..., object]]] = {
    "return": ("Вернуть в черновик", "Вернуть", "Маршрут снова в черновике.", route_return),
    "change": ("Изменить маршрут", "Открыть изменение", "Черновик следующей версии открыт.", route_change),
    "finish": ("Завершить маршрут", "Завершить", "Маршрут завершён.", route_finish),
    "withdraw": ("Отозвать маршрут", "Отозвать", "Маршрут отозван.", route_withdraw),
    "resume": ("Вернуть в работу", "Вернуть", "Маршрут снова действует.", route_resume),
}
_WARNED = {"change": "Версия, которая действует, остаётся в силе, пока не утверждена следующая."}


@require_GET
def route_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One route with all that it plans and what became of it."""
    user, route, _ = seen_route(request, pk)
    page = route_page(user, route)
    interpreters = interpreter_words(route.pupil) if route.pupil is not None else []
    told = {"page": page, "route": route, "heads": page.heads, "interpreters": interpreters}
    return render(request, "iom/route_detail.html", told)


@require_GET
def version_detail(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """An approved version as it was approved, and what it changed."""
    user, route, _ = seen_route(request, pk)
    page: RoutePage = route_page(user, route)
    found = next((line for line in page.versions if line.version.number == number), None)
    if found is None:
        raise Http404
    told = {"route": route, "line": found, "face": found.paper, "up": up_to(route)}
    return render(request, "iom/route_version.html", told)


@form_view
def lead(request: HttpRequest, pk: int) -> HttpResponse:
    """Tutor, days, frequency, the next review."""
    user, route = led_route(request, pk)
    initial = {name: getattr(route, name) for name in ("begins", "ends", "every", "next_review")}
    form = LeadForm(sent(request), people=people_of(route.school), initial={**initial, "tutor": route.tutor_id})
    page = FormPage("Кто ведёт и когда смотрим", up_to(route))
    return answer_form(
        request, page, form, lambda: _done(route_lead(by=user, route=route, version=route.version, told=form.told))
    )


@require_POST
def agree_part(request: HttpRequest, pk: int) -> HttpResponse:
    """The teacher agrees to the part as it was shown."""
    user, part, rights = seen_part(request, pk)
    if not rights.agrees(part):
        raise PermissionDenied("К части маршрута присоединяется её учитель.")
    seen = seen_number(request, "seen")
    return answer_deed(request, lambda: part_agree(by=user, part=part, seen=seen), "Согласовано.", up_to(part.route)[1])


@require_POST
def agree_psychologist(request: HttpRequest, pk: int) -> HttpResponse:
    """The psychologist agrees."""
    user, route, rights = seen_route(request, pk)
    if not (rights.psychologist or rights.deputy):
        raise PermissionDenied("Это согласует педагог-психолог.")
    version = seen_number(request)
    deed = lambda: psychologist_agree(by=user, route=route, version=version)  # noqa: E731
    return answer_deed(request, deed, "Согласовано.", up_to(route)[1])


@require_POST
def hand_on(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft goes on to the parents."""
    user, route = led_route(request, pk)
    version = seen_number(request)
    done = "Маршрут согласован педагогами."
    return answer_deed(request, lambda: route_hand_on(by=user, route=route, version=version), done, up_to(route)[1])


@form_view
def parents(request: HttpRequest, pk: int) -> HttpResponse:
    """What the parents said."""
    user, route = led_route(request, pk)
    if route.pupil is None or route.state != RouteState.WITH_PARENTS:
        raise Http404
    told = told_guardians(route.pupil)
    guardians = Guardian.objects.filter(pk__in=[one.pk for one in told])
    initial = {"version": route.version, "on": route.school.today()}
    form = ParentsForm(sent(request), guardians=guardians, initial=initial)
    page = FormPage("Ответ родителей", up_to(route), "Записать", "Ответ родителей записан.")
    return answer_form(
        request,
        page,
        form,
        lambda: _done(parents_answer(by=user, route=route, version=form.seen_version, word=form.word)),
    )


@form_view
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve by an order or the council's protocol."""
    user, route, rights = seen_route(request, pk)
    if not rights.approves:
        raise PermissionDenied("Маршрут утверждает директор или заместитель директора.")
    refused = route.agreements.filter(side="parents", agreed=False, ended_at=None).first()
    warning = f"Родители отказались от маршрута: {refused.comment}." if refused is not None else ""
    form = ApproveForm(sent(request), initial={"version": route.version, "on": route.school.today(), "paper": "order"})
    words = f"Утвердить версию {route.number + 1}"
    page = FormPage(words, up_to(route), "Утвердить", "Маршрут утверждён.", warning=warning)
    return answer_form(
        request,
        page,
        form,
        lambda: _done(route_approve(by=user, route=route, version=form.seen_version, paper=form.told)),
    )


@form_view
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Look back at a period."""
    user, route = led_route(request, pk)
    if route.state != RouteState.ACTIVE:
        raise Http404
    today = route.school.today()
    periods = periods_of(route.year, route.school_class)
    form = ReviewForm(
        sent(request),
        periods=Period.objects.filter(pk__in=[one.pk for one in periods if one.starts <= today]).order_by("-number"),
        gaps=gaps_to_review(route),
        initial={"version": route.version, "on": today, "decision": "go", **_reviewed(route, periods, today)},
    )
    page = FormPage("Пересмотр маршрута", up_to(route), "Записать", "Пересмотр записан.", meta=_REVIEWED)
    return answer_form(
        request,
        page,
        form,
        lambda: _done(route_review(by=user, route=route, version=form.seen_version, review=form.told)),
    )


_REVIEWED = "«Цель достигнута» ставит сам повторный контроль; остальное — ваша оценка с подтверждением."


def _reviewed(route: Route, periods: list[Period], today: date) -> dict[str, Any]:
    """The period that the review is of: the last that ended and has none; the day of the next one."""
    told = set(route.reviews.values_list("period", flat=True))
    open_ = [one for one in periods if one.starts <= today and one.pk not in told]
    over = [one for one in open_ if one.ends <= today and one.ends >= route.begins]
    period = next(reversed(over or open_), None)
    ends = [one.ends for one in periods if one.ends > today]
    return {"period": period.pk if period else None, "next_review": review_day(ends, today, route.ends)}


@require_POST
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """A new route that carries over what is still open."""
    user, route = led_route(request, pk)
    if route.pupil is None:
        raise Http404
    wish = RouteWish(gaps=False, steps=False)
    try:
        made = route_make(by=user, pupil=route.pupil, kind=route.kind, copied_from=route, wish=wish)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect(up_to(route)[1])
    messages.success(request, "Новый маршрут: перенесено то, что осталось открытым.")
    return redirect(up_to(made)[1])


@form_view
def reason(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Return, change, finish, withdraw, take up again: with a reason."""
    if what not in _REASONS:
        raise Http404
    user, route, rights = seen_route(request, pk)
    allowed = rights.deputy if what == "resume" else rights.leads or (what == "return" and rights.approves)
    if not allowed:
        raise PermissionDenied(LED_BY)
    heading, button, done, service = _REASONS[what]
    form = ReasonForm(sent(request), initial={"version": route.version})

    def save() -> None:
        words = form.cleaned_data["why"]
        told = {"comment": words} if what == "return" else {"why": words}
        service(by=user, route=route, version=form.seen_version, **told)

    page = FormPage(heading, up_to(route), button, done, warning=_WARNED.get(what, ""))
    return answer_form(request, page, form, save)


def _done(_: object) -> None:
    """A form's page returns to the route."""
