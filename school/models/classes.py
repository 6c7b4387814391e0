"""Classes, subgroups and who sat in which class when."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast, Concat

from school.lots import Lot
from school.models.calendar import AcademicYear, DateSpan, PeriodSystem
from school.models.organisation import School
from school.models.people import Pupil, Staff


class Level(models.TextChoices):
    """Levels of education (273-ФЗ, ст. 10)."""

    PRIMARY = "noo", "НОО"
    BASIC = "ooo", "ООО"
    SECONDARY = "soo", "СОО"

    @classmethod
    def of_grade(cls, grade: int) -> "Level":
        """Grades 1–4, 5–9, 10–11."""
        if grade <= 4:
            return cls.PRIMARY
        return cls.BASIC if grade <= 9 else cls.SECONDARY


class SchoolClass(models.Model):
    """A class of one academic year: 7А of 2026/27 and 8А of 2027/28 are two."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="classes")
    year = models.ForeignKey(AcademicYear, on_delete=models.CASCADE, related_name="classes")
    grade = models.PositiveSmallIntegerField("параллель")
    letter = models.CharField("буква", max_length=20, blank=True, default="")
    name = models.GeneratedField(
        expression=Concat(Cast("grade", models.TextField()), F("letter"), output_field=models.TextField()),
        output_field=models.CharField(max_length=30),
        db_persist=True,
    )
    period_system = models.CharField("учебные периоды", max_length=16, choices=PeriodSystem.choices)
    class_teacher = models.ForeignKey(
        Staff,
        verbose_name="классный руководитель",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="led_classes",
    )

    class Meta:
        ordering = ["grade", "letter"]
        verbose_name = "класс"
        constraints = [
            models.UniqueConstraint(fields=["year", "grade", "letter"], name="class_once_a_year"),
            models.CheckConstraint(name="class_grade_range", condition=Q(grade__range=(1, 12))),
        ]

    def __str__(self) -> str:
        return f"{self.grade}{self.letter}"

    @property
    def level(self) -> Level:
        """НОО, ООО or СОО, by the grade."""
        return Level.of_grade(self.grade)


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    """Who sits where."""

    def on(self, day: date) -> "EnrolmentQuerySet":
        """In force on that day."""
        return self.filter(Q(ends__isnull=True) | Q(ends__gte=day), starts__lte=day)


class Enrolment(models.Model):
    """A pupil sits in a class from one day to another, both inside; no end means still there."""

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="enrolments")
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, related_name="enrolments")
    starts = models.DateField("с")
    ends = models.DateField("по", null=True, blank=True)
    reason = models.CharField("основание", max_length=200, blank=True, default="")
    outcome = models.CharField(
        "чем кончился год",
        max_length=12,
        choices=Lot.choices(),
        blank=True,
        default="",
        db_default="",
        help_text="Записывает переход на новый год.",
    )

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ["starts"]
        constraints = [
            models.CheckConstraint(
                name="enrolment_days_in_order", condition=Q(ends__isnull=True) | Q(starts__lte=F("ends"))
            ),
            models.CheckConstraint(name="enrolment_outcome_ends_it", condition=Q(outcome="") | Q(ends__isnull=False)),
            ExclusionConstraint(
                name="pupil_sits_in_one_class",
                expressions=[("pupil", RangeOperators.EQUAL), (DateSpan(), RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pupil} — {self.school_class}"


class Subgroup(models.Model):
    """A part of a class that is taught a subject apart."""

    school_class = models.ForeignKey(SchoolClass, on_delete=models.CASCADE, related_name="subgroups")
    name = models.CharField("название", max_length=100)
    pupils = models.ManyToManyField(Pupil, blank=True, related_name="subgroups")

    class Meta:
        ordering = ["school_class", "name"]
        constraints = [models.UniqueConstraint(fields=["school_class", "name"], name="subgroup_once")]

    def __str__(self) -> str:
        return f"{self.school_class}, {self.name}"


class MarksStart(models.Model):
    """An exception to «marks from grade 2»: a class, or one subject in it, begins with another period.

    `from_period` counts in the class's own system; empty means no marks this year (ОРКСЭ).
    """

    school_class = models.ForeignKey(SchoolClass, on_delete=models.CASCADE, related_name="marks_starts")
    subject = models.ForeignKey(
        "school.Subject", verbose_name="предмет", on_delete=models.CASCADE, null=True, blank=True
    )
    from_period = models.PositiveSmallIntegerField("отметки с периода", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school_class", "subject"], nulls_distinct=False, name="marks_start_once")
        ]

    def __str__(self) -> str:
        return f"{self.school_class}: отметки с периода {self.from_period or '—'}"
