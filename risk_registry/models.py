"""Judgements about pupils, what the school decided on them, and signals."""

from collections.abc import Iterable
from typing import TypeVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, IntegerField, Q, Value, When

from common.models import Step
from risk_registry.categories import IN_REGISTRY, Category, EntryState, SignalRule, SignalState
from school.access import Viewer, pupils_for
from school.models import Period, Pupil, School, SchoolClass, Subject

RowT = TypeVar("RowT", bound=models.Model)


def rank(column: str, words: Iterable[str]) -> Case:
    """Orders by the place of the column's value among the words: failing before weak, proposed before agreed."""
    whens = [When(**{column: word}, then=Value(place)) for place, word in enumerate(words)]
    return Case(*whens, default=Value(len(whens)), output_field=IntegerField())


class AboutPupilsQuerySet(models.QuerySet[RowT]):
    """Rows about pupils; every read that a person asked for begins with `visible_to`."""

    def visible_to(self, user: Viewer) -> "AboutPupilsQuerySet[RowT]":
        """Rows about those pupils whom this person may see."""
        return self.filter(pupil__in=pupils_for(user).order_by().values("pk"))

    def in_period(self, period: Period) -> "AboutPupilsQuerySet[RowT]":
        """Rows of one period of the school's main system."""
        return self.filter(period=period)


class Classification(models.Model):
    """When the categories of a period were last computed for the whole school, and by which thresholds."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="classifications")
    period = models.OneToOneField(Period, on_delete=models.CASCADE, related_name="classification")
    computed_at = models.DateTimeField("пересчитано")
    provisional = models.BooleanField("предварительно", default=False)
    thresholds = models.JSONField("пороги", default=dict)

    derived = True  # computed from facts: nothing is kept for its sake (school.services.dependents)

    def __str__(self) -> str:
        return f"{self.period}: {self.computed_at:%d.%m.%Y %H:%M}"


class Judged(models.Model):
    """A category with its reasons. `evidence` has one object for each of `subjects`, in the same order:

    {"subject": 12, "unsatisfactory": ["2026-09-14"], "result": "2" or null, "not_attested": false,
    "forecast": 2 or null, "mean": "2.33" or null, "weighted": false}. `mean` and `forecast` are stated only where
    there is no result yet.
    """

    category = models.CharField("категория", max_length=8, choices=Category.choices())
    provisional = models.BooleanField("предварительно", default=False)
    subjects = ArrayField(models.BigIntegerField(), verbose_name="предметы", default=list, blank=True)
    evidence = models.JSONField("основание", default=list, blank=True)

    class Meta:
        abstract = True


class PupilCategory(Judged):
    """What the marks say of one pupil of the contingent in one period of the school's main system."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="pupil_categories")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="categories")
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, related_name="+")
    unrated = models.BooleanField("нет данных", default=False)
    computed_at = models.DateTimeField("пересчитано")

    objects = AboutPupilsQuerySet.as_manager()
    derived = True

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["period", "pupil"], name="category_once"),
            models.CheckConstraint(name="category_known", condition=Q(category__in=Category.codes())),
            models.CheckConstraint(
                name="unrated_has_no_category", condition=Q(unrated=False) | Q(category=Category.NONE)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pupil}: {self.get_category_display()}"


class RegistryEntry(Judged):
    """A pupil in the registry of a period: proposed by the marks or by a person, decided by the school.

    Until it is approved or removed it follows the marks; after that only a person changes it. `version` grows with
    each change: who acts on an older one is told. `remark` is the comment of the return or the grounds of the removal.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="registry_entries")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="registry_entries")
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, related_name="+")
    state = models.CharField("состояние", max_length=12, choices=EntryState.choices(), default=EntryState.PROPOSED)
    by_hand = models.BooleanField("включён решением человека", default=False)
    remark = models.TextField("замечание или основание", blank=True, default="")
    version = models.PositiveIntegerField("версия", default=1)
    created_at = models.DateTimeField("предложен")
    changed_at = models.DateTimeField("изменён")
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = AboutPupilsQuerySet.as_manager()

    class Meta:
        verbose_name = "запись реестра"
        constraints = [
            models.UniqueConstraint(fields=["period", "pupil"], name="registry_entry_once"),
            models.CheckConstraint(name="registry_category_known", condition=Q(category__in=IN_REGISTRY)),
            models.CheckConstraint(name="registry_state_known", condition=Q(state__in=EntryState.codes())),
            models.CheckConstraint(
                name="registry_return_and_removal_say_why",
                condition=~Q(state__in=[EntryState.RETURNED, EntryState.REMOVED]) | ~Q(remark=""),
            ),
        ]
        indexes = [models.Index(fields=["period", "state"], name="registry_by_state")]

    def __str__(self) -> str:
        return f"{self.pupil}: {self.get_category_display()}, {self.get_state_display()}"


class RegistryStep(Step):
    """A step of an entry's way: who, when, from which state to which, and why. Without a person: by the marks."""

    entry = models.ForeignKey(RegistryEntry, on_delete=models.CASCADE, related_name="steps")

    class Meta(Step.Meta):
        constraints = [models.UniqueConstraint(fields=["entry", "version"], name="registry_step_once")]


class Signal(models.Model):
    """Something that happened to a pupil in a subject and asks for an answer; closed when the marks no longer say so.

    `evidence`: the day of each unsatisfactory mark, repeats kept: ["2026-09-14", "2026-10-02", "2026-10-02"].
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="signals")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="signals")
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, related_name="+")
    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="signals")
    rule = models.CharField("правило", max_length=32, choices=SignalRule.choices())
    state = models.CharField("состояние", max_length=8, choices=SignalState.choices(), default=SignalState.OPEN)
    evidence = models.JSONField("основание", default=list)
    opened_at = models.DateTimeField("возник")
    closed_at = models.DateTimeField("закрыт", null=True, blank=True)

    objects = AboutPupilsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pupil", "rule", "subject", "period"], name="signal_once"),
            models.CheckConstraint(name="signal_rule_known", condition=Q(rule__in=SignalRule.codes())),
            models.CheckConstraint(
                name="signal_closed_has_time",
                condition=Q(state=SignalState.CLOSED) ^ Q(closed_at__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["period", "state"], name="signal_by_state")]

    def __str__(self) -> str:
        return f"{self.pupil}: {self.get_rule_display()}, {self.subject}"


class Calibration(models.Model):
    """The school's choice of where «weak» begins, by its order. The newest one holds."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="calibrations")
    weak_min_marks = models.PositiveSmallIntegerField(
        "двоек по предмету, не меньше", validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    weak_max_result = models.PositiveSmallIntegerField(
        "итог, не выше", validators=[MinValueValidator(3), MaxValueValidator(5)]
    )
    was = models.JSONField("прежние пороги", default=dict)
    order_number = models.CharField("номер приказа", max_length=50)
    order_date = models.DateField("дата приказа")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField("когда выбрано", auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["school", "order_number", "order_date"], name="calibration_order_once"),
        ]

    def __str__(self) -> str:
        return f"Приказ № {self.order_number} от {self.order_date:%d.%m.%Y}"
