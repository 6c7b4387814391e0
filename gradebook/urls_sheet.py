"""Addresses of the sheets of results."""

from django.urls import path

from gradebook.views import sheet

app_name = "sheet"
urlpatterns = [
    path("", sheet.classes, name="classes"),
    path("<int:pk>/", sheet.page, name="page"),
    path("<int:pk>/cells/", sheet.cells, name="cells"),
]
