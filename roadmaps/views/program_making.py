"""Making a program: its beginning and heading, approval by the council, correction."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from roadmaps.forms import GroundsForm
from roadmaps.forms_program import CouncilForm, ProgramForm, ProgramNewForm
from roadmaps.models import Program
from roadmaps.reports.program_paper import program_paper
from roadmaps.services.programs import (
    program_approve,
    program_correct,
    program_create,
    program_edit,
    program_remove,
)
from roadmaps.views.program_common import UP, edited_program, program_editor, program_home
from roadmaps.words_program import ProgramState, Template
from school.views.base import FormPage, answer_deed, answer_form, sent
from school.views.outdated import form_view

CLOSED = "Программа утверждена: чтобы изменить её, начните правку на её странице."


@form_view
def program_new(request: HttpRequest) -> HttpResponse:
    """From one of the templates."""
    user, school = program_editor(request)
    form = ProgramNewForm(sent(request), now=school.today().year)

    def save() -> str:
        row = program_create(
            by=user,
            school=school,
            template=Template(form.cleaned_data["template"]),
            first_year=form.cleaned_data["first_year"],
        )
        return program_home(row)[1]

    page = FormPage(
        "Программа профилактики",
        (UP, reverse("passport:page")),
        button="Начать",
        done="Проект программы готов: заполните пустое, поправьте показатели и вынесите на педсовет.",
    )
    return answer_form(request, page, form, save)


@form_view
def program_heading(request: HttpRequest, pk: int) -> HttpResponse:
    """Another title, term or days."""
    user, row = edited_program(request, pk)
    initial = {name: getattr(row, name) for name in ("title", "term", "starts_on", "ends_on")}
    form = ProgramForm(sent(request), initial=initial)

    def save() -> None:
        program_edit(by=user, program=row, draft=form.draft())

    return answer_form(request, FormPage("Название и сроки", program_home(row), warning=closed(row)), form, save)


@form_view
def program_approval(request: HttpRequest, pk: int) -> HttpResponse:
    """Approved by the council: its protocol."""
    user, row = edited_program(request, pk)
    form = CouncilForm(sent(request), initial={"protocol_date": row.school.today()})
    version = _version(request, row.version)

    def save() -> None:
        program_approve(
            by=user,
            program=row,
            version=version,
            protocol_number=form.cleaned_data["protocol_number"],
            protocol_date=form.cleaned_data["protocol_date"],
        )

    page = FormPage(
        "Утвердить программу",
        program_home(row),
        button="Утвердить",
        done="Утверждена. Редакция сохранена и печатается такой, какой её принял педсовет.",
        meta=row.title,
        warning=_unready(row),
        template="roadmaps/deed_form.html",
        more={"version": version},
    )
    return answer_form(request, page, form, save)


def _unready(row: Program) -> str:
    """What stays blank or undecided: approving is not kept back."""
    paper = program_paper(row)
    blank = ", ".join(section.title for section in paper.blank_sections)
    odd = ", ".join(one.code for one in paper.waiting)
    told = [f"Не заполнено: {blank}." if blank else "", f"Не решено, как читать план: {odd}." if odd else ""]
    words = " ".join(part for part in told if part)
    return f"{words} Так и будет напечатано." if words else ""


@form_view
def program_correction(request: HttpRequest, pk: int) -> HttpResponse:
    """Open what is approved for changes."""
    user, row = edited_program(request, pk)
    form = GroundsForm(sent(request))
    version = _version(request, row.version)

    def save() -> None:
        program_correct(by=user, program=row, version=version, grounds=form.cleaned_data["why"])

    page = FormPage(
        "Изменить утверждённую программу",
        program_home(row),
        button="Начать правку",
        done="Можно править. До нового решения педсовета действует утверждённая редакция.",
        template="roadmaps/deed_form.html",
        more={"version": version},
    )
    return answer_form(request, page, form, save)


def _version(request: HttpRequest, now: int) -> int:
    """The version that the person saw."""
    told = request.POST.get("version", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 9 else now


@require_POST
def program_removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop a draft."""
    user, row = edited_program(request, pk)
    back, after = program_home(row)[1], reverse("passport:page")
    return answer_deed(request, lambda: program_remove(by=user, program=row), "Проект удалён.", back, after)


def closed(row: Program) -> str:
    """What a form of an approved program warns of."""
    return CLOSED if row.state == ProgramState.APPROVED else ""
