"""Addresses of reports."""

from django.urls import path

from monitoring import views

app_name = "monitoring"
urlpatterns = [
    path("", views.report_list, name="list"),
    path("make/<int:period>/", views.report_make, name="make"),
    path("<int:pk>/", views.report_detail, name="detail"),
    path("<int:pk>/print/<str:format>/", views.report_print, name="print"),
    path("<int:pk>/conclude/", views.report_conclude, name="conclude"),
    path("<int:pk>/approve/", views.report_approve, name="approve"),
    path("<int:pk>/withdraw/", views.report_withdraw, name="withdraw"),
]
