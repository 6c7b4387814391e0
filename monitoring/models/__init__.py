"""What the school measured and reported."""

from monitoring.models.measurements import ManualValue, Measurement
from monitoring.models.reports import Report, ReportQuerySet, ReportState

__all__ = ["ManualValue", "Measurement", "Report", "ReportQuerySet", "ReportState"]
