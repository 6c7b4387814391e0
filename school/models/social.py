"""The social passport. Restricted: read by `school.selectors_social` alone, which logs every reading."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from school.models.calendar import DateSpan
from school.models.people import Pupil
from school.social_groups import SocialGroup


class SocialFact(models.Model):
    """A pupil belongs to a group from one day to another, both inside; no end means still.

    `ground` names the document. A row with `void_at` does not count: it was written by mistake, or it is what stood
    before a correction of `stands`. So former values stay here and are not copied into the open history.
    """

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="social_facts")
    group = models.CharField("группа", max_length=32, choices=SocialGroup.choices)
    starts = models.DateField("с")
    ends = models.DateField("по", null=True, blank=True)
    ground = models.CharField("основание", max_length=300)
    ended_why = models.CharField("почему закрыто", max_length=300, blank=True, default="")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="кто записал", on_delete=models.PROTECT, null=True, related_name="+"
    )
    written_at = models.DateTimeField("записано")
    void_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="кто отменил", on_delete=models.PROTECT, null=True, related_name="+"
    )
    void_at = models.DateTimeField("отменено", null=True)
    void_why = models.CharField("почему отменено", max_length=300, blank=True, default="")
    stands = models.ForeignKey(
        "self", verbose_name="исправленная запись", on_delete=models.PROTECT, null=True, related_name="former"
    )

    class Meta:
        ordering = ["-starts", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="social_days_in_order", condition=Q(ends__isnull=True) | Q(starts__lte=F("ends"))
            ),
            models.CheckConstraint(name="social_fact_has_a_ground", condition=~Q(ground="")),
            models.CheckConstraint(
                name="social_former_is_void", condition=Q(stands__isnull=True) | Q(void_at__isnull=False)
            ),
            ExclusionConstraint(
                name="social_fact_once_at_a_time",
                expressions=[
                    ("pupil", RangeOperators.EQUAL),
                    ("group", RangeOperators.EQUAL),
                    (DateSpan(), RangeOperators.OVERLAPS),
                ],
                condition=Q(void_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"Запись социального паспорта № {self.pk}"
