"""Addresses of reasons of absence."""

from django.urls import path

from gradebook.views import grounds

app_name = "grounds"
urlpatterns = [
    path("", grounds.waiting, name="waiting"),
    path("pupils/<int:pk>/", grounds.pupil_page, name="pupil"),
    path("pupils/<int:pk>/new/", grounds.new, name="new"),
    path("<int:pk>/correct/", grounds.correct, name="correct"),
    path("<int:pk>/withdraw/", grounds.withdraw, name="withdraw"),
]
