"""Sittings of the school: how they stand against their rhythm, the plan of the year, decisions, protocols."""

from itertools import groupby

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from common.look import Chip, Tab
from common.russian import counted
from risk_registry.views.registry_page import PER_PAGE, CountedPaginator
from roadmaps.forms_sittings import ByRhythmForm, RhythmForm, SittingFilterForm, SittingForm
from roadmaps.models import StaffSitting
from roadmaps.permissions_sittings import (
    can_keep_sitting,
    can_plan_sittings,
    can_run_sitting,
    can_see_sittings,
    can_set_rhythms,
    kinds_to_plan,
)
from roadmaps.rules.rhythms import BY_SOURCE
from roadmaps.selectors.sittings import (
    SittingQuery,
    decisions_of,
    kinds_standing,
    lacking_words,
    protocols_counted,
    rhythms_of,
    sittings,
    with_counts,
)
from roadmaps.services.sittings import rhythm_set, sitting_edit, sitting_plan, sittings_by_rhythm
from roadmaps.sitting_words import SittingKind, Unit
from school.models import School, Staff, User
from school.selectors import current_year_of
from school.views.base import FormPage, answer_form, reader, sent
from school.views.filtering import chips_of
from school.views.outdated import form_view

UP = "Заседания"
_PAGES = (("Ритм", "home"), ("План", "list"), ("Решения", "decisions"), ("Протоколы (P21)", "protocols"))
_LABELS = {"text": "Тема", "kind": "Вид", "stage": "Состояние"}
_SHOWN = (("mine", "Мои"), ("late", "Просрочены"), ("open", "Выполняются"), ("all", "Все"))


def sittings_reader(request: HttpRequest) -> tuple[User, School]:
    """Whoever has a duty in the school."""
    user, school = reader(request)
    if not can_see_sittings(user):
        raise PermissionDenied("Заседания видят сотрудники школы.")
    return user, school


def seen_sitting(request: HttpRequest, pk: int) -> tuple[User, StaffSitting]:
    """A sitting of the person's school."""
    user, _ = sittings_reader(request)
    rows = StaffSitting.objects.visible_to(user).select_related("school", "year", "chair", "secretary")
    return user, get_object_or_404(rows, pk=pk)


def kept_sitting(request: HttpRequest, pk: int) -> tuple[User, StaffSitting]:
    """One that the person may correct, cancel and sign."""
    user, row = seen_sitting(request, pk)
    if not can_keep_sitting(user, row):
        raise PermissionDenied("Это делают заместитель директора и директор, на своих заседаниях — руководитель ШМО.")
    return user, row


def run_sitting(request: HttpRequest, pk: int) -> tuple[User, StaffSitting]:
    """One that the person leads, writes down or keeps."""
    user, row = seen_sitting(request, pk)
    if not can_run_sitting(user, row):
        raise PermissionDenied("Это делают администрация, председатель и секретарь заседания.")
    return user, row


def staff_of(school: School) -> QuerySet[Staff]:
    """Who works in the school today."""
    return Staff.objects.filter(school=school).exclude(left_on__lt=school.today())


def up_to(row: StaffSitting) -> tuple[str, str]:
    """Where the pages of a sitting belong."""
    return str(row), reverse("sittings:sitting", args=[row.pk])


def tabs_for(current: str) -> list[Tab]:
    """What there is to look at."""
    return [Tab(title, reverse(f"sittings:{name}"), name == current) for title, name in _PAGES]


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Each kind against its rhythm: held, missed, when the next is."""
    user, school = sittings_reader(request)
    year = current_year_of(user)
    told = {
        "year": year,
        "rows": kinds_standing(user, year, school.today()) if year is not None else [],
        "tabs": tabs_for("home"),
        "plans": can_plan_sittings(user),
        "sets": can_set_rhythms(user),
    }
    return render(request, "roadmaps/sittings/home.html", told)


@require_GET
def sitting_list(request: HttpRequest) -> HttpResponse:
    """The plan of the year, filtered, by months."""
    user, school = sittings_reader(request)
    year, today = current_year_of(user), school.today()
    form = SittingFilterForm(request.GET)
    chosen = form.chosen()
    asked = SittingQuery(
        today, year, str(chosen.get("kind", "")), str(chosen.get("stage", "")), str(chosen.get("text", ""))
    )
    rows = sittings(user, asked)
    found = rows.count()
    page = CountedPaginator(with_counts(rows), PER_PAGE, found).get_page(request.GET.get("page"))
    shown = [(row, lacking_words(row, today)) for row in page.object_list]
    told = {
        "page": page,
        "months": [(month, list(lines)) for month, lines in groupby(shown, lambda line: line[0].on.replace(day=1))],
        "form": form,
        "chips": chips_of(request, form, chosen, _LABELS),
        "lead": counted(found, "заседание", "заседания", "заседаний"),
        "today": today,
        "tabs": tabs_for("list"),
        "plans": can_plan_sittings(user),
    }
    return render(request, "roadmaps/sittings/list.html", told)


@require_GET
def decision_list(request: HttpRequest) -> HttpResponse:
    """Decisions of sittings with who answers for them; `?show=mine|late|open|all`."""
    user, school = sittings_reader(request)
    show = request.GET.get("show", "mine")
    show = show if show in dict(_SHOWN) else "mine"
    rows = decisions_of(user, show, school.today())
    told = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "chips": [Chip(title, f"?show={code}", code == show) for code, title in _SHOWN],
        "today": school.today(),
        "tabs": tabs_for("decisions"),
        "show": show,
    }
    return render(request, "roadmaps/sittings/decisions.html", told)


@require_GET
def protocol_list(request: HttpRequest) -> HttpResponse:
    """The protocols that the indicator P21 counts, of this school year."""
    user, school = sittings_reader(request)
    year = current_year_of(user)
    told = {
        "year": year,
        "counted": protocols_counted(user, school, year.starts, year.ends) if year is not None else None,
        "tabs": tabs_for("protocols"),
    }
    return render(request, "roadmaps/sittings/protocols.html", told)


def _check_plans(user: User) -> None:
    if not can_plan_sittings(user):
        raise PermissionDenied("Заседания вносят в план заместитель директора, директор и руководители ШМО.")


@form_view
def sitting_new(request: HttpRequest) -> HttpResponse:
    """Put a sitting into the plan; `?kind=` is asked for."""
    user, school = sittings_reader(request)
    _check_plans(user)
    begins = {"on": school.today(), "kind": request.GET.get("kind", ""), "secretary": user.staff_id}
    form = SittingForm(sent(request), kinds=kinds_to_plan(user), staff=staff_of(school), initial=begins)
    page = FormPage("Новое заседание", (UP, reverse("sittings:list")), "В план", "Внесено в план.")

    def save() -> str:
        made = sitting_plan(by=user, school=school, draft=form.draft())
        return reverse("sittings:sitting", args=[made.pk])

    return answer_form(request, page, form, save)


@form_view
def sitting_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what, when, where, who leads."""
    user, row = kept_sitting(request, pk)
    kinds = [kind for kind in SittingKind if kind in kinds_to_plan(user) or kind == row.kind]
    form = SittingForm(sent(request), kinds=kinds, staff=staff_of(row.school), sitting=row)

    def save() -> None:
        sitting_edit(by=user, sitting=row, version=row.version, draft=form.draft())

    return answer_form(request, FormPage("Исправить заседание", up_to(row)), form, save)


@form_view
def by_rhythm(request: HttpRequest) -> HttpResponse:
    """Fill the plan of the year by the rhythm of a kind."""
    user, school = sittings_reader(request)
    _check_plans(user)
    year = current_year_of(user)
    kinds = [(kind, one) for kind, one in rhythms_of(school).items() if kind in kinds_to_plan(user)]
    kinds = [(kind, one) for kind, one in kinds if one.unit != Unit.NONE]
    begins = {"first": school.today(), "kind": request.GET.get("kind", "")}
    form = ByRhythmForm(sent(request), kinds=kinds, staff=staff_of(school), initial=begins)
    meta = "До конца учебного года, мимо выходных и каникул; где заседаний уже достаточно, ничего не меняется"
    page = FormPage(
        "Запланировать по ритму", (UP, reverse("sittings:home")), "Внести в план", "Внесено в план.", meta=meta
    )

    def save() -> str:
        if year is None:
            raise Http404("Сегодня не идёт ни один учебный год.")
        asked = form.asked()
        sittings_by_rhythm(by=user, year=year, asked=asked)
        return f"{reverse('sittings:list')}?kind={asked.kind}"

    return answer_form(request, page, form, save)


@form_view
def rhythm_form(request: HttpRequest, kind: str) -> HttpResponse:
    """How often the school holds a kind; the sources' rhythm stands beside."""
    user, school = sittings_reader(request)
    if not can_set_rhythms(user):
        raise PermissionDenied("Ритм заседаний задают заместитель директора и директор.")
    if kind not in SittingKind.codes():
        raise Http404("Такого вида заседаний нет.")
    one = SittingKind(kind)
    stands = rhythms_of(school)[one]
    form = RhythmForm(sent(request), initial={"unit": stands.unit, "times": stands.times})
    page = FormPage(f"Ритм: {one.label}", (UP, reverse("sittings:home")), meta=f"В источниках: {source_words(one)}")

    def save() -> None:
        rhythm_set(by=user, school=school, kind=one, rhythm=form.rhythm())

    return answer_form(request, page, form, save)


def source_words(kind: SittingKind) -> str:
    """«1 раз в неделю»; «не назван»."""
    told = BY_SOURCE[kind]
    return "не назван" if told.unit == Unit.NONE else told.words
