import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from common.history import TrackHistory
from common.insert_only import InsertOnly
from common.operations import CreateTogether


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0006_conceal_answers"),
        ("parents", "0005_personal_links"),
        ("school", "0002_history"),
        ("school", "0019_guardians"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether(
            operations=[
                migrations.CreateModel(
                    name="FamilyCase",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "Идёт"), ("closed", "Завершено"), ("undone", "Отозвано")],
                                default="open",
                                max_length=8,
                                verbose_name="состояние",
                            ),
                        ),
                        ("grounds", models.CharField(max_length=1500, verbose_name="основания")),
                        ("opened_on", models.DateField(verbose_name="открыто")),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("mended", "Родители выполняют договорённости"),
                                    ("support", "Семья на сопровождении службы"),
                                    ("handed", "Материалы переданы в комиссию"),
                                    ("none", "Основания не подтвердились"),
                                    ("other", "Иное"),
                                ],
                                default="",
                                max_length=8,
                                verbose_name="исход",
                            ),
                        ),
                        (
                            "outcome_text",
                            models.CharField(blank=True, default="", max_length=500, verbose_name="чем закончилось"),
                        ),
                        ("ended_on", models.DateField(blank=True, null=True, verbose_name="завершено")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="версия")),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="кто завершил",
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="кто открыл",
                            ),
                        ),
                        (
                            "pupil",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="family_cases",
                                to="school.pupil",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.school"
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
                        "verbose_name": "решения по семье",
                        "ordering": ["-opened_on", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="FamilyFact",
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
                                choices=[("talk", "беседа"), ("notice", "уведомление")],
                                max_length=8,
                                verbose_name="вид",
                            ),
                        ),
                        ("row", models.PositiveBigIntegerField(verbose_name="номер записи")),
                        ("on", models.DateField(verbose_name="день")),
                        ("words", models.CharField(max_length=500, verbose_name="факт")),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="facts",
                                to="parents.familycase",
                            ),
                        ),
                        (
                            "pupil",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.pupil"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "факт в решениях по семье",
                        "ordering": ["on", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="FamilyPrint",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("why", models.CharField(max_length=200, verbose_name="зачем")),
                        (
                            "at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(), verbose_name="когда"
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
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="prints",
                                to="parents.familycase",
                            ),
                        ),
                        (
                            "pupil",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="school.pupil"
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
                        "verbose_name": "печать материалов для комиссии",
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="FamilyStep",
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
                                    ("psychol", "Педагог-психолог"),
                                    ("social", "Социальный педагог"),
                                    ("small", "Малый педагогический совет"),
                                    ("prevent", "Совет профилактики"),
                                    ("kdn", "Комиссия по делам несовершеннолетних"),
                                ],
                                max_length=8,
                                verbose_name="к кому",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "Ждёт исхода"), ("done", "Есть исход"), ("undone", "Отменён")],
                                default="open",
                                max_length=8,
                                verbose_name="состояние",
                            ),
                        ),
                        ("grounds", models.CharField(max_length=1000, verbose_name="основания")),
                        ("decided_on", models.DateField(verbose_name="решено")),
                        ("due", models.DateField(blank=True, null=True, verbose_name="срок")),
                        ("outcome", models.CharField(blank=True, default="", max_length=500, verbose_name="исход")),
                        ("ended_on", models.DateField(blank=True, null=True, verbose_name="день исхода")),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="parents.familycase",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="кто решил",
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="кто записал исход",
                            ),
                        ),
                        (
                            "petition",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="consultations.petition",
                            ),
                        ),
                        (
                            "pupil",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.pupil"
                            ),
                        ),
                        (
                            "referral",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="consultations.referral",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "шаг решений по семье",
                        "ordering": ["decided_on", "pk"],
                    },
                ),
                migrations.AddConstraint(
                    model_name="familycase",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state", "open")), fields=("pupil",), name="family_case_open_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="familycase",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("grounds", ""), _negated=True), name="family_case_has_grounds"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="familycase",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "closed", "undone"])), name="family_case_state_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="familycase",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_by__isnull", True), ("ended_on__isnull", True), ("state", "open")),
                            models.Q(
                                models.Q(("state", "open"), _negated=True),
                                ("ended_by__isnull", False),
                                ("ended_on__isnull", False),
                                models.Q(("outcome_text", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="family_case_ended_by_somebody",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="familycase",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), _negated=True),
                            ("outcome__in", ["mended", "support", "handed", "none", "other"]),
                            _connector="OR",
                        ),
                        name="family_case_closed_says_how",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="familyfact",
                    constraint=models.UniqueConstraint(fields=("case", "kind", "row"), name="family_fact_once"),
                ),
                migrations.AddConstraint(
                    model_name="familyfact",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind__in", ["talk", "notice"])), name="family_fact_kind_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="familyprint",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("why", ""), _negated=True), name="family_print_says_why"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="familystep",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state", "open")), fields=("case", "kind"), name="family_step_open_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="familystep",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("grounds", ""), _negated=True), name="family_step_has_grounds"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="familystep",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind__in", ["psychol", "social", "small", "prevent", "kdn"])),
                        name="family_step_kind_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="familystep",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_by__isnull", True),
                                ("ended_on__isnull", True),
                                ("outcome", ""),
                                ("state", "open"),
                            ),
                            models.Q(
                                models.Q(("state", "open"), _negated=True),
                                ("ended_by__isnull", False),
                                ("ended_on__isnull", False),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="family_step_ended_by_somebody",
                    ),
                ),
            ]
        ),
        # All texts are restricted: an event says that they changed.
        TrackHistory("FamilyCase", insert=True, conceal=["grounds", "outcome_text"]),
        TrackHistory("FamilyFact", insert=True, keep=["case"], conceal=["words"]),
        TrackHistory("FamilyStep", insert=True, keep=["case", "kind"], conceal=["grounds", "outcome"]),
        InsertOnly("FamilyPrint", ["school", "case", "pupil", "by", "why"]),
    ]
