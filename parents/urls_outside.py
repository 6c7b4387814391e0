"""Addresses for people without an account."""

from django.urls import path

from parents.views import outside_link

app_name = "outside"
urlpatterns = [path("", outside_link.link_page, name="link")]
