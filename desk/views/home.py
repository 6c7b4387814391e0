"""The desk («Рабочий стол»): what a person sees first, put together by their duties."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from consultations.selectors.service_desk import service_desk
from desk import permissions
from desk.reports.summary import build_summary
from desk.selectors.agenda import agenda_lines
from desk.selectors.home.duties import charges, own_classes, teaching
from desk.selectors.home.methodical import subjects_board
from desk.selectors.home.overview import overview
from desk.selectors.home.periods import desk_periods
from desk.selectors.home.setup import school_setup
from desk.selectors.home.since import since_visit
from gradebook.permissions import can_import_gradebook
from iom.permissions_work import can_write_journals
from iom.selectors.mentoring_desk import mentoring_desk
from iom.selectors.route_desk import route_figures
from monitoring.permissions import can_read_reports
from risk_registry.permissions import can_see_registry
from school.access import access_of
from school.models import School, User
from school.permissions import can_edit_school, can_open_first_school
from school.sessions import visit_before


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Everybody's first page."""
    user = request.user
    assert isinstance(user, User)  # a visitor is at the door
    if permissions.begins_with_schools(user):
        return redirect("municipal:board")
    school = access_of(user).school
    told: dict[str, Any] = {}
    if school is not None:
        told |= _of_school(user, School.objects.select_related("settings").get(pk=school.pk))
        before = visit_before(request.session)
        if can_see_registry(user) and before is not None:
            told["since"] = since_visit(user, before, told["periods"])
    told["may_open_school"] = can_open_first_school(user)
    told["nothing"] = not (told["may_open_school"] or any(told.get(name) for name in _PARTS))
    return render(request, "desk/home.html", told)


AGENDA_SHOWN = 5
_PARTS = ("overview", "setup", "waiting", "service", "own_classes", "teaching", "board", "charges")


def _of_school(user: User, school: School) -> dict[str, Any]:
    today = school.today()
    periods = desk_periods(school, today)
    told: dict[str, Any] = {"today": today, "periods": periods, "running": periods.running}
    if permissions.can_see_overview(user):
        told["overview"] = overview(user, school, periods)
    if permissions.can_see_setup(user) or (can_edit_school(user) and told.get("overview") is None):
        told["setup"] = school_setup(user, school)
    # Whoever answers for the whole school waits for its marks; the administration sees instead what it lacks.
    told["waiting"] = permissions.can_see_overview(user) and not told.get("overview") and "setup" not in told
    if permissions.leads_classes(user):
        told["own_classes"] = own_classes(user, school, periods)
    if permissions.teaches(user):
        told["teaching"] = teaching(user, school, periods)
    if permissions.can_see_subjects_board(user):
        told["board"] = subjects_board(school, periods)
    told["charges"] = charges(user, periods)
    told["service"] = service_desk(user)
    told["routes"] = route_figures(user, periods.decided)
    told["mentoring"] = mentoring_desk(user)
    if permissions.can_see_agenda(user):
        lines = agenda_lines(user)
        if permissions.begins_with_summary(user) and told.get("overview"):
            told["summary"] = build_summary(user, school, periods, [line.item for line in lines])
        told |= {"agenda": lines[:AGENDA_SHOWN], "agenda_more": max(len(lines) - AGENDA_SHOWN, 0)}
    told["may_import"] = can_import_gradebook(user)
    told["may_sum"] = permissions.can_see_summary(user)
    told["may_report"] = can_read_reports(user)
    told["writes_work"] = can_write_journals(user) and bool(told.get("own_classes") or told.get("teaching"))
    return told
