"""«Помогло ли»: what came of the work, by its form, subject, cause; and the pupils behind a line."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from common.look import Chip, Tab
from iom.models import Gap
from iom.permissions_effect import can_see_effect
from iom.rules.effect import LEAST_PUPILS, WEEKS
from iom.selectors.effect import (
    By,
    Facts,
    GapTold,
    Line,
    chosen_of,
    compared_of,
    effect_facts,
    effect_lines,
    gaps_of,
)
from risk_registry.categories import Word
from school.access import pupils_for
from school.models import AcademicYear, School, User
from school.views.base import asked, reader
from school.views.filtering import whole_number


class Show(Word):
    """Whom of a line to name: one for each of its numbers."""

    ALL = "all", "С этой работой"
    LEFT = "left", "Вышли из реестра"
    GAPS = "gaps", "Дефициты, закрытые в срок"
    WITHOUT = "without", "Без этой работы"


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
    newest = years.order_by("-start")
    found = (newest.filter(start=wanted).first() if wanted is not None else None) or newest.first()
    by = asked(request, "by")
    return user, school, found, By(by) if by in By.codes() else By.FORM


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
    show = Show(asked(request, "show")) if asked(request, "show") in Show.codes() else Show.ALL
    chosen = _chosen(facts, line, by, show)
    rows = _behind(user, facts, chosen, year)
    gaps = [gap for gap in gaps_of(facts, line.key, by) if gap.in_time] if show == Show.GAPS else []
    told = {
        "line": line,
        "by": by,
        "year": year,
        "show": show,
        "rows": rows,
        "number": len({pupil for pupil, _, _ in chosen} or {gap.pupil for gap in gaps}),
        "gaps": _gaps(user, gaps),
        "tabs": [Tab(one.label, _address(line, by, year, one), one == show) for one in Show],
        "hidden": len({pupil for pupil, _, _ in chosen} - {row.pupil for row in rows}),
        "up": f"{reverse('effect:page')}?by={by.value}&year={year.start}",
    }
    return render(request, "iom/effect_pupils.html", told)


def _address(line: Line, by: By, year: AcademicYear, show: Show) -> str:
    return "?" + urlencode({"by": by.value, "key": line.key, "year": year.start, "show": show.value})


def _chosen(facts: Facts, line: Line, by: By, show: Show) -> list[tuple[int, int, date]]:
    """Whose rows are shown: pupil, subject, day."""
    if show == Show.GAPS:
        return []
    if show == Show.WITHOUT:
        return compared_of(facts, line.key, by)
    chosen = chosen_of(facts, line.key, by)
    return [one for one in chosen if facts.left.get(one[0])] if show == Show.LEFT else chosen


def _gaps(user: User, gaps: Iterable[GapTold]) -> list[Gap]:
    """Those of the routes that the person sees."""
    rows = Gap.objects.visible_to(user).filter(pk__in=[gap.key for gap in gaps])
    return list(rows.select_related("pupil", "part__subject", "closed_by").order_by("pupil__sort_key", "due", "pk"))


def _behind(user: User, facts: Facts, chosen: Sequence[tuple[int, int, date]], year: AcademicYear) -> list[Behind]:
    seen = pupils_for(user).filter(pk__in={pupil for pupil, _, _ in chosen})
    names = {pupil.pk: pupil.list_name for pupil in seen}
    classes: Mapping[int, str] = dict(
        seen.filter(enrolments__school_class__year=year)
        .order_by("enrolments__starts")
        .values_list("pk", "enrolments__school_class__name")
    )
    order = {key: place for place, key in enumerate(names)}
    rows = [_row(facts, *one, names, classes) for one in chosen if one[0] in names]
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
