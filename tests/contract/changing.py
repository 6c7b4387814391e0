"""What becomes of a made-up school in the course of its year: corrections, and pupils who move to another class."""

import random
from datetime import date

from tests.contract.world import CELLS, World, fill_pupil


def correct(chance: random.Random, world: World, class_name: str, last: date) -> None:
    """Some marks of a class become others, some go, some come."""
    ids = {pupil.id for pupil in world.members(class_name, last)}
    slots = [key for key in world.cells if key[0] in ids and key[2] <= last]
    for key in chance.sample(slots, len(slots) // 6):
        if chance.random() < 0.3:
            del world.cells[key]
        else:
            world.cells[key] = chance.choice(("2", "4", "5", *CELLS))
    for subject in world.subjects[class_name]:
        for day in chance.sample(world.lessons[class_name, subject], 3):
            world.cells.setdefault((chance.choice(sorted(ids)), subject, day, 1), "3")


def teach_elsewhere(chance: random.Random, world: World, who: str, day: date, to: str, number: int) -> None:
    """From `day` on a pupil learns in the class `to`; the results of period `number` are those of its subjects."""
    pupil = next(each for each in world.pupils if each.id == who)
    for key in [key for key in world.cells if key[0] == who and key[2] >= day]:
        del world.cells[key]
    for subject in world.subjects[pupil.entered]:
        world.results.pop((who, subject, number), None)
    for subject in world.subjects[to]:
        days = [lesson for lesson in world.lessons[to, subject] if lesson >= day]
        fill_pupil(chance, world, pupil, subject, days, 2.8)
        world.results[who, subject, number] = chance.choice(("2", "3", "4", "н/а"))
