"""The school's approved schedule of psychological help (indicator S5): what was approved, by whom, from when."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from school.models import AcademicYear, School


class ServiceSchedule(models.Model):
    """One approval. `content` is the printed face (`consultations.reports.schedule.SchedulePaper` as JSON).

    Written once: an earlier schedule prints from it word for word, whatever the hours are now. In force until the next.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    year = models.ForeignKey(AcademicYear, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField("номер")
    on = models.DateField("утверждён")
    content = models.JSONField("содержание")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("записано")

    class Meta:
        ordering = ["-on", "-number"]
        verbose_name = "график психологической помощи"
        constraints = [
            models.UniqueConstraint(fields=["school", "year", "number"], name="service_schedule_number_once"),
            models.CheckConstraint(name="service_schedule_number_from_one", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"график № {self.number} от {self.on:%d.%m.%Y}"
