"""The indicators that are measured: the catalogue's, and two which an expected result of the program reads otherwise.

P15 and P16 ask for 5 and 15 pairs, expected result 14 of the same passport for 10 and 30: both are kept, each under a
code of its own.
"""

from dataclasses import replace
from decimal import Decimal

from roadmaps.indicators import CATALOGUE, Indicator, Operator, Plan

EXPECTED = {"P15E": ("P15", Decimal(10)), "P16E": ("P16", Decimal(30))}


def _expected(code: str) -> Indicator:
    source, least = EXPECTED[code]
    shown = CATALOGUE[source]
    plan = Plan(len(shown.plan), f"{least} пар", least, Operator.AT_LEAST)
    title = f"{shown.title} (по ожидаемому результату 14)"
    return replace(shown, code=code, title=title, baseline_raw="", baseline=None, plan=(plan,), alike=(source,))


def _all() -> dict[str, Indicator]:
    found: dict[str, Indicator] = {}
    beside = {source: code for code, (source, _) in EXPECTED.items()}
    for code, one in CATALOGUE.items():
        found[code] = one
        if code in beside:
            found[beside[code]] = _expected(beside[code])
    return found


INDICATORS = _all()
