"""Frozen values: a period's, an indicator's way through periods, and what a new count would say otherwise."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from monitoring.computations.base import CLASSIFICATION, REGISTRY, Name, Rows, Side
from monitoring.models import Measurement
from monitoring.rules.values import value_words
from monitoring.selectors_figures import Figure
from risk_registry.selectors.periods import main_periods
from roadmaps.indicators import Unit
from school.access import Viewer
from school.models import Period, School

BASES = {REGISTRY: "по утверждённому реестру", CLASSIFICATION: "по категориям из отметок"}
_MOST_NAMES = 20


@dataclass(frozen=True)
class Difference:
    """What a count of now says otherwise than the frozen value, and why; nothing is written over."""

    code: str
    title: str
    was: str
    now: str
    reasons: tuple[str, ...]
    came: tuple[Name, ...] = ()
    gone: tuple[Name, ...] = ()


def measurements_of(user: Viewer, period: Period) -> dict[str, Measurement]:
    """The frozen values of a period by code; empty before it is frozen. One query."""
    rows = Measurement.objects.visible_to(user).filter(period=period).select_related("by__staff")
    return {row.code: row for row in rows}


def measurements_by_code(school: School, last: Period) -> dict[str, list[Measurement]]:
    """All frozen values up to a period, in time, without the keys of rows; one query."""
    rows: QuerySet[Measurement] = Measurement.objects.filter(school=school, period__starts__lte=last.starts)
    found: dict[str, list[Measurement]] = {}
    for row in rows.select_related("period__year", "by__staff").defer("counted", "whole").order_by("period__starts"):
        found.setdefault(row.code, []).append(row)
    return found


def frozen_periods(school: School) -> set[int]:
    """Keys of the periods that are frozen."""
    return set(Measurement.objects.filter(school=school).order_by().values_list("period", flat=True).distinct())


def periods_on_board(last: Period) -> list[Period]:
    """Of the year, those that have begun by the school's day."""
    today = last.year.school.today()
    return [period for period in main_periods(last.year) if period.starts <= today]


def differences(user: Viewer, frozen: Mapping[str, Measurement], figures: Iterable[Figure]) -> list[Difference]:
    """Of the indicators whose numbers are others now, with who came and who went as far as the person sees them."""
    found = ((frozen[one.code], one) for one in figures if one.code in frozen)
    return [_difference(user, was, now) for was, now in found if _numbers(was) != (now.numerator, now.denominator)]


def _numbers(row: Measurement) -> tuple[int | None, int | None]:
    return row.numerator, row.denominator


def _difference(user: Viewer, was: Measurement, now: Figure) -> Difference:
    counted = now.reckoned.numerator if now.reckoned is not None else None
    came, gone = _moved(user, was.counted, counted)
    return Difference(
        code=was.code,
        title=now.indicator.title,
        was=_words(Unit(was.unit), was.numerator, was.denominator, value_words(Unit(was.unit), was.value)),
        now=_words(now.indicator.unit, now.numerator, now.denominator, now.words),
        reasons=tuple(_reasons(was, now)),
        came=came,
        gone=gone,
    )


def _words(unit: Unit, numerator: int | None, denominator: int | None, words: str) -> str:
    return words if denominator is None else f"{words} ({numerator} из {denominator})"


def _reasons(was: Measurement, now: Figure) -> Iterable[str]:
    if was.version != now.version:
        yield f"определение изменилось: редакция {was.version} → {now.version}"
    if was.basis != now.basis:
        yield f"группа риска была {BASES.get(was.basis, '—')}, теперь {BASES.get(now.basis, '—')}"
    if was.denominator != now.denominator:
        yield f"знаменатель был {_told(was.denominator)}, стал {_told(now.denominator)}"
    if was.numerator != now.numerator:
        yield f"числитель был {_told(was.numerator)}, стал {_told(now.numerator)}"


def _told(number: int | None) -> str:
    return "не известен" if number is None else str(number)


def _moved(user: Viewer, kept: list[int] | None, side: Side | None) -> tuple[tuple[Name, ...], tuple[Name, ...]]:
    """Who is in the numerator now and was not, and the other way round; twenty of each at most."""
    if kept is None or not isinstance(side, Rows) or side.namer is None:
        return (), ()
    keys = set(side.rows.order_by().values_list("pk", flat=True))
    every = side.rows.model._default_manager.all()
    came, gone = every.filter(pk__in=keys - set(kept)), every.filter(pk__in=set(kept) - keys)
    return tuple(side.namer(came, user))[:_MOST_NAMES], tuple(side.namer(gone, user))[:_MOST_NAMES]
