"""Counting of answers, and what may be told of them: without a database."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.small_groups import LEAST_GROUP
from parents.rules.hiding import ClassSize, Node, joined_classes, rests, shown_groups
from parents.rules.survey_results import GroupCounts, results_of, satisfied_of
from parents.rules.surveys import (
    Asked,
    Counts,
    Option,
    check,
    counted_in,
    fault_of,
    mean_of,
    number_of,
    scale_options,
    summed,
)
from parents.shipped_surveys import SHIPPED
from parents.survey_words import Ask

ONE = Asked("1", "Довольны?", Ask.ONE, True, (Option("да", good=True), Option("нет")), measured=True)
MANY = Asked("2", "Откуда?", Ask.SEVERAL, False, (Option("дневник"), Option("собрание"), Option("ребёнок")))
SCALE = Asked("3", "Понятно?", Ask.SCALE, False, scale_options("нет", "да"))
WORDS = Asked("4", "Что изменить?", Ask.TEXT, False)
ALL = (ONE, MANY, SCALE, WORDS)


def test_answers_are_places_of_options_and_trimmed_words() -> None:
    told = check(ALL, {"1": ["1"], "2": ["2", "0", "2"], "3": ["4"], "4": ["  тише  "]})

    assert told.answers == {"1": (1,), "2": (0, 2), "3": (4,), "4": "тише"}
    assert not told.errors


@pytest.mark.parametrize("sent", [[], ["2"], ["-1"], ["x"], ["٣"], [""], ["9" * 50]])
def test_an_unknown_choice_is_no_choice(sent: list[str]) -> None:
    assert check([ONE], {"1": sent}).errors == {"1": "Выберите ответ."}


def test_an_empty_sheet_of_questions_that_may_be_left_out_is_refused() -> None:
    assert check([MANY], {}).errors


def test_counts_add_up_and_the_first_ones_stay_as_they_were() -> None:
    before: Counts = {}
    once = counted_in(before, ALL, {"1": (0,), "2": (0, 2), "4": "слово"})
    twice = counted_in(once, ALL, {"1": (1,), "3": (4,)})

    assert before == {}
    assert once == {"1": {"n": 1, "0": 1}, "2": {"n": 1, "0": 1, "2": 1}, "4": {"n": 1}}
    assert (number_of(twice, "1"), number_of(twice, "2"), mean_of(twice, SCALE)) == (2, 1, 5.0)
    assert summed([once, once])["2"] == {"n": 2, "0": 2, "2": 2}


@pytest.mark.parametrize(
    ("asked", "fault"),
    [
        (Asked("", " ", Ask.ONE, True, (Option("а"), Option("б"))), "Напишите вопрос."),
        (Asked("", "?", Ask.ONE, True, (Option("а"),)), "Нужно хотя бы два варианта ответа."),
        (Asked("", "?", Ask.ONE, True, (Option("а"), Option("а"))), "Два варианта ответа одинаковы."),
        (Asked("", "?", Ask.SEVERAL, True, (Option("а", good=True), Option("б")), measured=True), "с одним ответом"),
        (Asked("", "?", Ask.ONE, True, (Option("а"), Option("б")), measured=True), "Отметьте ответы"),
        (ONE, ""),
        (WORDS, ""),
    ],
)
def test_a_question_that_cannot_be_asked_says_why(asked: Asked, fault: str) -> None:
    assert (fault in fault_of(asked)) if fault else not fault_of(asked)


def test_every_shipped_questionnaire_can_be_asked() -> None:
    assert set(SHIPPED) == {"satisfaction", "difficulties", "causes"}
    assert not [fault for one in SHIPPED.values() for asked in one.questions if (fault := fault_of(asked))]
    assert [one.code for one in SHIPPED.values() if any(asked.measured for asked in one.questions)] == ["satisfaction"]


def test_small_classes_are_counted_with_others_of_their_level() -> None:
    sizes = [("1А", "noo", 3), ("2А", "noo", 9), ("5А", "ooo", 20), ("11А", "soo", 2)]
    told = joined_classes([ClassSize(key, *one) for key, one in enumerate(sizes)])

    assert sorted(sorted(one.name for one in group) for group in told) == [["11А", "1А", "2А"], ["5А"]]


@given(st.lists(st.tuples(st.sampled_from(["noo", "ooo", "soo"]), st.integers(0, 30)), min_size=1, max_size=12))
def test_no_group_is_smaller_than_five_unless_the_whole_survey_is(classes: list[tuple[str, int]]) -> None:
    told = joined_classes([ClassSize(key, f"{key}", level, size) for key, (level, size) in enumerate(classes)])

    assert sorted(one.key for group in told for one in group) == list(range(len(classes)))
    assert len(told) == 1 or all(sum(one.size for one in group) >= LEAST_GROUP for group in told)


def test_one_small_class_hides_its_smallest_neighbour_and_no_more() -> None:
    tree = Node("all", 33, (Node("7А", 3), Node("7Б", 12), Node("7В", 9), Node("7Г", 9)))

    assert shown_groups(tree) == {"all", "7Б", "7Г"}


def test_a_hidden_level_is_not_found_through_its_classes() -> None:
    noo = Node("noo", 3, (Node("1А", 3),))
    ooo = Node("ooo", 16, (Node("5А", 8), Node("6А", 8)))

    assert shown_groups(Node("all", 19, (noo, ooo))) == {"all", "6А"}


def test_fewer_than_five_answers_show_nothing_and_where_all_are_large_all_are_shown() -> None:
    assert shown_groups(Node("all", 4, (Node("7А", 4),))) == frozenset()
    assert shown_groups(Node("all", 10, (Node("7А", 5), Node("7Б", 5)))) == {"all", "7А", "7Б"}


LEVELS = st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=3), min_size=1, max_size=3)


@given(LEVELS)
def test_no_small_group_is_a_sum_or_a_difference_of_what_is_shown(levels: list[list[int]]) -> None:
    """Linear algebra, with no idea of trees: of every set of classes under five, is it in the span of what is shown?"""
    tree, members = _tree(levels)
    shown = shown_groups(tree)
    sizes = [size for level in levels for size in level]
    vectors = [[Fraction(leaf in members[key]) for leaf in range(len(sizes))] for key in sorted(shown)]
    rank = _rank(vectors)
    full = [leaf for leaf, size in enumerate(sizes) if size]  # classes without answers hide nobody
    kept = [[row[leaf] for leaf in full] for row in vectors]
    rank = _rank(kept)
    for number in range(1, min(len(full), 4) + 1):
        for some in combinations(full, number):
            if sum(sizes[leaf] for leaf in some) < LEAST_GROUP:
                target = [Fraction(leaf in some) for leaf in full]
                assert _rank([*kept, target]) > rank, f"{some} of {levels} follows from {sorted(shown)}"


@given(LEVELS)
def test_what_is_left_beside_shown_groups_is_nobody_or_at_least_five(levels: list[list[int]]) -> None:
    tree, _ = _tree(levels)

    assert all(rest == 0 or rest >= LEAST_GROUP for rest in rests(tree, shown_groups(tree)).values())


def _tree(levels: list[list[int]]) -> tuple[Node, dict[str, set[int]]]:
    nodes, members, leaf = [], {}, 0
    for number, level in enumerate(levels):
        leaves = []
        for size in level:
            leaves.append(Node(f"c{leaf}", size))
            members[f"c{leaf}"] = {leaf}
            leaf += 1
        nodes.append(Node(f"l{number}", sum(level), leaves))
        members[f"l{number}"] = set(range(leaf - len(level), leaf))
    members["all"] = set(range(leaf))
    return Node("all", sum(map(sum, levels)), nodes), members


def _rank(rows: list[list[Fraction]]) -> int:
    left, rank = [list(row) for row in rows], 0
    for column in range(len(left[0]) if left else 0):
        pivot = next((index for index in range(rank, len(left)) if left[index][column]), None)
        if pivot is None:
            continue
        left[rank], left[pivot] = left[pivot], left[rank]
        for index in range(rank + 1, len(left)):
            factor = left[index][column] / left[rank][column]
            left[index] = [a - factor * b for a, b in zip(left[index], left[rank], strict=True)]
        rank += 1
    return rank


def group(name: str, level: str, yes: int, no: int, asked: Asked = ONE) -> GroupCounts:
    counts = {asked.key: {"n": yes + no, "0": yes, "1": no}}
    return GroupCounts(name, level, 25, yes + no, counts)


def test_results_hide_a_small_class_and_its_neighbour_and_keep_the_whole() -> None:
    groups = [group("7А", "ООО", 2, 1), group("7Б", "ООО", 6, 4), group("7В", "ООО", 3, 4)]
    (question,) = results_of([ONE], groups, {})

    assert (question.answered, [option.count for option in question.options]) == (20, [11, 9])
    assert {part.name: part.counts for part in question.parts} == {"7А": (), "7Б": (6, 4), "7В": ()}
    assert [part.answered for part in question.parts if not part.shown] == [0, 0]


def test_hiding_is_counted_by_those_who_answered_the_question() -> None:
    groups = [GroupCounts(name, "ООО", 25, 20, {"1": {"n": n, "0": n}}) for name, n in (("7А", 2), ("7Б", 20))]
    (question,) = results_of([ONE], groups, {})

    assert not any(part.shown for part in question.parts)


def test_own_words_are_told_from_five_on_in_alphabetical_order_and_by_no_class() -> None:
    groups = [GroupCounts("7А", "ООО", 25, 20, {"4": {"n": 5}}), GroupCounts("7Б", "ООО", 25, 20, {})]
    texts = ["г", "а", "в", "б", "д"]
    (told,) = results_of([WORDS], groups, {"4": texts})
    few = [GroupCounts("7А", "ООО", 25, 20, {"4": {"n": 4}})]
    (hidden,) = results_of([WORDS], few, {"4": texts[:4]})

    assert (told.texts, told.parts) == (("а", "б", "в", "г", "д"), ())
    assert (hidden.shown, hidden.texts, hidden.answered) == (False, (), 0)


def test_the_indicator_counts_marked_answers_of_all_answers_and_needs_five() -> None:
    told = satisfied_of(ALL, [group("7А", "ООО", 4, 1), group("7Б", "ООО", 2, 3)])

    assert told is not None
    assert (told.numerator, told.denominator, told.value, told.good) == (6, 10, 60.0, ("да",))
    assert satisfied_of(ALL, [group("7А", "ООО", 4, 0)]) is None
    assert satisfied_of([SCALE], [group("7А", "ООО", 9, 9)]) is None
