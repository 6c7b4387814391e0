"""Teachers ask the service for help about a pupil; what they wrote is for few eyes."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from common.models import Step
from consultations.permissions_talks import talk_scope
from consultations.talk_words import OPEN_REFERRALS, Knows, ReferralDeed, ReferralState, Specialist
from school.access import Viewer, pupils_for
from school.models import AcademicYear, Enrolment, Pupil, School, Staff


class ReferralQuerySet(models.QuerySet["Referral"]):
    """Referrals; every read that a person asked for begins with `visible_to`."""

    def visible_to(self, user: Viewer) -> "ReferralQuerySet":
        """Own ones, those of the own class, all for the deputy and the service; a speech therapist what is for them.

        The director, the other teachers of the pupil and the administrator see none.
        """
        scope = talk_scope(user)
        if scope.school is None:
            return self.none()
        own = self.filter(school=scope.school)
        if scope.deputy or scope.whole:
            return own
        return own.filter(self._sent(user) | self._of_class(user) | self._addressed(user))

    def for_me(self, user: Viewer) -> "ReferralQuerySet":
        """Those that ask this specialist, by name or by kind."""
        return self.filter(self._addressed(user))

    def open(self) -> "ReferralQuerySet":
        """New and taken."""
        return self.filter(state__in=[state.value for state in OPEN_REFERRALS])

    def _sent(self, user: Viewer) -> Q:
        return Q(by=user.pk, pupil__in=pupils_for(user).order_by().values("pk"))

    def _of_class(self, user: Viewer) -> Q:
        scope = talk_scope(user)
        if not scope.leads or scope.today is None:
            return Q(pk__in=[])
        led = Enrolment.objects.on(scope.today).filter(school_class__class_teacher=scope.staff)
        return Q(pupil__in=led.order_by().values("pupil"))

    def _addressed(self, user: Viewer) -> Q:
        scope = talk_scope(user)
        if not scope.service:
            return Q(pk__in=[])
        return Q(to=scope.staff) | Q(taken_by=scope.staff) | Q(to__isnull=True, to_kind__in=scope.kinds)


class Referral(models.Model):
    """One request. It asks a kind of specialist (`to_kind`) or one by name (`to`).

    `seen` and `tried` are codes of `talk_words`; `text` and `answer` are read by the sender, the service, the class
    teacher and the deputy. `noted_at`: the sender has read the answer. Waiting time is from `at` to `taken_at`.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    year = models.ForeignKey(AcademicYear, on_delete=models.PROTECT, related_name="+")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="referrals")
    to_kind = models.CharField("кому", max_length=24, choices=Specialist.choices())
    to = models.ForeignKey(
        Staff, verbose_name="специалист", on_delete=models.PROTECT, null=True, blank=True, related_name="referrals"
    )
    seen = ArrayField(models.CharField(max_length=12), verbose_name="что заметили", default=list, blank=True)
    tried = ArrayField(models.CharField(max_length=12), verbose_name="что пробовали", default=list, blank=True)
    knows = models.CharField("родители", max_length=12, choices=Knows.choices())
    text = models.CharField("подробнее", max_length=1000, blank=True, default="")
    state = models.CharField("состояние", max_length=12, choices=ReferralState.choices(), default=ReferralState.NEW)
    version = models.PositiveIntegerField("версия", default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("отправлено")
    taken_by = models.ForeignKey(
        Staff, verbose_name="кто взял", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_at = models.DateTimeField("взято", null=True, blank=True)
    answer = models.CharField("ответ", max_length=1000, blank=True, default="")
    answered_at = models.DateTimeField("отвечено", null=True, blank=True)
    noted_at = models.DateTimeField("ответ прочитан", null=True, blank=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = "направление к специалисту"
        constraints = [
            models.CheckConstraint(name="referral_kind_known", condition=Q(to_kind__in=Specialist.codes())),
            models.CheckConstraint(name="referral_state_known", condition=Q(state__in=ReferralState.codes())),
            models.CheckConstraint(name="referral_knows_known", condition=Q(knows__in=Knows.codes())),
            models.CheckConstraint(name="referral_says_something", condition=~Q(text="") | ~Q(seen=[])),
            models.CheckConstraint(
                name="referral_taken_by_and_when",
                condition=Q(taken_by__isnull=True, taken_at__isnull=True)
                | Q(taken_by__isnull=False, taken_at__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_answer_when_answered",
                condition=Q(state=ReferralState.ANSWERED, answered_at__isnull=False)
                | (~Q(state=ReferralState.ANSWERED) & Q(answered_at__isnull=True)),
            ),
        ]
        indexes = [models.Index(fields=["school", "state", "at"], name="referral_queue")]

    def __str__(self) -> str:
        return f"направление № {self.pk}"


class ReferralStep(Step):
    """What was done with a referral; `comment` is the reason of a withdrawal, for the same readers."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="steps")
    deed = models.CharField(max_length=8, choices=ReferralDeed.choices())

    class Meta(Step.Meta):
        verbose_name = "шаг направления"
