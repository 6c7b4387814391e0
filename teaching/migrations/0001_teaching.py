"""Records of teachers: trainings, communities, practices, visits of lessons, gaps, values set by a person."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import teaching.words
from common.history import TrackHistory
from common.operations import CreateTogether


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("documents", "0001_squashed_0002"),
        ("school", "0018_school_day"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether(
            [
                migrations.CreateModel(
                    name="Community",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="записано")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="версия")),
                        ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="отозвано")),
                        (
                            "removed_why",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="почему отозвано"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("entered", "Ждёт подтверждения"),
                                    ("confirmed", "Подтверждена"),
                                    ("returned", "Возвращена"),
                                ],
                                default=teaching.words.RecordState["ENTERED"],
                                max_length=10,
                                verbose_name="состояние",
                            ),
                        ),
                        ("word", models.CharField(blank=True, default="", max_length=300, verbose_name="замечание")),
                        ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="когда решено")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("ls", "Команда «Исследование урока» (LS)"),
                                    ("plc", "Профессиональное обучающееся сообщество"),
                                    ("group", "Творческая группа"),
                                ],
                                max_length=8,
                                verbose_name="вид",
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="название")),
                        (
                            "cycle",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="цикл, вопрос"),
                        ),
                        ("starts", models.DateField(verbose_name="действует с")),
                        ("ends", models.DateField(blank=True, null=True, verbose_name="по")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="кто решил",
                            ),
                        ),
                        (
                            "removed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="кто отозвал",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.school"
                            ),
                        ),
                        (
                            "staff",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="communities_led",
                                to="school.staff",
                                verbose_name="ведёт",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "сообщество",
                        "ordering": ["title", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="CommunityMeeting",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="записано")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="версия")),
                        ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="отозвано")),
                        (
                            "removed_why",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="почему отозвано"),
                        ),
                        ("on", models.DateField(verbose_name="когда")),
                        (
                            "step",
                            models.CharField(
                                choices=[
                                    ("plan", "Планирование урока"),
                                    ("lesson", "Исследовательский урок"),
                                    ("talk", "Обсуждение урока"),
                                    ("sum", "Итоги цикла"),
                                    ("other", "Другая встреча"),
                                ],
                                max_length=8,
                                verbose_name="что было",
                            ),
                        ),
                        ("text", models.CharField(blank=True, default="", max_length=500, verbose_name="о чём")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "community",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="meetings",
                                to="teaching.community",
                            ),
                        ),
                        (
                            "removed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="кто отозвал",
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
                        "verbose_name": "встреча сообщества",
                        "ordering": ["-on", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="CommunityMember",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="записано")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="версия")),
                        ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="отозвано")),
                        (
                            "removed_why",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="почему отозвано"),
                        ),
                        ("starts", models.DateField(verbose_name="с")),
                        ("ends", models.DateField(blank=True, null=True, verbose_name="по")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "community",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="members",
                                to="teaching.community",
                            ),
                        ),
                        (
                            "removed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="кто отозвал",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.school"
                            ),
                        ),
                        (
                            "staff",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="communities",
                                to="school.staff",
                                verbose_name="педагог",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "участник сообщества",
                        "ordering": ["staff__sort_key", "pk"],
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
                        ("at", models.DateTimeField(verbose_name="записано")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="версия")),
                        ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="отозвано")),
                        (
                            "removed_why",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="почему отозвано"),
                        ),
                        ("on", models.DateField(verbose_name="когда")),
                        ("topic", models.CharField(blank=True, default="", max_length=200, verbose_name="тема урока")),
                        (
                            "technologies",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=8),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="что видно",
                            ),
                        ),
                        (
                            "objectivity",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("yes", "Соответствуют критериям"),
                                    ("part", "Частично"),
                                    ("no", "Не соответствуют"),
                                    ("none", "Отметок не было"),
                                ],
                                default="",
                                max_length=4,
                                verbose_name="объективность отметок",
                            ),
                        ),
                        (
                            "weak",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("seen", "Видна"),
                                    ("part", "Отчасти"),
                                    ("no", "Не видна"),
                                    ("none", "Не требовалась"),
                                ],
                                default="",
                                max_length=4,
                                verbose_name="работа со слабоуспевающими",
                            ),
                        ),
                        (
                            "text",
                            models.CharField(blank=True, default="", max_length=1000, verbose_name="несколько слов"),
                        ),
                        ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="прочитано")),
                        (
                            "reply",
                            models.CharField(blank=True, default="", max_length=1000, verbose_name="слово учителя"),
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
                            "removed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="кто отозвал",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="school.schoolclass",
                                verbose_name="класс",
                            ),
                        ),
                        (
                            "staff",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visited_lessons",
                                to="school.staff",
                                verbose_name="чей урок",
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
                            "visitor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="school.staff",
                                verbose_name="кто посетил",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "посещение урока",
                        "ordering": ["-on", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Practice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="записано")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="версия")),
                        ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="отозвано")),
                        (
                            "removed_why",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="почему отозвано"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("entered", "Ждёт подтверждения"),
                                    ("confirmed", "Подтверждена"),
                                    ("returned", "Возвращена"),
                                ],
                                default=teaching.words.RecordState["ENTERED"],
                                max_length=10,
                                verbose_name="состояние",
                            ),
                        ),
                        ("word", models.CharField(blank=True, default="", max_length=300, verbose_name="замечание")),
                        ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="когда решено")),
                        ("title", models.CharField(max_length=200, verbose_name="название")),
                        ("about", models.TextField(max_length=4000, verbose_name="в чём суть")),
                        (
                            "topics",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=8),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="с кем и о чём",
                            ),
                        ),
                        (
                            "tags",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="метки",
                            ),
                        ),
                        ("link", models.URLField(blank=True, default="", max_length=500, verbose_name="ссылка")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "coauthor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="practices_with",
                                to="school.staff",
                                verbose_name="соавтор",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="кто решил",
                            ),
                        ),
                        (
                            "removed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="кто отозвал",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.school"
                            ),
                        ),
                        (
                            "staff",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="practices",
                                to="school.staff",
                                verbose_name="автор",
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
                    ],
                    options={
                        "verbose_name": "практика",
                        "ordering": ["title", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="PracticeFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="записано")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="версия")),
                        ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="отозвано")),
                        (
                            "removed_why",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="почему отозвано"),
                        ),
                        ("title", models.CharField(max_length=100, verbose_name="что это")),
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
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="documents.storedfile",
                            ),
                        ),
                        (
                            "practice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="files",
                                to="teaching.practice",
                            ),
                        ),
                        (
                            "removed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="кто отозвал",
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
                        "verbose_name": "файл практики",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="PracticeUse",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="записано")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="версия")),
                        ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="отозвано")),
                        (
                            "removed_why",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="почему отозвано"),
                        ),
                        ("on", models.DateField(verbose_name="когда")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "practice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="uses", to="teaching.practice"
                            ),
                        ),
                        (
                            "removed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="кто отозвал",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.school"
                            ),
                        ),
                        (
                            "staff",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="school.staff",
                                verbose_name="педагог",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "применение практики",
                        "ordering": ["-on", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="SetValue",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="записано")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="версия")),
                        ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="отозвано")),
                        (
                            "removed_why",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="почему отозвано"),
                        ),
                        ("code", models.CharField(max_length=4, verbose_name="показатель")),
                        ("number", models.PositiveSmallIntegerField(verbose_name="сколько педагогов")),
                        ("of", models.PositiveSmallIntegerField(verbose_name="из скольких")),
                        ("seen", models.PositiveSmallIntegerField(verbose_name="по посещениям было")),
                        ("text", models.CharField(max_length=500, verbose_name="на чём основано")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "removed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="кто отозвал",
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
                        "verbose_name": "значение показателя",
                        "ordering": ["code"],
                    },
                ),
                migrations.CreateModel(
                    name="TeacherGap",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="записано")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="версия")),
                        ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="отозвано")),
                        (
                            "removed_why",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="почему отозвано"),
                        ),
                        (
                            "area",
                            models.CharField(
                                choices=[
                                    ("subject", "Предметный"),
                                    ("method", "Методический"),
                                    ("people", "Психолого-педагогический"),
                                    ("assess", "Оценивание"),
                                    ("digital", "Цифровой"),
                                ],
                                max_length=8,
                                verbose_name="область",
                            ),
                        ),
                        ("text", models.CharField(max_length=300, verbose_name="в чём")),
                        (
                            "found",
                            models.CharField(
                                choices=[
                                    ("self", "Самооценка"),
                                    ("visit", "Посещение урока"),
                                    ("test", "Диагностика"),
                                    ("union", "Разговор в ШМО"),
                                ],
                                default=teaching.words.GapFound["SELF"],
                                max_length=8,
                                verbose_name="как обнаружен",
                            ),
                        ),
                        ("found_on", models.DateField(verbose_name="когда")),
                        ("closed_on", models.DateField(blank=True, null=True, verbose_name="закрыт")),
                        (
                            "closed_how",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="чем закрыт"),
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
                            "removed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="кто отозвал",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.school"
                            ),
                        ),
                        (
                            "staff",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="teaching_gaps",
                                to="school.staff",
                                verbose_name="педагог",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "профессиональный дефицит",
                        "ordering": ["-found_on", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Training",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="записано")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="версия")),
                        ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="отозвано")),
                        (
                            "removed_why",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="почему отозвано"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("entered", "Ждёт подтверждения"),
                                    ("confirmed", "Подтверждена"),
                                    ("returned", "Возвращена"),
                                ],
                                default=teaching.words.RecordState["ENTERED"],
                                max_length=10,
                                verbose_name="состояние",
                            ),
                        ),
                        ("word", models.CharField(blank=True, default="", max_length=300, verbose_name="замечание")),
                        ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="когда решено")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("formal", "Формальное: курсы с документом"),
                                    ("nonform", "Неформальное: вебинар, семинар, стажировка"),
                                    ("inform", "Информальное: самообразование"),
                                ],
                                max_length=8,
                                verbose_name="вид",
                            ),
                        ),
                        ("title", models.CharField(max_length=300, verbose_name="тема")),
                        (
                            "topics",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=8),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="о чём",
                            ),
                        ),
                        ("hours", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="часов")),
                        ("place", models.CharField(blank=True, default="", max_length=300, verbose_name="где")),
                        ("starts", models.DateField(verbose_name="начало")),
                        ("ends", models.DateField(blank=True, null=True, verbose_name="окончание")),
                        (
                            "paper_number",
                            models.CharField(blank=True, default="", max_length=100, verbose_name="документ, номер"),
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
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="кто решил",
                            ),
                        ),
                        (
                            "paper",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="documents.storedfile",
                                verbose_name="документ",
                            ),
                        ),
                        (
                            "removed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="кто отозвал",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.school"
                            ),
                        ),
                        (
                            "staff",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="trainings",
                                to="school.staff",
                                verbose_name="педагог",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "обучение",
                        "ordering": ["-starts", "-pk"],
                    },
                ),
                migrations.AddConstraint(
                    model_name="community",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind__in", ["ls", "plc", "group"])), name="community_kind_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="community",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__in", ["entered", "confirmed", "returned"])),
                        name="community_state_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="community",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("ends__isnull", True), ("starts__lte", models.F("ends")), _connector="OR"),
                        name="community_days_in_order",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="community",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", teaching.words.RecordState["RETURNED"]), _negated=True),
                            models.Q(("word", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="community_returned_says_why",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="communitymeeting",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("step__in", ["plan", "lesson", "talk", "sum", "other"])),
                        name="meeting_step_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="communitymeeting",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("removed_at__isnull", True)),
                        fields=("community", "on", "step"),
                        name="community_meeting_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="communitymember",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("ends__isnull", True), ("starts__lte", models.F("ends")), _connector="OR"),
                        name="member_days_in_order",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="communitymember",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("ends__isnull", True), ("removed_at__isnull", True)),
                        fields=("community", "staff"),
                        name="community_member_once",
                    ),
                ),
                migrations.AddIndex(
                    model_name="lessonvisit",
                    index=models.Index(fields=["school", "on"], name="visit_by_day"),
                ),
                migrations.AddConstraint(
                    model_name="lessonvisit",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "technologies__contained_by",
                                [
                                    "levels",
                                    "groups",
                                    "person",
                                    "project",
                                    "game",
                                    "reading",
                                    "emd",
                                    "sferum",
                                    "myschool",
                                    "resh",
                                    "content",
                                    "criteria",
                                    "feedback",
                                    "self",
                                ],
                            )
                        ),
                        name="visit_technologies_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="lessonvisit",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("objectivity", ""), ("objectivity__in", ["yes", "part", "no", "none"]), _connector="OR"
                        ),
                        name="visit_objectivity_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="lessonvisit",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("weak", ""), ("weak__in", ["seen", "part", "no", "none"]), _connector="OR"),
                        name="visit_weak_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="lessonvisit",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("staff", models.F("visitor")), _negated=True), name="visit_of_another"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="practice",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__in", ["entered", "confirmed", "returned"])),
                        name="practice_state_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="practice",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("topics__contained_by", ["weak", "needs", "motive", "assess", "digital", "other"])
                        ),
                        name="practice_topics_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="practice",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", teaching.words.RecordState["RETURNED"]), _negated=True),
                            models.Q(("word", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="practice_returned_says_why",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="practice",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("coauthor__isnull", True),
                            models.Q(("coauthor", models.F("staff")), _negated=True),
                            _connector="OR",
                        ),
                        name="practice_of_two",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="practiceuse",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("removed_at__isnull", True)),
                        fields=("practice", "staff"),
                        name="practice_applied_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="setvalue",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("number__lte", models.F("of"))), name="set_value_within"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="setvalue",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("removed_at__isnull", True)), fields=("year", "code"), name="set_value_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="teachergap",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("area__in", ["subject", "method", "people", "assess", "digital"])),
                        name="gap_area_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="teachergap",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("found__in", ["self", "visit", "test", "union"])),
                        name="gap_found_how_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="teachergap",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on__isnull", True), ("found_on__lte", models.F("closed_on")), _connector="OR"
                        ),
                        name="gap_days_in_order",
                    ),
                ),
                migrations.AddIndex(
                    model_name="training",
                    index=models.Index(fields=["school", "state"], name="training_by_state"),
                ),
                migrations.AddConstraint(
                    model_name="training",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind__in", ["formal", "nonform", "inform"])), name="training_kind_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="training",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__in", ["entered", "confirmed", "returned"])),
                        name="training_state_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="training",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("topics__contained_by", ["weak", "needs", "motive", "assess", "digital", "other"])
                        ),
                        name="training_topics_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="training",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("ends__isnull", True), ("starts__lte", models.F("ends")), _connector="OR"),
                        name="training_days_in_order",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="training",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", teaching.words.RecordState["RETURNED"]), _negated=True),
                            models.Q(("word", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="training_returned_says_why",
                    ),
                ),
            ]
        ),
        TrackHistory("Training", insert=True, keep=["title"]),
        TrackHistory("Community", insert=True, keep=["title"]),
        TrackHistory("CommunityMember", insert=True, keep=["community"]),
        TrackHistory("CommunityMeeting", insert=True, keep=["on"]),
        TrackHistory("Practice", insert=True, keep=["title"]),
        TrackHistory("PracticeFile", insert=True, keep=["title"]),
        TrackHistory("PracticeUse", insert=True, keep=["practice"]),
        TrackHistory("LessonVisit", insert=True, keep=["on"]),
        TrackHistory("TeacherGap", insert=True, keep=["area"]),
        TrackHistory("SetValue", insert=True, keep=["code"]),
    ]
