"""Addresses of the desk."""

from django.urls import path

from desk.views import (
    agenda,
    calendar,
    card,
    hand,
    home,
    keys,
    missed,
    papers,
    pupil,
    reminders,
    school_class,
    search,
    since,
    waiting,
)

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("since/", since.since, name="since"),
    path("agenda/", agenda.agenda, name="agenda"),
    path("mine/", waiting.mine, name="mine"),
    path("slipping/", waiting.slip, name="slipping"),
    path("reminders/", reminders.page, name="reminders"),
    path("reminders/calendar/", reminders.calendar_renew, name="calendar_renew"),
    path("reminders/calendar/withdraw/", reminders.calendar_withdraw, name="calendar_withdraw"),
    path("calendar.ics", calendar.feed, name="calendar"),
    path("absences/", missed.missed, name="missed"),
    path("classes/<int:pk>/", school_class.page, name="class"),
    path("search/", search.search, name="search"),
    path("keys/", keys.keys, name="keys"),
    path("pupils/<int:pk>/", pupil.page, name="pupil"),
    path("pupils/<int:pk>/subjects/<int:subject>/", pupil.subject, name="subject"),
    path("pupils/<int:pk>/subjects/<int:subject>/add/", hand.add, name="mark_add"),
    path("pupils/<int:pk>/marks/<int:mark>/", hand.correct, name="mark"),
    path("pupils/<int:pk>/marks/<int:mark>/remove/", hand.remove, name="mark_remove"),
    path("pupils/<int:pk>/absences/<int:absence>/", hand.absence, name="absence"),
    path("pupils/<int:pk>/results/<int:result>/excuse/", hand.excuse, name="excuse"),
    path("pupils/<int:pk>/absences/", pupil.absences, name="absences"),
    path("pupils/<int:pk>/consents/<slug:purpose>/form/", papers.consent_blank, name="consent_form"),
    path("social/export/", papers.social_export, name="social_export"),
    path("consents/export/", papers.consents_export, name="consents_export"),
    path("pupils/<int:pk>/card/", card.order, name="card"),
    path("pupils/<int:pk>/history/", pupil.history, name="history"),
    path("pupils/<int:pk>/readers/", pupil.readers, name="readers"),
]
