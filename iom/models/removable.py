"""Rows that are taken back with a reason, never deleted."""

from typing import TypeVar

from django.conf import settings
from django.db import models

RowT = TypeVar("RowT", bound=models.Model)


class Removable(models.Model):
    """A short fact that somebody wrote down: `by` whom and when (`at`); taken back with a reason."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("записано")
    removed_at = models.DateTimeField("отозвано", null=True, blank=True)
    removed_why = models.CharField("почему отозвано", max_length=300, blank=True, default="")
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="кто отозвал",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        abstract = True
