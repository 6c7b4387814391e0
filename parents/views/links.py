"""Personal links as the school makes them and follows what came of them."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from common.errors import Refused
from common.look import Tab
from common.names import name_key
from common.russian import counted
from consultations.models import ServiceHours
from consultations.permissions import specialists_of
from iom.models import Route
from iom.words import RouteState
from parents.forms_links import LinkFilterForm, LinkForm, LinkRulesForm, TalkLinkForm, TimeLinkForm
from parents.models import Notice, PersonalLink
from parents.outside import PARAM, only_here, public_address
from parents.permissions import (
    can_keep_link,
    can_keep_notice,
    can_link_route,
    can_open_links,
    can_set_link_rules,
    notice_pupils,
)
from parents.qr import qr_svg
from parents.selectors.links import at_stage, line_of, links_seen, rules_of
from parents.services.links import Issued, Wish, link_again, link_make, link_note, link_rules_set, link_withdraw
from parents.words import Matter, NoticeState
from risk_registry.views.registry_page import PER_PAGE, CountedPaginator
from school.access import pupils_for
from school.models import Guardian, Pupil, School, User
from school.views.base import FormPage, answer_deed, answer_form, reader, sent
from school.views.filtering import chips_of, whole_number
from school.views.outdated import form_view

_LABELS = {"text": "Фамилия", "stage": "Состояние", "matter": "О чём"}


def link_reader(request: HttpRequest) -> tuple[User, School]:
    """Whoever writes to parents; 404 where the school is not reachable from outside: there are no links."""
    user, school = reader(request)
    if not settings.PUBLIC_URL:
        raise Http404("Адрес Опоры для родителей не задан.")
    if not can_open_links(user):
        raise PermissionDenied("Ссылки родителям передают те, кто работает с учениками.")
    return user, school


@require_GET
def link_list(request: HttpRequest) -> HttpResponse:
    """One's own links, all for who leads the school; `?pupil=` of one pupil."""
    user, school = link_reader(request)
    form = LinkFilterForm(request.GET)
    chosen = form.chosen()
    rows = links_seen(user).filter(at_stage(chosen.get("stage", ""), school))
    wanted = {
        "matter": chosen.get("matter"),
        "pupil": whole_number(request.GET.get("pupil")),
        "pupil__sort_key__startswith": name_key(chosen["text"]) if chosen.get("text") else None,
    }
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    found = rows.count()
    page = CountedPaginator(rows, PER_PAGE, found).get_page(request.GET.get("page"))
    told = {
        "page": page,
        "lines": [line_of(one) for one in page.object_list],
        "form": form,
        "chips": chips_of(request, form, chosen, _LABELS),
        "lead": counted(found, "ссылка", "ссылки", "ссылок"),
        "sets": can_set_link_rules(user),
        "only_here": only_here(),
    }
    return render(request, "parents/link_list.html", told)


def _seen(request: HttpRequest, pk: int) -> tuple[User, PersonalLink]:
    user, _ = link_reader(request)
    return user, get_object_or_404(links_seen(user), pk=pk)


def _kept(request: HttpRequest, pk: int) -> tuple[User, PersonalLink]:
    user, link = _seen(request, pk)
    if not can_keep_link(user, link):
        raise PermissionDenied("Ссылкой распоряжаются тот, кто её создал, и администрация школы.")
    return user, link


@require_GET
def link_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One link: what it opens, what happened at it, what was answered. Never its secret."""
    user, link = _seen(request, pk)
    told = {"link": link, "line": line_of(link), "openings": link.openings.all(), "keeps": can_keep_link(user, link)}
    return render(request, "parents/link_detail.html", told)


@form_view
def link_for_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """About a notice."""
    user, _ = link_reader(request)
    notice = get_object_or_404(Notice.objects.visible_to(user).select_related("pupil__school"), pk=pk)
    if not can_keep_notice(user, notice):
        raise PermissionDenied("Ссылку на уведомление передают классный руководитель, администрация и служба.")
    if notice.state == NoticeState.WITHDRAWN:
        raise Http404
    up = (f"Уведомление {notice}", reverse("notices:notice", args=[notice.pk]))
    form = _form(LinkForm, request, notice.pupil, guardian=notice.guardian_id)
    return _making(request, user, form, FormPage("Ссылка для родителей", up, "Создать ссылку", meta=str(notice.pupil)),
                   pupil=notice.pupil, matter=Matter.NOTICE, notice=notice)  # fmt: skip


@form_view
def link_for_route(request: HttpRequest, pk: int) -> HttpResponse:
    """To agree a route or object to it."""
    user, _ = link_reader(request)
    route = get_object_or_404(Route.objects.visible_to(user).select_related("pupil__school", "school"), pk=pk)
    if route.pupil is None or not can_link_route(user, route):
        raise PermissionDenied("Родителей о маршруте спрашивает тот, кто его ведёт.")
    if route.state != RouteState.WITH_PARENTS:
        raise Http404
    up = (f"Маршрут: {route.pupil.list_name}", reverse("routes:route", args=[route.pk]))
    page = FormPage(
        "Ссылка для согласования маршрута", up, "Создать ссылку", meta=route.pupil.list_name, warning=_NOT_A_CONSENT
    )
    return _making(request, user, _form(LinkForm, request, route.pupil), page, pupil=route.pupil, matter=Matter.ROUTE,
                   route=route)  # fmt: skip


_NOT_A_CONSENT = "Ответ по ссылке не заменяет письменное согласие: согласия, которых требует закон, — на бумаге."


@form_view
def link_for_pupil(request: HttpRequest, pk: int, matter: str) -> HttpResponse:
    """To choose a time: with a specialist, or of a talk with the person."""
    user, school = link_reader(request)
    pupil = get_object_or_404(pupils_for(user).select_related("school"), pk=pk)
    if not notice_pupils(user).filter(pk=pk).exists():
        raise PermissionDenied("Приглашают классный руководитель, администрация и служба.")
    if matter not in (Matter.TIME, Matter.TALK):
        raise Http404
    form: LinkForm
    if matter == Matter.TIME:
        form = _form(TimeLinkForm, request, pupil, specialists=_receiving(user, school))
    else:
        form = _form(TalkLinkForm, request, pupil, school=school)
    page = FormPage(
        "Пригласить родителей",
        (pupil.list_name, reverse("desk:pupil", args=[pk])),
        "Создать ссылку",
        meta=pupil.list_name,
        template="parents/link_form.html",
        more={"tabs": _tabs(pupil, matter)},
    )
    return _making(request, user, form, page, pupil=pupil, matter=Matter(matter))


def _tabs(pupil: Pupil, current: str) -> list[Tab]:
    named = ((Matter.TALK, "На беседу"), (Matter.TIME, "К специалисту"))
    return [Tab(title, reverse("links:pupil", args=[pupil.pk, one.value]), one == current) for one, title in named]


def _receiving(user: User, school: School) -> Any:
    hours = ServiceHours.objects.filter(school=school, ends__gte=school.today())
    return specialists_of(user).filter(pk__in=hours.values("specialist"))


def _form(kind: type[Any], request: HttpRequest, pupil: Pupil, *, guardian: int | None = None, **more: Any) -> Any:
    people = Guardian.objects.filter(guardianships__pupil=pupil).distinct()
    initial = {"days": rules_of(pupil.school).days, "guardian": guardian}
    return kind(sent(request), guardians=people, initial=initial, **more)


def _making(request: HttpRequest, user: User, form: LinkForm, page: FormPage, **wanted: Any) -> HttpResponse:
    """The form, or the address that is shown this once."""
    if request.method == "POST" and form.is_valid():
        try:
            return _issued(request, link_make(by=user, wish=Wish(**wanted, **form.told)), page.up)
        except Refused as refusal:
            form.add_error(None, [refusal.message, *refusal.details])
    status = 422 if request.method == "POST" else 200
    return render(request, page.template, {"page": page, "form": form, **page.more}, status=status)


def _issued(request: HttpRequest, made: Issued, up: tuple[str, str]) -> HttpResponse:
    address = public_address(f"{reverse('outside:link')}?{PARAM}={made.secret}")
    assert address is not None  # `link_reader` let nobody in without one
    link = made.link
    told = {"link": link, "address": address, "qr": qr_svg(address), "up": up, "only_here": only_here()}
    if link.letter_due_at is not None:
        del told["address"], told["qr"]
    return render(request, "parents/link_issued.html", told, status=201)


@require_POST
def link_anew(request: HttpRequest, pk: int) -> HttpResponse:
    """Lost or over: a new address for the same; the old one is shut."""
    user, link = _kept(request, pk)
    up = ("Ссылки для родителей", reverse("links:list"))
    try:
        return _issued(request, link_again(by=user, link=link), up)
    except Refused as refusal:
        told = {"link": link, "line": line_of(link), "openings": link.openings.all(), "keeps": True, "wrong": refusal}
        return render(request, "parents/link_detail.html", told, status=422)


@require_POST
def link_shut(request: HttpRequest, pk: int) -> HttpResponse:
    """From now on it opens nothing."""
    user, link = _kept(request, pk)
    back = reverse("links:link", args=[pk])
    return answer_deed(request, lambda: link_withdraw(by=user, link=link), "Ссылка отозвана.", back)


@require_POST
def link_noted(request: HttpRequest, pk: int) -> HttpResponse:
    """The answer was read."""
    user, link = _kept(request, pk)
    back = reverse("links:link", args=[pk])
    return answer_deed(request, lambda: link_note(by=user, link=link), "Принято к сведению.", back)


@form_view
def link_rules(request: HttpRequest) -> HttpResponse:
    """How links are made."""
    user, school = reader(request)
    if not settings.PUBLIC_URL:
        raise Http404("Адрес Опоры для родителей не задан.")
    if not can_set_link_rules(user):
        raise PermissionDenied("Правила ссылок задаёт администрация школы.")
    rules = rules_of(school)
    form = LinkRulesForm(sent(request), initial={"asks_birth": rules.asks_birth, "days": rules.days})
    back = reverse("links:list") if can_open_links(user) else reverse("school:card")
    page = FormPage("Правила ссылок для родителей", ("Ссылки для родителей", back))

    def save() -> None:
        link_rules_set(by=user, school=school, **form.cleaned_data)

    return answer_form(request, page, form, save)
