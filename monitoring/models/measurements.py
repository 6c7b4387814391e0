"""Values that people answer, and values of a period as they were frozen."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from documents.models import StoredFile
from roadmaps.indicators import Origin, Unit
from school.access import Viewer, access_of
from school.models import Period, School


class ManualValueQuerySet(models.QuerySet["ManualValue"]):
    """Reads that a person asked for begin with `visible_to`."""

    def visible_to(self, user: Viewer) -> "ManualValueQuerySet":
        """Of the own school; who may open them is said in `permissions`."""
        school = access_of(user).school
        return self.none() if school is None else self.filter(school=school)

    def standing(self) -> "ManualValueQuerySet":
        """Those that nobody took back."""
        return self.filter(removed_at__isnull=True)


class ManualValue(models.Model):
    """What a person answers for an indicator that nothing counts: a number, of how many, and what it rests on.

    Of what is there or not `number` is 1 or 0. It holds from its period on, to the end of the year, until another one.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="+")
    code = models.CharField("показатель", max_length=8)
    number = models.PositiveIntegerField("сколько")
    of = models.PositiveIntegerField("из скольких", null=True, blank=True)
    text = models.CharField("чем подтверждается", max_length=500)
    file = models.ForeignKey(
        StoredFile, verbose_name="документ", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("записано")
    removed_at = models.DateTimeField("отозвано", null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    removed_why = models.CharField("почему отозвано", max_length=300, blank=True, default="")

    objects = ManualValueQuerySet.as_manager()

    class Meta:
        ordering = ["-period__starts", "-pk"]
        verbose_name = "значение показателя, внесённое вручную"
        constraints = [
            models.UniqueConstraint(
                fields=["period", "code"], condition=Q(removed_at__isnull=True), name="manual_value_once"
            ),
            models.CheckConstraint(name="manual_value_within", condition=Q(of__isnull=True) | Q(number__lte=F("of"))),
            models.CheckConstraint(name="manual_value_rests_on_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="manual_value_removed_says_why",
                condition=Q(removed_at__isnull=True, removed_why="")
                | (Q(removed_at__isnull=False) & ~Q(removed_why="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.number}"


class MeasurementQuerySet(models.QuerySet["Measurement"]):
    """Reads that a person asked for begin with `visible_to`."""

    def visible_to(self, user: Viewer) -> "MeasurementQuerySet":
        """Of the own school; who may open them is said in `permissions`."""
        school = access_of(user).school
        return self.none() if school is None else self.filter(school=school)


class Measurement(models.Model):
    """One indicator of one period as it was when the period was frozen. Written once: the database refuses changes.

    `day`: on which it was asked about. `version`: of the definition that counted. `target`: what was needed by then,
    when one number was. `counted` and `whole`: keys of the rows behind both numbers, to tell later who came and went;
    null where there are none to tell. `by` empty: by the calendar.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="measurements")
    code = models.CharField("показатель", max_length=8)
    unit = models.CharField("что это", max_length=10)
    origin = models.CharField("откуда значение", max_length=10)
    numerator = models.PositiveIntegerField("числитель", null=True)
    denominator = models.PositiveIntegerField("знаменатель", null=True)
    value = models.DecimalField("значение", max_digits=9, decimal_places=1, null=True)
    target = models.DecimalField("план", max_digits=9, decimal_places=2, null=True)
    basis = models.CharField("по чему считали группу риска", max_length=16, blank=True, default="")
    version = models.PositiveSmallIntegerField("редакция определения")
    day = models.DateField("на какой день")
    counted = models.JSONField(null=True)
    whole = models.JSONField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("когда зафиксировано")

    objects = MeasurementQuerySet.as_manager()

    class Meta:
        ordering = ["period__starts", "code"]
        verbose_name = "значение показателя за период"
        constraints = [
            models.UniqueConstraint(fields=["period", "code"], name="measurement_once"),
            models.CheckConstraint(name="measurement_unit_known", condition=Q(unit__in=Unit.codes())),
            models.CheckConstraint(name="measurement_origin_known", condition=Q(origin__in=Origin.codes())),
        ]

    def __str__(self) -> str:
        return f"{self.code}, {self.period}"
