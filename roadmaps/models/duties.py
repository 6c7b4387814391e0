"""Duties by role: done-marks that people write themselves, duties that a school adds, those that it switches off.

Marks that arise from deeds are no rows: they are counted each time they are asked for (`selectors/duty_deeds.py`).
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from roadmaps.duty_words import Cycle, DutyRole
from school.access import Viewer, access_of
from school.models import AcademicYear, School, Staff


class DutyRowQuerySet(models.QuerySet["DutyMark"]):
    """Marks; who may read those of a colleague is told by `permissions_duties`."""

    def visible_to(self, user: Viewer) -> "DutyRowQuerySet":
        """Of the own school."""
        access = access_of(user)
        return self.filter(school=access.school) if access.school is not None and access.roles else self.none()

    def standing(self) -> "DutyRowQuerySet":
        """Those that nobody has withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class DutyMark(models.Model):
    """A person's own record that a duty was done, on a day, with a few words or none. Never demanded.

    `duty` is a code of the catalogue, or `own:` with the key of an `OwnDuty`. What was written by mistake is withdrawn,
    with the reason, and stays.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    year = models.ForeignKey(AcademicYear, on_delete=models.PROTECT, related_name="+")
    staff = models.ForeignKey(Staff, verbose_name="кто", on_delete=models.PROTECT, related_name="duty_marks")
    duty = models.CharField("обязанность", max_length=16)
    on = models.DateField("когда")
    note = models.CharField("коротко", max_length=300, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("записано")
    withdrawn_at = models.DateTimeField("снято", null=True, blank=True)
    withdrawn_why = models.CharField("почему снято", max_length=300, blank=True, default="")

    objects = DutyRowQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name = "отметка об обязанности"
        constraints = [
            models.CheckConstraint(name="duty_mark_of_something", condition=~Q(duty="")),
            models.CheckConstraint(
                name="duty_mark_withdrawn_says_why",
                condition=Q(withdrawn_at__isnull=True, withdrawn_why="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_why="")),
            ),
        ]
        indexes = [models.Index(fields=["school", "staff", "on"], name="duty_mark_of_person")]

    def __str__(self) -> str:
        return f"{self.on:%d.%m.%Y}"


class OwnDuty(models.Model):
    """A duty that the school added to a role. `due`: its day, where it has one."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    role = models.CharField("роль", max_length=8, choices=DutyRole.choices())
    text = models.CharField("обязанность", max_length=300)
    cycle = models.CharField("срок, цикличность", max_length=8, choices=Cycle.choices(), default=Cycle.NEED)
    due = models.DateField("к какому дню", null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("добавлено")
    removed_at = models.DateTimeField("убрано", null=True, blank=True)
    removed_why = models.CharField("почему убрано", max_length=300, blank=True, default="")

    class Meta:
        ordering = ["pk"]
        verbose_name = "обязанность, добавленная школой"
        constraints = [
            models.CheckConstraint(name="own_duty_says_what", condition=~Q(text="")),
            models.CheckConstraint(name="own_duty_role_known", condition=Q(role__in=DutyRole.codes())),
            models.CheckConstraint(name="own_duty_cycle_known", condition=Q(cycle__in=Cycle.codes())),
            models.CheckConstraint(
                name="own_duty_removed_says_why",
                condition=Q(removed_at__isnull=True, removed_why="")
                | (Q(removed_at__isnull=False) & ~Q(removed_why="")),
            ),
        ]

    def __str__(self) -> str:
        return self.text


class DutyOff(models.Model):
    """A duty of the catalogue that the school switched off, why, and until when (`ended_at`)."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    duty = models.CharField("обязанность", max_length=16)
    why = models.CharField("почему", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("выключена")
    ended_at = models.DateTimeField("включена снова", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "выключенная обязанность"
        constraints = [
            models.CheckConstraint(name="duty_off_says_why", condition=~Q(why="")),
            models.UniqueConstraint(
                fields=["school", "duty"], condition=Q(ended_at__isnull=True), name="duty_off_once"
            ),
        ]

    def __str__(self) -> str:
        return self.duty
