"""Background work, files made or kept for people, numbers of documents, letters on their way."""

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from school.models import School, User


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    """Files on disk and when they end."""

    def expired(self, now: datetime) -> "StoredFileQuerySet":
        """Files whose time is over."""
        return self.filter(expires_at__lte=now)


class StoredFile(models.Model):
    """A file kept for people. What is in it decides who may have it: `kind` and `params` are asked at every fetch."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(School, on_delete=models.CASCADE, null=True, blank=True, related_name="files")
    kind = models.CharField("вид", max_length=64)
    params = models.JSONField("для проверки прав", default=dict, blank=True)
    name = models.CharField("название", max_length=200)
    content_type = models.CharField("тип содержимого", max_length=100)
    size = models.PositiveBigIntegerField("размер, байт")
    sha256 = models.CharField("контрольная сумма", max_length=64)
    path = models.CharField("место хранения", max_length=100, unique=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField("создан", auto_now_add=True)
    expires_at = models.DateTimeField("хранится до", null=True, blank=True, db_index=True)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = "файл"

    def __str__(self) -> str:
        return self.name


class JobState(models.TextChoices):
    """Where a job stands."""

    QUEUED = "queued", "в очереди"
    RUNNING = "running", "выполняется"
    DONE = "done", "готово"
    FAILED = "failed", "не получилось"
    CANCELLED = "cancelled", "отменено"


UNFINISHED = (JobState.QUEUED, JobState.RUNNING)
STANDING = (*UNFINISHED, JobState.DONE)


class JobQuerySet(models.QuerySet["Job"]):
    """Jobs of a person."""

    def visible_to(self, user: User | AnonymousUser) -> "JobQuerySet":
        """A job is its asker's alone: what it made has the rights of the person who asked."""
        if isinstance(user, AnonymousUser) or not user.is_active:
            return self.none()
        return self.filter(asked_by=user)

    def unfinished(self) -> "JobQuerySet":
        """Jobs in the queue or at work."""
        return self.filter(state__in=UNFINISHED)


class Job(models.Model):
    """One piece of long work that a person asked for: how far it is, and what came of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(School, on_delete=models.CASCADE, null=True, blank=True, related_name="jobs")
    kind = models.CharField("вид", max_length=64)
    title = models.CharField("название", max_length=200)
    params = models.JSONField("параметры", default=dict, blank=True)
    key = models.CharField("ключ повторного заказа", max_length=200)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="jobs")
    state = models.CharField("состояние", max_length=12, choices=JobState.choices, default=JobState.QUEUED)
    progress = models.PositiveSmallIntegerField("выполнено, %", default=0)
    label = models.CharField("что делается", max_length=200, blank=True, default="")
    message = models.CharField("итог", max_length=500, blank=True, default="")
    link = models.CharField("адрес страницы с итогом", max_length=300, blank=True, default="")
    result = models.ForeignKey(StoredFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="jobs")
    error = models.TextField("что случилось", blank=True, default="")
    details: Any = models.JSONField("подробности ошибки", default=list, blank=True)
    created_at = models.DateTimeField("заказано", auto_now_add=True)
    sent_at = models.DateTimeField("передано на выполнение", null=True, blank=True)
    started_at = models.DateTimeField("начато", null=True, blank=True)
    finished_at = models.DateTimeField("закончено", null=True, blank=True)
    heartbeat_at = models.DateTimeField("последний признак жизни", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("попыток", default=0)
    # Who runs it now. A worker that was given up for dead finds another lease here and leaves without a trace.
    lease = models.UUIDField(null=True, blank=True, editable=False)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = "фоновая работа"
        constraints = [
            # The same order twice is one job; one that failed or was cancelled may be ordered again.
            models.UniqueConstraint(
                name="job_key_once",
                fields=["kind", "key", "asked_by"],
                condition=Q(state__in=STANDING),
            ),
            models.CheckConstraint(name="job_progress", condition=Q(progress__range=(0, 100))),
            models.CheckConstraint(name="job_state", condition=Q(state__in=JobState.values)),
        ]
        indexes = [
            models.Index(name="job_unfinished", fields=["heartbeat_at"], condition=Q(state__in=UNFINISHED)),
            models.Index(name="job_of_person", fields=["asked_by", "-created_at"]),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_finished(self) -> bool:
        """Whether nothing more will change."""
        return self.state not in UNFINISHED


class NumberRegister(models.Model):
    """The last number given to documents of a kind in a year."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="number_registers")
    kind = models.CharField("вид документа", max_length=64)
    year = models.PositiveSmallIntegerField("год")
    last = models.PositiveIntegerField("последний номер", default=0)

    class Meta:
        ordering = ["kind", "year"]
        constraints = [models.UniqueConstraint(name="number_register_once", fields=["school", "kind", "year"])]

    def __str__(self) -> str:
        return f"{self.kind}, {self.year}: {self.last}"


class MailState(models.TextChoices):
    """Where a letter stands."""

    QUEUED = "queued", "ждёт отправки"
    SENT = "sent", "отправлено"
    FAILED = "failed", "не отправлено"


class OutboxMail(models.Model):
    """A letter to be sent. Its subject and body never name a pupil: mail leaves the school (docs/trust.md, 25)."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    to = models.EmailField("кому")
    subject = models.CharField("тема", max_length=200)
    body = models.TextField("текст")
    state = models.CharField("состояние", max_length=8, choices=MailState.choices, default=MailState.QUEUED)
    attempts = models.PositiveSmallIntegerField("попыток", default=0)
    error = models.CharField("почему не отправлено", max_length=200, blank=True, default="")
    created_at = models.DateTimeField("создано", auto_now_add=True)
    next_try_at = models.DateTimeField("следующая попытка", auto_now_add=True)
    sent_at = models.DateTimeField("отправлено", null=True, blank=True)

    class Meta:
        ordering = ["created_at"]
        indexes = [models.Index(name="mail_queued", fields=["next_try_at"], condition=Q(state="queued"))]

    def __str__(self) -> str:
        return self.subject
