"""Extra lessons: the week's timetable, a group and what is done with it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from common.errors import Refused
from common.look import Chip, Tab
from documents.services.reports import report_job_request
from iom.forms_extra import GroupForm, LastDayForm, MembersForm
from iom.models import ExtraGroup, ExtraMember
from iom.permissions_extra import (
    can_bring_timetables,
    can_keep_group,
    can_make_extra,
    can_see_extra,
    can_see_share,
    groups_for,
    pupils_to_add,
    teachers_for,
)
from iom.registration_extra import TIMETABLE
from iom.reports.extra import WAYS
from iom.selectors.extra import By, group_page, pupils_of_classes, timetable
from iom.services.extra import (
    extra_group_change,
    extra_group_create,
    extra_group_end,
    extra_member_end,
    extra_members_add,
)
from risk_registry.selectors.periods import main_periods
from school.access import access_of, classes_for
from school.models import AcademicYear, Pupil, School, SchoolClass, Staff, User
from school.selectors import current_year
from school.selectors_pupils import with_seats
from school.views.base import FormPage, answer_form, reader, sent
from school.views.filtering import whole_number
from school.views.outdated import form_view

UP = "Дополнительные занятия"
_WAYS = {By.TEACHER: "По учителям", By.CLASS: "По классам", By.ROOM: "По кабинетам"}


def extra_reader(request: HttpRequest) -> tuple[User, School]:
    """Whoever has a duty in the school."""
    user, school = reader(request)
    if not can_see_extra(user):
        raise PermissionDenied("Расписание дополнительных занятий видят работники школы.")
    return user, school


def maker(request: HttpRequest) -> tuple[User, School, AcademicYear]:
    """Whoever may have groups of their own, in a school with a year."""
    user, school = extra_reader(request)
    if not can_make_extra(user):
        raise PermissionDenied("Группы дополнительных занятий ведут учителя, специалисты и администрация школы.")
    year = current_year(school)
    if year is None:
        raise Http404("Учебного года ещё нет.")
    return user, school, year


def group_of(user: User, pk: int) -> ExtraGroup:
    """A group whose page is open to the person; 404 for any other."""
    rows = groups_for(user).select_related("year", "school", "teacher", "subject")
    return get_object_or_404(rows, pk=pk)


def kept_group(request: HttpRequest, pk: int) -> tuple[User, ExtraGroup]:
    """A group that the person may change; 403 when only seen."""
    user, _ = extra_reader(request)
    group = group_of(user, pk)
    if not can_keep_group(user, group):
        raise PermissionDenied("Группу меняют её учитель, заместитель директора и директор.")
    return user, group


def extra_tabs(user: User, current: str) -> list[Tab]:
    """The pages of extra lessons that are open to the person."""
    pages: list[tuple[str, str, Callable[[User], bool]]] = [
        ("Расписание", "extra:timetable", can_see_extra),
        ("Посещаемость", "extra:share", can_see_share),
        ("Загрузка расписаний", "extra:bring", can_bring_timetables),
    ]
    return [Tab(title, reverse(name), name == current) for title, name, may in pages if may(user)]


@require_GET
def timetable_page(request: HttpRequest) -> HttpResponse:
    """The week; `?by=teacher|class|room`, `?mine=1` one's own groups, `?cls=` one class."""
    user, school = extra_reader(request)
    year = current_year(school)
    told: dict[str, Any] = {"tabs": extra_tabs(user, "extra:timetable"), "makes": can_make_extra(user), "year": year}
    if year is not None:
        by, only = _asked_rows(request, user)
        table = timetable(user, year, school.today(), by, only=only)
        told |= {"table": table, "chips": _chips(request, user, by, only), "query": _query(by, only)}
    return render(request, "iom/extra_timetable.html", told)


def _asked_rows(request: HttpRequest, user: User) -> tuple[By, int | None]:
    by = By(request.GET["by"]) if request.GET.get("by") in list(By) else By.TEACHER
    if by == By.CLASS:
        chosen = request.GET.get("cls", "")
        found = classes_for(user).filter(pk=int(chosen)).first() if chosen.isascii() and chosen.isdigit() else None
        return by, found.pk if found is not None else None
    staff = access_of(user).staff
    return by, staff.pk if by == By.TEACHER and "mine" in request.GET and staff is not None else None


def _query(by: By, only: int | None) -> str:
    if by == By.CLASS and only is not None:
        return f"?by=class&cls={only}"
    return f"?by={by}" + ("&mine=1" if only is not None else "")


def _chips(request: HttpRequest, user: User, by: By, only: int | None) -> list[tuple[str, list[Chip]]]:
    ways = [Chip(words, f"?by={way}", way == by and only is None) for way, words in _WAYS.items()]
    staff = access_of(user).staff
    if staff is not None and can_make_extra(user):
        ways.insert(0, Chip("Мои", "?by=teacher&mine=1", by == By.TEACHER and only is not None))
    if by != By.CLASS:
        return [("Как показать", ways)]
    classes = [Chip(str(one), f"?by=class&cls={one.pk}", one.pk == only) for one in classes_for(user)]
    return [("Как показать", ways), ("Класс", classes)]


@require_POST
def timetable_print(request: HttpRequest, format: str) -> HttpResponse:
    """Order the week as a file; `?by=` as on the page."""
    user, school = extra_reader(request)
    if current_year(school) is None or format not in ("pdf", "xlsx"):
        raise Http404("Печатать нечего.")
    by, _ = _asked_rows(request, user)
    try:
        job = report_job_request(
            by=user,
            school=school,
            kind=TIMETABLE,
            period=WAYS.index(by) + 1,
            format=format,
            key=request.POST.get("once", ""),
        )
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("extra:timetable")
    return redirect("documents:job", pk=job.pk)


@require_GET
def group_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A group: pupils, lessons held and waiting for a record."""
    user, school = extra_reader(request)
    group = group_of(user, pk)
    page = group_page(user, group, school.today())
    told = {"page": page, "group": group, "keeps": can_keep_group(user, group), "today": school.today()}
    return render(request, "iom/extra_group.html", told)


@form_view
def group_new(request: HttpRequest) -> HttpResponse:
    """A new group; `?cls=` are the classes whose pupils are offered, `?pupil=` who is ticked.

    «Показать учеников» sends the form to show pupils of other classes: what was typed stays, nothing is written.
    """
    user, school, year = maker(request)
    classes = _classes_chosen(request, user)
    pupil = whole_number(request.GET.get("pupil"))
    offered = pupils_of_classes(
        pupils_to_add(user), [one.pk for one, picked in classes if picked], pupil, school.today()
    )
    staff = access_of(user).staff
    teachers = teachers_for(user)
    initial: dict[str, Any] = {
        "teacher": staff if staff is not None and teachers.filter(pk=staff.pk).exists() else None,
        "begins": max(school.today(), year.starts),
        "ends": max((period.ends for period in main_periods(year)), default=year.ends),
        "pupils": [pupil] if pupil is not None else [],
    }
    shows = request.method == "POST" and "show" in request.POST
    if shows:
        initial |= {**request.POST.dict(), "pupils": request.POST.getlist("pupils")}
    form = GroupForm(None if shows else sent(request), year=year, teachers=teachers, pupils=offered, initial=initial)
    page = FormPage(
        "Новая группа",
        (UP, reverse("extra:timetable")),
        "Записать группу",
        done="Группа записана.",
        template="iom/extra_new.html",
        more={"classes": classes},
    )
    if shows:
        return render(request, page.template, {"page": page, "form": form, **page.more})

    def save() -> str:
        pupils = list(form.cleaned_data["pupils"])
        group = extra_group_create(by=user, year=year, draft=form.draft(), pupils=pupils)
        return reverse("extra:group", args=[group.pk])

    return answer_form(request, page, form, save)


def _classes_chosen(request: HttpRequest, user: User) -> list[tuple[SchoolClass, bool]]:
    """The person's classes and which of them are chosen; the only one needs no choosing."""
    classes = list(classes_for(user))
    wanted = set(request.POST.getlist("cls") or request.GET.getlist("cls"))
    known = {str(classes[0].pk)} if len(classes) == 1 else wanted
    return [(one, str(one.pk) in known) for one in classes]


def _offered(request: HttpRequest, user: User) -> tuple[QuerySet[Pupil], list[Chip]]:
    """Pupils of the chosen class, the first when none is; the classes as chips."""
    classes: list[SchoolClass] = list(classes_for(user))
    wanted = request.GET.get("cls", "")
    chosen = next((one for one in classes if str(one.pk) == wanted), classes[0] if classes else None)
    today = access_of(user).today
    chips = [Chip(str(one), f"?cls={one.pk}", one == chosen) for one in classes]
    pupils = pupils_to_add(user)
    asked = request.GET.get("pupil", "")
    if asked.isascii() and asked.isdigit():
        pupils = pupils.filter(pk=int(asked))
    elif chosen is not None:
        pupils = pupils.filter(enrolments__in=chosen.enrolments.on(today) if today else [])
    return (with_seats(pupils, today) if today is not None else pupils.none()), chips


@form_view
def group_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Another time, room, teacher or term."""
    user, group = kept_group(request, pk)
    teachers = teachers_for(user) | Staff.objects.filter(pk=group.teacher_id)
    form = GroupForm(sent(request), year=group.year, teachers=teachers, group=group)
    page = FormPage(f"{group.title}: изменить", (group.title, reverse("extra:group", args=[pk])))

    def save() -> None:
        extra_group_change(by=user, group=group, draft=form.draft())

    return answer_form(request, page, form, save)


@form_view
def group_end(request: HttpRequest, pk: int) -> HttpResponse:
    """The group meets for the last time; before its first day it is taken away."""
    user, group = kept_group(request, pk)
    form = LastDayForm(sent(request), initial={"last": group.school.today()})
    up = (group.title, reverse("extra:group", args=[pk]))
    page = FormPage(
        "Закончить группу",
        up,
        "Закончить",
        done="Группа закончена.",
        meta=f"занимается с {group.begins:%d.%m.%Y}; день раньше этого убирает группу из расписания совсем",
    )

    def save() -> str:
        extra_group_end(by=user, group=group, last=form.cleaned_data["last"])
        still = ExtraGroup.objects.filter(pk=pk).exists()
        return up[1] if still else reverse("extra:timetable")

    return answer_form(request, page, form, save)


@form_view
def members_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Pupils who join."""
    user, group = kept_group(request, pk)
    offered, chips = _offered(request, user)
    there = group.members.filter(ends__gte=group.school.today()).values("pupil")
    begins = min(max(group.school.today(), group.begins), group.ends)
    form = MembersForm(sent(request), pupils=offered.exclude(pk__in=there), begins=begins)
    page = FormPage(
        "Записать учеников",
        (group.title, reverse("extra:group", args=[pk])),
        "Записать",
        done="Ученики записаны.",
        meta=group.when,
        template="iom/extra_form.html",
        more={"chips": chips},
    )

    def save() -> None:
        told = form.cleaned_data
        extra_members_add(by=user, group=group, pupils=list(told["pupils"]), begins=told["begins"])

    return answer_form(request, page, form, save)


@form_view
def member_end(request: HttpRequest, pk: int) -> HttpResponse:
    """A pupil leaves the group."""
    user, _ = extra_reader(request)
    member = get_object_or_404(ExtraMember.objects.visible_to(user).select_related("pupil"), pk=pk)
    user, group = kept_group(request, member.group_id)
    form = LastDayForm(sent(request), initial={"last": group.school.today()})
    page = FormPage(
        f"{member.pupil.list_name}: снять с группы",
        (group.title, reverse("extra:group", args=[group.pk])),
        "Снять",
        done="Ученик снят с группы.",
        meta=f"занимается с {member.begins:%d.%m.%Y}; посещения остаются",
    )

    def save() -> None:
        extra_member_end(by=user, member=member, last=form.cleaned_data["last"])

    return answer_form(request, page, form, save)
