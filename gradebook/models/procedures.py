"""Assessment procedures (оценочные процедуры): planned, held, analysed; their results and the codes of participants."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q

from gradebook.models.facts import Fact
from school.models import AcademicYear, Pupil, School, SchoolClass, Subject


class ProcedureKind(models.TextChoices):
    """Who gives a work and what for."""

    VPR = "vpr", "ВПР"
    OGE = "oge", "ОГЭ"
    EGE = "ege", "ЕГЭ"
    REGIONAL = "regional", "региональная работа"
    ADMINISTRATIVE = "admin", "административная работа"
    DIAGNOSTIC = "diagnostic", "стартовая диагностика"
    CONTROL = "control", "контрольная работа"
    OTHER = "other", "другая работа"


# Works that the school gives itself: they are analysed, and raise no alarm of external works.
OWN_KINDS = (ProcedureKind.ADMINISTRATIVE, ProcedureKind.DIAGNOSTIC, ProcedureKind.CONTROL)


class ProcedureState(models.TextChoices):
    """How far a procedure is."""

    PLANNED = "planned", "в графике"
    HELD = "held", "проведена"
    ANALYSED = "analysed", "разобрана"
    CANCELLED = "cancelled", "отменена"


class ProcedureQuerySet(models.QuerySet["Procedure"]):
    """Works of a school."""

    def standing(self) -> "ProcedureQuerySet":
        """All but the cancelled."""
        return self.exclude(state=ProcedureState.CANCELLED)


class Procedure(models.Model):
    """One work in one subject on one day: of a whole grade, or with `school_class` of one class.

    `tasks` are the names of its tasks («1», «2.1», «К3») and `maxima` the most points of each, None where unknown;
    both empty when only the sum or the mark is kept. `planned`: it stands in the timetable, so it stays when the
    results that a file brought are taken back. `repeats` is the work that is written once more.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="procedures")
    year = models.ForeignKey(AcademicYear, on_delete=models.CASCADE, related_name="procedures")
    title = models.CharField("название", max_length=300)
    kind = models.CharField("вид", max_length=10, choices=ProcedureKind.choices, default=ProcedureKind.OTHER)
    grade = models.PositiveSmallIntegerField("параллель")
    school_class = models.ForeignKey(
        SchoolClass, verbose_name="класс", on_delete=models.CASCADE, null=True, blank=True, related_name="procedures"
    )
    subject = models.ForeignKey(Subject, verbose_name="предмет", on_delete=models.CASCADE, related_name="procedures")
    date = models.DateField("дата", null=True, blank=True)
    lesson = models.PositiveSmallIntegerField("урок", null=True, blank=True)
    state = models.CharField("состояние", max_length=10, choices=ProcedureState.choices, default=ProcedureState.HELD)
    planned = models.BooleanField("стоит в графике", default=False)
    cancelled_why = models.CharField("почему отменена", max_length=300, blank=True, default="")
    max_score = models.DecimalField("наибольший балл", max_digits=6, decimal_places=2, null=True, blank=True)
    tasks = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    maxima = ArrayField(models.DecimalField(max_digits=5, decimal_places=2, null=True), default=list, blank=True)
    repeats = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="repetitions")

    objects = ProcedureQuerySet.as_manager()

    class Meta:
        ordering = ["date", "grade"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "year", "title", "grade", "school_class", "subject", "date"],
                condition=~Q(state="cancelled"),
                nulls_distinct=False,
                name="procedure_once",
            ),
            models.CheckConstraint(name="procedure_kind_known", condition=Q(kind__in=ProcedureKind.values)),
            models.CheckConstraint(name="procedure_state_known", condition=Q(state__in=ProcedureState.values)),
            models.CheckConstraint(
                name="procedure_cancelled_for_a_reason", condition=Q(state="cancelled") ^ Q(cancelled_why="")
            ),
            models.CheckConstraint(
                name="procedure_lesson_range", condition=Q(lesson__isnull=True) | Q(lesson__range=(1, 12))
            ),
            models.CheckConstraint(
                name="procedure_maxima_of_tasks",
                condition=Q(tasks__len=models.F("maxima__len")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def who(self) -> str:
        """«7А», «7 классы»."""
        return str(self.school_class) if self.school_class is not None else f"{self.grade} классы"

    @property
    def is_external(self) -> bool:
        """Whether somebody beside the school gives it, as far as is known."""
        return self.kind not in OWN_KINDS

    @property
    def is_cancelled(self) -> bool:
        """Whether it was called off."""
        return self.state == ProcedureState.CANCELLED


class ProcedureStep(models.Model):
    """What was done with a procedure: put into the timetable, moved (why), cancelled (why), restored, analysed."""

    class Deed(models.TextChoices):
        """Deeds; moving and cancelling need a reason."""

        PLANNED = "planned", "внесена в график"
        MOVED = "moved", "перенесена"
        CANCELLED = "cancelled", "отменена"
        RESTORED = "restored", "возвращена в график"
        ANALYSED = "analysed", "разобрана"

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="steps")
    deed = models.CharField("что сделано", max_length=10, choices=Deed.choices)
    was = models.DateField("стояла на", null=True, blank=True)
    becomes = models.DateField("стоит на", null=True, blank=True)
    why = models.CharField("почему", max_length=300, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("когда")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_deed_display()} {self.at:%d.%m.%Y}"


class AssessmentResult(Fact):
    """What one pupil got, with the journal's mark beside it. Neither a current mark nor a period result.

    `points` by task, in the order of the procedure's `tasks`; null when not told by task. `absent`: was not there.
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, db_index=False, related_name="results")
    code = models.CharField("код участника", max_length=20, blank=True, default="")
    variant = models.CharField("вариант", max_length=20, blank=True, default="")
    score = models.DecimalField("балл", max_digits=6, decimal_places=2, null=True, blank=True)
    mark = models.PositiveSmallIntegerField("отметка за работу", null=True, blank=True)
    journal_mark = models.PositiveSmallIntegerField("отметка по журналу", null=True, blank=True)
    points = ArrayField(models.DecimalField(max_digits=5, decimal_places=2, null=True), null=True, blank=True)
    # Files name only who wrote; a COPY of them leaves this column to the database.
    absent = models.BooleanField("отсутствовал", default=False, db_default=False)

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
            models.CheckConstraint(
                name="assessment_of_absent_is_empty",
                condition=Q(absent=False) | Q(mark__isnull=True, score__isnull=True, points__isnull=True),
            ),
        ]
        indexes = [BrinIndex(fields=["batch"], name="assessment_batch", autosummarize=True)]

    def __str__(self) -> str:
        return str(self.mark or "")


class ParticipantCode(models.Model):
    """Whose five-digit code stands in files of results. It is known inside the school only and is never printed.

    A code is one pupil's within a grade of a year.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    year = models.ForeignKey(AcademicYear, on_delete=models.CASCADE, related_name="+")
    grade = models.PositiveSmallIntegerField("параллель")
    code = models.CharField("код участника", max_length=5)
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="participant_codes")

    class Meta:
        constraints = [
            # Codes change hands within one file: what stands at the end is checked.
            models.UniqueConstraint(
                fields=["year", "grade", "code"], name="code_of_one_pupil", deferrable=models.Deferrable.DEFERRED
            ),
            models.UniqueConstraint(fields=["year", "pupil"], name="pupil_has_one_code"),
            models.CheckConstraint(name="code_of_five_digits", condition=Q(code__regex=r"^[0-9]{5}$")),
        ]

    def __str__(self) -> str:
        return self.code
