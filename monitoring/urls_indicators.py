"""Addresses of indicators."""

from django.urls import path

from monitoring import views_answers, views_day, views_indicators

app_name = "indicators"
urlpatterns = [
    path("", views_indicators.board, name="board"),
    path("day/", views_day.day, name="day"),
    path("day/<str:on>/<str:code>/", views_day.day_names, name="day_names"),
    path("<int:period>/freeze/", views_indicators.freeze, name="freeze"),
    path("<int:period>/changes/", views_indicators.changes, name="changes"),
    path("<int:period>/print/<str:format>/", views_indicators.board_print, name="print"),
    path("<int:period>/<str:code>/answer/", views_answers.answer, name="answer"),
    path("<int:period>/<str:code>/", views_indicators.indicator, name="indicator"),
    path("answers/<int:pk>/remove/", views_answers.answer_removal, name="answer_remove"),
]
