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
        ("school", "0018_school_day"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether(
            operations=[
                migrations.CreateModel(
                    name="Appointment",
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
                                    ("single", "Индивидуальная"),
                                    ("group", "Групповая"),
                                    ("parents", "С родителями"),
                                    ("test", "Диагностика"),
                                    ("staff", "С педагогом"),
                                ],
                                max_length=8,
                                verbose_name="вид",
                            ),
                        ),
                        ("on", models.DateField(verbose_name="день")),
                        ("time_from", models.TimeField(verbose_name="начало")),
                        ("time_to", models.TimeField(verbose_name="конец")),
                        ("room", models.CharField(blank=True, default="", max_length=20, verbose_name="кабинет")),
                        ("occasion", models.CharField(blank=True, default="", max_length=200, verbose_name="повод")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "Запланирована"),
                                    ("held", "Состоялась"),
                                    ("missed", "Не пришли"),
                                    ("undone", "Отменена"),
                                ],
                                default="planned",
                                max_length=8,
                                verbose_name="состояние",
                            ),
                        ),
                        (
                            "why",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("pupil", "обучающегося не будет"),
                                    ("staff", "специалиста не будет"),
                                    ("refused", "родители или обучающийся отказались"),
                                    ("closed", "школа закрыта"),
                                    ("needless", "стало не нужно"),
                                    ("other", "другое"),
                                ],
                                default="",
                                max_length=8,
                                verbose_name="почему отменена",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=0)),
                        ("booked_at", models.DateTimeField(verbose_name="записана")),
                        (
                            "booked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "colleague",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="school.staff",
                                verbose_name="педагог",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.school"
                            ),
                        ),
                        (
                            "specialist",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appointments",
                                to="school.staff",
                                verbose_name="специалист",
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
                        "verbose_name": "встреча со специалистом",
                        "ordering": ["on", "time_from", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="AppointmentPupil",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("present", models.BooleanField(default=True, verbose_name="обучающийся участвует")),
                        ("came", models.BooleanField(blank=True, null=True, verbose_name="был на встрече")),
                        ("on", models.DateField(verbose_name="день")),
                        ("time_from", models.TimeField(verbose_name="начало")),
                        ("time_to", models.TimeField(verbose_name="конец")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "Запланирована"),
                                    ("held", "Состоялась"),
                                    ("missed", "Не пришли"),
                                    ("undone", "Отменена"),
                                ],
                                max_length=8,
                                verbose_name="состояние",
                            ),
                        ),
                        (
                            "appointment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pupils",
                                to="consultations.appointment",
                            ),
                        ),
                        (
                            "consent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="school.consent",
                                verbose_name="согласие",
                            ),
                        ),
                        (
                            "guardian",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="school.guardian",
                                verbose_name="представитель",
                            ),
                        ),
                        (
                            "pupil",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="appointments",
                                to="school.pupil",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "участник встречи",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="AppointmentStep",
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
                                    ("book", "записана"),
                                    ("move", "перенесена"),
                                    ("hold", "отмечена состоявшейся"),
                                    ("miss", "не пришли"),
                                    ("cancel", "отменена"),
                                    ("reopen", "возвращена в план"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "appointment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="consultations.appointment",
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
                    ],
                    options={
                        "verbose_name": "шаг встречи",
                        "ordering": ["version"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="HoursException",
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
                                choices=[("off", "Приёма нет"), ("extra", "Дополнительный приём")],
                                max_length=8,
                                verbose_name="что меняется",
                            ),
                        ),
                        ("begins", models.DateField(verbose_name="с")),
                        ("ends", models.DateField(verbose_name="по")),
                        ("time_from", models.TimeField(blank=True, null=True, verbose_name="начало")),
                        ("time_to", models.TimeField(blank=True, null=True, verbose_name="конец")),
                        ("room", models.CharField(blank=True, default="", max_length=20, verbose_name="кабинет")),
                        ("why", models.CharField(blank=True, default="", max_length=200, verbose_name="причина")),
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
                            "specialist",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="hours_exceptions",
                                to="school.staff",
                                verbose_name="специалист",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "исключение из часов специалиста",
                        "ordering": ["begins", "time_from", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ServiceHours",
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
                        ("time_from", models.TimeField(verbose_name="начало")),
                        ("time_to", models.TimeField(verbose_name="конец")),
                        ("minutes", models.PositiveSmallIntegerField(default=40, verbose_name="минут на встречу")),
                        ("room", models.CharField(blank=True, default="", max_length=20, verbose_name="кабинет")),
                        (
                            "kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("single", "Индивидуальная"),
                                    ("group", "Групповая"),
                                    ("parents", "С родителями"),
                                    ("test", "Диагностика"),
                                    ("staff", "С педагогом"),
                                ],
                                default="",
                                max_length=8,
                                verbose_name="вид",
                            ),
                        ),
                        ("begins", models.DateField(verbose_name="с")),
                        ("ends", models.DateField(verbose_name="по")),
                        ("note", models.CharField(blank=True, default="", max_length=300, verbose_name="примечание")),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.school"
                            ),
                        ),
                        (
                            "specialist",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="service_hours",
                                to="school.staff",
                                verbose_name="специалист",
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
                        "verbose_name": "часы специалиста",
                        "ordering": ["weekday", "time_from", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="UrgentGrounds",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "ground",
                            models.CharField(
                                choices=[
                                    ("child", "обратился сам обучающийся"),
                                    ("threat", "угроза жизни или здоровью"),
                                ],
                                max_length=8,
                                verbose_name="основание",
                            ),
                        ),
                        ("words", models.CharField(max_length=1000, verbose_name="обстоятельства")),
                        ("at", models.DateTimeField(verbose_name="записано")),
                        ("seen_at", models.DateTimeField(blank=True, null=True, verbose_name="принято к сведению")),
                        (
                            "appointment",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="urgent",
                                to="consultations.appointment",
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
                            "seen_by",
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
                        "verbose_name": "основание срочной встречи",
                    },
                ),
                migrations.AddIndex(
                    model_name="appointment",
                    index=models.Index(fields=["school", "year", "on"], name="appointment_by_day"),
                ),
                migrations.AddConstraint(
                    model_name="appointment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind__in", ["single", "group", "parents", "test", "staff"])),
                        name="appointment_kind_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="appointment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__in", ["planned", "held", "missed", "undone"])),
                        name="appointment_state_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="appointment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("time_from__lt", models.F("time_to"))), name="appointment_times_in_order"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="appointment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "undone"),
                                ("why__in", ["pupil", "staff", "refused", "closed", "needless", "other"]),
                            ),
                            models.Q(
                                models.Q(("state", "undone"), _negated=True),
                                ("why", ""),
                            ),
                            _connector="OR",
                        ),
                        name="appointment_cancelled_says_why",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="appointment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("colleague__isnull", False), ("kind", "staff")),
                            models.Q(
                                models.Q(("kind", "staff"), _negated=True),
                                ("colleague__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="appointment_colleague_for_staff",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="appointment",
                    constraint=models.UniqueConstraint(
                        fields=("id", "on", "time_from", "time_to", "state"), name="appointment_place_and_state"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="appointment",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("state__in", ["planned", "held"])),
                        expressions=[
                            ("specialist", "="),
                            ("on", "="),
                            (school.models.timetable.TimeSpan("time_from", "time_to"), "&&"),
                        ],
                        name="appointment_specialist_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="appointment",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("state__in", ["planned", "held"]), models.Q(("room", ""), _negated=True)),
                        expressions=[
                            ("school", "="),
                            (django.db.models.functions.text.Upper("room"), "="),
                            ("on", "="),
                            (school.models.timetable.TimeSpan("time_from", "time_to"), "&&"),
                        ],
                        name="appointment_room_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="appointmentpupil",
                    constraint=models.UniqueConstraint(
                        fields=("appointment", "pupil"), name="appointment_pupil_once_in_it"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="appointmentpupil",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("state__in", ["planned", "held"]), ("present", True)),
                        expressions=[
                            ("pupil", "="),
                            ("on", "="),
                            (school.models.timetable.TimeSpan("time_from", "time_to"), "&&"),
                        ],
                        name="appointment_pupil_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="hoursexception",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind__in", ["off", "extra"])), name="hours_exception_kind_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="hoursexception",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("begins__lte", models.F("ends"))), name="hours_exception_days_in_order"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="hoursexception",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("time_from__lt", models.F("time_to")),
                            models.Q(
                                ("kind", "off"),
                                ("time_from__isnull", True),
                                ("time_to__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="hours_exception_times",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="servicehours",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("weekday__in", [1, 2, 3, 4, 5, 6])), name="service_hours_weekday_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="servicehours",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("time_from__lt", models.F("time_to"))), name="service_hours_times_in_order"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="servicehours",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("begins__lte", models.F("ends"))), name="service_hours_days_in_order"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="servicehours",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("minutes__range", (5, 180))), name="service_hours_minutes_range"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="servicehours",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("kind", ""), ("kind__in", ["single", "group", "parents", "test", "staff"]), _connector="OR"
                        ),
                        name="service_hours_kind_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="servicehours",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("specialist", "="),
                            ("weekday", "="),
                            (school.models.timetable.TimeSpan("time_from", "time_to"), "&&"),
                            (school.models.calendar.DateSpan("begins", "ends"), "&&"),
                        ],
                        name="service_hours_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="urgentgrounds",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("ground__in", ["child", "threat"])), name="urgent_ground_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="urgentgrounds",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="urgent_words_written"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="urgentgrounds",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("seen_at__isnull", True), ("seen_by__isnull", True)),
                            models.Q(("seen_at__isnull", False), ("seen_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="urgent_seen_by_and_when",
                    ),
                ),
            ]
        ),
        # A pupil's row has its meeting's day, times and state, whoever writes: nobody is booked twice behind its back.
        migrations.RunSQL(
            "ALTER TABLE consultations_appointmentpupil ADD CONSTRAINT appointment_pupil_at_its_meeting"
            ' FOREIGN KEY (appointment_id, "on", time_from, time_to, state)'
            ' REFERENCES consultations_appointment (id, "on", time_from, time_to, state) ON UPDATE CASCADE',
            "ALTER TABLE consultations_appointmentpupil DROP CONSTRAINT appointment_pupil_at_its_meeting",
        ),
        TrackHistory("ServiceHours", insert=True, keep=["specialist"]),
        TrackHistory("HoursException", insert=True, keep=["specialist"]),
        TrackHistory("Appointment", insert=True, keep=["specialist", "on"]),
        TrackHistory("AppointmentPupil", insert=True, keep=["appointment"]),
        TrackHistory("AppointmentStep"),
        TrackHistory("UrgentGrounds", insert=True, conceal=["ground", "words"], keep=["appointment"]),
    ]
