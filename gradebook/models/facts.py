"""Marks, absences and period results: the large tables.

They carry school and year themselves, so that they can be partitioned by year and spread by school. Of the cost
of a load most is indexes, so each table has only what is read by: the identity (which begins with the pupil),
and two tiny block-range indexes for «the whole school» and «this batch». Their foreign keys are checked by the
statement, not by the row (`common.keys`).
"""

from typing import Any

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Case, CharField, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from gradebook.models.grounds import AbsenceGround
from gradebook.models.reasons import AbsenceReason
from school.models import AcademicYear, ImportBatch, Period, Pupil, School, Subject


class Fact(models.Model):
    """What every fact has: whose, in which school and year, which batch states it, whether a person corrected it."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, db_index=False, db_constraint=False, related_name="+")
    year = models.ForeignKey(
        AcademicYear, on_delete=models.CASCADE, db_index=False, db_constraint=False, related_name="+"
    )
    pupil = models.ForeignKey(
        Pupil, on_delete=models.CASCADE, db_index=False, db_constraint=False, related_name="%(class)ss"
    )
    batch = models.ForeignKey(
        ImportBatch,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        db_constraint=False,
        related_name="+",
    )
    by_hand = models.BooleanField("исправлено вручную", default=False)

    class Meta:
        abstract = True


def _block_ranges(table: str) -> list[models.Index]:
    return [
        BrinIndex(fields=["school", "date"], name=f"{table}_school_date", autosummarize=True),
        BrinIndex(fields=["batch"], name=f"{table}_batch", autosummarize=True),
    ]


class Mark(Fact):
    """One current mark. A pupil's marks in a subject on a date are a multiset: `ordinal` tells equals apart."""

    subject = models.ForeignKey(
        Subject, on_delete=models.CASCADE, db_index=False, db_constraint=False, related_name="+"
    )
    date = models.DateField("дата")
    ordinal = models.PositiveSmallIntegerField("которая за день", default=0)
    value = models.PositiveSmallIntegerField("отметка")
    raw = models.CharField("как в журнале", max_length=16, blank=True, default="")
    weight = models.DecimalField("вес", max_digits=4, decimal_places=2, null=True, blank=True)
    work = models.CharField("вид работы", max_length=100, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pupil", "subject", "date", "ordinal"], name="mark_once"),
            models.CheckConstraint(name="mark_in_scale", condition=Q(value__range=(1, 5))),
        ]
        indexes = _block_ranges("mark")

    def __str__(self) -> str:
        return f"{self.value} ({self.date})"


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Missed lessons as the journal's file states them, and as they are counted."""

    def counted(self) -> models.QuerySet[Any]:
        """With `counted`: the reason after grounds and corrections by hand; a person's word about a lesson wins."""
        ground = AbsenceGround.objects.filter(
            pupil=OuterRef("pupil"),
            withdrawn_at__isnull=True,
            starts__lte=OuterRef("date"),
            covers_to__gte=OuterRef("date"),
        )
        told = Coalesce(Subquery(ground.values("reason")[:1]), F("reason"), output_field=CharField())
        rows: models.QuerySet[Any] = self.annotate(counted=Case(When(by_hand=True, then=F("reason")), default=told))
        return rows


class Absence(Fact):
    """A missed lesson. Two on one day in one subject (a double lesson) differ by `ordinal`."""

    subject = models.ForeignKey(
        Subject, on_delete=models.CASCADE, db_index=False, db_constraint=False, related_name="+"
    )
    date = models.DateField("дата")
    ordinal = models.PositiveSmallIntegerField("который за день", default=0)
    reason = models.CharField("причина", max_length=10, choices=AbsenceReason.choices)
    raw = models.CharField("как в журнале", max_length=16, blank=True, default="")

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pupil", "subject", "date", "ordinal"], name="absence_once"),
            models.CheckConstraint(name="absence_reason_known", condition=Q(reason__in=AbsenceReason.values)),
        ]
        indexes = _block_ranges("absence")

    def __str__(self) -> str:
        return f"{self.raw} ({self.date})"


class ResultKind(models.TextChoices):
    """Results of a period, and those of the year."""

    PERIOD = "period", "за период"
    YEAR = "year", "годовая"
    EXAM = "exam", "экзаменационная"
    STATE_EXAM = "state_exam", "государственный экзамен"
    FINAL = "final", "итоговая"


class PeriodResult(Fact):
    """The result in a subject: a digit, or `н/а`, `незач`, `зач`, `осв`, `усп`."""

    subject = models.ForeignKey(
        Subject, on_delete=models.CASCADE, db_index=False, db_constraint=False, related_name="+"
    )
    kind = models.CharField("чего итог", max_length=10, choices=ResultKind.choices, default=ResultKind.PERIOD)
    period = models.ForeignKey(
        Period, on_delete=models.PROTECT, null=True, blank=True, db_index=False, db_constraint=False, related_name="+"
    )
    value = models.CharField("итог", max_length=8)
    raw = models.CharField("как в файле", max_length=16, blank=True, default="")
    excused = models.BooleanField("н/а по уважительной причине", default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pupil", "subject", "year", "kind", "period"], nulls_distinct=False, name="result_once"
            ),
            models.CheckConstraint(
                name="result_of_period_has_period", condition=Q(kind="period") ^ Q(period__isnull=True)
            ),
            models.CheckConstraint(
                name="result_value_known",
                condition=Q(value__in=["1", "2", "3", "4", "5", "н/а", "незач", "зач", "осв", "усп"]),
            ),
        ]
        indexes = [
            BrinIndex(fields=["school", "year"], name="result_school_year", autosummarize=True),
            BrinIndex(fields=["batch"], name="result_batch", autosummarize=True),
        ]

    def __str__(self) -> str:
        return self.value


class PeriodMean(Fact):
    """Means that a file states for a period; the weighted one is preferred for a forecast. Not a fact of its own."""

    subject = models.ForeignKey(
        Subject, on_delete=models.CASCADE, db_index=False, db_constraint=False, related_name="+"
    )
    period = models.ForeignKey(Period, on_delete=models.PROTECT, db_index=False, db_constraint=False, related_name="+")
    mean = models.DecimalField("средняя", max_digits=4, decimal_places=2, null=True, blank=True)
    weighted = models.DecimalField("средневзвешенная", max_digits=4, decimal_places=2, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pupil", "subject", "period"], name="mean_once"),
        ]

    def __str__(self) -> str:
        return str(self.weighted or self.mean or "")
