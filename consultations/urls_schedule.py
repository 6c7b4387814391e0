"""Addresses of the schedule of psychological help."""

from django.urls import path

from consultations.views import schedule

app_name = "schedule"
urlpatterns = [
    path("", schedule.schedule_page, name="page"),
    path("approve/", schedule.approve, name="approve"),
    path("print/<str:sheet>/<str:format>/", schedule.schedule_print, name="print"),
    path("<int:pk>/", schedule.schedule_old, name="old"),
]
