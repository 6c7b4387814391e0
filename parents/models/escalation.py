"""Parents who evade their duties: what people decided, on which grounds and facts, what came of it.

Nothing here is proposed or sent by the system. All texts are restricted: they are read past the log
(`parents/selectors/escalation.py`), history says only that they changed.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from consultations.models import Petition, Referral
from parents.escalation_words import CaseOutcome, CaseState, FactKind, StepKind, StepState
from parents.permissions_escalation import family_case_pupils
from school.access import Viewer
from school.models import AcademicYear, Pupil, School


class FamilyCaseQuerySet(models.QuerySet["FamilyCase"]):
    """Cases; every read that a person asked for begins with `visible_to`."""

    def visible_to(self, user: Viewer) -> "FamilyCaseQuerySet":
        """Of the pupils whose cases the person reads."""
        return self.filter(pupil__in=family_case_pupils(user).order_by().values("pk"))


class FamilyCase(models.Model):
    """One case about one pupil's parents. `version` grows with each change of it or of its steps."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    year = models.ForeignKey(AcademicYear, on_delete=models.PROTECT, related_name="+")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="family_cases")
    state = models.CharField("состояние", max_length=8, choices=CaseState.choices(), default=CaseState.OPEN)
    grounds = models.CharField("основания", max_length=1500)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="кто открыл", on_delete=models.PROTECT, related_name="+"
    )
    opened_on = models.DateField("открыто")
    outcome = models.CharField("исход", max_length=8, choices=CaseOutcome.choices(), blank=True, default="")
    outcome_text = models.CharField("чем закончилось", max_length=500, blank=True, default="")
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="кто завершил",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    ended_on = models.DateField("завершено", null=True, blank=True)
    version = models.PositiveIntegerField("версия", default=1)

    objects = FamilyCaseQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_on", "-pk"]
        verbose_name = "решения по семье"
        constraints = [
            models.UniqueConstraint(fields=["pupil"], condition=Q(state="open"), name="family_case_open_once"),
            models.CheckConstraint(name="family_case_has_grounds", condition=~Q(grounds="")),
            models.CheckConstraint(name="family_case_state_known", condition=Q(state__in=CaseState.codes())),
            models.CheckConstraint(
                name="family_case_ended_by_somebody",
                condition=Q(state="open", ended_on__isnull=True, ended_by__isnull=True)
                | (~Q(state="open") & Q(ended_on__isnull=False, ended_by__isnull=False) & ~Q(outcome_text="")),
            ),
            models.CheckConstraint(
                name="family_case_closed_says_how", condition=~Q(state="closed") | Q(outcome__in=CaseOutcome.codes())
            ),
        ]

    def __str__(self) -> str:
        return f"Решения по семье № {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether steps may be decided."""
        return self.state == CaseState.OPEN


class FamilyFact(models.Model):
    """A fact that a person ticked: what it was counted from, and its words as they stood on that day."""

    case = models.ForeignKey(FamilyCase, on_delete=models.CASCADE, related_name="facts")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField("вид", max_length=8, choices=FactKind.choices())
    row = models.PositiveBigIntegerField("номер записи")
    on = models.DateField("день")
    words = models.CharField("факт", max_length=500)

    class Meta:
        ordering = ["on", "pk"]
        verbose_name = "факт в решениях по семье"
        constraints = [
            models.UniqueConstraint(fields=["case", "kind", "row"], name="family_fact_once"),
            models.CheckConstraint(name="family_fact_kind_known", condition=Q(kind__in=FactKind.codes())),
        ]

    def __str__(self) -> str:
        return f"Факт № {self.pk}"


class FamilyStepQuerySet(models.QuerySet["FamilyStep"]):
    """Steps; every read that a person asked for begins with `visible_to`."""

    def visible_to(self, user: Viewer) -> "FamilyStepQuerySet":
        """Of the pupils whose cases the person reads."""
        return self.filter(pupil__in=family_case_pupils(user).order_by().values("pk"))


class FamilyStep(models.Model):
    """To whom the school turned: decided by a person, with grounds and a term; `referral` or `petition` carries it."""

    case = models.ForeignKey(FamilyCase, on_delete=models.CASCADE, related_name="steps")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField("к кому", max_length=8, choices=StepKind.choices())
    state = models.CharField("состояние", max_length=8, choices=StepState.choices(), default=StepState.OPEN)
    grounds = models.CharField("основания", max_length=1000)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="кто решил", on_delete=models.PROTECT, related_name="+"
    )
    decided_on = models.DateField("решено")
    due = models.DateField("срок", null=True, blank=True)
    outcome = models.CharField("исход", max_length=500, blank=True, default="")
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="кто записал исход",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    ended_on = models.DateField("день исхода", null=True, blank=True)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = FamilyStepQuerySet.as_manager()

    class Meta:
        ordering = ["decided_on", "pk"]
        verbose_name = "шаг решений по семье"
        constraints = [
            models.UniqueConstraint(fields=["case", "kind"], condition=Q(state="open"), name="family_step_open_once"),
            models.CheckConstraint(name="family_step_has_grounds", condition=~Q(grounds="")),
            models.CheckConstraint(name="family_step_kind_known", condition=Q(kind__in=StepKind.codes())),
            models.CheckConstraint(
                name="family_step_ended_by_somebody",
                condition=Q(state="open", ended_on__isnull=True, ended_by__isnull=True, outcome="")
                | (~Q(state="open") & Q(ended_on__isnull=False, ended_by__isnull=False) & ~Q(outcome="")),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class FamilyPrint(models.Model):
    """Who ordered the file for the commission, when and why: only ever added to; the moment is the database's."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey(FamilyCase, on_delete=models.PROTECT, related_name="prints")
    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    why = models.CharField("зачем", max_length=200)
    at = models.DateTimeField("когда", db_default=Now())

    class Meta:
        ordering = ["-pk"]
        verbose_name = "печать материалов для комиссии"
        constraints = [models.CheckConstraint(name="family_print_says_why", condition=~Q(why=""))]

    def __str__(self) -> str:
        return f"Печать № {self.pk}"
