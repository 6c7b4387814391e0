"""Addresses of extra lessons."""

from django.urls import path

from iom.views import extra, extra_sessions, extra_share, extra_tables

app_name = "extra"
urlpatterns = [
    path("", extra.timetable_page, name="timetable"),
    path("print/<str:format>/", extra.timetable_print, name="print"),
    path("share/", extra_share.share, name="share"),
    path("waiting/", extra_share.waiting, name="waiting"),
    path("new/", extra.group_new, name="new"),
    path("<int:pk>/", extra.group_detail, name="group"),
    path("<int:pk>/edit/", extra.group_edit, name="edit"),
    path("<int:pk>/end/", extra.group_end, name="end"),
    path("<int:pk>/pupils/", extra.members_add, name="members"),
    path("members/<int:pk>/end/", extra.member_end, name="member_end"),
    path("<int:pk>/<str:on>/", extra_sessions.session, name="session"),
    path("<int:pk>/<str:on>/cancel/", extra_sessions.cancel, name="cancel"),
    path("<int:pk>/<str:on>/substitute/", extra_sessions.substitute, name="substitute"),
    path("<int:pk>/<str:on>/forget/", extra_sessions.forget, name="forget"),
    path("bring/", extra_tables.bring, name="bring"),
    path("bring/<int:pk>/", extra_tables.table, name="table"),
]
