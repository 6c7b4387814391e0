"""Learning communities of teachers: Lesson Study and others."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from school.models import Staff
from teaching.models.base import Confirmable, Record
from teaching.words import CommunityKind, MeetingStep, RecordState


class Community(Confirmable):
    """A team of teachers; `cycle` is what it works on now. It acts from its first day to its last, if it has one."""

    staff = models.ForeignKey(Staff, verbose_name="ведёт", on_delete=models.PROTECT, related_name="communities_led")
    kind = models.CharField("вид", max_length=8, choices=CommunityKind.choices())
    title = models.CharField("название", max_length=200)
    cycle = models.CharField("цикл, вопрос", max_length=300, blank=True, default="")
    starts = models.DateField("действует с")
    ends = models.DateField("по", null=True, blank=True)

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = "сообщество"
        constraints = [
            models.CheckConstraint(name="community_kind_known", condition=Q(kind__in=CommunityKind.codes())),
            models.CheckConstraint(name="community_state_known", condition=Q(state__in=RecordState.codes())),
            models.CheckConstraint(
                name="community_days_in_order", condition=Q(ends__isnull=True) | Q(starts__lte=F("ends"))
            ),
            models.CheckConstraint(
                name="community_returned_says_why", condition=~Q(state=RecordState.RETURNED) | ~Q(word="")
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def seen_by(cls, staff: int | None) -> Q:
        """What is confirmed is no secret within the school; the rest is for its people."""
        known = Q(state=RecordState.CONFIRMED)
        if staff is None:
            return known
        members = CommunityMember.objects.filter(community=OuterRef("pk"), staff=staff, removed_at__isnull=True)
        return known | Q(staff=staff) | Q(Exists(members))


class CommunityMember(Record):
    """Somebody is in a community, from a day to a day; whoever leads it is a member too."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="members")
    staff = models.ForeignKey(Staff, verbose_name="педагог", on_delete=models.PROTECT, related_name="communities")
    starts = models.DateField("с")
    ends = models.DateField("по", null=True, blank=True)

    class Meta:
        ordering = ["staff__sort_key", "pk"]
        verbose_name = "участник сообщества"
        constraints = [
            models.CheckConstraint(
                name="member_days_in_order", condition=Q(ends__isnull=True) | Q(starts__lte=F("ends"))
            ),
            models.UniqueConstraint(
                fields=["community", "staff"],
                condition=Q(ends__isnull=True, removed_at__isnull=True),
                name="community_member_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.community}: {self.staff}"


class CommunityMeeting(Record):
    """A meeting that was held: which step of the cycle, in a few words."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="meetings")
    on = models.DateField("когда")
    step = models.CharField("что было", max_length=8, choices=MeetingStep.choices())
    text = models.CharField("о чём", max_length=500, blank=True, default="")

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name = "встреча сообщества"
        constraints = [
            models.CheckConstraint(name="meeting_step_known", condition=Q(step__in=MeetingStep.codes())),
            models.UniqueConstraint(
                fields=["community", "on", "step"],
                condition=Q(removed_at__isnull=True),
                name="community_meeting_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()}, {self.on:%d.%m.%Y}"

    @classmethod
    def seen_by(cls, staff: int | None) -> Q:
        """As its community."""
        return Q(community__in=Community.objects.filter(Community.seen_by(staff)).order_by().values("pk"))
