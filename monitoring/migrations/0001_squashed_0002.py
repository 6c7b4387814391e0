"""All tables as they stand, in one go; the migrations that it replaces are for older installations."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import common.history
import common.operations


class Migration(migrations.Migration):
    replaces = [("monitoring", "0001_reports"), ("monitoring", "0002_track_history")]

    initial = True

    dependencies = [
        ("school", "0001_squashed_0017"),
    ]

    operations = [
        common.operations.CreateTogether(
            operations=[
                migrations.CreateModel(
                    name="Report",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=32, verbose_name="вид")),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "Черновик"), ("approved", "Утверждён"), ("withdrawn", "Отозван")],
                                default="draft",
                                max_length=10,
                                verbose_name="состояние",
                            ),
                        ),
                        ("data", models.JSONField(verbose_name="содержание")),
                        ("digest", models.CharField(max_length=64, verbose_name="отпечаток содержания")),
                        ("made_at", models.DateTimeField(verbose_name="составлен")),
                        ("conclusions", models.TextField(blank=True, default="", verbose_name="выводы")),
                        ("number", models.PositiveIntegerField(blank=True, null=True, verbose_name="номер")),
                        ("approved_on", models.DateField(blank=True, null=True, verbose_name="дата утверждения")),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="отозван")),
                        (
                            "grounds",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="почему отозван"),
                        ),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "period",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="school.period"
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="reports", to="school.school"
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "отчёт",
                        "ordering": ["-made_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "draft")),
                                fields=("school", "kind", "period"),
                                name="report_draft_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "approved")),
                                fields=("school", "kind", "period"),
                                name="report_approved_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "draft"),
                                    models.Q(("approved_on__isnull", False), ("number__isnull", False)),
                                    _connector="OR",
                                ),
                                name="report_approved_has_number_and_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "withdrawn"), _negated=True),
                                    models.Q(("grounds", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="report_withdrawn_has_grounds",
                            ),
                        ],
                    },
                ),
            ],
        ),
        common.history.TrackHistory(
            name="Report",
            insert=True,
            ignore=["data"],
            keep=["period", "state"],
        ),
    ]
