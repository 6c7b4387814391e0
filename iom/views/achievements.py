"""Competitions of pupils: the list, several pupils at once, corrections; who of the registry has what."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from common.look import Figure
from common.russian import counted, percent
from documents.formats import CONTENT_TYPES
from iom.forms_achievements import AchievementFilterForm, AchievementForm, AchievementsForm
from iom.models import Achievement
from iom.permissions_programs import can_change_fact, can_write_facts, changeable_facts
from iom.programs_tables import achievements_workbook
from iom.selectors.achievements import achievement_list
from iom.selectors.engagement import LACKS, coverage_counts, covered, lacking
from iom.services.pupil_facts import achievement_change, achievements_add
from iom.services.removing import fact_remove
from iom.views.choosing import choose_class, chosen_pupils, classes_with_pupils
from iom.views.programs import program_reader, tabs_of
from risk_registry.forms_interviews import WhyForm
from risk_registry.selectors.periods import shown_period
from school.models import AcademicYear, Subject, User
from school.selectors import current_year
from school.views.base import FormPage, answer_form, sent
from school.views.filtering import chips_of, options_of
from school.views.outdated import form_view

PER_PAGE = 50
_LABELS = {"text": "Фамилия", "cls": "Класс", "subject": "Предмет", "reach": "Уровень", "place": "Результат"}


class _Frame:
    """The competitions of this year by the filter."""

    def __init__(self, request: HttpRequest) -> None:
        self.user, school = program_reader(request)
        self.year: AcademicYear | None = current_year(school)
        if self.year is None:
            return
        subjects = Subject.objects.filter(school=school)
        options = {"cls": options_of(classes_with_pupils(self.user)), "subject": options_of(list(subjects))}
        self.form = AchievementFilterForm(request.GET, **options)
        self.chosen = self.form.chosen()
        self.rows = achievement_list(
            self.user,
            self.year,
            school_class=self.chosen.get("cls"),
            subject=self.chosen.get("subject"),
            reach=self.chosen.get("reach", ""),
            place=self.chosen.get("place", ""),
            text=self.chosen.get("text", ""),
        )


@require_GET
def competitions_page(request: HttpRequest) -> HttpResponse:
    """The list, filtered."""
    frame = _Frame(request)
    if frame.year is None:
        return render(request, "iom/competitions.html", {"year": None})
    page = Paginator(frame.rows, PER_PAGE).get_page(request.GET.get("page"))
    shown = {
        "tabs": tabs_of("competitions"),
        "year": frame.year,
        "form": frame.form,
        "chips": chips_of(request, frame.form, frame.chosen, _LABELS),
        "page": page,
        "rows": page.object_list,
        "lead": counted(page.paginator.count, "запись", "записи", "записей"),
        "query": request.GET.urlencode(),
        "writes": can_write_facts(frame.user),
        "changeable": changeable_facts(frame.user, list(page.object_list)),
    }
    return render(request, "iom/competitions.html", shown)


@require_GET
def competitions_export(request: HttpRequest) -> HttpResponse:
    """The filtered list as a workbook."""
    frame = _Frame(request)
    if frame.year is None:
        raise Http404("Учебного года ещё нет.")
    answer = HttpResponse(achievements_workbook(frame.year, frame.rows), CONTENT_TYPES["xlsx"])
    name = f"Конкурсы {frame.year}.xlsx".replace("/", "–")
    answer.headers["Content-Disposition"] = str(content_disposition_header(True, name))
    return answer


def _up() -> tuple[str, str]:
    return "Конкурсы", reverse("programs:competitions")


@form_view
def competition_new(request: HttpRequest) -> HttpResponse:
    """Write a competition down for pupils of a class; `?cls=`, or `?pupil=` for one."""
    user, school = program_reader(request)
    if not can_write_facts(user):
        raise PermissionDenied("Конкурсы записывают те, кто работает с учениками.")
    chosen = chosen_pupils(request, user)
    if chosen is None:
        return choose_class(request, user, "Записать конкурс", _up())
    initial = {"on": school.today(), "pupils": [chosen.pupil.pk] if chosen.pupil else []}
    form = AchievementsForm(
        sent(request),
        request.FILES or None,
        pupils=chosen.pupils.select_related("school"),
        subjects=Subject.objects.filter(school=school),
        initial=initial,
    )

    def save() -> str:
        achievements_add(by=user, pupils=list(form.cleaned_data["pupils"]), won=form.won())
        return reverse("progress:pupil", args=[chosen.pupil.pk]) if chosen.pupil else _up()[1]

    page = FormPage("Записать конкурс", _up(), "Записать", "Записано.", meta=f"{chosen.school_class} класс")
    return answer_form(request, page, form, save)


def _changed(request: HttpRequest, pk: int) -> tuple[User, Achievement]:
    user, _ = program_reader(request)
    rows = Achievement.objects.visible_to(user).filter(removed_at__isnull=True)
    found = get_object_or_404(rows.select_related("pupil", "school"), pk=pk)
    if not can_change_fact(user, found):
        raise PermissionDenied("Запись исправляют тот, кто её сделал, классный руководитель и заместитель директора.")
    return user, found


@form_view
def competition_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what was written."""
    user, found = _changed(request, pk)
    initial = {name: getattr(found, name) for name in ("title", "reach", "place", "on")}
    form = AchievementForm(
        sent(request),
        request.FILES or None,
        subjects=Subject.objects.filter(school=found.school),
        initial=initial | {"subject": found.subject_id},
    )
    page = FormPage("Исправить запись о конкурсе", _up(), meta=f"{found.pupil.short_name}: {found.title}")

    def save() -> None:
        achievement_change(by=user, achievement=found, won=form.won())

    return answer_form(request, page, form, save)


@form_view
def competition_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the row back, with the reason."""
    user, found = _changed(request, pk)
    form = WhyForm(sent(request))
    page = FormPage("Отозвать запись о конкурсе", _up(), "Отозвать", meta=f"{found.pupil.short_name}: {found.title}")

    def save() -> None:
        fact_remove(by=user, row=found, why=form.cleaned_data["why"])

    return answer_form(request, page, form, save)


@require_GET
def coverage_page(request: HttpRequest) -> HttpResponse:
    """Pupils of the registry with courses, competitions and mentors; `?lack=course` those without, `?has=` those with.

    `?risk=1`: failing and weak alone.
    """
    user, school = program_reader(request)
    year = current_year(school)
    period = shown_period(year) if year is not None else None
    if period is None:
        return render(request, "iom/engagement.html", {"period": None})
    risk = bool(request.GET.get("risk"))
    rows = list(covered(user, period, school.today(), reserve=not risk))
    lack, has = request.GET.get("lack", ""), request.GET.get("has", "")
    more = "&risk=1" if risk else ""
    figures = [
        Figure(one.title, str(one.number), f"?has={one.code}{more}", f"из {one.of}: {percent(one.number, one.of)}")
        for one in coverage_counts(rows)
    ]
    found = lacking(rows, has, has=True) if has else lacking(rows, lack)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    shown = {
        "tabs": tabs_of("coverage"),
        "period": period,
        "risk": risk,
        "figures": figures,
        "page": page,
        "rows": page.object_list,
        "lacks": [(code, title, f"?lack={code}{more}", code == lack) for code, title in LACKS],
        "lead": counted(len(found), "обучающийся", "обучающихся", "обучающихся"),
        "chosen": dict(LACKS).get(has or lack, ""),
        "has": bool(has),
        "anybody": bool(rows),
    }
    return render(request, "iom/engagement.html", shown)
