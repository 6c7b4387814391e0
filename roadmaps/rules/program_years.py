"""Years of a program: what day a figure of the plan is due, and the days of a stage. Pure."""

from datetime import date

from roadmaps.indicators import Indicator
from roadmaps.rules.targets import Target
from roadmaps.rules.terms import month_span
from roadmaps.words_program import Template


def year_names(template: Template, first: int, years: int) -> list[str]:
    """«2026», «2027», …; of a program of one school year «2026/27»."""
    if template == Template.YEAR:
        return [f"{first}/{(first + 1) % 100:02d}"]
    return [str(first + step) for step in range(years)]


def years_within(template: Template, starts: date, ends: date) -> list[str]:
    """The years of plan of a program that holds between two days."""
    return year_names(template, starts.year, ends.year - starts.year + 1)


def due_on(year: str) -> date:
    """A calendar year's figure by 31 December («к концу 2025 года»), a school year's by 31 May.

    Raises `ValueError` for what names no year.
    """
    first, _, last = year.partition("/")
    if last:
        return date(int(first) + 1, 5, 31)
    return date(int(first), 12, 31)


def program_days(template: Template, first: int, years: int) -> tuple[date, date]:
    """Between which days the program holds: from the August before the school year, to the end of its last year."""
    ends = date(first + 1, 8, 31) if template == Template.YEAR else date(first + years - 1, 12, 31)
    return date(first, 8, 1), ends


def stage_days(months: tuple[int, int] | None, first: int) -> tuple[date | None, date | None]:
    """First and last day of a stage; months are counted from January of the first year."""
    if months is None:
        return None, None
    return month_span(months[0], first)[0], month_span(months[1], first)[1]


def planned_targets(indicator: Indicator, names: list[str]) -> tuple[Target, ...]:
    """The catalogue's plan on the years of a program; a year beyond the plan is a blank."""
    plans = {plan.step: plan for plan in indicator.plan}
    found = []
    for step, name in enumerate(names, 1):
        plan = plans.get(step)
        if plan is None:
            found.append(Target(name, due_on(name), "", None, None))
        else:
            found.append(Target(name, due_on(name), plan.raw, plan.value, plan.operator, plan.implied, plan.most))
    return tuple(found)
