import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("iom", "0005_work_journals"),
    ]

    operations = [
        migrations.AddField(
            model_name="extrasession",
            name="entry",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="extra_session",
                to="iom.workentry",
                verbose_name="запись журнала",
            ),
        ),
    ]
