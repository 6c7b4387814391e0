import pytest

from common.errors import Refused
from common.workflow import Transition, Workflow

WORKFLOW = Workflow(
    [
        Transition("agree", "proposed", "agreed"),
        Transition("approve", "agreed", "approved"),
        Transition("return", "agreed", "proposed", needs_comment=True),
    ]
)


def test_a_deed_leads_to_its_state() -> None:
    assert WORKFLOW.step("agree", "proposed").target == "agreed"
    assert WORKFLOW.deeds("agreed") == ["approve", "return"]
    assert WORKFLOW.sources("approve") == ["agreed"]


@pytest.mark.parametrize(("deed", "state"), [("approve", "proposed"), ("agree", "approved"), ("burn", "agreed")])
def test_a_deed_that_is_not_possible_here_is_refused(deed: str, state: str) -> None:
    with pytest.raises(Refused, match="обновите страницу"):
        WORKFLOW.step(deed, state)


@pytest.mark.parametrize("comment", ["", "  \n"])
def test_a_return_needs_its_reason(comment: str) -> None:
    with pytest.raises(Refused, match="Напишите причину"):
        WORKFLOW.step("return", "agreed", comment)
    assert WORKFLOW.step("return", "agreed", "нет оснований").target == "proposed"


def test_two_ways_for_one_deed_are_a_mistake_of_the_table() -> None:
    with pytest.raises(ValueError, match="two transitions"):
        Workflow([Transition("a", "x", "y"), Transition("a", "x", "z")])
