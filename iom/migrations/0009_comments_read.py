from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("iom", "0008_parents_answered"),
    ]

    operations = [
        migrations.AddField(
            model_name="journalcomment",
            name="read_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="автор прочитал"),
        ),
    ]
