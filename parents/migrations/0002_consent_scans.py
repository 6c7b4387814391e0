import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from common.history import TrackHistory


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0001_squashed_0002"),
        ("parents", "0001_conversations_and_notices"),
        ("school", "0002_history"),
        ("school", "0019_guardians"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ConsentScan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="приложено")),
                ("taken_back_at", models.DateTimeField(blank=True, null=True, verbose_name="убрано")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "consent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="scans", to="school.consent"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="documents.storedfile",
                        verbose_name="скан",
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.pupil"),
                ),
            ],
            options={
                "verbose_name": "скан согласия",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("taken_back_at__isnull", True)),
                        fields=("consent",),
                        name="consent_scan_once",
                    )
                ],
            },
        ),
        TrackHistory("ConsentScan", insert=True, keep=["consent"]),
    ]
