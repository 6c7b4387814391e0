"""All tables as they stand, in one go; the migrations that it replaces are for older installations."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import common.history
import common.operations


class Migration(migrations.Migration):
    replaces = [("documents", "0001_documents"), ("documents", "0002_track_history")]

    initial = True

    dependencies = [
        ("school", "0001_squashed_0017"),
    ]

    operations = [
        common.operations.CreateTogether(
            operations=[
                migrations.CreateModel(
                    name="StoredFile",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("kind", models.CharField(max_length=64, verbose_name="вид")),
                        ("params", models.JSONField(blank=True, default=dict, verbose_name="для проверки прав")),
                        ("name", models.CharField(max_length=200, verbose_name="название")),
                        ("content_type", models.CharField(max_length=100, verbose_name="тип содержимого")),
                        ("size", models.PositiveBigIntegerField(verbose_name="размер, байт")),
                        ("sha256", models.CharField(max_length=64, verbose_name="контрольная сумма")),
                        ("path", models.CharField(max_length=100, unique=True, verbose_name="место хранения")),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="создан")),
                        (
                            "expires_at",
                            models.DateTimeField(blank=True, db_index=True, null=True, verbose_name="хранится до"),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="files",
                                to="school.school",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "файл",
                        "ordering": ["-created_at"],
                    },
                ),
                migrations.CreateModel(
                    name="NumberRegister",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=64, verbose_name="вид документа")),
                        ("year", models.PositiveSmallIntegerField(verbose_name="год")),
                        ("last", models.PositiveIntegerField(default=0, verbose_name="последний номер")),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="number_registers",
                                to="school.school",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["kind", "year"],
                        "constraints": [
                            models.UniqueConstraint(fields=("school", "kind", "year"), name="number_register_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OutboxMail",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("to", models.EmailField(max_length=254, verbose_name="кому")),
                        ("subject", models.CharField(max_length=200, verbose_name="тема")),
                        ("body", models.TextField(verbose_name="текст")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("queued", "ждёт отправки"),
                                    ("sent", "отправлено"),
                                    ("failed", "не отправлено"),
                                ],
                                default="queued",
                                max_length=8,
                                verbose_name="состояние",
                            ),
                        ),
                        ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="попыток")),
                        (
                            "error",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="почему не отправлено"
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="создано")),
                        ("next_try_at", models.DateTimeField(auto_now_add=True, verbose_name="следующая попытка")),
                        ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="отправлено")),
                        (
                            "school",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="school.school",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["created_at"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "queued")), fields=["next_try_at"], name="mail_queued"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Job",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("kind", models.CharField(max_length=64, verbose_name="вид")),
                        ("title", models.CharField(max_length=200, verbose_name="название")),
                        ("params", models.JSONField(blank=True, default=dict, verbose_name="параметры")),
                        ("key", models.CharField(max_length=200, verbose_name="ключ повторного заказа")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("queued", "в очереди"),
                                    ("running", "выполняется"),
                                    ("done", "готово"),
                                    ("failed", "не получилось"),
                                    ("cancelled", "отменено"),
                                ],
                                default="queued",
                                max_length=12,
                                verbose_name="состояние",
                            ),
                        ),
                        ("progress", models.PositiveSmallIntegerField(default=0, verbose_name="выполнено, %")),
                        (
                            "label",
                            models.CharField(blank=True, default="", max_length=200, verbose_name="что делается"),
                        ),
                        ("message", models.CharField(blank=True, default="", max_length=500, verbose_name="итог")),
                        (
                            "link",
                            models.CharField(
                                blank=True, default="", max_length=300, verbose_name="адрес страницы с итогом"
                            ),
                        ),
                        ("error", models.TextField(blank=True, default="", verbose_name="что случилось")),
                        ("details", models.JSONField(blank=True, default=list, verbose_name="подробности ошибки")),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="заказано")),
                        ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="передано на выполнение")),
                        ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="начато")),
                        ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="закончено")),
                        (
                            "heartbeat_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="последний признак жизни"),
                        ),
                        ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="попыток")),
                        ("lease", models.UUIDField(blank=True, editable=False, null=True)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="jobs",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="jobs",
                                to="school.school",
                            ),
                        ),
                        (
                            "result",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="jobs",
                                to="documents.storedfile",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "фоновая работа",
                        "ordering": ["-created_at"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ("queued", "running"))),
                                fields=["heartbeat_at"],
                                name="job_unfinished",
                            ),
                            models.Index(fields=["asked_by", "-created_at"], name="job_of_person"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("queued", "running", "done"))),
                                fields=("kind", "key", "asked_by"),
                                name="job_key_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("progress__range", (0, 100))), name="job_progress"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["queued", "running", "done", "failed", "cancelled"])),
                                name="job_state",
                            ),
                        ],
                    },
                ),
            ],
        ),
        common.history.TrackHistory(
            name="NumberRegister",
            insert=True,
            keep=["kind", "year"],
        ),
    ]
