import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from common.history import TrackHistory
from common.operations import CreateTogether


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("risk_registry", "0013_final_trials"),
        ("school", "0001_squashed_0017"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether(
            operations=[
                migrations.CreateModel(
                    name="Gap",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("topic", models.CharField(max_length=200, verbose_name="тема")),
                        (
                            "found",
                            models.CharField(
                                choices=[
                                    ("control", "Контрольная работа"),
                                    ("task", "Задание ВПР или другой внешней работы"),
                                    ("lesson", "На уроке"),
                                    ("talk", "В беседе"),
                                    ("other", "Иначе"),
                                ],
                                max_length=8,
                                verbose_name="как обнаружен",
                            ),
                        ),
                        ("found_on", models.DateField(blank=True, null=True, verbose_name="когда обнаружен")),
                        (
                            "source",
                            models.CharField(blank=True, default="", max_length=200, verbose_name="работа, задание"),
                        ),
                        (
                            "baseline",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=6, null=True, verbose_name="было"
                            ),
                        ),
                        ("target", models.DecimalField(decimal_places=2, max_digits=6, verbose_name="цель")),
                        (
                            "unit",
                            models.CharField(
                                choices=[
                                    ("mark", "отметка"),
                                    ("percent", "% выполнения"),
                                    ("points", "баллы"),
                                    ("tasks", "верно решённые задания"),
                                ],
                                default="mark",
                                max_length=8,
                                verbose_name="в чём",
                            ),
                        ),
                        ("due", models.DateField(verbose_name="срок")),
                        (
                            "planned_work",
                            models.CharField(blank=True, default="", max_length=500, verbose_name="что сделаем"),
                        ),
                        (
                            "control_form",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="форма повторного контроля"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "Открыт"), ("closed", "Закрыт"), ("dropped", "Снят")],
                                default="open",
                                max_length=8,
                                verbose_name="состояние",
                            ),
                        ),
                        (
                            "dropped_why",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="почему снят"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="версия")),
                        ("created_at", models.DateTimeField(verbose_name="записан")),
                        (
                            "pupil",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="gaps",
                                to="school.pupil",
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
                        "verbose_name": "дефицит",
                        "ordering": ["due", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="GapControl",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("on", models.DateField(verbose_name="когда")),
                        ("result", models.DecimalField(decimal_places=2, max_digits=6, verbose_name="результат")),
                        ("reached", models.BooleanField(verbose_name="цель достигнута")),
                        ("note", models.CharField(blank=True, default="", max_length=300, verbose_name="замечание")),
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
                            "gap",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="controls", to="iom.gap"
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
                    ],
                    options={
                        "verbose_name": "повторный контроль",
                        "ordering": ["on", "pk"],
                    },
                ),
                migrations.AddField(
                    model_name="gap",
                    name="closed_by",
                    field=models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closes",
                        to="iom.gapcontrol",
                    ),
                ),
                migrations.CreateModel(
                    name="Route",
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
                                    ("failing", "Неуспевающий"),
                                    ("weak", "Слабоуспевающий"),
                                    ("reserve", "Группа резерва"),
                                    ("language", "Русский язык неродной"),
                                    ("needs", "ОВЗ"),
                                    ("teacher", "Педагог"),
                                ],
                                max_length=8,
                                verbose_name="вид",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Черновик"),
                                    ("parents", "Согласован педагогами"),
                                    ("agreed", "Согласован с родителями"),
                                    ("active", "Действует"),
                                    ("finished", "Завершён"),
                                    ("undone", "Отозван"),
                                ],
                                default="draft",
                                max_length=8,
                                verbose_name="состояние",
                            ),
                        ),
                        ("begins", models.DateField(verbose_name="с")),
                        ("ends", models.DateField(verbose_name="по")),
                        (
                            "every",
                            models.CharField(
                                choices=[
                                    ("lesson", "на каждом уроке"),
                                    ("week", "раз в неделю"),
                                    ("twice", "два раза в неделю"),
                                    ("two", "раз в две недели"),
                                    ("month", "раз в месяц"),
                                    ("period", "раз в учебный период"),
                                ],
                                default="two",
                                max_length=8,
                                verbose_name="как часто смотрим",
                            ),
                        ),
                        ("next_review", models.DateField(blank=True, null=True, verbose_name="следующий пересмотр")),
                        ("number", models.PositiveSmallIntegerField(default=0, verbose_name="действующая версия")),
                        (
                            "changing_why",
                            models.CharField(blank=True, default="", max_length=500, verbose_name="почему меняется"),
                        ),
                        ("finished_on", models.DateField(blank=True, null=True, verbose_name="завершён")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="версия записи")),
                        ("created_at", models.DateTimeField(verbose_name="создан")),
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
                            "copied_from",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="iom.route",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="routes",
                                to="risk_registry.registryentry",
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
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="routes",
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
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
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
                                related_name="own_routes",
                                to="school.staff",
                            ),
                        ),
                        (
                            "tutor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="school.staff",
                                verbose_name="тьютор или куратор",
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
                        "verbose_name": "индивидуальный маршрут",
                    },
                ),
                migrations.AddField(
                    model_name="gap",
                    name="route",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="gaps", to="iom.route"
                    ),
                ),
                migrations.CreateModel(
                    name="RoutePart",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                            "route",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="iom.route"
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
                            ),
                        ),
                        (
                            "teacher",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="school.staff",
                                verbose_name="ответственный",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "часть маршрута",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="RouteAgreement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "side",
                            models.CharField(
                                choices=[
                                    ("teacher", "Учитель-предметник"),
                                    ("psych", "Педагог-психолог"),
                                    ("parents", "Родители"),
                                ],
                                max_length=8,
                                verbose_name="кто",
                            ),
                        ),
                        ("agreed", models.BooleanField(default=True, verbose_name="согласие")),
                        (
                            "way",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("signed", "подпись на листе"),
                                    ("meeting", "лично"),
                                    ("phone", "по телефону"),
                                    ("letter", "письмом"),
                                    ("journal", "в электронном журнале"),
                                ],
                                default="",
                                max_length=8,
                                verbose_name="как",
                            ),
                        ),
                        ("on", models.DateField(verbose_name="когда")),
                        ("comment", models.CharField(blank=True, default="", max_length=500, verbose_name="замечание")),
                        ("at", models.DateTimeField(verbose_name="записано")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="больше не действует")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "guardian",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="school.guardian",
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
                            "route",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="agreements", to="iom.route"
                            ),
                        ),
                        (
                            "part",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="agreements",
                                to="iom.routepart",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "согласование маршрута",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="PlanStep",
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
                                    ("lesson", "Работа на уроке"),
                                    ("extra", "Дополнительное занятие"),
                                    ("consult", "Консультация"),
                                    ("homework", "Домашний комплект заданий"),
                                    ("course", "Дополнительное образование"),
                                    ("contest", "Конкурс или олимпиада"),
                                    ("tutor", "Встреча с тьютором"),
                                    ("special", "Помощь специалиста"),
                                    ("training", "Обучение педагога"),
                                ],
                                max_length=8,
                                verbose_name="вид работы",
                            ),
                        ),
                        ("text", models.CharField(blank=True, default="", max_length=300, verbose_name="что")),
                        ("on", models.DateField(blank=True, null=True, verbose_name="когда")),
                        (
                            "every",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("lesson", "на каждом уроке"),
                                    ("week", "раз в неделю"),
                                    ("twice", "два раза в неделю"),
                                    ("two", "раз в две недели"),
                                    ("month", "раз в месяц"),
                                    ("period", "раз в учебный период"),
                                ],
                                default="",
                                max_length=8,
                                verbose_name="как часто",
                            ),
                        ),
                        (
                            "expected",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="что ожидаем"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("planned", "Запланирован"), ("done", "Выполнен"), ("undone", "Не состоялся")],
                                default="planned",
                                max_length=8,
                                verbose_name="состояние",
                            ),
                        ),
                        ("done_on", models.DateField(blank=True, null=True, verbose_name="выполнен")),
                        ("helped", models.BooleanField(blank=True, null=True, verbose_name="помогло")),
                        (
                            "why_not",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("away", "обучающийся отсутствовал"),
                                    ("staff", "педагог отсутствовал"),
                                    ("refused", "обучающийся или родители отказались"),
                                    ("time", "не нашлось времени или места"),
                                    ("needless", "стало не нужно"),
                                    ("other", "другое"),
                                ],
                                default="",
                                max_length=8,
                                verbose_name="почему не состоялся",
                            ),
                        ),
                        ("note", models.CharField(blank=True, default="", max_length=300, verbose_name="замечание")),
                        ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="убран из плана")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="версия")),
                        (
                            "gap",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="plan",
                                to="iom.gap",
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
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.school"
                            ),
                        ),
                        (
                            "who",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="school.staff",
                                verbose_name="кто",
                            ),
                        ),
                        (
                            "route",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="plan", to="iom.route"
                            ),
                        ),
                        (
                            "part",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="plan", to="iom.routepart"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "шаг маршрута",
                        "ordering": ["pk"],
                    },
                ),
                migrations.AddField(
                    model_name="gap",
                    name="part",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="gaps", to="iom.routepart"
                    ),
                ),
                migrations.CreateModel(
                    name="RouteReview",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("on", models.DateField(verbose_name="когда")),
                        (
                            "decision",
                            models.CharField(
                                choices=[("go", "Продолжить"), ("change", "Изменить"), ("finish", "Завершить")],
                                max_length=8,
                                verbose_name="решение",
                            ),
                        ),
                        ("text", models.CharField(blank=True, default="", max_length=500, verbose_name="вывод")),
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
                            "period",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="school.period"
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
                            "route",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="reviews", to="iom.route"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "пересмотр маршрута",
                        "ordering": ["on", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="GapReview",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("1", "намного хуже"),
                                    ("2", "хуже"),
                                    ("3", "без изменений"),
                                    ("4", "лучше"),
                                    ("5", "цель достигнута"),
                                ],
                                max_length=1,
                                verbose_name="итог",
                            ),
                        ),
                        (
                            "evidence",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="чем подтверждается"),
                        ),
                        (
                            "gap",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="reviews", to="iom.gap"
                            ),
                        ),
                        (
                            "review",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="gaps", to="iom.routereview"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "итог по дефициту",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="RouteStep",
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
                            "route",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="iom.route"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["version"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="RouteVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="номер")),
                        ("content", models.JSONField(verbose_name="содержание")),
                        (
                            "why",
                            models.CharField(blank=True, default="", max_length=500, verbose_name="почему изменён"),
                        ),
                        (
                            "paper",
                            models.CharField(
                                choices=[("order", "приказ"), ("council", "протокол ППк")],
                                max_length=8,
                                verbose_name="чем утверждён",
                            ),
                        ),
                        ("paper_number", models.CharField(max_length=50, verbose_name="номер")),
                        ("paper_date", models.DateField(verbose_name="дата")),
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
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="school.pupil",
                            ),
                        ),
                        (
                            "route",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="iom.route"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "версия маршрута",
                        "ordering": ["number"],
                    },
                ),
                migrations.AddIndex(
                    model_name="route",
                    index=models.Index(fields=["school", "state", "next_review"], name="route_by_state"),
                ),
                migrations.AddConstraint(
                    model_name="route",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ("finished", "undone")),
                                _negated=True,
                            ),
                            ("pupil__isnull", False),
                        ),
                        fields=("pupil", "kind"),
                        name="route_goes_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="route",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["failing", "weak", "reserve", "language", "needs", "teacher"])
                        ),
                        name="route_kind_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="route",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "parents", "agreed", "active", "finished", "undone"])
                        ),
                        name="route_state_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="route",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("every__in", ["lesson", "week", "twice", "two", "month", "period"])),
                        name="route_every_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="route",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "teacher"), ("pupil__isnull", True), ("staff__isnull", False)),
                            models.Q(
                                models.Q(("kind", "teacher"), _negated=True),
                                ("pupil__isnull", False),
                                ("staff__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="route_of_pupil_or_teacher",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="route",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("begins__lte", models.F("ends"))), name="route_days_in_order"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="route",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "active"), _negated=True),
                            ("number__gt", 0),
                            _connector="OR",
                        ),
                        name="route_in_force_is_approved",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="route",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state", "finished"), ("finished_on__isnull", True), _connector="XOR"),
                        name="route_finished_has_day",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="routepart",
                    constraint=models.UniqueConstraint(
                        fields=("route", "subject"), name="route_part_once", nulls_distinct=False
                    ),
                ),
                migrations.AddConstraint(
                    model_name="routeagreement",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("route", "side", "part"),
                        name="route_agreement_stands_once",
                        nulls_distinct=False,
                    ),
                ),
                migrations.AddConstraint(
                    model_name="routeagreement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("side__in", ["teacher", "psych", "parents"])), name="route_side_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="routeagreement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("side", "parents"),
                                ("way__in", ["signed", "meeting", "phone", "letter", "journal"]),
                            ),
                            models.Q(models.Q(("side", "parents"), _negated=True), ("way", "")),
                            _connector="OR",
                        ),
                        name="route_parents_say_how",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="routeagreement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("side", "teacher"), ("part__isnull", True), _connector="XOR"),
                        name="route_teacher_agrees_to_part",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="planstep",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "lesson",
                                    "extra",
                                    "consult",
                                    "homework",
                                    "course",
                                    "contest",
                                    "tutor",
                                    "special",
                                    "training",
                                ],
                            )
                        ),
                        name="plan_kind_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="planstep",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("on__isnull", False), models.Q(("every", ""), _negated=True), _connector="OR"
                        ),
                        name="plan_day_or_often",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="planstep",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state", "done"), ("done_on__isnull", True), _connector="XOR"),
                        name="plan_done_has_day",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="planstep",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "undone"),
                                ("why_not__in", ["away", "staff", "refused", "time", "needless", "other"]),
                            ),
                            models.Q(models.Q(("state", "undone"), _negated=True), ("why_not", "")),
                            _connector="OR",
                        ),
                        name="plan_not_done_says_why",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="planstep",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state", "done"), ("helped__isnull", True), _connector="OR"),
                        name="plan_helped_only_when_done",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="gap",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("topic", ""), _negated=True), name="gap_has_topic"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="gap",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("found__in", ["control", "task", "lesson", "talk", "other"])),
                        name="gap_found_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="gap",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("unit__in", ["mark", "percent", "points", "tasks"])), name="gap_unit_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="gap",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state", "closed"), ("closed_by__isnull", True), _connector="XOR"),
                        name="gap_closed_by_its_control",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="gap",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state", "dropped"), ("dropped_why", ""), _connector="XOR"),
                        name="gap_dropped_says_why",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="gap",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "closed", "dropped"])), name="gap_state_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="routereview",
                    constraint=models.UniqueConstraint(fields=("route", "period"), name="route_review_once"),
                ),
                migrations.AddConstraint(
                    model_name="routereview",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("decision__in", ["go", "change", "finish"])), name="route_decision_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="gapreview",
                    constraint=models.UniqueConstraint(fields=("review", "gap"), name="gap_review_once"),
                ),
                migrations.AddConstraint(
                    model_name="gapreview",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["1", "2", "3", "4", "5"])), name="gap_outcome_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="routestep",
                    constraint=models.UniqueConstraint(fields=("route", "version"), name="route_step_once"),
                ),
                migrations.AddConstraint(
                    model_name="routeversion",
                    constraint=models.UniqueConstraint(fields=("route", "number"), name="route_version_once"),
                ),
                migrations.AddConstraint(
                    model_name="routeversion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("paper__in", ["order", "council"])), name="route_version_paper_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="routeversion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("number", 1),
                            models.Q(("number__gt", 1), models.Q(("why", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="route_version_says_why",
                    ),
                ),
            ]
        ),
        TrackHistory("Route", insert=True, keep=["kind"]),
        TrackHistory("RouteStep"),
        TrackHistory("RoutePart", insert=True, keep=["subject"]),
        TrackHistory("RouteVersion", ignore=["content"], keep=["number"]),
        TrackHistory("RouteAgreement", insert=True, keep=["side"]),
        TrackHistory("RouteReview", insert=True, keep=["period"]),
        TrackHistory("GapReview", insert=True),
        TrackHistory("Gap", insert=True, keep=["topic"]),
        TrackHistory("GapControl", insert=True, keep=["on"]),
        TrackHistory("PlanStep", insert=True, keep=["kind"]),
    ]
