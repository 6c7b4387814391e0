"""Sittings by which the program is governed: planned, held, with protocols. They hold nothing of single pupils."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from common.models import Step
from roadmaps.sitting_words import SittingDeed, SittingKind, SittingState, Topic, Unit
from school.access import Viewer, access_of
from school.models import AcademicYear, School, Staff


class StaffSittingQuerySet(models.QuerySet["StaffSitting"]):
    """Sittings of a school."""

    def visible_to(self, user: Viewer) -> "StaffSittingQuerySet":
        """Of the own school: no pupil is named, and everybody with a duty there reads them."""
        access = access_of(user)
        return self.filter(school=access.school) if access.school is not None and access.roles else self.none()


class StaffSitting(models.Model):
    """A sitting. `number` is that of its protocol, by kind and year: given once, when it is first signed.

    `signed_on` is empty while the protocol may be changed; a signed sitting stays held.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    year = models.ForeignKey(AcademicYear, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("вид", max_length=8, choices=SittingKind.choices())
    title = models.CharField("тема", max_length=200, blank=True, default="")
    on = models.DateField("день")
    starts_at = models.TimeField("начало", null=True, blank=True)
    ends_at = models.TimeField("конец", null=True, blank=True)
    place = models.CharField("место", max_length=150, blank=True, default="")
    chair = models.ForeignKey(
        Staff, verbose_name="председатель", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    secretary = models.ForeignKey(
        Staff, verbose_name="секретарь", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField("состояние", max_length=8, choices=SittingState.choices(), default=SittingState.PLANNED)
    number = models.PositiveIntegerField("номер протокола", null=True, blank=True)
    signed_on = models.DateField("протокол подписан", null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("внесено")

    objects = StaffSittingQuerySet.as_manager()

    class Meta:
        ordering = ["on", "starts_at", "pk"]
        verbose_name = "заседание"
        constraints = [
            models.CheckConstraint(name="staff_sitting_kind_known", condition=Q(kind__in=SittingKind.codes())),
            models.CheckConstraint(name="staff_sitting_state_known", condition=Q(state__in=SittingState.codes())),
            models.CheckConstraint(
                name="staff_sitting_times_in_order",
                condition=Q(ends_at__isnull=True) | Q(starts_at__isnull=False, ends_at__gt=F("starts_at")),
            ),
            models.CheckConstraint(
                name="staff_sitting_signed_has_number",
                condition=Q(signed_on__isnull=True) | Q(number__isnull=False, number__gt=0),
            ),
            models.CheckConstraint(
                name="staff_sitting_numbered_is_held",
                condition=Q(number__isnull=True) | Q(state=SittingState.HELD, chair__isnull=False),
            ),
            models.UniqueConstraint(fields=["school", "year", "kind", "number"], name="staff_sitting_number_once"),
        ]
        indexes = [models.Index(fields=["school", "on"], name="staff_sitting_by_day")]

    def __str__(self) -> str:
        return f"{SittingKind(self.kind).label}, {self.on:%d.%m.%Y}"


class StaffSittingStep(Step):
    """What was done with a sitting, by whom and when."""

    sitting = models.ForeignKey(StaffSitting, on_delete=models.CASCADE, related_name="steps")
    deed = models.CharField(max_length=8, choices=SittingDeed.choices())

    class Meta(Step.Meta):
        verbose_name = "шаг заседания"


class StaffSittingPerson(models.Model):
    """Who is invited: a person of the school, or a guest by name. `present` is empty until somebody marks it."""

    sitting = models.ForeignKey(StaffSitting, on_delete=models.CASCADE, related_name="people")
    staff = models.ForeignKey(
        Staff, verbose_name="сотрудник", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    guest = models.CharField("приглашённый", max_length=200, blank=True, default="")
    present = models.BooleanField("был(а)", null=True, blank=True)

    class Meta:
        ordering = ["staff__sort_key", "guest", "pk"]
        verbose_name = "участник заседания"
        constraints = [
            models.CheckConstraint(name="staff_sitting_person_named", condition=Q(staff__isnull=True) ^ Q(guest="")),
            models.UniqueConstraint(fields=["sitting", "staff", "guest"], nulls_distinct=False,
                                    name="staff_sitting_person_once"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """«Ильина М. Ф.», or the guest as written."""
        return self.staff.short_name if self.staff is not None else self.guest


class StaffQuestion(models.Model):
    """One question of an agenda, in its place, and what was said about it."""

    sitting = models.ForeignKey(StaffSitting, on_delete=models.CASCADE, related_name="questions")
    place = models.PositiveSmallIntegerField("место в повестке")
    title = models.CharField("вопрос", max_length=300)
    topic = models.CharField("о чём", max_length=8, choices=Topic.choices(), default=Topic.OTHER)
    speaker = models.ForeignKey(
        Staff, verbose_name="докладчик", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    heard = models.CharField("слушали", max_length=3000, blank=True, default="")

    class Meta:
        ordering = ["place", "pk"]
        verbose_name = "вопрос повестки заседания"
        constraints = [
            models.CheckConstraint(name="staff_question_has_title", condition=~Q(title="")),
            models.CheckConstraint(name="staff_question_topic_known", condition=Q(topic__in=Topic.codes())),
            models.UniqueConstraint(
                fields=["sitting", "place"], name="staff_question_place_once", deferrable=models.Deferrable.DEFERRED
            ),
        ]

    def __str__(self) -> str:
        return self.title


class StaffProtocol(models.Model):
    """A protocol as it was signed, frozen: it prints identically whatever changes later. A correction is a version."""

    sitting = models.ForeignKey(StaffSitting, on_delete=models.PROTECT, related_name="protocols")
    version = models.PositiveSmallIntegerField("версия")
    paper: Any = models.JSONField("протокол")
    why = models.CharField("почему исправлен", max_length=300, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("подписан")

    class Meta:
        ordering = ["version"]
        verbose_name = "протокол заседания"
        constraints = [
            models.UniqueConstraint(fields=["sitting", "version"], name="staff_protocol_version_once"),
            models.CheckConstraint(name="staff_protocol_corrected_says_why", condition=Q(version=1) | ~Q(why="")),
        ]

    def __str__(self) -> str:
        return f"версия {self.version}"


class SittingRhythm(models.Model):
    """How often a school holds a kind of sitting, where it has set so: else as the sources say (`rules.rhythms`)."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField("вид", max_length=8, choices=SittingKind.choices())
    unit = models.CharField("как часто", max_length=8, choices=Unit.choices())
    times = models.PositiveSmallIntegerField("сколько раз", default=1)

    class Meta:
        ordering = ["kind"]
        verbose_name = "ритм заседаний"
        constraints = [
            models.UniqueConstraint(fields=["school", "kind"], name="sitting_rhythm_once"),
            models.CheckConstraint(name="sitting_rhythm_kind_known", condition=Q(kind__in=SittingKind.codes())),
            models.CheckConstraint(
                name="sitting_rhythm_times",
                condition=Q(unit="none", times=0) | (Q(unit__in=Unit.codes(), times__range=(1, 10)) & ~Q(unit="none")),
            ),
        ]

    def __str__(self) -> str:
        return f"{SittingKind(self.kind).label}: {self.times} {Unit(self.unit).label}"
