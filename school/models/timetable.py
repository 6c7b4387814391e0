"""The school's day: bells of each shift, the lessons of a week, buses and who rides on them."""

from datetime import time

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, IntegerRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from school.models.calendar import DateSpan
from school.models.classes import SchoolClass, Subgroup
from school.models.organisation import School
from school.models.people import Pupil, Staff
from school.models.teaching import DatedQuerySet, Subject

SHIFTS = ((1, "1-я смена"), (2, "2-я смена"))


class Weekday(models.IntegerChoices):
    """Days of the week as `date.isoweekday()` counts them; there are no lessons on Sundays."""

    MONDAY = 1, "понедельник"
    TUESDAY = 2, "вторник"
    WEDNESDAY = 3, "среда"
    THURSDAY = 4, "четверг"
    FRIDAY = 5, "пятница"
    SATURDAY = 6, "суббота"


class Minutes(models.Func):
    """Minutes since midnight of a column of time."""

    template = "(EXTRACT(EPOCH FROM %(expressions)s) / 60)::integer"
    output_field = models.IntegerField()


class TimeSpan(models.Func):
    """`int4range` of minutes, the end outside: lessons that touch do not overlap."""

    function = "int4range"
    output_field = IntegerRangeField()

    def __init__(self, starts: str, ends: str) -> None:
        super().__init__(Minutes(F(starts)), Minutes(F(ends)))


class Bell(models.Model):
    """When a lesson of a shift begins and ends. `number` 0 is a lesson before the first."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="bells")
    shift = models.PositiveSmallIntegerField("смена", choices=SHIFTS, default=1)
    number = models.PositiveSmallIntegerField("урок")
    starts = models.TimeField("начало")
    ends = models.TimeField("конец")

    class Meta:
        ordering = ["shift", "number"]
        verbose_name = "звонок"
        constraints = [
            models.UniqueConstraint(fields=["school", "shift", "number"], name="bell_once"),
            models.CheckConstraint(name="bell_shift_known", condition=Q(shift__in=[1, 2])),
            models.CheckConstraint(name="bell_number_range", condition=Q(number__range=(0, 12))),
            models.CheckConstraint(name="bell_ends_later", condition=Q(starts__lt=F("ends"))),
            ExclusionConstraint(
                name="bells_do_not_overlap",
                expressions=[
                    ("school", RangeOperators.EQUAL),
                    ("shift", RangeOperators.EQUAL),
                    (TimeSpan("starts", "ends"), RangeOperators.OVERLAPS),
                ],
                # The table of a shift is written anew: rows may touch on the way.
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}-й урок: {span_words(self.starts, self.ends)}"


class LessonSlot(models.Model):
    """A lesson of a class's week; its time is that of its bell. In force between two optional days."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    school_class = models.ForeignKey(SchoolClass, on_delete=models.CASCADE, related_name="lessons")
    subgroup = models.ForeignKey(Subgroup, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    staff = models.ForeignKey(Staff, on_delete=models.SET_NULL, null=True, blank=True, related_name="lessons")
    weekday = models.PositiveSmallIntegerField("день недели", choices=Weekday.choices)
    number = models.PositiveSmallIntegerField("урок")
    shift = models.PositiveSmallIntegerField("смена", choices=SHIFTS, default=1)
    room = models.CharField("кабинет", max_length=20, blank=True, default="")
    starts = models.DateField("с", null=True, blank=True)
    ends = models.DateField("по", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["weekday", "shift", "number", "pk"]
        verbose_name = "урок расписания"
        constraints = [
            models.CheckConstraint(name="slot_weekday_known", condition=Q(weekday__in=Weekday.values)),
            models.CheckConstraint(name="slot_shift_known", condition=Q(shift__in=[1, 2])),
            models.CheckConstraint(name="slot_number_range", condition=Q(number__range=(0, 12))),
            models.CheckConstraint(
                name="slot_days_in_order",
                condition=Q(starts__isnull=True) | Q(ends__isnull=True) | Q(starts__lte=F("ends")),
            ),
            ExclusionConstraint(
                name="slot_once",
                expressions=[
                    ("school_class", RangeOperators.EQUAL),
                    ("weekday", RangeOperators.EQUAL),
                    ("shift", RangeOperators.EQUAL),
                    ("number", RangeOperators.EQUAL),
                    (Coalesce(F("subgroup"), 0), RangeOperators.EQUAL),
                    (DateSpan(), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_class}, {self.get_weekday_display()}, {self.number}-й урок"


class BusRun(models.Model):
    """A bus that takes pupils home. `walk`: minutes that a pupil needs from the lesson to the bus."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="buses")
    title = models.CharField("рейс", max_length=100)
    weekdays = ArrayField(models.PositiveSmallIntegerField(), verbose_name="дни недели")
    leaves = models.TimeField("отправление")
    walk = models.PositiveSmallIntegerField("минут на дорогу до автобуса", default=0)

    class Meta:
        ordering = ["leaves", "title"]
        verbose_name = "рейс школьного автобуса"
        constraints = [
            models.UniqueConstraint(fields=["school", "title", "leaves"], name="bus_once"),
            models.CheckConstraint(name="bus_has_days", condition=~Q(weekdays__len=0)),
            models.CheckConstraint(name="bus_walk_range", condition=Q(walk__lte=60)),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.leaves:%H:%M}"


class BusRider(models.Model):
    """A pupil goes home by a run, between two optional days."""

    run = models.ForeignKey(BusRun, on_delete=models.CASCADE, related_name="riders")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="bus_rides")
    starts = models.DateField("с", null=True, blank=True)
    ends = models.DateField("по", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "пассажир школьного автобуса"
        constraints = [
            ExclusionConstraint(
                name="bus_rider_once",
                expressions=[
                    ("run", RangeOperators.EQUAL),
                    ("pupil", RangeOperators.EQUAL),
                    (DateSpan(), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pupil}: {self.run}"


def span_words(starts: time, ends: time) -> str:
    """«14:00–14:40»."""
    return f"{starts:%H:%M}–{ends:%H:%M}"
