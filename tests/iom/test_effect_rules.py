"""Did it help: chance gives no effect, a real one is found, few pupils get words."""

from random import Random
from statistics import fmean

import pytest

from iom.rules.effect import LEAST_PUPILS, Course, Effect, effect_of, student_quantile


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


def test_chance_alone_covers_zero_in_at_least_ninety_of_a_hundred_schools() -> None:
    covered = [effect_of(school(seed)).difference for seed in range(200)]
    assert sum(difference is not None and difference.covers_zero for difference in covered) >= 180


def test_small_groups_of_chance_cover_zero_too() -> None:
    covered = [effect_of(school(seed, worked=LEAST_PUPILS, others=14)).difference for seed in range(200)]
    assert sum(difference is not None and difference.covers_zero for difference in covered) >= 180


def test_marks_of_the_chosen_rise_by_themselves_and_that_is_not_called_an_effect() -> None:
    effects = [effect_of(school(seed)) for seed in range(50)]
    rises = [effect.with_work.change for effect in effects if effect.with_work is not None]
    added = [effect.difference.value for effect in effects if effect.difference is not None]
    assert sum(rises) / len(rises) > 0.15
    assert abs(sum(added) / len(added)) < 0.05


def test_a_real_gain_is_found_and_its_interval_holds_it() -> None:
    found = [effect_of(school(seed, worked=60, others=90, gain=0.5)).difference for seed in range(50)]
    assert all(difference is not None and difference.low > 0 for difference in found)
    assert sum(difference is not None and difference.low <= 0.5 <= difference.high for difference in found) >= 42


@pytest.mark.parametrize(("worked", "others"), [(LEAST_PUPILS - 1, 40), (40, LEAST_PUPILS - 1), (0, 0)])
def test_under_ten_pupils_on_a_side_there_are_words_and_no_figure(worked: int, others: int) -> None:
    effect = effect_of(one_subject(worked, others))
    assert (effect.with_work, effect.without_work, effect.difference) == (None, None, None)
    assert effect.cautions == (
        f"Мало учеников для сравнения: с работой — {worked}, сравнимых без неё — {others}, нужно не меньше 10 с каждой "
        "стороны. Посмотрите на каждого в отдельности.",
    )


def test_from_ten_pupils_on_each_side_there_is_a_figure() -> None:
    assert effect_of(one_subject(LEAST_PUPILS, LEAST_PUPILS)).difference is not None


def one_subject(worked: int, others: int) -> list[Course]:
    random = Random(1)
    return [
        Course(
            pupil, "Алгебра", pupil < worked, random.uniform(2.5, 3.5), random.uniform(2.5, 3.5), random.uniform(3, 4)
        )
        for pupil in range(worked + others)
    ]


def test_a_pupil_counts_once_however_many_subjects() -> None:
    rows = one_subject(12, 12)
    twice = rows + [Course(row.pupil, "Физика", row.worked, row.before, row.after, row.level) for row in rows]
    assert (effect_of(twice).worked, effect_of(twice).compared) == (12, 12)
    assert _width(effect_of(twice)) == pytest.approx(_width(effect_of(rows)), rel=0.1)


def _width(effect: Effect) -> float:
    assert effect.difference is not None
    return effect.difference.high - effect.difference.low


def test_whoever_had_the_work_in_another_subject_is_no_comparison() -> None:
    rows = one_subject(12, 12)
    elsewhere = [Course(row.pupil, "Физика", worked=True, before=3, after=3, level=3) for row in rows if not row.worked]
    assert effect_of(rows + elsewhere).compared == 0


def test_those_without_anybody_to_compare_with_are_named_by_number() -> None:
    alone = Course(99, "Химия", worked=True, before=2.5, after=3.5, level=3)
    assert "Без пары остались: 1." in " ".join(effect_of([*one_subject(12, 12), alone]).cautions)


def test_groups_that_differ_before_the_work_are_called_a_weak_comparison() -> None:
    rows = [Course(n, "Алгебра", n < 15, 2.4 if n < 15 else 3.2 + n / 1000, 3.0 + n / 100, 3.0) for n in range(30)]
    assert any("сравнение слабое" in caution for caution in effect_of(rows).cautions)


@pytest.mark.parametrize(("freedom", "quantile"), [(4, 2.776), (8, 2.306), (18, 2.101), (30, 2.042), (1000, 1.962)])
def test_quantiles_are_those_of_students_table(freedom: int, quantile: float) -> None:
    assert student_quantile(freedom) == pytest.approx(quantile, abs=0.01)
