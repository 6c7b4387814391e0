"""The plan of events for parents: the list, one event, planning, correcting, moving, cancelling."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from common.look import Tab
from common.russian import counted
from documents.services.reports import report_job_request
from iom.views.work import period_asked
from parents.event_words import EventDeed, EventState, Lacking
from parents.event_workflow import EVENT
from parents.forms_events import EventFilterForm, EventForm, MoveForm
from parents.forms_notices import StepForm
from parents.models import ParentEvent
from parents.permissions_events import (
    can_keep_event,
    can_mark_any,
    can_plan_events,
    can_run_event,
    can_see_events,
    can_see_involved,
    classes_to_invite,
    plans_for_all,
)
from parents.registration_events import PARENT_EVENTS
from parents.selectors.events import (
    WAITS,
    EventQuery,
    audience_words,
    class_lines,
    classes_of,
    events,
    lacks,
    told,
    with_names,
)
from parents.services.events import event_edit, event_move, event_plan, event_step
from risk_registry.views.registry_page import PER_PAGE, CountedPaginator
from school.forms.filtering import ANY
from school.models import AcademicYear, Period, School, SchoolClass, Staff, User
from school.selectors import current_year_of
from school.views.base import FormPage, answer_deed, answer_form, reader, sent
from school.views.filtering import chips_of, options_of, whole_number
from school.views.outdated import form_view

_LABELS = {
    "text": "Тема",
    "period": "Период",
    "kind": "Вид",
    "level": "Уровень",
    "cls": "Класс",
    "stage": "Состояние",
}
_FORMATS = ("pdf", "xlsx")
_UNDO = {"cancel": "Отменить мероприятие", "return": "Снять отметку «прошло»"}


def event_reader(request: HttpRequest) -> tuple[User, School]:
    """Whoever has a duty in the school."""
    user, school = reader(request)
    if not can_see_events(user):
        raise PermissionDenied("Мероприятия для родителей видят сотрудники школы.")
    return user, school


def seen_event(request: HttpRequest, pk: int) -> tuple[User, ParentEvent]:
    """An event of the person's school."""
    user, _ = event_reader(request)
    return user, get_object_or_404(told(ParentEvent.objects.visible_to(user), user), pk=pk)


def kept_event(request: HttpRequest, pk: int) -> tuple[User, ParentEvent]:
    """One that the person may correct, move and cancel."""
    user, row = seen_event(request, pk)
    if not can_keep_event(user, row):
        raise PermissionDenied("Мероприятие правят администрация, служба и классный руководитель, если оно его класса.")
    return user, row


def run_event(request: HttpRequest, pk: int) -> tuple[User, ParentEvent]:
    """One that the person leads or keeps."""
    user, row = seen_event(request, pk)
    if not can_run_event(user, row):
        raise PermissionDenied("Это делает тот, кто ведёт мероприятие, администрация или классный руководитель.")
    return user, row


def up_to(row: ParentEvent) -> tuple[str, str]:
    """Where the pages of an event belong."""
    return row.title, reverse("events:event", args=[row.pk])


def tabs_for(user: User, current: str) -> list[Tab]:
    """The plan; who is involved and the indicators, for those who see them."""
    found = [Tab("План", reverse("events:list"), current == "list")]
    if can_see_involved(user):
        found.append(Tab("Вовлечённость", reverse("events:involved"), current == "involved"))
        found.append(Tab("Показатели 23–27", reverse("events:indicators"), current == "indicators"))
    return found


@dataclass(frozen=True)
class EventRow:
    """A line of the plan."""

    event: ParentEvent
    audience: str
    lacks: tuple[Lacking, ...]


def _offered(year: AcademicYear | None) -> tuple[list[Period], list[SchoolClass]]:
    if year is None:
        return [], []
    periods = [one for one in year.periods.all() if one.system == year.main_system]
    return periods, list(SchoolClass.objects.filter(year=year).order_by("grade", "letter"))


@require_GET
def event_list(request: HttpRequest) -> HttpResponse:
    """The plan of the year, filtered, by months."""
    user, school = event_reader(request)
    year = current_year_of(user)
    periods, classes = _offered(year)
    form = EventFilterForm(
        request.GET, cls=options_of(classes), period=[*ANY, *((one.pk, one.title) for one in periods)]
    )
    chosen = form.chosen()
    rows = events(user, _query(school.today(), year, chosen, periods, classes))
    found = rows.count()
    page = CountedPaginator(with_names(rows), PER_PAGE, found).get_page(request.GET.get("page"))
    today = school.today()
    shown = [EventRow(row, audience_words(row), lacks(row, today)) for row in page.object_list]
    told_of = {
        "page": page,
        "months": [(month, list(lines)) for month, lines in groupby(shown, lambda line: line.event.on.replace(day=1))],
        "form": form,
        "chips": chips_of(request, form, chosen, _LABELS),
        "lead": counted(found, "мероприятие", "мероприятия", "мероприятий"),
        "today": today,
        "tabs": tabs_for(user, "list"),
        "plans": can_plan_events(user),
        "query": request.GET.urlencode(),
        "waits": WAITS,
    }
    return render(request, "parents/event_list.html", told_of)


def _query(
    today: date,
    year: AcademicYear | None,
    chosen: dict[str, object],
    periods: list[Period],
    classes: list[SchoolClass],
) -> EventQuery:
    period = next((one for one in periods if one.pk == chosen.get("period")), None)
    return EventQuery(
        today=today,
        year=year,
        first=period.starts if period else None,
        last=period.ends if period else None,
        kind=str(chosen.get("kind", "")),
        level=str(chosen.get("level", "")),
        school_class=next((one for one in classes if one.pk == chosen.get("cls")), None),
        state=str(chosen.get("stage", "")),
        text=str(chosen.get("text", "")),
    )


@require_POST
def plan_print(request: HttpRequest, format: str) -> HttpResponse:
    """Order the plan with what came of it and the shares, of the year or the chosen period."""
    user, school = event_reader(request)
    if format not in _FORMATS:
        raise Http404
    period = period_asked(request, school)
    job = report_job_request(
        by=user,
        school=school,
        kind=PARENT_EVENTS,
        period=period.number if period is not None else 0,
        year=period.year.start if period is not None else None,
        format=format,
        key=f"parent_events:{format}:{request.POST.get('key', '')[:64]}",
    )
    return redirect("documents:job", pk=job.pk)


def _form(request: HttpRequest, user: User, school: School, event: ParentEvent | None = None) -> EventForm:
    today = school.today()
    staff = Staff.objects.filter(school=school).exclude(left_on__lt=today)
    classes = classes_to_invite(user, event.year_id if event is not None else None)
    whole = plans_for_all(user)
    begins = {"on": today, "leader": user.staff_id, "classes": [] if whole else list(classes)}
    return EventForm(sent(request), classes=classes, staff=staff, everybody=whole, event=event, initial=begins)


@form_view
def event_new(request: HttpRequest) -> HttpResponse:
    """Put an event into the plan."""
    user, school = event_reader(request)
    if not can_plan_events(user):
        raise PermissionDenied("Мероприятия планируют администрация, служба и классные руководители.")
    form = _form(request, user, school)
    page = FormPage(
        "Новое мероприятие", ("Мероприятия для родителей", reverse("events:list")), "В план", "Внесено в план."
    )

    def save() -> str:
        made = event_plan(by=user, school=school, draft=form.draft(), when=form.when())
        return reverse("events:event", args=[made.pk])

    return answer_form(request, page, form, save)


@form_view
def event_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what it is and for whom."""
    user, row = kept_event(request, pk)
    form = _form(request, user, row.school, row)

    def save() -> None:
        event_edit(by=user, event=row, version=row.version, draft=form.draft())

    return answer_form(request, FormPage("Исправить мероприятие", up_to(row)), form, save)


@form_view
def event_shift(request: HttpRequest, pk: int) -> HttpResponse:
    """Another day, hour or place, with the reason."""
    user, row = kept_event(request, pk)
    names = ("on", "starts_at", "ends_at", "place")
    form = MoveForm(sent(request), initial={name: getattr(row, name) for name in names})
    held = row.state == EventState.HELD
    page = FormPage("Исправить день и место" if held else "Перенести", up_to(row), done="Записано.", meta=row.title)

    def save() -> None:
        why = form.cleaned_data["why"]
        event_move(by=user, event=row, version=row.version, when=form.when(), why=why)

    return answer_form(request, page, form, save)


@require_POST
def event_mark(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """`hold`: it took place; `restore`: a cancelled one is in the plan again."""
    if what not in (EventDeed.HOLD, EventDeed.RESTORE):
        raise Http404
    user, row = run_event(request, pk) if what == EventDeed.HOLD else kept_event(request, pk)
    version = whole_number(request.POST.get("version"))
    done = "Отмечено: прошло." if what == EventDeed.HOLD else "Снова в плане."
    return answer_deed(
        request,
        lambda: event_step(by=user, event=row, version=-1 if version is None else version, what=EventDeed(what)),
        done,
        up_to(row)[1],
    )


@form_view
def event_undo(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """`cancel` and `return`, with the reason."""
    if what not in _UNDO:
        raise Http404
    user, row = kept_event(request, pk)
    form = StepForm(sent(request))
    page = FormPage(_UNDO[what], up_to(row), "Записать", "Записано.", meta=row.title)

    def save() -> None:
        comment = form.cleaned_data["comment"]
        event_step(by=user, event=row, version=row.version, what=EventDeed(what), comment=comment)

    return answer_form(request, page, form, save)


@require_GET
def event_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One event: for whom, who came by classes, decisions, materials, what was done with it."""
    user, row = seen_event(request, pk)
    classes = classes_of(row)
    today = row.school.today()
    keeps, runs = can_keep_event(user, row), can_run_event(user, row)
    told_of = {
        "event": row,
        "audience": audience_words(row),
        "questions": [line.strip() for line in row.questions.splitlines() if line.strip()],
        "lines": class_lines(user, row, classes),
        "decisions": row.decisions.select_related("responsible"),
        "materials": row.materials.filter(removed_at__isnull=True).select_related("by__staff"),
        "steps": row.steps.select_related("by__staff"),
        "protocols": row.protocols.select_related("by__staff"),
        "lacks": lacks(row, today),
        "deeds": EVENT.deeds(row.state),
        "keeps": keeps,
        "runs": runs,
        "marks": can_mark_any(user, row, classes),
        "past": row.on <= today,
        "today": today,
        "open": row.concluded_on is None and row.state != EventState.CANCELLED,
    }
    return render(request, "parents/event_detail.html", told_of)
