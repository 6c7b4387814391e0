"""What imports remember: how to read, whom a name means, what was spoken for and replaced, what a hand decided."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from gradebook.models.facts import ResultKind
from gradebook.models.procedures import Procedure
from gradebook.profiles import USUAL
from school.models import AcademicYear, ImportBatch, Period, Pupil, School, SchoolClass, Subject


class FactKind(models.TextChoices):
    """Kinds of facts; the first four are counted and named so in answers, means follow along."""

    MARKS = "marks", "отметки"
    ABSENCES = "absences", "пропуски"
    RESULTS = "period_results", "итоги"
    ASSESSMENTS = "assessment_results", "внешние работы"
    MEANS = "period_means", "средние"


def usual_codes() -> dict[str, str]:
    """The table of absence codes that a school begins with."""
    return {code: meaning.value for code, meaning in USUAL.codes.items()}


class ImportProfile(models.Model):
    """How the school's e-journal writes: the meaning of its absence codes («Н» → "unexcused") and of its words.

    `layouts` are the kinds of files it was chosen for; of the school's profiles at most one has a layout. Files of
    other kinds are read by the oldest one. `shipped`: the profile of `gradebook.profiles` it began as.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="import_profiles")
    title = models.CharField("название", max_length=100, default=USUAL.title)
    codes = models.JSONField("коды пропусков", default=usual_codes)
    words = models.JSONField("слова итогов", default=dict)
    layouts = ArrayField(models.CharField(max_length=16), verbose_name="для каких выгрузок", default=list)
    shipped = models.CharField("начат с", max_length=20, blank=True, default="")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["school", "title"], name="profile_title_once")]

    def __str__(self) -> str:
        return self.title


class NameMatch(models.Model):
    """A person said whom a name in a class's files means. Keys are folded: `common.names.name_key`, «7А»."""

    year = models.ForeignKey(AcademicYear, on_delete=models.CASCADE, related_name="+")
    class_name = models.CharField("класс", max_length=30, blank=True, default="")
    name = models.CharField("имя, как сравнивается", max_length=300)
    birth_date = models.DateField("дата рождения", null=True, blank=True)
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="name_matches")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["year", "class_name", "name", "birth_date"], nulls_distinct=False, name="name_match_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} → {self.pupil}"


class Coverage(models.Model):
    """What a batch spoke for. Of two batches the later one decides, within what both cover.

    `lessons`: each of `pupils` × each of `subjects` × each of `dates`, marks and absences alike.
    `marks`, `absences`: of one subject, `pupils[i]` on `dates[i]`.
    `period_results`, `period_means`: each of `pupils` in one subject, period (or annual kind).
    `assessment_results`: each of `pupils` in one procedure.
    With `excluded` the row takes back: cells that were rejected, and what a hand had decided.
    """

    LESSONS = "lessons"

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="coverage")
    form = models.CharField(max_length=20, choices=[(LESSONS, "уроки"), *FactKind.choices])
    excluded = models.BooleanField(default=False)
    year = models.ForeignKey(AcademicYear, on_delete=models.CASCADE, related_name="+")
    school_class = models.ForeignKey(
        SchoolClass, on_delete=models.CASCADE, null=True, blank=True, related_name="coverage"
    )
    subjects = ArrayField(models.IntegerField(), default=list)
    pupils = ArrayField(models.IntegerField())
    dates = ArrayField(models.DateField(), default=list)
    last_day = models.DateField("последний урок", null=True, blank=True)
    result_kind = models.CharField(max_length=10, choices=ResultKind.choices, blank=True, default="")
    period = models.ForeignKey(Period, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.form}: {len(self.pupils)}"


class FactChange(models.Model):
    """A fact that a batch changed or removed, as it was before, for undo. `before` is the whole row.

    `batch` is whose the change is now: when the batch that made it is undone but a later one says the same, the
    change passes to the later one.
    """

    class Deed(models.TextChoices):
        """New facts need no row: they carry their batch."""

        UPDATED = "updated", "изменено"
        REMOVED = "removed", "убрано"

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="fact_changes")
    kind = models.CharField(max_length=20, choices=FactKind.choices)
    deed = models.CharField(max_length=8, choices=Deed.choices)
    fact_id = models.BigIntegerField()
    before = models.JSONField()
    before_batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["kind", "fact_id"], name="fact_change_of_fact")]

    def __str__(self) -> str:
        return f"{self.kind} {self.fact_id}: {self.get_deed_display()}"


class HandCorrection(models.Model):
    """What a person decided against the files; it wins over later imports.

    `before` is the row as the files gave it, null for a fact that a person added. A removed fact has no `fact_id`: the
    row remains as a note that it is not to come back.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=FactKind.choices)
    fact_id = models.BigIntegerField(null=True)
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="+")
    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="+")
    date = models.DateField(null=True)
    before = models.JSONField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    comment = models.CharField("почему", max_length=300, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "fact_id"], condition=Q(fact_id__isnull=False), name="correction_of_fact_once"
            )
        ]
        indexes = [models.Index(fields=["pupil", "kind"], name="correction_of_pupil")]

    def __str__(self) -> str:
        return f"{self.kind} {self.fact_id or ''}: {self.at:%d.%m.%Y}"
