"""What the pages of the program share: who comes in, which program is shown, the tabs."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from common.look import Tab
from roadmaps.models import Program, ProgramDirection, ProgramIndicator, ProgramLine
from roadmaps.permissions_program import can_edit_program, can_see_program
from roadmaps.selectors.programs import program_shown, programs_of
from school.models import School, User
from school.views.base import reader
from school.views.filtering import whole_number

UP = "Программа профилактики"


def program_reader(request: HttpRequest) -> tuple[User, School]:
    """Whoever has a duty in the school."""
    user, school = reader(request)
    if not can_see_program(user):
        raise PermissionDenied("Программу профилактики видят сотрудники школы.")
    return user, school


def program_editor(request: HttpRequest) -> tuple[User, School]:
    """The deputy and the director."""
    user, school = program_reader(request)
    if not can_edit_program(user):
        raise PermissionDenied("Программу ведут и вносят решение педсовета заместитель директора и директор.")
    return user, school


def asked_program(request: HttpRequest, user: User, school: School) -> tuple[Program | None, list[Program]]:
    """The program of `?id=`, else the one that holds today; and the school's others."""
    rows = list(programs_of(user))
    shown = program_shown(rows, school.today(), whole_number(request.GET.get("id")))
    return shown, [row for row in rows if row != shown]


def seen_program(request: HttpRequest, pk: int) -> tuple[User, Program]:
    """A program of the own school; 404 for another school's."""
    user, _ = program_reader(request)
    return user, get_object_or_404(programs_of(user), pk=pk)


def edited_program(request: HttpRequest, pk: int) -> tuple[User, Program]:
    """The same for whoever keeps it."""
    user, row = seen_program(request, pk)
    program_editor(request)
    return user, row


def edited_line(request: HttpRequest, pk: int) -> tuple[User, ProgramLine]:
    """A line of a program of the own school, removed or not."""
    row = get_object_or_404(ProgramLine.objects.select_related("program__school"), pk=pk)
    user, _ = edited_program(request, row.program_id)
    return user, row


def edited_direction(request: HttpRequest, pk: int) -> tuple[User, ProgramDirection]:
    """A direction of a program of the own school."""
    row = get_object_or_404(ProgramDirection.objects.select_related("program__school"), pk=pk)
    user, _ = edited_program(request, row.program_id)
    return user, row


def edited_indicator(request: HttpRequest, pk: int) -> tuple[User, ProgramIndicator]:
    """An indicator of a program of the own school."""
    row = get_object_or_404(ProgramIndicator.objects.select_related("program__school"), pk=pk)
    user, _ = edited_program(request, row.program_id)
    return user, row


def program_tabs(program: Program, current: str, count: int) -> list[Tab]:
    """The two sides of a passport."""
    query = f"?id={program.pk}"
    return [
        Tab("Паспорт", f"{reverse('passport:page')}{query}", current == "passport:page"),
        Tab("Показатели", f"{reverse('passport:indicators')}{query}", current == "passport:indicators", count),
    ]


def program_home(program: Program, page: str = "passport:page") -> tuple[str, str]:
    """Where pages of the program belong: title and address."""
    return UP, f"{reverse(page)}?id={program.pk}"
