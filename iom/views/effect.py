"""«Помогло ли»: what came of the work, by its form, subject, cause; and the pupils behind a line."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from common.look import Chip, Tab
from iom.permissions_effect import can_see_effect
from iom.rules.effect import LEAST_PUPILS, WEEKS
from iom.selectors.effect import By, Facts, Line, chosen_of, effect_facts, effect_lines
from risk_registry.views.filtering import whole_number
from school.access import pupils_for
from school.models import AcademicYear, School, User
from school.views.base import asked, reader


@dataclass(frozen=True)
class Behind:
    """A pupil and a subject behind a line; `before` and `after` are None where marks were too few."""

    pupil: int
    name: str
    school_class: str
    subject: str
    day: date
    before: float | None
    after: float | None
    left: bool | None

    @property
    def change(self) -> float | None:
        """By how much the mean moved."""
        return None if self.before is None or self.after is None else self.after - self.before


def _asked(request: HttpRequest) -> tuple[User, School, AcademicYear | None, By]:
    user, school = reader(request)
    if not can_see_effect(user):
        raise PermissionDenied("Итоги работы видят директор, заместитель директора и руководители ШМО.")
    years = AcademicYear.objects.select_related("school").filter(school=school, starts__lte=school.today())
    wanted = whole_number(request.GET.get("year"))
    found = years.filter(start=wanted) if wanted is not None else years
    by = asked(request, "by")
    return user, school, found.order_by("-start").first(), By(by) if by in By.codes() else By.FORM


@require_GET
def effect_page(request: HttpRequest) -> HttpResponse:
    """Lines of a year."""
    _, school, year, by = _asked(request)
    lines = effect_lines(effect_facts(year, school.today()), by) if year else []
    told = {
        "year": year,
        "by": by,
        "lines": lines,
        "any": any(line.effect.difference for line in lines),
        "tabs": [Tab(one.label, f"?by={one.value}{_of(year)}", one == by) for one in By],
        "years": _years(school, year, by),
        "weeks": WEEKS,
        "least": LEAST_PUPILS,
    }
    return render(request, "iom/effect.html", told)


def _of(year: AcademicYear | None) -> str:
    return f"&year={year.start}" if year else ""


def _years(school: School, chosen: AcademicYear | None, by: By) -> list[Chip]:
    rows = AcademicYear.objects.filter(school=school, starts__lte=school.today()).order_by("-start")
    chips = [Chip(str(year), f"?by={by.value}&year={year.start}", year == chosen) for year in rows]
    return chips if len(chips) > 1 else []


@require_GET
def effect_pupils(request: HttpRequest) -> HttpResponse:
    """The pupils of a line whom the person sees, and how many others there are."""
    user, school, year, by = _asked(request)
    if year is None:
        raise Http404
    facts = effect_facts(year, school.today())
    line = next((one for one in effect_lines(facts, by) if one.key == asked(request, "key")), None)
    if line is None:
        raise Http404
    rows = _behind(user, facts, line, by, year)
    told = {
        "line": line,
        "by": by,
        "year": year,
        "rows": rows,
        "hidden": len(line.pupils) - len({row.pupil for row in rows}),
        "up": f"{reverse('effect:page')}?by={by.value}&year={year.start}",
    }
    return render(request, "iom/effect_pupils.html", told)


def _behind(user: User, facts: Facts, line: Line, by: By, year: AcademicYear) -> list[Behind]:
    seen = pupils_for(user).filter(pk__in=line.pupils)
    names = {pupil.pk: pupil.list_name for pupil in seen}
    classes: Mapping[int, str] = dict(
        seen.filter(enrolments__school_class__year=year)
        .order_by("enrolments__starts")
        .values_list("pk", "enrolments__school_class__name")
    )
    order = {key: place for place, key in enumerate(names)}
    rows = [_row(facts, *one, names, classes) for one in chosen_of(facts, line.key, by) if one[0] in names]
    return sorted(rows, key=lambda row: (order[row.pupil], row.subject))


def _row(
    facts: Facts, pupil: int, subject: int, day: date, names: Mapping[int, str], classes: Mapping[int, str]
) -> Behind:
    found = facts.around.get((pupil, subject, day))
    return Behind(
        pupil=pupil,
        name=names[pupil],
        school_class=classes.get(pupil, ""),
        subject=facts.subjects[subject],
        day=day,
        before=found.before if found else None,
        after=found.after if found else None,
        left=facts.left.get(pupil),
    )
