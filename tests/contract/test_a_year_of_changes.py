"""Two schools side by side through a year of corrections and moves, against answers that were computed apart."""

from datetime import date
from pathlib import Path

import pytest

from tests.contract.changing import correct, teach_elsewhere
from tests.contract.loading import Loading
from tests.contract.world import World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.contract]

CLASSES = ("7А", "7Б", "10А")
MOVE = date(2026, 11, 16)
BEFORE = date(2026, 11, 15)


def school(tmp_path: Path, code: str, system: str) -> Loading:
    """Both schools are of one seed: the same identifiers, names and classes, other periods."""
    world = make_world(17, code, system, "halfyears", CLASSES, 6, 2)
    folder = tmp_path / code
    folder.mkdir()
    loading = Loading(world, 5, folder)
    loading.create()
    return loading


def load(loading: Loading, number: int, layout: str) -> None:
    """The period of all classes; those with half-years state the one that contains its end."""
    world = loading.world
    last = world.interval(world.system, number)[1]
    for class_name in CLASSES:
        loading.lessons(class_name, world.period_of(world.system_of(class_name), last), layout)


def move_somebody(loading: Loading) -> None:
    """Two pupils change places between the sevens; what the old class's journal said until then is loaded before."""
    world = loading.world
    moved = {_first(world, "7А"): "7Б", _first(world, "7Б"): "7А"}
    for class_name in ("7А", "7Б"):
        loading.lessons(class_name, 2, "journal", until=BEFORE)
    for who, to in moved.items():
        teach_elsewhere(loading.chance, world, who, MOVE, to, 2)
    loading.move(MOVE, moved)


def _first(world: World, class_name: str) -> str:
    return world.members(class_name, BEFORE)[0].id


def test_corrections_moves_and_a_neighbour_with_the_same_names_change_no_answer(tmp_path: Path) -> None:
    first, second = school(tmp_path, "П1", "quarters"), school(tmp_path, "П2", "trimesters")
    for loading in (first, second):
        load(loading, 1, "journal")
    for class_name in CLASSES:
        correct(first.chance, first.world, class_name, date(2026, 10, 31))
    load(first, 1, "progress")
    move_somebody(first)
    load(first, 2, "journal")
    load(first, 2, "progress")
    first.flat(2)

    for loading, numbers in ((first, (1, 2)), (second, (1,))):
        for number in numbers:
            loading.compare(number)
