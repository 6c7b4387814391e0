"""Sittings of councils: what is on the agenda, who was there, what was decided, the protocol as it was signed."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from common.models import Step
from consultations.councils import DecisionState, SittingState
from consultations.models.councils import Council, Petition
from consultations.permissions_seen_councils import facts_seen, insider_of
from school.access import Viewer, access_of
from school.models import Consent, Guardian, Pupil, School, Staff


class SittingQuerySet(models.QuerySet["Sitting"]):
    """Sittings with their agendas; every read that a person asked for begins with `visible_to`."""

    def visible_to(self, user: Viewer) -> "SittingQuerySet":
        """Those of the councils that the person is in."""
        return self.filter(insider_of(user, "council__")).distinct()


class Sitting(models.Model):
    """A sitting: planned or unplanned, when, about what in general. `topic` names nobody: the plan is public.

    `number` is that of its protocol, from the school's register of the year; it is given when the sitting is held.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="sittings")
    on = models.DateField("день")
    starts_at = models.TimeField("начало", null=True, blank=True)
    room = models.CharField("кабинет", max_length=50, blank=True, default="")
    by_plan = models.BooleanField("плановое", default=True)
    topic = models.CharField("тематика", max_length=300)
    state = models.CharField("состояние", max_length=8, choices=SittingState.choices(), default=SittingState.PLANNED)
    number = models.PositiveIntegerField("номер протокола", null=True, blank=True)
    version = models.PositiveIntegerField("версия", default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField("создано")

    objects = SittingQuerySet.as_manager()

    class Meta:
        ordering = ["on", "starts_at", "pk"]
        verbose_name = "заседание совета"
        constraints = [
            models.CheckConstraint(name="sitting_state_known", condition=Q(state__in=SittingState.codes())),
            models.CheckConstraint(
                name="sitting_held_has_number",
                condition=~Q(state__in=[SittingState.HELD.value, SittingState.SIGNED.value]) | Q(number__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["council", "number"], condition=Q(number__isnull=False), name="sitting_number_once"
            ),
            models.UniqueConstraint(
                fields=["council", "on", "starts_at"],
                condition=~Q(state=SittingState.CANCELLED),
                nulls_distinct=False,
                name="sitting_at_one_time_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council}, {self.on:%d.%m.%Y}"

    @property
    def kind_words(self) -> str:
        """«плановое»."""
        return "плановое" if self.by_plan else "внеплановое"

    @property
    def is_open(self) -> bool:
        """Whether its agenda and course may still be written."""
        return self.state in (SittingState.PLANNED, SittingState.HELD)


class SittingStep(Step):
    """What was done with a sitting, by whom and when."""

    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="steps")
    deed = models.CharField(max_length=8)

    class Meta(Step.Meta):
        verbose_name = "шаг заседания"
        constraints = [models.UniqueConstraint(fields=["sitting", "version"], name="sitting_step_once")]


class SittingPerson(models.Model):
    """Who is invited to a sitting and who was there: a person of the school, or a guest by name and role."""

    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="people")
    staff = models.ForeignKey(
        Staff, verbose_name="сотрудник", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    guest = models.CharField("приглашённый", max_length=200, blank=True, default="")
    role = models.CharField("в каком качестве", max_length=100, blank=True, default="")
    member = models.BooleanField("член совета", default=False)
    present = models.BooleanField("был на заседании", null=True, blank=True)

    class Meta:
        ordering = ["-member", "pk"]
        verbose_name = "участник заседания"
        constraints = [
            models.CheckConstraint(name="sitting_person_named", condition=Q(staff__isnull=True) ^ Q(guest="")),
            models.UniqueConstraint(fields=["sitting", "staff"], name="sitting_person_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """«Иванова Анна Петровна», or the guest as written."""
        return self.staff.full_name if self.staff is not None else self.guest


class QuestionQuerySet(models.QuerySet["SittingQuestion"]):
    """Questions of agendas; a fact about a pupil is wider known than what was said."""

    def visible_to(self, user: Viewer) -> "QuestionQuerySet":
        """Those of sittings that the person reads."""
        return self.filter(insider_of(user, "sitting__council__")).distinct()

    def known_to(self, user: Viewer) -> "QuestionQuerySet":
        """Those about pupils of which the person knows that they were put: never what was said."""
        return self.filter(facts_seen(user, "sitting__council__kind"), pupil__isnull=False)


class SittingQuestion(models.Model):
    """One question of an agenda: about a pupil, or in general. `consent`: the paper under which a pupil is discussed.

    `parent_present`: whether a parent was there; `guardian`, who.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="questions")
    place = models.PositiveSmallIntegerField("место в повестке")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, null=True, blank=True, related_name="council_questions")
    title = models.CharField("вопрос", max_length=300)
    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, null=True, blank=True, related_name="questions")
    consent = models.ForeignKey(Consent, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    parent_present = models.BooleanField("родитель присутствовал", null=True, blank=True)
    guardian = models.ForeignKey(
        Guardian, verbose_name="кто из родителей", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["place", "pk"]
        verbose_name = "вопрос повестки"
        constraints = [
            models.UniqueConstraint(
                fields=["sitting", "pupil"], condition=Q(pupil__isnull=False), name="question_of_pupil_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class QuestionWords(models.Model):
    """What was said about a question, in short: restricted when it is about a pupil, read past the log."""

    question = models.OneToOneField(SittingQuestion, on_delete=models.CASCADE, related_name="words")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    course = models.CharField("ход обсуждения", max_length=2000, blank=True, default="")

    class Meta:
        verbose_name = "ход обсуждения"

    def __str__(self) -> str:
        return f"Ход обсуждения № {self.question_id}"


class DecisionQuerySet(models.QuerySet["CouncilDecision"]):
    """Decisions; every read that a person asked for begins with `visible_to`."""

    def visible_to(self, user: Viewer) -> "DecisionQuerySet":
        """Those which are the person's to carry out, and those of councils that the person is in."""
        access = access_of(user)
        if access.school is None or access.staff is None:
            return self.none()
        own = Q(responsible=access.staff, question__school=access.school)
        return self.filter(own | insider_of(user, "question__sitting__council__")).distinct()


class CouncilDecision(models.Model):
    """A decision on a question: what, who answers for it, until when, what became of it. The words are restricted."""

    question = models.ForeignKey(SittingQuestion, on_delete=models.CASCADE, related_name="decisions")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    text = models.CharField("решение", max_length=500)
    responsible = models.ForeignKey(
        Staff, verbose_name="ответственный", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    due = models.DateField("срок", null=True, blank=True)
    state = models.CharField("состояние", max_length=8, choices=DecisionState.choices(), default=DecisionState.OPEN)
    answer = models.CharField("что сделано", max_length=500, blank=True, default="")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField("отмечено", null=True, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "решение совета"
        constraints = [
            models.CheckConstraint(name="decision_state_known", condition=Q(state__in=DecisionState.codes())),
            models.CheckConstraint(
                name="decision_answered_by_somebody",
                condition=Q(state=DecisionState.OPEN, answered_by__isnull=True, answered_at__isnull=True)
                | (~Q(state=DecisionState.OPEN) & Q(answered_by__isnull=False, answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="decision_not_done_says_why", condition=~Q(state=DecisionState.FAILED) | ~Q(answer="")
            ),
        ]
        indexes = [models.Index(fields=["responsible", "state"], name="decision_of_person")]

    def __str__(self) -> str:
        return f"Решение № {self.pk}"


class SittingProtocol(models.Model):
    """A protocol as it was signed, word for word: what is printed later is this. A correction is a new version."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="protocols")
    version = models.PositiveSmallIntegerField("версия")
    signed_on = models.DateField("подписан")
    why = models.CharField("почему исправлен", max_length=300, blank=True, default="")
    content: Any = models.JSONField("содержание")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("записан")

    class Meta:
        ordering = ["version"]
        verbose_name = "протокол заседания"
        constraints = [
            models.UniqueConstraint(fields=["sitting", "version"], name="protocol_version_once"),
            models.CheckConstraint(name="protocol_corrected_says_why", condition=Q(version=1) | ~Q(why="")),
        ]

    def __str__(self) -> str:
        return f"Протокол, версия {self.version}"
