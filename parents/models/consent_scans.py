"""The signed paper of a consent as a file: it stands above files, so it is not a column of the consent itself."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from documents.models import StoredFile
from school.models import Consent, Pupil


class ConsentScan(models.Model):
    """A scan of one consent. One taken back keeps who did it and why, and no file: it may be another person's paper."""

    consent = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="scans")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="+")
    file = models.ForeignKey(
        StoredFile, verbose_name="скан", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("приложено")
    taken_back_at = models.DateTimeField("убрано", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "скан согласия"
        constraints = [
            models.UniqueConstraint(
                fields=["consent"], condition=Q(taken_back_at__isnull=True), name="consent_scan_once"
            ),
        ]

    def __str__(self) -> str:
        return f"Скан согласия № {self.consent_id}"
