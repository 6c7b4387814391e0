"""Addresses of guardians, a part of the school's."""

from django.urls import path

from school.views import guardians

urlpatterns = [
    path("pupils/<int:pk>/guardians/", guardians.guardians, name="guardians"),
    path("pupils/<int:pk>/guardians/new/", guardians.guardian_new, name="guardian_new"),
    path("pupils/<int:pk>/guardians/known/", guardians.guardian_known, name="guardian_known"),
    path("guardians/<int:pk>/", guardians.guardian, name="guardian"),
    path("guardians/<int:pk>/delete/", guardians.guardian_remove, name="guardian_delete"),
    path("guardians/<int:pk>/merge/<int:double>/", guardians.guardian_merge, name="guardian_merge"),
]
