"""Cases of the service of mediation."""

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from consultations.councils import CouncilKind
from consultations.forms_council_outcomes import CaseCourseForm, CaseEndForm, CaseForm
from consultations.models import CaseParty, CaseWords, Council, MediationCase
from consultations.permissions_councils import can_change_case, can_see_cases, mediates
from consultations.selectors.councils import staff_of
from consultations.selectors.mediation import case_lines, case_page
from consultations.services.mediation import case_close, case_open, case_write, party_agree
from consultations.views.councils import council_reader, seen_council
from consultations.views.picking import PickPage, pick
from school.access import access_of, pupils_for
from school.models import Pupil, Staff, User
from school.selectors import current_year
from school.views.base import FormPage, answer_deed, answer_form, sent
from school.views.filtering import whole_number
from school.views.outdated import form_view

PER_PAGE = 50
LIST = "Случаи медиации"
MEMBERS_ONLY = "Случаи ведут члены службы медиации: их ход не видит больше никто."


def _case_reader(request: HttpRequest) -> User:
    user = council_reader(request)
    if not can_see_cases(user):
        raise PermissionDenied("Случаи видят члены службы медиации, администрация и классные руководители сторон.")
    return user


def _address(case: MediationCase) -> str:
    return reverse("councils:case", args=[case.pk])


@require_GET
def cases_page(request: HttpRequest) -> HttpResponse:
    """The cases of this year that the person may know of."""
    user = _case_reader(request)
    year = current_year(user.school) if user.school is not None else None
    rows = MediationCase.objects.visible_to(user).filter(council__year=year)
    page: Any = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    council = Council.objects.visible_to(user).filter(year=year, kind=CouncilKind.MEDIATION, ended_on=None).first()
    shown = {
        "page": page,
        "rows": case_lines(user, page.object_list),
        "council": council,
        "opens": council is not None and mediates(user, council),
    }
    return render(request, "consultations/cases.html", shown)


@form_view
def case_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a case between the pupils of `?pupil=` and others; pupils are found by surname first."""
    user, council = seen_council(request, pk)
    if not mediates(user, council):
        raise PermissionDenied(MEMBERS_ONLY)
    keys = [key for text in request.GET.getlist("pupil") if (key := whole_number(text)) is not None]
    pupils = list(pupils_for(user).filter(pk__in=keys))
    if "forth" not in request.GET:
        return pick(request, user, _picking(council, pupils))
    form = CaseForm(sent(request), mediators=_members(council), people=staff_of(council), initial=_first(user, council))

    def save() -> str:
        return _address(case_open(by=user, council=council, told=form.told(pupils)))

    names = ", ".join(one.full_name for one in pupils)
    page = FormPage("Новый случай медиации", (LIST, reverse("councils:cases")), "Открыть", "Случай открыт.", meta=names)
    return answer_form(request, page, form, save)


def _picking(council: Council, pupils: list[Pupil]) -> PickPage:
    base = reverse("councils:case_new", args=[council.pk])
    kept = [("pupil", one.pk) for one in pupils]

    def leads(one: Pupil) -> str:
        return f"{base}?{urlencode([*kept, ('pupil', one.pk)])}"

    forth = f"{base}?{urlencode([*kept, ('forth', 1)])}"
    told = "Выберите обучающихся — сторон конфликта; взрослых назовёте на следующем шаге."
    return PickPage("Новый случай медиации", (LIST, reverse("councils:cases")), leads, told, pupils, forth)


def _members(council: Council) -> Any:
    today = council.school.today()
    return Staff.objects.filter(pk__in=[one.staff_id for one in council.members.all() if one.sits_on(today)])


def _first(user: User, council: Council) -> dict[str, Any]:
    staff = access_of(user).staff
    return {"opened_on": council.school.today(), "mediator": staff.pk if staff is not None else None}


def _seen(request: HttpRequest, pk: int) -> tuple[User, MediationCase]:
    user = _case_reader(request)
    rows = MediationCase.objects.visible_to(user).select_related("school", "council__year", "mediator")
    return user, get_object_or_404(rows, pk=pk)


def _led(request: HttpRequest, pk: int) -> tuple[User, MediationCase]:
    user, case = _seen(request, pk)
    if not can_change_case(user, case):
        raise PermissionDenied(MEMBERS_ONLY)
    return user, case


@sensitive_post_parameters()
@require_GET
def case_view(request: HttpRequest, pk: int) -> HttpResponse:
    """One case: the fact and the agreement; the course for members alone."""
    user, case = _seen(request, pk)
    return render(request, "consultations/case.html", {"case": case, "page": case_page(user, case)})


def _page(heading: str, case: MediationCase) -> FormPage:
    return FormPage(heading, (str(case), _address(case)), "Сохранить", "Записано.")


@sensitive_post_parameters()
@form_view
def case_course(request: HttpRequest, pk: int) -> HttpResponse:
    """How it goes."""
    user, case = _led(request, pk)
    form = CaseCourseForm(sent(request), initial={"course": case_page(user, case).course})

    def save() -> None:
        case_write(by=user, case=case, course=form.cleaned_data["course"])

    return answer_form(request, _page("Ход случая", case), form, save)


@sensitive_post_parameters()
@form_view
def case_closing(request: HttpRequest, pk: int) -> HttpResponse:
    """How it ended, and whether what was agreed is kept."""
    user, case = _led(request, pk)
    agreed = CaseWords.objects.filter(case=case).values_list("agreed", flat=True).first() or ""
    form = CaseEndForm(sent(request), case=case, agreed=agreed)

    def save() -> None:
        case_close(by=user, case=case, end=form.end())

    return answer_form(request, _page("Итог случая", case), form, save)


@require_POST
def party_agreeing(request: HttpRequest, pk: int) -> HttpResponse:
    """A side takes part of its own will, or does not."""
    user = _case_reader(request)
    seen = MediationCase.objects.visible_to(user).order_by().values("pk")
    party = get_object_or_404(CaseParty.objects.filter(case__in=seen).select_related("case__council__school"), pk=pk)
    if not can_change_case(user, party.case):
        raise PermissionDenied(MEMBERS_ONLY)
    agrees = request.POST.get("agrees") == "yes"
    return answer_deed(
        request, lambda: party_agree(by=user, party=party, agrees=agrees), "Отмечено.", _address(party.case)
    )
