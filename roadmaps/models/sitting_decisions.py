"""What sittings decided, who answers for it, until when, what became of it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from common.models import Step
from roadmaps.models.sittings import StaffQuestion, StaffSitting
from roadmaps.sitting_words import DecisionDeed, DecisionState
from school.access import Viewer, access_of
from school.models import Staff


class StaffDecisionQuerySet(models.QuerySet["StaffDecision"]):
    """Decisions of a school's sittings."""

    def visible_to(self, user: Viewer) -> "StaffDecisionQuerySet":
        """As the sittings themselves."""
        access = access_of(user)
        if access.school is None or not access.roles:
            return self.none()
        return self.filter(sitting__school=access.school)


class StaffDecision(models.Model):
    """A decision, on a question or on the whole. `due` is the term that holds, `first_due` the one decided."""

    sitting = models.ForeignKey(StaffSitting, on_delete=models.CASCADE, related_name="decisions")
    question = models.ForeignKey(
        StaffQuestion, verbose_name="по вопросу", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    text = models.CharField("решение", max_length=500)
    responsible = models.ForeignKey(Staff, verbose_name="ответственный", on_delete=models.PROTECT, related_name="+")
    due = models.DateField("срок")
    first_due = models.DateField("первоначальный срок")
    state = models.CharField("состояние", max_length=8, choices=DecisionState.choices(), default=DecisionState.OPEN)
    closed_on = models.DateField("закрыто", null=True, blank=True)
    note = models.CharField("что вышло или почему", max_length=300, blank=True, default="")
    version = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("записано")

    objects = StaffDecisionQuerySet.as_manager()

    class Meta:
        ordering = ["question__place", "pk"]
        verbose_name = "решение заседания"
        constraints = [
            models.CheckConstraint(name="staff_decision_has_text", condition=~Q(text="")),
            models.CheckConstraint(name="staff_decision_state_known", condition=Q(state__in=DecisionState.codes())),
            models.CheckConstraint(
                name="staff_decision_closed_has_day",
                condition=Q(state__in=["open", "moved"], closed_on__isnull=True)
                | Q(state__in=["done", "undone"], closed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="staff_decision_grounds", condition=~Q(state__in=["moved", "undone"]) | ~Q(note="")
            ),
            models.CheckConstraint(
                name="staff_decision_moved_is_open", condition=~Q(state="open") | Q(due=F("first_due"))
            ),
        ]
        indexes = [models.Index(fields=["responsible", "state", "due"], name="staff_decision_of_person")]

    def __str__(self) -> str:
        return self.text


class StaffDecisionStep(Step):
    """What a person did with a decision; `was` and `becomes` are the terms when it was moved."""

    decision = models.ForeignKey(StaffDecision, on_delete=models.CASCADE, related_name="steps")
    deed = models.CharField(max_length=8, choices=DecisionDeed.choices())
    was = models.DateField("прежний срок", null=True, blank=True)
    becomes = models.DateField("новый срок", null=True, blank=True)

    class Meta(Step.Meta):
        verbose_name = "шаг решения"
