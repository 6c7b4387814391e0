import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from common.history import TrackHistory


class Migration(migrations.Migration):
    dependencies = [
        ("gradebook", "0007_procedures"),
        ("risk_registry", "0010_interviews_and_complaints"),
        ("school", "0016_year_change"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="WorkNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "causes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=5),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="причины",
                    ),
                ),
                ("text", models.CharField(blank=True, default="", max_length=1000, verbose_name="что ещё")),
                ("at", models.DateTimeField(verbose_name="записано")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "procedure",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="note", to="gradebook.procedure"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.school"
                    ),
                ),
            ],
        ),
        TrackHistory("WorkNote", insert=True),
    ]
