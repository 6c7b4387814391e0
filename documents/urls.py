"""Addresses of background work and files."""

from django.urls import path

from documents import views

app_name = "documents"
urlpatterns = [
    path("jobs/", views.job_list, name="jobs"),
    path("jobs/<uuid:pk>/", views.job_detail, name="job"),
    path("jobs/<uuid:pk>/cancel/", views.job_stop, name="job_cancel"),
    path("files/<uuid:pk>/", views.file_download, name="file"),
]
