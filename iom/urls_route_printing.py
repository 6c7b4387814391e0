"""Addresses of routes on paper."""

from django.urls import path

from iom.views import route_printing

app_name = "route_papers"
urlpatterns = [
    path("", route_printing.print_many, name="many"),
    path("<int:pk>/", route_printing.print_one, name="one"),
    path("version/<int:pk>/", route_printing.print_version, name="version"),
]
