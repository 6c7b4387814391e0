"""All that follows from the facts of a period: categories, proposals and signals of every rule."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from risk_registry.facts import ask
from risk_registry.services.classification import period_classify
from risk_registry.services.signalling import period_warn
from school.models import START, Period


@transaction.atomic
def period_judge(
    *, period: Period, pupils: Collection[int] | None = None, days: tuple[date, date] | None = None
) -> None:
    """Compute a period of the main system anew: for `pupils`, or for the whole school when None.

    `days`: the first and the last day of what changed, None for any. What changed after the period leaves it as it
    was; what changed before all that it counts can move a trend, which looks back to the year's beginning, and no more.
    The beginning of a year is computed of all that is known of the year before; no signals belong to it.
    """
    if period.is_start:
        period_classify(period=period, pupils=pupils)
        return
    if days is not None and days[0] > period.ends:
        return
    if days is None or days[1] >= _counts_from(period):
        period_classify(period=period, pupils=pupils)
    period_warn(period=period, pupils=pupils)


def _counts_from(period: Period) -> date:
    """The first day that any class counts: classes with half-years count more than a quarter."""
    spans = ask(period.pk).spans.items()
    return min(span.starts for system, span in spans if system != START)
