"""What happened to pupils and asks for an answer, and what answered it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from common.models import Step
from risk_registry.categories import DeedKind, SignalRule, SignalState
from risk_registry.models.about import AboutPupilsQuerySet
from school.models import Period, Pupil, School, SchoolClass, Subject


class Signal(models.Model):
    """Something that happened to a pupil and asks for an answer.

    Open until a deed answers it, the marks no longer say so, or somebody dismisses it with a reason; new evidence opens
    it again. `evidence` says by its rule what was counted: the day of each mark or missed lesson, repeats kept
    (["2026-09-14", "2026-10-02"]); for a falling trend [{"last": "3.20", "before": "4.10", "days": [...]}]; for
    external works [{"procedure": 7, "external": 2, "internal": 4}]; for few marks [{"marks": 1, "least": 3}]. `level`
    grows with the gravity where a rule has degrees. `since`: the day with which the rule began to hold, whenever its
    file was loaded. `due`: by when an answer is expected; `escalates`: from when it is
    shown to the deputy, null for at once.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="signals")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="signals")
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, related_name="+")
    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, null=True, blank=True, related_name="signals")
    rule = models.CharField("правило", max_length=32, choices=SignalRule.choices())
    level = models.PositiveSmallIntegerField("степень", default=0)
    state = models.CharField("состояние", max_length=9, choices=SignalState.choices(), default=SignalState.OPEN)
    version = models.PositiveIntegerField("версия", default=1)
    evidence = models.JSONField("основание", default=list)
    since = models.DateField("с какого дня")
    opened_at = models.DateTimeField("возник")
    due = models.DateField("ответить до", null=True, blank=True)
    escalates = models.DateField("видит заместитель с", null=True, blank=True)
    closed_at = models.DateTimeField("закрыт", null=True, blank=True)

    objects = AboutPupilsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pupil", "rule", "subject", "period"], nulls_distinct=False, name="signal_once"
            ),
            models.CheckConstraint(name="signal_rule_known", condition=Q(rule__in=SignalRule.codes())),
            models.CheckConstraint(name="signal_state_known", condition=Q(state__in=SignalState.codes())),
            models.CheckConstraint(
                name="signal_closed_has_time",
                condition=Q(state=SignalState.CLOSED) ^ Q(closed_at__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["period", "state"], name="signal_by_state")]

    def __str__(self) -> str:
        return f"{self.pupil}: {self.get_rule_display()}"


class SignalStep(Step):
    """A change of a signal's state: who, when, why. Without a person: by the marks."""

    signal = models.ForeignKey(Signal, on_delete=models.CASCADE, related_name="steps")

    class Meta(Step.Meta):
        constraints = [models.UniqueConstraint(fields=["signal", "version"], name="signal_step_once")]


class Deed(models.Model):
    """A short fact about what was done for a pupil: a talk, a work, a note. Never demanded."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="deeds")
    subject = models.ForeignKey(Subject, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    kind = models.CharField("что сделано", max_length=8, choices=DeedKind.choices())
    on = models.DateField("когда")
    text = models.CharField("коротко", max_length=500, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("записано")

    objects = AboutPupilsQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="deed_kind_known", condition=Q(kind__in=DeedKind.codes()))]
        indexes = [models.Index(fields=["pupil", "on"], name="deed_of_pupil")]

    def __str__(self) -> str:
        return f"{self.pupil}: {self.get_kind_display()}"


class SignalResponse(models.Model):
    """What answered a signal. `reference` names the record of whichever app holds the deed: «deed:12»."""

    signal = models.ForeignKey(Signal, on_delete=models.CASCADE, related_name="responses")
    kind = models.CharField("чем", max_length=16)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField("когда")
    reference = models.CharField("запись", max_length=40)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["signal", "reference"], name="response_once")]

    def __str__(self) -> str:
        return self.reference
