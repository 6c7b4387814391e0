"""Councils of a school: who is in them, who asks them to speak of a pupil."""

from datetime import date

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from consultations.councils import ONE_OF, CouncilKind, Initiator, MemberRole, PetitionState, Reason
from consultations.permissions_seen_councils import councils_led, insider_of, petitions_seen
from school.access import Viewer, access_of
from school.models import AcademicYear, Pupil, School, Staff
from school.models.calendar import DateSpan


class CouncilQuerySet(models.QuerySet["Council"]):
    """Councils name no pupil: everybody in the school may know that they are and who sits in them."""

    def visible_to(self, user: Viewer) -> "CouncilQuerySet":
        """Those of the person's school."""
        return self.filter(school=access_of(user).school) if access_of(user).school is not None else self.none()

    def inside(self, user: Viewer) -> "CouncilQuerySet":
        """Those whose agenda and protocols the person reads: its members of today, and those who answer for it."""
        return self.visible_to(user).filter(insider_of(user)).distinct()

    def led(self, user: Viewer) -> "CouncilQuerySet":
        """Those which the person runs: chair, deputy, secretary, and the administration."""
        return self.visible_to(user).filter(councils_led(user)).distinct()


class Council(models.Model):
    """A council of one kind in one year, by an order. `ended_on`: closed before the year's end."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    year = models.ForeignKey(AcademicYear, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("вид", max_length=8, choices=CouncilKind.choices())
    order_number = models.CharField("номер приказа", max_length=50, blank=True, default="")
    order_date = models.DateField("дата приказа", null=True, blank=True)
    regulation = models.CharField("положение", max_length=300, blank=True, default="")
    ended_on = models.DateField("закрыт", null=True, blank=True)
    created_at = models.DateTimeField("создан")

    objects = CouncilQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "совет школы"
        constraints = [
            models.CheckConstraint(name="council_kind_known", condition=Q(kind__in=CouncilKind.codes())),
            models.UniqueConstraint(
                fields=["school", "year", "kind"], condition=Q(ended_on__isnull=True), name="council_once_a_year"
            ),
            models.CheckConstraint(
                name="council_order_has_both", condition=Q(order_number="") ^ Q(order_date__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class CouncilMember(models.Model):
    """A person of a council, from one day to another."""

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="members")
    staff = models.ForeignKey(Staff, verbose_name="сотрудник", on_delete=models.PROTECT, related_name="councils")
    role = models.CharField("в совете", max_length=8, choices=MemberRole.choices(), default=MemberRole.MEMBER)
    begins = models.DateField("с")
    ends = models.DateField("по", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "член совета"
        constraints = [
            models.CheckConstraint(name="council_role_known", condition=Q(role__in=MemberRole.codes())),
            models.CheckConstraint(
                name="council_member_days_in_order", condition=Q(ends__isnull=True) | Q(begins__lte=F("ends"))
            ),
            ExclusionConstraint(
                name="council_member_once",
                expressions=[
                    ("council", RangeOperators.EQUAL),
                    ("staff", RangeOperators.EQUAL),
                    (DateSpan("begins", "ends"), RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="council_one_chair_and_secretary",
                expressions=[
                    ("council", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (DateSpan("begins", "ends"), RangeOperators.OVERLAPS),
                ],
                condition=Q(role__in=[role.value for role in ONE_OF]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff}, {self.get_role_display().lower()}"

    def sits_on(self, day: date) -> bool:
        """Whether the person is in the council on the day."""
        return self.begins <= day and (self.ends is None or self.ends >= day)


class PetitionQuerySet(models.QuerySet["Petition"]):
    """Petitions; every read that a person asked for begins with `visible_to`."""

    def visible_to(self, user: Viewer) -> "PetitionQuerySet":
        """One's own, those about the own class, those to a council which the person is in."""
        return self.filter(petitions_seen(user))


class Petition(models.Model):
    """A petition (ходатайство, представление) to a council of a kind: whom, why, who asks; the words stand apart."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    year = models.ForeignKey(AcademicYear, on_delete=models.PROTECT, related_name="+")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="petitions")
    kind = models.CharField("куда", max_length=8, choices=CouncilKind.choices())
    initiator = models.CharField("кто просит", max_length=8, choices=Initiator.choices())
    reason = models.CharField("повод", max_length=8, choices=Reason.choices())
    on = models.DateField("дата")
    state = models.CharField("состояние", max_length=8, choices=PetitionState.choices(), default=PetitionState.SENT)
    answer = models.CharField("ответ", max_length=300, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("записано")

    objects = PetitionQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name = "ходатайство"
        constraints = [
            models.CheckConstraint(name="petition_kind_known", condition=Q(kind__in=CouncilKind.codes())),
            models.CheckConstraint(name="petition_state_known", condition=Q(state__in=PetitionState.codes())),
            models.CheckConstraint(name="petition_reason_known", condition=Q(reason__in=Reason.codes())),
            models.CheckConstraint(name="petition_initiator_known", condition=Q(initiator__in=Initiator.codes())),
            models.CheckConstraint(
                name="petition_declined_says_why", condition=~Q(state=PetitionState.DECLINED) | ~Q(answer="")
            ),
            models.UniqueConstraint(
                fields=["pupil", "kind"],
                condition=Q(state__in=[PetitionState.SENT.value, PetitionState.ON_AGENDA.value]),
                name="petition_waits_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pupil}: {self.get_reason_display()}"


class PetitionWords(models.Model):
    """What was seen and what was tried already: restricted, read past the log."""

    petition = models.OneToOneField(Petition, on_delete=models.CASCADE, related_name="words")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="+")
    seen = models.CharField("что замечено", max_length=1000, blank=True, default="")
    tried = models.CharField("что уже сделано", max_length=1000, blank=True, default="")

    class Meta:
        verbose_name = "текст ходатайства"

    def __str__(self) -> str:
        return f"Текст ходатайства № {self.petition_id}"
