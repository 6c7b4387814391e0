"""Addresses of imports."""

from django.urls import path

from gradebook.views import imports, profiles

app_name = "gradebook"
urlpatterns = [
    path("", imports.import_list, name="imports"),
    path("<int:pk>/", imports.import_detail, name="import"),
    path("<int:pk>/read/", imports.import_read, name="import_read"),
    path("<int:pk>/write/", imports.import_write, name="import_write"),
    path("<int:pk>/settle/", imports.import_settle, name="import_settle"),
    path("<int:pk>/codes/", profiles.import_codes, name="import_codes"),
    path("<int:pk>/profile/", profiles.import_profile, name="import_profile"),
    path("profiles/", profiles.profile_list, name="profiles"),
    path("profiles/new/", profiles.profile_new, name="profile_new"),
    path("profiles/<int:pk>/", profiles.profile_edit, name="profile"),
    path("profiles/<int:pk>/delete/", profiles.profile_delete, name="profile_delete"),
    path("<int:pk>/subjects/", imports.import_subjects, name="import_subjects"),
    path("<int:pk>/discard/", imports.import_discard, name="import_discard"),
    path("<int:pk>/again/", imports.import_again, name="import_again"),
    path("<int:pk>/undo/", imports.import_undo, name="import_undo"),
    path("<int:pk>/rejected.xlsx", imports.import_rejected, name="import_rejected"),
]
