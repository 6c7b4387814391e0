"""Addresses of mentoring."""

from django.urls import path

from iom.views import mentor_finding, mentoring, pair_work

app_name = "mentoring"
urlpatterns = [
    path("", mentoring.pairs_page, name="list"),
    path("export/", mentoring.pairs_export, name="export"),
    path("find/", mentor_finding.mentor_find, name="find"),
    path("new/", mentor_finding.pair_new, name="new"),
    path("<int:pk>/", mentoring.pair_page, name="pair"),
    path("<int:pk>/edit/", mentoring.pair_edit, name="edit"),
    path("<int:pk>/start/", mentoring.pair_starting, name="start"),
    path("<int:pk>/finish/", mentoring.pair_finishing, name="finish"),
    path("<int:pk>/end/", mentoring.pair_ending, name="end"),
    path("<int:pk>/resume/", mentoring.pair_resuming, name="resume"),
    path("<int:pk>/meet/", pair_work.meeting_new, name="meet"),
    path("<int:pk>/assess/<slug:stage>/", pair_work.pair_assessing, name="assess"),
    path("meetings/<int:pk>/edit/", pair_work.meeting_edit, name="meeting_edit"),
    path("meetings/<int:pk>/remove/", pair_work.meeting_remove, name="meeting_remove"),
    path("assessments/<int:pk>/remove/", pair_work.assessment_remove, name="assessment_remove"),
]
