"""Academic debts: what was not passed, the attempts to clear it, what lengthens the year, what the parents chose."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from common.models import Step
from documents.models import StoredFile
from risk_registry.debts import COUNTED, HELD, Choice, DebtState, Outcome, PauseKind
from risk_registry.models.about import AboutPupilsQuerySet
from risk_registry.models.seen_debts import debts_seen_by
from school.access import Viewer
from school.models import AcademicYear, Period, Pupil, School, SchoolClass, Subject


class AcademicDebtQuerySet(AboutPupilsQuerySet["AcademicDebt"]):
    """Debts; a subject teacher sees those of the own subjects."""

    def visible_to(self, user: Viewer) -> "AcademicDebtQuerySet":
        """Debts that are this person's to see."""
        return self.filter(debts_seen_by(user))


class AcademicDebt(models.Model):
    """One subject that a pupil has not passed: proposed by a result or by a person, confirmed by a person.

    `period` is null when the year's result made it. `result` is that result as it stood («2», «н/а»), empty for one by
    hand. `arose`: the day from which its year counts; `due`: its last day, with every pause. `version` grows with each
    change: who acts on an older one is told. Nothing of it is ever deleted.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    year = models.ForeignKey(AcademicYear, on_delete=models.PROTECT, related_name="+")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="debts")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, related_name="+")
    state = models.CharField("состояние", max_length=9, choices=DebtState.choices(), default=DebtState.PROPOSED)
    by_hand = models.BooleanField("внесена человеком", default=False)
    result = models.CharField("по итогу", max_length=8, blank=True, default="")
    arose = models.DateField("образовалась")
    due = models.DateField("срок")
    cleared_on = models.DateField("ликвидирована", null=True, blank=True)
    order_number = models.CharField("номер приказа об условном переводе", max_length=50, blank=True, default="")
    order_date = models.DateField("дата приказа об условном переводе", null=True, blank=True)
    choice = models.CharField("выбор родителей", max_length=8, choices=Choice.choices(), blank=True, default="")
    choice_on = models.DateField("дата заявления родителей", null=True, blank=True)
    choice_paper = models.CharField("документы к выбору", max_length=300, blank=True, default="")
    version = models.PositiveIntegerField("версия", default=1)
    created_at = models.DateTimeField("предложена")
    changed_at = models.DateTimeField("изменена")
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = AcademicDebtQuerySet.as_manager()

    class Meta:
        verbose_name = "академическая задолженность"
        constraints = [
            models.UniqueConstraint(
                fields=["pupil", "subject", "year", "period"], nulls_distinct=False, name="debt_once"
            ),
            models.CheckConstraint(name="debt_state_known", condition=Q(state__in=DebtState.codes())),
            models.CheckConstraint(name="debt_due_after_it_arose", condition=Q(due__gt=F("arose"))),
            models.CheckConstraint(
                name="debt_cleared_has_day", condition=Q(state=DebtState.CLEARED) ^ Q(cleared_on__isnull=True)
            ),
            models.CheckConstraint(
                name="debt_order_has_both", condition=Q(order_number="") ^ Q(order_date__isnull=False)
            ),
            models.CheckConstraint(
                name="debt_choice_known_and_dated",
                condition=Q(choice="", choice_on__isnull=True)
                | Q(choice__in=Choice.codes(), choice_on__isnull=False, state=DebtState.NOT_CLEARED),
            ),
        ]
        indexes = [models.Index(fields=["school", "state", "due"], name="debt_by_state")]

    def __str__(self) -> str:
        return f"{self.pupil}: {self.subject}, {self.year}"


class DebtStep(Step):
    """A step of a debt's way: who, when, what, why. Without a person: by the marks."""

    debt = models.ForeignKey(AcademicDebt, on_delete=models.CASCADE, related_name="steps")
    deed = models.CharField("что сделано", max_length=8)

    class Meta(Step.Meta):
        constraints = [models.UniqueConstraint(fields=["debt", "version"], name="debt_step_once")]


class DebtAttempt(models.Model):
    """An attempt to clear a debt: at most two that count, the second before a commission (273-ФЗ, ст. 58, ч. 5–6)."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="+")
    debt = models.ForeignKey(AcademicDebt, on_delete=models.CASCADE, related_name="attempts")
    number = models.PositiveSmallIntegerField("которая")
    on = models.DateField("день")
    place = models.CharField("время и место", max_length=100, blank=True, default="")
    commission = models.CharField("кто принимает", max_length=500, blank=True, default="")
    outcome = models.CharField("исход", max_length=8, choices=Outcome.choices(), default=Outcome.PLANNED)
    mark = models.CharField("отметка", max_length=8, blank=True, default="")
    protocol_number = models.CharField("номер протокола", max_length=50, blank=True, default="")
    protocol_date = models.DateField("дата протокола", null=True, blank=True)
    scan = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("записано")

    class Meta:
        ordering = ["on", "pk"]
        verbose_name = "пересдача"
        constraints = [
            models.CheckConstraint(name="attempt_first_or_second", condition=Q(number__in=(1, 2))),
            models.UniqueConstraint(
                fields=["debt", "number"], condition=Q(outcome__in=COUNTED), name="attempt_counts_once"
            ),
            models.CheckConstraint(name="attempt_second_before_commission", condition=Q(number=1) | ~Q(commission="")),
            models.CheckConstraint(name="attempt_outcome_known", condition=Q(outcome__in=Outcome.codes())),
            models.CheckConstraint(
                name="attempt_held_has_protocol",
                condition=~Q(outcome__in=HELD) | (~Q(protocol_number="") & Q(protocol_date__isnull=False)),
            ),
            models.CheckConstraint(name="attempt_passed_has_mark", condition=~Q(outcome=Outcome.PASSED) | ~Q(mark="")),
        ]

    def __str__(self) -> str:
        return f"{self.number}-я пересдача {self.on:%d.%m.%Y}"


class DebtPause(models.Model):
    """Days that the year of clearing does not include: of the pupil, so of all their debts. A mistake is withdrawn."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="debt_pauses")
    kind = models.CharField("причина", max_length=8, choices=PauseKind.choices())
    starts = models.DateField("с")
    ends = models.DateField("по")
    paper = models.CharField("документ", max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("записано")
    withdrawn_at = models.DateTimeField("отозвано", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_why = models.CharField("почему отозвано", max_length=300, blank=True, default="")

    objects = AboutPupilsQuerySet.as_manager()

    class Meta:
        ordering = ["starts", "pk"]
        verbose_name = "продление срока задолженности"
        constraints = [
            models.CheckConstraint(name="debt_pause_days_in_order", condition=Q(starts__lte=F("ends"))),
            models.CheckConstraint(name="debt_pause_kind_known", condition=Q(kind__in=PauseKind.codes())),
            models.CheckConstraint(name="debt_pause_has_paper", condition=~Q(paper="")),
            models.CheckConstraint(
                name="debt_pause_withdrawn_by_somebody",
                condition=Q(withdrawn_at__isnull=True) ^ Q(withdrawn_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts:%d.%m.%Y}–{self.ends:%d.%m.%Y}"
