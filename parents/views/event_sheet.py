"""Who came to an event, by taps on a phone: a class a page, a line a pupil, a button a parent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from common.errors import Refused
from common.look import Chip
from parents.event_words import EventState
from parents.models import EventMark, ParentEvent
from parents.permissions_events import can_mark
from parents.rules.events import NOBODY, OTHER, Mark, Taps
from parents.selectors.events import SheetLine, classes_of, guardians_by_pupil, sheet_lines
from parents.services.event_marks import event_marks_save
from parents.views.events import seen_event
from school.access import access_of
from school.models import SchoolClass, User
from school.services.once import address_lock
from school.views.filtering import whole_number

SHOWS = {"came": "Были", "nobody": "Никто не пришёл", "unknown": "Нет записи"}


@dataclass(frozen=True)
class Button:
    """A tap: its value, its words, whether it is pressed."""

    value: str
    words: str
    title: str
    pressed: bool


@dataclass(frozen=True)
class Line:
    """A pupil with the buttons of those who may have come."""

    pk: int
    name: str
    buttons: tuple[Button, ...]

    @property
    def stands(self) -> str:
        """As `SHOWS`."""
        pressed = [one.value for one in self.buttons if one.pressed]
        if not pressed:
            return "unknown"
        return "nobody" if pressed == [f"{self.pk}_{NOBODY}"] else "came"

    @property
    def words(self) -> str:
        """For those who only read: «Ковтун Ирина Львовна»; «нет записи»."""
        return "; ".join(one.title for one in self.buttons if one.pressed) or "нет записи"


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """`?cls=` which class, else the own or the first; `?show=` whom; who may not mark reads."""
    user, event = seen_event(request, pk)
    classes = classes_of(event)
    chosen = _class_of(request, user, classes)
    marks = chosen is not None and can_mark(user, event, chosen)
    if request.method == "POST":
        if not marks or chosen is None:
            raise PermissionDenied("Кто был, отмечают тот, кто ведёт, администрация и классный руководитель класса.")
        return _save(request, user, event, classes, chosen)
    return _show(request, user, event, classes, chosen, marks=marks)


def _class_of(request: HttpRequest, user: User, classes: Sequence[SchoolClass]) -> SchoolClass | None:
    wanted = request.GET.get("cls")
    if wanted:
        found = next((one for one in classes if one.pk == whole_number(wanted)), None)
        if found is None:
            raise Http404("Этот класс не приглашён.")
        return found
    staff = access_of(user).staff
    own = [one for one in classes if staff is not None and one.class_teacher_id == staff.pk]
    return next(iter([*own, *classes]), None)


def _save(
    request: HttpRequest, user: User, event: ParentEvent, classes: Sequence[SchoolClass], chosen: SchoolClass
) -> HttpResponse:
    mine = [one for one in classes if can_mark(user, event, one)]
    pupils = [key for key in (whole_number(text) for text in request.POST.get("lines", "").split(",")) if key]
    sent = _marks(request.POST.getlist("came"))
    rest = "rest" in request.POST
    with transaction.atomic():
        address_lock(request.path)
        guardians = guardians_by_pupil(user, event, mine)
        taps = Taps(
            _marks(request.POST.get("shown", "").split(",")), sent, [key for key in pupils if key in guardians], rest
        )
        try:
            event_marks_save(by=user, event=event, taps=taps, guardians=guardians)
        except Refused as refusal:
            problem = refusal.message
        else:
            messages.success(request, f"Записано: {chosen}.")
            return redirect(f"{reverse('events:event', args=[event.pk])}?saved={chosen.pk}")
    return _show(request, user, event, classes, chosen, marks=True, sent=sent, problem=problem)


def _marks(values: Iterable[str]) -> frozenset[Mark]:
    """«12_5», «12_0», «12_-1»; what is none of these is left out."""
    found = set()
    for value in values:
        pupil, _, who = value.partition("_")
        key = NOBODY if who == str(NOBODY) else whole_number(who)
        number = whole_number(pupil)
        if number is not None and key is not None:
            found.add((number, key))
    return frozenset(found)


def _show(
    request: HttpRequest,
    user: User,
    event: ParentEvent,
    classes: Sequence[SchoolClass],
    chosen: SchoolClass | None,
    *,
    marks: bool,
    sent: frozenset[Mark] | None = None,
    problem: str = "",
) -> HttpResponse:
    rows = sheet_lines(user, event, [chosen]) if chosen is not None else []
    standing = _standing(user, event, [row.pupil.pk for row in rows])
    shown = request.POST.get("shown") if problem else None
    lines = [_line(row, standing if sent is None else sent) for row in rows]
    show = request.GET.get("show", "")
    if show in SHOWS:
        lines = [line for line in lines if line.stands == show]
    told = {
        "event": event,
        "chosen": chosen,
        "lines": lines,
        "classes": _chips(event, classes, chosen),
        "shows": _shows(event, chosen, show),
        "marks": marks and event.state != EventState.CANCELLED and event.on <= event.school.today(),
        "future": event.on > event.school.today(),
        "problem": problem,
        "keys": ",".join(str(line.pk) for line in lines),
        "shown": shown if shown is not None else _shown(lines, standing),
        "store": f"opora-event-{user.pk}-{event.pk}-{chosen.pk}" if chosen is not None and not show else "",
    }
    return render(request, "parents/event_sheet.html", told, status=422 if problem else 200)


def _standing(user: User, event: ParentEvent, pupils: Sequence[int]) -> frozenset[Mark]:
    rows = EventMark.objects.visible_to(user).filter(event=event, pupil__in=pupils)
    return frozenset(
        (pupil, guardian if guardian is not None else OTHER if came else NOBODY)
        for pupil, guardian, came in rows.values_list("pupil", "guardian", "came")
    )


def _shown(lines: Sequence[Line], standing: frozenset[Mark]) -> str:
    keys = {line.pk for line in lines}
    return ",".join(sorted(f"{pupil}_{who}" for pupil, who in standing if pupil in keys))


def _line(row: SheetLine, pressed: frozenset[Mark]) -> Line:
    pupil = row.pupil.pk
    people = [(one.key, one.words if one.told else f"{one.words}: ничего не сообщать", one.full) for one in row.people]
    more = [(OTHER, "другой", "другой человек"), (NOBODY, "никто", "никто не пришёл")]
    buttons = tuple(
        Button(f"{pupil}_{key}", words, title, (pupil, key) in pressed) for key, words, title in [*people, *more]
    )
    return Line(pupil, row.pupil.list_name, buttons)


def _chips(event: ParentEvent, classes: Sequence[SchoolClass], chosen: SchoolClass | None) -> list[Chip]:
    here = reverse("events:who", args=[event.pk])
    return [Chip(str(one), f"{here}?cls={one.pk}", one == chosen) for one in classes] if len(classes) > 1 else []


def _shows(event: ParentEvent, chosen: SchoolClass | None, show: str) -> list[Chip]:
    if chosen is None:
        return []
    here = f"{reverse('events:who', args=[event.pk])}?cls={chosen.pk}"
    return [
        Chip("Все", here, show not in SHOWS),
        *(Chip(words, f"{here}&show={key}", key == show) for key, words in SHOWS.items()),
    ]
