"""Addresses of a specialist's week."""

from django.urls import path

from consultations.views import week

app_name = "week"
urlpatterns = [
    path("", week.week_page, name="page"),
    path("move/", week.week_move, name="move"),
    path("calendar.ics", week.week_ics, name="ics"),
    path("meetings/<int:pk>.ics", week.meeting_ics, name="meeting_ics"),
]
