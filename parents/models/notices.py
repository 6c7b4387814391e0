"""Notices to parents: numbered papers with what they tell frozen in them, and what became of them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from common.models import Step
from parents.words import NoticeDeed, NoticeKind, NoticeState
from risk_registry.models import AboutPupilsQuerySet
from school.models import AcademicYear, Guardian, Period, Pupil, School


class Notice(models.Model):
    """One notice about one pupil. `number` is the school's register's of the year, without gaps.

    `body` is what the paper tells, frozen when it was made: the figures of that day, so that it prints identically.
    `guardian`: the addressee; empty for «родителям (законным представителям)».
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    year = models.ForeignKey(AcademicYear, on_delete=models.PROTECT, related_name="+")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="notices")
    guardian = models.ForeignKey(
        Guardian, verbose_name="кому", on_delete=models.PROTECT, null=True, blank=True, related_name="notices"
    )
    kind = models.CharField("вид", max_length=8, choices=NoticeKind.choices())
    number = models.PositiveIntegerField("исходящий номер")
    on = models.DateField("дата")
    body = models.JSONField("что сообщается")
    reply_by = models.DateField("ответ до", null=True, blank=True)
    state = models.CharField("состояние", max_length=8, choices=NoticeState.choices(), default=NoticeState.MADE)
    version = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("составлено")

    objects = AboutPupilsQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-number"]
        verbose_name = "уведомление родителям"
        constraints = [
            models.UniqueConstraint(fields=["school", "year", "number"], name="notice_number_once"),
            models.CheckConstraint(name="notice_kind_known", condition=Q(kind__in=NoticeKind.codes())),
            models.CheckConstraint(name="notice_state_known", condition=Q(state__in=NoticeState.codes())),
            models.CheckConstraint(
                name="notice_reply_later", condition=Q(reply_by__isnull=True) | Q(reply_by__gte=F("on"))
            ),
        ]
        indexes = [
            models.Index(fields=["pupil", "on"], name="notice_of_pupil"),
            models.Index(fields=["school", "state", "reply_by"], name="notice_by_reply"),
        ]

    def __str__(self) -> str:
        return f"№ {self.number} от {self.on:%d.%m.%Y}"


class NoticeStep(Step):
    """What was done with a notice, by whom and when; nobody of the school when the parents did it by a link."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="steps")
    deed = models.CharField(max_length=8, choices=NoticeDeed.choices())

    class Meta(Step.Meta):
        verbose_name = "шаг уведомления"
