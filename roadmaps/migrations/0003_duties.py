import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from common.history import TrackHistory
from common.operations import CreateTogether


class Migration(migrations.Migration):
    dependencies = [
        ("roadmaps", "0002_program"),
        ("school", "0019_guardians"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether(
            operations=[
                migrations.CreateModel(
                    name="DutyMark",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("duty", models.CharField(max_length=16, verbose_name="обязанность")),
                        ("on", models.DateField(verbose_name="когда")),
                        ("note", models.CharField(blank=True, default="", max_length=300, verbose_name="коротко")),
                        ("at", models.DateTimeField(verbose_name="записано")),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="снято")),
                        (
                            "withdrawn_why",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="почему снято"),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.school"
                            ),
                        ),
                        (
                            "staff",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="duty_marks",
                                to="school.staff",
                                verbose_name="кто",
                            ),
                        ),
                        (
                            "year",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="school.academicyear"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "отметка об обязанности",
                        "ordering": ["-on", "-pk"],
                        "indexes": [models.Index(fields=["school", "staff", "on"], name="duty_mark_of_person")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("duty", ""), _negated=True), name="duty_mark_of_something"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_why", "")),
                                    models.Q(
                                        ("withdrawn_at__isnull", False), models.Q(("withdrawn_why", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="duty_mark_withdrawn_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DutyOff",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("duty", models.CharField(max_length=16, verbose_name="обязанность")),
                        ("why", models.CharField(max_length=300, verbose_name="почему")),
                        ("at", models.DateTimeField(verbose_name="выключена")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="включена снова")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.school"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "выключенная обязанность",
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("why", ""), _negated=True), name="duty_off_says_why"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=("school", "duty"),
                                name="duty_off_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OwnDuty",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("deputy", "Заместитель директора по УВР"),
                                    ("admin", "Администрация"),
                                    ("subject", "Учитель-предметник"),
                                    ("class", "Классный руководитель"),
                                    ("method", "Руководитель методического объединения"),
                                    ("service", "Социально-психологическая служба"),
                                    ("student", "Обучающийся"),
                                    ("parents", "Родители"),
                                ],
                                max_length=8,
                                verbose_name="роль",
                            ),
                        ),
                        ("text", models.CharField(max_length=300, verbose_name="обязанность")),
                        (
                            "cycle",
                            models.CharField(
                                choices=[
                                    ("start", "до 15 сентября"),
                                    ("begin", "в начале учебного года"),
                                    ("period", "в течение каждого учебного периода"),
                                    ("end", "в конце каждого учебного периода и года"),
                                    ("year_end", "в конце учебного года"),
                                    ("week", "еженедельно"),
                                    ("fortn", "два раза в месяц"),
                                    ("month", "ежемесячно"),
                                    ("each", "один раз в учебный период"),
                                    ("half", "не менее двух раз в год"),
                                    ("at_once", "немедленно"),
                                    ("need", "когда есть повод"),
                                    ("always", "постоянно"),
                                ],
                                default="need",
                                max_length=8,
                                verbose_name="срок, цикличность",
                            ),
                        ),
                        ("due", models.DateField(blank=True, null=True, verbose_name="к какому дню")),
                        ("at", models.DateTimeField(verbose_name="добавлено")),
                        ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="убрано")),
                        (
                            "removed_why",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="почему убрано"),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.school"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "обязанность, добавленная школой",
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True), name="own_duty_says_what"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "role__in",
                                        [
                                            "deputy",
                                            "admin",
                                            "subject",
                                            "class",
                                            "method",
                                            "service",
                                            "student",
                                            "parents",
                                        ],
                                    )
                                ),
                                name="own_duty_role_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "cycle__in",
                                        [
                                            "start",
                                            "begin",
                                            "period",
                                            "end",
                                            "year_end",
                                            "week",
                                            "fortn",
                                            "month",
                                            "each",
                                            "half",
                                            "at_once",
                                            "need",
                                            "always",
                                        ],
                                    )
                                ),
                                name="own_duty_cycle_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("removed_at__isnull", True), ("removed_why", "")),
                                    models.Q(
                                        ("removed_at__isnull", False), models.Q(("removed_why", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="own_duty_removed_says_why",
                            ),
                        ],
                    },
                ),
            ]
        ),
        TrackHistory("DutyMark", insert=True, keep=["staff", "duty"]),
        TrackHistory("OwnDuty", insert=True),
        TrackHistory("DutyOff", insert=True, keep=["duty"]),
    ]
