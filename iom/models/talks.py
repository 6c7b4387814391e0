"""The journal of talks with pupils: occasion, causes, what was agreed by when, and what became of it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from iom.work_words import Kept
from risk_registry.causes import KINDS
from risk_registry.models import AboutPupilsQuerySet
from school.models import AcademicYear, Pupil, School

# Restricted causes are established and read on the registry entry's own page alone.
OPEN_CAUSES = [code for code, kind in KINDS.items() if not kind.restricted]


class PupilTalk(models.Model):
    """A talk with a pupil. `causes` are open codes of the catalogue; `due`: when to come back to what was agreed.

    What was written by mistake is withdrawn, with the reason, and stays.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    year = models.ForeignKey(AcademicYear, on_delete=models.PROTECT, related_name="+")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="talks")
    on = models.DateField("когда")
    occasion = models.CharField("повод", max_length=300)
    causes = ArrayField(models.CharField(max_length=8), verbose_name="причины", default=list, blank=True)
    agreed = models.CharField("договорились", max_length=500, blank=True, default="")
    due = models.DateField("срок", null=True, blank=True)
    kept = models.CharField("что вышло", max_length=8, choices=Kept.choices(), blank=True, default="")
    kept_on = models.DateField("когда вернулись", null=True, blank=True)
    kept_note = models.CharField("подробнее", max_length=300, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("записано")
    edited_at = models.DateTimeField("изменено", null=True, blank=True)
    version = models.PositiveIntegerField("версия", default=1)
    withdrawn_at = models.DateTimeField("снято", null=True, blank=True)
    withdrawn_why = models.CharField("почему снято", max_length=300, blank=True, default="")

    objects = AboutPupilsQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name = "беседа с учеником"
        constraints = [
            models.CheckConstraint(name="talk_has_occasion", condition=~Q(occasion="")),
            models.CheckConstraint(name="talk_causes_open", condition=Q(causes__contained_by=OPEN_CAUSES)),
            models.CheckConstraint(name="talk_due_of_agreed", condition=Q(due__isnull=True) | ~Q(agreed="")),
            models.CheckConstraint(name="talk_kept_known", condition=Q(kept="") | Q(kept__in=Kept.codes())),
            models.CheckConstraint(name="talk_kept_has_day", condition=Q(kept="") ^ Q(kept_on__isnull=False)),
            models.CheckConstraint(
                name="talk_withdrawn_says_why",
                condition=Q(withdrawn_at__isnull=True, withdrawn_why="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_why="")),
            ),
        ]
        indexes = [
            models.Index(fields=["pupil", "on"], name="talk_of_pupil"),
            models.Index(fields=["school", "due"], name="talk_by_due"),
        ]

    def __str__(self) -> str:
        return self.occasion
