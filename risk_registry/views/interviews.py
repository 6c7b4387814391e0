"""The page «Собеседования»: by class and month, by teacher and pupil of a period, what is planned, the journal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from common.errors import Refused
from common.look import Chip, Tab
from common.russian import counted
from documents.formats import CONTENT_TYPES
from risk_registry.forms_interviews import PlanForm
from risk_registry.interviews import InterviewKind
from risk_registry.interviews_tables import interviews_workbook
from risk_registry.permissions import can_hold_interviews
from risk_registry.rules.interviews import Month, interview_months
from risk_registry.selectors.interviews import (
    class_lines,
    planned_talks,
    pupil_lines,
    pupils_named,
    staff_of,
    teacher_lines,
    teachers_named,
    year_talks,
)
from risk_registry.selectors.lists import PeriodChoice, period_choice
from risk_registry.services.interviews import Partner, interviews_hold, interviews_plan
from school.access import pupils_for
from school.models import Period, User
from school.views.base import asked, reader, sent
from school.views.filtering import query_without, whole_number
from school.views.outdated import form_view

PER_PAGE = 50
PLANNED, JOURNAL = "planned", "journal"
_TABS = (
    (InterviewKind.MONTHLY, "Классные руководители"),
    (InterviewKind.SUBJECT, "Учителя"),
    (InterviewKind.PUPIL, "Обучающиеся"),
    (InterviewKind.CLOSING, "По итогам периода"),
    (PLANNED, "Запланированы"),
    (JOURNAL, "Журнал"),
)
_REFUSED = "Собеседования проводят директор и заместитель директора."


@dataclass(frozen=True)
class Frame:
    """What is asked for: which tab, of which period or months."""

    user: User
    show: str
    period: Period
    choice: PeriodChoice
    months: Sequence[Month]
    today: date
    find: str = ""  # a name that the lists do not have

    @property
    def by_month(self) -> bool:
        """Whether it is the table of classes and months."""
        return self.show == InterviewKind.MONTHLY

    @property
    def by_period(self) -> bool:
        """Whether it is a list of a period."""
        return not self.by_month and self.show not in (PLANNED, JOURNAL)


def holder(request: HttpRequest) -> User:
    """Who asks; 403 for whoever holds no interviews."""
    user, _ = reader(request)
    if not can_hold_interviews(user):
        raise PermissionDenied(_REFUSED)
    return user


@form_view
def interviews_page(request: HttpRequest) -> HttpResponse:
    """One tab; a POST plans talks with the chosen for a day, or notes them as held."""
    frame = _frame(request, holder(request))
    if frame is None:
        return render(request, "risk_registry/interviews.html", {"period": None})
    form = PlanForm(sent(request), months=_month_choices(frame), initial=_initial(frame))
    posted = request.method == "POST"
    if posted and form.is_valid() and _save(request, frame, form):
        return redirect(request.path + query_without(request))
    told = {
        "period": frame.period,
        "show": frame.show,
        "frame": frame,
        "form": form,
        "tabs": _tabs(frame),
        "left": bool(request.GET.get("left")),
        "chips": _chips(request, frame),
        "picked": set(request.POST.getlist("pick")),
        "year": frame.period.year,
        **_rows(request, frame),
    }
    return render(request, "risk_registry/interviews.html", told, status=422 if posted else 200)


def _frame(request: HttpRequest, user: User) -> Frame | None:
    tab = request.GET.get("show", InterviewKind.MONTHLY)
    show = tab if tab in {key for key, _ in _TABS} else str(InterviewKind.MONTHLY)
    running = show == InterviewKind.SUBJECT
    choice = period_choice(user, whole_number(request.GET.get("period")), running=running)
    if choice.period is None:
        return None
    year = choice.period.year
    months = interview_months(year.starts, year.ends, choice.holidays)
    find = asked(request, "find")[:100]
    return Frame(user, show, choice.period, choice, months, year.school.today(), find)


def _month_choices(frame: Frame) -> list[tuple[str, str]]:
    return [(one.first.isoformat(), one.name) for one in frame.months] if frame.by_month else []


def _initial(frame: Frame) -> dict[str, Any]:
    begun = [one.first.isoformat() for one in frame.months if one.first <= frame.today]
    return {"on": frame.today, "month": begun[-1] if begun else None}


def _tabs(frame: Frame) -> list[Tab]:
    return [
        Tab(title, "?" if key == InterviewKind.MONTHLY else f"?show={key}", key == frame.show) for key, title in _TABS
    ]


def _chips(request: HttpRequest, frame: Frame) -> list[Chip]:
    """Periods that have begun, and whether only those without a record are shown."""
    left = bool(request.GET.get("left"))
    chips = []
    if frame.by_period:
        begun = [
            one for one in frame.choice.periods if one.starts <= frame.today and one.year_id == frame.period.year_id
        ]
        chips += [Chip(one.title, query_without(request, period=str(one.pk)), one == frame.period) for one in begun]
    if frame.by_period or frame.by_month:
        url = query_without(request, "left") if left else query_without(request, left="1")
        chips.append(Chip("Без записи", url, left, removes=left))
    return chips


def _rows(request: HttpRequest, frame: Frame) -> dict[str, Any]:
    """Lines of the tab; `?left=1` those without a record."""
    year = frame.period.year
    if frame.show in (PLANNED, JOURNAL):
        talks = (planned_talks if frame.show == PLANNED else year_talks)(frame.user, year)
        return {"page": Paginator(talks, PER_PAGE).get_page(request.GET.get("page"))}
    lines: list[Any] = _lines(frame)
    shown = [line for line in lines if line.missing] if request.GET.get("left") else lines
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    missing = sum(line.missing for line in lines)
    return {"lines": page.object_list, "page": page, "missing": missing, "all": len(lines)}


def _lines(frame: Frame) -> list[Any]:
    if frame.by_month:
        return list(class_lines(frame.user, frame.period.year, frame.months, frame.today))
    if frame.show == InterviewKind.PUPIL:
        found = pupils_named(frame.user, frame.period, frame.find) if frame.find else None
        return found if found is not None else list(pupil_lines(frame.user, frame.period))
    if frame.find:
        return teachers_named(frame.user, frame.period, InterviewKind(frame.show), frame.find)
    return list(teacher_lines(frame.user, frame.period, InterviewKind(frame.show), frame.today))


def _save(request: HttpRequest, frame: Frame, form: PlanForm) -> bool:
    partners = _chosen(request, frame, form)
    if not partners:
        form.add_error(None, "Отметьте в списке, с кем собеседование.")
        return False
    service = interviews_hold if request.POST.get("what") == "held" else interviews_plan
    try:
        done = service(by=frame.user, year=frame.period.year, partners=partners, on=form.cleaned_data["on"])
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return False
    words = counted(done, "собеседование", "собеседования", "собеседований")
    what = "Записано проведённых" if service is interviews_hold else "Запланировано"
    rest = f" У остальных ({len(partners) - done}) запись уже есть." if done < len(partners) else ""
    messages.success(request, f"{what}: {words}.{rest}")
    return True


def _chosen(request: HttpRequest, frame: Frame, form: PlanForm) -> list[Partner]:
    """404 for a key that the list of the tab does not have."""
    keys = {whole_number(pick) for pick in request.POST.getlist("pick")}
    if not frame.by_month and not frame.by_period:
        raise Http404
    lines = _lines(frame)
    if frame.by_month:
        classes = {line.school_class.pk: line.school_class for line in lines}
        _refuse_others(keys, classes)
        month = form.cleaned_data["month"]
        return [
            Partner(InterviewKind.MONTHLY, staff=one.class_teacher, school_class=one, month=month)
            for key, one in classes.items()
            if key in keys
        ]
    _refuse_others(keys, [line.key for line in lines])
    return _people(frame, {key for key in keys if key is not None})


def _refuse_others(keys: Any, known: Any) -> None:
    if keys - set(known):
        raise Http404


def _people(frame: Frame, keys: set[int]) -> list[Partner]:
    kind, period = InterviewKind(frame.show), frame.period
    if kind != InterviewKind.PUPIL:
        return [Partner(kind, staff=one, period=period) for one in staff_of(keys, period.year.school_id)]
    return [Partner(kind, pupil=one, period=period) for one in pupils_for(frame.user).filter(pk__in=keys)]


@require_GET
def interviews_export(request: HttpRequest) -> HttpResponse:
    """The year's journal as a workbook."""
    frame = _frame(request, holder(request))
    if frame is None:
        raise Http404("Учебного года ещё нет.")
    year = frame.period.year
    answer = HttpResponse(interviews_workbook(year, year_talks(frame.user, year)), CONTENT_TYPES["xlsx"])
    name = f"Собеседования {year}.xlsx".replace("/", "–")
    answer.headers["Content-Disposition"] = str(content_disposition_header(True, name))
    return answer
