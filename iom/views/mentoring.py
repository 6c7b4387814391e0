"""Mentoring pairs: the list, one of them, its way."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from common.look import Figure
from common.russian import counted, date_words
from documents.formats import CONTENT_TYPES
from iom.forms_mentoring import EndForm, PairFilterForm, PlanForm
from iom.mentoring import PairForm, PairState, Rhythm
from iom.mentoring_tables import pairs_workbook
from iom.models import MentoringPair
from iom.permissions_mentoring import (
    can_change_pair,
    can_decide_pairs,
    can_propose_pairs,
    can_see_pairs,
    can_write_meetings,
    pair_deeds,
)
from iom.selectors.mentoring import (
    SILENT,
    PairQuery,
    PairRow,
    count_by_form,
    pair_list,
    pair_rows,
    subjects_of_pairs,
    told,
)
from iom.selectors.mentors import present_staff
from iom.services.mentoring import pair_correct, pair_end, pair_finish, pair_resume, pair_start
from risk_registry.forms_interviews import WhyForm
from school.access import access_of, pupils_for
from school.models import AcademicYear, User
from school.selectors import current_year, holiday_spans
from school.views.base import FormPage, answer_deed, answer_form, reader, sent
from school.views.filtering import chips_of, options_of
from school.views.outdated import form_view

PER_PAGE = 50
_LABELS = {"text": "Фамилия", "form": "Форма", "kind": "Состояние", "subject": "Предмет", "day": "На дату"}


def pair_reader(request: HttpRequest) -> User:
    """Whoever has a duty in the school."""
    user, _ = reader(request)
    if not can_see_pairs(user):
        raise PermissionDenied("Наставнические пары видят сотрудники школы.")
    return user


class _Frame:
    """The pairs of this year by the filter."""

    def __init__(self, request: HttpRequest) -> None:
        self.user = pair_reader(request)
        assert self.user.school is not None
        self.today = self.user.school.today()
        self.year: AcademicYear | None = current_year(self.user.school)
        if self.year is None:
            return
        self.form = PairFilterForm(request.GET, subject=options_of(subjects_of_pairs(self.user, self.year)))
        self.chosen = self.form.chosen()
        self.day = self.chosen.get("day") or self.today
        query = PairQuery(
            form=self.chosen.get("form", ""),
            state=self.chosen.get("kind", ""),
            subject=self.chosen.get("subject"),
            text=self.chosen.get("text", ""),
            day=self.day,
        )
        pairs = pair_list(self.user, self.year, query, self.today)
        self.rows = pair_rows(pairs, self.today, holiday_spans(self.year))
        if query.state == SILENT:
            self.rows = [row for row in self.rows if row.silent]


@require_GET
def pairs_page(request: HttpRequest) -> HttpResponse:
    """The list, filtered, under the counts of the day by form."""
    frame = _Frame(request)
    if frame.year is None:
        return render(request, "iom/pairs.html", {"year": None})
    page = Paginator(frame.rows, PER_PAGE).get_page(request.GET.get("page"))
    shown = {
        "year": frame.year,
        "form": frame.form,
        "chips": chips_of(request, frame.form, frame.chosen, _LABELS),
        "page": page,
        "rows": page.object_list,
        "figures": _figures(frame),
        "lead": counted(len(frame.rows), "пара", "пары", "пар"),
        "query": request.GET.urlencode(),
        "proposes": can_propose_pairs(frame.user),
    }
    return render(request, "iom/pairs.html", shown)


def _figures(frame: _Frame) -> list[Figure]:
    page = reverse("mentoring:list")
    words = f"действуют на {date_words(frame.day)}"
    return [
        Figure(
            one.form.label.capitalize(),
            str(one.number),
            f"{page}?form={one.form.value}&kind=now&day={frame.day.isoformat()}",
            words,
        )
        for one in count_by_form(frame.user, frame.day)
    ]


@require_GET
def pairs_export(request: HttpRequest) -> HttpResponse:
    """The filtered list as a workbook."""
    frame = _Frame(request)
    if frame.year is None:
        raise Http404("Учебного года ещё нет.")
    answer = HttpResponse(pairs_workbook(frame.year, frame.rows), CONTENT_TYPES["xlsx"])
    name = f"Наставнические пары {frame.year}.xlsx".replace("/", "–")
    answer.headers["Content-Disposition"] = str(content_disposition_header(True, name))
    return answer


def seen_pair(request: HttpRequest, pk: int) -> tuple[User, MentoringPair]:
    """404 for a pair that the person does not see."""
    user = pair_reader(request)
    people = ("mentor", "mentor_pupil", "staff", "pupil", "curator", "subject", "school", "year")
    return user, get_object_or_404(MentoringPair.objects.visible_to(user).select_related(*people), pk=pk)


def changed_pair(request: HttpRequest, pk: int) -> tuple[User, MentoringPair]:
    """403 for a pair that is only seen."""
    user, pair = seen_pair(request, pk)
    if not can_change_pair(user, pair):
        raise PermissionDenied("Пару меняют заместитель директора, руководитель ШМО и классный руководитель.")
    return user, pair


@require_GET
def pair_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One pair: what it plans, what was held, how it is assessed, who did what."""
    user, pair = seen_pair(request, pk)
    today = pair.school.today()
    rows = told(MentoringPair.objects.visible_to(user).filter(pk=pk), today)
    row: PairRow = pair_rows(rows, today, holiday_spans(pair.year))[0]
    pupils = [one for one in (pair.pupil_id, pair.mentor_pupil_id) if one is not None]
    shown = {
        "pair": pair,
        "row": row,
        "deeds": pair_deeds(user, pair),
        "corrects": can_change_pair(user, pair) and not pair.is_over,
        "writes": can_write_meetings(user, pair) and pair.state != PairState.PROPOSED,
        "meetings": pair.meetings.filter(removed_at__isnull=True).select_related("by__staff"),
        "assessments": pair.assessments.filter(removed_at__isnull=True).select_related("by__staff"),
        "steps": pair.steps.select_related("by__staff"),
        "opens": set(pupils_for(user).filter(pk__in=pupils).order_by().values_list("pk", flat=True)),
        "today": today,
    }
    return render(request, "iom/pair.html", shown)


@form_view
def pair_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what the pair plans."""
    user, pair = changed_pair(request, pk)
    initial = {
        "goals": pair.goals,
        "program": pair.program,
        "rhythm": pair.rhythm,
        "weekdays": list(pair.weekdays),
        "begins": pair.begins,
        "ends": pair.ends,
        "curator": pair.curator_id,
        "assistant": pair.assistant,
    }
    form = PlanForm(sent(request), form=PairForm(pair.form), curators=present_staff(pair.school), initial=initial)

    def save() -> None:
        pair_correct(by=user, pair=pair, plan=form.plan())

    return answer_form(request, pair_form_page("Исправить пару", pair, "Сохранить"), form, save)


@require_POST
def pair_starting(request: HttpRequest, pk: int) -> HttpResponse:
    """A proposed pair begins its work."""
    user, pair = seen_pair(request, pk)
    if not can_decide_pairs(user):
        raise PermissionDenied("Пару запускают заместитель директора и руководитель ШМО.")
    return answer_deed(request, lambda: pair_start(by=user, pair=pair), "Пара действует.", _address(pair))


@form_view
def pair_finishing(request: HttpRequest, pk: int) -> HttpResponse:
    """The pair has done its work."""
    user, pair = changed_pair(request, pk)
    form = EndForm(sent(request), early=False, initial={"on": pair.school.today()})
    return _answer_end(
        request, pair, form, "Завершить пару", lambda: pair_finish(by=user, pair=pair, on=form.cleaned_data["on"])
    )


@form_view
def pair_ending(request: HttpRequest, pk: int) -> HttpResponse:
    """The pair ends early, with the reason."""
    user, pair = changed_pair(request, pk)
    form = EndForm(sent(request), early=True, initial={"on": pair.school.today()})

    def save() -> MentoringPair:
        return pair_end(by=user, pair=pair, on=form.cleaned_data["on"], why=form.cleaned_data["why"])

    return _answer_end(request, pair, form, "Прекратить досрочно", save)


@form_view
def pair_resuming(request: HttpRequest, pk: int) -> HttpResponse:
    """Take up again what was ended."""
    user, pair = changed_pair(request, pk)
    form = WhyForm(sent(request))
    return _answer_end(
        request, pair, form, "Возобновить пару", lambda: pair_resume(by=user, pair=pair, why=form.cleaned_data["why"])
    )


def _answer_end(
    request: HttpRequest, pair: MentoringPair, form: EndForm | WhyForm, heading: str, deed: Callable[[], MentoringPair]
) -> HttpResponse:
    def save() -> None:
        deed()

    return answer_form(request, pair_form_page(heading, pair, "Записать"), form, save)


def _address(pair: MentoringPair) -> str:
    return reverse("mentoring:pair", args=[pair.pk])


def pair_form_page(heading: str, pair: MentoringPair, button: str = "Записать") -> FormPage:
    """A page that is one form about the pair."""
    names = f"{pair.mentor_name} — {pair.led_name}"
    meta = names + (f", {pair.subject}" if pair.subject else "")
    return FormPage(heading, (names, _address(pair)), button, "Записано.", meta=meta)


def new_plan(user: User, year: AcademicYear) -> dict[str, object]:
    """What a new pair begins with: today until the end of the year, weekly; the proposer is the curator."""
    today = year.school.today()
    begins = max(today, year.starts)
    staff = access_of(user).staff
    return {
        "rhythm": Rhythm.WEEK,
        "begins": begins,
        "ends": year.ends,
        "curator": staff.pk if staff else None,
    }
