import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from common.history import TrackHistory
from common.operations import CreateTogether


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0001_hours_and_meetings"),
        ("school", "0018_school_day"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether(
            operations=[
                migrations.CreateModel(
                    name="MeetingNotice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("begins", models.DateField(verbose_name="с")),
                        ("ends", models.DateField(verbose_name="по")),
                        ("content", models.JSONField(verbose_name="встречи")),
                        ("at", models.DateTimeField(verbose_name="составлен")),
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
                                related_name="meeting_notices",
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
                        "verbose_name": "график встреч обучающегося",
                        "ordering": ["-at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="NoticeAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "way",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("paper", "под подпись"),
                                    ("person", "лично"),
                                    ("phone", "по телефону"),
                                    ("journal", "через электронный журнал"),
                                ],
                                default="",
                                max_length=8,
                                verbose_name="как",
                            ),
                        ),
                        ("told_on", models.DateField(blank=True, null=True, verbose_name="когда доведён")),
                        (
                            "answer",
                            models.CharField(
                                choices=[("none", "Ответа нет"), ("known", "Ознакомлены"), ("declined", "Отказались")],
                                default="none",
                                max_length=8,
                                verbose_name="ответ",
                            ),
                        ),
                        ("note", models.CharField(blank=True, default="", max_length=300, verbose_name="замечание")),
                        ("at", models.DateTimeField(blank=True, null=True, verbose_name="записано")),
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
                            "notice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="answers",
                                to="consultations.meetingnotice",
                            ),
                        ),
                        (
                            "pupil",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.pupil"
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
                                verbose_name="классный руководитель",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ознакомление с графиком встреч",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ServiceSchedule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="номер")),
                        ("on", models.DateField(verbose_name="утверждён")),
                        ("content", models.JSONField(verbose_name="содержание")),
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
                        "verbose_name": "график психологической помощи",
                        "ordering": ["-on", "-number"],
                    },
                ),
                migrations.CreateModel(
                    name="LessonVisit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("on", models.DateField(verbose_name="когда")),
                        ("lesson", models.CharField(max_length=200, verbose_name="на каком занятии")),
                        ("remark", models.CharField(blank=True, default="", max_length=300, verbose_name="замечание")),
                        ("at", models.DateTimeField(verbose_name="записано")),
                        (
                            "appointment",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="consultations.appointment",
                                verbose_name="встреча",
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
                            "guardian",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="school.guardian",
                                verbose_name="кто был",
                            ),
                        ),
                        (
                            "pupil",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lesson_visits",
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
                        "verbose_name": "посещение занятия родителями",
                        "ordering": ["-on", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("lesson", ""), _negated=True), name="lesson_visit_names_lesson"
                            )
                        ],
                    },
                ),
                migrations.AddConstraint(
                    model_name="meetingnotice",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("begins__lte", models.F("ends"))), name="meeting_notice_days"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="noticeanswer",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("guardian__isnull", False)),
                        fields=("notice", "guardian"),
                        name="notice_guardian_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="noticeanswer",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("staff__isnull", False)),
                        fields=("notice", "staff"),
                        name="notice_staff_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="noticeanswer",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("guardian__isnull", True), ("staff__isnull", True), _connector="XOR"),
                        name="notice_to_somebody",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="noticeanswer",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("way", ""), ("way__in", ["paper", "person", "phone", "journal"]), _connector="OR"
                        ),
                        name="notice_way_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="noticeanswer",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("answer__in", ["none", "known", "declined"])), name="notice_answer_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="noticeanswer",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer", "none"),
                                ("at__isnull", True),
                                ("by__isnull", True),
                                ("told_on__isnull", True),
                                ("way", ""),
                            ),
                            models.Q(
                                ("at__isnull", False),
                                ("by__isnull", False),
                                ("told_on__isnull", False),
                                models.Q(("way", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="notice_told_says_how",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceschedule",
                    constraint=models.UniqueConstraint(
                        fields=("school", "year", "number"), name="service_schedule_number_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceschedule",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="service_schedule_number_from_one"
                    ),
                ),
            ]
        ),
        TrackHistory("ServiceSchedule", insert=True, keep=["number"]),
        TrackHistory("MeetingNotice", insert=True, keep=["begins", "ends"]),
        TrackHistory("NoticeAnswer", insert=True, keep=["notice"]),
        TrackHistory("LessonVisit", insert=True, keep=["on"]),
    ]
