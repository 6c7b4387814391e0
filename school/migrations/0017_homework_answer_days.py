import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("school", "0016_year_change"),
    ]

    operations = [
        migrations.AddField(
            model_name="schoolsettings",
            name="homework_answer_days",
            field=models.PositiveSmallIntegerField(
                default=30,
                help_text="59-ФЗ, ст. 12: 30 дней со дня регистрации.",
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(30)],
                verbose_name="дней на ответ по жалобе на объём домашних заданий",
            ),
        ),
    ]
