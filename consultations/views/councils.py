"""Councils: the list of the year, one of them, its order and members."""

from collections.abc import Iterator

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from consultations.councils import CouncilKind, MemberRole
from consultations.forms_councils import CloseForm, CouncilForm, MemberForm, OrderForm, SeatForm
from consultations.models import Council, CouncilMember
from consultations.permissions_councils import (
    can_found_councils,
    can_petition,
    can_see_cases,
    can_see_councils,
    can_see_pmpk,
    leads_council,
    mediates,
    sits_in,
)
from consultations.selectors.councils import council_lines, council_page, staff_to_seat
from consultations.services.councils import (
    council_change,
    council_close,
    council_make,
    council_reopen,
    member_add,
    member_change,
)
from school.models import User
from school.selectors import current_year
from school.views.base import FormPage, answer_deed, answer_form, reader, sent
from school.views.outdated import form_view

TITLE = "Консилиумы и советы"
LEADERS_ONLY = "Заседания и состав ведут председатель, его заместитель, секретарь и администрация школы."
MEMBERS_ONLY = "Повестку, протоколы и заключения читают члены совета и администрация школы."
FOUNDERS_ONLY = "Советы создают по приказу директор и заместитель директора."


def council_reader(request: HttpRequest) -> User:
    """Whoever works with pupils of the school."""
    user, _ = reader(request)
    if not can_see_councils(user):
        raise PermissionDenied("Советы школы видят сотрудники, которые работают с обучающимися.")
    return user


def seen_council(request: HttpRequest, pk: int) -> tuple[User, Council]:
    """404 for another school's."""
    user = council_reader(request)
    rows = Council.objects.visible_to(user).select_related("school", "year")
    return user, get_object_or_404(rows, pk=pk)


def led_council(request: HttpRequest, pk: int) -> tuple[User, Council]:
    """403 for a council that the person does not run."""
    user, council = seen_council(request, pk)
    if not leads_council(user, council):
        raise PermissionDenied(LEADERS_ONLY)
    return user, council


def address(council: Council) -> str:
    """The page of a council."""
    return reverse("councils:council", args=[council.pk])


def council_form(heading: str, council: Council, button: str = "Сохранить") -> FormPage:
    """A page that is one form about a council."""
    return FormPage(heading, (str(council), address(council)), button, "Записано.", meta=str(council))


@require_GET
def councils_page(request: HttpRequest) -> HttpResponse:
    """The councils of the year."""
    user = council_reader(request)
    assert user.school is not None
    year = current_year(user.school)
    today = user.school.today()
    shown = {
        "year": year,
        "today": today,
        "lines": council_lines(user, year, today) if year is not None else [],
        "founds": can_found_councils(user),
        "petitions": can_petition(user),
        "pmpk": can_see_pmpk(user),
        "cases": can_see_cases(user),
    }
    return render(request, "consultations/councils.html", shown)


@form_view
def council_new(request: HttpRequest) -> HttpResponse:
    """Make a council of this year."""
    user = council_reader(request)
    if not can_found_councils(user):
        raise PermissionDenied(FOUNDERS_ONLY)
    year = current_year(user.school) if user.school is not None else None
    there = Council.objects.visible_to(user).filter(year=year, ended_on__isnull=True).values_list("kind", flat=True)
    free = [(kind.value, kind.label) for kind in CouncilKind if kind not in set(there)]
    form = CouncilForm(sent(request), kinds=free)
    warning = "" if free else "Все советы этого года уже созданы."
    page = FormPage("Новый совет", (TITLE, reverse("councils:list")), "Создать", "Совет создан.", warning=warning)

    def save() -> str:
        made = council_make(by=user, kind=CouncilKind(form.cleaned_data["kind"]), order=form.order())
        return address(made)

    return answer_form(request, page, form, save)


@require_GET
def council_view(request: HttpRequest, pk: int) -> HttpResponse:
    """One council: its people, its plan of sittings, petitions that wait."""
    user, council = seen_council(request, pk)
    inside, leads = sits_in(user, council), leads_council(user, council)
    today = council.school.today()
    page = council_page(user, council, inside=inside)
    shown = {
        "page": page,
        "council": council,
        "rows": [(line, line.is_late(today)) for line in page.sittings],
        "inside": inside,
        "leads": leads and council.ended_on is None,
        "reopens": leads and council.ended_on is not None,
        "mediates": council.kind == CouncilKind.MEDIATION and (inside or mediates(user, council)),
        "petitions_here": can_petition(user) and council.ended_on is None,
        "today": today,
        "journals": list(_journals(council)),
    }
    return render(request, "consultations/council.html", shown)


def _journals(council: Council) -> Iterator[tuple[str, str, str, str]]:
    """What a council's journals are: kind of paper, title, what a screen reader says, where the journal is a page."""
    yield "sittings", "Заседания", "журнал заседаний", ""
    yield "petitions", "Ходатайства", "журнал ходатайств", ""
    yield "decisions", "Решения", "журнал решений", ""
    if council.kind == CouncilKind.PPK:
        yield "conclusions", "Коллегиальные заключения", "журнал заключений", ""
        yield "pmpk", "Направления на ПМПК", "направления на ПМПК", reverse("councils:pmpk")
    if council.kind == CouncilKind.MEDIATION:
        yield "cases", "Случаи медиации", "журнал случаев", reverse("councils:cases")


@form_view
def council_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the order."""
    user, council = led_council(request, pk)
    form = OrderForm(sent(request), council=council)

    def save() -> None:
        council_change(by=user, council=council, order=form.order())

    return answer_form(request, council_form("Приказ и положение", council), form, save)


@form_view
def council_closing(request: HttpRequest, pk: int) -> HttpResponse:
    """The council works no longer."""
    user, council = led_council(request, pk)
    form = CloseForm(sent(request), initial={"on": council.school.today()})

    def save() -> None:
        council_close(by=user, council=council, on=form.cleaned_data["on"])

    return answer_form(request, council_form("Закрыть совет", council, "Закрыть"), form, save)


@require_POST
def council_reopening(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a closing."""
    user, council = led_council(request, pk)
    return answer_deed(
        request, lambda: council_reopen(by=user, council=council), "Совет снова работает.", address(council)
    )


@form_view
def member_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a person in."""
    user, council = led_council(request, pk)
    begins = council.order_date or council.school.today()
    form = MemberForm(sent(request), people=staff_to_seat(council), initial={"begins": begins})

    def save() -> None:
        told = form.cleaned_data
        role = MemberRole(told["role"])
        member_add(by=user, council=council, staff=told["staff"], role=role, begins=told["begins"])

    return answer_form(request, council_form("Добавить в состав", council, "Добавить"), form, save)


@form_view
def member_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a member's role and days."""
    user = council_reader(request)
    seen = Council.objects.visible_to(user).values("pk")
    rows = CouncilMember.objects.filter(council__in=seen).select_related("staff", "council__school", "council__year")
    member = get_object_or_404(rows, pk=pk)
    if not leads_council(user, member.council):
        raise PermissionDenied(LEADERS_ONLY)
    form = SeatForm(sent(request), member=member)

    def save() -> None:
        told = form.cleaned_data
        role = MemberRole(told["role"])
        member_change(by=user, member=member, role=role, begins=told["begins"], ends=told["ends"])

    return answer_form(request, council_form(member.staff.full_name, member.council), form, save)
