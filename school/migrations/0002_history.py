from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models
from django.db.models.deletion import DO_NOTHING

from common.history import InstallHistory


class Migration(migrations.Migration):
    dependencies = [("school", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="HistoryEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="когда")),
                (
                    "operation",
                    models.CharField(
                        choices=[("I", "добавлено"), ("U", "изменено"), ("D", "удалено")],
                        max_length=1,
                        verbose_name="что",
                    ),
                ),
                ("table", models.CharField(max_length=63, verbose_name="таблица")),
                ("row_id", models.CharField(max_length=40, verbose_name="строка")),
                ("source", models.CharField(max_length=100, verbose_name="откуда")),
                ("before", models.JSONField(null=True, verbose_name="было")),
                ("after", models.JSONField(null=True, verbose_name="стало")),
                (
                    "concealed",
                    ArrayField(
                        base_field=models.CharField(max_length=63),
                        null=True,
                        size=None,
                        verbose_name="изменились закрытые",
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=DO_NOTHING,
                        related_name="+",
                        to="school.pupil",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=DO_NOTHING,
                        related_name="+",
                        to="school.school",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        condition=models.Q(("pupil__isnull", False)), fields=["pupil", "id"], name="history_of_pupil"
                    ),
                    models.Index(
                        condition=models.Q(("pupil__isnull", True)), fields=["table", "row_id"], name="history_of_row"
                    ),
                ],
            },
        ),
        InstallHistory(),
    ]
