"""What the school measured and reported."""

from monitoring.models.aggregates import SchoolAggregate, SchoolAggregateQuerySet
from monitoring.models.measurements import ManualValue, Measurement
from monitoring.models.reports import Report, ReportQuerySet, ReportState

__all__ = [
    "ManualValue",
    "Measurement",
    "Report",
    "ReportQuerySet",
    "ReportState",
    "SchoolAggregate",
    "SchoolAggregateQuerySet",
]
