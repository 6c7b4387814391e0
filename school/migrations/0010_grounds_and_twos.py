import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("school", "0009_restricted_reads"),
    ]

    operations = [
        migrations.AddField(
            model_name="schoolsettings",
            name="note_days",
            field=models.PositiveSmallIntegerField(
                default=3,
                help_text="Правила учёта пропусков: «записка от родителей на срок не более 3-х дней», дальше нужна справка.",
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(14)],
                verbose_name="учебных дней по записке родителей, не больше",
            ),
        ),
        migrations.AddField(
            model_name="schoolsettings",
            name="twos_percent",
            field=models.PositiveSmallIntegerField(
                default=20,
                help_text="ФИОКО: «не менее 20 % двоек».",
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)],
                verbose_name="доля двоек, с которой внешняя работа тревожна, %",
            ),
        ),
        migrations.AddField(
            model_name="schoolsettings",
            name="twos_procedures",
            field=models.PositiveSmallIntegerField(
                default=2,
                help_text="ФИОКО: «по двум и более оценочным процедурам».",
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(20)],
                verbose_name="таких работ за учебный год, не меньше",
            ),
        ),
    ]
