"""What the school undertook for each indicator, by its approved programs."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from monitoring.catalogue import EXPECTED, INDICATORS
from roadmaps.indicators import Indicator, Operator, Origin, Source
from roadmaps.rules.targets import Undertaking, needed_on
from roadmaps.selectors.programs import undertakings_on
from school.models import School


def undertakings_of(school: School, day: date) -> dict[str, Undertaking]:
    """Those in force on a day by code; what an expected result asks for is due when the program's plan ends."""
    found = undertakings_on(school, day)
    for code, (source, least) in EXPECTED.items():
        if source in found and found[source].targets:
            found[code] = _expected(found[source], code, least)
    return found


def _expected(one: Undertaking, code: str, least: Decimal) -> Undertaking:
    last = max(one.targets, key=lambda target: target.due)
    raw = INDICATORS[code].plan[0].raw
    target = replace(last, raw=raw, value=least, operator=Operator.AT_LEAST, implied=False, most=None)
    title = INDICATORS[code].title
    return replace(one, code=code, title=title, readings=(), reading="", targets=(target,))


def indicators_of(undertakings: Mapping[str, Undertaking]) -> dict[str, Indicator]:
    """Those of the catalogue, then the school's own, which people answer."""
    own = {one.code: _own(one, number) for number, one in enumerate(undertakings.values(), 1) if one.own}
    return {**INDICATORS, **own}


def _own(one: Undertaking, number: int) -> Indicator:
    return Indicator(
        code=one.code,
        source=Source.OWN,
        number=number,
        title=one.title,
        unit=one.unit,
        origin=Origin.MANUAL,
        numerator="",
        baseline_raw=one.baseline_raw,
        baseline=one.baseline,
    )


def single_target(one: Undertaking | None, day: date) -> Decimal | None:
    """What is needed next, where that is one number: None while the school has not decided how its plan is read."""
    needed = needed_on(one, day) if one is not None else []
    return needed[0].value if len(needed) == 1 else None
