"""Addresses of duties by role."""

from django.urls import path

from roadmaps.views import duties, duty_keeping

app_name = "duties"
urlpatterns = [
    path("", duties.mine, name="mine"),
    path("people/<int:pk>/", duties.person, name="person"),
    path("roles/", duties.roles, name="roles"),
    path("deeds/<str:code>/<slug:kind>/", duties.deeds, name="deeds"),
    path("print/<slug:format>/", duties.duties_print, name="print"),
    path("mark/<str:code>/", duty_keeping.mark_new, name="mark"),
    path("marks/<int:pk>/withdraw/", duty_keeping.mark_withdrawal, name="mark_withdraw"),
    path("roles/<slug:role>/new/", duty_keeping.own_new, name="own_new"),
    path("own/<int:pk>/remove/", duty_keeping.own_removal, name="own_remove"),
    path("off/<str:code>/", duty_keeping.switch_off, name="off"),
    path("on/<str:code>/", duty_keeping.switch_on, name="on"),
]
