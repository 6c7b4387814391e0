"""The school's day: bells, weeks of lessons, buses."""

from datetime import time
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_time
from django.views.decorators.http import require_GET, require_POST

from common.errors import Refused
from common.look import Chip, Tab
from school.forms.day import BusForm, RidersForm, WeekForm
from school.lessons_text import read_cell
from school.models import BusRider, BusRun, School, SchoolClass, Subgroup, Subject, User, Weekday
from school.permissions_day import can_keep_day, can_keep_riders, classes_of_riders, pupils_of_riders
from school.selectors import current_year
from school.selectors_day import (
    SHIFTS,
    bell_lines,
    bus_rows,
    class_week,
    classes_with_lessons,
    groups_by_words,
    pupils_to_ride,
    riders_of,
    subjects_by_words,
)
from school.services.day import (
    BellDraft,
    LessonDraft,
    bells_write,
    bus_delete,
    bus_save,
    lessons_write,
    rider_end,
    riders_add,
)
from school.views.base import FormPage, answer_deed, answer_form, reader, sent
from school.views.outdated import form_view

_KEEPERS_ONLY = "Звонки, расписание уроков и рейсы ведут директор, заместитель директора и администратор."
_RIDERS_ONLY = "Пассажиров автобуса записывают администрация школы и классный руководитель."


def _keeper(request: HttpRequest) -> tuple[User, School]:
    user, school = reader(request)
    if not can_keep_day(user):
        raise PermissionDenied(_KEEPERS_ONLY)
    return user, school


def _tabs(user: User, current: str) -> list[Tab]:
    pages = [
        ("Уроки", "day:lessons", True),
        ("Звонки", "day:bells", True),
        ("Автобусы", "day:buses", can_keep_riders(user)),
    ]
    return [Tab(title, reverse(name), name == current) for title, name, shown in pages if shown]


@require_GET
def lessons(request: HttpRequest) -> HttpResponse:
    """Which classes have a week of lessons written down."""
    user, school = reader(request)
    year = current_year(school)
    rows = classes_with_lessons(year, school.today()) if year is not None else []
    told = {"rows": rows, "tabs": _tabs(user, "day:lessons"), "keeps": can_keep_day(user), "year": year}
    return render(request, "school/day_lessons.html", told)


@form_view
def bells(request: HttpRequest) -> HttpResponse:
    """The bells of both shifts; inputs «from-1-3» and «to-1-3» are the third lesson of the first shift."""
    user, school = reader(request)
    told: dict[str, Any] = {"tabs": _tabs(user, "day:bells"), "keeps": can_keep_day(user)}
    status = 200
    if request.method == "POST":
        if not can_keep_day(user):
            raise PermissionDenied(_KEEPERS_ONLY)
        try:
            for shift in SHIFTS:
                bells_write(by=user, school=school, shift=shift, bells=_typed_bells(request, shift))
        except Refused as refusal:
            told["problem"], status = refusal.message, 422
        else:
            messages.success(request, "Звонки записаны.")
            return redirect("day:bells")
    told["shifts"] = [
        (shift, [_bell_cells(request, shift, line) for line in bell_lines(school, shift)]) for shift in SHIFTS
    ]
    return render(request, "school/day_bells.html", told, status=status)


def _typed_bells(request: HttpRequest, shift: int) -> list[BellDraft]:
    found = []
    for number in range(13):
        first, last = (request.POST.get(f"{side}-{shift}-{number}", "").strip() for side in ("from", "to"))
        if not first and not last:
            continue
        starts, ends = _time(first), _time(last)
        if starts is None or ends is None:
            raise Refused(f"{shift}-я смена, {number}-й урок: укажите и начало, и конец, например 08:30 и 09:10.")
        found.append(BellDraft(number, starts, ends))
    return found


def _time(text: str) -> time | None:
    try:
        return parse_time(text.replace(".", ":"))
    except ValueError:
        return None


def _bell_cells(request: HttpRequest, shift: int, line: Any) -> tuple[int, str, str]:
    """What was typed stays when it is refused."""
    known = [f"{at:%H:%M}" if at is not None else "" for at in (line.starts, line.ends)]
    if request.method == "POST":
        known = [request.POST.get(f"{side}-{shift}-{line.number}", "") for side in ("from", "to")]
    return line.number, known[0], known[1]


@form_view
def week(request: HttpRequest, pk: int) -> HttpResponse:
    """A class's week: a table to type in; cells are «day-number», e.g. «2-6» for the sixth lesson of Tuesday."""
    user, school = reader(request)
    place = get_object_or_404(SchoolClass.objects.select_related("year", "school"), pk=pk, school=school)
    today = min(max(school.today(), place.year.starts), place.year.ends)
    known = class_week(place, today)
    form = WeekForm(
        sent(request), initial={"shift": known.shift, "starts": today if known.known else place.year.starts}
    )
    problems: list[str] = []
    if request.method == "POST":
        if not can_keep_day(user):
            raise PermissionDenied(_KEEPERS_ONLY)
        drafts = _typed_lessons(request, place, problems)
        if form.is_valid() and not problems:
            try:
                lessons_write(by=user, school_class=place, lessons=drafts, **form.cleaned_data)
            except Refused as refusal:
                problems.append(refusal.message)
            else:
                messages.success(request, f"Расписание {place} записано.")
                return redirect("day:week", pk)
        known = class_week(place, today, request.POST.dict())
    told = {
        "place": place,
        "week": known,
        "days": Weekday.labels,
        "form": form,
        "problems": problems,
        "keeps": can_keep_day(user),
        "subjects": Subject.objects.filter(school=school),
        "groups": place.subgroups.all(),
    }
    return render(request, "school/day_week.html", told, status=422 if request.method == "POST" else 200)


def _typed_lessons(request: HttpRequest, place: SchoolClass, problems: list[str]) -> list[LessonDraft]:
    words, parts = subjects_by_words(place.school), groups_by_words(place)
    subjects = Subject.objects.in_bulk(set(words.values()))
    groups = Subgroup.objects.in_bulk(set(parts.values()))
    drafts = []
    for day in Weekday:
        for number in range(13):
            text = request.POST.get(f"{day.value}-{number}", "")
            try:
                cell = read_cell(text, words, parts)
            except ValueError as unknown:
                problems.append(f"{day.label.capitalize()}, {number}-й урок: {unknown}.")
                continue
            drafts += [
                LessonDraft(
                    day.value, number, subjects[one.subject], groups[one.subgroup] if one.subgroup else None, one.room
                )
                for one in cell
            ]
    return drafts


def _rider_keeper(request: HttpRequest) -> tuple[User, School]:
    user, school = reader(request)
    if not can_keep_riders(user):
        raise PermissionDenied(_RIDERS_ONLY)
    return user, school


@require_GET
def buses(request: HttpRequest) -> HttpResponse:
    """The runs of the school's bus."""
    user, school = _rider_keeper(request)
    names = dict(zip(Weekday.values, ("пн", "вт", "ср", "чт", "пт", "сб"), strict=True))
    rows = [(bus, ", ".join(names[day] for day in bus.weekdays if day in names)) for bus in bus_rows(user, school)]
    told = {"rows": rows, "tabs": _tabs(user, "day:buses"), "keeps": can_keep_day(user)}
    return render(request, "school/day_buses.html", told)


def _bus(school: School, pk: int) -> BusRun:
    rows: QuerySet[BusRun] = BusRun.objects.select_related("school")
    return get_object_or_404(rows, pk=pk, school=school)


@form_view
def bus_new(request: HttpRequest) -> HttpResponse:
    """A new run."""
    user, school = _keeper(request)
    form = BusForm(sent(request))
    page = FormPage("Новый рейс", ("Автобусы", reverse("day:buses")), "Записать рейс", done="Рейс записан.")

    def save() -> str:
        bus = bus_save(by=user, school=school, bus=None, **form.cleaned_data)
        return reverse("day:bus", args=[bus.pk])

    return answer_form(request, page, form, save)


@form_view
def bus_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Another time or other days of a run."""
    user, school = _keeper(request)
    row = _bus(school, pk)
    form = BusForm(sent(request), bus=row)
    warning = "Дополнительные занятия, которые уже стоят, сами не переносятся: накладки покажет страница группы."
    page = FormPage(f"Рейс «{row.title}»", (str(row), reverse("day:bus", args=[pk])), warning=warning)

    def save() -> None:
        bus_save(by=user, school=school, bus=row, **form.cleaned_data)

    return answer_form(request, page, form, save)


@require_POST
def bus_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """The run is no more."""
    user, school = _keeper(request)
    row = _bus(school, pk)
    return answer_deed(request, lambda: bus_delete(by=user, bus=row), "Рейс удалён.", reverse("day:buses"))


@form_view
def bus(request: HttpRequest, pk: int) -> HttpResponse:
    """Who rides on a run; `?cls=` is the class whose pupils are offered."""
    user, school = _rider_keeper(request)
    row = _bus(school, pk)
    classes = list(classes_of_riders(user))
    chosen = next((one for one in classes if str(one.pk) == request.GET.get("cls")), classes[0] if classes else None)
    offered = pupils_to_ride(user, row, chosen) if chosen is not None else pupils_of_riders(user).none()
    form = RidersForm(sent(request), pupils=offered, initial={"starts": school.today()})
    own = pupils_of_riders(user)
    told = {
        "bus": row,
        "riders": riders_of(user, row, own),
        "chips": [Chip(str(one), f"?cls={one.pk}", one == chosen) for one in classes],
        "keeps": can_keep_day(user),
        "offers": offered.exists(),
        "chosen": chosen,
    }
    up = ("Автобусы", reverse("day:buses"))
    page = FormPage(str(row), up, "Записать на рейс", done="Записано.", template="school/day_bus.html", more=told)

    def save() -> str:
        riders_add(by=user, bus=row, **form.cleaned_data)
        return f"{reverse('day:bus', args=[pk])}?cls={chosen.pk if chosen is not None else ''}"

    return answer_form(request, page, form, save)


@require_POST
def rider_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """A pupil does not ride any more."""
    user, school = _rider_keeper(request)
    rows = BusRider.objects.select_related("run").filter(pupil__in=pupils_of_riders(user).order_by().values("pk"))
    row = get_object_or_404(rows, pk=pk)
    back = reverse("day:bus", args=[row.run_id])
    return answer_deed(request, lambda: rider_end(by=user, rider=row, today=school.today()), "С рейса снят.", back)
