"""Addresses of the service's load."""

from django.urls import path

from consultations.views import load

app_name = "load"
urlpatterns = [
    path("", load.load_page, name="page"),
    path("list/", load.load_list, name="list"),
    path("print/<str:format>/", load.load_print, name="print"),
]
