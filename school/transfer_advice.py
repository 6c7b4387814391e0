"""What upper floors know that speaks against an ordinary transfer to the next class: results, debts.

An advice only proposes; a person decides on the page of the change of year.
"""

from collections.abc import Callable, Mapping

from school.models import AcademicYear
from school.year_rules import Advice

Advisor = Callable[[AcademicYear], Mapping[int, Advice]]

_advisors: dict[str, Advisor] = {}


def advisor_register(code: str, advisor: Advisor) -> None:
    """Offer advice; known by its code, so registering it again replaces it. Keys of its answer are pupils'.

    It is asked about a whole year at once: a constant number of queries.
    """
    _advisors[code] = advisor


def transfer_advice(year: AcademicYear) -> dict[int, Advice]:
    """By the pupil's key, with the reasons of all advisers."""
    found: dict[int, Advice] = {}
    for code in sorted(_advisors):
        for pupil, advice in _advisors[code](year).items():
            other = found.get(pupil)
            found[pupil] = advice if other is None else _both(other, advice)
    return found


def _both(one: Advice, other: Advice) -> Advice:
    return Advice(f"{one.reason}; {other.reason}", one.repeats or other.repeats)
