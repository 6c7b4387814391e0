import django.contrib.postgres.fields
from django.db import migrations, models

from common.history import TrackHistory
from common.operations import ChangeTogether


class Migration(migrations.Migration):
    dependencies = [
        ("school", "0018_school_day"),
    ]

    operations = [
        ChangeTogether(
            operations=[
                migrations.AddField(
                    model_name="guardian",
                    name="also_named",
                    field=django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=302),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="другие имена",
                    ),
                ),
                migrations.AddField(
                    model_name="guardian",
                    name="by_hand",
                    field=django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="записано вручную",
                    ),
                ),
                migrations.AddField(
                    model_name="guardian",
                    name="interpreter",
                    field=models.BooleanField(default=False, verbose_name="нужен переводчик"),
                ),
                migrations.AddField(
                    model_name="guardian",
                    name="language",
                    field=models.CharField(blank=True, default="", max_length=40, verbose_name="язык общения"),
                ),
                migrations.AddField(
                    model_name="guardian",
                    name="more_contacts",
                    field=django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="ещё контакты",
                    ),
                ),
                migrations.AddField(
                    model_name="guardian",
                    name="way",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("meeting", "лично"),
                            ("phone", "по телефону"),
                            ("chat", "в мессенджере"),
                            ("email", "по электронной почте"),
                            ("diary", "в электронном дневнике"),
                        ],
                        default="",
                        max_length=8,
                        verbose_name="как лучше связаться",
                    ),
                ),
                migrations.AddField(
                    model_name="guardianship",
                    name="lives_with",
                    field=models.BooleanField(blank=True, null=True, verbose_name="живёт с ребёнком"),
                ),
                migrations.AddField(
                    model_name="guardianship",
                    name="telling",
                    field=models.CharField(
                        choices=[("all", "обо всём"), ("school", "только об учёбе"), ("none", "ничего")],
                        default="all",
                        max_length=8,
                        verbose_name="что можно сообщать",
                    ),
                ),
                migrations.AddField(
                    model_name="guardianship",
                    name="telling_from",
                    field=models.DateField(blank=True, null=True, verbose_name="действует с"),
                ),
                migrations.AddField(
                    model_name="guardianship",
                    name="telling_ground",
                    field=models.CharField(blank=True, default="", max_length=200, verbose_name="основание"),
                ),
                migrations.AddField(
                    model_name="guardianship",
                    name="telling_until",
                    field=models.DateField(blank=True, null=True, verbose_name="действует по"),
                ),
                migrations.AddField(
                    model_name="pupil",
                    name="detached",
                    field=django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=302),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="убранные представители",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="guardianship",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("telling__in", ["all", "school", "none"])),
                        name="guardianship_telling_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="guardianship",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("telling", "all"), models.Q(("telling_ground", ""), _negated=True), _connector="OR"
                        ),
                        name="guardianship_limit_has_ground",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="guardianship",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("telling_from__isnull", True),
                            ("telling_until__isnull", True),
                            ("telling_from__lte", models.F("telling_until")),
                            _connector="OR",
                        ),
                        name="guardianship_days_in_order",
                    ),
                ),
            ]
        ),
        # Where a child lives and why somebody is not told are family facts: an event says only that they changed.
        TrackHistory(
            "Guardianship", insert=True, keep=["guardian", "relation"], conceal=["lives_with", "telling_ground"]
        ),
    ]
