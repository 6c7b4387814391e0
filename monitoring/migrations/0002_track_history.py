from django.db import migrations

from common.history import TrackHistory


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0001_reports"), ("school", "0002_history")]

    operations = [TrackHistory("Report", insert=True, ignore=["data"], keep=["period", "state"])]
