"""Addresses of the administration's interviews."""

from django.urls import path

from risk_registry.views import interviewing, interviews

urlpatterns = [
    path("interviews/", interviews.interviews_page, name="interviews"),
    path("interviews/export/", interviews.interviews_export, name="interviews_export"),
    path("interviews/<int:pk>/", interviewing.interview_page, name="interview"),
    path("interviews/<int:pk>/done/", interviewing.interview_done, name="interview_done"),
    path("interviews/<int:pk>/write/", interviewing.interview_write, name="interview_write"),
    path("interviews/<int:pk>/move/", interviewing.interview_change_day, name="interview_move"),
    path("interviews/<int:pk>/cancel/", interviewing.interview_call_off, name="interview_cancel"),
    path("interviews/<int:pk>/reopen/", interviewing.interview_take_back, name="interview_reopen"),
    path("interviews/<int:pk>/print/", interviewing.interview_print, name="interview_print"),
]
