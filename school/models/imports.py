"""Batches of imported files: what was asked, previewed, applied and undone."""

import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from school.models.calendar import AcademicYear
from school.models.organisation import School


class ImportBatch(models.Model):
    """One call of an import: all or nothing, can be undone."""

    class Kind(models.TextChoices):
        """What the files hold."""

        PUPILS = "pupils", "Контингент"
        STAFF = "staff", "Сотрудники"
        GRADEBOOK = "gradebook", "Отметки и итоги"

    class State(models.TextChoices):
        """uploaded → reading → preview → applying → applied → undone; or discarded, refused."""

        UPLOADED = "uploaded", "файлы получены"
        READING = "reading", "файлы читаются"
        PREVIEW = "preview", "ждёт решения"
        APPLYING = "applying", "записывается"
        APPLIED = "applied", "записана"
        UNDONE = "undone", "отменена"
        DISCARDED = "discarded", "отброшена"
        REFUSED = "refused", "не принята"

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="import_batches")
    year = models.ForeignKey(AcademicYear, on_delete=models.PROTECT, null=True, blank=True)
    kind = models.CharField("что загружено", max_length=16, choices=Kind.choices)
    state = models.CharField("состояние", max_length=16, choices=State.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="кто", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField("начата", auto_now_add=True)
    applied_at = models.DateTimeField("записана", null=True, blank=True)
    undone_at = models.DateTimeField("отменена", null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    options = models.JSONField("параметры", default=dict)
    summary = models.JSONField("итог", default=dict)
    error = models.TextField("почему не принята", blank=True, default="")

    class Meta:
        ordering = ["-pk"]
        verbose_name = "пачка"

    def __str__(self) -> str:
        return f"Пачка № {self.pk}"


def _random_path(instance: "ImportFile", filename: str) -> str:
    """Never the user's own name: it may hold anything."""
    return f"imports/{uuid.uuid4().hex}"


class ImportFile(models.Model):
    """A file of a batch, as it came."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="files")
    name = models.CharField("имя файла", max_length=255)
    size = models.PositiveBigIntegerField("байт")
    sha256 = models.CharField(max_length=64)
    content = models.FileField(upload_to=_random_path, blank=True, max_length=200)
    layout = models.CharField("вид", max_length=16, blank=True, default="")
    summary = models.JSONField("итог", default=dict)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class ImportChange(models.Model):
    """One row that a batch of pupils or staff wrote, kept so that the batch can be undone. Never shown.

    `before` is empty for a row that the batch made, else the previous values of the columns in `after`.
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="changes")
    table = models.CharField(max_length=40)
    row = models.BigIntegerField()
    before = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.table} № {self.row}"
