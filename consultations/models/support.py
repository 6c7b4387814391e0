"""The support plan of a pupil. That there is one, its term and who answers for it are seen; its words are not.

`PlanText`, `PlanGoal` and `PlanAction` are read by `selectors/plan_words.py` alone, which logs.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from common.models import Step
from consultations.talk_words import OPEN_PLANS, ActionState, PlanDeed, PlanOutcome, PlanState
from risk_registry.models import AboutPupilsQuerySet
from school.models import AcademicYear, Pupil, School, Staff


class SupportPlan(models.Model):
    """Facts that whoever sees the pupil may know. Contents are read by the responsible, `workers` and the head."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    year = models.ForeignKey(AcademicYear, on_delete=models.PROTECT, related_name="+")
    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="support_plans")
    responsible = models.ForeignKey(Staff, verbose_name="ответственный", on_delete=models.PROTECT, related_name="+")
    workers = models.ManyToManyField(Staff, verbose_name="участвуют", blank=True, related_name="+")
    begins = models.DateField("с")
    ends = models.DateField("по")
    review_on = models.DateField("следующий пересмотр", null=True, blank=True)
    state = models.CharField("состояние", max_length=8, choices=PlanState.choices(), default=PlanState.DRAFT)
    outcome = models.CharField("итог", max_length=8, choices=PlanOutcome.choices(), blank=True, default="")
    version = models.PositiveIntegerField("версия", default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("записан")

    objects = AboutPupilsQuerySet.as_manager()

    class Meta:
        ordering = ["-begins", "-pk"]
        verbose_name = "план сопровождения"
        constraints = [
            models.CheckConstraint(name="support_plan_state_known", condition=Q(state__in=PlanState.codes())),
            models.CheckConstraint(name="support_plan_days_in_order", condition=Q(begins__lte=F("ends"))),
            models.CheckConstraint(
                name="support_plan_finished_has_outcome",
                condition=Q(state=PlanState.FINISHED, outcome__in=PlanOutcome.codes())
                | (~Q(state=PlanState.FINISHED) & Q(outcome="")),
            ),
            models.UniqueConstraint(
                fields=["pupil"],
                condition=Q(state__in=[state.value for state in OPEN_PLANS]),
                name="support_plan_one_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["school", "state"], name="support_plan_by_state")]

    def __str__(self) -> str:
        return f"план сопровождения № {self.pk}"


class SupportPlanStep(Step):
    """What was done with a plan, by whom and when; no words."""

    plan = models.ForeignKey(SupportPlan, on_delete=models.CASCADE, related_name="steps")
    deed = models.CharField(max_length=8, choices=PlanDeed.choices())

    class Meta(Step.Meta):
        verbose_name = "шаг плана сопровождения"


class PlanText(models.Model):
    """Why the plan was made and what came of it, in words."""

    plan = models.OneToOneField(SupportPlan, on_delete=models.CASCADE, primary_key=True, related_name="+")
    why = models.TextField("основания")
    outcome = models.TextField("итог", blank=True, default="")

    class Meta:
        verbose_name = "текст плана сопровождения"

    def __str__(self) -> str:
        return "текст скрыт"

    def __repr__(self) -> str:
        return "<PlanText: скрыт>"


class PlanGoal(models.Model):
    """What the plan is to reach."""

    plan = models.ForeignKey(SupportPlan, on_delete=models.CASCADE, related_name="+")
    words = models.CharField("цель", max_length=500)
    removed_at = models.DateTimeField("убрана", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "цель плана сопровождения"
        constraints = [models.CheckConstraint(name="plan_goal_written", condition=~Q(words=""))]

    def __str__(self) -> str:
        return "текст скрыт"

    def __repr__(self) -> str:
        return "<PlanGoal: скрыта>"


class PlanAction(models.Model):
    """What is done towards a goal: what, who, by when; what became of it."""

    goal = models.ForeignKey(PlanGoal, on_delete=models.CASCADE, related_name="+")
    what = models.CharField("действие", max_length=500)
    who = models.ForeignKey(
        Staff, verbose_name="кто", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    due = models.DateField("срок", null=True, blank=True)
    state = models.CharField("состояние", max_length=8, choices=ActionState.choices(), default=ActionState.PLANNED)
    told = models.CharField("итог или причина", max_length=500, blank=True, default="")
    removed_at = models.DateTimeField("убрано", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "действие плана сопровождения"
        constraints = [
            models.CheckConstraint(name="plan_action_written", condition=~Q(what="")),
            models.CheckConstraint(name="plan_action_state_known", condition=Q(state__in=ActionState.codes())),
            models.CheckConstraint(
                name="plan_action_not_done_says_why", condition=~Q(state=ActionState.NOT_DONE) | ~Q(told="")
            ),
        ]

    def __str__(self) -> str:
        return "текст скрыт"

    def __repr__(self) -> str:
        return "<PlanAction: скрыто>"
