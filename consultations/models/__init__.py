"""The service: hours of specialists, meetings and who takes part in them."""

from consultations.models.hours import HoursException, ServiceHours
from consultations.models.meetings import Appointment, AppointmentPupil, AppointmentStep, UrgentGrounds

__all__ = ["Appointment", "AppointmentPupil", "AppointmentStep", "HoursException", "ServiceHours", "UrgentGrounds"]
