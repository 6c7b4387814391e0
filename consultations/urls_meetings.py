"""Addresses of hours and meetings of specialists."""

from django.urls import path

from consultations.views import booking, hours, meetings, urgent

app_name = "service"
urlpatterns = [
    path("", booking.receiving_page, name="receiving"),
    path("specialist/<int:pk>/", booking.specialist_page, name="specialist"),
    path("specialist/<int:pk>/book/", booking.book, name="book"),
    path("meetings/", meetings.meeting_list, name="meetings"),
    path("meetings/<int:pk>/", meetings.meeting_page, name="meeting"),
    path("meetings/<int:pk>/move/", meetings.move, name="move"),
    path("meetings/<int:pk>/cancel/", meetings.cancel, name="cancel"),
    path("meetings/<int:pk>/hold/", meetings.hold, name="hold"),
    path("meetings/<int:pk>/miss/", meetings.miss, name="miss"),
    path("meetings/<int:pk>/reopen/", meetings.reopen, name="reopen"),
    path("hours/", hours.hours_page, name="hours"),
    path("hours/new/<int:pk>/", hours.hours_new, name="hours_new"),
    path("hours/<int:pk>/edit/", hours.hours_edit, name="hours_edit"),
    path("hours/<int:pk>/close/", hours.hours_end, name="hours_close"),
    path("exceptions/new/<int:pk>/", hours.exception_new, name="exception_new"),
    path("exceptions/<int:pk>/edit/", hours.exception_edit, name="exception_edit"),
    path("exceptions/<int:pk>/remove/", hours.exception_delete, name="exception_remove"),
    path("urgent/", urgent.urgent_list, name="urgent"),
    path("urgent/<int:pk>/words/", urgent.urgent_read, name="urgent_words"),
    path("urgent/<int:pk>/seen/", urgent.urgent_seen, name="urgent_seen"),
]
