"""What was done about the alarm of external works."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from gradebook.models import Procedure
from school.models import AcademicYear, School, SchoolClass


class WorksReview(models.Model):
    """«Рассмотрено: …»: the director or the deputy looked into the alarming works of a class, or of the school.

    The alarm itself is computed from the results whenever it is shown, so it is always what the works say; the review
    holds the keys of the works that were alarming then, and one more asks again. `school_class` is null for the school.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="works_reviews")
    year = models.ForeignKey(AcademicYear, on_delete=models.CASCADE, related_name="+")
    school_class = models.ForeignKey(SchoolClass, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    procedures = ArrayField(models.BigIntegerField(), verbose_name="работы")
    text = models.CharField("рассмотрено", max_length=500)
    on = models.DateField("когда")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("записано")

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.on:%d.%m.%Y}: {self.text}"


class WorkNote(models.Model):
    """What the deputy or the head of a methodical union says of low results: causes by code, and a few words.

    It is about a work, never about a pupil: only causes that are open to all are offered.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    procedure = models.OneToOneField(Procedure, on_delete=models.CASCADE, related_name="note")
    causes = ArrayField(models.CharField(max_length=5), default=list, blank=True, verbose_name="причины")
    text = models.CharField("что ещё", max_length=1000, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("записано")

    def __str__(self) -> str:
        return self.text
