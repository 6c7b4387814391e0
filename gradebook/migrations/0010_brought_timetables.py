import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from common.history import TrackHistory


class Migration(migrations.Migration):
    dependencies = [
        ("gradebook", "0009_conceal_codes"),
        ("school", "0018_school_day"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BroughtTimetable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=255, verbose_name="файл")),
                ("sheet", models.CharField(blank=True, default="", max_length=255, verbose_name="лист")),
                ("head", models.JSONField(default=list, verbose_name="заголовки")),
                ("rows", models.JSONField(default=list, verbose_name="строки")),
                ("first", models.PositiveIntegerField(default=2, verbose_name="первая строка")),
                ("columns", models.JSONField(default=dict, verbose_name="что в столбцах")),
                ("words", models.JSONField(default=dict, verbose_name="виды работ по словам файла")),
                ("subjects", models.JSONField(default=dict, verbose_name="предметы по словам файла")),
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
                        max_length=8,
                        verbose_name="состояние",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="загружен")),
                ("written_at", models.DateTimeField(blank=True, null=True, verbose_name="записан")),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="отменён")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.academicyear"
                    ),
                ),
            ],
            options={
                "verbose_name": "загруженный график работ",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "written", "undone", "dropped"])),
                        name="brought_timetable_state_known",
                    )
                ],
            },
        ),
        TrackHistory("BroughtTimetable", insert=True, conceal=["head", "rows", "columns", "words", "subjects"]),
    ]
