"""That a class teacher was reminded of the registry."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from school.models import Period, School, SchoolClass, Staff


class ApprovalReminder(models.Model):
    """A reminder to agree to the entries of a class: by a person (`by`), or by the calendar, once before each term."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="+")
    school_class = models.ForeignKey(SchoolClass, on_delete=models.CASCADE, related_name="+")
    to = models.ForeignKey(Staff, verbose_name="кому", on_delete=models.CASCADE, related_name="+")
    due = models.DateField("срок")
    on = models.DateField("когда")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField("записано")

    class Meta:
        ordering = ["-pk"]
        verbose_name = "напоминание о реестре"
        constraints = [
            models.UniqueConstraint(
                fields=["period", "school_class", "due"], condition=Q(by__isnull=True), name="reminded_once_by_calendar"
            ),
            models.UniqueConstraint(
                fields=["period", "school_class", "on"], condition=Q(by__isnull=False), name="reminded_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_class}: {self.on:%d.%m.%Y}"
