"""The schedule of one pupil's meetings, brought to the parents and the class teacher; parents at lessons.

«Довести до сведения родителей и классного руководителя график проводимых занятий, бесед» (duties of the
social-psychological service). Never what a meeting is about.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from consultations.models.meetings import Appointment
from consultations.words import Answer, ToldWay
from risk_registry.models import AboutPupilsQuerySet
from school.models import Guardian, Pupil, School, Staff


class MeetingNotice(models.Model):
    """What was brought: the meetings of a pupil between two days as they were planned then. Written once.

    `content` are lines of the sheet (`consultations.rules.bringing.SheetLine`): it prints the same again. The newest
    of a pupil is in force.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="meeting_notices")
    begins = models.DateField("с")
    ends = models.DateField("по")
    content = models.JSONField("встречи")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("составлен")

    objects = AboutPupilsQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = "график встреч обучающегося"
        constraints = [models.CheckConstraint(name="meeting_notice_days", condition=Q(begins__lte=F("ends")))]

    def __str__(self) -> str:
        return f"график встреч с {self.begins:%d.%m.%Y} по {self.ends:%d.%m.%Y}"


class NoticeAnswer(models.Model):
    """Who is to know of it, and what they answered: a parent (`guardian`) or the class teacher (`staff`).

    Made with the notice for everybody who is to know; `told_on` is empty until they were told.
    """

    notice = models.ForeignKey(MeetingNotice, on_delete=models.CASCADE, related_name="answers")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="+")
    guardian = models.ForeignKey(
        Guardian, verbose_name="представитель", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    staff = models.ForeignKey(
        Staff, verbose_name="классный руководитель", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    way = models.CharField("как", max_length=8, choices=ToldWay.choices(), blank=True, default="")
    told_on = models.DateField("когда доведён", null=True, blank=True)
    answer = models.CharField("ответ", max_length=8, choices=Answer.choices(), default=Answer.NONE)
    note = models.CharField("замечание", max_length=300, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField("записано", null=True, blank=True)

    objects = AboutPupilsQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "ознакомление с графиком встреч"
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "guardian"], condition=Q(guardian__isnull=False), name="notice_guardian_once"
            ),
            models.UniqueConstraint(
                fields=["notice", "staff"], condition=Q(staff__isnull=False), name="notice_staff_once"
            ),
            models.CheckConstraint(
                name="notice_to_somebody", condition=Q(guardian__isnull=True) ^ Q(staff__isnull=True)
            ),
            models.CheckConstraint(name="notice_way_known", condition=Q(way="") | Q(way__in=ToldWay.codes())),
            models.CheckConstraint(name="notice_answer_known", condition=Q(answer__in=Answer.codes())),
            models.CheckConstraint(
                name="notice_told_says_how",
                condition=Q(told_on__isnull=True, way="", by__isnull=True, at__isnull=True, answer=Answer.NONE)
                | (Q(told_on__isnull=False, by__isnull=False, at__isnull=False) & ~Q(way="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guardian or self.staff}: {self.get_answer_display().lower()}"


class LessonVisit(models.Model):
    """A parent used the right to be at a lesson or a meeting of the child («родители имеют право посещать уроки»).

    `lesson` says which one in words; `appointment` when it was a meeting with a specialist.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="lesson_visits")
    guardian = models.ForeignKey(Guardian, verbose_name="кто был", on_delete=models.PROTECT, related_name="+")
    on = models.DateField("когда")
    lesson = models.CharField("на каком занятии", max_length=200)
    appointment = models.ForeignKey(
        Appointment, verbose_name="встреча", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    remark = models.CharField("замечание", max_length=300, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("записано")

    objects = AboutPupilsQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name = "посещение занятия родителями"
        constraints = [models.CheckConstraint(name="lesson_visit_names_lesson", condition=~Q(lesson=""))]

    def __str__(self) -> str:
        return f"{self.guardian}, {self.on:%d.%m.%Y}"
