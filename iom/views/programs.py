"""The register of programs: the list under its indicators, one program, its changes, who goes there."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from common.look import Figure, Tab
from common.russian import counted, percent
from documents.formats import CONTENT_TYPES
from iom.forms_programs import ProgramFilterForm, ProgramForm
from iom.models import NetworkPartner, Program
from iom.permissions_programs import can_keep_programs, can_see_programs, can_write_facts, changeable_facts
from iom.programs import LevelWord, ProgramKind
from iom.programs_tables import programs_workbook
from iom.rules.programs import LEAST_OF_LEVEL, ProgramCounts
from iom.selectors.mentors import present_staff
from iom.selectors.programs import ProgramQuery, program_counts, program_list, program_seats, programs_of
from iom.services.programs import program_add, program_change
from iom.services.removing import fact_remove
from risk_registry.forms_interviews import WhyForm
from school.models import School, Subject, User
from school.selectors_history import history_of
from school.views.base import FormPage, answer_form, reader, sent
from school.views.filtering import chips_of, options_of
from school.views.outdated import form_view

PER_PAGE = 50
_LABELS = {
    "text": "Название",
    "kind": "Вид",
    "level": "Уровень",
    "subject": "Предмет",
    "term": "Срок",
    "approved": "Утверждение",
    "network": "Сетевая форма",
    "literacy": "Функциональная грамотность",
    "supports": "Пять предметов показателя 19",
    "where": "Кто ведёт",
}


def program_reader(request: HttpRequest) -> tuple[User, School]:
    """Whoever has a duty in the school."""
    user, school = reader(request)
    if not can_see_programs(user):
        raise PermissionDenied("Реестр программ видят сотрудники школы.")
    return user, school


def program_keeper(request: HttpRequest) -> tuple[User, School]:
    """Whoever keeps the register."""
    user, school = program_reader(request)
    if not can_keep_programs(user):
        raise PermissionDenied("Реестр программ ведут заместитель директора и руководители ШМО.")
    return user, school


def tabs_of(current: str) -> list[Tab]:
    """The pages of programs: each a link of its own."""
    pages = (("list", "Программы"), ("partners", "Партнёры"), ("competitions", "Конкурсы"), ("coverage", "Охват"))
    return [Tab(title, reverse(f"programs:{name}"), name == current) for name, title in pages]


class _Frame:
    """The programs by the filter."""

    def __init__(self, request: HttpRequest) -> None:
        self.user, self.school = program_reader(request)
        self.today = self.school.today()
        subjects = Subject.objects.filter(pk__in=programs_of(self.user).values("subject"))
        self.form = ProgramFilterForm(request.GET, subject=options_of(list(subjects)))
        self.chosen = self.form.chosen()
        words = {name: self.chosen.get(name, "") for name in ("kind", "level", "approved", "where", "text")}
        query = ProgramQuery(
            day=self.today,
            state=self.chosen.get("term", ""),
            subject=self.chosen.get("subject"),
            network=bool(self.chosen.get("network")),
            literacy=bool(self.chosen.get("literacy")),
            supports=bool(self.chosen.get("supports")),
            **words,
        )
        self.rows = program_list(self.user, query)


@require_GET
def programs_page(request: HttpRequest) -> HttpResponse:
    """The list, filtered, under the indicators."""
    frame = _Frame(request)
    page = Paginator(frame.rows, PER_PAGE).get_page(request.GET.get("page"))
    counts = program_counts(frame.user, frame.today)
    shown = {
        "tabs": tabs_of("list"),
        "form": frame.form,
        "chips": chips_of(request, frame.form, frame.chosen, _LABELS),
        "page": page,
        "rows": page.object_list,
        "figures": _figures(counts),
        "least": LEAST_OF_LEVEL,
        "lead": counted(page.paginator.count, "программа", "программы", "программ"),
        "query": request.GET.urlencode(),
        "keeps": can_keep_programs(frame.user),
        "today": frame.today,
    }
    return render(request, "iom/programs.html", shown)


def _figures(counts: ProgramCounts) -> list[Figure]:
    """Показатели 14, 19, 20 and the numbers per level, each leading to its programs."""
    page = reverse("programs:list")
    support = f"{page}?kind=vud&supports=1&approved=yes&where=own"
    network = f"из {counts.all}: {percent(counts.network, counts.all)}"
    course = f"из {counts.courses}: {percent(counts.supporting, counts.courses)}"
    told = [
        Figure("Сетевая форма", str(counts.network), f"{page}?network=1&where=own", network),
        Figure("ВУД в поддержку предметов", str(counts.supporting), support, course),
        Figure(
            "ДО, функциональная грамотность",
            str(counts.literate),
            f"{page}?kind=extra&literacy=1&approved=yes&where=own",
            "утверждены",
        ),
    ]
    for level, number in counts.per_level:
        words = f"ожидается не менее {LEAST_OF_LEVEL}"
        told.append(Figure(f"ВУД: {LevelWord(level).label}", str(number), f"{support}&level={level}", words))
    return told


@require_GET
def programs_export(request: HttpRequest) -> HttpResponse:
    """The filtered list as a workbook."""
    frame = _Frame(request)
    answer = HttpResponse(programs_workbook(frame.school, frame.rows), CONTENT_TYPES["xlsx"])
    answer.headers["Content-Disposition"] = str(content_disposition_header(True, "Реестр программ.xlsx"))
    return answer


def seen_program(request: HttpRequest, pk: int) -> tuple[User, Program]:
    """A standing program of the own school, else 404."""
    user, _ = program_reader(request)
    rows = programs_of(user).select_related("school", "subject", "partner", "leader", "by__staff")
    return user, get_object_or_404(rows, pk=pk)


@require_GET
def program_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One program: what it is, how it is approved, who of the visible pupils goes there, what was changed."""
    user, program = seen_program(request, pk)
    seats = list(program_seats(user, program))
    shown = {
        "program": program,
        "changeable": changeable_facts(user, seats),
        "today": program.school.today(),
        "keeps": can_keep_programs(user),
        "writes": can_write_facts(user) and program.kind != ProgramKind.WORK,
        "seats": seats,
        "courses": program.kind != ProgramKind.WORK,
        "changes": history_of(program),
    }
    return render(request, "iom/program.html", shown)


def _form(request: HttpRequest, school: School, initial: dict[str, Any]) -> ProgramForm:
    return ProgramForm(
        sent(request),
        subjects=Subject.objects.filter(school=school),
        partners=NetworkPartner.objects.filter(school=school, removed_at__isnull=True),
        staff=present_staff(school),
        initial=initial,
    )


@form_view
def program_new(request: HttpRequest) -> HttpResponse:
    """Put a program into the register."""
    user, school = program_keeper(request)
    form = _form(request, school, {"kind": ProgramKind.COURSE, "starts": school.today()})
    page = FormPage("Новая программа", ("Программы", reverse("programs:list")), done="Программа записана.")

    def save() -> str:
        made = program_add(by=user, school=school, draft=form.draft())
        return reverse("programs:program", args=[made.pk])

    return answer_form(request, page, form, save)


@form_view
def program_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a program."""
    user, school = program_keeper(request)
    _, program = seen_program(request, pk)
    names = ("kind", "title", "levels", "literacy", "network", "where", "hours", "starts", "ends")
    initial = {name: getattr(program, name) for name in (*names, "paper_number", "approved_on")}
    initial |= {"subject": program.subject_id, "partner": program.partner_id, "leader": program.leader_id}
    form = _form(request, school, initial)

    def save() -> None:
        program_change(by=user, program=program, draft=form.draft())

    return answer_form(request, _page("Исправить программу", program), form, save)


@form_view
def program_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a program back, with the reason."""
    user, _ = program_keeper(request)
    _, program = seen_program(request, pk)
    form = WhyForm(sent(request))

    def save() -> str:
        fact_remove(by=user, row=program, why=form.cleaned_data["why"])
        return reverse("programs:list")

    return answer_form(request, _page("Отозвать программу", program), form, save)


def _page(heading: str, program: Program) -> FormPage:
    up = (program.title, reverse("programs:program", args=[program.pk]))
    return FormPage(heading, up, done="Записано.", meta=program.title)
