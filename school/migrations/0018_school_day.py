import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models

import school.models.calendar
import school.models.timetable
from common.history import TrackHistory
from common.operations import CreateTogether


class Migration(migrations.Migration):
    dependencies = [
        ("school", "0001_squashed_0017"),
    ]

    operations = [
        migrations.AlterField(
            model_name="responsibility",
            name="kind",
            field=models.CharField(
                choices=[
                    ("tutor", "Тьютор"),
                    ("mentor", "Наставник"),
                    ("psychologist", "Психолог случая"),
                    ("speech_therapist", "Логопед"),
                    ("social_pedagogue", "Социальный педагог"),
                    ("extra_lessons", "Ведёт дополнительное занятие"),
                ],
                max_length=24,
                verbose_name="в каком качестве",
            ),
        ),
        CreateTogether(
            operations=[
                migrations.CreateModel(
                    name="BusRun",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=100, verbose_name="рейс")),
                        (
                            "weekdays",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveSmallIntegerField(), size=None, verbose_name="дни недели"
                            ),
                        ),
                        ("leaves", models.TimeField(verbose_name="отправление")),
                        (
                            "walk",
                            models.PositiveSmallIntegerField(default=0, verbose_name="минут на дорогу до автобуса"),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="buses", to="school.school"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "рейс школьного автобуса",
                        "ordering": ["leaves", "title"],
                    },
                ),
                migrations.CreateModel(
                    name="BusRider",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("starts", models.DateField(blank=True, null=True, verbose_name="с")),
                        ("ends", models.DateField(blank=True, null=True, verbose_name="по")),
                        (
                            "pupil",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="bus_rides", to="school.pupil"
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="riders", to="school.busrun"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "пассажир школьного автобуса",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="LessonSlot",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "weekday",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (1, "понедельник"),
                                    (2, "вторник"),
                                    (3, "среда"),
                                    (4, "четверг"),
                                    (5, "пятница"),
                                    (6, "суббота"),
                                ],
                                verbose_name="день недели",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="урок")),
                        (
                            "shift",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "1-я смена"), (2, "2-я смена")], default=1, verbose_name="смена"
                            ),
                        ),
                        ("room", models.CharField(blank=True, default="", max_length=20, verbose_name="кабинет")),
                        ("starts", models.DateField(blank=True, null=True, verbose_name="с")),
                        ("ends", models.DateField(blank=True, null=True, verbose_name="по")),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.school"
                            ),
                        ),
                        (
                            "school_class",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lessons",
                                to="school.schoolclass",
                            ),
                        ),
                        (
                            "staff",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="lessons",
                                to="school.staff",
                            ),
                        ),
                        (
                            "subgroup",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="school.subgroup",
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
                    ],
                    options={
                        "verbose_name": "урок расписания",
                        "ordering": ["weekday", "shift", "number", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Bell",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "shift",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "1-я смена"), (2, "2-я смена")], default=1, verbose_name="смена"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="урок")),
                        ("starts", models.TimeField(verbose_name="начало")),
                        ("ends", models.TimeField(verbose_name="конец")),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="bells", to="school.school"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "звонок",
                        "ordering": ["shift", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("school", "shift", "number"), name="bell_once"),
                            models.CheckConstraint(condition=models.Q(("shift__in", [1, 2])), name="bell_shift_known"),
                            models.CheckConstraint(
                                condition=models.Q(("number__range", (0, 12))), name="bell_number_range"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("starts__lt", models.F("ends"))), name="bell_ends_later"
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                                expressions=[
                                    ("school", "="),
                                    ("shift", "="),
                                    (school.models.timetable.TimeSpan("starts", "ends"), "&&"),
                                ],
                                name="bells_do_not_overlap",
                            ),
                        ],
                    },
                ),
                migrations.AddConstraint(
                    model_name="busrun",
                    constraint=models.UniqueConstraint(fields=("school", "title", "leaves"), name="bus_once"),
                ),
                migrations.AddConstraint(
                    model_name="busrun",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("weekdays__len", 0), _negated=True), name="bus_has_days"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="busrun",
                    constraint=models.CheckConstraint(condition=models.Q(("walk__lte", 60)), name="bus_walk_range"),
                ),
                migrations.AddConstraint(
                    model_name="busrider",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("run", "="), ("pupil", "="), (school.models.calendar.DateSpan(), "&&")],
                        name="bus_rider_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="lessonslot",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("weekday__in", [1, 2, 3, 4, 5, 6])), name="slot_weekday_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="lessonslot",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("shift__in", [1, 2])), name="slot_shift_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="lessonslot",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("number__range", (0, 12))), name="slot_number_range"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="lessonslot",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("starts__isnull", True),
                            ("ends__isnull", True),
                            ("starts__lte", models.F("ends")),
                            _connector="OR",
                        ),
                        name="slot_days_in_order",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="lessonslot",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("school_class", "="),
                            ("weekday", "="),
                            ("shift", "="),
                            ("number", "="),
                            (django.db.models.functions.comparison.Coalesce(models.F("subgroup"), 0), "="),
                            (school.models.calendar.DateSpan(), "&&"),
                        ],
                        name="slot_once",
                    ),
                ),
            ]
        ),
        TrackHistory("Bell", insert=True, keep=["number", "shift"]),
        TrackHistory("LessonSlot", insert=True, keep=["school_class", "weekday", "number"]),
        TrackHistory("BusRun", insert=True, keep=["title"]),
        TrackHistory("BusRider", insert=True, keep=["run"]),
    ]
