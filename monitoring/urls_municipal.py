"""Addresses of the municipality's page."""

from django.urls import path

from monitoring import views_municipal

app_name = "municipal"
urlpatterns = [
    path("", views_municipal.board, name="board"),
    path("<int:start>/<int:number>/print/<str:format>/", views_municipal.board_print, name="print"),
]
