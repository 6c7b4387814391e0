import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from common.history import TrackHistory
from common.operations import CreateTogether


class Migration(migrations.Migration):
    dependencies = [
        ("roadmaps", "0001_roadmap"),
        ("school", "0019_guardians"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether(
            [
                migrations.CreateModel(
                    name="Program",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "template",
                            models.CharField(
                                choices=[
                                    ("long", "Долгосрочная программа"),
                                    ("year", "Программа на один год"),
                                    ("blank", "Программа школы"),
                                ],
                                max_length=10,
                                verbose_name="шаблон",
                            ),
                        ),
                        ("title", models.CharField(max_length=300, verbose_name="название")),
                        (
                            "term",
                            models.CharField(blank=True, default="", max_length=200, verbose_name="срок реализации"),
                        ),
                        ("starts_on", models.DateField(verbose_name="действует с")),
                        ("ends_on", models.DateField(verbose_name="действует по")),
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
                            "protocol_number",
                            models.CharField(
                                blank=True, default="", max_length=40, verbose_name="номер протокола педсовета"
                            ),
                        ),
                        ("protocol_date", models.DateField(blank=True, null=True, verbose_name="дата педсовета")),
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
                    ],
                    options={
                        "verbose_name": "программа профилактики",
                        "ordering": ["-starts_on", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ProgramDirection",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="номер")),
                        ("name", models.CharField(max_length=300, verbose_name="название")),
                        ("part", models.CharField(blank=True, default="", max_length=20, verbose_name="из каталога")),
                        (
                            "program",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="directions",
                                to="roadmaps.program",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "направление программы",
                        "ordering": ["number"],
                    },
                ),
                migrations.CreateModel(
                    name="ProgramIndicator",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=8, verbose_name="код")),
                        ("number", models.PositiveSmallIntegerField(verbose_name="номер")),
                        ("title", models.CharField(max_length=600, verbose_name="название")),
                        (
                            "unit",
                            models.CharField(
                                choices=[
                                    ("percent", "доля,\xa0%"),
                                    ("count", "количество"),
                                    ("presence", "наличие"),
                                    ("decrease", "снижение доли,\xa0%"),
                                ],
                                max_length=10,
                                verbose_name="что это",
                            ),
                        ),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("auto", "считается сам"),
                                    ("semi", "считается по справочнику"),
                                    ("manual", "вводится вручную"),
                                ],
                                max_length=10,
                                verbose_name="откуда значение",
                            ),
                        ),
                        (
                            "baseline_raw",
                            models.CharField(blank=True, default="", max_length=60, verbose_name="исходное значение"),
                        ),
                        (
                            "baseline",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=8, null=True, verbose_name="исходное число"
                            ),
                        ),
                        ("targets", models.JSONField(default=list, verbose_name="план по годам")),
                        ("reading", models.CharField(blank=True, default="", max_length=12, verbose_name="прочтение")),
                        (
                            "reading_why",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="почему так"),
                        ),
                        ("own", models.BooleanField(default=False, verbose_name="показатель школы")),
                        (
                            "direction",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="indicators",
                                to="roadmaps.programdirection",
                            ),
                        ),
                        (
                            "program",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="indicators",
                                to="roadmaps.program",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "показатель программы",
                        "ordering": ["number", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ProgramLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "section",
                            models.CharField(
                                choices=[
                                    ("goal", "Цель"),
                                    ("task", "Задачи"),
                                    ("stage", "Этапы и сроки"),
                                    ("executor", "Исполнители"),
                                    ("group", "Рабочая группа"),
                                    ("method", "Методы сбора и обработки информации"),
                                    ("result", "Ожидаемые результаты"),
                                    ("governance", "Порядок управления"),
                                ],
                                max_length=12,
                                verbose_name="раздел",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="номер")),
                        ("text", models.TextField(blank=True, default="", verbose_name="текст")),
                        ("rhythm", models.CharField(blank=True, default="", max_length=200, verbose_name="когда")),
                        ("starts_on", models.DateField(blank=True, null=True, verbose_name="начало")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="окончание")),
                        ("remark", models.CharField(blank=True, default="", max_length=300, verbose_name="замечание")),
                        (
                            "direction",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="tasks",
                                to="roadmaps.programdirection",
                            ),
                        ),
                        (
                            "program",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="roadmaps.program"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "строка паспорта программы",
                        "ordering": ["section", "number"],
                    },
                ),
                migrations.CreateModel(
                    name="ProgramStep",
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
                            "program",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="roadmaps.program"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "шаг программы",
                        "ordering": ["version"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ProgramVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="редакция")),
                        ("protocol_number", models.CharField(max_length=40, verbose_name="номер протокола педсовета")),
                        ("protocol_date", models.DateField(verbose_name="дата педсовета")),
                        (
                            "grounds",
                            models.CharField(
                                blank=True, default="", max_length=500, verbose_name="основание изменений"
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
                            "program",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="roadmaps.program",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "редакция программы",
                        "ordering": ["-number"],
                    },
                ),
                migrations.AddConstraint(
                    model_name="program",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "approved", "corrected"])),
                        name="program_state_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="program",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("starts_on"))), name="program_ends_later"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="program",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("number", 0), ("state", "draft")),
                            models.Q(
                                ("number__gt", 0),
                                ("protocol_date__isnull", False),
                                models.Q(("protocol_number", ""), _negated=True),
                                models.Q(("state", "draft"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="program_approved_has_protocol",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="programdirection",
                    constraint=models.UniqueConstraint(fields=("program", "number"), name="program_direction_once"),
                ),
                migrations.AddConstraint(
                    model_name="programindicator",
                    constraint=models.UniqueConstraint(fields=("program", "code"), name="program_indicator_once"),
                ),
                migrations.AddConstraint(
                    model_name="programindicator",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("unit__in", ["percent", "count", "presence", "decrease"])),
                        name="program_indicator_unit_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="programindicator",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("origin__in", ["auto", "semi", "manual"])),
                        name="program_indicator_origin_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="programindicator",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "reading__in",
                                [
                                    "",
                                    "level",
                                    "added",
                                    "relative",
                                    "points",
                                    "in_year",
                                    "since_start",
                                    "in_all",
                                    "each_level",
                                ],
                            )
                        ),
                        name="program_indicator_reading_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="programline",
                    constraint=models.UniqueConstraint(
                        fields=("program", "section", "number"), name="program_line_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="programline",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "section__in",
                                ["goal", "task", "stage", "executor", "group", "method", "result", "governance"],
                            )
                        ),
                        name="program_line_section_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="programline",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="program_stage_days",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="programversion",
                    constraint=models.UniqueConstraint(fields=("program", "number"), name="program_version_once"),
                ),
            ]
        ),
        TrackHistory("Program", insert=True),
        TrackHistory("ProgramDirection", insert=True),
        TrackHistory("ProgramLine", insert=True, keep=["section", "number"]),
        TrackHistory("ProgramIndicator", insert=True, keep=["code"]),
        TrackHistory("ProgramStep"),
        TrackHistory("ProgramVersion"),
    ]
