"""What subject teachers add to the registry: that they have seen an entry, and how they mean to work."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from risk_registry.models.about import AboutPupilsQuerySet
from risk_registry.models.registry import RegistryEntry
from school.models import Pupil, School, Subject


class WorkForm(models.Model):
    """A form or method of work with the pupil of an entry: a short fact that a teacher writes of free will.

    What was written by mistake gets an end and stays.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="+")
    entry = models.ForeignKey(RegistryEntry, on_delete=models.CASCADE, related_name="works")
    subject = models.ForeignKey(Subject, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.CharField("форма или метод работы", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("записано")
    withdrawn_at = models.DateTimeField("снято", null=True, blank=True)

    objects = AboutPupilsQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "форма работы"
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "by", "subject", "text"],
                condition=Q(withdrawn_at__isnull=True),
                nulls_distinct=False,
                name="work_form_stands_once",
            ),
            models.CheckConstraint(name="work_form_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return self.text


class EntryLook(models.Model):
    """A subject teacher has seen an entry of a pupil whom they teach."""

    entry = models.ForeignKey(RegistryEntry, on_delete=models.CASCADE, related_name="looks")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("когда")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "by"], name="entry_seen_once")]

    def __str__(self) -> str:
        return f"просмотр записи {self.entry_id}"
