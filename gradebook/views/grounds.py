"""Reasons of absence: what waits for one, a pupil's own, entering, correcting, withdrawing."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from common.look import Chip
from gradebook.forms_grounds import GroundCorrectForm, GroundForm, WithdrawForm, guess, initial_of
from gradebook.models import AbsenceGround
from gradebook.permissions import can_keep_grounds, classes_of_grounds, keeps_grounds
from gradebook.selectors_grounds import (
    Ungrounded,
    current_period,
    ground_words,
    grounds_of,
    missed_days,
    school_days,
    waiting_list,
)
from gradebook.services.grounds import ground_add, ground_correct, ground_withdraw
from school.models import Pupil, User
from school.selectors import current_year, holiday_spans
from school.views.base import FormPage, answer_form, pupil_for, reader, sent
from school.views.outdated import form_view

_PER_PAGE = 50
_REFUSED = "Основания пропусков ведут классный руководитель, социальный педагог и администрация школы."


@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits for a ground in the present period; `?cls=` of one class."""
    user, _ = reader(request)
    if not keeps_grounds(user):
        raise PermissionDenied(_REFUSED)
    period = current_period(user)
    if period is None:
        return render(request, "gradebook/ground_waiting.html", {"period": None})
    chosen = _key(request, "cls")
    rows = waiting_list(user, period, school_class=chosen)
    told = {
        "period": period,
        "page": Paginator(rows, _PER_PAGE).get_page(request.GET.get("page")),
        "words": Ungrounded(sum(row.lessons for row in rows), len({row.pupil.pk for row in rows})).words,
        "chips": _class_chips(user, chosen),
        "chosen": chosen,
    }
    return render(request, "gradebook/ground_waiting.html", told)


def _class_chips(user: User, chosen: int | None) -> list[Chip]:
    """One class or all; nothing to choose for whoever leads one class."""
    classes = list(classes_of_grounds(user).order_by("grade", "letter"))
    if len(classes) < 2:
        return []
    every = Chip("Все классы", reverse("grounds:waiting"), chosen is None)
    return [every, *(Chip(str(one), f"{every.url}?cls={one.pk}", one.pk == chosen) for one in classes)]


@require_GET
def pupil_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One pupil's grounds with their history, and every missed day as the journal says and as it is counted."""
    user, pupil = _kept(request, pk)
    rows = grounds_of(user, pupil)
    year = current_year(pupil.school)
    told = {
        "pupil": pupil,
        "grounds": [(row, ground_words(row)) for row in rows if row.withdrawn_at is None],
        "former": [row for row in rows if row.withdrawn_at is not None],
        "days": missed_days(pupil, year) if year is not None else [],
    }
    return render(request, "gradebook/ground_pupil.html", told)


@form_view
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a ground; `?first=&last=` name the days, `?back=waiting` where to go on."""
    user, pupil = _kept(request, pk)
    today = pupil.school.today()
    first = _day(request, "first") or today
    last = max(_day(request, "last") or first, first)
    form = GroundForm(
        sent(request), request.FILES or None, initial=guess(first, last, short=_short(pupil, first, last))
    )
    page = _page("Основание пропуска", pupil, "Записано, пропуски пересчитаны.")

    def save() -> str | None:
        ground_add(by=user, pupil=pupil, draft=form.draft())
        return _back(request)

    return answer_form(request, page, form, save)


@form_view
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a ground, or add the paper that it waited for."""
    user, ground = _own(request, pk)
    form = GroundCorrectForm(sent(request), request.FILES or None, initial=initial_of(ground))
    page = _page("Исправить основание", ground.pupil, "Исправлено, пропуски пересчитаны.")

    def save() -> str | None:
        ground_correct(by=user, ground=ground, draft=form.draft())
        return _back(request)

    return answer_form(request, page, form, save)


@form_view
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a ground back with a reason."""
    user, ground = _own(request, pk)
    form = WithdrawForm(sent(request))
    page = _page("Отозвать основание", ground.pupil, "Основание отозвано.", button="Отозвать", meta=str(ground))

    def save() -> None:
        ground_withdraw(by=user, ground=ground, why=form.cleaned_data["why"])

    return answer_form(request, page, form, save)


def _page(heading: str, pupil: Pupil, done: str, *, button: str = "Записать", meta: str = "") -> FormPage:
    up = (f"{pupil.list_name}: пропуски", reverse("grounds:pupil", args=[pupil.pk]))
    return FormPage(heading, up, button, done, meta=meta or pupil.full_name)


def _kept(request: HttpRequest, pk: int) -> tuple[User, Pupil]:
    """404 for a pupil whom the person does not see, 403 for who sees and does not keep absences."""
    return pupil_for(request, pk, can_keep_grounds, _REFUSED)


def _own(request: HttpRequest, pk: int) -> tuple[User, AbsenceGround]:
    """A ground that stands, of a pupil whose absences the person keeps."""
    user, _ = reader(request)
    if not keeps_grounds(user):
        raise PermissionDenied(_REFUSED)
    rows = AbsenceGround.objects.visible_to(user).live().select_related("pupil__school", "year", "school")
    return user, get_object_or_404(rows, pk=pk)


def _short(pupil: Pupil, first: date, last: date) -> bool:
    """Whether a parents' note is enough for these days."""
    year = current_year(pupil.school)
    days = school_days(first, last, holiday_spans(year)) if year is not None else 0
    return days <= pupil.school.settings.note_days


def _back(request: HttpRequest) -> str | None:
    """To the list that one came from, with its class."""
    if request.GET.get("back") != "waiting":
        return None
    chosen = _key(request, "cls")
    return reverse("grounds:waiting") + (f"?cls={chosen}" if chosen else "")


def _key(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


def _day(request: HttpRequest, name: str) -> date | None:
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None
