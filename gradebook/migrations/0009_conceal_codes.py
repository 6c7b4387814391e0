from django.db import migrations

from common.history import TrackHistory


class Migration(migrations.Migration):
    """Whose code is whose is known inside the school only: history says that it changed, not what it is."""

    dependencies = [("gradebook", "0008_profiles")]

    operations = [
        TrackHistory("ParticipantCode", insert=True, conceal=["code"]),
        TrackHistory("AssessmentResult", keep=["procedure"], conceal=["code"]),
    ]
