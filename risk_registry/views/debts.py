"""The page «Задолженность»: the list, its workbook, and decisions on several debts at once."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from common.look import Tab
from common.russian import counted
from documents.formats import CONTENT_TYPES
from risk_registry.debts import DebtState
from risk_registry.debts_tables import debts_workbook
from risk_registry.forms_debts import ConfirmForm, DebtAddForm, DebtFilterForm, OrderForm
from risk_registry.models import AcademicDebt
from risk_registry.permissions_debts import can_keep_debts, can_print_year_papers, can_see_debts
from risk_registry.selectors.debts import (
    DEFAULT_SORT,
    UNSETTLED,
    DebtQuery,
    debt_counts,
    debt_rows,
    debts_found,
    subjects_of_debts,
    today_of,
)
from risk_registry.services.debts import debt_bring, debts_confirm, debts_order
from risk_registry.views.registry_page import PER_PAGE, CountedPaginator
from school.access import classes_for, pupils_for
from school.forms.filtering import ANY
from school.models import AcademicYear, Enrolment, SchoolClass, Subject, User
from school.rules import academic_year_of
from school.views.base import FormPage, answer_form, sent
from school.views.filtering import chips_of, options_of, query_without, whole_number
from school.views.outdated import form_view

KEPT_BY_DEPUTY = "Задолженности подтверждает и закрывает заместитель директора."
_LABELS = {"text": "Фамилия", "cls": "Класс", "subject": "Предмет", "need": "Что сделать", "term": "Срок"}
_TABS = (
    ("", "Не закрыты"),
    (DebtState.PROPOSED, "Предложены"),
    (DebtState.CONFIRMED, "Подтверждены"),
    (DebtState.NOT_CLEARED, "Не ликвидированы"),
    (DebtState.CLEARED, "Ликвидированы"),
    (DebtState.DECLINED, "Отклонены"),
    (DebtState.WITHDRAWN, "Сняты по отметкам"),
)
_SELDOM = (DebtState.DECLINED, DebtState.WITHDRAWN, DebtState.NOT_CLEARED)


def reader(request: HttpRequest) -> User:
    """Who asks; 403 for whoever has no duty in a school."""
    user: Any = request.user
    if not can_see_debts(user):
        raise PermissionDenied("Задолженности видят сотрудники школы, у которых есть обучающиеся.")
    assert isinstance(user, User)
    return user


def keeper(request: HttpRequest) -> User:
    """Who decides; 403 for the others."""
    user = reader(request)
    if not can_keep_debts(user):
        raise PermissionDenied(KEPT_BY_DEPUTY)
    return user


class _Frame:
    """The filter of the list as the address asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self.user = reader(request)
        self.form = DebtFilterForm(
            request.GET,
            cls=options_of(list(classes_for(self.user))),
            subject=[*ANY, *subjects_of_debts(self.user)],
        )
        chosen = self.chosen = self.form.chosen()
        state = chosen.get("state", "")
        self.query = DebtQuery(
            today=today_of(self.user),
            state=state if state in DebtState.codes() else "",
            school_class=chosen.get("cls"),
            subject=chosen.get("subject"),
            need=chosen.get("need", ""),
            term=chosen.get("term", ""),
            text=chosen.get("text", ""),
            sort=chosen.get("sort", DEFAULT_SORT),
        )


@require_GET
def debt_list(request: HttpRequest) -> HttpResponse:
    """Debts that somebody has to do something about; the others on tabs of their own."""
    frame = _Frame(request)
    by_state, found = debt_counts(frame.user, frame.query)
    rows = debts_found(frame.user, frame.query)
    page = CountedPaginator(rows, PER_PAGE, found).get_page(request.GET.get("page"))
    told = {
        "page": page,
        "rows": debt_rows(page.object_list, frame.query.today),
        "form": frame.form,
        "chips": chips_of(request, frame.form, frame.chosen, _LABELS),
        "lead": counted(found, "задолженность", "задолженности", "задолженностей"),
        "tabs": _tabs(request, frame.query.state, by_state),
        "all": sum(by_state.values()),
        "papers": can_print_year_papers(frame.user),
        "keeps": can_keep_debts(frame.user),
        "query": request.GET.urlencode(),
    }
    return render(request, "risk_registry/debt_list.html", told)


def _tabs(request: HttpRequest, chosen: str, by_state: dict[str, int]) -> list[Tab]:
    tabs = []
    for state, title in _TABS:
        number = by_state.get(state, 0) if state else sum(by_state.get(one, 0) for one in UNSETTLED)
        if state in _SELDOM and not number and state != chosen:
            continue
        url = query_without(request, state=state) if state else query_without(request, "state")
        tabs.append(Tab(title, url, state == chosen, number))
    return tabs


@require_GET
def debt_export(request: HttpRequest) -> HttpResponse:
    """The rows of the filtered list, all pages of it, as a workbook."""
    frame = _Frame(request)
    rows = debt_rows(debts_found(frame.user, frame.query), frame.query.today)
    school = frame.user.school
    if school is None:
        raise Http404
    answer = HttpResponse(debts_workbook(school, rows), CONTENT_TYPES["xlsx"])
    answer.headers["Content-Disposition"] = str(content_disposition_header(True, "Академическая задолженность.xlsx"))
    return answer


@form_view
def confirm_page(request: HttpRequest) -> HttpResponse:
    """Confirm the debts of `?pick=5:3`, all with one day."""
    form = ConfirmForm(sent(request))

    def save(user: User, versions: dict[int, int]) -> None:
        debts_confirm(by=user, versions=versions, arose=form.cleaned_data["arose"])

    return _of_chosen(request, form, save, ("Подтвердить задолженность", "Подтвердить", "Подтверждено."))


@form_view
def order_page(request: HttpRequest) -> HttpResponse:
    """Write down the order of the conditional transfer for the debts of `?pick=5:3`."""
    form = OrderForm(sent(request))

    def save(user: User, versions: dict[int, int]) -> None:
        debts_order(by=user, versions=versions, number=form.cleaned_data["number"], on=form.cleaned_data["on"])

    return _of_chosen(request, form, save, ("Приказ об условном переводе", "Записать", "Приказ записан."))


def _of_chosen(
    request: HttpRequest, form: Form, save: Callable[[User, dict[int, int]], None], words: tuple[str, str, str]
) -> HttpResponse:
    """A form about the chosen debts: 404 for one that the person does not see."""
    user = keeper(request)
    versions = _versions(request.GET.getlist("pick"))
    rows = AcademicDebt.objects.visible_to(user).filter(pk__in=versions)
    debts = list(rows.select_related("pupil", "subject").order_by("pupil__sort_key", "pk"))
    if len(debts) != len(versions):
        raise Http404
    if not debts:
        return redirect("debts:list")
    heading, button, done = words
    up = ("Академическая задолженность", reverse("debts:list"))
    page = FormPage(heading, up, button, done, template="risk_registry/debt_chosen.html", more={"debts": debts})
    back = reverse("debts:debt", args=[debts[0].pk]) if len(debts) == 1 else None

    def keep() -> str | None:
        save(user, versions)
        return back

    return answer_form(request, page, form, keep)


def _versions(picks: list[str]) -> dict[int, int]:
    versions = {}
    for pick in picks:
        key, _, version = pick.partition(":")
        told = whole_number(key), whole_number(version)
        if told[0] is None or told[1] is None:
            raise Http404
        versions[told[0]] = told[1]
    return versions


@form_view
def debt_new(request: HttpRequest) -> HttpResponse:
    """Enter a debt by hand: first the class, then who and in what."""
    user = keeper(request)
    classes = list(classes_for(user))
    chosen = next((one for one in classes if one.pk == whole_number(request.GET.get("cls"))), None)
    if chosen is None:
        return render(request, "risk_registry/debt_new.html", {"classes": classes})
    form = _add_form(request, user, chosen)
    up = ("Внести задолженность", reverse("debts:new"))
    page = FormPage("Внести задолженность", up, "Внести", "Задолженность внесена.", meta=f"{chosen} класс")

    def save() -> str:
        told = form.cleaned_data
        debt = debt_bring(
            by=user,
            pupil=pupils_for(user).select_related("school").get(pk=told["pupil"]),
            subject=Subject.objects.get(pk=told["subject"], school=chosen.school_id),
            start=told["year"],
            arose=told["arose"],
            reason=told["reason"],
        )
        return reverse("debts:debt", args=[debt.pk])

    return answer_form(request, page, form, save)


def _add_form(request: HttpRequest, user: User, school_class: SchoolClass) -> DebtAddForm:
    seated = Enrolment.objects.on(today_of(user)).filter(school_class=school_class)
    known = AcademicYear.objects.filter(school=school_class.school_id, starts__lte=today_of(user))
    last = academic_year_of(today_of(user)) - 1  # a school may have begun with this one
    starts = sorted({*known.values_list("start", flat=True), last}, reverse=True)
    return DebtAddForm(
        sent(request),
        initial={"year": last},
        pupils=[(one.pk, one.full_name) for one in pupils_for(user).filter(pk__in=seated.values("pupil"))],
        subjects=list(Subject.objects.filter(school=school_class.school_id).values_list("pk", "name")),
        years=[(start, AcademicYear(start=start).title) for start in starts],
    )


def picks_of(debt: AcademicDebt, page: str) -> str:
    """The address of a page about chosen debts, for one debt."""
    return f"{reverse(page)}?{urlencode({'pick': f'{debt.pk}:{debt.version}'})}"
