"""External and administrative works and their results."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q

from gradebook.models.facts import Fact
from school.models import AcademicYear, School, Subject


class Procedure(models.Model):
    """One work: ВПР, a regional diagnostic, for one grade and subject on one day."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="procedures")
    year = models.ForeignKey(AcademicYear, on_delete=models.CASCADE, related_name="procedures")
    title = models.CharField("название", max_length=300)
    grade = models.PositiveSmallIntegerField("параллель")
    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="procedures")
    date = models.DateField("дата", null=True, blank=True)

    class Meta:
        ordering = ["date", "grade"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "year", "title", "grade", "subject", "date"],
                nulls_distinct=False,
                name="procedure_once",
            )
        ]

    def __str__(self) -> str:
        return self.title


class AssessmentResult(Fact):
    """What one pupil got, with the journal's mark beside it. Neither a current mark nor a period result."""

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, db_index=False, related_name="results")
    code = models.CharField("код участника", max_length=20, blank=True, default="")
    variant = models.CharField("вариант", max_length=20, blank=True, default="")
    score = models.DecimalField("балл", max_digits=6, decimal_places=2, null=True, blank=True)
    mark = models.PositiveSmallIntegerField("отметка за работу", null=True, blank=True)
    journal_mark = models.PositiveSmallIntegerField("отметка по журналу", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure", "pupil"], name="assessment_once"),
            models.CheckConstraint(
                name="assessment_mark_in_scale", condition=Q(mark__isnull=True) | Q(mark__range=(1, 5))
            ),
            models.CheckConstraint(
                name="assessment_journal_mark_in_scale",
                condition=Q(journal_mark__isnull=True) | Q(journal_mark__range=(1, 5)),
            ),
        ]
        indexes = [BrinIndex(fields=["batch"], name="assessment_batch", autosummarize=True)]

    def __str__(self) -> str:
        return str(self.mark or "")
