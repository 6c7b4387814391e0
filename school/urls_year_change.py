"""Addresses of the change of year."""

from django.urls import path

from school.views import year_change, year_pupils

urlpatterns = [
    path("years/<int:pk>/change/", year_change.change, name="year_change"),
    path("years/<int:pk>/change/undo/", year_change.undo, name="year_undo"),
    path("years/<int:pk>/change/settings/", year_change.settings, name="year_settings"),
    path("years/<int:pk>/change/pupils/", year_pupils.pupils, name="year_pupils"),
    path("years/<int:pk>/change/classes/<int:school_class>/", year_change.class_plan, name="year_class"),
]
