import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from common.history import TrackHistory
from common.operations import CreateTogether


class Migration(migrations.Migration):
    dependencies = [
        ("iom", "0004_route_templates"),
        ("school", "0018_school_day"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether(
            operations=[
                migrations.CreateModel(
                    name="PupilTalk",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("on", models.DateField(verbose_name="когда")),
                        ("occasion", models.CharField(max_length=300, verbose_name="повод")),
                        (
                            "causes",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=8),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="причины",
                            ),
                        ),
                        (
                            "agreed",
                            models.CharField(blank=True, default="", max_length=500, verbose_name="договорились"),
                        ),
                        ("due", models.DateField(blank=True, null=True, verbose_name="срок")),
                        (
                            "kept",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("kept", "выполнено"),
                                    ("broken", "не выполнено"),
                                    ("needless", "стало не нужно"),
                                ],
                                default="",
                                max_length=8,
                                verbose_name="что вышло",
                            ),
                        ),
                        ("kept_on", models.DateField(blank=True, null=True, verbose_name="когда вернулись")),
                        (
                            "kept_note",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="подробнее"),
                        ),
                        ("at", models.DateTimeField(verbose_name="записано")),
                        ("edited_at", models.DateTimeField(blank=True, null=True, verbose_name="изменено")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="версия")),
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
                            "pupil",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="talks", to="school.pupil"
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
                        "verbose_name": "беседа с учеником",
                        "ordering": ["-on", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="WorkEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("on", models.DateField(verbose_name="когда")),
                        (
                            "form",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("lesson", "На уроке"),
                                    ("after", "После уроков"),
                                    ("consult", "Консультация"),
                                    ("extra", "Доп. занятие"),
                                    ("online", "Онлайн"),
                                    ("home", "Домашний комплект"),
                                ],
                                default="",
                                max_length=8,
                                verbose_name="форма",
                            ),
                        ),
                        ("minutes", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="минут")),
                        ("topic", models.CharField(blank=True, default="", max_length=200, verbose_name="тема")),
                        (
                            "content",
                            models.CharField(blank=True, default="", max_length=500, verbose_name="содержание"),
                        ),
                        ("at", models.DateTimeField(verbose_name="записано")),
                        ("edited_at", models.DateTimeField(blank=True, null=True, verbose_name="изменено")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="версия")),
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
                            "year",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="school.academicyear"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "запись индивидуальной работы",
                        "ordering": ["-on", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="JournalEdit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("field", models.CharField(max_length=60, verbose_name="что")),
                        ("was", models.CharField(blank=True, default="", max_length=600, verbose_name="было")),
                        ("now", models.CharField(blank=True, default="", max_length=600, verbose_name="стало")),
                        ("at", models.DateTimeField(verbose_name="когда")),
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
                            "talk",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="edits",
                                to="iom.pupiltalk",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="edits",
                                to="iom.workentry",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "правка записи журнала",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="JournalComment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.CharField(max_length=500, verbose_name="замечание")),
                        ("at", models.DateTimeField(verbose_name="когда")),
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
                            "talk",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="comments",
                                to="iom.pupiltalk",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="comments",
                                to="iom.workentry",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "замечание к записи журнала",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="WorkEntryPupil",
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
                                blank=True,
                                choices=[("done", "Справился"), ("partly", "Частично"), ("not", "Пока нет")],
                                default="",
                                max_length=8,
                                verbose_name="результат",
                            ),
                        ),
                        ("result", models.CharField(blank=True, default="", max_length=200, verbose_name="коротко")),
                        (
                            "mark",
                            models.CharField(
                                blank=True, default="", max_length=10, verbose_name="отметка повторного контроля"
                            ),
                        ),
                        (
                            "control",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="work_entry",
                                to="iom.gapcontrol",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="pupils", to="iom.workentry"
                            ),
                        ),
                        (
                            "gap",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="works",
                                to="iom.gap",
                            ),
                        ),
                        (
                            "pupil",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="works", to="school.pupil"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ученик записи индивидуальной работы",
                        "ordering": ["pupil__sort_key", "pk"],
                    },
                ),
                migrations.AddIndex(
                    model_name="pupiltalk",
                    index=models.Index(fields=["pupil", "on"], name="talk_of_pupil"),
                ),
                migrations.AddIndex(
                    model_name="pupiltalk",
                    index=models.Index(fields=["school", "due"], name="talk_by_due"),
                ),
                migrations.AddConstraint(
                    model_name="pupiltalk",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("occasion", ""), _negated=True), name="talk_has_occasion"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pupiltalk",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "causes__contained_by",
                                [
                                    "CT01",
                                    "CT02",
                                    "CT04",
                                    "CT05",
                                    "CT06",
                                    "CT07",
                                    "CT08",
                                    "CT09",
                                    "PED01",
                                    "PED02",
                                    "PED03",
                                    "PED04",
                                    "PED05",
                                ],
                            )
                        ),
                        name="talk_causes_open",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pupiltalk",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("due__isnull", True), models.Q(("agreed", ""), _negated=True), _connector="OR"
                        ),
                        name="talk_due_of_agreed",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pupiltalk",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kept", ""), ("kept__in", ["kept", "broken", "needless"]), _connector="OR"),
                        name="talk_kept_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pupiltalk",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kept", ""), ("kept_on__isnull", False), _connector="XOR"),
                        name="talk_kept_has_day",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pupiltalk",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_why", "")),
                            models.Q(("withdrawn_at__isnull", False), models.Q(("withdrawn_why", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="talk_withdrawn_says_why",
                    ),
                ),
                migrations.AddIndex(
                    model_name="workentry",
                    index=models.Index(fields=["school", "on"], name="work_by_day"),
                ),
                migrations.AddIndex(
                    model_name="workentry",
                    index=models.Index(fields=["by", "on"], name="work_by_teacher"),
                ),
                migrations.AddConstraint(
                    model_name="workentry",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("topic", ""), _negated=True),
                            models.Q(("content", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="work_says_what",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="workentry",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("form", ""),
                            ("form__in", ["lesson", "after", "consult", "extra", "online", "home"]),
                            _connector="OR",
                        ),
                        name="work_form_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="workentry",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("minutes__isnull", True), ("minutes__range", (1, 600)), _connector="OR"),
                        name="work_minutes_likely",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="workentry",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_why", "")),
                            models.Q(("withdrawn_at__isnull", False), models.Q(("withdrawn_why", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="work_withdrawn_says_why",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="journaledit",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("entry__isnull", True), ("talk__isnull", True), _connector="XOR"),
                        name="journal_edit_of_one",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="journalcomment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("entry__isnull", True), ("talk__isnull", True), _connector="XOR"),
                        name="journal_comment_of_one",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="journalcomment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="journal_comment_says_something"
                    ),
                ),
                migrations.AddIndex(
                    model_name="workentrypupil",
                    index=models.Index(fields=["pupil", "entry"], name="work_of_pupil"),
                ),
                migrations.AddConstraint(
                    model_name="workentrypupil",
                    constraint=models.UniqueConstraint(fields=("entry", "pupil"), name="work_pupil_once"),
                ),
                migrations.AddConstraint(
                    model_name="workentrypupil",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("outcome", ""), ("outcome__in", ["done", "partly", "not"]), _connector="OR"
                        ),
                        name="work_outcome_known",
                    ),
                ),
            ]
        ),
        TrackHistory("WorkEntry", insert=True, keep=["on"]),
        TrackHistory("WorkEntryPupil", insert=True, keep=["entry"]),
        TrackHistory("PupilTalk", insert=True, keep=["on"]),
        TrackHistory("JournalEdit", insert=True, keep=["entry", "talk"]),
        TrackHistory("JournalComment", insert=True, keep=["entry", "talk"]),
    ]
