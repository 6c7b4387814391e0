"""Addresses of «Помогло ли»."""

from django.urls import path

from iom.views import effect

app_name = "effect"
urlpatterns = [
    path("", effect.effect_page, name="page"),
    path("pupils/", effect.effect_pupils, name="pupils"),
]
