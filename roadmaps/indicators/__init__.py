"""The catalogue of indicators: fifty-two of the sources, the same for every school, with their plans.

    CATALOGUE["P10"]   → Indicator: code, source (set), number, part (direction), title, unit (percent | count |
                         presence | decrease), origin (auto | semi | manual), numerator and denominator in words,
                         baseline and baseline_raw, plan, readings, oddities, undecided, alike, counted, regional
    of_source(Source.PROGRAM | YEARLY | REGIONAL) → its indicators in order
    indicator.plan     → a Plan for each year of a program, by its `step` from 1: raw, value, operator, implied, most

P01–P35 and G01 (the goal itself, which the sources forgot) are of the long-term program, S1–S7 of the one-year one,
R01–R09 of the region: these have no plan, but `regional`, the region's value in percent.

A plan has steps, not years: years, the own baseline, the reading chosen and the school's own indicators belong to a
school's program. What a school undertook comes from the approved versions of its programs:

    roadmaps.selectors.programs.undertakings_on(school, day) → {code: roadmaps.rules.targets.Undertaking}
    roadmaps.rules.targets.needed_on(undertaking, day)       → [Needed(reading, value, target)]: one, or two while the
                                                               school has not decided how the plan is read
"""

from roadmaps.indicators.passport import INDIVIDUALIZATION, SOURCE_YEARS, STAFF_SKILLS
from roadmaps.indicators.passport_rest import CLIMATE, GOAL, PARENTS
from roadmaps.indicators.regional import REGIONAL
from roadmaps.indicators.shapes import Counted, Indicator, Operator, Origin, Part, Plan, Reading, Source, Unit
from roadmaps.indicators.yearly import YEARLY

PROGRAM = (GOAL, *STAFF_SKILLS, *INDIVIDUALIZATION, *PARENTS, *CLIMATE)
CATALOGUE = {one.code: one for one in (*PROGRAM, *YEARLY, *REGIONAL)}

__all__ = [
    "CATALOGUE",
    "PROGRAM",
    "REGIONAL",
    "SOURCE_YEARS",
    "YEARLY",
    "Counted",
    "Indicator",
    "Operator",
    "Origin",
    "Part",
    "Plan",
    "Reading",
    "Source",
    "Unit",
    "of_source",
]


def of_source(source: Source) -> list[Indicator]:
    """The indicators of one set in their order."""
    return [one for one in CATALOGUE.values() if one.source == source]
