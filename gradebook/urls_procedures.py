"""Addresses of the timetable of assessment procedures and of what is done with one of them."""

from django.urls import path

from gradebook.views import bringing, codes, procedures, results

app_name = "procedures"
urlpatterns = [
    path("", procedures.timetable_page, name="timetable"),
    path("print/<str:format>/", procedures.timetable_print, name="print"),
    path("codes/", codes.codes, name="codes"),
    path("codes/forget/", codes.forget, name="codes_forget"),
    path("bring/", bringing.bring_page, name="bring"),
    path("bring/<int:pk>/", bringing.brought_page, name="brought"),
    path("new/", procedures.plan, name="new"),
    path("<int:pk>/results/", results.results, name="results"),
    path("<int:pk>/correct/", procedures.correct, name="correct"),
    path("<int:pk>/move/", procedures.move, name="move"),
    path("<int:pk>/cancel/", procedures.cancel, name="cancel"),
    path("<int:pk>/restore/", procedures.restore, name="restore"),
    path("<int:pk>/repeat/", procedures.repeat, name="repeat"),
]
