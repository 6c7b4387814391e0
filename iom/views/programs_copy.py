"""Programs of the last year that go on: copied in one step, each to be approved anew."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from iom.forms_programs import CopyProgramsForm
from iom.models import Program
from iom.selectors.programs import programs_of_last_year
from iom.services.programs import programs_copy
from iom.views.programs import program_keeper
from school.selectors import current_year
from school.views.base import FormPage, answer_form, sent
from school.views.outdated import form_view


@form_view
def copy_programs(request: HttpRequest) -> HttpResponse:
    """All of them are ticked; what this year has already is not offered again."""
    user, school = program_keeper(request)
    year = current_year(school)
    found: list[Program] = []
    if year is not None:
        rows = programs_of_last_year(user, year)
        found = list(rows.select_related("school", "subject", "partner", "leader"))
    if not found and request.method != "POST":
        return render(request, "iom/programs_copy.html", {"up": reverse("programs:list")})
    form = CopyProgramsForm(sent(request), programs=found)
    page = FormPage(
        "Перенести прошлогодние программы",
        ("Программы", reverse("programs:list")),
        "Перенести",
        done="Программы перенесены. Запишите у каждой приказ об утверждении.",
        meta="Срок сдвинется на год. Приказ не переносится: программы утверждают заново.",
    )

    def save() -> str:
        chosen = set(form.cleaned_data["programs"])
        programs_copy(by=user, programs=[one for one in found if one.pk in chosen])
        return f"{reverse('programs:list')}?approved=no"

    return answer_form(request, page, form, save)
