import django.contrib.postgres.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import school.models.calendar
from common.history import TrackHistory


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0002_track_history"),
        ("gradebook", "0005_keys_by_statement"),
        ("school", "0010_grounds_and_twos"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AbsenceGround",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("note", "Записка от родителей"),
                            ("certificate", "Справка врача"),
                            ("event", "Приказ, вызов или справка о мероприятии"),
                            ("family", "Заявление на имя директора"),
                            ("unwell", "Плохое самочувствие: отпустил учитель"),
                            ("other", "Другой документ"),
                            ("truancy", "Уважительной причины нет: выяснено"),
                        ],
                        max_length=12,
                        verbose_name="основание",
                    ),
                ),
                ("starts", models.DateField(verbose_name="с")),
                ("ends", models.DateField(verbose_name="по")),
                ("covers_to", models.DateField(blank=True, null=True, verbose_name="действует по")),
                ("reason", models.CharField(default="illness", max_length=10, verbose_name="учитывается как")),
                ("on_paper", models.BooleanField(default=False, verbose_name="документ видели на бумаге")),
                ("comment", models.CharField(blank=True, default="", max_length=300, verbose_name="примечание")),
                ("at", models.DateTimeField(verbose_name="записано")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="отозвано")),
                (
                    "withdrawn_why",
                    models.CharField(blank=True, default="", max_length=300, verbose_name="почему отозвано"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="absence_grounds", to="school.pupil"
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="corrections",
                        to="gradebook.absenceground",
                    ),
                ),
                (
                    "scan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.storedfile",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.school"
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.academicyear"
                    ),
                ),
            ],
            options={
                "ordering": ["-starts", "-pk"],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        expressions=[("pupil", "="), (school.models.calendar.DateSpan(), "&&")],
                        name="grounds_do_not_overlap",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("starts__lte", models.F("ends"))), name="ground_days_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["note", "certificate", "event", "family", "unwell", "other", "truancy"])
                        ),
                        name="ground_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("covers_to__isnull", True),
                            ("covers_to__range", (models.F("starts"), models.F("ends"))),
                            _connector="OR",
                        ),
                        name="ground_covers_its_days",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at__isnull", True), ("withdrawn_by__isnull", False), _connector="XOR"
                        ),
                        name="ground_withdrawn_by_somebody",
                    ),
                ],
            },
        ),
        # What it rests on may be a fact of health: history says that it changed, the row keeps what it was.
        TrackHistory(
            "AbsenceGround",
            insert=True,
            conceal=["kind", "on_paper", "scan", "comment", "withdrawn_why"],
            keep=["starts", "ends"],
        ),
    ]
