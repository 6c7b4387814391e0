from django.db import migrations

from common.history import TrackHistory


class Migration(migrations.Migration):
    dependencies = [("gradebook", "0001_facts"), ("school", "0002_history")]

    operations = [
        # The import batch is the provenance of a new fact.
        TrackHistory("Mark", keep=["subject", "date"]),
        TrackHistory("Absence", keep=["subject", "date"]),
        TrackHistory("PeriodResult", keep=["subject", "kind", "period"]),
        TrackHistory("PeriodMean", keep=["subject", "period"]),
        TrackHistory("AssessmentResult", keep=["procedure"]),
        TrackHistory("Procedure", insert=True),
    ]
