"""Reports that the school made: drafts that follow the data, approved ones that stand still."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from school.access import Viewer, access_of
from school.models import Period, School, SchoolClass, Staff


class ReportState(models.TextChoices):
    """A draft may be made anew; an approved one prints the same for ever; a withdrawn one stays readable."""

    DRAFT = "draft", "Черновик"
    APPROVED = "approved", "Утверждён"
    WITHDRAWN = "withdrawn", "Отозван"


class ReportQuerySet(models.QuerySet["Report"]):
    """Reads begin with `visible_to`."""

    def visible_to(self, user: Viewer) -> "ReportQuerySet":
        """Reports of the person's own school; who may open them is said in `permissions`."""
        school = access_of(user).school
        return self.none() if school is None else self.filter(school=school)


class Report(models.Model):
    """A report of a period with its figures as they were when it was made.

    `school_class` or `teacher`: whom it is about, neither when it is about the school. `digest`: of the figures while
    it is a draft, of everything that is printed once it is approved. `sentences`: by the code of a suggested sentence,
    what was decided about it: {"state": "taken" | "edited" | "dropped", "text": …}.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="reports")
    kind = models.CharField("вид", max_length=32)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="reports")
    school_class = models.ForeignKey(
        SchoolClass, verbose_name="класс", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    teacher = models.ForeignKey(
        Staff, verbose_name="учитель", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField("состояние", max_length=10, choices=ReportState.choices, default=ReportState.DRAFT)
    data = models.JSONField("содержание")
    digest = models.CharField("отпечаток содержания", max_length=64)
    made_at = models.DateTimeField("составлен")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    conclusions = models.TextField("выводы", blank=True, default="")
    sentences = models.JSONField("решения о предложенных фразах", default=dict, blank=True)
    number = models.PositiveIntegerField("номер", null=True, blank=True)
    approved_on = models.DateField("дата утверждения", null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField("отозван", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    grounds = models.CharField("почему отозван", max_length=300, blank=True, default="")

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = "отчёт"
        constraints = [
            *(
                models.UniqueConstraint(
                    fields=["school", "kind", "period", "school_class", "teacher"],
                    condition=Q(state=state),
                    nulls_distinct=False,
                    name=f"report_{state}_once",
                )
                for state in ("draft", "approved")
            ),
            models.CheckConstraint(
                name="report_is_about_one", condition=Q(school_class__isnull=True) | Q(teacher__isnull=True)
            ),
            models.CheckConstraint(
                name="report_approved_has_number_and_day",
                condition=Q(state="draft") | Q(number__isnull=False, approved_on__isnull=False),
            ),
            models.CheckConstraint(
                name="report_withdrawn_has_grounds", condition=~Q(state="withdrawn") | ~Q(grounds="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, {self.period}"

    @property
    def about(self) -> str:
        """«7А», «Иванова М. П.»; empty of the whole school."""
        if self.school_class is not None:
            return str(self.school_class)
        return self.teacher.short_name if self.teacher is not None else ""
