"""Addresses of bringing pupils' meetings to parents and class teachers."""

from django.urls import path

from consultations.views import bringing

app_name = "bringing"
urlpatterns = [
    path("", bringing.bringing_list, name="list"),
    path("<int:pk>/", bringing.bringing_page, name="page"),
    path("<int:pk>/sheet/", bringing.notice_new, name="new"),
    path("<int:pk>/visit/", bringing.visit_new, name="visit"),
    path("sheets/<int:pk>/print/", bringing.notice_print, name="print"),
    path("answers/<int:pk>/", bringing.answer, name="answer"),
    path("answers/<int:pk>/known/", bringing.known, name="known"),
]
