"""How routes stand, on the desks of those who lead some: three figures, each the address of its names."""

from django.urls import reverse

from common.look import Figure
from iom.models import Route
from iom.permissions_routes import can_make_some
from iom.selectors.route_waiting import routes_waiting
from risk_registry.models import RegistryEntry
from risk_registry.selectors.registry import OUT
from school.models import Period, User


def route_figures(user: User, period: Period | None) -> tuple[Figure, ...]:
    """Going on, past their review, who of the period's registry has none; two queries, nothing for others."""
    if user.school is None or not can_make_some(user):
        return ()
    told = routes_waiting(user, user.school.today())
    page = reverse("routes:list")
    found = [
        Figure("Маршруты в работе", str(told.going), page),
        Figure("Пересмотр просрочен", str(told.late), f"{page}?review=late"),
    ]
    if period is not None:
        entries = RegistryEntry.objects.visible_to(user).filter(period=period).exclude(state__in=OUT)
        routes = Route.objects.visible_to(user).going().filter(pupil__isnull=False).order_by()
        without = entries.exclude(pupil__in=routes.values("pupil")).count()
        address = f"{reverse('routes:coverage')}?period={period.pk}&cover=none"
        found.append(Figure("В реестре без маршрута", str(without), address))
    return tuple(found)
