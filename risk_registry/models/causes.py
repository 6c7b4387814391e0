"""Why a pupil fails, as the school has established it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from risk_registry.causes import KINDS, CauseMethod
from risk_registry.models.about import AboutPupilsQuerySet
from risk_registry.models.registry import RegistryEntry
from school.models import Pupil, School


class EntryCause(models.Model):
    """A cause of an entry: who established it, when, how. Nothing is ever written over.

    A correction is a new row that names the one it `replaces`; that one, like a cause taken back, has its end. `code`
    is of `causes.KINDS`. A note may say anything about a child: it is restricted whatever the cause.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="+")
    entry = models.ForeignKey(RegistryEntry, on_delete=models.CASCADE, related_name="causes")
    code = models.CharField("причина", max_length=5)
    how = models.CharField("как установлена", max_length=5, choices=CauseMethod.choices())
    on = models.DateField("когда установлена")
    note = models.CharField("подробнее", max_length=500, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("записано")
    replaces = models.OneToOneField(
        "self",
        verbose_name="вместо",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
    )
    withdrawn_at = models.DateTimeField("снята", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_why = models.CharField("почему снята", max_length=500, blank=True, default="")

    objects = AboutPupilsQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "причина"
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "code"], condition=Q(withdrawn_at__isnull=True), name="cause_stands_once"
            ),
            models.CheckConstraint(name="cause_known", condition=Q(code__in=list(KINDS))),
            models.CheckConstraint(name="cause_method_known", condition=Q(how__in=CauseMethod.codes())),
            models.CheckConstraint(
                name="cause_end_has_author",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"причина записи {self.entry_id}"
