"""Each benchmark runs, at a size at which its figures mean nothing."""

import pytest

from bench import classifying, lists
from bench.figures import Figure

pytestmark = pytest.mark.django_db(transaction=True)


def names(figures: list[Figure]) -> list[str]:
    return [figure.name for figure in figures]


def test_lists_take_as_many_queries_in_small_schools_as_their_goal_allows() -> None:
    figures = {figure.name: figure for figure in lists.run(sizes=(1, 30), times=1)}

    assert figures["lists.queries"].reached, figures["lists.queries"].detail
    assert figures["lists.growing"].reached, figures["lists.growing"].detail


def test_classification_is_measured() -> None:
    figures = classifying.run(sizes=(20, 40))

    assert names(figures) == ["classify.ratio_to_sql", "classify.growth", "classify.one_class"]
