"""All that follows from the facts of a period: categories, proposals and signals of every rule."""

from collections.abc import Collection

from django.db import transaction

from risk_registry.services.classification import period_classify
from risk_registry.services.signalling import period_warn
from school.models import Period


@transaction.atomic
def period_judge(*, period: Period, pupils: Collection[int] | None = None) -> None:
    """Compute a period of the main system anew: for `pupils`, or for the whole school when None."""
    period_classify(period=period, pupils=pupils)
    period_warn(period=period, pupils=pupils)
