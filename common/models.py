"""What models of several apps are built on. No tables of its own."""

from django.conf import settings
from django.db import models


class Step(models.Model):
    """One step of a workflow. The app adds a foreign key to what it is a step of."""

    from_state = models.CharField("было", max_length=24, blank=True, default="")
    to_state = models.CharField("стало", max_length=24)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="кто", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField("когда")
    comment = models.TextField("замечание", blank=True, default="")
    version = models.PositiveIntegerField("версия")

    class Meta:
        abstract = True
        ordering = ["version"]

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"
