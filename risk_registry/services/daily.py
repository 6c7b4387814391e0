"""What the passing of days does: some signals rise without a new mark."""

from risk_registry.models import Classification
from risk_registry.services.signalling import period_warn
from school.models import START, Period, School


def schools_warn() -> None:
    """Look again at the period that is under way in each school, where it was ever computed.

    Each school in a transaction of its own; to do it twice changes nothing.
    """
    for school in School.objects.filter(classifications__isnull=False).distinct():
        for period in _under_way(school):
            period_warn(period=period)


def _under_way(school: School) -> list[Period]:
    today = school.today()
    known = Classification.objects.filter(school=school, period__starts__lte=today, period__ends__gte=today)
    return [each.period for each in known.exclude(period__system=START).select_related("period")]
