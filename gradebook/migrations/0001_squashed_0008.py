"""All tables as they stand, in one go; the migrations that it replaces are for older installations."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import common.history
import common.keys
import common.operations
import gradebook.models.imports
import school.models.calendar


class Migration(migrations.Migration):
    replaces = [
        ("gradebook", "0001_facts"),
        ("gradebook", "0002_track_history"),
        ("gradebook", "0003_imports"),
        ("gradebook", "0004_track_imports"),
        ("gradebook", "0005_keys_by_statement"),
        ("gradebook", "0006_absence_grounds"),
        ("gradebook", "0007_procedures"),
        ("gradebook", "0008_profiles"),
    ]

    initial = True

    dependencies = [
        ("documents", "0001_squashed_0002"),
        ("school", "0001_squashed_0017"),
    ]

    operations = [
        common.operations.CreateTogether(
            operations=[
                migrations.CreateModel(
                    name="Procedure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=300, verbose_name="название")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("vpr", "ВПР"),
                                    ("oge", "ОГЭ"),
                                    ("ege", "ЕГЭ"),
                                    ("regional", "региональная работа"),
                                    ("admin", "административная работа"),
                                    ("diagnostic", "стартовая диагностика"),
                                    ("control", "контрольная работа"),
                                    ("other", "другая работа"),
                                ],
                                default="other",
                                max_length=10,
                                verbose_name="вид",
                            ),
                        ),
                        ("grade", models.PositiveSmallIntegerField(verbose_name="параллель")),
                        ("date", models.DateField(blank=True, null=True, verbose_name="дата")),
                        ("lesson", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="урок")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "в графике"),
                                    ("held", "проведена"),
                                    ("analysed", "разобрана"),
                                    ("cancelled", "отменена"),
                                ],
                                default="held",
                                max_length=10,
                                verbose_name="состояние",
                            ),
                        ),
                        ("planned", models.BooleanField(default=False, verbose_name="стоит в графике")),
                        (
                            "cancelled_why",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="почему отменена"),
                        ),
                        (
                            "max_score",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=6, null=True, verbose_name="наибольший балл"
                            ),
                        ),
                        (
                            "tasks",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=20), blank=True, default=list, size=None
                            ),
                        ),
                        (
                            "maxima",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.DecimalField(decimal_places=2, max_digits=5, null=True),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "repeats",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="repetitions",
                                to="gradebook.procedure",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="procedures",
                                to="school.school",
                            ),
                        ),
                        (
                            "school_class",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="procedures",
                                to="school.schoolclass",
                                verbose_name="класс",
                            ),
                        ),
                        (
                            "subject",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="procedures",
                                to="school.subject",
                                verbose_name="предмет",
                            ),
                        ),
                        (
                            "year",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="procedures",
                                to="school.academicyear",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["date", "grade"],
                    },
                ),
                migrations.CreateModel(
                    name="Coverage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "form",
                            models.CharField(
                                choices=[
                                    ("lessons", "уроки"),
                                    ("marks", "отметки"),
                                    ("absences", "пропуски"),
                                    ("period_results", "итоги"),
                                    ("assessment_results", "внешние работы"),
                                    ("period_means", "средние"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("excluded", models.BooleanField(default=False)),
                        (
                            "subjects",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.IntegerField(), default=list, size=None
                            ),
                        ),
                        (
                            "pupils",
                            django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None),
                        ),
                        (
                            "dates",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.DateField(), default=list, size=None
                            ),
                        ),
                        ("last_day", models.DateField(blank=True, null=True, verbose_name="последний урок")),
                        (
                            "result_kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("period", "за период"),
                                    ("year", "годовая"),
                                    ("exam", "экзаменационная"),
                                    ("state_exam", "государственный экзамен"),
                                    ("final", "итоговая"),
                                ],
                                default="",
                                max_length=10,
                            ),
                        ),
                        (
                            "batch",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="coverage",
                                to="school.importbatch",
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
                            "school_class",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="coverage",
                                to="school.schoolclass",
                            ),
                        ),
                        (
                            "year",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.academicyear"
                            ),
                        ),
                        (
                            "procedure",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="gradebook.procedure",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="AssessmentResult",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("by_hand", models.BooleanField(default=False, verbose_name="исправлено вручную")),
                        ("code", models.CharField(blank=True, default="", max_length=20, verbose_name="код участника")),
                        ("variant", models.CharField(blank=True, default="", max_length=20, verbose_name="вариант")),
                        (
                            "score",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=6, null=True, verbose_name="балл"
                            ),
                        ),
                        (
                            "mark",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="отметка за работу"),
                        ),
                        (
                            "journal_mark",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="отметка по журналу"),
                        ),
                        (
                            "points",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.DecimalField(decimal_places=2, max_digits=5, null=True),
                                blank=True,
                                null=True,
                                size=None,
                            ),
                        ),
                        ("absent", models.BooleanField(db_default=False, default=False, verbose_name="отсутствовал")),
                        (
                            "batch",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="school.importbatch",
                            ),
                        ),
                        (
                            "pupil",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="%(class)ss",
                                to="school.pupil",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="school.school",
                            ),
                        ),
                        (
                            "year",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="school.academicyear",
                            ),
                        ),
                        (
                            "procedure",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="results",
                                to="gradebook.procedure",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ProcedureStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "deed",
                            models.CharField(
                                choices=[
                                    ("planned", "внесена в график"),
                                    ("moved", "перенесена"),
                                    ("cancelled", "отменена"),
                                    ("restored", "возвращена в график"),
                                    ("analysed", "разобрана"),
                                ],
                                max_length=10,
                                verbose_name="что сделано",
                            ),
                        ),
                        ("was", models.DateField(blank=True, null=True, verbose_name="стояла на")),
                        ("becomes", models.DateField(blank=True, null=True, verbose_name="стоит на")),
                        ("why", models.CharField(blank=True, default="", max_length=300, verbose_name="почему")),
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
                            "procedure",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="gradebook.procedure",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Absence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("by_hand", models.BooleanField(default=False, verbose_name="исправлено вручную")),
                        ("date", models.DateField(verbose_name="дата")),
                        ("ordinal", models.PositiveSmallIntegerField(default=0, verbose_name="который за день")),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("unexcused", "без уважительной причины"),
                                    ("illness", "болезнь"),
                                    ("excused", "уважительная причина"),
                                ],
                                max_length=10,
                                verbose_name="причина",
                            ),
                        ),
                        ("raw", models.CharField(blank=True, default="", max_length=16, verbose_name="как в журнале")),
                        (
                            "batch",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="school.importbatch",
                            ),
                        ),
                        (
                            "pupil",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="%(class)ss",
                                to="school.pupil",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="school.school",
                            ),
                        ),
                        (
                            "subject",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="school.subject",
                            ),
                        ),
                        (
                            "year",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="school.academicyear",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            django.contrib.postgres.indexes.BrinIndex(
                                autosummarize=True, fields=["school", "date"], name="absence_school_date"
                            ),
                            django.contrib.postgres.indexes.BrinIndex(
                                autosummarize=True, fields=["batch"], name="absence_batch"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("pupil", "subject", "date", "ordinal"), name="absence_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason__in", ["unexcused", "illness", "excused"])),
                                name="absence_reason_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AbsenceGround",
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
                                    ("note", "Записка от родителей"),
                                    ("certificate", "Справка врача"),
                                    ("event", "Приказ, вызов или справка о мероприятии"),
                                    ("family", "Заявление на имя директора"),
                                    ("unwell", "Плохое самочувствие: отпустил учитель"),
                                    ("other", "Другой документ"),
                                    ("truancy", "Уважительной причины нет: выяснено"),
                                ],
                                max_length=12,
                                verbose_name="основание",
                            ),
                        ),
                        ("starts", models.DateField(verbose_name="с")),
                        ("ends", models.DateField(verbose_name="по")),
                        ("covers_to", models.DateField(blank=True, null=True, verbose_name="действует по")),
                        ("reason", models.CharField(default="illness", max_length=10, verbose_name="учитывается как")),
                        ("on_paper", models.BooleanField(default=False, verbose_name="документ видели на бумаге")),
                        (
                            "comment",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="примечание"),
                        ),
                        ("at", models.DateTimeField(verbose_name="записано")),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="отозвано")),
                        (
                            "withdrawn_why",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="почему отозвано"),
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="absence_grounds",
                                to="school.pupil",
                            ),
                        ),
                        (
                            "replaces",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="corrections",
                                to="gradebook.absenceground",
                            ),
                        ),
                        (
                            "scan",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.storedfile",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.school"
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                        "ordering": ["-starts", "-pk"],
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("withdrawn_at__isnull", True)),
                                expressions=[("pupil", "="), (school.models.calendar.DateSpan(), "&&")],
                                name="grounds_do_not_overlap",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("starts__lte", models.F("ends"))), name="ground_days_in_order"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        ["note", "certificate", "event", "family", "unwell", "other", "truancy"],
                                    )
                                ),
                                name="ground_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("covers_to__isnull", True),
                                    ("covers_to__range", (models.F("starts"), models.F("ends"))),
                                    _connector="OR",
                                ),
                                name="ground_covers_its_days",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("withdrawn_at__isnull", True), ("withdrawn_by__isnull", False), _connector="XOR"
                                ),
                                name="ground_withdrawn_by_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FactChange",
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
                                    ("marks", "отметки"),
                                    ("absences", "пропуски"),
                                    ("period_results", "итоги"),
                                    ("assessment_results", "внешние работы"),
                                    ("period_means", "средние"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "deed",
                            models.CharField(choices=[("updated", "изменено"), ("removed", "убрано")], max_length=8),
                        ),
                        ("fact_id", models.BigIntegerField()),
                        ("before", models.JSONField()),
                        (
                            "batch",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="fact_changes",
                                to="school.importbatch",
                            ),
                        ),
                        (
                            "before_batch",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="school.importbatch",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["kind", "fact_id"], name="fact_change_of_fact")],
                    },
                ),
                migrations.CreateModel(
                    name="HandCorrection",
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
                                    ("marks", "отметки"),
                                    ("absences", "пропуски"),
                                    ("period_results", "итоги"),
                                    ("assessment_results", "внешние работы"),
                                    ("period_means", "средние"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("fact_id", models.BigIntegerField(null=True)),
                        ("date", models.DateField(null=True)),
                        ("before", models.JSONField(null=True)),
                        ("at", models.DateTimeField(auto_now_add=True)),
                        ("comment", models.CharField(blank=True, default="", max_length=300, verbose_name="почему")),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "pupil",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.pupil"
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
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.subject"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["pupil", "kind"], name="correction_of_pupil")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("fact_id__isnull", False)),
                                fields=("kind", "fact_id"),
                                name="correction_of_fact_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImportProfile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(default="Обычный журнал", max_length=100, verbose_name="название")),
                        (
                            "codes",
                            models.JSONField(
                                default=gradebook.models.imports.usual_codes, verbose_name="коды пропусков"
                            ),
                        ),
                        ("words", models.JSONField(default=dict, verbose_name="слова итогов")),
                        (
                            "layouts",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=16),
                                default=list,
                                size=None,
                                verbose_name="для каких выгрузок",
                            ),
                        ),
                        ("shipped", models.CharField(blank=True, default="", max_length=20, verbose_name="начат с")),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="import_profiles",
                                to="school.school",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [models.UniqueConstraint(fields=("school", "title"), name="profile_title_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Mark",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("by_hand", models.BooleanField(default=False, verbose_name="исправлено вручную")),
                        ("date", models.DateField(verbose_name="дата")),
                        ("ordinal", models.PositiveSmallIntegerField(default=0, verbose_name="которая за день")),
                        ("value", models.PositiveSmallIntegerField(verbose_name="отметка")),
                        ("raw", models.CharField(blank=True, default="", max_length=16, verbose_name="как в журнале")),
                        (
                            "weight",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=4, null=True, verbose_name="вес"
                            ),
                        ),
                        ("work", models.CharField(blank=True, default="", max_length=100, verbose_name="вид работы")),
                        (
                            "batch",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="school.importbatch",
                            ),
                        ),
                        (
                            "pupil",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="%(class)ss",
                                to="school.pupil",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="school.school",
                            ),
                        ),
                        (
                            "subject",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="school.subject",
                            ),
                        ),
                        (
                            "year",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="school.academicyear",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            django.contrib.postgres.indexes.BrinIndex(
                                autosummarize=True, fields=["school", "date"], name="mark_school_date"
                            ),
                            django.contrib.postgres.indexes.BrinIndex(
                                autosummarize=True, fields=["batch"], name="mark_batch"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("pupil", "subject", "date", "ordinal"), name="mark_once"),
                            models.CheckConstraint(condition=models.Q(("value__range", (1, 5))), name="mark_in_scale"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NameMatch",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("class_name", models.CharField(blank=True, default="", max_length=30, verbose_name="класс")),
                        ("name", models.CharField(max_length=300, verbose_name="имя, как сравнивается")),
                        ("birth_date", models.DateField(blank=True, null=True, verbose_name="дата рождения")),
                        ("at", models.DateTimeField(auto_now_add=True)),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "pupil",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="name_matches",
                                to="school.pupil",
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
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("year", "class_name", "name", "birth_date"),
                                name="name_match_once",
                                nulls_distinct=False,
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ParticipantCode",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("grade", models.PositiveSmallIntegerField(verbose_name="параллель")),
                        ("code", models.CharField(max_length=5, verbose_name="код участника")),
                        (
                            "pupil",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="participant_codes",
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
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.academicyear"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                                fields=("year", "grade", "code"),
                                name="code_of_one_pupil",
                            ),
                            models.UniqueConstraint(fields=("year", "pupil"), name="pupil_has_one_code"),
                            models.CheckConstraint(
                                condition=models.Q(("code__regex", "^[0-9]{5}$")), name="code_of_five_digits"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PeriodMean",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("by_hand", models.BooleanField(default=False, verbose_name="исправлено вручную")),
                        (
                            "mean",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=4, null=True, verbose_name="средняя"
                            ),
                        ),
                        (
                            "weighted",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=4, null=True, verbose_name="средневзвешенная"
                            ),
                        ),
                        (
                            "batch",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="school.importbatch",
                            ),
                        ),
                        (
                            "period",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="school.period",
                            ),
                        ),
                        (
                            "pupil",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="%(class)ss",
                                to="school.pupil",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="school.school",
                            ),
                        ),
                        (
                            "subject",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="school.subject",
                            ),
                        ),
                        (
                            "year",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="school.academicyear",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("pupil", "subject", "period"), name="mean_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PeriodResult",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("by_hand", models.BooleanField(default=False, verbose_name="исправлено вручную")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("period", "за период"),
                                    ("year", "годовая"),
                                    ("exam", "экзаменационная"),
                                    ("state_exam", "государственный экзамен"),
                                    ("final", "итоговая"),
                                ],
                                default="period",
                                max_length=10,
                                verbose_name="чего итог",
                            ),
                        ),
                        ("value", models.CharField(max_length=8, verbose_name="итог")),
                        ("raw", models.CharField(blank=True, default="", max_length=16, verbose_name="как в файле")),
                        ("excused", models.BooleanField(default=False, verbose_name="н/а по уважительной причине")),
                        (
                            "batch",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="school.importbatch",
                            ),
                        ),
                        (
                            "period",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="school.period",
                            ),
                        ),
                        (
                            "pupil",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="%(class)ss",
                                to="school.pupil",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="school.school",
                            ),
                        ),
                        (
                            "subject",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="school.subject",
                            ),
                        ),
                        (
                            "year",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="school.academicyear",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            django.contrib.postgres.indexes.BrinIndex(
                                autosummarize=True, fields=["school", "year"], name="result_school_year"
                            ),
                            django.contrib.postgres.indexes.BrinIndex(
                                autosummarize=True, fields=["batch"], name="result_batch"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("pupil", "subject", "year", "kind", "period"),
                                name="result_once",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind", "period"), ("period__isnull", True), _connector="XOR"),
                                name="result_of_period_has_period",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("value__in", ["1", "2", "3", "4", "5", "н/а", "незач", "зач", "осв", "усп"])
                                ),
                                name="result_value_known",
                            ),
                        ],
                    },
                ),
                migrations.AddConstraint(
                    model_name="procedure",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state", "cancelled"), _negated=True),
                        fields=("school", "year", "title", "grade", "school_class", "subject", "date"),
                        name="procedure_once",
                        nulls_distinct=False,
                    ),
                ),
                migrations.AddConstraint(
                    model_name="procedure",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["vpr", "oge", "ege", "regional", "admin", "diagnostic", "control", "other"])
                        ),
                        name="procedure_kind_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="procedure",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__in", ["planned", "held", "analysed", "cancelled"])),
                        name="procedure_state_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="procedure",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state", "cancelled"), ("cancelled_why", ""), _connector="XOR"),
                        name="procedure_cancelled_for_a_reason",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="procedure",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("lesson__isnull", True), ("lesson__range", (1, 12)), _connector="OR"),
                        name="procedure_lesson_range",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="procedure",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("tasks__len", models.F("maxima__len"))), name="procedure_maxima_of_tasks"
                    ),
                ),
                migrations.AddIndex(
                    model_name="assessmentresult",
                    index=django.contrib.postgres.indexes.BrinIndex(
                        autosummarize=True, fields=["batch"], name="assessment_batch"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="assessmentresult",
                    constraint=models.UniqueConstraint(fields=("procedure", "pupil"), name="assessment_once"),
                ),
                migrations.AddConstraint(
                    model_name="assessmentresult",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("mark__isnull", True), ("mark__range", (1, 5)), _connector="OR"),
                        name="assessment_mark_in_scale",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="assessmentresult",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("journal_mark__isnull", True), ("journal_mark__range", (1, 5)), _connector="OR"
                        ),
                        name="assessment_journal_mark_in_scale",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="assessmentresult",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("absent", False),
                            models.Q(("mark__isnull", True), ("points__isnull", True), ("score__isnull", True)),
                            _connector="OR",
                        ),
                        name="assessment_of_absent_is_empty",
                    ),
                ),
            ],
        ),
        common.history.TrackHistory(
            name="Mark",
            keep=["subject", "date"],
        ),
        common.history.TrackHistory(
            name="Absence",
            keep=["subject", "date"],
        ),
        common.history.TrackHistory(
            name="PeriodResult",
            keep=["subject", "kind", "period"],
        ),
        common.history.TrackHistory(
            name="PeriodMean",
            keep=["subject", "period"],
        ),
        common.history.TrackHistory(
            name="AssessmentResult",
            keep=["procedure"],
        ),
        common.history.TrackHistory(
            name="Procedure",
            insert=True,
        ),
        common.history.TrackHistory(
            name="ImportProfile",
            insert=True,
        ),
        common.history.TrackHistory(
            name="NameMatch",
            insert=True,
            keep=["name"],
        ),
        common.history.TrackHistory(
            name="HandCorrection",
            insert=True,
            keep=["kind", "subject", "date"],
        ),
        common.keys.InstallKeyChecks(),
        common.keys.CheckKeys(
            name="Mark",
        ),
        common.keys.CheckKeys(
            name="Absence",
        ),
        common.keys.CheckKeys(
            name="PeriodResult",
        ),
        common.keys.CheckKeys(
            name="PeriodMean",
        ),
        common.keys.CheckKeys(
            name="AssessmentResult",
        ),
        common.history.TrackHistory(
            name="AbsenceGround",
            insert=True,
            conceal=["kind", "on_paper", "scan", "comment", "withdrawn_why"],
            keep=["starts", "ends"],
        ),
        common.history.TrackHistory(
            name="ProcedureStep",
            insert=True,
        ),
        common.history.TrackHistory(
            name="ParticipantCode",
            insert=True,
        ),
    ]
