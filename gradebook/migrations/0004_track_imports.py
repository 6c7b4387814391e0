from django.db import migrations

from common.history import TrackHistory


class Migration(migrations.Migration):
    dependencies = [("gradebook", "0003_imports"), ("school", "0002_history")]

    operations = [
        TrackHistory("ImportProfile", insert=True),
        TrackHistory("NameMatch", insert=True, keep=["name"]),
        TrackHistory("HandCorrection", insert=True, keep=["kind", "subject", "date"]),
    ]
