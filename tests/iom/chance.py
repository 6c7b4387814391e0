"""Schools in which marks move by chance alone, or by chance and a gain."""

from random import Random
from statistics import fmean

from iom.rules.effect import Course


def school(seed: int, *, worked: int = 25, others: int = 40, gain: float = 0.0) -> list[Course]:
    """Marks of chance: everybody's mean stays as it is; those with the lowest measured marks are chosen for work."""
    random = Random(seed)
    courses = []
    for pupil in range(worked + others):
        truth = random.gauss(3.0, 0.4)
        for subject in ("Алгебра", "Физика")[: 1 + pupil % 2]:
            before = truth + random.gauss(0, 0.4)
            courses.append((pupil, subject, before, truth + random.gauss(0, 0.4)))
    levels = {row[0]: fmean(each[2] for each in courses if each[0] == row[0]) for row in courses}
    lowest = sorted({row[0] for row in courses}, key=lambda pupil: _noisy(courses, pupil, random))[:worked]
    return [
        Course(pupil, subject, pupil in lowest, before, after + gain * (pupil in lowest), levels[pupil])
        for pupil, subject, before, after in courses
    ]


def _noisy(courses: list[tuple[int, str, float, float]], pupil: int, random: Random) -> float:
    return min(before for own, _, before, _ in courses if own == pupil) + random.gauss(0, 0.3)


def one_subject(worked: int, others: int) -> list[Course]:
    random = Random(1)
    return [
        Course(
            pupil, "Алгебра", pupil < worked, random.uniform(2.5, 3.5), random.uniform(2.5, 3.5), random.uniform(3, 4)
        )
        for pupil in range(worked + others)
    ]
