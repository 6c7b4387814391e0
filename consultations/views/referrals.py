"""Referrals: the queue, sending, one of them, taking, answering, taking back."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from common.look import Chip, Tab
from consultations.forms_referrals import ReasonForm, ReferralAnswerForm, ReferralForm
from consultations.models import Referral
from consultations.permissions import can_book
from consultations.permissions_talks import can_see_referrals, is_of_service
from consultations.selectors.referrals import (
    NAMED,
    ReferralQuery,
    ReferralRights,
    chosen_specialist,
    referral_counts,
    referral_list,
    referral_rights,
    referral_row,
    specialist_choices,
    with_people,
)
from consultations.services.referrals import (
    Request,
    referral_answer,
    referral_note,
    referral_release,
    referral_reopen,
    referral_send,
    referral_take,
    referral_withdraw,
)
from consultations.talk_words import Knows, ReferralDeed, ReferralState
from risk_registry.selectors.signals import open_signals_of, signal_words
from school.access import pupils_for
from school.models import Staff, User
from school.views.base import FormPage, answer_deed, answer_form, reader, sent
from school.views.filtering import whole_number
from school.views.outdated import form_view

PER_PAGE = 50
_NOT_YOURS = "Это делает специалист, к которому направлен ученик, или руководитель службы."
# The answer first: what comes to a teacher; for the service what waits.
_TABS = (
    (ReferralState.NEW, "Новые"),
    (ReferralState.TAKEN, "В работе"),
    (ReferralState.ANSWERED, "С ответом"),
    (ReferralState.WITHDRAWN, "Отозваны"),
)


def _person(request: HttpRequest) -> User:
    user, _ = reader(request)
    if not can_see_referrals(user):
        raise PermissionDenied("Направления видят учителя, которые их отправили, служба и завуч.")
    return user


@require_GET
def referral_list_page(request: HttpRequest) -> HttpResponse:
    """The queue: `?kind=` a state, `?mine=1` those that ask this person, `?unread=1` answers not read yet."""
    user = _person(request)
    assert user.school is not None
    service = is_of_service(user)
    query = ReferralQuery(
        state=_state(request, service), mine=service and "mine" in request.GET, unread="unread" in request.GET
    )
    page = Paginator(referral_list(user, query), PER_PAGE).get_page(request.GET.get("page"))
    today = user.school.today()
    told = {
        "page": page,
        "rows": [referral_row(one, today) for one in page.object_list],
        "tabs": _tabs(user, query),
        "chips": _chips(query) if service else [],
        "service": service,
        "state": query.state,
        "sends": can_book(user),
    }
    return render(request, "consultations/referral_list.html", told)


def _state(request: HttpRequest, service: bool) -> str:
    asked = request.GET.get("kind", "")
    if asked in ReferralState.codes():
        return asked
    return ReferralState.NEW.value


def _tabs(user: User, query: ReferralQuery) -> list[Tab]:
    counts = referral_counts(user, mine=query.mine)
    mine = "&mine=1" if query.mine else ""
    return [
        Tab(title, f"?kind={state.value}{mine}", state == query.state, counts.get(state.value, 0))
        for state, title in _TABS
    ]


def _chips(query: ReferralQuery) -> list[Chip]:
    here = f"?kind={query.state}"
    return [Chip("Вся служба", here, not query.mine), Chip("Мне", f"{here}&mine=1", query.mine)]


@sensitive_post_parameters("text")
@form_view
def referral_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the service for help about a visible pupil; `?signal=` names the signal that it answers."""
    user = _person(request)
    if not can_book(user):
        raise PermissionDenied("Направляют к специалисту те, кто работает с учеником.")
    pupil = get_object_or_404(pupils_for(user).select_related("school"), pk=pk)
    waiting = list(open_signals_of(user, pupil))
    first = whole_number(request.GET.get("signal"))
    named = [one.pk for one in waiting if one.pk == first]
    choices = specialist_choices(user)
    form = ReferralForm(
        sent(request),
        to=choices,
        signals=[(one.pk, signal_words(one)) for one in waiting],
        initial={"knows": Knows.NOT_YET.value, "signals": named},
    )
    page = FormPage(
        f"Направить к специалисту: {pupil.list_name}",
        (pupil.list_name, reverse("desk:pupil", args=[pupil.pk])),
        "Направить",
        "Направление отправлено. Ответ появится у вас в делах и в разделе «Направления».",
        meta="Хватит одного касания: что заметили. Остальное можно не заполнять.",
        warning="" if choices else "В школе пока нет специалистов службы: их назначают на странице сотрудника.",
    )

    def save() -> str:
        chosen = [one for one in waiting if one.pk in form.cleaned_data.get("signals", ())]
        made = referral_send(by=user, pupil=pupil, asked=_request(user, form), signals=chosen)
        return reverse("referrals:referral", args=[made.pk])

    return answer_form(request, page, form, save)


def _request(user: User, form: ReferralForm) -> Request:
    told = form.cleaned_data
    kind, person = chosen_specialist(user, told["to"])
    assert person is None or told["to"].startswith(NAMED)
    return Request(
        to_kind=kind,
        to=Staff.objects.get(pk=person) if person is not None else None,
        knows=Knows(told["knows"]),
        seen=told["noticed"],
        tried=told["tried"],
        text=told["text"],
    )


def _seen(request: HttpRequest, pk: int) -> tuple[User, Referral]:
    """404 for what is another's: the director and other teachers do not know of it."""
    user = _person(request)
    return user, get_object_or_404(with_people(Referral.objects.visible_to(user), user), pk=pk)


def _allowed(
    request: HttpRequest, pk: int, may: Callable[[ReferralRights], bool], refusal: str = _NOT_YOURS
) -> tuple[User, Referral]:
    """The same for whoever may do this now; 403 where it is only seen. A state that changed is told by the service."""
    user, referral = _seen(request, pk)
    if not may(referral_rights(user, referral)):
        raise PermissionDenied(refusal)
    return user, referral


@require_GET
def referral_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One referral with its answer and who did what."""
    user, referral = _seen(request, pk)
    advice = referral.recommendations.filter(withdrawn_at__isnull=True)
    told = {
        "row": referral_row(referral, referral.school.today()),
        "referral": referral,
        "rights": referral_rights(user, referral),
        "steps": [(ReferralDeed(step.deed).label, step) for step in referral.steps.select_related("by__staff")],
        "advice": advice.select_related("by__staff"),
        "reasons": {"withdraw": ReasonForm()},
    }
    return render(request, "consultations/referral.html", told)


@require_POST
def referral_taking(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it into work."""
    user, referral = _allowed(request, pk, lambda rights: rights.takes)
    back = reverse("referrals:referral", args=[pk])
    return answer_deed(request, lambda: referral_take(by=user, referral=referral), "Направление у вас в работе.", back)


@require_POST
def referral_putting_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Put it back into the queue."""
    user, referral = _allowed(request, pk, lambda rights: rights.releases)
    done, back = "Направление снова в очереди.", reverse("referrals:referral", args=[pk])
    return answer_deed(
        request, lambda: referral_release(by=user, referral=referral), done, back, reverse("referrals:list")
    )


@sensitive_post_parameters("answer", "text")
@form_view
def referral_answering(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer the sender; a recommendation may be given with it."""
    user, referral = _allowed(request, pk, lambda rights: rights.answers)
    form = ReferralAnswerForm(sent(request), initial={"answer": referral.answer})
    up = (f"Направление: {referral.pupil.list_name}", reverse("referrals:referral", args=[pk]))
    page = FormPage("Ответить на направление", up, "Ответить", "Ответ отправлен.")

    def save() -> None:
        referral_answer(by=user, referral=referral, text=form.cleaned_data["answer"], advice=form.advice())

    return answer_form(request, page, form, save)


@require_POST
def referral_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the answer back into work."""
    user, referral = _allowed(request, pk, lambda rights: rights.reopens)
    back = reverse("referrals:referral", args=[pk])
    return answer_deed(
        request, lambda: referral_reopen(by=user, referral=referral), "Направление снова в работе.", back
    )


@form_view
def referral_taking_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The sender withdraws it with a reason."""
    user, referral = _allowed(request, pk, lambda rights: rights.withdraws, "Отзывает направление тот, кто отправил.")
    form = ReasonForm(sent(request))
    up = (f"Направление: {referral.pupil.list_name}", reverse("referrals:referral", args=[pk]))
    page = FormPage("Отозвать направление", up, "Отозвать", "Направление отозвано.")

    def save() -> None:
        referral_withdraw(by=user, referral=referral, why=form.cleaned_data["why"])

    return answer_form(request, page, form, save)


@require_POST
def referral_noting(request: HttpRequest, pk: int) -> HttpResponse:
    """The sender has read the answer."""
    user, referral = _allowed(request, pk, lambda rights: rights.notes, "Отмечает тот, кто отправил.")
    back = reverse("referrals:referral", args=[pk])
    return answer_deed(request, lambda: referral_note(by=user, referral=referral), "Отмечено.", back)
