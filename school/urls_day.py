"""Addresses of the school's day."""

from django.urls import path

from school.views import day

app_name = "day"
urlpatterns = [
    path("", day.lessons, name="lessons"),
    path("classes/<int:pk>/", day.week, name="week"),
    path("bells/", day.bells, name="bells"),
    path("buses/", day.buses, name="buses"),
    path("buses/new/", day.bus_new, name="bus_new"),
    path("buses/<int:pk>/", day.bus, name="bus"),
    path("buses/<int:pk>/edit/", day.bus_edit, name="bus_edit"),
    path("buses/<int:pk>/delete/", day.bus_remove, name="bus_delete"),
    path("riders/<int:pk>/end/", day.rider_remove, name="rider_end"),
]
