"""Complaints about too much homework: recorded, checked, answered."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from common.models import Step
from risk_registry.interviews import Channel, CheckMethod, Complainant, ComplaintState, Finding
from school.models import AcademicYear, School, SchoolClass, Subject


class HomeworkComplaint(models.Model):
    """«Жалоба на объём домашних заданий» of one class (duties: class teacher C5; cause CT07).

    Who complains may stay unnamed; teachers are not named at all: it is about a class and its subjects. `due`: the last
    day for an answer, by the school's setting of the day on which it was recorded. `minutes`: measured, a day, all
    subjects; null when nobody measured.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    year = models.ForeignKey(AcademicYear, on_delete=models.CASCADE, related_name="+")
    school_class = models.ForeignKey(SchoolClass, on_delete=models.CASCADE, related_name="+")
    subjects = models.ManyToManyField(Subject, blank=True, related_name="+", verbose_name="предметы")
    came_on = models.DateField("поступила")
    who = models.CharField("кто обратился", max_length=8, choices=Complainant.choices())
    name = models.CharField("имя", max_length=200, blank=True, default="")
    channel = models.CharField("как поступила", max_length=8, choices=Channel.choices())
    text = models.CharField("о чём", max_length=1000)
    due = models.DateField("ответить до")
    checked_on = models.DateField("проверена", null=True, blank=True)
    method = models.CharField("как проверяли", max_length=8, choices=CheckMethod.choices(), blank=True, default="")
    minutes = models.PositiveSmallIntegerField("минут в день", null=True, blank=True)
    finding = models.CharField("жалоба", max_length=9, choices=Finding.choices(), blank=True, default="")
    measure = models.CharField("что сделано", max_length=1000, blank=True, default="")
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_on = models.DateField("дан ответ", null=True, blank=True)
    answer_channel = models.CharField("как ответили", max_length=8, choices=Channel.choices(), blank=True, default="")
    answer_to = models.CharField("кому ответили", max_length=200, blank=True, default="")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(
        "состояние", max_length=9, choices=ComplaintState.choices(), default=ComplaintState.RECORDED
    )
    version = models.PositiveIntegerField("версия", default=1)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("записано")

    class Meta:
        ordering = ["-came_on", "-pk"]
        verbose_name = "жалоба на объём домашних заданий"
        constraints = [
            models.CheckConstraint(name="complaint_state_known", condition=Q(state__in=ComplaintState.codes())),
            models.CheckConstraint(name="complaint_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="complaint_checked_has_finding",
                condition=~Q(state__in=(ComplaintState.CHECKED, ComplaintState.ANSWERED))
                | Q(checked_on__isnull=False, checked_by__isnull=False) & ~Q(finding="") & ~Q(method=""),
            ),
            models.CheckConstraint(
                name="complaint_answered_has_day",
                condition=Q(state=ComplaintState.ANSWERED) ^ Q(answered_on__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["year", "state"], name="complaint_of_year")]

    def __str__(self) -> str:
        return f"{self.school_class}, {self.came_on:%d.%m.%Y}"


class ComplaintStep(Step):
    """A change of a complaint's state: who, when, why."""

    complaint = models.ForeignKey(HomeworkComplaint, on_delete=models.CASCADE, related_name="steps")

    class Meta(Step.Meta):
        constraints = [models.UniqueConstraint(fields=["complaint", "version"], name="complaint_step_once")]

    @property
    def words(self) -> str:
        """«записана», «проверена», «снова записана»."""
        label = ComplaintState(self.to_state).label
        back = (self.to_state, self.from_state) in _BACK
        return f"снова {label}" if back else label


_BACK = {
    (ComplaintState.RECORDED, ComplaintState.CHECKED),
    (ComplaintState.RECORDED, ComplaintState.WITHDRAWN),
    (ComplaintState.CHECKED, ComplaintState.ANSWERED),
}
