"""Mentoring: who leads whom, by which program and how often; meetings, assessments, the way of a pair."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from common.models import Step
from iom.mentoring import GOING, SHORT_DAYS, Outcome, PairForm, PairState, Rhythm, Stage
from iom.models.removable import Removable
from iom.permissions_pairs import pairs_visible
from school.access import Viewer
from school.models import AcademicYear, Pupil, Responsibility, School, Staff, Subject


class PairQuerySet(models.QuerySet["MentoringPair"]):
    """Pairs; every read that a person asked for begins with `visible_to`."""

    def visible_to(self, user: Viewer) -> "PairQuerySet":
        """As `iom.permissions_pairs` says: own pairs, those of the own class and wards, all for the administration."""
        return self.filter(pairs_visible(user))

    def going(self) -> "PairQuerySet":
        """Proposed and active."""
        return self.filter(state__in=GOING)


class MentoringPair(models.Model):
    """A mentoring pair (наставническая пара). The form says which two of the four columns of persons are filled.

    `curator`: the grown-up who answers for a pair of pupils; `assistant`: the mentoring pupil is a teacher's assistant
    (показатель 16). `weekdays` are 1–6, Monday first. `duty`: the row that gives a mentor access to the pupil.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    year = models.ForeignKey(AcademicYear, on_delete=models.PROTECT, related_name="+")
    form = models.CharField("форма", max_length=8, choices=PairForm.choices())
    mentor = models.ForeignKey(
        Staff, verbose_name="наставник", on_delete=models.PROTECT, null=True, blank=True, related_name="mentoring_pairs"
    )
    mentor_pupil = models.ForeignKey(
        Pupil, verbose_name="наставник", on_delete=models.CASCADE, null=True, blank=True, related_name="mentoring_pairs"
    )
    staff = models.ForeignKey(
        Staff, verbose_name="наставляемый", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    pupil = models.ForeignKey(
        Pupil, verbose_name="наставляемый", on_delete=models.CASCADE, null=True, blank=True, related_name="mentored_in"
    )
    curator = models.ForeignKey(
        Staff, verbose_name="куратор пары", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    assistant = models.BooleanField("с участием ассистента учителя", default=False)
    subject = models.ForeignKey(
        Subject, verbose_name="предмет", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    program = models.CharField("программа", max_length=300, blank=True, default="")
    goals = models.CharField("цели", max_length=500)
    rhythm = models.CharField("как часто", max_length=8, choices=Rhythm.choices(), default=Rhythm.WEEK)
    weekdays = ArrayField(models.PositiveSmallIntegerField(), verbose_name="дни недели", default=list, blank=True)
    begins = models.DateField("с")
    ends = models.DateField("по")
    state = models.CharField("состояние", max_length=8, choices=PairState.choices(), default=PairState.PROPOSED)
    started_on = models.DateField("началась", null=True, blank=True)
    ended_on = models.DateField("окончена", null=True, blank=True)
    duty = models.ForeignKey(
        Responsibility, verbose_name="доступ", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField("версия", default=1)
    created_at = models.DateTimeField("создана")

    objects = PairQuerySet.as_manager()

    class Meta:
        ordering = ["-begins", "-pk"]
        verbose_name = "наставническая пара"
        constraints = [
            models.CheckConstraint(name="pair_state_known", condition=Q(state__in=PairState.codes())),
            models.CheckConstraint(name="pair_rhythm_known", condition=Q(rhythm__in=Rhythm.codes())),
            models.CheckConstraint(
                name="pair_form_names_two",
                condition=Q(form=PairForm.TEACHERS, mentor__isnull=False, staff__isnull=False)
                & Q(mentor_pupil__isnull=True, pupil__isnull=True)
                | Q(form=PairForm.TEACHER, mentor__isnull=False, pupil__isnull=False)
                & Q(mentor_pupil__isnull=True, staff__isnull=True)
                | Q(form=PairForm.PUPILS, mentor_pupil__isnull=False, pupil__isnull=False, curator__isnull=False)
                & Q(mentor__isnull=True, staff__isnull=True),
            ),
            models.CheckConstraint(
                name="pair_is_of_two", condition=~Q(mentor=F("staff")) & ~Q(mentor_pupil=F("pupil"))
            ),
            models.CheckConstraint(name="pair_days_in_order", condition=Q(begins__lte=F("ends"))),
            models.CheckConstraint(
                name="pair_over_has_day", condition=Q(state__in=("finished", "ended")) ^ Q(ended_on__isnull=True)
            ),
            models.CheckConstraint(
                name="pair_active_has_begun",
                condition=~Q(state__in=("active", "finished")) | Q(started_on__isnull=False),
            ),
            models.CheckConstraint(
                name="pair_assistant_is_a_pupil", condition=Q(assistant=False) | Q(form=PairForm.PUPILS)
            ),
            models.UniqueConstraint(
                fields=["mentor", "mentor_pupil", "staff", "pupil", "subject"],
                condition=Q(state__in=("proposed", "active")),
                nulls_distinct=False,
                name="pair_goes_once",
            ),
        ]
        indexes = [models.Index(fields=["school", "state", "form"], name="pair_by_state")]

    def __str__(self) -> str:
        return f"{self.get_form_display()}: {self.subject or 'без предмета'}"

    @property
    def leader(self) -> Staff | None:
        """The grown-up whose meetings they are: the mentor, or the curator of two pupils."""
        return self.mentor or self.curator

    @property
    def mentor_name(self) -> str:
        """Short, of whichever kind."""
        who = self.mentor or self.mentor_pupil
        return who.short_name if who else ""

    @property
    def led_name(self) -> str:
        """The other one."""
        who = self.staff or self.pupil
        return who.short_name if who else ""

    @property
    def schedule(self) -> str:
        """«каждую неделю, вт и чт»."""
        words = Rhythm(self.rhythm).label
        days = " и ".join(SHORT_DAYS[day] for day in sorted(self.weekdays))
        return f"{words}, {days}" if days else words

    def is_active_on(self, day: date) -> bool:
        """Whether it is at work on the day; rows: `iom.selectors.mentoring.active_on`."""
        begun = self.started_on is not None and self.started_on <= day <= self.ends
        return begun and (self.ended_on is None or self.ended_on > day)

    @property
    def is_over(self) -> bool:
        """Whether it is finished or ended early."""
        return self.ended_on is not None


class PairStep(Step):
    """A step of a pair's way: who, when, why."""

    pair = models.ForeignKey(MentoringPair, on_delete=models.CASCADE, related_name="steps")
    deed = models.CharField("что сделано", max_length=12)

    class Meta(Step.Meta):
        constraints = [models.UniqueConstraint(fields=["pair", "version"], name="pair_step_once")]


class PairMeeting(Removable):
    """A meeting that was held, or one that was planned and did not come about (`held` false, `text` says why)."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    pair = models.ForeignKey(MentoringPair, on_delete=models.CASCADE, related_name="meetings")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    on = models.DateField("когда")
    held = models.BooleanField("состоялась", default=True)
    minutes = models.PositiveSmallIntegerField("минут", null=True, blank=True)
    text = models.CharField("о чём", max_length=500, blank=True, default="")

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name = "встреча пары"
        constraints = [
            models.CheckConstraint(name="meeting_missed_says_why", condition=Q(held=True) | ~Q(text="")),
            models.UniqueConstraint(
                fields=["pair", "on"], condition=Q(removed_at__isnull=True), name="meeting_of_day_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on:%d.%m.%Y}"


class PairAssessment(Removable):
    """How a pair was assessed, half-way and at the end; one of a stage stands."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    pair = models.ForeignKey(MentoringPair, on_delete=models.CASCADE, related_name="assessments")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    stage = models.CharField("оценка", max_length=8, choices=Stage.choices())
    on = models.DateField("когда")
    outcome = models.CharField("итог", max_length=8, choices=Outcome.choices())
    text = models.CharField("вывод", max_length=500, blank=True, default="")

    class Meta:
        ordering = ["on", "pk"]
        verbose_name = "оценка пары"
        constraints = [
            models.CheckConstraint(name="pair_stage_known", condition=Q(stage__in=Stage.codes())),
            models.CheckConstraint(name="pair_outcome_known", condition=Q(outcome__in=Outcome.codes())),
            models.UniqueConstraint(
                fields=["pair", "stage"], condition=Q(removed_at__isnull=True), name="assessment_of_stage_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()}: {self.get_outcome_display()}"
