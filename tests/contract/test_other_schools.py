"""Whole schools made up by a seed, through the commands, against answers that were computed apart."""

from pathlib import Path

import pytest

from tests.contract.loading import Loading
from tests.contract.world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.contract]

SCHOOLS = (("quarters", "halfyears", 2), ("trimesters", "same", 1), ("halfyears", "halfyears", 1))


@pytest.mark.parametrize(("system", "upper", "period"), SCHOOLS)
def test_another_school_gives_the_answers_computed_apart(system: str, upper: str, period: int, tmp_path: Path) -> None:
    world = make_world(period, f"Д{system}", system, upper, ["2Б", "7А", "11А"], 5, period)
    loading = Loading(world, period, tmp_path)
    loading.create()
    last = world.interval(system, period)[1]
    for class_name in world.classes():
        own = world.period_of(world.system_of(class_name), last)
        for number in range(1, own + 1):
            first, second = loading.chance.sample(["journal", "progress"], 2)
            loading.lessons(class_name, number, first)
            loading.lessons(class_name, number, second)
        loading.results(class_name, own, loading.chance.choice(["summary", "report_card"]))
    loading.flat(period)
    for number in range(1, period + 1):
        loading.compare(number)
