import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

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
                    name="Conversation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("who", models.CharField(blank=True, default="", max_length=150, verbose_name="с кем ещё")),
                        ("on", models.DateField(verbose_name="когда")),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("meeting", "лично"),
                                    ("phone", "по телефону"),
                                    ("chat", "в мессенджере"),
                                    ("email", "по электронной почте"),
                                    ("diary", "в электронном дневнике"),
                                ],
                                max_length=8,
                                verbose_name="как",
                            ),
                        ),
                        (
                            "begun_by",
                            models.CharField(
                                choices=[("school", "школа"), ("parent", "родитель")],
                                default="school",
                                max_length=8,
                                verbose_name="кто начал",
                            ),
                        ),
                        ("occasion", models.CharField(max_length=300, verbose_name="повод")),
                        (
                            "said",
                            models.CharField(blank=True, default="", max_length=1000, verbose_name="о чём говорили"),
                        ),
                        (
                            "agreed",
                            models.CharField(blank=True, default="", max_length=500, verbose_name="договорились"),
                        ),
                        ("due", models.DateField(blank=True, null=True, verbose_name="срок")),
                        ("kept_on", models.DateField(blank=True, null=True, verbose_name="вернулись к договорённости")),
                        (
                            "kept_note",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="что вышло"),
                        ),
                        ("next_on", models.DateField(blank=True, null=True, verbose_name="следующая связь")),
                        (
                            "signed",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("signed", "подпись поставлена"),
                                    ("known", "ознакомлен(а)"),
                                    ("declined", "от подписи отказ"),
                                ],
                                default="",
                                max_length=8,
                                verbose_name="ознакомление",
                            ),
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
                            "guardian",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="conversations",
                                to="school.guardian",
                                verbose_name="с кем",
                            ),
                        ),
                        (
                            "pupil",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="conversations",
                                to="school.pupil",
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
                        "verbose_name": "беседа с родителем",
                        "ordering": ["-on", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ConversationEdit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("field", models.CharField(max_length=60, verbose_name="что")),
                        ("was", models.CharField(blank=True, default="", max_length=1000, verbose_name="было")),
                        ("now", models.CharField(blank=True, default="", max_length=1000, verbose_name="стало")),
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
                            "conversation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="edits",
                                to="parents.conversation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "правка беседы с родителем",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Notice",
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
                                    ("marks", "О низкой успеваемости"),
                                    ("absences", "О пропусках занятий"),
                                    ("council", "О приглашении на заседание"),
                                    ("included", "О включении в реестр"),
                                    ("removed", "Об исключении из реестра"),
                                    ("good", "Об успехах"),
                                ],
                                max_length=8,
                                verbose_name="вид",
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="исходящий номер")),
                        ("on", models.DateField(verbose_name="дата")),
                        ("body", models.JSONField(verbose_name="что сообщается")),
                        ("reply_by", models.DateField(blank=True, null=True, verbose_name="ответ до")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("made", "Составлено"),
                                    ("handed", "Передано"),
                                    ("known", "Ознакомлены"),
                                    ("declined", "Отказ от ознакомления"),
                                    ("undone", "Отозвано"),
                                ],
                                default="made",
                                max_length=8,
                                verbose_name="состояние",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=0)),
                        ("at", models.DateTimeField(verbose_name="составлено")),
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
                                related_name="notices",
                                to="school.guardian",
                                verbose_name="кому",
                            ),
                        ),
                        (
                            "period",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="school.period",
                            ),
                        ),
                        (
                            "pupil",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="notices", to="school.pupil"
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
                        "verbose_name": "уведомление родителям",
                        "ordering": ["-on", "-number"],
                    },
                ),
                migrations.CreateModel(
                    name="NoticeStep",
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
                                    ("hand", "передано"),
                                    ("know", "родители ознакомлены"),
                                    ("decline", "от ознакомления отказались"),
                                    ("undo", "отозвано"),
                                    ("return", "отметка снята"),
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
                            "notice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="parents.notice"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "шаг уведомления",
                        "ordering": ["version"],
                        "abstract": False,
                    },
                ),
                migrations.AddIndex(
                    model_name="conversation",
                    index=models.Index(fields=["pupil", "on"], name="conversation_of_pupil"),
                ),
                migrations.AddIndex(
                    model_name="conversation",
                    index=models.Index(fields=["school", "on"], name="conversation_by_day"),
                ),
                migrations.AddConstraint(
                    model_name="conversation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("occasion", ""), _negated=True), name="conversation_has_occasion"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="conversation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("channel__in", ["meeting", "phone", "chat", "email", "diary"])),
                        name="conversation_channel_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="conversation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("begun_by__in", ["school", "parent"])), name="conversation_begun_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="conversation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("signed", ""), ("signed__in", ["signed", "known", "declined"]), _connector="OR"
                        ),
                        name="conversation_signed_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="conversation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("guardian__isnull", False), models.Q(("who", ""), _negated=True), _connector="OR"
                        ),
                        name="conversation_with_somebody",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="conversation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("due__isnull", True), models.Q(("agreed", ""), _negated=True), _connector="OR"
                        ),
                        name="conversation_due_of_agreed",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="conversation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("due__isnull", True), ("due__gte", models.F("on")), _connector="OR"),
                        name="conversation_due_later",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="conversation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_why", "")),
                            models.Q(("withdrawn_at__isnull", False), models.Q(("withdrawn_why", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="conversation_withdrawn_says_why",
                    ),
                ),
                migrations.AddIndex(
                    model_name="notice",
                    index=models.Index(fields=["pupil", "on"], name="notice_of_pupil"),
                ),
                migrations.AddIndex(
                    model_name="notice",
                    index=models.Index(fields=["school", "state", "reply_by"], name="notice_by_reply"),
                ),
                migrations.AddConstraint(
                    model_name="notice",
                    constraint=models.UniqueConstraint(fields=("school", "year", "number"), name="notice_number_once"),
                ),
                migrations.AddConstraint(
                    model_name="notice",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["marks", "absences", "council", "included", "removed", "good"])
                        ),
                        name="notice_kind_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="notice",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__in", ["made", "handed", "known", "declined", "undone"])),
                        name="notice_state_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="notice",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("reply_by__isnull", True), ("reply_by__gte", models.F("on")), _connector="OR"
                        ),
                        name="notice_reply_later",
                    ),
                ),
            ]
        ),
        TrackHistory("Conversation", insert=True, keep=["pupil"]),
        TrackHistory("ConversationEdit", keep=["conversation"]),
        TrackHistory("Notice", insert=True, keep=["pupil", "number"]),
        TrackHistory("NoticeStep"),
    ]
