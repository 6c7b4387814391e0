"""Consents of guardians: a paper for each purpose, given and perhaps withdrawn."""

from datetime import date

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import ExpressionWrapper, F, Func, Q, Value
from django.db.models.functions import Least

from school.models.people import Guardian, Pupil
from school.purposes import Purpose

# The day on which it is in force no longer; null where none is known.
_OVER = Least(ExpressionWrapper(F("valid_until") + Value(1), output_field=models.DateField()), F("withdrawn_on"))
_IN_FORCE = Func(F("given_on"), _OVER, RangeBoundary(), function="DATERANGE", output_field=DateRangeField())


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Which consents there are."""

    def in_force(self, day: date) -> "ConsentQuerySet":
        """Given, not over and not withdrawn on that day."""
        lasting = Q(valid_until__isnull=True) | Q(valid_until__gte=day)
        return self.filter(lasting, Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=day), given_on__lte=day)


class Consent(models.Model):
    """A signed paper that somebody of the school has seen.

    In force from `given_on` through `valid_until` (empty: until withdrawn), and no longer on the day `withdrawn_on`.
    `guardian` is empty when an adult pupil signed. `document` says where the paper is kept.
    """

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="consents")
    guardian = models.ForeignKey(
        Guardian, verbose_name="кто подписал", on_delete=models.PROTECT, null=True, blank=True, related_name="consents"
    )
    purpose = models.CharField("на что", max_length=32, choices=Purpose.choices)
    given_on = models.DateField("подписано")
    valid_until = models.DateField("действует по", null=True, blank=True)
    document = models.CharField("документ", max_length=200)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="кто видел", on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField("записано", auto_now_add=True)
    withdrawn_on = models.DateField("отозвано с", null=True, blank=True)
    withdrawn_why = models.CharField("как отозвано", max_length=200, blank=True, default="")

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["-given_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="consent_days_in_order",
                condition=(Q(valid_until__isnull=True) | Q(given_on__lte=F("valid_until")))
                & (Q(withdrawn_on__isnull=True) | Q(given_on__lte=F("withdrawn_on"))),
            ),
            models.CheckConstraint(name="consent_has_a_paper", condition=~Q(document="")),
            ExclusionConstraint(
                name="consent_once_at_a_time",
                expressions=[
                    ("pupil", RangeOperators.EQUAL),
                    ("purpose", RangeOperators.EQUAL),
                    (_IN_FORCE, RangeOperators.OVERLAPS),
                ],
                violation_error_message="На эти дни согласие с той же целью уже записано.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}, {self.given_on:%d.%m.%Y}"

    @property
    def signer(self) -> str:
        """«Ковтун Анна Павловна», or the pupil who is of age."""
        return self.guardian.full_name if self.guardian is not None else self.pupil.full_name

    def is_in_force(self, day: date) -> bool:
        """The same as `in_force`, of a row that is read already."""
        over = self.withdrawn_on is not None and self.withdrawn_on <= day
        return self.given_on <= day and not over and (self.valid_until is None or self.valid_until >= day)
