"""Routes of the demo school: whole stories in every state."""

import pytest

from iom.models import Route
from iom.words import RouteKind, RouteState
from school.models import School

pytestmark = pytest.mark.django_db


def test_there_are_routes_in_every_state_and_of_every_kind(demo_school: School) -> None:
    routes = Route.objects.filter(school=demo_school)
    assert {route.state for route in routes} == set(RouteState)
    assert {route.kind for route in routes} == set(RouteKind)
    assert routes.get(pupil__last_name="Зимина").number == 2
    done = routes.get(pupil__last_name="Чернова")
    assert (done.state, done.reviews.count(), done.gaps.get().state) == (RouteState.FINISHED, 1, "closed")
    refused = routes.get(pupil__last_name="Рябов")
    assert not refused.agreements.get(side="parents").agreed
