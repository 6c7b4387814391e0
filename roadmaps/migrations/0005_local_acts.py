import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import roadmaps.act_words
from common.history import TrackHistory
from common.operations import CreateTogether


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0001_squashed_0002"),
        ("iom", "0010_answered_by_link"),
        ("roadmaps", "0004_sittings"),
        ("school", "0020_feedback_monthly"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether(
            operations=[
                migrations.CreateModel(
                    name="LocalAct",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("regul", "Положение"),
                                    ("algo", "Алгоритм"),
                                    ("plan", "План"),
                                    ("card", "Технологическая карта"),
                                    ("order", "Приказ"),
                                    ("other", "Другой акт"),
                                ],
                                max_length=8,
                                verbose_name="вид",
                            ),
                        ),
                        ("title", models.CharField(max_length=300, verbose_name="название")),
                        (
                            "answers",
                            models.CharField(blank=True, default="", max_length=16, verbose_name="чему отвечает"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Проект"),
                                    ("adopted", "Принят"),
                                    ("approved", "Утверждён"),
                                    ("force", "Действует"),
                                    ("repealed", "Утратил силу"),
                                ],
                                default=roadmaps.act_words.ActState["DRAFT"],
                                max_length=8,
                                verbose_name="состояние",
                            ),
                        ),
                        ("number", models.CharField(blank=True, default="", max_length=50, verbose_name="номер")),
                        ("on", models.DateField(blank=True, null=True, verbose_name="дата")),
                        ("starts", models.DateField(blank=True, null=True, verbose_name="действует с")),
                        ("ends", models.DateField(blank=True, null=True, verbose_name="действует по")),
                        ("version", models.PositiveIntegerField(default=0)),
                        ("at", models.DateTimeField(verbose_name="внесён")),
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
                        "verbose_name": "локальный акт",
                        "ordering": ["title", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="LocalActFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=150, verbose_name="название")),
                        ("at", models.DateTimeField(verbose_name="приложен")),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="снят")),
                        (
                            "withdrawn_why",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="почему снят"),
                        ),
                        (
                            "act",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="files",
                                to="roadmaps.localact",
                            ),
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
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.storedfile"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "файл локального акта",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="LocalActStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("from_state", models.CharField(blank=True, default="", max_length=24, verbose_name="было")),
                        ("to_state", models.CharField(max_length=24, verbose_name="стало")),
                        ("at", models.DateTimeField(verbose_name="когда")),
                        ("comment", models.TextField(blank=True, default="", verbose_name="замечание")),
                        ("version", models.PositiveIntegerField(verbose_name="версия")),
                        (
                            "deed",
                            models.CharField(
                                choices=[
                                    ("enter", "внесён в реестр"),
                                    ("edit", "исправлен"),
                                    ("adopt", "принят"),
                                    ("approve", "утверждён"),
                                    ("enact", "введён в действие"),
                                    ("repeal", "утратил силу"),
                                    ("return", "возвращён в проект"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "act",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="roadmaps.localact",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="кто",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "шаг локального акта",
                        "ordering": ["version"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PsychAgreement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="отмечено")),
                        (
                            "agreement",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="psych",
                                to="iom.partneragreement",
                            ),
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
                        "verbose_name": "отметка о договоре с психологической помощью",
                        "ordering": ["pk"],
                    },
                ),
                migrations.AddIndex(
                    model_name="localact",
                    index=models.Index(fields=["school", "answers"], name="local_act_by_demand"),
                ),
                migrations.AddConstraint(
                    model_name="localact",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind__in", ["regul", "algo", "plan", "card", "order", "other"])),
                        name="local_act_kind_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="localact",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "adopted", "approved", "force", "repealed"])),
                        name="local_act_state_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="localact",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="local_act_has_title"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="localact",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "adopted"]),
                            models.Q(("on__isnull", False), models.Q(("number", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="local_act_approved_has_number",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="localact",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["force", "repealed"]), _negated=True),
                            ("starts__isnull", False),
                            _connector="OR",
                        ),
                        name="local_act_in_force_has_day",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="localact",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("ends__isnull", True),
                            ("starts__isnull", True),
                            ("starts__lte", models.F("ends")),
                            _connector="OR",
                        ),
                        name="local_act_days_in_order",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="localactfile",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_why", "")),
                            models.Q(("withdrawn_at__isnull", False), models.Q(("withdrawn_why", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="local_act_file_withdrawn_says_why",
                    ),
                ),
            ]
        ),
        TrackHistory("LocalAct", insert=True, keep=["title"]),
        TrackHistory("LocalActStep"),
        TrackHistory("LocalActFile", insert=True, keep=["act"]),
        TrackHistory("PsychAgreement", insert=True, keep=["agreement"]),
    ]
