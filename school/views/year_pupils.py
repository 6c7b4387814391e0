"""Pupils of the year that ends, with their lots: to look through, and to decide on many at once."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from common.errors import Refused
from common.look import Tab
from common.names import name_key
from common.russian import counted
from school.forms.year_change import PupilsPlanForm
from school.lots import Lot
from school.models import AcademicYear, Pupil, SchoolClass, User, YearChange
from school.selectors_year_change import PupilLine, lots_written, year_preview
from school.services.year_plan import pupils_plan_reset, pupils_plan_set
from school.views.base import asked
from school.views.outdated import form_view
from school.views.year_change import change_of, edited_year, pupils_url

_PER_PAGE = 50
_WHY = "why"


@form_view
def pupils(request: HttpRequest, pk: int) -> HttpResponse:
    """The list; sent, it decides on those who were picked."""
    user, year = edited_year(request, pk)
    done = change_of(year)
    lines = lots_written(user, done) if done else year_preview(user, year).pupils
    form = PupilsPlanForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _decide(request, user, year, form, lines):
        return redirect(request.get_full_path())
    status = 422 if request.method == "POST" else 200
    return render(request, "school/year_pupils.html", _told(request, year, done, lines, form), status=status)


def _decide(
    request: HttpRequest, user: User, year: AcademicYear, form: PupilsPlanForm, lines: Sequence[PupilLine]
) -> bool:
    """Whether it was written; what is wrong stands in the form."""
    try:
        chosen = _picked(request, lines)
        told = form.cleaned_data
        if told["lot"] is None:
            pupils_plan_reset(by=user, year=year, pupils=chosen)
        else:
            pupils_plan_set(by=user, year=year, pupils=chosen, **told)
    except Refused as refusal:
        form.add_error(None, [refusal.message, *refusal.details])
        return False
    messages.success(request, f"Решение записано: {counted(len(chosen), 'ученик', 'ученика', 'учеников')}.")
    return True


def _picked(request: HttpRequest, lines: Sequence[PupilLine]) -> list[Pupil]:
    """The chosen pupils, whose lots are still those that the person saw («12:promoted»)."""
    picks = request.POST.getlist("pick")
    known = {pick_of(line): line.pupil for line in lines}
    if not picks:
        raise Refused("Отметьте учеников в списке.")
    if any(pick not in known for pick in picks):
        raise Refused("Пока вы смотрели, решения изменились: посмотрите и выберите снова. Ничего не записано.")
    return [known[pick] for pick in picks]


def pick_of(line: PupilLine) -> str:
    """A pupil with what was told of them."""
    return f"{line.pupil.pk}:{line.lot.value}:{line.fate.target or ''}"


def _told(
    request: HttpRequest, year: AcademicYear, done: YearChange | None, lines: Sequence[PupilLine], form: PupilsPlanForm
) -> dict[str, Any]:
    told = {name: asked(request, name) for name in ("lot", "class", "text", _WHY)}
    found = _found(lines, told)
    page = Paginator(found, _PER_PAGE).get_page(request.GET.get("page"))
    picked = set(request.POST.getlist("pick"))
    return {
        "year": year,
        "change": done,
        "page": page,
        "rows": [(line, pick_of(line), pick_of(line) in picked) for line in page],
        "tabs": _tabs(year, lines, told),
        "classes": _classes(lines),
        "asked": told,
        "filtered": any(told.values()),
        "form": form,
        "query": request.GET.urlencode(),
    }


def _classes(lines: Sequence[PupilLine]) -> list[SchoolClass]:
    """Those in which somebody sits, in order."""
    found = {line.school_class.pk: line.school_class for line in lines}
    return sorted(found.values(), key=lambda one: (one.grade, one.letter))


def _found(lines: Sequence[PupilLine], told: Mapping[str, str]) -> list[PupilLine]:
    text = name_key(told["text"])
    return [
        line
        for line in lines
        if (not told["lot"] or line.lot.value == told["lot"])
        and (not told["class"] or str(line.school_class.pk) == told["class"])
        and (not told[_WHY] or line.fate.reason)
        and (not text or text in line.pupil.sort_key)
    ]


def _tabs(year: AcademicYear, lines: Sequence[PupilLine], told: Mapping[str, str]) -> list[Tab]:
    """All, then each lot, with numbers of the chosen class."""
    own = [line for line in lines if not told["class"] or str(line.school_class.pk) == told["class"]]
    tabs = [Tab("Все", pupils_url(year, **{"class": told["class"]}), not told["lot"], len(own))]
    for lot in Lot:
        number = sum(line.lot == lot for line in own)
        tabs.append(
            Tab(lot.label, pupils_url(year, **{"class": told["class"]}, lot=lot.value), told["lot"] == lot, number)
        )
    return tabs
