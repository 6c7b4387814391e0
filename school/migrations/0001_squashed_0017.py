"""All tables as they stand, in one go; the migrations that it replaces are for older installations."""

from decimal import Decimal

import django.contrib.auth.validators
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.operations
import django.core.serializers.json
import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import common.fields
import common.history
import common.insert_only
import common.operations
import school.models.calendar
import school.models.imports
import school.models.organisation


class Migration(migrations.Migration):
    replaces = [
        ("school", "0001_initial"),
        ("school", "0002_history"),
        ("school", "0003_track_history"),
        ("school", "0004_sent_forms"),
        ("school", "0005_import_changes"),
        ("school", "0006_periods_checked_at_commit"),
        ("school", "0007_visits"),
        ("school", "0008_signal_thresholds"),
        ("school", "0009_restricted_reads"),
        ("school", "0010_grounds_and_twos"),
        ("school", "0011_consents_and_social_passport"),
        ("school", "0012_approval_days"),
        ("school", "0013_start_of_year"),
        ("school", "0014_years_have_a_start"),
        ("school", "0015_attestation"),
        ("school", "0016_year_change"),
        ("school", "0017_homework_answer_days"),
    ]

    initial = True

    dependencies = []

    operations = [
        django.contrib.postgres.operations.BtreeGistExtension(),
        django.contrib.postgres.operations.TrigramExtension(),
        common.operations.CreateTogether(
            operations=[
                migrations.CreateModel(
                    name="User",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                        (
                            "username",
                            models.CharField(
                                error_messages={"unique": "Такой логин уже есть."},
                                max_length=150,
                                unique=True,
                                validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                                verbose_name="логин",
                            ),
                        ),
                        (
                            "email",
                            models.EmailField(blank=True, default="", max_length=254, verbose_name="электронная почта"),
                        ),
                        ("is_administrator", models.BooleanField(default=False, verbose_name="администратор")),
                        ("is_active", models.BooleanField(default=True, verbose_name="действует")),
                        (
                            "must_change_password",
                            models.BooleanField(default=False, verbose_name="сменить пароль при входе"),
                        ),
                        ("date_joined", models.DateTimeField(auto_now_add=True, verbose_name="создан")),
                    ],
                    options={
                        "verbose_name": "логин",
                        "ordering": ["username"],
                    },
                ),
                migrations.CreateModel(
                    name="AcademicYear",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("start", models.PositiveSmallIntegerField(verbose_name="год начала")),
                        ("starts", models.DateField(verbose_name="первый день")),
                        ("ends", models.DateField(verbose_name="последний день")),
                        (
                            "main_system",
                            models.CharField(
                                choices=[
                                    ("quarters", "Четверти"),
                                    ("trimesters", "Триместры"),
                                    ("halfyears", "Полугодия"),
                                ],
                                max_length=16,
                                verbose_name="периоды школы",
                            ),
                        ),
                        (
                            "upper_system",
                            models.CharField(
                                choices=[
                                    ("quarters", "Четверти"),
                                    ("trimesters", "Триместры"),
                                    ("halfyears", "Полугодия"),
                                ],
                                max_length=16,
                                verbose_name="периоды 10–11 классов",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-start"],
                    },
                ),
                migrations.CreateModel(
                    name="Guardian",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("last_name", models.CharField(max_length=100, verbose_name="фамилия")),
                        ("first_name", models.CharField(max_length=100, verbose_name="имя")),
                        (
                            "middle_name",
                            models.CharField(blank=True, default="", max_length=100, verbose_name="отчество"),
                        ),
                        ("phone", models.CharField(blank=True, default="", max_length=40, verbose_name="телефон")),
                        (
                            "email",
                            models.EmailField(blank=True, default="", max_length=254, verbose_name="электронная почта"),
                        ),
                        (
                            "sort_key",
                            models.GeneratedField(
                                db_persist=True,
                                expression=common.fields._Folded(
                                    django.db.models.functions.text.Concat(
                                        models.F("last_name"),
                                        models.Value(" "),
                                        models.F("first_name"),
                                        models.Value(" "),
                                        models.F("middle_name"),
                                        output_field=models.TextField(),
                                    )
                                ),
                                output_field=models.CharField(db_collation="C", max_length=400),
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["sort_key", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Municipality",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200, unique=True, verbose_name="название")),
                    ],
                    options={
                        "ordering": ["name"],
                    },
                ),
                migrations.CreateModel(
                    name="Pupil",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("last_name", models.CharField(max_length=100, verbose_name="фамилия")),
                        ("first_name", models.CharField(max_length=100, verbose_name="имя")),
                        (
                            "middle_name",
                            models.CharField(blank=True, default="", max_length=100, verbose_name="отчество"),
                        ),
                        (
                            "external_id",
                            models.CharField(
                                blank=True,
                                default="",
                                max_length=64,
                                verbose_name="идентификатор в электронном журнале",
                            ),
                        ),
                        (
                            "sex",
                            models.CharField(
                                blank=True,
                                choices=[("m", "мужской"), ("f", "женский")],
                                default="",
                                max_length=1,
                                verbose_name="пол",
                            ),
                        ),
                        ("birth_date", models.DateField(blank=True, null=True, verbose_name="дата рождения")),
                        (
                            "sort_key",
                            models.GeneratedField(
                                db_persist=True,
                                expression=common.fields._Folded(
                                    django.db.models.functions.text.Concat(
                                        models.F("last_name"),
                                        models.Value(" "),
                                        models.F("first_name"),
                                        models.Value(" "),
                                        models.F("middle_name"),
                                        output_field=models.TextField(),
                                    )
                                ),
                                output_field=models.CharField(db_collation="C", max_length=400),
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["sort_key", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="School",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=32, unique=True, verbose_name="код")),
                        ("name", models.CharField(max_length=200, verbose_name="краткое название")),
                        (
                            "full_name",
                            models.CharField(blank=True, default="", max_length=400, verbose_name="полное название"),
                        ),
                        (
                            "founder",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="учредитель"),
                        ),
                        (
                            "locality",
                            models.CharField(blank=True, default="", max_length=200, verbose_name="населённый пункт"),
                        ),
                        ("address", models.CharField(blank=True, default="", max_length=300, verbose_name="адрес")),
                        (
                            "timezone",
                            models.CharField(
                                default="Europe/Moscow",
                                max_length=64,
                                validators=[school.models.organisation.validate_timezone],
                                verbose_name="часовой пояс",
                            ),
                        ),
                        (
                            "demo_today",
                            models.DateField(
                                blank=True,
                                help_text="Заполнено только у учебной школы: все сроки считаются от этого дня.",
                                null=True,
                                verbose_name="«сегодня» учебного показа",
                            ),
                        ),
                        (
                            "municipality",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="school.municipality",
                                verbose_name="муниципалитет",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name"],
                    },
                ),
                migrations.CreateModel(
                    name="Visit",
                    fields=[
                        (
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="visit",
                                serialize=False,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("seen_at", models.DateTimeField(verbose_name="последний раз здесь")),
                    ],
                ),
                migrations.CreateModel(
                    name="ImportBatch",
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
                                    ("pupils", "Контингент"),
                                    ("staff", "Сотрудники"),
                                    ("gradebook", "Отметки и итоги"),
                                ],
                                max_length=16,
                                verbose_name="что загружено",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("uploaded", "файлы получены"),
                                    ("reading", "файлы читаются"),
                                    ("preview", "ждёт решения"),
                                    ("applying", "записывается"),
                                    ("applied", "записана"),
                                    ("undone", "отменена"),
                                    ("discarded", "отброшена"),
                                    ("refused", "не принята"),
                                ],
                                max_length=16,
                                verbose_name="состояние",
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="начата")),
                        ("applied_at", models.DateTimeField(blank=True, null=True, verbose_name="записана")),
                        ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="отменена")),
                        ("options", models.JSONField(default=dict, verbose_name="параметры")),
                        ("summary", models.JSONField(default=dict, verbose_name="итог")),
                        ("error", models.TextField(blank=True, default="", verbose_name="почему не принята")),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="кто",
                            ),
                        ),
                        (
                            "undone_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "year",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="school.academicyear",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="import_batches",
                                to="school.school",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "пачка",
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ImportChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("table", models.CharField(max_length=40)),
                        ("row", models.BigIntegerField()),
                        ("before", models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, null=True)),
                        (
                            "after",
                            models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder),
                        ),
                        (
                            "batch",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="changes",
                                to="school.importbatch",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ImportFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=255, verbose_name="имя файла")),
                        ("size", models.PositiveBigIntegerField(verbose_name="байт")),
                        ("sha256", models.CharField(max_length=64)),
                        (
                            "content",
                            models.FileField(blank=True, max_length=200, upload_to=school.models.imports._random_path),
                        ),
                        ("layout", models.CharField(blank=True, default="", max_length=16, verbose_name="вид")),
                        ("summary", models.JSONField(default=dict, verbose_name="итог")),
                        (
                            "batch",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="files",
                                to="school.importbatch",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                    },
                ),
                migrations.AddField(
                    model_name="user",
                    name="municipality",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="coordinators",
                        to="school.municipality",
                    ),
                ),
                migrations.CreateModel(
                    name="SocialRecord",
                    fields=[
                        (
                            "pupil",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="social_record",
                                serialize=False,
                                to="school.pupil",
                            ),
                        ),
                        ("special_needs", models.BooleanField(default=False, verbose_name="ОВЗ")),
                        (
                            "non_native_russian",
                            models.BooleanField(default=False, verbose_name="русский язык неродной"),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Guardianship",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "relation",
                            models.CharField(
                                choices=[
                                    ("mother", "мать"),
                                    ("father", "отец"),
                                    ("guardian", "опекун"),
                                    ("other", "законный представитель"),
                                ],
                                default="other",
                                max_length=16,
                                verbose_name="кем приходится",
                            ),
                        ),
                        (
                            "guardian",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="guardianships",
                                to="school.guardian",
                            ),
                        ),
                        (
                            "pupil",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="guardianships",
                                to="school.pupil",
                            ),
                        ),
                    ],
                ),
                migrations.AddField(
                    model_name="guardian",
                    name="pupils",
                    field=models.ManyToManyField(
                        related_name="guardians", through="school.Guardianship", to="school.pupil"
                    ),
                ),
                migrations.CreateModel(
                    name="Consent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("psychological_help", "психолого-педагогическая помощь"),
                                    ("health", "обработка сведений о здоровье"),
                                    ("origin", "обработка сведений о родном языке и происхождении"),
                                ],
                                max_length=32,
                                verbose_name="на что",
                            ),
                        ),
                        ("given_on", models.DateField(verbose_name="подписано")),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="действует по")),
                        ("document", models.CharField(max_length=200, verbose_name="документ")),
                        ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="записано")),
                        ("withdrawn_on", models.DateField(blank=True, null=True, verbose_name="отозвано с")),
                        (
                            "withdrawn_why",
                            models.CharField(blank=True, default="", max_length=200, verbose_name="как отозвано"),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="кто видел",
                            ),
                        ),
                        (
                            "guardian",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consents",
                                to="school.guardian",
                                verbose_name="кто подписал",
                            ),
                        ),
                        (
                            "pupil",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="consents", to="school.pupil"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-given_on", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="SchoolSettings",
                    fields=[
                        (
                            "school",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="settings",
                                serialize=False,
                                to="school.school",
                            ),
                        ),
                        (
                            "weak_min_marks",
                            models.PositiveSmallIntegerField(
                                default=1,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(20),
                                ],
                                verbose_name="двоек по одному предмету для «слабоуспевающего», не меньше",
                            ),
                        ),
                        (
                            "weak_max_result",
                            models.PositiveSmallIntegerField(
                                default=5,
                                validators=[
                                    django.core.validators.MinValueValidator(3),
                                    django.core.validators.MaxValueValidator(5),
                                ],
                                verbose_name="итог по этому предмету для «слабоуспевающего», не выше",
                            ),
                        ),
                        (
                            "reserve_max_subjects",
                            models.PositiveSmallIntegerField(
                                default=2,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(10),
                                ],
                                verbose_name="предметов с «3» для группы резерва, не больше",
                            ),
                        ),
                        (
                            "round_up_from",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("0.50"),
                                help_text="0,50: средняя 2,50 даёт прогноз «3».",
                                max_digits=3,
                                validators=[
                                    django.core.validators.MinValueValidator(Decimal("0.01")),
                                    django.core.validators.MaxValueValidator(Decimal("0.99")),
                                ],
                                verbose_name="прогноз округляется вверх от дробной части",
                            ),
                        ),
                        (
                            "forecast_min_marks",
                            models.PositiveSmallIntegerField(
                                default=3,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(20),
                                ],
                                verbose_name="отметок для прогноза, не меньше",
                            ),
                        ),
                        (
                            "three_unsatisfactory_min",
                            models.PositiveSmallIntegerField(
                                default=3,
                                validators=[
                                    django.core.validators.MinValueValidator(2),
                                    django.core.validators.MaxValueValidator(20),
                                ],
                                verbose_name="двоек по предмету за период для сигнала",
                            ),
                        ),
                        (
                            "marks_from_grade",
                            models.PositiveSmallIntegerField(
                                default=2,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(11),
                                ],
                                verbose_name="отметки ставятся с класса",
                            ),
                        ),
                        (
                            "stale_after_days",
                            models.PositiveSmallIntegerField(
                                default=7,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(60),
                                ],
                                verbose_name="данные класса считаются старыми через, дней",
                            ),
                        ),
                        (
                            "approval_days",
                            models.PositiveSmallIntegerField(
                                default=5,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(20),
                                ],
                                verbose_name="учебных дней на согласование реестра после периода",
                            ),
                        ),
                        (
                            "remind_days",
                            models.PositiveSmallIntegerField(
                                default=2,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(10),
                                ],
                                verbose_name="напомнить классным руководителям за, учебных дней",
                            ),
                        ),
                        (
                            "answer_days",
                            models.PositiveSmallIntegerField(
                                default=3,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(20),
                                ],
                                verbose_name="учебных дней на ответ по сигналу",
                            ),
                        ),
                        (
                            "absent_single",
                            models.PositiveSmallIntegerField(
                                default=1,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(20),
                                ],
                                verbose_name="пропущенных уроков для записи в дневнике, не меньше",
                            ),
                        ),
                        (
                            "absent_repeated",
                            models.PositiveSmallIntegerField(
                                default=2,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(40),
                                ],
                                verbose_name="дней с пропусками для беседы с родителями, не меньше",
                            ),
                        ),
                        (
                            "absent_systematic",
                            models.PositiveSmallIntegerField(
                                default=5,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(60),
                                ],
                                verbose_name="дней с пропусками для малого педсовета, не меньше",
                            ),
                        ),
                        (
                            "absent_percent",
                            models.PositiveSmallIntegerField(
                                default=10,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                                verbose_name="или доля пропущенных уроков, %",
                            ),
                        ),
                        (
                            "note_days",
                            models.PositiveSmallIntegerField(
                                default=3,
                                help_text="Правила учёта пропусков: «записка от родителей на срок не более 3-х дней», дальше нужна справка.",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(14),
                                ],
                                verbose_name="учебных дней по записке родителей, не больше",
                            ),
                        ),
                        (
                            "twos_percent",
                            models.PositiveSmallIntegerField(
                                default=20,
                                help_text="ФИОКО: «не менее 20 % двоек».",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                                verbose_name="доля двоек, с которой внешняя работа тревожна, %",
                            ),
                        ),
                        (
                            "twos_procedures",
                            models.PositiveSmallIntegerField(
                                default=2,
                                help_text="ФИОКО: «по двум и более оценочным процедурам».",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(20),
                                ],
                                verbose_name="таких работ за учебный год, не меньше",
                            ),
                        ),
                        (
                            "homework_answer_days",
                            models.PositiveSmallIntegerField(
                                default=30,
                                help_text="59-ФЗ, ст. 12: 30 дней со дня регистрации.",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(30),
                                ],
                                verbose_name="дней на ответ по жалобе на объём домашних заданий",
                            ),
                        ),
                        (
                            "trend_drop",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("1.00"),
                                max_digits=3,
                                validators=[
                                    django.core.validators.MinValueValidator(Decimal("0.25")),
                                    django.core.validators.MaxValueValidator(Decimal("3")),
                                ],
                                verbose_name="отметки падают, если последние пять ниже прежних на",
                            ),
                        ),
                        (
                            "external_gap",
                            models.PositiveSmallIntegerField(
                                default=1,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(3),
                                ],
                                verbose_name="внешняя работа расходится с отметкой на, баллов",
                            ),
                        ),
                        (
                            "attestation",
                            models.CharField(
                                choices=[("year", "по итогам года"), ("period", "по итогам каждого периода")],
                                default="year",
                                max_length=6,
                                verbose_name="промежуточная аттестация",
                            ),
                        ),
                        (
                            "few_marks_one",
                            models.PositiveSmallIntegerField(
                                default=3,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(20),
                                ],
                                verbose_name="отметок за период при одном часе в неделю, не меньше",
                            ),
                        ),
                        (
                            "few_marks_two",
                            models.PositiveSmallIntegerField(
                                default=5,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(20),
                                ],
                                verbose_name="отметок за период при двух часах, не меньше",
                            ),
                        ),
                        (
                            "few_marks_more",
                            models.PositiveSmallIntegerField(
                                default=7,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(30),
                                ],
                                verbose_name="отметок за период при трёх часах и больше, не меньше",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="RestrictedRead",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("what", models.CharField(max_length=40, verbose_name="что")),
                        (
                            "at",
                            models.DateTimeField(
                                db_default=models.Func(
                                    models.Value("minute"),
                                    django.db.models.functions.datetime.Now(),
                                    function="DATE_TRUNC",
                                    output_field=models.DateTimeField(),
                                ),
                                verbose_name="когда",
                            ),
                        ),
                        (
                            "pupil",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="school.pupil",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="кто",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="school.school",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at", "-pk"],
                        "default_permissions": (),
                    },
                ),
                migrations.AddField(
                    model_name="pupil",
                    name="school",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pupils", to="school.school"
                    ),
                ),
                migrations.CreateModel(
                    name="HistoryEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=63),
                                null=True,
                                size=None,
                                verbose_name="изменились закрытые",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="кто",
                            ),
                        ),
                        (
                            "pupil",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
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
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="school.school",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-pk"],
                        "default_permissions": (),
                    },
                ),
                migrations.AddField(
                    model_name="guardian",
                    name="school",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="guardians", to="school.school"
                    ),
                ),
                migrations.AddField(
                    model_name="academicyear",
                    name="school",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="years", to="school.school"
                    ),
                ),
                migrations.AddField(
                    model_name="user",
                    name="school",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="users",
                        to="school.school",
                    ),
                ),
                migrations.CreateModel(
                    name="SchoolClass",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("grade", models.PositiveSmallIntegerField(verbose_name="параллель")),
                        ("letter", models.CharField(blank=True, default="", max_length=20, verbose_name="буква")),
                        (
                            "name",
                            models.GeneratedField(
                                db_persist=True,
                                expression=django.db.models.functions.text.Concat(
                                    django.db.models.functions.comparison.Cast("grade", models.TextField()),
                                    models.F("letter"),
                                    output_field=models.TextField(),
                                ),
                                output_field=models.CharField(max_length=30),
                            ),
                        ),
                        (
                            "period_system",
                            models.CharField(
                                choices=[
                                    ("quarters", "Четверти"),
                                    ("trimesters", "Триместры"),
                                    ("halfyears", "Полугодия"),
                                ],
                                max_length=16,
                                verbose_name="учебные периоды",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="classes", to="school.school"
                            ),
                        ),
                        (
                            "year",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="classes",
                                to="school.academicyear",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "класс",
                        "ordering": ["grade", "letter"],
                    },
                ),
                migrations.CreateModel(
                    name="Enrolment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("starts", models.DateField(verbose_name="с")),
                        ("ends", models.DateField(blank=True, null=True, verbose_name="по")),
                        ("reason", models.CharField(blank=True, default="", max_length=200, verbose_name="основание")),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("promoted", "Переведён"),
                                    ("conditional", "Переведён условно"),
                                    ("repeats", "Оставлен на повторное обучение"),
                                    ("finished", "Окончил школу"),
                                    ("left", "Выбывает"),
                                ],
                                db_default="",
                                default="",
                                help_text="Записывает переход на новый год.",
                                max_length=12,
                                verbose_name="чем кончился год",
                            ),
                        ),
                        (
                            "pupil",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="enrolments",
                                to="school.pupil",
                            ),
                        ),
                        (
                            "school_class",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="enrolments",
                                to="school.schoolclass",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["starts"],
                    },
                ),
                migrations.CreateModel(
                    name="SentForm",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("token", models.CharField(max_length=64)),
                        ("location", models.CharField(blank=True, default="", max_length=500)),
                        ("at", models.DateTimeField(auto_now_add=True)),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="SocialFact",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "group",
                            models.CharField(
                                choices=[
                                    ("large_family", "многодетная семья (трое детей и больше)"),
                                    ("single_parent", "неполная семья"),
                                    ("low_income", "малообеспеченная семья"),
                                    ("both_unemployed", "оба родителя не работают"),
                                    ("foster", "приёмная семья, опека"),
                                    ("orphan", "сирота, без попечения родителей"),
                                    ("hard_life", "трудная жизненная ситуация"),
                                    ("dysfunctional_family", "неблагополучная семья"),
                                    ("sop", "семья в социально опасном положении"),
                                    ("kdn", "учёт в комиссии по делам несовершеннолетних (КДН)"),
                                    ("pdn", "учёт в полиции (ПДН)"),
                                    ("school_record", "внутришкольный учёт"),
                                    ("maladjusted", "выраженная педагогическая и социальная дезадаптация"),
                                    ("ovz", "ограниченные возможности здоровья (ОВЗ)"),
                                    ("disabled", "ребёнок-инвалид"),
                                    ("dev_no_pmpk", "проблемы развития без заключения ПМПК"),
                                    ("disabled_parent", "инвалидность родителя"),
                                    ("non_native_ru", "русский язык неродной"),
                                    ("migrant", "семья приехала из другой страны"),
                                ],
                                max_length=32,
                                verbose_name="группа",
                            ),
                        ),
                        ("starts", models.DateField(verbose_name="с")),
                        ("ends", models.DateField(blank=True, null=True, verbose_name="по")),
                        ("ground", models.CharField(max_length=300, verbose_name="основание")),
                        (
                            "ended_why",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="почему закрыто"),
                        ),
                        ("written_at", models.DateTimeField(verbose_name="записано")),
                        ("void_at", models.DateTimeField(null=True, verbose_name="отменено")),
                        (
                            "void_why",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="почему отменено"),
                        ),
                        (
                            "pupil",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="social_facts",
                                to="school.pupil",
                            ),
                        ),
                        (
                            "stands",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="former",
                                to="school.socialfact",
                                verbose_name="исправленная запись",
                            ),
                        ),
                        (
                            "void_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="кто отменил",
                            ),
                        ),
                        (
                            "written_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="кто записал",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-starts", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Staff",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("last_name", models.CharField(max_length=100, verbose_name="фамилия")),
                        ("first_name", models.CharField(max_length=100, verbose_name="имя")),
                        (
                            "middle_name",
                            models.CharField(blank=True, default="", max_length=100, verbose_name="отчество"),
                        ),
                        (
                            "email",
                            models.EmailField(blank=True, default="", max_length=254, verbose_name="электронная почта"),
                        ),
                        ("phone", models.CharField(blank=True, default="", max_length=40, verbose_name="телефон")),
                        ("left_on", models.DateField(blank=True, null=True, verbose_name="последний рабочий день")),
                        (
                            "sort_key",
                            models.GeneratedField(
                                db_persist=True,
                                expression=common.fields._Folded(
                                    django.db.models.functions.text.Concat(
                                        models.F("last_name"),
                                        models.Value(" "),
                                        models.F("first_name"),
                                        models.Value(" "),
                                        models.F("middle_name"),
                                        output_field=models.TextField(),
                                    )
                                ),
                                output_field=models.CharField(db_collation="C", max_length=400),
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="staff", to="school.school"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "сотрудник",
                        "ordering": ["sort_key", "pk"],
                    },
                ),
                migrations.AddField(
                    model_name="schoolclass",
                    name="class_teacher",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="led_classes",
                        to="school.staff",
                        verbose_name="классный руководитель",
                    ),
                ),
                migrations.CreateModel(
                    name="Responsibility",
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
                                    ("tutor", "Тьютор"),
                                    ("mentor", "Наставник"),
                                    ("psychologist", "Психолог случая"),
                                    ("speech_therapist", "Логопед"),
                                    ("social_pedagogue", "Социальный педагог"),
                                ],
                                max_length=24,
                                verbose_name="в каком качестве",
                            ),
                        ),
                        ("starts", models.DateField(blank=True, null=True, verbose_name="с")),
                        ("ends", models.DateField(blank=True, null=True, verbose_name="по")),
                        (
                            "pupil",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="responsibilities",
                                to="school.pupil",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="responsibilities",
                                to="school.staff",
                            ),
                        ),
                    ],
                ),
                migrations.AddField(
                    model_name="user",
                    name="staff",
                    field=models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="user",
                        to="school.staff",
                    ),
                ),
                migrations.CreateModel(
                    name="StaffPosition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "position",
                            models.CharField(
                                choices=[
                                    ("director", "Директор"),
                                    ("deputy_director_uvr", "Заместитель директора по УВР"),
                                    ("teacher", "Учитель"),
                                    ("psychologist", "Педагог-психолог"),
                                    ("psych_service_head", "Руководитель психологической службы"),
                                    ("social_pedagogue", "Социальный педагог"),
                                    ("speech_therapist", "Учитель-логопед"),
                                    ("methodical_head", "Руководитель ШМО"),
                                    ("tutor", "Тьютор"),
                                    ("mentor", "Наставник"),
                                ],
                                max_length=32,
                                verbose_name="должность",
                            ),
                        ),
                        ("starts", models.DateField(blank=True, null=True, verbose_name="с")),
                        ("ends", models.DateField(blank=True, null=True, verbose_name="по")),
                        (
                            "staff",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="positions", to="school.staff"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position"],
                    },
                ),
                migrations.CreateModel(
                    name="Subgroup",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=100, verbose_name="название")),
                        ("pupils", models.ManyToManyField(blank=True, related_name="subgroups", to="school.pupil")),
                        (
                            "school_class",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="subgroups",
                                to="school.schoolclass",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["school_class", "name"],
                    },
                ),
                migrations.CreateModel(
                    name="Subject",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="предмет")),
                        ("short_name", models.CharField(blank=True, default="", max_length=20, verbose_name="коротко")),
                        (
                            "group",
                            models.CharField(
                                blank=True,
                                default="",
                                help_text="Например, «Математика» для алгебры и геометрии.",
                                max_length=200,
                                verbose_name="группа для сравнения с внешними работами",
                            ),
                        ),
                        (
                            "sort_key",
                            models.GeneratedField(
                                db_persist=True,
                                expression=common.fields._Folded(models.F("name")),
                                output_field=models.CharField(db_collation="C", max_length=400),
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="subjects", to="school.school"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "предмет",
                        "ordering": ["sort_key"],
                    },
                ),
                migrations.CreateModel(
                    name="MarksStart",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "from_period",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="отметки с периода"),
                        ),
                        (
                            "school_class",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="marks_starts",
                                to="school.schoolclass",
                            ),
                        ),
                        (
                            "subject",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                to="school.subject",
                                verbose_name="предмет",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="SubjectAlias",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="как в файле")),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="subject_aliases",
                                to="school.school",
                            ),
                        ),
                        (
                            "subject",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="aliases", to="school.subject"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name"],
                    },
                ),
                migrations.CreateModel(
                    name="TeachingAssignment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "weekly_hours",
                            models.DecimalField(
                                blank=True, decimal_places=1, max_digits=3, null=True, verbose_name="часов в неделю"
                            ),
                        ),
                        ("starts", models.DateField(blank=True, null=True, verbose_name="с")),
                        ("ends", models.DateField(blank=True, null=True, verbose_name="по")),
                        (
                            "school_class",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="assignments",
                                to="school.schoolclass",
                            ),
                        ),
                        (
                            "staff",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="assignments",
                                to="school.staff",
                            ),
                        ),
                        (
                            "subgroup",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="assignments",
                                to="school.subgroup",
                            ),
                        ),
                        (
                            "subject",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="assignments",
                                to="school.subject",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["school_class", "subject"],
                    },
                ),
                migrations.CreateModel(
                    name="YearChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="когда")),
                        ("made", models.JSONField(default=dict, verbose_name="что сделано")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "new",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="changed_from",
                                to="school.academicyear",
                                verbose_name="новый год",
                            ),
                        ),
                        (
                            "old",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="changed_by",
                                to="school.academicyear",
                                verbose_name="прежний год",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="year_changes",
                                to="school.school",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "переход на новый год",
                    },
                ),
                migrations.CreateModel(
                    name="YearPlan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "carry_teaching",
                            models.BooleanField(default=True, verbose_name="перенести, кто что ведёт, и подгруппы"),
                        ),
                        (
                            "first_classes",
                            models.CharField(blank=True, default="", max_length=200, verbose_name="первые классы"),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.school"
                            ),
                        ),
                        (
                            "year",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="plan",
                                to="school.academicyear",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "план перехода на новый год",
                    },
                ),
                migrations.CreateModel(
                    name="PupilPlan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "lot",
                            models.CharField(
                                choices=[
                                    ("promoted", "Переведён"),
                                    ("conditional", "Переведён условно"),
                                    ("repeats", "Оставлен на повторное обучение"),
                                    ("finished", "Окончил школу"),
                                    ("left", "Выбывает"),
                                ],
                                max_length=12,
                                verbose_name="решение",
                            ),
                        ),
                        ("grade", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="параллель")),
                        ("letter", models.CharField(blank=True, default="", max_length=20, verbose_name="буква")),
                        ("note", models.CharField(blank=True, default="", max_length=200, verbose_name="основание")),
                        (
                            "pupil",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="year_plans",
                                to="school.pupil",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pupils",
                                to="school.yearplan",
                                verbose_name="план",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "решение о переводе",
                    },
                ),
                migrations.CreateModel(
                    name="ClassPlan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("grade", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="параллель")),
                        ("letter", models.CharField(blank=True, default="", max_length=20, verbose_name="буква")),
                        (
                            "school_class",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="year_plan",
                                to="school.schoolclass",
                                verbose_name="класс",
                            ),
                        ),
                        (
                            "class_teacher",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="school.staff",
                                verbose_name="классный руководитель",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="classes",
                                to="school.yearplan",
                                verbose_name="план",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "куда переходит класс",
                    },
                ),
                migrations.CreateModel(
                    name="Holiday",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=100, verbose_name="название")),
                        ("starts", models.DateField(verbose_name="первый день")),
                        ("ends", models.DateField(verbose_name="последний день")),
                        ("first_grade_only", models.BooleanField(default=False, verbose_name="только для 1 классов")),
                        (
                            "year",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="holidays",
                                to="school.academicyear",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["starts"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("starts__lte", models.F("ends"))), name="holiday_days_in_order"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Period",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "system",
                            models.CharField(
                                choices=[
                                    ("quarters", "Четверти"),
                                    ("trimesters", "Триместры"),
                                    ("halfyears", "Полугодия"),
                                    ("start", "Начало года"),
                                ],
                                max_length=16,
                                verbose_name="вид",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="номер")),
                        ("starts", models.DateField(verbose_name="первый день")),
                        ("ends", models.DateField(verbose_name="последний день")),
                        (
                            "year",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="periods",
                                to="school.academicyear",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["year", "system", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("year", "system", "number"), name="period_once"),
                            models.CheckConstraint(
                                condition=models.Q(("starts__lte", models.F("ends"))), name="period_days_in_order"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("number", 0), ("system", "start")),
                                    models.Q(models.Q(("system", "start"), _negated=True), ("number__range", (1, 6))),
                                    _connector="OR",
                                ),
                                name="period_number_range",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                                expressions=[("year", "="), ("system", "="), (school.models.calendar.DateSpan(), "&&")],
                                name="periods_do_not_overlap",
                            ),
                        ],
                    },
                ),
                migrations.AddConstraint(
                    model_name="guardianship",
                    constraint=models.UniqueConstraint(fields=("guardian", "pupil"), name="guardianship_once"),
                ),
                migrations.AddConstraint(
                    model_name="consent",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("valid_until__isnull", True),
                                ("given_on__lte", models.F("valid_until")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("withdrawn_on__isnull", True),
                                ("given_on__lte", models.F("withdrawn_on")),
                                _connector="OR",
                            ),
                        ),
                        name="consent_days_in_order",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="consent",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("document", ""), _negated=True), name="consent_has_a_paper"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="consent",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("pupil", "="),
                            ("purpose", "="),
                            (
                                models.Func(
                                    models.F("given_on"),
                                    django.db.models.functions.comparison.Least(
                                        models.ExpressionWrapper(
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("valid_until"), "+", models.Value(1)
                                            ),
                                            output_field=models.DateField(),
                                        ),
                                        models.F("withdrawn_on"),
                                    ),
                                    django.contrib.postgres.fields.ranges.RangeBoundary(),
                                    function="DATERANGE",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="consent_once_at_a_time",
                        violation_error_message="На эти дни согласие с той же целью уже записано.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="schoolsettings",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("absent_repeated__lte", models.F("absent_systematic"))),
                        name="settings_absences_grow",
                        violation_error_message="Для малого педсовета дней должно быть не меньше, чем для беседы с родителями.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="schoolsettings",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("weak_min_marks__range", (1, 20))), name="settings_weak_min"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="schoolsettings",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("weak_max_result__range", (3, 5))), name="settings_weak_max"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="schoolsettings",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("reserve_max_subjects__range", (1, 10))), name="settings_reserve"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="schoolsettings",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("round_up_from__gt", 0), ("round_up_from__lt", 1)), name="settings_round_up"
                    ),
                ),
                migrations.AddIndex(
                    model_name="restrictedread",
                    index=models.Index(fields=["school", "-at"], name="restricted_read_of_school"),
                ),
                migrations.AddConstraint(
                    model_name="restrictedread",
                    constraint=models.UniqueConstraint(
                        fields=("pupil", "at", "user", "what"), name="restricted_read_once"
                    ),
                ),
                migrations.AddIndex(
                    model_name="pupil",
                    index=models.Index(fields=["school", "sort_key"], name="pupil_by_name"),
                ),
                migrations.AddConstraint(
                    model_name="pupil",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("external_id", ""), _negated=True),
                        fields=("school", "external_id"),
                        name="pupil_external_id_once",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historyevent",
                    index=models.Index(
                        condition=models.Q(("pupil__isnull", False)), fields=["pupil", "id"], name="history_of_pupil"
                    ),
                ),
                migrations.AddIndex(
                    model_name="historyevent",
                    index=models.Index(
                        condition=models.Q(("pupil__isnull", True)), fields=["table", "row_id"], name="history_of_row"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="academicyear",
                    constraint=models.UniqueConstraint(fields=("school", "start"), name="year_once"),
                ),
                migrations.AddConstraint(
                    model_name="academicyear",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("starts__lt", models.F("ends"))), name="year_days_in_order"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="enrolment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("ends__isnull", True), ("starts__lte", models.F("ends")), _connector="OR"),
                        name="enrolment_days_in_order",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="enrolment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("outcome", ""), ("ends__isnull", False), _connector="OR"),
                        name="enrolment_outcome_ends_it",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="enrolment",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("pupil", "="), (school.models.calendar.DateSpan(), "&&")],
                        name="pupil_sits_in_one_class",
                    ),
                ),
                migrations.AddIndex(
                    model_name="sentform",
                    index=models.Index(fields=["at"], name="sent_form_by_age"),
                ),
                migrations.AddConstraint(
                    model_name="sentform",
                    constraint=models.UniqueConstraint(fields=("user", "token"), name="sent_form_once"),
                ),
                migrations.AddConstraint(
                    model_name="socialfact",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("ends__isnull", True), ("starts__lte", models.F("ends")), _connector="OR"),
                        name="social_days_in_order",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="socialfact",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("ground", ""), _negated=True), name="social_fact_has_a_ground"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="socialfact",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("stands__isnull", True), ("void_at__isnull", False), _connector="OR"),
                        name="social_former_is_void",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="socialfact",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("void_at__isnull", True)),
                        expressions=[("pupil", "="), ("group", "="), (school.models.calendar.DateSpan(), "&&")],
                        name="social_fact_once_at_a_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="schoolclass",
                    constraint=models.UniqueConstraint(fields=("year", "grade", "letter"), name="class_once_a_year"),
                ),
                migrations.AddConstraint(
                    model_name="schoolclass",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("grade__range", (1, 12))), name="class_grade_range"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="responsibility",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("ends__isnull", True)),
                        fields=("person", "pupil", "kind"),
                        name="responsibility_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="user",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("school__isnull", True), ("municipality__isnull", True), _connector="OR"),
                        name="user_of_school_or_municipality",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="user",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("staff__isnull", True), ("school__isnull", False), _connector="OR"),
                        name="user_staff_has_school",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="staffposition",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("ends__isnull", True)),
                        fields=("staff", "position"),
                        name="position_held_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="staffposition",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("starts__isnull", True),
                            ("ends__isnull", True),
                            ("starts__lte", models.F("ends")),
                            _connector="OR",
                        ),
                        name="position_days_in_order",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="subgroup",
                    constraint=models.UniqueConstraint(fields=("school_class", "name"), name="subgroup_once"),
                ),
                migrations.AddConstraint(
                    model_name="subject",
                    constraint=models.UniqueConstraint(fields=("school", "name"), name="subject_once"),
                ),
                migrations.AddConstraint(
                    model_name="marksstart",
                    constraint=models.UniqueConstraint(
                        fields=("school_class", "subject"), name="marks_start_once", nulls_distinct=False
                    ),
                ),
                migrations.AddConstraint(
                    model_name="subjectalias",
                    constraint=models.UniqueConstraint(fields=("school", "name"), name="subject_alias_once"),
                ),
                migrations.AddConstraint(
                    model_name="teachingassignment",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("ends__isnull", True)),
                        fields=("staff", "subject", "school_class", "subgroup"),
                        name="assignment_once",
                        nulls_distinct=False,
                    ),
                ),
                migrations.AddConstraint(
                    model_name="teachingassignment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("starts__isnull", True),
                            ("ends__isnull", True),
                            ("starts__lte", models.F("ends")),
                            _connector="OR",
                        ),
                        name="assignment_days_in_order",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pupilplan",
                    constraint=models.UniqueConstraint(fields=("plan", "pupil"), name="pupil_plan_once"),
                ),
                migrations.AddConstraint(
                    model_name="pupilplan",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("lot__in", ["promoted", "conditional", "repeats", "finished", "left"])),
                        name="pupil_plan_lot_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="classplan",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("grade__isnull", True), ("grade__range", (1, 12)), _connector="OR"),
                        name="class_plan_grade_range",
                    ),
                ),
            ],
        ),
        common.history.InstallHistory(),
        common.history.TrackHistory(
            name="School",
            insert=True,
        ),
        common.history.TrackHistory(
            name="SchoolSettings",
            insert=True,
        ),
        common.history.TrackHistory(
            name="AcademicYear",
            insert=True,
        ),
        common.history.TrackHistory(
            name="Period",
            insert=True,
            keep=["system", "number"],
        ),
        common.history.TrackHistory(
            name="Holiday",
            insert=True,
            keep=["name"],
        ),
        common.history.TrackHistory(
            name="SchoolClass",
            insert=True,
        ),
        common.history.TrackHistory(
            name="Subgroup",
            insert=True,
        ),
        common.history.TrackHistory(
            name="Subgroup.pupils",
            insert=True,
        ),
        common.history.TrackHistory(
            name="MarksStart",
            insert=True,
            keep=["school_class", "subject"],
        ),
        common.history.TrackHistory(
            name="Subject",
            insert=True,
        ),
        common.history.TrackHistory(
            name="SubjectAlias",
            insert=True,
            keep=["name"],
        ),
        common.history.TrackHistory(
            name="TeachingAssignment",
            insert=True,
            keep=["staff", "subject", "school_class", "subgroup"],
        ),
        common.history.TrackHistory(
            name="Pupil",
            insert=True,
        ),
        common.history.TrackHistory(
            name="Enrolment",
            insert=True,
            keep=["school_class"],
        ),
        common.history.TrackHistory(
            name="SocialRecord",
            insert=True,
            conceal=["special_needs", "non_native_russian"],
        ),
        common.history.TrackHistory(
            name="Guardian",
            insert=True,
        ),
        common.history.TrackHistory(
            name="Guardianship",
            insert=True,
            keep=["guardian", "relation"],
        ),
        common.history.TrackHistory(
            name="Responsibility",
            insert=True,
            keep=["person", "kind"],
        ),
        common.history.TrackHistory(
            name="Staff",
            insert=True,
        ),
        common.history.TrackHistory(
            name="StaffPosition",
            insert=True,
            keep=["staff", "position"],
        ),
        common.history.TrackHistory(
            name="User",
            insert=True,
            conceal=["password"],
            ignore=["last_login"],
        ),
        common.insert_only.InsertOnly(
            name="RestrictedRead",
            columns=["user", "pupil", "school", "what"],
        ),
        common.history.TrackHistory(
            name="Consent",
            insert=True,
            keep=["purpose"],
        ),
        common.history.TrackHistory(
            name="SocialFact",
            insert=True,
            conceal=["group", "starts", "ends", "ground", "ended_why", "void_why"],
        ),
        common.history.TrackHistory(
            name="YearPlan",
            insert=True,
        ),
        common.history.TrackHistory(
            name="ClassPlan",
            insert=True,
            keep=["school_class"],
        ),
        common.history.TrackHistory(
            name="PupilPlan",
            insert=True,
        ),
        common.history.TrackHistory(
            name="YearChange",
            insert=True,
            ignore=["made"],
        ),
    ]
