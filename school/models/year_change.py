"""The change of year: what is planned, and what was done."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from school.lots import Lot
from school.models.calendar import AcademicYear
from school.models.classes import SchoolClass
from school.models.organisation import School
from school.models.people import Pupil, Staff


class YearPlan(models.Model):
    """How the school means to go from `year` to the next: only what differs from the ordinary way is written down."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    year = models.OneToOneField(AcademicYear, on_delete=models.CASCADE, related_name="plan")
    carry_teaching = models.BooleanField("перенести, кто что ведёт, и подгруппы", default=True)
    first_classes = models.CharField("первые классы", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "план перехода на новый год"

    def __str__(self) -> str:
        return f"Переход из {self.year}"


class ClassPlan(models.Model):
    """A class whose way a person decided: it goes on as `grade` and `letter`, or finishes (no grade)."""

    plan = models.ForeignKey(YearPlan, verbose_name="план", on_delete=models.CASCADE, related_name="classes")
    school_class = models.OneToOneField(
        SchoolClass, verbose_name="класс", on_delete=models.CASCADE, related_name="year_plan"
    )
    grade = models.PositiveSmallIntegerField("параллель", null=True, blank=True)
    letter = models.CharField("буква", max_length=20, blank=True, default="")
    class_teacher = models.ForeignKey(
        Staff, verbose_name="классный руководитель", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "куда переходит класс"
        constraints = [
            models.CheckConstraint(
                name="class_plan_grade_range", condition=Q(grade__isnull=True) | Q(grade__range=(1, 12))
            )
        ]

    def __str__(self) -> str:
        return f"{self.school_class} → {self.grade or ''}{self.letter}"


class PupilPlan(models.Model):
    """What a person decided on one pupil; a grade only where the class is not the ordinary one."""

    plan = models.ForeignKey(YearPlan, verbose_name="план", on_delete=models.CASCADE, related_name="pupils")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="year_plans")
    lot = models.CharField("решение", max_length=12, choices=Lot.choices())
    grade = models.PositiveSmallIntegerField("параллель", null=True, blank=True)
    letter = models.CharField("буква", max_length=20, blank=True, default="")
    note = models.CharField("основание", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "решение о переводе"
        constraints = [
            models.UniqueConstraint(fields=["plan", "pupil"], name="pupil_plan_once"),
            models.CheckConstraint(name="pupil_plan_lot_known", condition=Q(lot__in=[lot.value for lot in Lot])),
        ]

    def __str__(self) -> str:
        return f"{self.pupil}: {self.get_lot_display()}"


class YearChange(models.Model):
    """The year was changed; taken back, the row is removed and history tells of it.

    `made` is what undoing needs: {"year": made the new year or not, "classes", "subgroups", "assignments": keys of new
    rows, "seats": [[key, class, end or null]] of new seats, "ended": [[key, end or null]] of seats that got another
    end, with the one they had, "ended_assignments": keys, "batches": keys of files loaded into the new year before}.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="year_changes")
    old = models.OneToOneField(
        AcademicYear, verbose_name="прежний год", on_delete=models.CASCADE, related_name="changed_by"
    )
    new = models.OneToOneField(
        AcademicYear, verbose_name="новый год", on_delete=models.PROTECT, related_name="changed_from"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("когда")
    made = models.JSONField("что сделано", default=dict)

    class Meta:
        verbose_name = "переход на новый год"

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"
