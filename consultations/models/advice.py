"""Recommendations to teachers: written apart from everything confidential, to be read by all who see the pupil."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from consultations.models.referrals import Referral
from consultations.talk_words import Audience
from risk_registry.models import AboutPupilsQuerySet
from school.models import AcademicYear, Pupil, School


class Recommendation(models.Model):
    """What a specialist advises. A new wording is a new row that names the one it `replaces`; none is written over."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    year = models.ForeignKey(AcademicYear, on_delete=models.PROTECT, related_name="+")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="recommendations")
    audience = models.CharField("кому", max_length=8, choices=Audience.choices())
    text = models.CharField("рекомендация", max_length=2000)
    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, null=True, blank=True, related_name="recommendations"
    )
    replaces = models.OneToOneField(
        "self",
        verbose_name="вместо",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("дана")
    withdrawn_at = models.DateTimeField("отозвана", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_why = models.CharField("почему отозвана", max_length=300, blank=True, default="")

    objects = AboutPupilsQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = "рекомендация специалиста"
        constraints = [
            models.CheckConstraint(name="recommendation_written", condition=~Q(text="")),
            models.CheckConstraint(name="recommendation_audience_known", condition=Q(audience__in=Audience.codes())),
            models.CheckConstraint(
                name="recommendation_end_has_author",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["pupil", "withdrawn_at"], name="recommendation_of_pupil")]

    def __str__(self) -> str:
        return f"рекомендация № {self.pk}"


class RecommendationRead(models.Model):
    """Somebody has said that they know the recommendation."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="reads")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("ознакомлен(а)")

    class Meta:
        ordering = ["pk"]
        verbose_name = "ознакомление с рекомендацией"
        constraints = [models.UniqueConstraint(fields=["recommendation", "by"], name="recommendation_read_once")]

    def __str__(self) -> str:
        return f"ознакомление с рекомендацией № {self.recommendation_id}"
