"""One sitting: planned, moved, held, cancelled, signed, opened for a correction."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from consultations.councils import SITTING
from consultations.forms_councils import SeenForm, SignForm, SittingForm, WhyCancelForm
from consultations.models import Sitting
from consultations.permissions_councils import leads_council
from consultations.selectors.sittings import sitting_page
from consultations.services.sittings import (
    sitting_cancel,
    sitting_hold,
    sitting_move,
    sitting_plan,
    sitting_reopen,
    sitting_return,
    sitting_sign,
)
from consultations.views.councils import LEADERS_ONLY, council_form, council_reader, led_council
from consultations.views.opening import openable
from school.models import User
from school.views.base import FormPage, answer_deed, answer_form, sent
from school.views.filtering import whole_number
from school.views.outdated import form_view

_PEOPLE = ("school", "council__school", "council__year")


def seen_sitting(request: HttpRequest, pk: int) -> tuple[User, Sitting]:
    """404 for a sitting of a council which the person is not in."""
    user = council_reader(request)
    return user, get_object_or_404(Sitting.objects.visible_to(user).select_related(*_PEOPLE), pk=pk)


def led_sitting(request: HttpRequest, pk: int) -> tuple[User, Sitting]:
    """403 for a member who does not run the council."""
    user, sitting = seen_sitting(request, pk)
    if not leads_council(user, sitting.council):
        raise PermissionDenied(LEADERS_ONLY)
    return user, sitting


def address(sitting: Sitting) -> str:
    """The page of a sitting."""
    return reverse("councils:sitting", args=[sitting.pk])


def title_of(sitting: Sitting) -> str:
    """«Заседание 19.11.2026»."""
    return f"Заседание {sitting.on:%d.%m.%Y}"


def sitting_form(heading: str, sitting: Sitting, button: str = "Записать", warning: str = "") -> FormPage:
    """A page that is one form about a sitting."""
    meta = f"{sitting.council}, {sitting.on:%d.%m.%Y}"
    return FormPage(heading, (title_of(sitting), address(sitting)), button, "Записано.", meta=meta, warning=warning)


@sensitive_post_parameters()
@require_GET
def sitting_view(request: HttpRequest, pk: int) -> HttpResponse:
    """The agenda, who was there, what was said and decided."""
    user, sitting = seen_sitting(request, pk)
    leads = leads_council(user, sitting.council)
    today = sitting.school.today()
    page = sitting_page(user, sitting)
    shown = {
        "page": page,
        "sitting": sitting,
        "questions": [
            (line, [(term, term.is_late(today), term.words(today)) for term in line.terms]) for line in page.questions
        ],
        "protocol": page.protocol and (page.protocol.is_late(today), page.protocol.words(today)),
        "deeds": SITTING.deeds(sitting.state) if leads else [],
        "leads": leads,
        "edits": leads and sitting.is_open,
        "writes": leads and page.writes,
        "past": sitting.on <= today,
        "today": today,
        "opens": openable(user, (line.question.pupil_id for line in page.questions)),
    }
    return render(request, "consultations/sitting.html", shown)


@form_view
def sitting_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a sitting into the council's plan."""
    user, council = led_council(request, pk)
    form = SittingForm(sent(request), initial={"by_plan": "plan", "on": council.school.today()})

    def save() -> str:
        return address(sitting_plan(by=user, council=council, plan=form.plan()))

    return answer_form(request, council_form("Назначить заседание", council, "Назначить"), form, save)


@form_view
def sitting_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a sitting, correct its topic."""
    user, sitting = led_sitting(request, pk)
    form = SittingForm(sent(request), sitting=sitting)

    def save() -> None:
        sitting_move(by=user, sitting=sitting, plan=form.plan())

    return answer_form(request, sitting_form("Перенести или исправить", sitting, "Сохранить"), form, save)


@require_POST
def sitting_holding(request: HttpRequest, pk: int) -> HttpResponse:
    """It took place."""
    user, sitting = led_sitting(request, pk)
    version = whole_number(request.POST.get("version")) or 0
    return answer_deed(
        request,
        lambda: sitting_hold(by=user, sitting=sitting, version=version),
        "Отмечено: заседание проведено. Отметьте присутствие, запишите ход и решения.",
        address(sitting),
    )


@form_view
def sitting_cancelling(request: HttpRequest, pk: int) -> HttpResponse:
    """It will not take place."""
    user, sitting = led_sitting(request, pk)
    form = WhyCancelForm(sent(request), initial={"version": sitting.version})

    def deed(version: int) -> object:
        return sitting_cancel(by=user, sitting=sitting, version=version, why=form.cleaned_data["why"])

    return _answer(request, sitting_form("Отменить заседание", sitting, "Отменить заседание"), form, deed)


@form_view
def sitting_returning(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to the plan, with the reason."""
    user, sitting = led_sitting(request, pk)
    form = WhyCancelForm(sent(request), initial={"version": sitting.version})

    def deed(version: int) -> object:
        return sitting_return(by=user, sitting=sitting, version=version, why=form.cleaned_data["why"])

    return _answer(request, sitting_form("Вернуть в план", sitting, "Вернуть"), form, deed)


@sensitive_post_parameters()
@form_view
def sitting_signing(request: HttpRequest, pk: int) -> HttpResponse:
    """Freeze the protocol."""
    user, sitting = led_sitting(request, pk)
    initial = {"version": sitting.version, "on": sitting.school.today()}
    form = SignForm(sent(request), initial=initial)

    def deed(version: int) -> object:
        return sitting_sign(by=user, sitting=sitting, version=version, on=form.cleaned_data["on"])

    told = "После подписания протокол не меняется; исправить его можно новой версией, прежняя останется."
    return _answer(request, sitting_form("Подписать протокол", sitting, "Подписать", told), form, deed)


@form_view
def sitting_reopening(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a signed protocol for a correction."""
    user, sitting = led_sitting(request, pk)
    form = WhyCancelForm(sent(request), initial={"version": sitting.version})

    def deed(version: int) -> object:
        return sitting_reopen(by=user, sitting=sitting, version=version, why=form.cleaned_data["why"])

    told = "Подписанная версия сохранится и будет печататься как была. Исправленный протокол подпишите заново."
    return _answer(request, sitting_form("Исправить протокол", sitting, "Открыть", told), form, deed)


def _answer(request: HttpRequest, page: FormPage, form: SeenForm, deed: Callable[[int], object]) -> HttpResponse:
    def save() -> None:
        deed(form.cleaned_data["version"])

    return answer_form(request, page, form, save)
