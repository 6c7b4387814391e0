from django.db import migrations

from common.history import TrackHistory


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_documents"), ("school", "0002_history")]

    operations = [TrackHistory("NumberRegister", insert=True, keep=["kind", "year"])]
