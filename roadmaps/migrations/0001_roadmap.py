import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from common.history import TrackHistory
from common.operations import CreateTogether


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("documents", "0001_squashed_0002"),
        ("school", "0018_school_day"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether(
            operations=[
                migrations.CreateModel(
                    name="Direction",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="номер")),
                        ("name", models.CharField(max_length=200, verbose_name="название")),
                    ],
                    options={
                        "verbose_name": "направление дорожной карты",
                        "ordering": ["number"],
                    },
                ),
                migrations.CreateModel(
                    name="Activity",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="номер")),
                        ("title", models.CharField(max_length=600, verbose_name="мероприятие")),
                        ("form", models.CharField(blank=True, default="", max_length=120, verbose_name="форма")),
                        ("term_text", models.CharField(max_length=200, verbose_name="срок")),
                        (
                            "term_kind",
                            models.CharField(
                                choices=[
                                    ("month", "В одном месяце"),
                                    ("months", "В нескольких месяцах"),
                                    ("range", "С месяца по месяц"),
                                    ("recurring", "Периодически"),
                                    ("period", "Каждый учебный период"),
                                    ("date", "На определённый день"),
                                    ("all_year", "В течение года"),
                                    ("continuous", "Постоянно"),
                                    ("as_needed", "По мере необходимости"),
                                    ("by_schedule", "По другому графику"),
                                ],
                                max_length=12,
                                verbose_name="вид срока",
                            ),
                        ),
                        ("term", models.JSONField(blank=True, default=dict, verbose_name="срок по частям")),
                        (
                            "duties",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=24),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="ответственные",
                            ),
                        ),
                        (
                            "others",
                            models.CharField(blank=True, default="", max_length=200, verbose_name="кто ещё отвечает"),
                        ),
                        (
                            "contingent",
                            models.CharField(blank=True, default="", max_length=200, verbose_name="контингент"),
                        ),
                        (
                            "venue",
                            models.CharField(blank=True, default="", max_length=200, verbose_name="место проведения"),
                        ),
                        (
                            "result",
                            models.CharField(
                                blank=True, default="", max_length=300, verbose_name="ожидаемый результат"
                            ),
                        ),
                        (
                            "expected",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("local_act", "Локальный акт"),
                                    ("protocol", "Протокол"),
                                    ("test_analysis", "Анализ работы"),
                                    ("term_report", "Отчёт за период"),
                                    ("analytical_note", "Аналитическая справка"),
                                    ("registry", "Сведения реестра"),
                                    ("ieo_route", "Индивидуальные маршруты"),
                                    ("methodical", "Методические рекомендации"),
                                    ("causes_record", "Записи о причинах"),
                                    ("individual_work_journal", "Журнал индивидуальной работы"),
                                    ("student_talks_journal", "Журнал бесед с обучающимися"),
                                    ("parent_talks_journal", "Журнал бесед с родителями"),
                                    ("other", "Другой документ"),
                                ],
                                default="",
                                max_length=24,
                                verbose_name="вид документа",
                            ),
                        ),
                        (
                            "with_specialists",
                            models.BooleanField(default=False, verbose_name="с участием специалистов"),
                        ),
                        ("with_point", models.BooleanField(default=False, verbose_name="с ресурсами «Точки роста»")),
                        ("origin", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("removed_on", models.DateField(blank=True, null=True, verbose_name="исключено")),
                        (
                            "removed_why",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="почему исключено"),
                        ),
                        (
                            "people",
                            models.ManyToManyField(
                                blank=True, related_name="+", to="school.staff", verbose_name="поимённо"
                            ),
                        ),
                        (
                            "direction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="activities",
                                to="roadmaps.direction",
                                verbose_name="направление",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "мероприятие дорожной карты",
                        "ordering": ["direction__number", "number"],
                    },
                ),
                migrations.CreateModel(
                    name="Occurrence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(blank=True, default="", max_length=24)),
                        ("title", models.CharField(blank=True, default="", max_length=60, verbose_name="за что")),
                        ("starts", models.DateField(verbose_name="с")),
                        ("ends", models.DateField(verbose_name="срок")),
                        ("first_ends", models.DateField(verbose_name="первоначальный срок")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "Запланировано"),
                                    ("moved", "Перенесено"),
                                    ("held", "Проведено"),
                                    ("cancelled", "Отменено"),
                                ],
                                default="planned",
                                max_length=10,
                                verbose_name="состояние",
                            ),
                        ),
                        ("held_on", models.DateField(blank=True, null=True, verbose_name="проведено")),
                        (
                            "note",
                            models.CharField(
                                blank=True, default="", max_length=300, verbose_name="что сделано или почему"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=0)),
                        (
                            "activity",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="occurrences",
                                to="roadmaps.activity",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "проведение мероприятия",
                        "ordering": ["ends", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Evidence",
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
                                    ("protocol", "Протокол"),
                                    ("list", "Список"),
                                    ("photo", "Фотография"),
                                    ("link", "Ссылка"),
                                    ("other", "Другой документ"),
                                ],
                                max_length=10,
                                verbose_name="вид",
                            ),
                        ),
                        ("title", models.CharField(max_length=150, verbose_name="название")),
                        ("url", models.URLField(blank=True, default="", max_length=400, verbose_name="адрес")),
                        ("at", models.DateTimeField(verbose_name="добавлено")),
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
                            "file",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.storedfile",
                            ),
                        ),
                        (
                            "occurrence",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="evidence",
                                to="roadmaps.occurrence",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "подтверждение мероприятия",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="OccurrenceStep",
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
                                    ("hold", "отмечено проведённым"),
                                    ("move", "перенесено"),
                                    ("cancel", "отменено"),
                                    ("return", "отметка снята"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("was", models.DateField(blank=True, null=True, verbose_name="прежний срок")),
                        ("becomes", models.DateField(blank=True, null=True, verbose_name="новый срок")),
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
                            "occurrence",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="roadmaps.occurrence",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "шаг мероприятия",
                        "ordering": ["version"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Roadmap",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=300, verbose_name="название")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Проект"),
                                    ("approved", "Утверждена"),
                                    ("corrected", "Корректируется"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="состояние",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(default=0, verbose_name="утверждённая редакция")),
                        (
                            "order_number",
                            models.CharField(blank=True, default="", max_length=40, verbose_name="номер приказа"),
                        ),
                        ("order_date", models.DateField(blank=True, null=True, verbose_name="дата приказа")),
                        ("version", models.PositiveIntegerField(default=0, verbose_name="версия")),
                        ("at", models.DateTimeField(verbose_name="составлена")),
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
                            "year",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="school.academicyear"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "дорожная карта",
                        "ordering": ["-year__start"],
                    },
                ),
                migrations.AddField(
                    model_name="direction",
                    name="roadmap",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="directions", to="roadmaps.roadmap"
                    ),
                ),
                migrations.AddField(
                    model_name="activity",
                    name="roadmap",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="activities", to="roadmaps.roadmap"
                    ),
                ),
                migrations.CreateModel(
                    name="RoadmapStep",
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
                            "roadmap",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="roadmaps.roadmap"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "шаг дорожной карты",
                        "ordering": ["version"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="RoadmapTable",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=255, verbose_name="файл")),
                        ("sheet", models.CharField(blank=True, default="", max_length=255, verbose_name="лист")),
                        ("head", models.JSONField(default=list, verbose_name="заголовки")),
                        ("rows", models.JSONField(default=list, verbose_name="строки")),
                        ("first", models.PositiveIntegerField(default=2, verbose_name="первая строка")),
                        ("columns", models.JSONField(default=dict, verbose_name="что в столбцах")),
                        ("written", models.JSONField(default=list, verbose_name="что записано")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "Ждёт решения"),
                                    ("written", "Записан"),
                                    ("undone", "Отменён"),
                                    ("dropped", "Отброшен"),
                                ],
                                default="open",
                                max_length=10,
                                verbose_name="состояние",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="загружен")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "roadmap",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tables",
                                to="roadmaps.roadmap",
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
                        "verbose_name": "загруженная дорожная карта",
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="RoadmapVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="редакция")),
                        ("order_number", models.CharField(max_length=40, verbose_name="номер приказа")),
                        ("order_date", models.DateField(verbose_name="дата приказа")),
                        (
                            "grounds",
                            models.CharField(
                                blank=True, default="", max_length=500, verbose_name="основание корректировки"
                            ),
                        ),
                        ("body", models.JSONField(verbose_name="содержание")),
                        ("at", models.DateTimeField(verbose_name="утверждена")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "roadmap",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="roadmaps.roadmap",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "редакция дорожной карты",
                        "ordering": ["-number"],
                    },
                ),
                migrations.AddIndex(
                    model_name="occurrence",
                    index=models.Index(fields=["activity", "state", "ends"], name="occurrence_by_term"),
                ),
                migrations.AddConstraint(
                    model_name="occurrence",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("key", ""), _negated=True),
                        fields=("activity", "key"),
                        name="occurrence_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="occurrence",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__in", ["planned", "moved", "held", "cancelled"])),
                        name="occurrence_state_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="occurrence",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("starts__lte", models.F("ends"))), name="occurrence_days_in_order"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="occurrence",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("held_on__isnull", False), ("state", "held")),
                            models.Q(models.Q(("state", "held"), _negated=True), ("held_on__isnull", True)),
                            _connector="OR",
                        ),
                        name="occurrence_held_has_day",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="occurrence",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["moved", "cancelled"]), _negated=True),
                            models.Q(("note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="occurrence_grounds",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="evidence",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind__in", ["protocol", "list", "photo", "link", "other"])),
                        name="evidence_kind_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="evidence",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("file__isnull", True), ("kind", "link"), models.Q(("url", ""), _negated=True)),
                            models.Q(models.Q(("kind", "link"), _negated=True), ("file__isnull", False), ("url", "")),
                            _connector="OR",
                        ),
                        name="evidence_file_or_address",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="evidence",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_why", "")),
                            models.Q(("withdrawn_at__isnull", False), models.Q(("withdrawn_why", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="evidence_withdrawn_says_why",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="roadmap",
                    constraint=models.UniqueConstraint(fields=("school", "year"), name="roadmap_once_a_year"),
                ),
                migrations.AddConstraint(
                    model_name="roadmap",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "approved", "corrected"])),
                        name="roadmap_state_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="roadmap",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("number", 0), ("state", "draft")),
                            models.Q(
                                ("number__gt", 0),
                                ("order_date__isnull", False),
                                models.Q(("order_number", ""), _negated=True),
                                models.Q(("state", "draft"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="roadmap_approved_has_order",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="direction",
                    constraint=models.UniqueConstraint(fields=("roadmap", "number"), name="roadmap_direction_once"),
                ),
                migrations.AddConstraint(
                    model_name="activity",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "term_kind__in",
                                [
                                    "month",
                                    "months",
                                    "range",
                                    "recurring",
                                    "period",
                                    "date",
                                    "all_year",
                                    "continuous",
                                    "as_needed",
                                    "by_schedule",
                                ],
                            )
                        ),
                        name="activity_term_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="activity",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True), models.Q(("term_text", ""), _negated=True)
                        ),
                        name="activity_has_title",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="activity",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("expected", ""),
                            (
                                "expected__in",
                                [
                                    "local_act",
                                    "protocol",
                                    "test_analysis",
                                    "term_report",
                                    "analytical_note",
                                    "registry",
                                    "ieo_route",
                                    "methodical",
                                    "causes_record",
                                    "individual_work_journal",
                                    "student_talks_journal",
                                    "parent_talks_journal",
                                    "other",
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="activity_expected_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="activity",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("removed_on__isnull", True), ("removed_why", "")),
                            models.Q(("removed_on__isnull", False), models.Q(("removed_why", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="activity_removed_says_why",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="roadmaptable",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "written", "undone", "dropped"])),
                        name="roadmap_table_state_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="roadmapversion",
                    constraint=models.UniqueConstraint(fields=("roadmap", "number"), name="roadmap_version_once"),
                ),
            ]
        ),
        TrackHistory("Roadmap", insert=True),
        TrackHistory("RoadmapStep"),
        TrackHistory("RoadmapVersion"),
        TrackHistory("RoadmapTable", insert=True),
        TrackHistory("Direction", insert=True),
        TrackHistory("Activity", insert=True, keep=["number"]),
        TrackHistory("Activity.people", insert=True),
        TrackHistory("Occurrence", insert=True, keep=["activity"]),
        TrackHistory("OccurrenceStep"),
        TrackHistory("Evidence", insert=True, keep=["occurrence"]),
    ]
