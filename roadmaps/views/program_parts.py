"""Lines, directions and indicators of a program."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from roadmaps.forms import NameForm
from roadmaps.forms_program import (
    IndicatorForm,
    LineForm,
    ReadingForm,
    TakeForm,
    indicator_initial,
    line_initial,
    program_years,
)
from roadmaps.models import ProgramIndicator
from roadmaps.reports.program_paper import indicator_told
from roadmaps.reports.program_words import ReadingTold, readings_told
from roadmaps.services.program_parts import (
    indicator_add,
    indicator_edit,
    indicator_read,
    indicator_remove,
    indicator_take,
    line_add,
    line_edit,
    line_move,
    line_remove,
    line_restore,
    program_direction_add,
    program_direction_remove,
    program_direction_rename,
)
from roadmaps.views.program_common import (
    edited_direction,
    edited_indicator,
    edited_line,
    edited_program,
    program_home,
)
from roadmaps.views.program_making import closed
from roadmaps.words_program import Section
from school.views.base import FormPage, answer_deed, answer_form, sent
from school.views.outdated import form_view

_REMOVABLE = "roadmaps/program_part_form.html"
_LIST = "passport:indicators"


@form_view
def line_new(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    """A line at the end of a section."""
    user, row = edited_program(request, pk)
    if section not in Section.codes():
        raise Http404("Такого раздела в паспорте нет.")
    part = Section(section)
    form = LineForm(sent(request), section=part, directions=list(row.directions.all()))
    form.corrects = False

    def save() -> None:
        line_add(by=user, program=row, section=part, draft=form.draft())

    page = FormPage(f"{part.label}: новая строка", program_home(row), warning=closed(row))
    return answer_form(request, page, form, save)


@form_view
def line_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A line written anew."""
    user, row = edited_line(request, pk)
    part = Section(row.section)
    directions = list(row.program.directions.all())
    form = LineForm(sent(request), initial=line_initial(row), section=part, directions=directions)

    def save() -> None:
        line_edit(by=user, line=row, draft=form.draft())

    page = FormPage(
        part.label,
        program_home(row.program),
        meta=row.remark,
        warning=closed(row.program),
        template=_REMOVABLE,
        more=_remove("passport:line_remove", row.pk, "Удалить строку"),
    )
    return answer_form(request, page, form, save)


def _remove(name: str, pk: int, words: str) -> dict[str, Any]:
    return {"remove": reverse(name, args=[pk]), "remove_words": words}


@require_POST
def line_removal(request: HttpRequest, pk: int) -> HttpResponse:
    """A line goes."""
    user, row = edited_line(request, pk)
    back = program_home(row.program)[1]
    done = "Строка удалена. Её можно вернуть, пока программу не утвердили."
    return answer_deed(request, lambda: line_remove(by=user, line=row), done, back, f"{back}#removed")


@require_POST
def line_restoring(request: HttpRequest, pk: int) -> HttpResponse:
    """A removed line comes back."""
    user, row = edited_line(request, pk)
    back = program_home(row.program)[1]
    return answer_deed(
        request, lambda: line_restore(by=user, line=row), "Строка возвращена.", back, f"{back}#{row.section}"
    )


@require_POST
def line_moving(request: HttpRequest, pk: int, way: str) -> HttpResponse:
    """A line goes one place up or down in its section."""
    user, row = edited_line(request, pk)
    if way not in ("up", "down"):
        raise Http404("Строку переставляют выше или ниже.")
    place = f"{program_home(row.program)[1]}#{row.section}"
    return answer_deed(request, lambda: line_move(by=user, line=row, up=way == "up"), "Порядок строк изменён.", place)


@form_view
def direction_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A direction of the school's own."""
    user, row = edited_program(request, pk)
    form = NameForm(sent(request))

    def save() -> None:
        program_direction_add(by=user, program=row, name=form.cleaned_data["name"])

    page = FormPage("Новое направление", program_home(row, _LIST), warning=closed(row))
    return answer_form(request, page, form, save)


@form_view
def direction_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name."""
    user, row = edited_direction(request, pk)
    form = NameForm(sent(request), initial={"name": row.name})

    def save() -> None:
        program_direction_rename(by=user, direction=row, name=form.cleaned_data["name"])

    page = FormPage(
        "Направление",
        program_home(row.program, _LIST),
        warning=closed(row.program),
        template=_REMOVABLE,
        more=_remove("passport:direction_remove", row.pk, "Удалить направление"),
    )
    return answer_form(request, page, form, save)


@require_POST
def direction_removal(request: HttpRequest, pk: int) -> HttpResponse:
    """A direction without indicators and tasks goes."""
    user, row = edited_direction(request, pk)
    back = reverse("passport:direction", args=[row.pk])
    after = program_home(row.program, _LIST)[1]
    return answer_deed(
        request, lambda: program_direction_remove(by=user, direction=row), "Направление удалено.", back, after
    )


@form_view
def indicator_new(request: HttpRequest, pk: int) -> HttpResponse:
    """The school's own."""
    user, row = edited_program(request, pk)
    form = IndicatorForm(sent(request), own=True, years=program_years(row), directions=list(row.directions.all()))
    form.corrects = False

    def save() -> None:
        indicator_add(by=user, program=row, draft=form.draft())

    page = FormPage("Свой показатель", program_home(row, _LIST), warning=closed(row))
    return answer_form(request, page, form, save)


@form_view
def indicator_taking(request: HttpRequest, pk: int) -> HttpResponse:
    """One of the catalogue."""
    user, row = edited_program(request, pk)
    taken = list(row.indicators.values_list("code", flat=True))
    form = TakeForm(sent(request), taken=taken, directions=list(row.directions.all()))

    def save() -> None:
        told = form.cleaned_data
        indicator_take(
            by=user,
            program=row,
            code=told["code"],
            years=program_years(row),
            direction=form.directions.get(told["direction"]),
        )

    page = FormPage("Показатель из каталога", program_home(row, _LIST), button="Добавить", warning=closed(row))
    return answer_form(request, page, form, save)


@form_view
def indicator_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Another base, plan or direction."""
    user, row = edited_indicator(request, pk)
    form = IndicatorForm(
        sent(request),
        initial=indicator_initial(row),
        own=row.own,
        years=program_years(row.program, row),
        directions=list(row.program.directions.all()),
    )

    def save() -> None:
        indicator_edit(by=user, indicator=row, draft=form.draft())

    page = FormPage(
        f"Показатель {row.code}",
        program_home(row.program, _LIST),
        meta=row.title,
        warning=closed(row.program),
        template=_REMOVABLE,
        more=_remove("passport:indicator_remove", row.pk, "Исключить показатель"),
    )
    return answer_form(request, page, form, save)


@form_view
def indicator_reading(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide how an odd plan is read; both ways stand side by side."""
    user, row = edited_indicator(request, pk)
    ways = readings_told(indicator_told(row))
    if not ways:
        raise Http404("План этого показателя читается однозначно.")
    initial = {"reading": row.reading, "why": row.reading_why}
    form = ReadingForm(sent(request), initial=initial, readings=[(way.code, _words(way)) for way in ways])

    def save() -> None:
        told = form.cleaned_data
        indicator_read(by=user, indicator=row, reading=told["reading"], why=told["why"])

    return answer_form(request, _reading_page(row), form, save)


def _reading_page(row: ProgramIndicator) -> FormPage:
    told = indicator_told(row)
    plan = "; ".join(f"{target.year} — {target.raw or 'не заполнено'}" for target in told.targets)
    return FormPage(
        f"Как читать план показателя {row.code}",
        program_home(row.program, _LIST),
        meta=f"Исходное: {row.baseline_raw or 'не заполнено'}. План: {plan}.",
        warning=closed(row.program) or " ".join(told.oddities),
    )


def _words(way: ReadingTold) -> str:
    return f"{way.words}: " + "; ".join(f"{year} — {needed}" for year, needed in way.needed)


@require_POST
def indicator_removal(request: HttpRequest, pk: int) -> HttpResponse:
    """An indicator goes."""
    user, row = edited_indicator(request, pk)
    back = program_home(row.program, _LIST)[1]
    return answer_deed(request, lambda: indicator_remove(by=user, indicator=row), "Показатель исключён.", back)
