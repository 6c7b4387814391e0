"""All tables as they stand, in one go; the migrations that it replaces are for older installations."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import common.history
import common.operations
import risk_registry.categories
import risk_registry.debts
import risk_registry.interviews


class Migration(migrations.Migration):
    replaces = [
        ("risk_registry", "0001_categories_and_registry"),
        ("risk_registry", "0002_registry_steps"),
        ("risk_registry", "0003_signals_and_deeds"),
        ("risk_registry", "0004_corrections_and_grounds"),
        ("risk_registry", "0005_causes"),
        ("risk_registry", "0006_work_of_teachers"),
        ("risk_registry", "0007_works_reviews"),
        ("risk_registry", "0008_approval_reminders"),
        ("risk_registry", "0009_academic_debts"),
        ("risk_registry", "0010_interviews_and_complaints"),
        ("risk_registry", "0011_work_notes"),
    ]

    initial = True

    dependencies = [
        ("documents", "0001_squashed_0002"),
        ("gradebook", "0001_squashed_0008"),
        ("school", "0001_squashed_0017"),
    ]

    operations = [
        common.operations.CreateTogether(
            operations=[
                migrations.CreateModel(
                    name="AcademicDebt",
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
                                choices=[
                                    ("proposed", "Предложена"),
                                    ("confirmed", "Подтверждена"),
                                    ("cleared", "Ликвидирована"),
                                    ("overdue", "Не ликвидирована"),
                                    ("declined", "Отклонена"),
                                    ("withdrawn", "Снята по отметкам"),
                                ],
                                default=risk_registry.debts.DebtState["PROPOSED"],
                                max_length=9,
                                verbose_name="состояние",
                            ),
                        ),
                        ("by_hand", models.BooleanField(default=False, verbose_name="внесена человеком")),
                        ("result", models.CharField(blank=True, default="", max_length=8, verbose_name="по итогу")),
                        ("arose", models.DateField(verbose_name="образовалась")),
                        ("due", models.DateField(verbose_name="срок")),
                        ("cleared_on", models.DateField(blank=True, null=True, verbose_name="ликвидирована")),
                        (
                            "order_number",
                            models.CharField(
                                blank=True, default="", max_length=50, verbose_name="номер приказа об условном переводе"
                            ),
                        ),
                        (
                            "order_date",
                            models.DateField(blank=True, null=True, verbose_name="дата приказа об условном переводе"),
                        ),
                        (
                            "choice",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("repeat", "Повторное обучение"),
                                    ("adapted", "Адаптированная программа по рекомендации ПМПК"),
                                    ("plan", "Индивидуальный учебный план"),
                                ],
                                default="",
                                max_length=8,
                                verbose_name="выбор родителей",
                            ),
                        ),
                        ("choice_on", models.DateField(blank=True, null=True, verbose_name="дата заявления родителей")),
                        (
                            "choice_paper",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="документы к выбору"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="версия")),
                        ("created_at", models.DateTimeField(verbose_name="предложена")),
                        ("changed_at", models.DateTimeField(verbose_name="изменена")),
                        (
                            "changed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "period",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="school.period",
                            ),
                        ),
                        (
                            "pupil",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="debts", to="school.pupil"
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.school"
                            ),
                        ),
                        (
                            "school_class",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="school.schoolclass"
                            ),
                        ),
                        (
                            "subject",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="school.subject"
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
                        "verbose_name": "академическая задолженность",
                    },
                ),
                migrations.CreateModel(
                    name="ApprovalReminder",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("due", models.DateField(verbose_name="срок")),
                        ("on", models.DateField(verbose_name="когда")),
                        ("at", models.DateTimeField(verbose_name="записано")),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "period",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.period"
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.school"
                            ),
                        ),
                        (
                            "school_class",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.schoolclass"
                            ),
                        ),
                        (
                            "to",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="school.staff",
                                verbose_name="кому",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "напоминание о реестре",
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Calibration",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "weak_min_marks",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(20),
                                ],
                                verbose_name="двоек по предмету, не меньше",
                            ),
                        ),
                        (
                            "weak_max_result",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(3),
                                    django.core.validators.MaxValueValidator(5),
                                ],
                                verbose_name="итог, не выше",
                            ),
                        ),
                        ("was", models.JSONField(default=dict, verbose_name="прежние пороги")),
                        ("order_number", models.CharField(max_length=50, verbose_name="номер приказа")),
                        ("order_date", models.DateField(verbose_name="дата приказа")),
                        ("at", models.DateTimeField(auto_now_add=True, verbose_name="когда выбрано")),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="calibrations",
                                to="school.school",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Classification",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("computed_at", models.DateTimeField(verbose_name="пересчитано")),
                        ("provisional", models.BooleanField(default=False, verbose_name="предварительно")),
                        ("thresholds", models.JSONField(default=dict, verbose_name="пороги")),
                        (
                            "period",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="classification",
                                to="school.period",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="classifications",
                                to="school.school",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="DebtAttempt",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="которая")),
                        ("on", models.DateField(verbose_name="день")),
                        (
                            "place",
                            models.CharField(blank=True, default="", max_length=100, verbose_name="время и место"),
                        ),
                        (
                            "commission",
                            models.CharField(blank=True, default="", max_length=500, verbose_name="кто принимает"),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("planned", "Назначена"),
                                    ("passed", "Сдал"),
                                    ("failed", "Не сдал"),
                                    ("absent", "Не явился"),
                                    ("ill", "Не явился по болезни"),
                                    ("undone", "Отменена"),
                                ],
                                default=risk_registry.debts.Outcome["PLANNED"],
                                max_length=8,
                                verbose_name="исход",
                            ),
                        ),
                        ("mark", models.CharField(blank=True, default="", max_length=8, verbose_name="отметка")),
                        (
                            "protocol_number",
                            models.CharField(blank=True, default="", max_length=50, verbose_name="номер протокола"),
                        ),
                        ("protocol_date", models.DateField(blank=True, null=True, verbose_name="дата протокола")),
                        ("at", models.DateTimeField(verbose_name="записано")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "debt",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attempts",
                                to="risk_registry.academicdebt",
                            ),
                        ),
                        (
                            "pupil",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.pupil"
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
                    ],
                    options={
                        "verbose_name": "пересдача",
                        "ordering": ["on", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="DebtPause",
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
                                    ("illness", "Болезнь"),
                                    ("leave", "Академический отпуск"),
                                    ("mother", "Отпуск по беременности и родам"),
                                ],
                                max_length=8,
                                verbose_name="причина",
                            ),
                        ),
                        ("starts", models.DateField(verbose_name="с")),
                        ("ends", models.DateField(verbose_name="по")),
                        ("paper", models.CharField(max_length=200, verbose_name="документ")),
                        ("at", models.DateTimeField(verbose_name="записано")),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="отозвано")),
                        (
                            "withdrawn_why",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="почему отозвано"),
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
                            "pupil",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="debt_pauses",
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
                            "withdrawn_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "продление срока задолженности",
                        "ordering": ["starts", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="DebtStep",
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
                        ("deed", models.CharField(max_length=8, verbose_name="что сделано")),
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
                            "debt",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="risk_registry.academicdebt",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["version"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Deed",
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
                                choices=[("talk", "Беседа"), ("work", "Индивидуальная работа"), ("note", "Заметка")],
                                max_length=8,
                                verbose_name="что сделано",
                            ),
                        ),
                        ("on", models.DateField(verbose_name="когда")),
                        ("text", models.CharField(blank=True, default="", max_length=500, verbose_name="коротко")),
                        ("at", models.DateTimeField(verbose_name="записано")),
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
                                on_delete=django.db.models.deletion.CASCADE, related_name="deeds", to="school.pupil"
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
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="school.subject",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="HomeworkComplaint",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("came_on", models.DateField(verbose_name="поступила")),
                        (
                            "who",
                            models.CharField(
                                choices=[
                                    ("parent", "родитель"),
                                    ("pupil", "обучающийся"),
                                    ("teacher", "учитель"),
                                    ("unknown", "без подписи"),
                                ],
                                max_length=8,
                                verbose_name="кто обратился",
                            ),
                        ),
                        ("name", models.CharField(blank=True, default="", max_length=200, verbose_name="имя")),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("talk", "устно"),
                                    ("phone", "по телефону"),
                                    ("letter", "письмом"),
                                    ("message", "сообщением или почтой"),
                                    ("meeting", "на собрании"),
                                ],
                                max_length=8,
                                verbose_name="как поступила",
                            ),
                        ),
                        ("text", models.CharField(max_length=1000, verbose_name="о чём")),
                        ("due", models.DateField(verbose_name="ответить до")),
                        ("checked_on", models.DateField(blank=True, null=True, verbose_name="проверена")),
                        (
                            "method",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("measured", "измерили время выполнения"),
                                    ("journal", "посмотрели задания в журнале"),
                                    ("asked", "опросили обучающихся и родителей"),
                                    ("other", "по-другому"),
                                ],
                                default="",
                                max_length=8,
                                verbose_name="как проверяли",
                            ),
                        ),
                        (
                            "minutes",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="минут в день"),
                        ),
                        (
                            "finding",
                            models.CharField(
                                blank=True,
                                choices=[("confirmed", "подтвердилась"), ("unfounded", "не подтвердилась")],
                                default="",
                                max_length=9,
                                verbose_name="жалоба",
                            ),
                        ),
                        (
                            "measure",
                            models.CharField(blank=True, default="", max_length=1000, verbose_name="что сделано"),
                        ),
                        ("answered_on", models.DateField(blank=True, null=True, verbose_name="дан ответ")),
                        (
                            "answer_channel",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("talk", "устно"),
                                    ("phone", "по телефону"),
                                    ("letter", "письмом"),
                                    ("message", "сообщением или почтой"),
                                    ("meeting", "на собрании"),
                                ],
                                default="",
                                max_length=8,
                                verbose_name="как ответили",
                            ),
                        ),
                        (
                            "answer_to",
                            models.CharField(blank=True, default="", max_length=200, verbose_name="кому ответили"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("recorded", "записана"),
                                    ("checked", "проверена"),
                                    ("answered", "дан ответ"),
                                    ("withdrawn", "отозвана"),
                                ],
                                default=risk_registry.interviews.ComplaintState["RECORDED"],
                                max_length=9,
                                verbose_name="состояние",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="версия")),
                        ("at", models.DateTimeField(verbose_name="записано")),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                            "checked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
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
                            "school_class",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.schoolclass"
                            ),
                        ),
                        (
                            "subjects",
                            models.ManyToManyField(
                                blank=True, related_name="+", to="school.subject", verbose_name="предметы"
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
                        "verbose_name": "жалоба на объём домашних заданий",
                        "ordering": ["-came_on", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ComplaintStep",
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
                            "complaint",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="risk_registry.homeworkcomplaint",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["version"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Interview",
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
                                    ("monthly", "С классным руководителем"),
                                    ("subject", "С учителем-предметником"),
                                    ("pupil", "С обучающимся"),
                                    ("closing", "По итогам периода"),
                                ],
                                max_length=8,
                                verbose_name="вид",
                            ),
                        ),
                        ("month", models.DateField(blank=True, null=True, verbose_name="за месяц")),
                        ("planned_on", models.DateField(blank=True, null=True, verbose_name="запланировано на")),
                        ("held_on", models.DateField(blank=True, null=True, verbose_name="проведено")),
                        (
                            "about",
                            models.CharField(blank=True, default="", max_length=1000, verbose_name="о чём говорили"),
                        ),
                        (
                            "agreed",
                            models.CharField(
                                blank=True, default="", max_length=1000, verbose_name="о чём договорились"
                            ),
                        ),
                        ("next_on", models.DateField(blank=True, null=True, verbose_name="вернуться к разговору")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "запланировано"),
                                    ("held", "проведено"),
                                    ("cancelled", "отменено"),
                                ],
                                default=risk_registry.interviews.InterviewState["PLANNED"],
                                max_length=9,
                                verbose_name="состояние",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="версия")),
                        ("at", models.DateTimeField(verbose_name="записано")),
                        (
                            "deed",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="risk_registry.deed",
                            ),
                        ),
                        (
                            "leader",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="проводит",
                            ),
                        ),
                        (
                            "period",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="school.period",
                            ),
                        ),
                        (
                            "pupil",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="interviews",
                                to="school.pupil",
                            ),
                        ),
                        (
                            "pupils",
                            models.ManyToManyField(
                                blank=True, related_name="+", to="school.pupil", verbose_name="о ком говорили"
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.school"
                            ),
                        ),
                        (
                            "school_class",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="school.schoolclass",
                            ),
                        ),
                        (
                            "staff",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="interviews",
                                to="school.staff",
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
                        "verbose_name": "собеседование",
                    },
                ),
                migrations.CreateModel(
                    name="InterviewStep",
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
                            "interview",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="risk_registry.interview",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["version"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PupilCategory",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "category",
                            models.CharField(
                                choices=[
                                    ("failing", "Неуспевающий"),
                                    ("weak", "Слабоуспевающий"),
                                    ("reserve", "Резерв"),
                                    ("none", "Вне категорий"),
                                ],
                                max_length=8,
                                verbose_name="категория",
                            ),
                        ),
                        ("provisional", models.BooleanField(default=False, verbose_name="предварительно")),
                        (
                            "subjects",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="предметы",
                            ),
                        ),
                        ("evidence", models.JSONField(blank=True, default=list, verbose_name="основание")),
                        ("unrated", models.BooleanField(default=False, verbose_name="нет данных")),
                        ("computed_at", models.DateTimeField(verbose_name="пересчитано")),
                        (
                            "period",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pupil_categories",
                                to="school.period",
                            ),
                        ),
                        (
                            "pupil",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="categories",
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
                            "school_class",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="school.schoolclass"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="RegistryEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "category",
                            models.CharField(
                                choices=[
                                    ("failing", "Неуспевающий"),
                                    ("weak", "Слабоуспевающий"),
                                    ("reserve", "Резерв"),
                                    ("none", "Вне категорий"),
                                ],
                                max_length=8,
                                verbose_name="категория",
                            ),
                        ),
                        ("provisional", models.BooleanField(default=False, verbose_name="предварительно")),
                        (
                            "subjects",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="предметы",
                            ),
                        ),
                        ("evidence", models.JSONField(blank=True, default=list, verbose_name="основание")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "Предложен"),
                                    ("agreed", "Согласован"),
                                    ("approved", "Утверждён"),
                                    ("returned", "Возвращён"),
                                    ("removed", "Исключён"),
                                    ("withdrawn", "Снят по отметкам"),
                                ],
                                default=risk_registry.categories.EntryState["PROPOSED"],
                                max_length=12,
                                verbose_name="состояние",
                            ),
                        ),
                        ("by_hand", models.BooleanField(default=False, verbose_name="включён решением человека")),
                        (
                            "corrected",
                            models.BooleanField(default=False, verbose_name="категория исправлена человеком"),
                        ),
                        (
                            "removal",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("reached", "Достигнут результат"),
                                    ("moved", "Выбыл"),
                                    ("mistake", "Внесён ошибочно"),
                                    ("other", "Другое"),
                                ],
                                default="",
                                max_length=8,
                                verbose_name="основание исключения",
                            ),
                        ),
                        ("remark", models.TextField(blank=True, default="", verbose_name="замечание или основание")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="версия")),
                        ("created_at", models.DateTimeField(verbose_name="предложен")),
                        ("changed_at", models.DateTimeField(verbose_name="изменён")),
                        (
                            "changed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "period",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="registry_entries",
                                to="school.period",
                            ),
                        ),
                        (
                            "pupil",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="registry_entries",
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
                            "school_class",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="school.schoolclass"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "запись реестра",
                    },
                ),
                migrations.CreateModel(
                    name="EntryLook",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="когда")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="looks",
                                to="risk_registry.registryentry",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="EntryCause",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=5, verbose_name="причина")),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    ("talk", "беседа"),
                                    ("form", "анкетирование"),
                                    ("watch", "наблюдение"),
                                    ("test", "проверочная работа или тест"),
                                    ("psy", "заключение психолога"),
                                ],
                                max_length=5,
                                verbose_name="как установлена",
                            ),
                        ),
                        ("on", models.DateField(verbose_name="когда установлена")),
                        ("note", models.CharField(blank=True, default="", max_length=500, verbose_name="подробнее")),
                        ("at", models.DateTimeField(verbose_name="записано")),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="снята")),
                        (
                            "withdrawn_why",
                            models.CharField(blank=True, default="", max_length=500, verbose_name="почему снята"),
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
                            "pupil",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.pupil"
                            ),
                        ),
                        (
                            "replaces",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced_by",
                                to="risk_registry.entrycause",
                                verbose_name="вместо",
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
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="causes",
                                to="risk_registry.registryentry",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "причина",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="RegistryStep",
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
                        ("deed", models.CharField(max_length=8, verbose_name="что сделано")),
                        ("category", models.CharField(max_length=8, verbose_name="категория")),
                        (
                            "subjects",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="предметы",
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
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="risk_registry.registryentry",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["version"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Signal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "rule",
                            models.CharField(
                                choices=[
                                    ("three_unsatisfactory", "Три двойки и больше"),
                                    ("absences", "Пропуски без уважительной причины"),
                                    ("control_failed", "Двойка за контрольную работу"),
                                    ("falling_trend", "Отметки падают"),
                                    ("external_gap", "Внешняя работа расходится с отметками"),
                                    ("few_marks", "Мало отметок до конца периода"),
                                ],
                                max_length=32,
                                verbose_name="правило",
                            ),
                        ),
                        ("level", models.PositiveSmallIntegerField(default=0, verbose_name="степень")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "открыт"),
                                    ("acted", "есть ответ"),
                                    ("dismissed", "отклонён"),
                                    ("closed", "закрыт"),
                                ],
                                default=risk_registry.categories.SignalState["OPEN"],
                                max_length=9,
                                verbose_name="состояние",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="версия")),
                        ("evidence", models.JSONField(default=list, verbose_name="основание")),
                        ("since", models.DateField(verbose_name="с какого дня")),
                        ("opened_at", models.DateTimeField(verbose_name="возник")),
                        ("due", models.DateField(blank=True, null=True, verbose_name="ответить до")),
                        ("escalates", models.DateField(blank=True, null=True, verbose_name="видит заместитель с")),
                        ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="закрыт")),
                        (
                            "period",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="signals", to="school.period"
                            ),
                        ),
                        (
                            "pupil",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="signals", to="school.pupil"
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.school"
                            ),
                        ),
                        (
                            "school_class",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="school.schoolclass"
                            ),
                        ),
                        (
                            "subject",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="signals",
                                to="school.subject",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="SignalResponse",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=16, verbose_name="чем")),
                        ("on", models.DateField(verbose_name="когда")),
                        ("reference", models.CharField(max_length=40, verbose_name="запись")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "signal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="responses",
                                to="risk_registry.signal",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="SignalStep",
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
                            "signal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="risk_registry.signal",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["version"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="WorkForm",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.CharField(max_length=300, verbose_name="форма или метод работы")),
                        ("at", models.DateTimeField(verbose_name="записано")),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="снято")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="works",
                                to="risk_registry.registryentry",
                            ),
                        ),
                        (
                            "pupil",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.pupil"
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
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="school.subject",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "форма работы",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="WorkNote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "causes",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=5),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="причины",
                            ),
                        ),
                        ("text", models.CharField(blank=True, default="", max_length=1000, verbose_name="что ещё")),
                        ("at", models.DateTimeField(verbose_name="записано")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "procedure",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="note",
                                to="gradebook.procedure",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.school"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="WorksReview",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "procedures",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(), size=None, verbose_name="работы"
                            ),
                        ),
                        ("text", models.CharField(max_length=500, verbose_name="рассмотрено")),
                        ("on", models.DateField(verbose_name="когда")),
                        ("at", models.DateTimeField(verbose_name="записано")),
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="works_reviews",
                                to="school.school",
                            ),
                        ),
                        (
                            "school_class",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="school.schoolclass",
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
                        "ordering": ["-on", "-pk"],
                    },
                ),
                migrations.AddIndex(
                    model_name="academicdebt",
                    index=models.Index(fields=["school", "state", "due"], name="debt_by_state"),
                ),
                migrations.AddConstraint(
                    model_name="academicdebt",
                    constraint=models.UniqueConstraint(
                        fields=("pupil", "subject", "year", "period"), name="debt_once", nulls_distinct=False
                    ),
                ),
                migrations.AddConstraint(
                    model_name="academicdebt",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["proposed", "confirmed", "cleared", "overdue", "declined", "withdrawn"])
                        ),
                        name="debt_state_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="academicdebt",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("due__gt", models.F("arose"))), name="debt_due_after_it_arose"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="academicdebt",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("state", risk_registry.debts.DebtState["CLEARED"]),
                            ("cleared_on__isnull", True),
                            _connector="XOR",
                        ),
                        name="debt_cleared_has_day",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="academicdebt",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("order_number", ""), ("order_date__isnull", False), _connector="XOR"),
                        name="debt_order_has_both",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="academicdebt",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("choice", ""), ("choice_on__isnull", True)),
                            models.Q(
                                ("choice__in", ["repeat", "adapted", "plan"]),
                                ("choice_on__isnull", False),
                                ("state", risk_registry.debts.DebtState["NOT_CLEARED"]),
                            ),
                            _connector="OR",
                        ),
                        name="debt_choice_known_and_dated",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="approvalreminder",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("by__isnull", True)),
                        fields=("period", "school_class", "due"),
                        name="reminded_once_by_calendar",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="approvalreminder",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("by__isnull", False)),
                        fields=("period", "school_class", "on"),
                        name="reminded_once_a_day",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="calibration",
                    constraint=models.UniqueConstraint(
                        fields=("school", "order_number", "order_date"), name="calibration_order_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="debtattempt",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("number__in", (1, 2))), name="attempt_first_or_second"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="debtattempt",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(
                            (
                                "outcome__in",
                                (
                                    risk_registry.debts.Outcome["PLANNED"],
                                    risk_registry.debts.Outcome["PASSED"],
                                    risk_registry.debts.Outcome["FAILED"],
                                    risk_registry.debts.Outcome["ABSENT"],
                                ),
                            )
                        ),
                        fields=("debt", "number"),
                        name="attempt_counts_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="debtattempt",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("number", 1), models.Q(("commission", ""), _negated=True), _connector="OR"),
                        name="attempt_second_before_commission",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="debtattempt",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["planned", "passed", "failed", "absent", "ill", "undone"])),
                        name="attempt_outcome_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="debtattempt",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "outcome__in",
                                    (risk_registry.debts.Outcome["PASSED"], risk_registry.debts.Outcome["FAILED"]),
                                ),
                                _negated=True,
                            ),
                            models.Q(
                                models.Q(("protocol_number", ""), _negated=True), ("protocol_date__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="attempt_held_has_protocol",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="debtattempt",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", risk_registry.debts.Outcome["PASSED"]), _negated=True),
                            models.Q(("mark", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="attempt_passed_has_mark",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="debtpause",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("starts__lte", models.F("ends"))), name="debt_pause_days_in_order"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="debtpause",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind__in", ["illness", "leave", "mother"])), name="debt_pause_kind_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="debtpause",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("paper", ""), _negated=True), name="debt_pause_has_paper"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="debtpause",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at__isnull", True), ("withdrawn_by__isnull", False), _connector="XOR"
                        ),
                        name="debt_pause_withdrawn_by_somebody",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="debtstep",
                    constraint=models.UniqueConstraint(fields=("debt", "version"), name="debt_step_once"),
                ),
                migrations.AddIndex(
                    model_name="deed",
                    index=models.Index(fields=["pupil", "on"], name="deed_of_pupil"),
                ),
                migrations.AddConstraint(
                    model_name="deed",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind__in", ["talk", "work", "note"])), name="deed_kind_known"
                    ),
                ),
                migrations.AddIndex(
                    model_name="homeworkcomplaint",
                    index=models.Index(fields=["year", "state"], name="complaint_of_year"),
                ),
                migrations.AddConstraint(
                    model_name="homeworkcomplaint",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__in", ["recorded", "checked", "answered", "withdrawn"])),
                        name="complaint_state_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="homeworkcomplaint",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="complaint_says_something"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="homeworkcomplaint",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "state__in",
                                    (
                                        risk_registry.interviews.ComplaintState["CHECKED"],
                                        risk_registry.interviews.ComplaintState["ANSWERED"],
                                    ),
                                ),
                                _negated=True,
                            ),
                            models.Q(
                                ("checked_by__isnull", False),
                                ("checked_on__isnull", False),
                                models.Q(("finding", ""), _negated=True),
                                models.Q(("method", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="complaint_checked_has_finding",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="homeworkcomplaint",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("state", risk_registry.interviews.ComplaintState["ANSWERED"]),
                            ("answered_on__isnull", True),
                            _connector="XOR",
                        ),
                        name="complaint_answered_has_day",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="complaintstep",
                    constraint=models.UniqueConstraint(fields=("complaint", "version"), name="complaint_step_once"),
                ),
                migrations.AddIndex(
                    model_name="interview",
                    index=models.Index(fields=["year", "kind", "state"], name="interview_of_year"),
                ),
                migrations.AddConstraint(
                    model_name="interview",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind__in", ["monthly", "subject", "pupil", "closing"])),
                        name="interview_kind_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="interview",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__in", ["planned", "held", "cancelled"])),
                        name="interview_state_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="interview",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", risk_registry.interviews.InterviewKind["MONTHLY"]),
                                ("month__isnull", False),
                                ("period__isnull", True),
                                ("school_class__isnull", False),
                            ),
                            models.Q(
                                models.Q(("kind", risk_registry.interviews.InterviewKind["MONTHLY"]), _negated=True),
                                ("month__isnull", True),
                                ("period__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="interview_is_of_month_or_period",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="interview",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", risk_registry.interviews.InterviewKind["PUPIL"]),
                                ("pupil__isnull", False),
                                ("staff__isnull", True),
                            ),
                            models.Q(
                                models.Q(("kind", risk_registry.interviews.InterviewKind["PUPIL"]), _negated=True),
                                ("pupil__isnull", True),
                                ("staff__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="interview_with_one",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="interview",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("state", risk_registry.interviews.InterviewState["HELD"]),
                            ("held_on__isnull", True),
                            _connector="XOR",
                        ),
                        name="interview_held_has_day",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="interview",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", risk_registry.interviews.InterviewState["PLANNED"]), _negated=True),
                            ("planned_on__isnull", False),
                            _connector="OR",
                        ),
                        name="interview_planned_has_day",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="interviewstep",
                    constraint=models.UniqueConstraint(fields=("interview", "version"), name="interview_step_once"),
                ),
                migrations.AddConstraint(
                    model_name="pupilcategory",
                    constraint=models.UniqueConstraint(fields=("period", "pupil"), name="category_once"),
                ),
                migrations.AddConstraint(
                    model_name="pupilcategory",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("category__in", ["failing", "weak", "reserve", "none"])),
                        name="category_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pupilcategory",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("unrated", False), ("category", risk_registry.categories.Category["NONE"]), _connector="OR"
                        ),
                        name="unrated_has_no_category",
                    ),
                ),
                migrations.AddIndex(
                    model_name="registryentry",
                    index=models.Index(fields=["period", "state"], name="registry_by_state"),
                ),
                migrations.AddConstraint(
                    model_name="registryentry",
                    constraint=models.UniqueConstraint(fields=("period", "pupil"), name="registry_entry_once"),
                ),
                migrations.AddConstraint(
                    model_name="registryentry",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "category__in",
                                (
                                    risk_registry.categories.Category["FAILING"],
                                    risk_registry.categories.Category["WEAK"],
                                    risk_registry.categories.Category["RESERVE"],
                                ),
                            )
                        ),
                        name="registry_category_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="registryentry",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["proposed", "agreed", "approved", "returned", "removed", "withdrawn"])
                        ),
                        name="registry_state_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="registryentry",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "state__in",
                                    [
                                        risk_registry.categories.EntryState["RETURNED"],
                                        risk_registry.categories.EntryState["REMOVED"],
                                    ],
                                ),
                                _negated=True,
                            ),
                            models.Q(("remark", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="registry_return_and_removal_say_why",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="registryentry",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("removal__in", ["reached", "moved", "mistake", "other"]),
                                ("state", risk_registry.categories.EntryState["REMOVED"]),
                            ),
                            models.Q(
                                models.Q(("state", risk_registry.categories.EntryState["REMOVED"]), _negated=True),
                                ("removal", ""),
                            ),
                            _connector="OR",
                        ),
                        name="registry_removal_has_grounds",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="entrylook",
                    constraint=models.UniqueConstraint(fields=("entry", "by"), name="entry_seen_once"),
                ),
                migrations.AddConstraint(
                    model_name="entrycause",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("entry", "code"),
                        name="cause_stands_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="entrycause",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "code__in",
                                [
                                    "CT01",
                                    "CT02",
                                    "CT03",
                                    "CT04",
                                    "CT05",
                                    "CT06",
                                    "CT07",
                                    "CT08",
                                    "CT09",
                                    "PED01",
                                    "PED02",
                                    "PED03",
                                    "PED04",
                                    "PED05",
                                    "SOC01",
                                    "SOC02",
                                    "SOC03",
                                    "SOC04",
                                    "PHY01",
                                    "PHY02",
                                    "PHY03",
                                    "PHY04",
                                    "PSY01",
                                    "PSY02",
                                    "PSY03",
                                    "PSY04",
                                ],
                            )
                        ),
                        name="cause_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="entrycause",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("how__in", ["talk", "form", "watch", "test", "psy"])),
                        name="cause_method_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="entrycause",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                            models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="cause_end_has_author",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="registrystep",
                    constraint=models.UniqueConstraint(fields=("entry", "version"), name="registry_step_once"),
                ),
                migrations.AddIndex(
                    model_name="signal",
                    index=models.Index(fields=["period", "state"], name="signal_by_state"),
                ),
                migrations.AddConstraint(
                    model_name="signal",
                    constraint=models.UniqueConstraint(
                        fields=("pupil", "rule", "subject", "period"), name="signal_once", nulls_distinct=False
                    ),
                ),
                migrations.AddConstraint(
                    model_name="signal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "rule__in",
                                [
                                    "three_unsatisfactory",
                                    "absences",
                                    "control_failed",
                                    "falling_trend",
                                    "external_gap",
                                    "few_marks",
                                ],
                            )
                        ),
                        name="signal_rule_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="signal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "acted", "dismissed", "closed"])),
                        name="signal_state_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="signal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("state", risk_registry.categories.SignalState["CLOSED"]),
                            ("closed_at__isnull", True),
                            _connector="XOR",
                        ),
                        name="signal_closed_has_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="signalresponse",
                    constraint=models.UniqueConstraint(fields=("signal", "reference"), name="response_once"),
                ),
                migrations.AddConstraint(
                    model_name="signalstep",
                    constraint=models.UniqueConstraint(fields=("signal", "version"), name="signal_step_once"),
                ),
                migrations.AddConstraint(
                    model_name="workform",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("entry", "by", "subject", "text"),
                        name="work_form_stands_once",
                        nulls_distinct=False,
                    ),
                ),
                migrations.AddConstraint(
                    model_name="workform",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="work_form_says_something"
                    ),
                ),
            ],
        ),
        common.history.TrackHistory(
            name="PupilCategory",
            ignore=["computed_at"],
            keep=["period"],
        ),
        common.history.TrackHistory(
            name="RegistryEntry",
            insert=True,
            keep=["period"],
        ),
        common.history.TrackHistory(
            name="Signal",
            insert=True,
            keep=["period", "subject", "rule"],
        ),
        common.history.TrackHistory(
            name="Calibration",
            insert=True,
        ),
        common.history.TrackHistory(
            name="RegistryStep",
            keep=["entry"],
        ),
        common.history.TrackHistory(
            name="SignalStep",
            keep=["signal"],
        ),
        common.history.TrackHistory(
            name="Deed",
            insert=True,
            keep=["kind"],
        ),
        common.history.TrackHistory(
            name="SignalResponse",
            keep=["signal"],
        ),
        common.history.TrackHistory(
            name="EntryCause",
            insert=True,
            conceal=["code", "how", "note", "withdrawn_why"],
            keep=["entry"],
        ),
        common.history.TrackHistory(
            name="WorkForm",
            insert=True,
            keep=["text"],
        ),
        common.history.TrackHistory(
            name="WorksReview",
            insert=True,
        ),
        common.history.TrackHistory(
            name="ApprovalReminder",
            insert=True,
        ),
        common.history.TrackHistory(
            name="AcademicDebt",
            insert=True,
            keep=["subject"],
        ),
        common.history.TrackHistory(
            name="DebtStep",
            keep=["debt"],
        ),
        common.history.TrackHistory(
            name="DebtAttempt",
            insert=True,
            keep=["debt"],
        ),
        common.history.TrackHistory(
            name="DebtPause",
            insert=True,
            conceal=["kind", "paper", "withdrawn_why"],
        ),
        common.history.TrackHistory(
            name="Interview",
            insert=True,
            conceal=["about", "agreed"],
            keep=["kind"],
        ),
        common.history.TrackHistory(
            name="Interview.pupils",
            insert=True,
        ),
        common.history.TrackHistory(
            name="InterviewStep",
        ),
        common.history.TrackHistory(
            name="HomeworkComplaint",
            insert=True,
            conceal=["name", "text", "answer_to"],
        ),
        common.history.TrackHistory(
            name="HomeworkComplaint.subjects",
            insert=True,
        ),
        common.history.TrackHistory(
            name="ComplaintStep",
        ),
        common.history.TrackHistory(
            name="WorkNote",
            insert=True,
        ),
    ]
