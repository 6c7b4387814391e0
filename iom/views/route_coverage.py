"""Who of the registry has no route, a stale one, one that nobody approved."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_GET

from common.look import Tab
from common.russian import counted
from iom.forms_route_lists import CoverFilterForm
from iom.rules.routes import Cover
from iom.selectors.coverage import Coverage, CoverCounts, CoverQuery, coverage
from iom.views.finding import reader, school_of, subjects_of
from risk_registry.selectors.lists import PeriodChoice, period_choice
from risk_registry.views.filtering import CATEGORIES, filter_data
from risk_registry.views.registry_page import PER_PAGE, CountedPaginator
from school.access import classes_for
from school.forms.filtering import ANY
from school.models import User
from school.views.filtering import chips_of, options_of, query_without, whole_number

_LABELS = {"cls": "Класс", "category": "Категория", "subject": "Предмет", "cover": "Маршрут"}


@require_GET
def cover_list(request: HttpRequest) -> HttpResponse:
    """By class and by subject; every number leads to those whom it counts."""
    user = reader(request)
    choice = period_choice(user, whole_number(request.GET.get("period")))
    if choice.period is None:
        return render(request, "iom/coverage.html", {"period": None})
    names = dict(subjects_of(school_of(user)).values_list("pk", "name"))
    form = _form(user, filter_data(request, choice.period), choice, names)
    chosen = form.chosen()
    found = coverage(user, _query(user, choice, chosen), names)
    page = CountedPaginator(found.rows, PER_PAGE, len(found.rows)).get_page(request.GET.get("page"))
    told = {
        "period": choice.period,
        "form": form,
        "chips": chips_of(request, form, chosen, _LABELS),
        "lead": counted(len(found.rows), "обучающийся", "обучающихся", "обучающихся"),
        "page": page,
        "rows": page.object_list,
        "tabs": _tabs(request, found, chosen.get("cover", "")),
        "tables": [
            ("Класс", _linked(request, found.classes, "cls")),
            ("Предмет", _linked(request, found.subjects, "subject")),
        ],
        "covers": list(Cover),
    }
    return render(request, "iom/coverage.html", told)


def _form(user: User, data: QueryDict, choice: PeriodChoice, names: Mapping[int, str]) -> CoverFilterForm:
    return CoverFilterForm(
        data,
        period=[(one.pk, f"{one.title} {one.year}") for one in choice.periods],
        cls=options_of(list(classes_for(user))),
        category=[*ANY, *CATEGORIES],
        subject=[*ANY, *names.items()],
        cover=[*ANY, *Cover.choices()],
    )


def _query(user: User, choice: PeriodChoice, chosen: dict[str, Any]) -> CoverQuery:
    assert choice.period is not None
    return CoverQuery(
        period=choice.period,
        today=school_of(user).today(),
        category=chosen.get("category", ""),
        school_class=chosen.get("cls"),
        subject=chosen.get("subject"),
        cover=chosen.get("cover", ""),
    )


def _tabs(request: HttpRequest, found: Coverage, chosen: str) -> list[Tab]:
    tabs = [Tab("Все", query_without(request, "cover"), not chosen, found.total.all)]
    for cover in Cover:
        number = found.total.by_cover[cover]
        tabs.append(Tab(cover.label, query_without(request, cover=cover), cover == chosen, number))
    return tabs


def _linked(request: HttpRequest, rows: Iterable[CoverCounts], name: str) -> list[tuple[str, list[tuple[int, str]]]]:
    """Each line with its numbers by cover, each number with the address of those whom it counts."""
    return [
        (
            row.name,
            [(row.by_cover[cover], query_without(request, cover=cover, **{name: str(row.key)})) for cover in Cover],
        )
        for row in rows
    ]
