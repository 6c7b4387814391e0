import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import school.models.calendar
import school.models.timetable
from common.history import TrackHistory
from common.operations import CreateTogether


class Migration(migrations.Migration):
    dependencies = [
        ("iom", "0002_mentoring_and_programs"),
        ("school", "0018_school_day"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether(
            operations=[
                migrations.CreateModel(
                    name="ExtraGroup",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=120, verbose_name="название")),
                        ("room", models.CharField(blank=True, default="", max_length=20, verbose_name="кабинет")),
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
                        ("time_from", models.TimeField(verbose_name="начало")),
                        ("time_to", models.TimeField(verbose_name="конец")),
                        ("begins", models.DateField(verbose_name="с")),
                        ("ends", models.DateField(verbose_name="по")),
                        ("note", models.CharField(blank=True, default="", max_length=300, verbose_name="примечание")),
                        ("created_at", models.DateTimeField(verbose_name="создана")),
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
                            "teacher",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="extra_groups",
                                to="school.staff",
                                verbose_name="ведёт",
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
                        "verbose_name": "группа дополнительных занятий",
                        "ordering": ["weekday", "time_from", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ExtraMember",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("begins", models.DateField(verbose_name="с")),
                        ("ends", models.DateField(verbose_name="по")),
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
                        ("time_from", models.TimeField(verbose_name="начало")),
                        ("time_to", models.TimeField(verbose_name="конец")),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="members", to="iom.extragroup"
                            ),
                        ),
                        (
                            "pupil",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="extra_memberships",
                                to="school.pupil",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "участник дополнительных занятий",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ExtraSession",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("on", models.DateField(verbose_name="когда")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "Назначена замена"),
                                    ("held", "Проведено"),
                                    ("undone", "Не состоялось"),
                                ],
                                max_length=8,
                                verbose_name="состояние",
                            ),
                        ),
                        (
                            "why",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("staff", "учителя не было"),
                                    ("pupils", "никто не пришёл"),
                                    ("event", "школьное мероприятие"),
                                    ("closed", "карантин или отмена занятий"),
                                    ("room", "не было кабинета"),
                                    ("other", "другое"),
                                ],
                                default="",
                                max_length=8,
                                verbose_name="почему не состоялось",
                            ),
                        ),
                        (
                            "note",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="тема или замечание"),
                        ),
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
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sessions",
                                to="iom.extragroup",
                            ),
                        ),
                        (
                            "staff",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="extra_substituted",
                                to="school.staff",
                                verbose_name="замена",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "дополнительное занятие",
                        "ordering": ["on", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ExtraAttendance",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("came", models.BooleanField(verbose_name="присутствовал")),
                        (
                            "pupil",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="extra_attendance",
                                to="school.pupil",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attendance",
                                to="iom.extrasession",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "посещение дополнительного занятия",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ExtraTable",
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
                                choices=[("extra", "Дополнительные занятия"), ("lessons", "Уроки")],
                                max_length=8,
                                verbose_name="что в файле",
                            ),
                        ),
                        ("name", models.CharField(max_length=255, verbose_name="файл")),
                        ("sheet", models.CharField(blank=True, default="", max_length=255, verbose_name="лист")),
                        ("head", models.JSONField(default=list, verbose_name="заголовки")),
                        ("rows", models.JSONField(default=list, verbose_name="строки")),
                        ("first", models.PositiveIntegerField(default=2, verbose_name="первая строка")),
                        ("columns", models.JSONField(default=dict, verbose_name="что в столбцах")),
                        ("settled", models.JSONField(default=dict, verbose_name="что значат слова файла")),
                        ("written", models.JSONField(default=list, verbose_name="что записано")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "Ждёт решения"),
                                    ("written", "Записано"),
                                    ("undone", "Отменено"),
                                    ("dropped", "Отброшено"),
                                ],
                                default="open",
                                max_length=8,
                                verbose_name="состояние",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="загружен")),
                        ("written_at", models.DateTimeField(blank=True, null=True, verbose_name="записан")),
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
                        "verbose_name": "загруженное расписание",
                        "ordering": ["-pk"],
                    },
                ),
                migrations.AddIndex(
                    model_name="extragroup",
                    index=models.Index(fields=["school", "year"], name="extra_by_year"),
                ),
                migrations.AddConstraint(
                    model_name="extragroup",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("weekday__in", [1, 2, 3, 4, 5, 6])), name="extra_weekday_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="extragroup",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("time_from__lt", models.F("time_to"))), name="extra_times_in_order"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="extragroup",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("begins__lte", models.F("ends"))), name="extra_days_in_order"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="extragroup",
                    constraint=models.UniqueConstraint(
                        fields=("id", "weekday", "time_from", "time_to"), name="extra_place_of_group"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="extragroup",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("teacher", "="),
                            ("weekday", "="),
                            (school.models.timetable.TimeSpan("time_from", "time_to"), "&&"),
                            (school.models.calendar.DateSpan("begins", "ends"), "&&"),
                        ],
                        name="extra_teacher_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="extragroup",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("room", ""), _negated=True),
                        expressions=[
                            ("school", "="),
                            (django.db.models.functions.text.Upper("room"), "="),
                            ("weekday", "="),
                            (school.models.timetable.TimeSpan("time_from", "time_to"), "&&"),
                            (school.models.calendar.DateSpan("begins", "ends"), "&&"),
                        ],
                        name="extra_room_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="extramember",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("begins__lte", models.F("ends"))), name="extra_member_days_in_order"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="extramember",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("pupil", "="),
                            ("weekday", "="),
                            (school.models.timetable.TimeSpan("time_from", "time_to"), "&&"),
                            (school.models.calendar.DateSpan("begins", "ends"), "&&"),
                        ],
                        name="extra_pupil_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="extrasession",
                    constraint=models.UniqueConstraint(fields=("group", "on"), name="extra_session_once"),
                ),
                migrations.AddConstraint(
                    model_name="extrasession",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__in", ["planned", "held", "undone"])),
                        name="extra_session_state_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="extrasession",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "undone"),
                                ("why__in", ["staff", "pupils", "event", "closed", "room", "other"]),
                            ),
                            models.Q(models.Q(("state", "undone"), _negated=True), ("why", "")),
                            _connector="OR",
                        ),
                        name="extra_cancelled_says_why",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="extrasession",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "planned"), _negated=True),
                            ("staff__isnull", False),
                            _connector="OR",
                        ),
                        name="extra_planned_has_substitute",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="extraattendance",
                    constraint=models.UniqueConstraint(fields=("session", "pupil"), name="extra_attendance_once"),
                ),
                migrations.AddConstraint(
                    model_name="extratable",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind__in", ["extra", "lessons"])), name="extra_table_kind_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="extratable",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "written", "undone", "dropped"])),
                        name="extra_table_state_known",
                    ),
                ),
            ]
        ),
        # A member's weekday and time are its group's, whoever writes: a pupil cannot be booked twice behind its back.
        migrations.RunSQL(
            "ALTER TABLE iom_extramember ADD CONSTRAINT extra_member_at_its_group"
            " FOREIGN KEY (group_id, weekday, time_from, time_to)"
            " REFERENCES iom_extragroup (id, weekday, time_from, time_to) ON UPDATE CASCADE",
            "ALTER TABLE iom_extramember DROP CONSTRAINT extra_member_at_its_group",
        ),
        TrackHistory("ExtraGroup", insert=True, keep=["title"]),
        TrackHistory("ExtraMember", insert=True, keep=["group"]),
        TrackHistory("ExtraSession", insert=True, keep=["group", "on"]),
        TrackHistory("ExtraAttendance", insert=True, keep=["session"]),
        TrackHistory("ExtraTable", insert=True, ignore=["rows", "head"], keep=["name"]),
    ]
