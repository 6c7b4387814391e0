from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

# Steps of before know no category: the marks wrote it in words, people left it as it was.
_CATEGORIES = """
WITH told AS (
    SELECT step.id, step.entry_id, step.version,
        CASE regexp_replace(step.comment, '^.* → ', '')
            WHEN 'неуспевающий' THEN 'failing' WHEN 'слабоуспевающий' THEN 'weak' WHEN 'резерв' THEN 'reserve'
        END AS category
    FROM risk_registry_registrystep AS step
)
UPDATE risk_registry_registrystep AS step SET
    deed = CASE
        WHEN step.by_id IS NULL THEN 'marks'
        WHEN step.from_state = '' THEN 'include'
        WHEN step.from_state = step.to_state THEN 'accept'
        WHEN step.to_state = 'agreed' THEN 'agree'
        WHEN step.to_state = 'approved' THEN 'approve'
        WHEN step.to_state = 'returned' THEN 'return'
        WHEN step.to_state = 'removed' THEN 'remove'
        ELSE 'restore'
    END,
    category = coalesce(
        (SELECT told.category FROM told WHERE told.entry_id = step.entry_id AND told.version <= step.version
             AND told.category IS NOT NULL ORDER BY told.version DESC LIMIT 1),
        entry.category
    ),
    subjects = entry.subjects
FROM risk_registry_registryentry AS entry WHERE entry.id = step.entry_id
"""
_REMOVED = "UPDATE risk_registry_registryentry SET removal = 'other' WHERE state = 'removed'"


class Migration(migrations.Migration):
    dependencies = [("risk_registry", "0003_signals_and_deeds")]

    operations = [
        migrations.AddField(
            model_name="registryentry",
            name="corrected",
            field=models.BooleanField(default=False, verbose_name="категория исправлена человеком"),
        ),
        migrations.AddField(
            model_name="registryentry",
            name="removal",
            field=models.CharField(
                blank=True,
                choices=[
                    ("reached", "Достигнут результат"),
                    ("moved", "Выбыл"),
                    ("mistake", "Внесён ошибочно"),
                    ("other", "Другое"),
                ],
                default="",
                max_length=8,
                verbose_name="основание исключения",
            ),
        ),
        migrations.AddField(
            model_name="registrystep",
            name="deed",
            field=models.CharField(default="", max_length=8, verbose_name="что сделано"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="registrystep",
            name="category",
            field=models.CharField(default="", max_length=8, verbose_name="категория"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="registrystep",
            name="subjects",
            field=ArrayField(
                base_field=models.BigIntegerField(), blank=True, default=list, size=None, verbose_name="предметы"
            ),
        ),
        migrations.RunSQL(_CATEGORIES, migrations.RunSQL.noop),
        migrations.RunSQL(_REMOVED, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="registryentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("removal__in", ["reached", "moved", "mistake", "other"]), ("state", "removed")),
                    models.Q(models.Q(("state", "removed"), _negated=True), ("removal", "")),
                    _connector="OR",
                ),
                name="registry_removal_has_grounds",
            ),
        ),
    ]
