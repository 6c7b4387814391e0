"""Extra lessons: groups with their place in the week, who is in them, lessons held and cancelled, who came.

The database itself keeps a teacher, a room and a pupil from being in two places at once. A member's row repeats the
weekday and the time of its group: a compound key with ON UPDATE CASCADE keeps the two equal (migration
`extra_lessons`), so the pupil's constraint holds whatever a group's row is changed to.
"""

from datetime import date

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper

from iom.models.work import WorkEntry
from iom.words import CancelWhy, SessionState, TableKind, TableState
from risk_registry.models import AboutPupilsQuerySet
from school.models import AcademicYear, Pupil, School, Staff, Subject, Weekday
from school.models.calendar import DateSpan
from school.models.timetable import TimeSpan, span_words


class ExtraGroupQuerySet(models.QuerySet["ExtraGroup"]):
    """Groups of extra lessons; who may see them is told by `iom.permissions_extra`."""

    def on(self, day: date) -> "ExtraGroupQuerySet":
        """Those whose term holds this day."""
        return self.filter(begins__lte=day, ends__gte=day)


class ExtraGroup(models.Model):
    """A weekly extra lesson: a teacher, a day of the week, a time, a room (may be empty), from day to day."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    year = models.ForeignKey(AcademicYear, on_delete=models.PROTECT, related_name="+")
    title = models.CharField("название", max_length=120)
    subject = models.ForeignKey(
        Subject, verbose_name="предмет", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    teacher = models.ForeignKey(Staff, verbose_name="ведёт", on_delete=models.PROTECT, related_name="extra_groups")
    room = models.CharField("кабинет", max_length=20, blank=True, default="")
    weekday = models.PositiveSmallIntegerField("день недели", choices=Weekday.choices)
    time_from = models.TimeField("начало")
    time_to = models.TimeField("конец")
    begins = models.DateField("с")
    ends = models.DateField("по")
    note = models.CharField("примечание", max_length=300, blank=True, default="")
    created_at = models.DateTimeField("создана")

    objects = ExtraGroupQuerySet.as_manager()

    class Meta:
        ordering = ["weekday", "time_from", "pk"]
        verbose_name = "группа дополнительных занятий"
        constraints = [
            models.CheckConstraint(name="extra_weekday_known", condition=Q(weekday__in=Weekday.values)),
            models.CheckConstraint(name="extra_times_in_order", condition=Q(time_from__lt=F("time_to"))),
            models.CheckConstraint(name="extra_days_in_order", condition=Q(begins__lte=F("ends"))),
            models.UniqueConstraint(fields=["id", "weekday", "time_from", "time_to"], name="extra_place_of_group"),
            ExclusionConstraint(
                name="extra_teacher_once",
                expressions=[
                    ("teacher", RangeOperators.EQUAL),
                    ("weekday", RangeOperators.EQUAL),
                    (TimeSpan("time_from", "time_to"), RangeOperators.OVERLAPS),
                    (DateSpan("begins", "ends"), RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="extra_room_once",
                expressions=[
                    ("school", RangeOperators.EQUAL),
                    (Upper("room"), RangeOperators.EQUAL),
                    ("weekday", RangeOperators.EQUAL),
                    (TimeSpan("time_from", "time_to"), RangeOperators.OVERLAPS),
                    (DateSpan("begins", "ends"), RangeOperators.OVERLAPS),
                ],
                condition=~Q(room=""),
            ),
        ]
        indexes = [models.Index(fields=["school", "year"], name="extra_by_year")]

    def __str__(self) -> str:
        return self.title

    @property
    def when(self) -> str:
        """«вторник, 14:00–14:40»."""
        return f"{self.get_weekday_display()}, {self.time_words}"

    @property
    def time_words(self) -> str:
        """«14:00–14:40»."""
        return span_words(self.time_from, self.time_to)


class ExtraMember(models.Model):
    """A pupil in a group between two days. `weekday` and the times are the group's: the database keeps them so."""

    group = models.ForeignKey(ExtraGroup, on_delete=models.CASCADE, related_name="members")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="extra_memberships")
    begins = models.DateField("с")
    ends = models.DateField("по")
    weekday = models.PositiveSmallIntegerField("день недели", choices=Weekday.choices)
    time_from = models.TimeField("начало")
    time_to = models.TimeField("конец")

    objects = AboutPupilsQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "участник дополнительных занятий"
        constraints = [
            models.CheckConstraint(name="extra_member_days_in_order", condition=Q(begins__lte=F("ends"))),
            ExclusionConstraint(
                name="extra_pupil_once",
                expressions=[
                    ("pupil", RangeOperators.EQUAL),
                    ("weekday", RangeOperators.EQUAL),
                    (TimeSpan("time_from", "time_to"), RangeOperators.OVERLAPS),
                    (DateSpan("begins", "ends"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pupil}: {self.group}"


class ExtraSession(models.Model):
    """One lesson of a group on a day: planned with a substitute, held, or cancelled for a reason.

    `staff` held it when that was not the group's teacher (замена). A lesson without a row has no record yet. `entry`
    is what a held one became in the journal of individual work.
    """

    group = models.ForeignKey(ExtraGroup, on_delete=models.CASCADE, related_name="sessions")
    on = models.DateField("когда")
    state = models.CharField("состояние", max_length=8, choices=SessionState.choices())
    why = models.CharField("почему не состоялось", max_length=8, choices=CancelWhy.choices(), blank=True, default="")
    note = models.CharField("тема или замечание", max_length=300, blank=True, default="")
    staff = models.ForeignKey(
        Staff, verbose_name="замена", on_delete=models.PROTECT, null=True, blank=True, related_name="extra_substituted"
    )
    entry = models.OneToOneField(
        WorkEntry,
        verbose_name="запись журнала",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="extra_session",
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("записано")

    class Meta:
        ordering = ["on", "pk"]
        verbose_name = "дополнительное занятие"
        constraints = [
            models.UniqueConstraint(fields=["group", "on"], name="extra_session_once"),
            models.CheckConstraint(name="extra_session_state_known", condition=Q(state__in=SessionState.codes())),
            models.CheckConstraint(
                name="extra_cancelled_says_why",
                condition=Q(state=SessionState.CANCELLED, why__in=CancelWhy.codes())
                | (~Q(state=SessionState.CANCELLED) & Q(why="")),
            ),
            models.CheckConstraint(
                name="extra_planned_has_substitute",
                condition=~Q(state=SessionState.PLANNED) | Q(staff__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}, {self.on:%d.%m.%Y}"


class ExtraAttendance(models.Model):
    """Whether a pupil came to a lesson that was held."""

    session = models.ForeignKey(ExtraSession, on_delete=models.CASCADE, related_name="attendance")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="extra_attendance")
    came = models.BooleanField("присутствовал")

    objects = AboutPupilsQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "посещение дополнительного занятия"
        constraints = [models.UniqueConstraint(fields=["session", "pupil"], name="extra_attendance_once")]

    def __str__(self) -> str:
        return "был" if self.came else "не был"


class ExtraTable(models.Model):
    """A timetable that a person brought as a file: its table, how it is to be read, what was written of it.

    `head` and `rows` hold texts, `first` is the number of the first row as a person counts it. `columns`: place →
    `rules.extra_table.Column`. `settled`: word of the file → key of the teacher, class or subject that is meant,
    by kind («staff:Иванова»). `written`: keys of what was made.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    year = models.ForeignKey(AcademicYear, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("что в файле", max_length=8, choices=TableKind.choices())
    name = models.CharField("файл", max_length=255)
    sheet = models.CharField("лист", max_length=255, blank=True, default="")
    head = models.JSONField("заголовки", default=list)
    rows = models.JSONField("строки", default=list)
    first = models.PositiveIntegerField("первая строка", default=2)
    columns = models.JSONField("что в столбцах", default=dict)
    settled = models.JSONField("что значат слова файла", default=dict)
    written = models.JSONField("что записано", default=list)
    state = models.CharField("состояние", max_length=8, choices=TableState.choices(), default=TableState.OPEN)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("загружен")
    written_at = models.DateTimeField("записан", null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "загруженное расписание"
        constraints = [
            models.CheckConstraint(name="extra_table_kind_known", condition=Q(kind__in=TableKind.codes())),
            models.CheckConstraint(name="extra_table_state_known", condition=Q(state__in=TableState.codes())),
        ]

    def __str__(self) -> str:
        return self.name
