import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from common.history import TrackHistory
from common.operations import CreateTogether


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0001_squashed_0002"),
        ("iom", "0001_routes"),
        ("school", "0001_squashed_0017"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether(
            operations=[
                migrations.CreateModel(
                    name="MentoringPair",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "form",
                            models.CharField(
                                choices=[
                                    ("tt", "учитель — учитель"),
                                    ("tp", "учитель — ученик"),
                                    ("pp", "ученик — ученик"),
                                ],
                                max_length=8,
                                verbose_name="форма",
                            ),
                        ),
                        ("assistant", models.BooleanField(default=False, verbose_name="с участием ассистента учителя")),
                        ("program", models.CharField(blank=True, default="", max_length=300, verbose_name="программа")),
                        ("goals", models.CharField(max_length=500, verbose_name="цели")),
                        (
                            "rhythm",
                            models.CharField(
                                choices=[
                                    ("week", "каждую неделю"),
                                    ("two", "раз в две недели"),
                                    ("month", "раз в месяц"),
                                    ("free", "по договорённости"),
                                ],
                                default="week",
                                max_length=8,
                                verbose_name="как часто",
                            ),
                        ),
                        (
                            "weekdays",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveSmallIntegerField(),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="дни недели",
                            ),
                        ),
                        ("begins", models.DateField(verbose_name="с")),
                        ("ends", models.DateField(verbose_name="по")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "Предложена"),
                                    ("active", "Действует"),
                                    ("finished", "Завершена"),
                                    ("ended", "Прекращена досрочно"),
                                ],
                                default="proposed",
                                max_length=8,
                                verbose_name="состояние",
                            ),
                        ),
                        ("started_on", models.DateField(blank=True, null=True, verbose_name="началась")),
                        ("ended_on", models.DateField(blank=True, null=True, verbose_name="окончена")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="версия")),
                        ("created_at", models.DateTimeField(verbose_name="создана")),
                        (
                            "curator",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="school.staff",
                                verbose_name="куратор пары",
                            ),
                        ),
                        (
                            "duty",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="school.responsibility",
                                verbose_name="доступ",
                            ),
                        ),
                        (
                            "mentor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mentoring_pairs",
                                to="school.staff",
                                verbose_name="наставник",
                            ),
                        ),
                        (
                            "mentor_pupil",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mentoring_pairs",
                                to="school.pupil",
                                verbose_name="наставник",
                            ),
                        ),
                        (
                            "pupil",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mentored_in",
                                to="school.pupil",
                                verbose_name="наставляемый",
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
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="school.staff",
                                verbose_name="наставляемый",
                            ),
                        ),
                        (
                            "subject",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="school.subject",
                                verbose_name="предмет",
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
                        "verbose_name": "наставническая пара",
                        "ordering": ["-begins", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="MetaResult",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="записано")),
                        ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="отозвано")),
                        (
                            "removed_why",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="почему отозвано"),
                        ),
                        (
                            "area",
                            models.CharField(
                                choices=[
                                    ("cognit", "Познавательные"),
                                    ("commun", "Коммуникативные"),
                                    ("regul", "Регулятивные"),
                                ],
                                max_length=8,
                                verbose_name="группа",
                            ),
                        ),
                        ("what", models.CharField(blank=True, default="", max_length=200, verbose_name="что")),
                        (
                            "level",
                            models.CharField(
                                choices=[("1", "низкий"), ("2", "базовый"), ("3", "повышенный"), ("4", "высокий")],
                                max_length=1,
                                verbose_name="уровень",
                            ),
                        ),
                        ("how", models.CharField(blank=True, default="", max_length=200, verbose_name="по чему видно")),
                        ("on", models.DateField(verbose_name="когда")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "pupil",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="meta_results",
                                to="school.pupil",
                            ),
                        ),
                        (
                            "removed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="кто отозвал",
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
                        "verbose_name": "метапредметный результат",
                        "ordering": ["-on", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="NetworkPartner",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="записано")),
                        ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="отозвано")),
                        (
                            "removed_why",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="почему отозвано"),
                        ),
                        ("name", models.CharField(max_length=300, verbose_name="организация")),
                        (
                            "gives",
                            models.CharField(blank=True, default="", max_length=500, verbose_name="что предоставляет"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="версия")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "removed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="кто отозвал",
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
                        "verbose_name": "партнёр сети",
                        "ordering": ["name", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="PairAssessment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="записано")),
                        ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="отозвано")),
                        (
                            "removed_why",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="почему отозвано"),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[("mid", "Промежуточная"), ("final", "Итоговая")],
                                max_length=8,
                                verbose_name="оценка",
                            ),
                        ),
                        ("on", models.DateField(verbose_name="когда")),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("none", "продвижения пока нет"),
                                    ("some", "есть продвижение"),
                                    ("reached", "цель достигнута"),
                                ],
                                max_length=8,
                                verbose_name="итог",
                            ),
                        ),
                        ("text", models.CharField(blank=True, default="", max_length=500, verbose_name="вывод")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "pair",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="assessments",
                                to="iom.mentoringpair",
                            ),
                        ),
                        (
                            "pupil",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="school.pupil",
                            ),
                        ),
                        (
                            "removed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="кто отозвал",
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
                        "verbose_name": "оценка пары",
                        "ordering": ["on", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="PairMeeting",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="записано")),
                        ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="отозвано")),
                        (
                            "removed_why",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="почему отозвано"),
                        ),
                        ("on", models.DateField(verbose_name="когда")),
                        ("held", models.BooleanField(default=True, verbose_name="состоялась")),
                        ("minutes", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="минут")),
                        ("text", models.CharField(blank=True, default="", max_length=500, verbose_name="о чём")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "pair",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="meetings",
                                to="iom.mentoringpair",
                            ),
                        ),
                        (
                            "pupil",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="school.pupil",
                            ),
                        ),
                        (
                            "removed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="кто отозвал",
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
                        "verbose_name": "встреча пары",
                        "ordering": ["-on", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="PairStep",
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
                        ("deed", models.CharField(max_length=12, verbose_name="что сделано")),
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
                        (
                            "pair",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="iom.mentoringpair",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["version"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PartnerAgreement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="записано")),
                        ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="отозвано")),
                        (
                            "removed_why",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="почему отозвано"),
                        ),
                        ("number", models.CharField(max_length=50, verbose_name="номер")),
                        ("signed_on", models.DateField(verbose_name="дата")),
                        ("starts", models.DateField(verbose_name="действует с")),
                        ("ends", models.DateField(blank=True, null=True, verbose_name="действует по")),
                        (
                            "about",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="предмет договора"),
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
                            "partner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="agreements",
                                to="iom.networkpartner",
                            ),
                        ),
                        (
                            "removed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="кто отозвал",
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
                        "verbose_name": "договор с партнёром",
                        "ordering": ["-starts", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Program",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="записано")),
                        ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="отозвано")),
                        (
                            "removed_why",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="почему отозвано"),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("vud", "Внеурочная деятельность"),
                                    ("extra", "Дополнительное образование"),
                                    ("work", "Рабочая программа предмета"),
                                ],
                                max_length=8,
                                verbose_name="вид",
                            ),
                        ),
                        ("title", models.CharField(max_length=300, verbose_name="название")),
                        (
                            "levels",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=3), size=None, verbose_name="уровни образования"
                            ),
                        ),
                        (
                            "network",
                            models.BooleanField(default=False, verbose_name="сетевая форма, оборудование партнёра"),
                        ),
                        ("literacy", models.BooleanField(default=False, verbose_name="функциональная грамотность")),
                        (
                            "where",
                            models.CharField(
                                blank=True, default="", max_length=300, verbose_name="где, если не в школе"
                            ),
                        ),
                        (
                            "hours",
                            models.DecimalField(
                                blank=True, decimal_places=1, max_digits=3, null=True, verbose_name="часов в неделю"
                            ),
                        ),
                        (
                            "paper_number",
                            models.CharField(blank=True, default="", max_length=50, verbose_name="приказ, номер"),
                        ),
                        ("approved_on", models.DateField(blank=True, null=True, verbose_name="утверждена")),
                        ("starts", models.DateField(verbose_name="действует с")),
                        ("ends", models.DateField(blank=True, null=True, verbose_name="действует по")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="версия")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "leader",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="school.staff",
                                verbose_name="ведёт",
                            ),
                        ),
                        (
                            "partner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="programs",
                                to="iom.networkpartner",
                                verbose_name="партнёр",
                            ),
                        ),
                        (
                            "removed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="кто отозвал",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.school"
                            ),
                        ),
                        (
                            "subject",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="school.subject",
                                verbose_name="в поддержку предмета",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "программа",
                        "ordering": ["title", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="CourseSeat",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="записано")),
                        ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="отозвано")),
                        (
                            "removed_why",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="почему отозвано"),
                        ),
                        ("starts", models.DateField(verbose_name="ходит с")),
                        ("ends", models.DateField(blank=True, null=True, verbose_name="по")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "pupil",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="courses", to="school.pupil"
                            ),
                        ),
                        (
                            "removed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="кто отозвал",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.school"
                            ),
                        ),
                        (
                            "program",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seats",
                                to="iom.program",
                                verbose_name="программа",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "запись на курс",
                        "ordering": ["-starts", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Achievement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="записано")),
                        ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="отозвано")),
                        (
                            "removed_why",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="почему отозвано"),
                        ),
                        ("title", models.CharField(max_length=300, verbose_name="конкурс")),
                        (
                            "reach",
                            models.CharField(
                                choices=[
                                    ("school", "школьный"),
                                    ("local", "муниципальный"),
                                    ("region", "региональный"),
                                    ("country", "всероссийский"),
                                    ("world", "международный"),
                                ],
                                max_length=8,
                                verbose_name="уровень",
                            ),
                        ),
                        (
                            "place",
                            models.CharField(
                                choices=[("1", "победитель"), ("2", "призёр"), ("3", "участник")],
                                max_length=1,
                                verbose_name="результат",
                            ),
                        ),
                        ("on", models.DateField(verbose_name="когда")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "pupil",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="achievements",
                                to="school.pupil",
                            ),
                        ),
                        (
                            "removed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="кто отозвал",
                            ),
                        ),
                        (
                            "scan",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="documents.storedfile",
                                verbose_name="документ",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.school"
                            ),
                        ),
                        (
                            "subject",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="school.subject",
                                verbose_name="предмет",
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
                        "verbose_name": "участие в конкурсе",
                        "ordering": ["-on", "-pk"],
                        "indexes": [models.Index(fields=["school", "year"], name="achievement_of_year")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reach__in", ["school", "local", "region", "country", "world"])),
                                name="achievement_reach_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("place__in", ["1", "2", "3"])), name="achievement_place_known"
                            ),
                        ],
                    },
                ),
                migrations.AddIndex(
                    model_name="mentoringpair",
                    index=models.Index(fields=["school", "state", "form"], name="pair_by_state"),
                ),
                migrations.AddConstraint(
                    model_name="mentoringpair",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__in", ["proposed", "active", "finished", "ended"])),
                        name="pair_state_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="mentoringpair",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("rhythm__in", ["week", "two", "month", "free"])), name="pair_rhythm_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="mentoringpair",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("form", "tt"),
                                ("mentor__isnull", False),
                                ("staff__isnull", False),
                                ("mentor_pupil__isnull", True),
                                ("pupil__isnull", True),
                            ),
                            models.Q(
                                ("form", "tp"),
                                ("mentor__isnull", False),
                                ("pupil__isnull", False),
                                ("mentor_pupil__isnull", True),
                                ("staff__isnull", True),
                            ),
                            models.Q(
                                ("curator__isnull", False),
                                ("form", "pp"),
                                ("mentor_pupil__isnull", False),
                                ("pupil__isnull", False),
                                ("mentor__isnull", True),
                                ("staff__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="pair_form_names_two",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="mentoringpair",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("mentor", models.F("staff")), _negated=True),
                            models.Q(("mentor_pupil", models.F("pupil")), _negated=True),
                        ),
                        name="pair_is_of_two",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="mentoringpair",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("begins__lte", models.F("ends"))), name="pair_days_in_order"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="mentoringpair",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ("finished", "ended")), ("ended_on__isnull", True), _connector="XOR"
                        ),
                        name="pair_over_has_day",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="mentoringpair",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("active", "finished")), _negated=True),
                            ("started_on__isnull", False),
                            _connector="OR",
                        ),
                        name="pair_active_has_begun",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="mentoringpair",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("assistant", False), ("form", "pp"), _connector="OR"),
                        name="pair_assistant_is_a_pupil",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="mentoringpair",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state__in", ("proposed", "active"))),
                        fields=("mentor", "mentor_pupil", "staff", "pupil", "subject"),
                        name="pair_goes_once",
                        nulls_distinct=False,
                    ),
                ),
                migrations.AddConstraint(
                    model_name="metaresult",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("area__in", ["cognit", "commun", "regul"])), name="meta_area_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="metaresult",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("level__in", ["1", "2", "3", "4"])), name="meta_level_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="networkpartner",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("removed_at__isnull", True)), fields=("school", "name"), name="partner_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pairassessment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("stage__in", ["mid", "final"])), name="pair_stage_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pairassessment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["none", "some", "reached"])), name="pair_outcome_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pairassessment",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("removed_at__isnull", True)),
                        fields=("pair", "stage"),
                        name="assessment_of_stage_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pairmeeting",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("held", True), models.Q(("text", ""), _negated=True), _connector="OR"),
                        name="meeting_missed_says_why",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pairmeeting",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("removed_at__isnull", True)),
                        fields=("pair", "on"),
                        name="meeting_of_day_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pairstep",
                    constraint=models.UniqueConstraint(fields=("pair", "version"), name="pair_step_once"),
                ),
                migrations.AddConstraint(
                    model_name="partneragreement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("ends__isnull", True), ("starts__lte", models.F("ends")), _connector="OR"),
                        name="agreement_days_in_order",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="program",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind__in", ["vud", "extra", "work"])), name="program_kind_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="program",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("levels__contained_by", ["noo", "ooo", "soo"]), ("levels__len__gt", 0)),
                        name="program_levels_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="program",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("ends__isnull", True), ("starts__lte", models.F("ends")), _connector="OR"),
                        name="program_days_in_order",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="program",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("approved_on__isnull", True),
                            models.Q(("paper_number", ""), _negated=True),
                            _connector="XOR",
                        ),
                        name="program_approved_by_paper",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="program",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("partner__isnull", True), ("network", True), _connector="OR"),
                        name="program_partner_is_network",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="courseseat",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("ends__isnull", True), ("starts__lte", models.F("ends")), _connector="OR"),
                        name="seat_days_in_order",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="courseseat",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("ends__isnull", True), ("removed_at__isnull", True)),
                        fields=("pupil", "program"),
                        name="course_seat_once",
                    ),
                ),
            ]
        ),
        TrackHistory("MentoringPair", insert=True, keep=["form"]),
        TrackHistory("PairStep"),
        TrackHistory("PairMeeting", insert=True, keep=["on"]),
        TrackHistory("PairAssessment", insert=True, keep=["stage"]),
        TrackHistory("NetworkPartner", insert=True, keep=["name"]),
        TrackHistory("PartnerAgreement", insert=True, keep=["number"]),
        TrackHistory("Program", insert=True, keep=["title"]),
        TrackHistory("CourseSeat", insert=True, keep=["program"]),
        TrackHistory("Achievement", insert=True, keep=["title"]),
        TrackHistory("MetaResult", insert=True, keep=["area"]),
    ]
