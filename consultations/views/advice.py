"""Recommendations: those that wait to be acknowledged, writing, replacing, withdrawing, «ознакомлен(а)»."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from common.look import Tab
from consultations.forms_referrals import OPEN_WARNING, AdviceForm, ReasonForm
from consultations.models import Recommendation
from consultations.permissions_talks import can_advise, can_see_referrals, heads_notes
from consultations.selectors.advice import advice_rows, standing, to_acknowledge
from consultations.services.advice import (
    recommendation_acknowledge,
    recommendation_give,
    recommendation_replace,
    recommendation_withdraw,
)
from consultations.talk_words import Audience
from school.models import User
from school.views.base import FormPage, answer_deed, answer_form, pupil_for, reader, sent
from school.views.outdated import form_view

PER_PAGE = 30
_WRITERS = "Рекомендации пишут специалисты службы."


def _reader(request: HttpRequest) -> User:
    user, _ = reader(request)
    if not can_see_referrals(user):
        raise PermissionDenied("Рекомендации читают те, кто работает с учениками.")
    return user


@require_GET
def advice_list(request: HttpRequest) -> HttpResponse:
    """Of the pupils whom the person sees; `?wait=1` those to acknowledge, `?own=1` those one has written."""
    user = _reader(request)
    waiting = to_acknowledge(user)
    kind = next((name for name in ("wait", "own") if name in request.GET), "")
    rows = {"wait": waiting, "own": standing(user).filter(by=user)}.get(kind, standing(user))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    tabs = [
        Tab("Все", reverse("advice:list"), not kind),
        Tab("Ждут ознакомления", "?wait=1", kind == "wait", waiting.count()),
    ]
    tabs += [Tab("Написаны мной", "?own=1", kind == "own")] if can_advise(user) else []
    found = advice_rows(user, page.object_list)
    return render(request, "consultations/advice_list.html", {"page": page, "rows": found, "tabs": tabs, "kind": kind})


@form_view
def advice_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A recommendation about a visible pupil."""
    user, pupil = pupil_for(request, pk, lambda person, _: can_advise(person), _WRITERS)
    form = AdviceForm(sent(request), initial={"audience": Audience.ALL.value})
    up = (pupil.list_name, reverse("desk:pupil", args=[pupil.pk]))
    heading = f"Рекомендация учителям: {pupil.list_name}"
    page = FormPage(heading, up, "Дать рекомендацию", "Рекомендация на странице ученика.", warning=OPEN_WARNING)

    def save() -> str:
        made = recommendation_give(by=user, pupil=pupil, advice=form.advice())
        return reverse("advice:advice", args=[made.pk])

    return answer_form(request, page, form, save)


def _seen(request: HttpRequest, pk: int) -> tuple[User, Recommendation]:
    user = _reader(request)
    rows = Recommendation.objects.visible_to(user).select_related("pupil", "school", "by__staff", "withdrawn_by__staff")
    return user, get_object_or_404(rows, pk=pk)


def _own(request: HttpRequest, pk: int) -> tuple[User, Recommendation]:
    user, row = _seen(request, pk)
    if not can_advise(user) or (row.by_id != user.pk and not heads_notes(user)):
        raise PermissionDenied("Рекомендацию меняет тот, кто её дал, или руководитель службы.")
    return user, row


@require_GET
def advice_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One recommendation: who has acknowledged it, what it replaced."""
    user, row = _seen(request, pk)
    reads = list(row.reads.select_related("by__staff"))
    own = can_advise(user) and (row.by_id == user.pk or heads_notes(user))
    told = {
        "row": row,
        "reads": reads,
        "known": any(one.by_id == user.pk for one in reads),
        "asked": row.withdrawn_at is None and row.by_id != user.pk and not can_advise(user),
        "own": own and row.withdrawn_at is None,
        "newer": Recommendation.objects.visible_to(user).filter(replaces=row).first(),
    }
    return render(request, "consultations/advice.html", told)


@form_view
def advice_replace(request: HttpRequest, pk: int) -> HttpResponse:
    """A new wording; it is acknowledged anew."""
    user, row = _own(request, pk)
    form = AdviceForm(sent(request), initial={"text": row.text, "audience": row.audience})
    up = (f"Рекомендация: {row.pupil.list_name}", reverse("advice:advice", args=[pk]))
    page = FormPage("Заменить рекомендацию", up, "Заменить", "Рекомендация заменена.", warning=OPEN_WARNING)

    def save() -> str:
        made = recommendation_replace(by=user, row=row, advice=form.advice())
        return reverse("advice:advice", args=[made.pk])

    return answer_form(request, page, form, save)


@form_view
def advice_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it away from the pupil's page."""
    user, row = _own(request, pk)
    form = ReasonForm(sent(request))
    up = (f"Рекомендация: {row.pupil.list_name}", reverse("advice:advice", args=[pk]))
    page = FormPage("Отозвать рекомендацию", up, "Отозвать", "Рекомендация отозвана.")

    def save() -> None:
        recommendation_withdraw(by=user, row=row, why=form.cleaned_data["why"])

    return answer_form(request, page, form, save)


@require_POST
def advice_known(request: HttpRequest, pk: int) -> HttpResponse:
    """«Ознакомлен(а)»; back to where the person was."""
    user, row = _seen(request, pk)
    back = reverse("desk:pupil", args=[row.pupil_id]) + "#advice"
    if request.POST.get("to") == "list":
        back = reverse("advice:list") + "?wait=1"
    return answer_deed(request, lambda: recommendation_acknowledge(by=user, row=row), "Отмечено: ознакомлен(а).", back)
