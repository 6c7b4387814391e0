"""The page «Допуск к ГИА»: who is in danger in grades 9 and 11 and why; interviews and essays, a class at once."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from common.look import Tab
from common.russian import counted, date_short
from documents.formats import CONTENT_TYPES
from documents.rendering.xlsx import Sheet, render_xlsx
from risk_registry.forms_debts import AdmissionFilterForm, TrialDayForm, TrialsForm
from risk_registry.models import FinalTrial
from risk_registry.permissions_debts import can_keep_trials, can_see_admission
from risk_registry.rules.admission import FINAL_GRADES, LAST, LAST_OF_BASIC, trial_of
from risk_registry.selectors.admission import AdmissionRow, admission_classes, admission_rows, seats_of
from risk_registry.selectors.debts import today_of
from risk_registry.services.admission import trials_set
from school.models import AcademicYear, Enrolment, SchoolClass, User
from school.selectors import current_year
from school.views.base import FormPage, answer_form, sent
from school.views.outdated import form_view

_HEADINGS = ("Обучающийся", "Класс", "Допуск под угрозой", "Основания", "Собеседование или сочинение")


class _Frame:
    """Which grade and class are asked about, and whom the person sees there."""

    def __init__(self, request: HttpRequest) -> None:
        self.user, self.year = _reader(request)
        self.grade = LAST if request.GET.get("grade") == str(LAST) else LAST_OF_BASIC
        self.classes = admission_classes(self.user, self.year, self.grade) if self.year is not None else []
        self.form = AdmissionFilterForm(request.GET, classes=[(one.pk, str(one)) for one in self.classes])
        self.form.is_valid()
        chosen = self.form.cleaned_data.get("cls")
        self.chosen = [one for one in self.classes if chosen in (None, one.pk)]
        every = self._rows()
        self.every = every
        shows_all = self.form.cleaned_data.get("show") == "all"
        self.rows = every if shows_all else [row for row in every if row.reasons]

    def _rows(self) -> list[AdmissionRow]:
        if self.year is None or not self.chosen:
            return []
        return admission_rows(self.user, self.year, self.chosen, today_of(self.user))


def _reader(request: HttpRequest) -> tuple[User, AcademicYear | None]:
    user: Any = request.user
    if not can_see_admission(user):
        raise PermissionDenied("Допуск к ГИА видят администрация школы и классный руководитель своего класса.")
    assert isinstance(user, User)
    return user, current_year(user.school) if user.school is not None else None


@require_GET
def admission_page(request: HttpRequest) -> HttpResponse:
    """Those whose admission is in danger; `?grade=11`, `?cls=` of one class, `?show=all` everybody."""
    frame = _Frame(request)
    danger = sum(bool(row.reasons) for row in frame.every)
    told = {
        "year": frame.year,
        "grade": frame.grade,
        "rows": frame.rows,
        "every": frame.every,
        "classes": frame.chosen,
        "form": frame.form,
        "lead": f"Под угрозой {danger} из {counted(len(frame.every), 'ученика', 'учеников', 'учеников')}",
        "tabs": _tabs(frame.grade),
        "trial": trial_of(frame.grade).label,
        "keeps": can_keep_trials(frame.user),
        "query": request.GET.urlencode(),
    }
    return render(request, "risk_registry/admission.html", told)


def _tabs(grade: int) -> list[Tab]:
    return [Tab(f"{one} классы", f"?{urlencode({'grade': one})}", one == grade) for one in FINAL_GRADES]


@require_GET
def admission_export(request: HttpRequest) -> HttpResponse:
    """The rows of the page as a workbook."""
    frame = _Frame(request)
    if frame.year is None:
        raise Http404
    note = f"{frame.year.school.name}. Допуск к ГИА, {frame.grade} классы. На {date_short(today_of(frame.user))}"
    rows = (
        (
            row.pupil.full_name,
            row.school_class,
            bool(row.reasons),
            "\n".join(one.words for one in row.reasons),
            "\n".join(one.words for one in row.trials),
        )
        for row in frame.rows
    )
    content = render_xlsx([Sheet("Допуск к ГИА", _HEADINGS, rows, note=note, landscape=True)])
    answer = HttpResponse(content, CONTENT_TYPES["xlsx"])
    answer.headers["Content-Disposition"] = str(content_disposition_header(True, f"Допуск, {frame.grade} классы.xlsx"))
    return answer


@form_view
def trials_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The sitting of a class on a day, `?on=` or today: a line a pupil."""
    user, _ = _reader(request)
    school_class = get_object_or_404(
        SchoolClass.objects.select_related("year", "school"), pk=pk, school=user.school, grade__in=FINAL_GRADES
    )
    if not can_keep_trials(user):
        raise PermissionDenied("Итоги собеседования и сочинения вносит заместитель директора.")
    days = TrialDayForm(request.GET or None)
    day = days.cleaned_data["on"] if days.is_valid() else today_of(user)
    form = _trials_form(request, school_class, day)
    everybody = f"?{urlencode({'on': day.isoformat(), 'all': 1})}"
    up = ("Допуск к ГИА", f"{reverse('debts:admission')}?{urlencode({'grade': school_class.grade, 'show': 'all'})}")
    page = FormPage(
        trial_of(school_class.grade).label,
        up,
        f"Записать за {date_short(day)}",
        "Записано.",
        meta=f"{school_class} класс, {date_short(day)}",
        template="risk_registry/trial_form.html",
        more={"days": TrialDayForm(initial={"on": day}), "everybody": everybody},
    )

    def save() -> None:
        trials_set(by=user, school_class=school_class, on=day, passed=form.passed)

    return answer_form(request, page, form, save)


def _trials_form(request: HttpRequest, school_class: SchoolClass, day: date) -> TrialsForm:
    seats: Sequence[Enrolment] = list(
        seats_of(school_class.year, school_class.school.today()).filter(school_class=school_class)
    )
    keys = [seat.pupil_id for seat in seats]
    known = FinalTrial.objects.filter(pupil__in=keys, kind=trial_of(school_class.grade), on=day)
    offered = "1" if request.GET.get("all") else ""
    initial: dict[str, Any] = {f"p{key}": offered for key in keys}
    initial |= {f"p{row.pupil_id}": "1" if row.passed else "0" for row in known}
    return TrialsForm(
        sent(request),
        pupils=[(seat.pupil_id, seat.pupil.list_name) for seat in seats],
        initial=initial,
    )
