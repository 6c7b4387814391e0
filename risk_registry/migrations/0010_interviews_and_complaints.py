import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from common.history import TrackHistory


class Migration(migrations.Migration):
    dependencies = [
        ("risk_registry", "0009_academic_debts"),
        ("school", "0017_homework_answer_days"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HomeworkComplaint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("minutes", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="минут в день")),
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
                ("measure", models.CharField(blank=True, default="", max_length=1000, verbose_name="что сделано")),
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
                ("answer_to", models.CharField(blank=True, default="", max_length=200, verbose_name="кому ответили")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("recorded", "записана"),
                            ("checked", "проверена"),
                            ("answered", "дан ответ"),
                            ("withdrawn", "отозвана"),
                        ],
                        default="recorded",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
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
                    models.ManyToManyField(blank=True, related_name="+", to="school.subject", verbose_name="предметы"),
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
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("about", models.CharField(blank=True, default="", max_length=1000, verbose_name="о чём говорили")),
                (
                    "agreed",
                    models.CharField(blank=True, default="", max_length=1000, verbose_name="о чём договорились"),
                ),
                ("next_on", models.DateField(blank=True, null=True, verbose_name="вернуться к разговору")),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "запланировано"), ("held", "проведено"), ("cancelled", "отменено")],
                        default="planned",
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
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="risk_registry.interview"
                    ),
                ),
            ],
            options={
                "ordering": ["version"],
                "abstract": False,
            },
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
                                "checked",
                                "answered",
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
                    ("state", "answered"),
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
                condition=models.Q(("state__in", ["planned", "held", "cancelled"])), name="interview_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="interview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", "monthly"),
                        ("month__isnull", False),
                        ("period__isnull", True),
                        ("school_class__isnull", False),
                    ),
                    models.Q(
                        models.Q(("kind", "monthly"), _negated=True),
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
                        ("kind", "pupil"),
                        ("pupil__isnull", False),
                        ("staff__isnull", True),
                    ),
                    models.Q(
                        models.Q(("kind", "pupil"), _negated=True),
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
                    ("state", "held"),
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
                    models.Q(("state", "planned"), _negated=True),
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
        TrackHistory("Interview", insert=True, conceal=["about", "agreed"], keep=["kind"]),
        TrackHistory("Interview.pupils", insert=True),
        TrackHistory("InterviewStep"),
        TrackHistory("HomeworkComplaint", insert=True, conceal=["name", "text", "answer_to"]),
        TrackHistory("HomeworkComplaint.subjects", insert=True),
        TrackHistory("ComplaintStep"),
    ]
