"""Addresses of recommendations to teachers, under /service/advice/."""

from django.urls import path

from consultations.views import advice

app_name = "advice"
urlpatterns = [
    path("", advice.advice_list, name="list"),
    path("new/<int:pk>/", advice.advice_new, name="new"),
    path("<int:pk>/", advice.advice_page, name="advice"),
    path("<int:pk>/replace/", advice.advice_replace, name="replace"),
    path("<int:pk>/withdraw/", advice.advice_withdraw, name="withdraw"),
    path("<int:pk>/known/", advice.advice_known, name="known"),
]
