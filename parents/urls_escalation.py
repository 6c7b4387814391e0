"""Addresses of decisions about families that evade their duties."""

from django.urls import path

from parents.views import escalation, escalation_file

app_name = "family"
urlpatterns = [
    path("", escalation.case_list, name="list"),
    path("new/<int:pk>/", escalation.case_new, name="new"),
    path("<int:pk>/", escalation.case_detail, name="case"),
    path("<int:pk>/edit/", escalation.case_edit, name="edit"),
    path("<int:pk>/close/", escalation.case_end, name="close"),
    path("<int:pk>/withdraw/", escalation.case_off, name="withdraw"),
    path("<int:pk>/file/", escalation_file.case_file, name="file"),
    path("<int:pk>/steps/new/", escalation.step_new, name="step_new"),
    path("steps/<int:pk>/outcome/", escalation.step_outcome, name="step_outcome"),
    path("steps/<int:pk>/edit/", escalation.step_edit, name="step_edit"),
    path("steps/<int:pk>/withdraw/", escalation.step_off, name="step_withdraw"),
]
