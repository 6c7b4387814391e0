from django.db import migrations

from common.history import TrackHistory


class Migration(migrations.Migration):
    dependencies = [("school", "0002_history")]

    operations = [
        TrackHistory("School", insert=True),
        TrackHistory("SchoolSettings", insert=True),
        TrackHistory("AcademicYear", insert=True),
        TrackHistory("Period", insert=True, keep=["system", "number"]),
        TrackHistory("Holiday", insert=True, keep=["name"]),
        TrackHistory("SchoolClass", insert=True),
        TrackHistory("Subgroup", insert=True),
        TrackHistory("Subgroup.pupils", insert=True),
        TrackHistory("MarksStart", insert=True, keep=["school_class", "subject"]),
        TrackHistory("Subject", insert=True),
        TrackHistory("SubjectAlias", insert=True, keep=["name"]),
        TrackHistory("TeachingAssignment", insert=True, keep=["staff", "subject", "school_class", "subgroup"]),
        TrackHistory("Pupil", insert=True),
        TrackHistory("Enrolment", insert=True, keep=["school_class"]),
        TrackHistory("SocialRecord", insert=True, conceal=["special_needs", "non_native_russian"]),
        TrackHistory("Guardian", insert=True),
        TrackHistory("Guardianship", insert=True, keep=["guardian", "relation"]),
        TrackHistory("Responsibility", insert=True, keep=["person", "kind"]),
        TrackHistory("Staff", insert=True),
        TrackHistory("StaffPosition", insert=True, keep=["staff", "position"]),
        TrackHistory("User", insert=True, conceal=["password"], ignore=["last_login"]),
    ]
