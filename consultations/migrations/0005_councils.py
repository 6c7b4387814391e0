import django.contrib.postgres.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import school.models.calendar
from common.history import TrackHistory
from common.operations import CreateTogether


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0004_meetings_off_hours"),
        ("school", "0018_school_day"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether(
            operations=[
                migrations.CreateModel(
                    name="Conclusion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="номер")),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("support", "программа сопровождения"),
                                    ("route", "индивидуальный маршрут"),
                                    ("pmpk", "направление на ПМПК"),
                                    ("watch", "наблюдение"),
                                    ("ended", "сопровождение завершено"),
                                    ("other", "иное"),
                                ],
                                max_length=8,
                                verbose_name="результат",
                            ),
                        ),
                        (
                            "agreement",
                            models.CharField(
                                blank=True,
                                choices=[("agree", "согласны"), ("partly", "согласны частично"), ("no", "не согласны")],
                                default="",
                                max_length=8,
                                verbose_name="родители",
                            ),
                        ),
                        ("agreement_on", models.DateField(blank=True, null=True, verbose_name="когда ответили")),
                        (
                            "agreement_how",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("sitting", "на заседании"),
                                    ("meeting", "лично, после заседания"),
                                    ("paper", "письменно"),
                                    ("phone", "по телефону"),
                                ],
                                default="",
                                max_length=8,
                                verbose_name="как",
                            ),
                        ),
                        ("signed", models.BooleanField(default=False, verbose_name="подпись есть")),
                        ("given_on", models.DateField(blank=True, null=True, verbose_name="передано родителям")),
                        ("teachers_on", models.DateField(blank=True, null=True, verbose_name="доведено до педагогов")),
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
                            "pupil",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="conclusions",
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
                        "verbose_name": "коллегиальное заключение",
                        "ordering": ["number"],
                    },
                ),
                migrations.CreateModel(
                    name="ConclusionWords",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("findings", models.CharField(max_length=2000, verbose_name="выводы")),
                        ("advice", models.CharField(max_length=2000, verbose_name="рекомендации педагогам")),
                        (
                            "parents",
                            models.CharField(
                                blank=True, default="", max_length=2000, verbose_name="рекомендации родителям"
                            ),
                        ),
                        (
                            "dissent",
                            models.CharField(
                                blank=True, default="", max_length=500, verbose_name="особое мнение родителей"
                            ),
                        ),
                        (
                            "conclusion",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="words",
                                to="consultations.conclusion",
                            ),
                        ),
                        (
                            "pupil",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.pupil"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "текст заключения",
                    },
                ),
                migrations.CreateModel(
                    name="Council",
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
                                    ("ppk", "Психолого-педагогический консилиум"),
                                    ("small", "Малый педагогический совет"),
                                    ("prevent", "Совет профилактики"),
                                    ("mediate", "Служба медиации"),
                                ],
                                max_length=8,
                                verbose_name="вид",
                            ),
                        ),
                        (
                            "order_number",
                            models.CharField(blank=True, default="", max_length=50, verbose_name="номер приказа"),
                        ),
                        ("order_date", models.DateField(blank=True, null=True, verbose_name="дата приказа")),
                        (
                            "regulation",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="положение"),
                        ),
                        ("ended_on", models.DateField(blank=True, null=True, verbose_name="закрыт")),
                        ("created_at", models.DateTimeField(verbose_name="создан")),
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
                        "verbose_name": "совет школы",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="CouncilMember",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("chair", "Председатель"),
                                    ("deputy", "Заместитель председателя"),
                                    ("secret", "Секретарь"),
                                    ("member", "Член"),
                                ],
                                default="member",
                                max_length=8,
                                verbose_name="в совете",
                            ),
                        ),
                        ("begins", models.DateField(verbose_name="с")),
                        ("ends", models.DateField(blank=True, null=True, verbose_name="по")),
                        (
                            "council",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="members",
                                to="consultations.council",
                            ),
                        ),
                        (
                            "staff",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="councils",
                                to="school.staff",
                                verbose_name="сотрудник",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "член совета",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="MediationCase",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="номер")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("pupils", "между обучающимися"),
                                    ("teacher", "обучающийся и педагог"),
                                    ("parents", "с участием родителей"),
                                    ("class", "в классе"),
                                ],
                                max_length=8,
                                verbose_name="конфликт",
                            ),
                        ),
                        (
                            "initiator",
                            models.CharField(
                                choices=[
                                    ("class", "классный руководитель"),
                                    ("teacher", "педагог"),
                                    ("parents", "родители"),
                                    ("admin", "администрация"),
                                ],
                                max_length=8,
                                verbose_name="кто обратился",
                            ),
                        ),
                        ("opened_on", models.DateField(verbose_name="начат")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "Идёт"),
                                    ("agreed", "Стороны договорились"),
                                    ("none", "Договориться не удалось"),
                                    ("refused", "Сторона отказалась"),
                                ],
                                default="open",
                                max_length=8,
                                verbose_name="состояние",
                            ),
                        ),
                        ("closed_on", models.DateField(blank=True, null=True, verbose_name="завершён")),
                        (
                            "check_on",
                            models.DateField(blank=True, null=True, verbose_name="проверить, как выполняется"),
                        ),
                        ("kept", models.BooleanField(blank=True, null=True, verbose_name="договор выполняется")),
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
                            "council",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cases",
                                to="consultations.council",
                            ),
                        ),
                        (
                            "mediator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="school.staff",
                                verbose_name="ведущий",
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
                        "verbose_name": "случай медиации",
                        "ordering": ["-opened_on", "-number"],
                    },
                ),
                migrations.CreateModel(
                    name="CaseWords",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("course", models.CharField(blank=True, default="", max_length=2000, verbose_name="ход")),
                        (
                            "agreed",
                            models.CharField(blank=True, default="", max_length=1000, verbose_name="договорённость"),
                        ),
                        (
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="words",
                                to="consultations.mediationcase",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "текст случая медиации",
                    },
                ),
                migrations.CreateModel(
                    name="CaseParty",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "other",
                            models.CharField(blank=True, default="", max_length=200, verbose_name="другой участник"),
                        ),
                        ("agrees", models.BooleanField(default=False, verbose_name="согласие на участие")),
                        (
                            "pupil",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mediation",
                                to="school.pupil",
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
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parties",
                                to="consultations.mediationcase",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "сторона случая медиации",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Petition",
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
                                    ("ppk", "Психолого-педагогический консилиум"),
                                    ("small", "Малый педагогический совет"),
                                    ("prevent", "Совет профилактики"),
                                    ("mediate", "Служба медиации"),
                                ],
                                max_length=8,
                                verbose_name="куда",
                            ),
                        ),
                        (
                            "initiator",
                            models.CharField(
                                choices=[
                                    ("class", "классный руководитель"),
                                    ("teacher", "педагог"),
                                    ("parents", "родители"),
                                    ("admin", "администрация"),
                                ],
                                max_length=8,
                                verbose_name="кто просит",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("learn", "трудности в учёбе"),
                                    ("absent", "пропуски без причины"),
                                    ("adapt", "трудности адаптации"),
                                    ("behave", "поведение"),
                                    ("conflict", "конфликт"),
                                    ("special", "особые образовательные потребности"),
                                    ("dynamic", "итоги сопровождения"),
                                    ("other", "другое"),
                                ],
                                max_length=8,
                                verbose_name="повод",
                            ),
                        ),
                        ("on", models.DateField(verbose_name="дата")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("sent", "Ждёт рассмотрения"),
                                    ("agenda", "В повестке"),
                                    ("done", "Рассмотрено"),
                                    ("no", "Отклонено"),
                                    ("back", "Отозвано"),
                                ],
                                default="sent",
                                max_length=8,
                                verbose_name="состояние",
                            ),
                        ),
                        ("answer", models.CharField(blank=True, default="", max_length=300, verbose_name="ответ")),
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
                            "pupil",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="petitions", to="school.pupil"
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
                        "verbose_name": "ходатайство",
                        "ordering": ["-on", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="PetitionWords",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "seen",
                            models.CharField(blank=True, default="", max_length=1000, verbose_name="что замечено"),
                        ),
                        (
                            "tried",
                            models.CharField(blank=True, default="", max_length=1000, verbose_name="что уже сделано"),
                        ),
                        (
                            "petition",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="words",
                                to="consultations.petition",
                            ),
                        ),
                        (
                            "pupil",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.pupil"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "текст ходатайства",
                    },
                ),
                migrations.CreateModel(
                    name="PmpkReferral",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="номер")),
                        ("on", models.DateField(verbose_name="дата")),
                        ("reason", models.CharField(max_length=500, verbose_name="цель, причина")),
                        (
                            "handed_on",
                            models.DateField(blank=True, null=True, verbose_name="документы выданы родителям"),
                        ),
                        (
                            "result",
                            models.CharField(
                                choices=[
                                    ("waits", "результата ещё нет"),
                                    ("given", "получено заключение ПМПК"),
                                    ("refused", "родители отказались"),
                                    ("missed", "обследование не состоялось"),
                                ],
                                default="waits",
                                max_length=8,
                                verbose_name="результат",
                            ),
                        ),
                        ("result_on", models.DateField(blank=True, null=True, verbose_name="когда стал известен")),
                        (
                            "note",
                            models.CharField(blank=True, default="", max_length=500, verbose_name="что рекомендовано"),
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
                            "pupil",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pmpk_referrals",
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
                        "verbose_name": "направление на ПМПК",
                        "ordering": ["number"],
                    },
                ),
                migrations.CreateModel(
                    name="Sitting",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("on", models.DateField(verbose_name="день")),
                        ("starts_at", models.TimeField(blank=True, null=True, verbose_name="начало")),
                        ("room", models.CharField(blank=True, default="", max_length=50, verbose_name="кабинет")),
                        ("by_plan", models.BooleanField(default=True, verbose_name="плановое")),
                        ("topic", models.CharField(max_length=300, verbose_name="тематика")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "Запланировано"),
                                    ("held", "Проведено, протокол не подписан"),
                                    ("signed", "Протокол подписан"),
                                    ("undone", "Отменено"),
                                ],
                                default="planned",
                                max_length=8,
                                verbose_name="состояние",
                            ),
                        ),
                        ("number", models.PositiveIntegerField(blank=True, null=True, verbose_name="номер протокола")),
                        ("version", models.PositiveIntegerField(default=0, verbose_name="версия")),
                        ("created_at", models.DateTimeField(verbose_name="создано")),
                        (
                            "council",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sittings",
                                to="consultations.council",
                            ),
                        ),
                        (
                            "created_by",
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
                    ],
                    options={
                        "verbose_name": "заседание совета",
                        "ordering": ["on", "starts_at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="SittingPerson",
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
                        (
                            "role",
                            models.CharField(blank=True, default="", max_length=100, verbose_name="в каком качестве"),
                        ),
                        ("member", models.BooleanField(default=False, verbose_name="член совета")),
                        ("present", models.BooleanField(blank=True, null=True, verbose_name="был на заседании")),
                        (
                            "sitting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="people",
                                to="consultations.sitting",
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
                        "ordering": ["-member", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="SittingProtocol",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveSmallIntegerField(verbose_name="версия")),
                        ("signed_on", models.DateField(verbose_name="подписан")),
                        (
                            "why",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="почему исправлен"),
                        ),
                        ("content", models.JSONField(verbose_name="содержание")),
                        ("at", models.DateTimeField(verbose_name="записан")),
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
                                to="consultations.sitting",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "протокол заседания",
                        "ordering": ["version"],
                    },
                ),
                migrations.CreateModel(
                    name="SittingQuestion",
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
                            "parent_present",
                            models.BooleanField(blank=True, null=True, verbose_name="родитель присутствовал"),
                        ),
                        (
                            "consent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="school.consent",
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
                                verbose_name="кто из родителей",
                            ),
                        ),
                        (
                            "petition",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="questions",
                                to="consultations.petition",
                            ),
                        ),
                        (
                            "pupil",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="council_questions",
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
                            "sitting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="questions",
                                to="consultations.sitting",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "вопрос повестки",
                        "ordering": ["place", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="QuestionWords",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "course",
                            models.CharField(blank=True, default="", max_length=2000, verbose_name="ход обсуждения"),
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
                            "question",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="words",
                                to="consultations.sittingquestion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ход обсуждения",
                    },
                ),
                migrations.CreateModel(
                    name="CouncilDecision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.CharField(max_length=500, verbose_name="решение")),
                        ("due", models.DateField(blank=True, null=True, verbose_name="срок")),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "Выполняется"), ("done", "Выполнено"), ("failed", "Не выполнено")],
                                default="open",
                                max_length=8,
                                verbose_name="состояние",
                            ),
                        ),
                        (
                            "answer",
                            models.CharField(blank=True, default="", max_length=500, verbose_name="что сделано"),
                        ),
                        ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="отмечено")),
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
                            "question",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="decisions",
                                to="consultations.sittingquestion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "решение совета",
                        "ordering": ["pk"],
                    },
                ),
                migrations.AddField(
                    model_name="conclusion",
                    name="question",
                    field=models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conclusion",
                        to="consultations.sittingquestion",
                    ),
                ),
                migrations.CreateModel(
                    name="SittingStep",
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
                        ("deed", models.CharField(max_length=8)),
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
                                to="consultations.sitting",
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
                    name="ConclusionReader",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="когда")),
                        (
                            "conclusion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="readers",
                                to="consultations.conclusion",
                            ),
                        ),
                        (
                            "staff",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="school.staff",
                                verbose_name="сотрудник",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ознакомление с заключением",
                        "ordering": ["at"],
                        "constraints": [
                            models.UniqueConstraint(fields=("conclusion", "staff"), name="conclusion_read_once")
                        ],
                    },
                ),
                migrations.AddConstraint(
                    model_name="council",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind__in", ["ppk", "small", "prevent", "mediate"])),
                        name="council_kind_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="council",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("ended_on__isnull", True)),
                        fields=("school", "year", "kind"),
                        name="council_once_a_year",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="council",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("order_number", ""), ("order_date__isnull", False), _connector="XOR"),
                        name="council_order_has_both",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="councilmember",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("role__in", ["chair", "deputy", "secret", "member"])),
                        name="council_role_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="councilmember",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("ends__isnull", True), ("begins__lte", models.F("ends")), _connector="OR"),
                        name="council_member_days_in_order",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="councilmember",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("council", "="),
                            ("staff", "="),
                            (school.models.calendar.DateSpan("begins", "ends"), "&&"),
                        ],
                        name="council_member_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="councilmember",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("role__in", ["chair", "secret"])),
                        expressions=[
                            ("council", "="),
                            ("role", "="),
                            (school.models.calendar.DateSpan("begins", "ends"), "&&"),
                        ],
                        name="council_one_chair_and_secretary",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="mediationcase",
                    constraint=models.UniqueConstraint(fields=("council", "number"), name="case_number_once"),
                ),
                migrations.AddConstraint(
                    model_name="mediationcase",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind__in", ["pupils", "teacher", "parents", "class"])),
                        name="case_kind_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="mediationcase",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "agreed", "none", "refused"])),
                        name="case_state_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="mediationcase",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("state", "open"),
                            ("closed_on__isnull", False),
                            _connector="XOR",
                        ),
                        name="case_closed_has_day",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="mediationcase",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("state", "agreed"),
                            models.Q(("check_on__isnull", True), ("kept__isnull", True)),
                            _connector="OR",
                        ),
                        name="case_checks_what_was_agreed",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="caseparty",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("other", ""), ("pupil__isnull", False), ("staff__isnull", True)),
                            models.Q(("other", ""), ("pupil__isnull", True), ("staff__isnull", False)),
                            models.Q(
                                ("pupil__isnull", True), ("staff__isnull", True), models.Q(("other", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="party_is_one",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="caseparty",
                    constraint=models.UniqueConstraint(fields=("case", "pupil"), name="party_pupil_once"),
                ),
                migrations.AddConstraint(
                    model_name="petition",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind__in", ["ppk", "small", "prevent", "mediate"])),
                        name="petition_kind_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="petition",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__in", ["sent", "agenda", "done", "no", "back"])),
                        name="petition_state_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="petition",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "reason__in",
                                ["learn", "absent", "adapt", "behave", "conflict", "special", "dynamic", "other"],
                            )
                        ),
                        name="petition_reason_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="petition",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("initiator__in", ["class", "teacher", "parents", "admin"])),
                        name="petition_initiator_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="petition",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "no"), _negated=True),
                            models.Q(("answer", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="petition_declined_says_why",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="petition",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state__in", ["sent", "agenda"])),
                        fields=("pupil", "kind"),
                        name="petition_waits_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pmpkreferral",
                    constraint=models.UniqueConstraint(fields=("school", "year", "number"), name="pmpk_number_once"),
                ),
                migrations.AddConstraint(
                    model_name="pmpkreferral",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("result__in", ["waits", "given", "refused", "missed"])),
                        name="pmpk_result_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pmpkreferral",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("result", "waits"),
                            ("result_on__isnull", False),
                            _connector="XOR",
                        ),
                        name="pmpk_result_dated",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="sitting",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__in", ["planned", "held", "signed", "undone"])),
                        name="sitting_state_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="sitting",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["held", "signed"]), _negated=True),
                            ("number__isnull", False),
                            _connector="OR",
                        ),
                        name="sitting_held_has_number",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="sitting",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("number__isnull", False)),
                        fields=("council", "number"),
                        name="sitting_number_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="sitting",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state", "undone"), _negated=True),
                        fields=("council", "on", "starts_at"),
                        name="sitting_at_one_time_once",
                        nulls_distinct=False,
                    ),
                ),
                migrations.AddConstraint(
                    model_name="sittingperson",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("staff__isnull", True), ("guest", ""), _connector="XOR"),
                        name="sitting_person_named",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="sittingperson",
                    constraint=models.UniqueConstraint(fields=("sitting", "staff"), name="sitting_person_once"),
                ),
                migrations.AddConstraint(
                    model_name="sittingprotocol",
                    constraint=models.UniqueConstraint(fields=("sitting", "version"), name="protocol_version_once"),
                ),
                migrations.AddConstraint(
                    model_name="sittingprotocol",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("version", 1), models.Q(("why", ""), _negated=True), _connector="OR"),
                        name="protocol_corrected_says_why",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="sittingquestion",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("pupil__isnull", False)),
                        fields=("sitting", "pupil"),
                        name="question_of_pupil_once",
                    ),
                ),
                migrations.AddIndex(
                    model_name="councildecision",
                    index=models.Index(fields=["responsible", "state"], name="decision_of_person"),
                ),
                migrations.AddConstraint(
                    model_name="councildecision",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "done", "failed"])), name="decision_state_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="councildecision",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at__isnull", True),
                                ("answered_by__isnull", True),
                                ("state", "open"),
                            ),
                            models.Q(
                                models.Q(("state", "open"), _negated=True),
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="decision_answered_by_somebody",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="councildecision",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "failed"), _negated=True),
                            models.Q(("answer", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="decision_not_done_says_why",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="conclusion",
                    constraint=models.UniqueConstraint(
                        fields=("school", "year", "number"), name="conclusion_number_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="conclusion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["support", "route", "pmpk", "watch", "ended", "other"])),
                        name="conclusion_outcome_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="conclusion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreement", ""), ("agreement_how", ""), ("agreement_on__isnull", True)),
                            models.Q(
                                ("agreement__in", ["agree", "partly", "no"]),
                                ("agreement_how__in", ["sitting", "meeting", "paper", "phone"]),
                                ("agreement_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="conclusion_answer_dated",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="sittingstep",
                    constraint=models.UniqueConstraint(fields=("sitting", "version"), name="sitting_step_once"),
                ),
            ]
        ),
        TrackHistory("Council", insert=True, keep=["kind"]),
        TrackHistory("CouncilMember", insert=True, keep=["council", "staff"]),
        TrackHistory("Petition", insert=True, keep=["on"]),
        TrackHistory("PetitionWords", insert=True, conceal=["seen", "tried"], keep=["petition"]),
        TrackHistory("Sitting", insert=True, keep=["council", "on"]),
        TrackHistory("SittingStep"),
        TrackHistory("SittingPerson", insert=True, keep=["sitting"]),
        TrackHistory("SittingQuestion", insert=True, conceal=["title"], keep=["sitting"]),
        TrackHistory("QuestionWords", insert=True, conceal=["course"], keep=["question"]),
        TrackHistory("CouncilDecision", insert=True, conceal=["text", "answer"], keep=["question"]),
        TrackHistory("SittingProtocol", insert=True, conceal=["content"], keep=["sitting"]),
        TrackHistory("Conclusion", insert=True, keep=["number"]),
        TrackHistory(
            "ConclusionWords",
            insert=True,
            conceal=["findings", "advice", "parents", "dissent"],
            keep=["conclusion"],
        ),
        TrackHistory("ConclusionReader", insert=True),
        TrackHistory("PmpkReferral", insert=True, conceal=["reason", "note"], keep=["number"]),
        TrackHistory("MediationCase", insert=True, keep=["number"]),
        TrackHistory("CaseParty", insert=True, conceal=["other"], keep=["case"]),
        TrackHistory("CaseWords", insert=True, conceal=["course", "agreed"], keep=["case"]),
    ]
