"""Addresses of scans of consents."""

from django.urls import path

from parents.views import consent_scans

app_name = "consents"
urlpatterns = [
    path("<int:pk>/scan/", consent_scans.scan, name="scan"),
    path("<int:pk>/scan/remove/", consent_scans.scan_remove, name="scan_remove"),
]
