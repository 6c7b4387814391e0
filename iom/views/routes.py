"""The list of routes."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from common.look import Chip, Tab
from common.russian import counted
from iom.forms_route_lists import RouteFilterForm
from iom.permissions_routes import (
    can_keep_templates,
    can_make_colleagues,
    can_make_own,
    is_deputy,
)
from iom.selectors.route_list import (
    DEFAULT_SORT,
    RouteQuery,
    route_counts,
    route_lines,
    routes_found,
    subjects_of_routes,
)
from iom.views.finding import reader, school_of
from iom.words import OVER, RouteState
from risk_registry.views.registry_page import PER_PAGE, CountedPaginator
from school.access import classes_for
from school.forms.filtering import ANY
from school.models import User
from school.views.filtering import chips_of, options_of, query_without

_LABELS = {
    "text": "Фамилия", "cls": "Класс", "kind": "Вид", "subject": "Предмет", "review": "Пересмотр", "mine": "Чьи",
}  # fmt: skip
_WAITS = ("part", "gap", "step", "parents")


@require_GET
def route_list(request: HttpRequest) -> HttpResponse:
    """Routes that go on; the others on tabs of their own."""
    user = reader(request)
    form = RouteFilterForm(
        request.GET, cls=options_of(list(classes_for(user))), subject=[*ANY, *subjects_of_routes(user)]
    )
    chosen = form.chosen()
    query = _asked(request, user, chosen)
    by_state, found = route_counts(user, query)
    page = CountedPaginator(routes_found(user, query), PER_PAGE, found).get_page(request.GET.get("page"))
    chips = chips_of(request, form, chosen, _LABELS)
    if query.wait:
        chips.append(Chip("Ждёт меня", query_without(request, "wait"), removes=True))
    told = {
        "page": page,
        "rows": route_lines(user, page.object_list, query.today),
        "form": form,
        "chips": chips,
        "lead": counted(found, "маршрут", "маршрута", "маршрутов"),
        "tabs": _tabs(request, query.state, by_state),
        "all": sum(by_state.values()),
        "colleagues": can_make_colleagues(user) or can_make_own(user),
        "templates": can_keep_templates(user),
        "brings": is_deputy(user),
    }
    return render(request, "iom/route_list.html", told)


def _asked(request: HttpRequest, user: User, chosen: dict[str, Any]) -> RouteQuery:
    state = chosen.get("state", "")
    wait = request.GET.get("wait", "")
    return RouteQuery(
        today=school_of(user).today(),
        state=state if state in RouteState.codes() else "",
        kind=chosen.get("kind", ""),
        school_class=chosen.get("cls"),
        subject=chosen.get("subject"),
        review=chosen.get("review", ""),
        mine=chosen.get("mine", ""),
        wait=wait if wait in _WAITS else "",
        text=chosen.get("text", ""),
        sort=chosen.get("sort", DEFAULT_SORT),
    )


def _tabs(request: HttpRequest, chosen: str, by_state: dict[str, int]) -> list[Tab]:
    going = sum(number for state, number in by_state.items() if state not in OVER)
    tabs = [Tab("В работе", query_without(request, "state"), not chosen, going)]
    for state in RouteState:
        number = by_state.get(state, 0)
        if number or state == chosen:
            tabs.append(Tab(state.label, query_without(request, state=state), state == chosen, number))
    return tabs
