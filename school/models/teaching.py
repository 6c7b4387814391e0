"""Subjects, who teaches what to whom, who answers for whom."""

from datetime import date
from typing import TypeVar

from django.db import models
from django.db.models import F, Q

from common.fields import russian_sort_key
from school.models.classes import SchoolClass, Subgroup
from school.models.organisation import School
from school.models.people import Pupil, Staff
from school.roles import ResponsibilityKind

RowT = TypeVar("RowT", bound=models.Model)


class Subject(models.Model):
    """One line of the school's journal: «Алгебра» and «Геометрия» are two."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="subjects")
    name = models.CharField("предмет", max_length=200)
    short_name = models.CharField("коротко", max_length=20, blank=True, default="")
    group = models.CharField(
        "группа для сравнения с внешними работами",
        max_length=200,
        blank=True,
        default="",
        help_text="Например, «Математика» для алгебры и геометрии.",
    )
    sort_key = russian_sort_key("name")

    class Meta:
        ordering = ["sort_key"]
        verbose_name = "предмет"
        constraints = [models.UniqueConstraint(fields=["school", "name"], name="subject_once")]

    def __str__(self) -> str:
        return self.name


class SubjectAlias(models.Model):
    """Another heading under which files write a subject, or a subgroup's line of it."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="subject_aliases")
    name = models.CharField("как в файле", max_length=200)
    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="aliases")

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["school", "name"], name="subject_alias_once")]

    def __str__(self) -> str:
        return f"{self.name} → {self.subject}"


class DatedQuerySet(models.QuerySet[RowT]):
    """Rows in force between two optional days."""

    def on(self, day: date) -> "DatedQuerySet[RowT]":
        """In force on that day."""
        return self.filter(Q(starts__isnull=True) | Q(starts__lte=day), Q(ends__isnull=True) | Q(ends__gte=day))


class TeachingAssignment(models.Model):
    """A teacher teaches a subject to a class, or to a subgroup of it."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="assignments")
    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="assignments")
    school_class = models.ForeignKey(SchoolClass, on_delete=models.CASCADE, related_name="assignments")
    subgroup = models.ForeignKey(Subgroup, on_delete=models.CASCADE, null=True, blank=True, related_name="assignments")
    weekly_hours = models.DecimalField("часов в неделю", max_digits=3, decimal_places=1, null=True, blank=True)
    starts = models.DateField("с", null=True, blank=True)
    ends = models.DateField("по", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["school_class", "subject"]
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "subject", "school_class", "subgroup"],
                condition=Q(ends__isnull=True),
                nulls_distinct=False,
                name="assignment_once",
            ),
            models.CheckConstraint(
                name="assignment_days_in_order",
                condition=Q(starts__isnull=True) | Q(ends__isnull=True) | Q(starts__lte=F("ends")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff}: {self.subject}, {self.school_class}"


class Responsibility(models.Model):
    """A person answers for a pupil: written by upper floors, read by `school.access`."""

    person = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="responsibilities")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="responsibilities")
    kind = models.CharField("в каком качестве", max_length=24, choices=ResponsibilityKind.choices)
    starts = models.DateField("с", null=True, blank=True)
    ends = models.DateField("по", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "pupil", "kind"], condition=Q(ends__isnull=True), name="responsibility_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()}"
