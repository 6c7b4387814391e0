import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("gradebook", "0007_procedures")]

    operations = [
        migrations.AddField(
            model_name="importprofile",
            name="words",
            field=models.JSONField(default=dict, verbose_name="слова итогов"),
        ),
        migrations.AddField(
            model_name="importprofile",
            name="layouts",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=16), default=list, size=None, verbose_name="для каких выгрузок"
            ),
        ),
        migrations.AddField(
            model_name="importprofile",
            name="shipped",
            field=models.CharField(blank=True, default="", max_length=20, verbose_name="начат с"),
        ),
    ]
