"""Addresses of sheets of progress."""

from django.urls import path

from iom.views import meta_results, progress

app_name = "progress"
urlpatterns = [
    path("", progress.sheets_page, name="list"),
    path("export/", progress.sheets_export, name="export"),
    path("print/", progress.sheets_print, name="print"),
    path("<int:pk>/", progress.sheet_page, name="pupil"),
    path("meta/new/", meta_results.meta_new, name="meta_new"),
    path("meta/<int:pk>/edit/", meta_results.meta_edit, name="meta_edit"),
    path("meta/<int:pk>/remove/", meta_results.meta_remove, name="meta_remove"),
]
