"""When specialists receive: hours of every week between two days, and days that differ."""

from datetime import date

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from consultations.words import ExceptionKind, MeetingKind
from school.models import AcademicYear, School, Staff, Weekday
from school.models.calendar import DateSpan
from school.models.timetable import TimeSpan, span_words


class ServiceHoursQuerySet(models.QuerySet["ServiceHours"]):
    """Hours name no pupil: everybody in the school may know them."""

    def on(self, day: date) -> "ServiceHoursQuerySet":
        """Those of that day of the week, in force then."""
        return self.filter(weekday=day.isoweekday(), begins__lte=day, ends__gte=day)


class ServiceHours(models.Model):
    """A specialist's hours on a day of the week, in a room, for one kind of meeting or (empty) for any.

    `minutes` is the length of one meeting: the hours are offered in such pieces.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    year = models.ForeignKey(AcademicYear, on_delete=models.PROTECT, related_name="+")
    specialist = models.ForeignKey(
        Staff, verbose_name="специалист", on_delete=models.PROTECT, related_name="service_hours"
    )
    weekday = models.PositiveSmallIntegerField("день недели", choices=Weekday.choices)
    time_from = models.TimeField("начало")
    time_to = models.TimeField("конец")
    minutes = models.PositiveSmallIntegerField("минут на встречу", default=40)
    room = models.CharField("кабинет", max_length=20, blank=True, default="")
    kind = models.CharField("вид", max_length=8, choices=MeetingKind.choices(), blank=True, default="")
    begins = models.DateField("с")
    ends = models.DateField("по")
    note = models.CharField("примечание", max_length=300, blank=True, default="")

    objects = ServiceHoursQuerySet.as_manager()

    class Meta:
        ordering = ["weekday", "time_from", "pk"]
        verbose_name = "часы специалиста"
        constraints = [
            models.CheckConstraint(name="service_hours_weekday_known", condition=Q(weekday__in=Weekday.values)),
            models.CheckConstraint(name="service_hours_times_in_order", condition=Q(time_from__lt=F("time_to"))),
            models.CheckConstraint(name="service_hours_days_in_order", condition=Q(begins__lte=F("ends"))),
            models.CheckConstraint(name="service_hours_minutes_range", condition=Q(minutes__range=(5, 180))),
            models.CheckConstraint(
                name="service_hours_kind_known", condition=Q(kind="") | Q(kind__in=MeetingKind.codes())
            ),
            ExclusionConstraint(
                name="service_hours_once",
                expressions=[
                    ("specialist", RangeOperators.EQUAL),
                    ("weekday", RangeOperators.EQUAL),
                    (TimeSpan("time_from", "time_to"), RangeOperators.OVERLAPS),
                    (DateSpan("begins", "ends"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.specialist}, {self.get_weekday_display()}, {self.time_words}"

    @property
    def time_words(self) -> str:
        """«14:00–14:40»."""
        return span_words(self.time_from, self.time_to)


class HoursException(models.Model):
    """Days on which a specialist does not receive (wholly, or between two times), or receives besides the hours."""

    specialist = models.ForeignKey(
        Staff, verbose_name="специалист", on_delete=models.PROTECT, related_name="hours_exceptions"
    )
    kind = models.CharField("что меняется", max_length=8, choices=ExceptionKind.choices())
    begins = models.DateField("с")
    ends = models.DateField("по")
    time_from = models.TimeField("начало", null=True, blank=True)
    time_to = models.TimeField("конец", null=True, blank=True)
    room = models.CharField("кабинет", max_length=20, blank=True, default="")
    why = models.CharField("причина", max_length=200, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("записано")

    class Meta:
        ordering = ["begins", "time_from", "pk"]
        verbose_name = "исключение из часов специалиста"
        constraints = [
            models.CheckConstraint(name="hours_exception_kind_known", condition=Q(kind__in=ExceptionKind.codes())),
            models.CheckConstraint(name="hours_exception_days_in_order", condition=Q(begins__lte=F("ends"))),
            models.CheckConstraint(
                name="hours_exception_times",
                condition=Q(time_from__lt=F("time_to"))
                | Q(time_from__isnull=True, time_to__isnull=True, kind=ExceptionKind.OFF),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.specialist}: {self.get_kind_display().lower()}, {self.begins:%d.%m.%Y}"
