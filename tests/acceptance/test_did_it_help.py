"""Did it help: chance is not called an effect, and a few pupils get words, no figure."""

import pytest

from iom.rules.effect import LEAST_PUPILS, effect_of
from tests.iom.chance import one_subject, school


def test_chance_alone_covers_zero_in_at_least_ninety_of_a_hundred_schools() -> None:
    covered = [effect_of(school(seed)).difference for seed in range(200)]
    assert sum(difference is not None and difference.covers_zero for difference in covered) >= 180


def test_small_groups_of_chance_cover_zero_too() -> None:
    covered = [effect_of(school(seed, worked=LEAST_PUPILS, others=14)).difference for seed in range(200)]
    assert sum(difference is not None and difference.covers_zero for difference in covered) >= 180


@pytest.mark.parametrize(("worked", "others"), [(LEAST_PUPILS - 1, 40), (40, LEAST_PUPILS - 1), (0, 0)])
def test_under_ten_pupils_on_a_side_there_are_words_and_no_figure(worked: int, others: int) -> None:
    effect = effect_of(one_subject(worked, others))
    assert (effect.with_work, effect.without_work, effect.difference) == (None, None, None)
    assert effect.cautions == (
        f"Мало учеников для сравнения: с работой — {worked}, сравнимых без неё — {others}, нужно не меньше 10 с каждой "
        "стороны. Посмотрите на каждого в отдельности.",
    )
