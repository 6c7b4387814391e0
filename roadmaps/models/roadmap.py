"""A school's roadmap of a year, its directions, its approved versions."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from common.models import Step
from roadmaps.words import RoadmapState
from school.access import Viewer, access_of
from school.models import AcademicYear, School


class RoadmapQuerySet(models.QuerySet["Roadmap"]):
    """Roadmaps of a school."""

    def visible_to(self, user: Viewer) -> "RoadmapQuerySet":
        """Of the own school: it names no pupil, and everybody with a duty there reads it."""
        access = access_of(user)
        if access.school is None or not access.roles:
            return self.none()
        return self.filter(school=access.school)


class Roadmap(models.Model):
    """What the school does against failure in one year, by whom and when.

    `number` counts approved versions; `order_number` and `order_date` are those of the last approval.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    year = models.ForeignKey(AcademicYear, on_delete=models.PROTECT, related_name="+")
    title = models.CharField("название", max_length=300)
    state = models.CharField("состояние", max_length=10, choices=RoadmapState.choices(), default=RoadmapState.DRAFT)
    number = models.PositiveSmallIntegerField("утверждённая редакция", default=0)
    order_number = models.CharField("номер приказа", max_length=40, blank=True, default="")
    order_date = models.DateField("дата приказа", null=True, blank=True)
    version = models.PositiveIntegerField("версия", default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("составлена")

    objects = RoadmapQuerySet.as_manager()

    class Meta:
        ordering = ["-year__start"]
        verbose_name = "дорожная карта"
        constraints = [
            models.UniqueConstraint(fields=["school", "year"], name="roadmap_once_a_year"),
            models.CheckConstraint(name="roadmap_state_known", condition=Q(state__in=RoadmapState.codes())),
            models.CheckConstraint(
                name="roadmap_approved_has_order",
                condition=Q(number=0, state="draft")
                | (Q(number__gt=0, order_date__isnull=False) & ~Q(order_number="") & ~Q(state="draft")),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Direction(models.Model):
    """A part of the roadmap: one of the five of the sources, or the school's own."""

    roadmap = models.ForeignKey(Roadmap, on_delete=models.CASCADE, related_name="directions")
    number = models.PositiveSmallIntegerField("номер")
    name = models.CharField("название", max_length=200)

    class Meta:
        ordering = ["number"]
        verbose_name = "направление дорожной карты"
        constraints = [models.UniqueConstraint(fields=["roadmap", "number"], name="roadmap_direction_once")]

    def __str__(self) -> str:
        return self.name


class RoadmapVersion(models.Model):
    """What was approved, as it was: `body` is the paper, so that it prints identically. Written once."""

    roadmap = models.ForeignKey(Roadmap, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField("редакция")
    order_number = models.CharField("номер приказа", max_length=40)
    order_date = models.DateField("дата приказа")
    grounds = models.CharField("основание корректировки", max_length=500, blank=True, default="")
    body = models.JSONField("содержание")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("утверждена")

    class Meta:
        ordering = ["-number"]
        verbose_name = "редакция дорожной карты"
        constraints = [models.UniqueConstraint(fields=["roadmap", "number"], name="roadmap_version_once")]

    def __str__(self) -> str:
        return f"редакция {self.number}"


class RoadmapStep(Step):
    """What was done with a roadmap as a whole."""

    roadmap = models.ForeignKey(Roadmap, on_delete=models.CASCADE, related_name="steps")

    class Meta(Step.Meta):
        verbose_name = "шаг дорожной карты"
