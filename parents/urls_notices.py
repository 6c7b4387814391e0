"""Addresses of notices to parents."""

from django.urls import path

from parents.views import notices

app_name = "notices"
urlpatterns = [
    path("", notices.notice_list, name="list"),
    path("print/", notices.notices_print, name="print"),
    path("handed/", notices.notices_handed, name="handed"),
    path("class/", notices.notice_class, name="class"),
    path("new/<int:pk>/", notices.notice_new, name="new"),
    path("<int:pk>/", notices.notice_page, name="notice"),
    path("<int:pk>/print/", notices.notice_print, name="paper"),
    path("<int:pk>/mark/<slug:what>/", notices.notice_mark, name="mark"),
    path("<int:pk>/undo/<slug:what>/", notices.notice_undo, name="undo"),
]
