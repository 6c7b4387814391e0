"""The journal of talks with parents."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from parents.words import BegunBy, Channel, Signed
from risk_registry.models import AboutPupilsQuerySet
from school.models import AcademicYear, Guardian, Pupil, School


class Conversation(models.Model):
    """A talk with a parent about one pupil. `who`: whom one spoke with when it was nobody of the recorded guardians.

    `due`: when to come back to what was agreed; `kept_on`: when one did. `next_on`: the next contact. What was
    written by mistake is withdrawn, with the reason, and stays.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    year = models.ForeignKey(AcademicYear, on_delete=models.PROTECT, related_name="+")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="conversations")
    guardian = models.ForeignKey(
        Guardian, verbose_name="с кем", on_delete=models.PROTECT, null=True, blank=True, related_name="conversations"
    )
    who = models.CharField("с кем ещё", max_length=150, blank=True, default="")
    on = models.DateField("когда")
    channel = models.CharField("как", max_length=8, choices=Channel.choices())
    begun_by = models.CharField("кто начал", max_length=8, choices=BegunBy.choices(), default=BegunBy.SCHOOL)
    occasion = models.CharField("повод", max_length=300)
    said = models.CharField("о чём говорили", max_length=1000, blank=True, default="")
    agreed = models.CharField("договорились", max_length=500, blank=True, default="")
    due = models.DateField("срок", null=True, blank=True)
    kept_on = models.DateField("вернулись к договорённости", null=True, blank=True)
    kept_note = models.CharField("что вышло", max_length=300, blank=True, default="")
    next_on = models.DateField("следующая связь", null=True, blank=True)
    signed = models.CharField("ознакомление", max_length=8, choices=Signed.choices(), blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("записано")
    edited_at = models.DateTimeField("изменено", null=True, blank=True)
    version = models.PositiveIntegerField("версия", default=1)
    withdrawn_at = models.DateTimeField("снято", null=True, blank=True)
    withdrawn_why = models.CharField("почему снято", max_length=300, blank=True, default="")

    objects = AboutPupilsQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name = "беседа с родителем"
        constraints = [
            models.CheckConstraint(name="conversation_has_occasion", condition=~Q(occasion="")),
            models.CheckConstraint(name="conversation_channel_known", condition=Q(channel__in=Channel.codes())),
            models.CheckConstraint(name="conversation_begun_known", condition=Q(begun_by__in=BegunBy.codes())),
            models.CheckConstraint(
                name="conversation_signed_known", condition=Q(signed="") | Q(signed__in=Signed.codes())
            ),
            models.CheckConstraint(name="conversation_with_somebody", condition=Q(guardian__isnull=False) | ~Q(who="")),
            models.CheckConstraint(name="conversation_due_of_agreed", condition=Q(due__isnull=True) | ~Q(agreed="")),
            models.CheckConstraint(name="conversation_due_later", condition=Q(due__isnull=True) | Q(due__gte=F("on"))),
            models.CheckConstraint(
                name="conversation_withdrawn_says_why",
                condition=Q(withdrawn_at__isnull=True, withdrawn_why="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_why="")),
            ),
        ]
        indexes = [
            models.Index(fields=["pupil", "on"], name="conversation_of_pupil"),
            models.Index(fields=["school", "on"], name="conversation_by_day"),
        ]

    def __str__(self) -> str:
        return self.occasion


class ConversationEdit(models.Model):
    """What an edit after the day changed: `was` and `now` in words."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="edits")
    field = models.CharField("что", max_length=60)
    was = models.CharField("было", max_length=1000, blank=True, default="")
    now = models.CharField("стало", max_length=1000, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("когда")

    class Meta:
        ordering = ["pk"]
        verbose_name = "правка беседы с родителем"

    def __str__(self) -> str:
        return f"{self.field}: {self.was} → {self.now}"
