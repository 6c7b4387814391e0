"""Addresses of complaints about homework."""

from django.urls import path

from risk_registry.views import complaints

urlpatterns = [
    path("complaints/", complaints.complaints_page, name="complaints"),
    path("complaints/export/", complaints.complaints_export, name="complaints_export"),
    path("complaints/new/", complaints.complaint_new, name="complaint_new"),
    path("complaints/<int:pk>/", complaints.complaint_page, name="complaint"),
    path("complaints/<int:pk>/edit/", complaints.complaint_edit, name="complaint_edit"),
    path("complaints/<int:pk>/check/", complaints.complaint_checking, name="complaint_check"),
    path("complaints/<int:pk>/answer/", complaints.complaint_answering, name="complaint_answer"),
    path("complaints/<int:pk>/withdraw/", complaints.complaint_ending, name="complaint_withdraw"),
    path("complaints/<int:pk>/reopen/", complaints.complaint_back, name="complaint_reopen"),
]
