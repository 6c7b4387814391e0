"""One academic debt: what stands behind it, its attempts, its term; every deed with it is a page that is one form."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from common.russian import counted
from risk_registry.attempt_protocol import attempt_for, protocol_request
from risk_registry.debts import COUNTED, Choice, Outcome, PauseKind
from risk_registry.forms_debts import AttemptForm, ChoiceForm, OutcomeForm, PauseEndForm, PauseForm, ReasonForm
from risk_registry.models import AcademicDebt, DebtAttempt, DebtPause
from risk_registry.permissions_debts import can_keep_debt, can_see_pauses
from risk_registry.rules.debts import MOST_ATTEMPTS
from risk_registry.selectors.debt_page import debt_page, deed_words
from risk_registry.selectors.debts import today_of
from risk_registry.services.debt_attempts import (
    attempt_change,
    attempt_conclude,
    attempt_plan,
    attempt_reopen,
    pause_add,
    pause_withdraw,
)
from risk_registry.services.debts import debt_choose, debt_decline, debt_give_up, debt_restore, debt_take_up
from risk_registry.views.debts import KEPT_BY_DEPUTY, picks_of, reader
from school.models import User
from school.views.base import FormPage, answer_deed, answer_form, sent
from school.views.filtering import whole_number
from school.views.outdated import form_view

_REASONS = {
    "decline": ("Отклонить задолженность", "Отклонить", "Отклонено.", debt_decline),
    "take-up": ("Вернуть к ликвидации", "Вернуть", "Задолженность снова открыта.", debt_take_up),
}


@require_GET
def debt_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One debt with its way."""
    user, debt = _seen(request, pk)
    page = debt_page(user, debt, today_of(user))
    told = {
        "page": page,
        "debt": page.row.debt,
        "row": page.row,
        "steps": [(step, deed_words(step.deed, step.to_state)) for step in page.steps],
        "longer": counted(page.longer, "день", "дня", "дней") if page.longer else "",
        "confirm_url": picks_of(debt, "debts:confirm"),
        "order_url": picks_of(debt, "debts:order"),
        "keeps": can_keep_debt(user, debt),
    }
    return render(request, "risk_registry/debt_detail.html", told)


@form_view
def debt_reason(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Decline a debt, or take one up again that was given up: with a reason."""
    user, debt = _kept(request, pk)
    if what not in _REASONS:
        raise Http404
    heading, button, done, service = _REASONS[what]
    form = ReasonForm(sent(request), initial={"version": debt.version})
    return _answer(request, debt, form, lambda: service(by=user, debt=debt, **form.told), (heading, button, done))


@require_POST
def debt_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose a declined debt again."""
    user, debt = _kept(request, pk)
    version = whole_number(request.POST.get("version")) or 0
    return answer_deed(
        request, lambda: debt_restore(by=user, debt=debt, version=version), "Снова предложена.", _address(debt)
    )


@require_POST
def debt_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down that the debt was not cleared."""
    user, debt = _kept(request, pk)
    version = whole_number(request.POST.get("version")) or 0
    done = "Записано: не ликвидирована. Теперь запишите выбор родителей."
    return answer_deed(request, lambda: debt_give_up(by=user, debt=debt, version=version), done, _address(debt))


@form_view
def debt_choice(request: HttpRequest, pk: int) -> HttpResponse:
    """What the parents chose."""
    user, debt = _kept(request, pk)
    told = {"choice": debt.choice, "on": debt.choice_on or today_of(user), "paper": debt.choice_paper}
    form = ChoiceForm(sent(request), initial={"version": debt.version, **told})

    def save() -> None:
        made = {**form.told, "choice": Choice(form.told["choice"])}
        debt_choose(by=user, debt=debt, **made)

    return _answer(request, debt, form, save, ("Выбор родителей", "Записать", "Выбор родителей записан."))


@form_view
def attempt_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Appoint the next attempt."""
    user, debt = _kept(request, pk)
    # Whoever saw the debt before another person's deed is told of that, not of what a second attempt needs.
    seen = whole_number(request.POST.get("version")) in (None, debt.version)
    second = seen and debt.attempts.filter(outcome__in=COUNTED).exists()
    form = AttemptForm(sent(request), second=second, initial={"version": debt.version})
    heading = "Вторая пересдача, с комиссией" if second else "Первая пересдача"

    def save() -> None:
        attempt_plan(by=user, debt=debt, version=form.told["version"], plan=form.plan)

    return _answer(request, debt, form, save, (heading, "Назначить", "Пересдача назначена."))


@form_view
def attempt_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Another day, place or commission."""
    user, attempt = _attempt(request, pk)
    told = {"on": attempt.on, "place": attempt.place, "members": attempt.commission}
    form = AttemptForm(
        sent(request),
        second=attempt.number == MOST_ATTEMPTS,
        initial={"version": attempt.debt.version, **told},
    )

    def save() -> None:
        attempt_change(by=user, attempt=attempt, version=form.told["version"], plan=form.plan)

    return _answer(request, attempt.debt, form, save, (f"{attempt.number}-я пересдача", "Сохранить", "Сохранено."))


@form_view
def attempt_end(request: HttpRequest, pk: int) -> HttpResponse:
    """How an attempt ended, with its protocol."""
    user, attempt = _attempt(request, pk)
    initial = {"version": attempt.debt.version, "protocol_on": min(attempt.on, today_of(user))}
    form = OutcomeForm(sent(request), request.FILES or None, initial=initial)

    def save() -> None:
        attempt_conclude(by=user, attempt=attempt, version=form.told["version"], end=form.end)

    words = (f"{attempt.number}-я пересдача {attempt.on:%d.%m.%Y}", "Записать исход", "Исход записан.")
    return _answer(request, attempt.debt, form, save, words)


@form_view
def attempt_again(request: HttpRequest, pk: int) -> HttpResponse:
    """The outcome was a mistake."""
    user, attempt = _attempt(request, pk)
    form = ReasonForm(sent(request), initial={"version": attempt.debt.version})

    def save() -> None:
        attempt_reopen(by=user, attempt=attempt, **form.told)

    words = (f"Отменить исход: {Outcome(attempt.outcome).label.lower()}", "Отменить исход", "Исход отменён.")
    return _answer(request, attempt.debt, form, save, words)


@require_POST
def attempt_print(request: HttpRequest, pk: int) -> HttpResponse:
    """Order the protocol of one attempt as PDF, then to the work that makes it."""
    user = reader(request)
    attempt = attempt_for(user, pk)
    if attempt is None:
        raise Http404
    job = protocol_request(by=user, attempt=attempt, key=request.POST.get("once", ""))
    return redirect("documents:job", pk=job.pk)


@form_view
def pause_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Days that the terms of the pupil's debts do not include."""
    user, debt = _kept(request, pk)
    form = PauseForm(sent(request))

    def save() -> None:
        told = {**form.cleaned_data, "kind": PauseKind(form.cleaned_data["kind"])}
        pause_add(by=user, pupil=debt.pupil, **told)

    return _answer(request, debt, form, save, ("Продлить срок", "Продлить", "Срок продлён."), _OF_PUPIL)


_OF_PUPIL = "Эти дни не войдут в срок ни одной открытой задолженности ученика."


@form_view
def pause_end(request: HttpRequest, pk: int, pause: int) -> HttpResponse:
    """Take a pause back."""
    user, debt = _kept(request, pk)
    if not can_see_pauses(user, debt.pupil):
        raise PermissionDenied(KEPT_BY_DEPUTY)
    row = get_object_or_404(DebtPause.objects.visible_to(user).select_related("pupil"), pk=pause, pupil=debt.pupil_id)
    form = PauseEndForm(sent(request))

    def save() -> None:
        pause_withdraw(by=user, pause=row, why=form.cleaned_data["why"])

    return _answer(request, debt, form, save, ("Отозвать продление", "Отозвать", "Продление отозвано."), str(row))


def _seen(request: HttpRequest, pk: int) -> tuple[User, AcademicDebt]:
    """404 for a debt that is not the person's to see."""
    user = reader(request)
    rows = AcademicDebt.objects.visible_to(user).select_related("pupil__school", "subject", "year", "period", "school")
    return user, get_object_or_404(rows, pk=pk)


def _kept(request: HttpRequest, pk: int) -> tuple[User, AcademicDebt]:
    """The same for whoever decides; 403 for who only sees."""
    user, debt = _seen(request, pk)
    if not can_keep_debt(user, debt):
        raise PermissionDenied(KEPT_BY_DEPUTY)
    return user, debt


def _attempt(request: HttpRequest, pk: int) -> tuple[User, DebtAttempt]:
    user = reader(request)
    seen = AcademicDebt.objects.visible_to(user).order_by()
    rows = DebtAttempt.objects.filter(debt__in=seen).select_related("debt__pupil", "debt__subject", "debt__school")
    attempt = get_object_or_404(rows, pk=pk)
    if not can_keep_debt(user, attempt.debt):
        raise PermissionDenied(KEPT_BY_DEPUTY)
    return user, attempt


def _address(debt: AcademicDebt) -> str:
    return reverse("debts:debt", args=[debt.pk])


def _answer(
    request: HttpRequest,
    debt: AcademicDebt,
    form: Form,
    save: Callable[[], Any],
    words: tuple[str, str, str],
    warning: str = "",
) -> HttpResponse:
    heading, button, done = words
    up = (f"{debt.pupil.list_name}: {debt.subject.name}", _address(debt))
    page = FormPage(heading, up, button, done, meta=f"Срок {_day(debt.due)}", warning=warning)

    def keep() -> None:
        save()

    return answer_form(request, page, form, keep)


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"
