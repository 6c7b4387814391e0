"""The pages of the service as tabs."""

from collections.abc import Callable

from django.urls import reverse

from common.look import Tab
from consultations.permissions import can_open_hours, can_see_schedule, can_see_urgent
from consultations.permissions_schedule import brings_meetings, can_see_load, sees_weeks
from school.models import User

_PAGES: list[tuple[str, str, Callable[[User], bool]]] = [
    ("Кто когда принимает", "service:receiving", can_see_schedule),
    ("Встречи", "service:meetings", can_see_schedule),
    ("Неделя", "week:page", sees_weeks),
    ("График помощи", "schedule:page", can_see_schedule),
    ("Графики учеников", "bringing:list", brings_meetings),
    ("Часы приёма", "service:hours", can_open_hours),
    ("Срочные встречи", "service:urgent", can_see_urgent),
    ("Нагрузка", "load:page", can_see_load),
]


def service_tabs(user: User, current: str) -> list[Tab]:
    """Those that are open to the person; `current` is the name of the page's address."""
    return [Tab(title, reverse(name), name == current) for title, name, may in _PAGES if may(user)]
