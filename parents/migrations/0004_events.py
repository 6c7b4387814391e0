import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import parents.event_words
from common.history import TrackHistory
from common.operations import CreateTogether


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0001_squashed_0002"),
        ("parents", "0003_surveys"),
        ("school", "0018_school_day"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether(
            operations=[
                migrations.CreateModel(
                    name="ParentEvent",
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
                                    ("meeting", "Родительское собрание"),
                                    ("lecture", "Лекция"),
                                    ("club", "Родительский клуб"),
                                    ("day", "День консультаций"),
                                ],
                                max_length=8,
                                verbose_name="вид",
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="тема")),
                        (
                            "levels",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[("noo", "НОО"), ("ooo", "ООО"), ("soo", "СОО")], max_length=3
                                ),
                                default=list,
                                size=None,
                                verbose_name="уровни",
                            ),
                        ),
                        (
                            "prevention",
                            models.BooleanField(default=True, verbose_name="о профилактике учебной неуспешности"),
                        ),
                        ("on", models.DateField(verbose_name="день")),
                        ("starts_at", models.TimeField(blank=True, null=True, verbose_name="начало")),
                        ("ends_at", models.TimeField(blank=True, null=True, verbose_name="конец")),
                        ("place", models.CharField(blank=True, default="", max_length=150, verbose_name="место")),
                        (
                            "questions",
                            models.CharField(blank=True, default="", max_length=2000, verbose_name="повестка"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("planned", "В плане"), ("held", "Прошло"), ("undone", "Отменено")],
                                default=parents.event_words.EventState["PLANNED"],
                                max_length=8,
                                verbose_name="состояние",
                            ),
                        ),
                        (
                            "chair",
                            models.CharField(blank=True, default="", max_length=150, verbose_name="председатель"),
                        ),
                        (
                            "secretary",
                            models.CharField(blank=True, default="", max_length=150, verbose_name="секретарь"),
                        ),
                        ("course", models.CharField(blank=True, default="", max_length=4000, verbose_name="ход")),
                        ("number", models.PositiveIntegerField(blank=True, null=True, verbose_name="номер протокола")),
                        ("concluded_on", models.DateField(blank=True, null=True, verbose_name="протокол заключён")),
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
                            "leader",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="school.staff",
                                verbose_name="ведёт",
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
                        "verbose_name": "мероприятие для родителей",
                        "ordering": ["on", "starts_at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="EventStep",
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
                                    ("move", "перенесено"),
                                    ("hold", "прошло"),
                                    ("return", "отметка «прошло» снята"),
                                    ("cancel", "отменено"),
                                    ("restore", "возвращено в план"),
                                    ("sign", "протокол заключён"),
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
                            "event",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="parents.parentevent",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "шаг мероприятия для родителей",
                        "ordering": ["version"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="EventProtocol",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(verbose_name="версия")),
                        ("paper", models.JSONField(verbose_name="протокол")),
                        (
                            "why",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="почему исправлен"),
                        ),
                        ("at", models.DateTimeField(verbose_name="заключён")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="protocols",
                                to="parents.parentevent",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "протокол мероприятия для родителей",
                        "ordering": ["version"],
                    },
                ),
                migrations.CreateModel(
                    name="EventMaterial",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="название")),
                        ("at", models.DateTimeField(verbose_name="приложено")),
                        ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="убрано")),
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
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.storedfile"
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="materials",
                                to="parents.parentevent",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "материал мероприятия для родителей",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="EventMark",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("came", models.BooleanField(default=True, verbose_name="был(а)")),
                        ("at", models.DateTimeField(verbose_name="отмечено")),
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
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="school.guardian",
                            ),
                        ),
                        (
                            "pupil",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.pupil"
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="marks",
                                to="parents.parentevent",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "отметка о приходе родителя",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="EventDecision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.CharField(max_length=500, verbose_name="решение")),
                        (
                            "who",
                            models.CharField(
                                blank=True, default="", max_length=150, verbose_name="ответственный не из школы"
                            ),
                        ),
                        ("due", models.DateField(verbose_name="срок")),
                        ("kept_on", models.DateField(blank=True, null=True, verbose_name="выполнено")),
                        (
                            "kept_note",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="что вышло"),
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
                            "responsible",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="school.staff",
                                verbose_name="ответственный",
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="decisions",
                                to="parents.parentevent",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "решение мероприятия для родителей",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="EventClass",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "school_class",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="school.schoolclass"
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="invited",
                                to="parents.parentevent",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "приглашённый класс",
                        "ordering": ["school_class__grade", "school_class__letter"],
                    },
                ),
                migrations.AddIndex(
                    model_name="parentevent",
                    index=models.Index(fields=["school", "on"], name="parent_event_by_day"),
                ),
                migrations.AddConstraint(
                    model_name="parentevent",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind__in", ["meeting", "lecture", "club", "day"])),
                        name="parent_event_kind_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="parentevent",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__in", ["planned", "held", "undone"])),
                        name="parent_event_state_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="parentevent",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="parent_event_has_title"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="parentevent",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at__isnull", True),
                            models.Q(("ends_at__gt", models.F("starts_at")), ("starts_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="parent_event_times_in_order",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="parentevent",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("concluded_on__isnull", True),
                            models.Q(("number__isnull", False), ("state", parents.event_words.EventState["HELD"])),
                            _connector="OR",
                        ),
                        name="parent_event_concluded_has_number",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="parentevent",
                    constraint=models.UniqueConstraint(
                        fields=("school", "year", "number"), name="parent_event_number_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="eventprotocol",
                    constraint=models.UniqueConstraint(fields=("event", "version"), name="event_protocol_version_once"),
                ),
                migrations.AddIndex(
                    model_name="eventmark",
                    index=models.Index(fields=["pupil"], name="event_mark_of_pupil"),
                ),
                migrations.AddConstraint(
                    model_name="eventmark",
                    constraint=models.UniqueConstraint(
                        fields=("event", "pupil", "guardian"), name="event_mark_once", nulls_distinct=False
                    ),
                ),
                migrations.AddConstraint(
                    model_name="eventmark",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("came", True), models.Q(("came", False), ("guardian__isnull", True)), _connector="OR"
                        ),
                        name="event_nobody_is_nobody",
                    ),
                ),
                migrations.AddIndex(
                    model_name="eventdecision",
                    index=models.Index(fields=["responsible", "due"], name="event_decision_waits"),
                ),
                migrations.AddConstraint(
                    model_name="eventdecision",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="event_decision_has_text"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="eventdecision",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("responsible__isnull", False), models.Q(("who", ""), _negated=True), _connector="OR"
                        ),
                        name="event_decision_has_responsible",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="eventclass",
                    constraint=models.UniqueConstraint(fields=("event", "school_class"), name="event_class_once"),
                ),
            ]
        ),
        TrackHistory("ParentEvent", insert=True, keep=["title", "on"]),
        TrackHistory("EventClass", insert=True, keep=["event"]),
        TrackHistory("EventMark", insert=True, keep=["event", "pupil"]),
        TrackHistory("EventDecision", insert=True, keep=["event"]),
        TrackHistory("EventMaterial", insert=True, keep=["event", "title"]),
        TrackHistory("EventProtocol"),
        TrackHistory("EventStep"),
    ]
