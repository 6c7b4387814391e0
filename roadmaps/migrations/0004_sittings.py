import django.db.models.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import roadmaps.sitting_words
from common.history import TrackHistory
from common.operations import CreateTogether


class Migration(migrations.Migration):
    dependencies = [
        ("roadmaps", "0003_duties"),
        ("school", "0019_guardians"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether(
            operations=[
                migrations.CreateModel(
                    name="StaffDecision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.CharField(max_length=500, verbose_name="решение")),
                        ("due", models.DateField(verbose_name="срок")),
                        ("first_due", models.DateField(verbose_name="первоначальный срок")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "Выполняется"),
                                    ("moved", "Срок перенесён"),
                                    ("done", "Выполнено"),
                                    ("undone", "Отменено"),
                                ],
                                default=roadmaps.sitting_words.DecisionState["OPEN"],
                                max_length=8,
                                verbose_name="состояние",
                            ),
                        ),
                        ("closed_on", models.DateField(blank=True, null=True, verbose_name="закрыто")),
                        (
                            "note",
                            models.CharField(
                                blank=True, default="", max_length=300, verbose_name="что вышло или почему"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=0)),
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
                            "responsible",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="school.staff",
                                verbose_name="ответственный",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "решение заседания",
                        "ordering": ["question__place", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="StaffDecisionStep",
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
                                    ("done", "выполнено"),
                                    ("move", "срок перенесён"),
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
                            "decision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="roadmaps.staffdecision",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "шаг решения",
                        "ordering": ["version"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="StaffQuestion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("place", models.PositiveSmallIntegerField(verbose_name="место в повестке")),
                        ("title", models.CharField(max_length=300, verbose_name="вопрос")),
                        (
                            "topic",
                            models.CharField(
                                choices=[
                                    ("other", "Другое"),
                                    ("prevent", "Работа со слабоуспевающими и неуспевающими"),
                                    ("review", "Итоги реализации программы"),
                                ],
                                default=roadmaps.sitting_words.Topic["OTHER"],
                                max_length=8,
                                verbose_name="о чём",
                            ),
                        ),
                        ("heard", models.CharField(blank=True, default="", max_length=3000, verbose_name="слушали")),
                        (
                            "speaker",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="school.staff",
                                verbose_name="докладчик",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "вопрос повестки заседания",
                        "ordering": ["place", "pk"],
                    },
                ),
                migrations.AddField(
                    model_name="staffdecision",
                    name="question",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="roadmaps.staffquestion",
                        verbose_name="по вопросу",
                    ),
                ),
                migrations.CreateModel(
                    name="StaffSitting",
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
                                    ("briefing", "Планёрка"),
                                    ("director", "Совещание при директоре"),
                                    ("deputy", "Совещание при завуче"),
                                    ("group", "Рабочая группа"),
                                    ("council", "Педагогический совет"),
                                    ("union", "Заседание ШМО"),
                                    ("quality", "Совет по качеству"),
                                ],
                                max_length=8,
                                verbose_name="вид",
                            ),
                        ),
                        ("title", models.CharField(blank=True, default="", max_length=200, verbose_name="тема")),
                        ("on", models.DateField(verbose_name="день")),
                        ("starts_at", models.TimeField(blank=True, null=True, verbose_name="начало")),
                        ("ends_at", models.TimeField(blank=True, null=True, verbose_name="конец")),
                        ("place", models.CharField(blank=True, default="", max_length=150, verbose_name="место")),
                        (
                            "state",
                            models.CharField(
                                choices=[("planned", "В плане"), ("held", "Проведено"), ("undone", "Отменено")],
                                default=roadmaps.sitting_words.SittingState["PLANNED"],
                                max_length=8,
                                verbose_name="состояние",
                            ),
                        ),
                        ("number", models.PositiveIntegerField(blank=True, null=True, verbose_name="номер протокола")),
                        ("signed_on", models.DateField(blank=True, null=True, verbose_name="протокол подписан")),
                        ("version", models.PositiveIntegerField(default=0)),
                        ("at", models.DateTimeField(verbose_name="внесено")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "chair",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="school.staff",
                                verbose_name="председатель",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.school"
                            ),
                        ),
                        (
                            "secretary",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="school.staff",
                                verbose_name="секретарь",
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
                        "verbose_name": "заседание",
                        "ordering": ["on", "starts_at", "pk"],
                    },
                ),
                migrations.AddField(
                    model_name="staffquestion",
                    name="sitting",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="roadmaps.staffsitting",
                    ),
                ),
                migrations.CreateModel(
                    name="StaffProtocol",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveSmallIntegerField(verbose_name="версия")),
                        ("paper", models.JSONField(verbose_name="протокол")),
                        (
                            "why",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="почему исправлен"),
                        ),
                        ("at", models.DateTimeField(verbose_name="подписан")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "sitting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="protocols",
                                to="roadmaps.staffsitting",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "протокол заседания",
                        "ordering": ["version"],
                    },
                ),
                migrations.AddField(
                    model_name="staffdecision",
                    name="sitting",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decisions",
                        to="roadmaps.staffsitting",
                    ),
                ),
                migrations.CreateModel(
                    name="StaffSittingPerson",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "guest",
                            models.CharField(blank=True, default="", max_length=200, verbose_name="приглашённый"),
                        ),
                        ("present", models.BooleanField(blank=True, null=True, verbose_name="был(а)")),
                        (
                            "sitting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="people",
                                to="roadmaps.staffsitting",
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
                                verbose_name="сотрудник",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "участник заседания",
                        "ordering": ["staff__sort_key", "guest", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="StaffSittingStep",
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
                                    ("plan", "внесено в план"),
                                    ("edit", "исправлено"),
                                    ("hold", "проведено"),
                                    ("return", "отметка «проведено» снята"),
                                    ("cancel", "отменено"),
                                    ("restore", "возвращено в план"),
                                    ("sign", "протокол подписан"),
                                    ("reopen", "протокол открыт для исправления"),
                                ],
                                max_length=8,
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
                        (
                            "sitting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="roadmaps.staffsitting",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "шаг заседания",
                        "ordering": ["version"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="SittingRhythm",
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
                                    ("briefing", "Планёрка"),
                                    ("director", "Совещание при директоре"),
                                    ("deputy", "Совещание при завуче"),
                                    ("group", "Рабочая группа"),
                                    ("council", "Педагогический совет"),
                                    ("union", "Заседание ШМО"),
                                    ("quality", "Совет по качеству"),
                                ],
                                max_length=8,
                                verbose_name="вид",
                            ),
                        ),
                        (
                            "unit",
                            models.CharField(
                                choices=[
                                    ("week", "в неделю"),
                                    ("month", "в месяц"),
                                    ("period", "в учебный период"),
                                    ("january", "в январе"),
                                    ("year", "в год"),
                                    ("none", "по мере необходимости"),
                                ],
                                max_length=8,
                                verbose_name="как часто",
                            ),
                        ),
                        ("times", models.PositiveSmallIntegerField(default=1, verbose_name="сколько раз")),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.school"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ритм заседаний",
                        "ordering": ["kind"],
                        "constraints": [
                            models.UniqueConstraint(fields=("school", "kind"), name="sitting_rhythm_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        ["briefing", "director", "deputy", "group", "council", "union", "quality"],
                                    )
                                ),
                                name="sitting_rhythm_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("times", 0), ("unit", "none")),
                                    models.Q(
                                        ("times__range", (1, 10)),
                                        ("unit__in", ["week", "month", "period", "january", "year", "none"]),
                                        models.Q(("unit", "none"), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="sitting_rhythm_times",
                            ),
                        ],
                    },
                ),
                migrations.AddIndex(
                    model_name="staffsitting",
                    index=models.Index(fields=["school", "on"], name="staff_sitting_by_day"),
                ),
                migrations.AddConstraint(
                    model_name="staffsitting",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["briefing", "director", "deputy", "group", "council", "union", "quality"])
                        ),
                        name="staff_sitting_kind_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="staffsitting",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__in", ["planned", "held", "undone"])),
                        name="staff_sitting_state_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="staffsitting",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at__isnull", True),
                            models.Q(("ends_at__gt", models.F("starts_at")), ("starts_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="staff_sitting_times_in_order",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="staffsitting",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("signed_on__isnull", True),
                            models.Q(("number__gt", 0), ("number__isnull", False)),
                            _connector="OR",
                        ),
                        name="staff_sitting_signed_has_number",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="staffsitting",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("number__isnull", True),
                            models.Q(("chair__isnull", False), ("state", roadmaps.sitting_words.SittingState["HELD"])),
                            _connector="OR",
                        ),
                        name="staff_sitting_numbered_is_held",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="staffsitting",
                    constraint=models.UniqueConstraint(
                        fields=("school", "year", "kind", "number"), name="staff_sitting_number_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="staffquestion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="staff_question_has_title"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="staffquestion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("topic__in", ["other", "prevent", "review"])),
                        name="staff_question_topic_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="staffquestion",
                    constraint=models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("sitting", "place"),
                        name="staff_question_place_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="staffprotocol",
                    constraint=models.UniqueConstraint(
                        fields=("sitting", "version"), name="staff_protocol_version_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="staffprotocol",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("version", 1), models.Q(("why", ""), _negated=True), _connector="OR"),
                        name="staff_protocol_corrected_says_why",
                    ),
                ),
                migrations.AddIndex(
                    model_name="staffdecision",
                    index=models.Index(fields=["responsible", "state", "due"], name="staff_decision_of_person"),
                ),
                migrations.AddConstraint(
                    model_name="staffdecision",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="staff_decision_has_text"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="staffdecision",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "moved", "done", "undone"])),
                        name="staff_decision_state_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="staffdecision",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_on__isnull", True), ("state__in", ["open", "moved"])),
                            models.Q(("closed_on__isnull", False), ("state__in", ["done", "undone"])),
                            _connector="OR",
                        ),
                        name="staff_decision_closed_has_day",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="staffdecision",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["moved", "undone"]), _negated=True),
                            models.Q(("note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="staff_decision_grounds",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="staffdecision",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "open"), _negated=True), ("due", models.F("first_due")), _connector="OR"
                        ),
                        name="staff_decision_moved_is_open",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="staffsittingperson",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("staff__isnull", True), ("guest", ""), _connector="XOR"),
                        name="staff_sitting_person_named",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="staffsittingperson",
                    constraint=models.UniqueConstraint(
                        fields=("sitting", "staff", "guest"), name="staff_sitting_person_once", nulls_distinct=False
                    ),
                ),
            ]
        ),
        TrackHistory("StaffSitting", insert=True, keep=["kind", "on"]),
        TrackHistory("StaffSittingStep"),
        TrackHistory("StaffSittingPerson", insert=True, keep=["sitting"]),
        TrackHistory("StaffQuestion", insert=True, keep=["sitting", "place"]),
        TrackHistory("StaffDecision", insert=True, keep=["sitting"]),
        TrackHistory("StaffDecisionStep"),
        TrackHistory("StaffProtocol"),
        TrackHistory("SittingRhythm", insert=True, keep=["kind"]),
    ]
