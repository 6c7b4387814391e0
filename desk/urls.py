"""Addresses of the desk."""

from django.urls import path

from desk.views import pupil, school_class, search

app_name = "desk"
urlpatterns = [
    path("classes/<int:pk>/", school_class.page, name="class"),
    path("search/", search.search, name="search"),
    path("pupils/<int:pk>/", pupil.page, name="pupil"),
    path("pupils/<int:pk>/subjects/<int:subject>/", pupil.subject, name="subject"),
    path("pupils/<int:pk>/history/", pupil.history, name="history"),
    path("pupils/<int:pk>/readers/", pupil.readers, name="readers"),
]
