"""The administration's interviews: planned, held, noted."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from common.models import Step
from common.russian import date_words
from risk_registry.interviews import InterviewKind, InterviewState
from risk_registry.models.signals import Deed
from risk_registry.rules.interviews import month_name
from school.models import AcademicYear, Period, Pupil, School, SchoolClass, Staff


class Interview(models.Model):
    """A talk of the administration with a teacher or with a pupil.

    A monthly one is of a class and a month (`month` is its first day); the others are of a period. Nothing but the day
    is asked: `about` is a note for the administration alone, `agreed` is told to the other side too. `leader` holds
    it. `deed`: what a held interview with a pupil left in the pupil's story, and by which it answers signals.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    year = models.ForeignKey(AcademicYear, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField("вид", max_length=8, choices=InterviewKind.choices())
    month = models.DateField("за месяц", null=True, blank=True)
    period = models.ForeignKey(Period, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    school_class = models.ForeignKey(SchoolClass, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="interviews")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, null=True, blank=True, related_name="interviews")
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="проводит", on_delete=models.PROTECT, related_name="+"
    )
    planned_on = models.DateField("запланировано на", null=True, blank=True)
    held_on = models.DateField("проведено", null=True, blank=True)
    about = models.CharField("о чём говорили", max_length=1000, blank=True, default="")
    agreed = models.CharField("о чём договорились", max_length=1000, blank=True, default="")
    next_on = models.DateField("вернуться к разговору", null=True, blank=True)
    pupils = models.ManyToManyField(Pupil, blank=True, related_name="+", verbose_name="о ком говорили")
    deed = models.OneToOneField(Deed, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(
        "состояние", max_length=9, choices=InterviewState.choices(), default=InterviewState.PLANNED
    )
    version = models.PositiveIntegerField("версия", default=1)
    at = models.DateTimeField("записано")

    class Meta:
        verbose_name = "собеседование"
        constraints = [
            models.CheckConstraint(name="interview_kind_known", condition=Q(kind__in=InterviewKind.codes())),
            models.CheckConstraint(name="interview_state_known", condition=Q(state__in=InterviewState.codes())),
            models.CheckConstraint(
                name="interview_is_of_month_or_period",
                condition=Q(
                    kind=InterviewKind.MONTHLY, month__isnull=False, school_class__isnull=False, period__isnull=True
                )
                | Q(~Q(kind=InterviewKind.MONTHLY), month__isnull=True, period__isnull=False),
            ),
            models.CheckConstraint(
                name="interview_with_one",
                condition=Q(kind=InterviewKind.PUPIL, pupil__isnull=False, staff__isnull=True)
                | Q(~Q(kind=InterviewKind.PUPIL), pupil__isnull=True, staff__isnull=False),
            ),
            models.CheckConstraint(
                name="interview_held_has_day",
                condition=Q(state=InterviewState.HELD) ^ Q(held_on__isnull=True),
            ),
            models.CheckConstraint(
                name="interview_planned_has_day",
                condition=~Q(state=InterviewState.PLANNED) | Q(planned_on__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["year", "kind", "state"], name="interview_of_year")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.get_state_display()}"

    @property
    def label(self) -> str:
        """«С классным руководителем»."""
        return InterviewKind(self.kind).label

    @property
    def partner_name(self) -> str:
        """The other side: «Власова Н. И., 7А», «Ковтун Матвей»."""
        if self.pupil is not None:
            return self.pupil.list_name
        assert self.staff is not None  # the table's constraint
        name = self.staff.short_name
        return f"{name}, {self.school_class}" if self.school_class is not None else name

    @property
    def time(self) -> str:
        """What it is for: «ноябрь», «1-я четверть»."""
        if self.month is not None:
            return month_name(self.month)
        return self.period.title if self.period is not None else ""

    @property
    def words(self) -> str:
        """«проведено 12 октября», «запланировано на 25 ноября», «отменено»."""
        if self.held_on is not None:
            return f"проведено {date_words(self.held_on)}"
        if self.state == InterviewState.PLANNED and self.planned_on is not None:
            return f"запланировано на {date_words(self.planned_on)}"
        return InterviewState(self.state).label


class InterviewStep(Step):
    """A change of an interview's state: who, when, why."""

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="steps")

    class Meta(Step.Meta):
        constraints = [models.UniqueConstraint(fields=["interview", "version"], name="interview_step_once")]

    @property
    def words(self) -> str:
        """«запланировано», «проведено», «снова запланировано»."""
        label = InterviewState(self.to_state).label
        return f"снова {label}" if self.from_state and self.to_state == InterviewState.PLANNED else label
