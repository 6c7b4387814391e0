"""History conceals what was answered to a petition and why a signed protocol was corrected: both speak of pupils."""

from django.db import migrations

from common.history import TrackHistory


class Migration(migrations.Migration):
    dependencies = [("consultations", "0005_councils")]

    operations = [
        TrackHistory("Petition", insert=True, conceal=["answer"], keep=["on"]),
        TrackHistory("SittingProtocol", insert=True, conceal=["content", "why"], keep=["sitting"]),
    ]
