"""Did it help: chance gives no effect, a real one is found, few pupils get words."""

import pytest

from iom.rules.effect import LEAST_PUPILS, Course, Effect, effect_of, student_quantile
from tests.iom.chance import one_subject, school


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


def test_from_ten_pupils_on_each_side_there_is_a_figure() -> None:
    assert effect_of(one_subject(LEAST_PUPILS, LEAST_PUPILS)).difference is not None


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
