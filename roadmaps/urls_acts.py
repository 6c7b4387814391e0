"""Addresses of the register of local acts."""

from django.urls import path

from roadmaps.views import local_acts

app_name = "acts"
urlpatterns = [
    path("", local_acts.act_list, name="list"),
    path("demands/", local_acts.demand_list, name="demands"),
    path("new/", local_acts.act_new, name="new"),
    path("<int:pk>/", local_acts.act_page, name="act"),
    path("<int:pk>/edit/", local_acts.act_correct, name="edit"),
    path("<int:pk>/files/new/", local_acts.file_new, name="file_new"),
    path("<int:pk>/<slug:what>/", local_acts.act_deed, name="deed"),
    path("files/<int:pk>/withdraw/", local_acts.file_withdrawal, name="file_withdraw"),
    path("drafts/<slug:code>/", local_acts.draft_print, name="draft"),
    path("agreements/<int:pk>/<slug:what>/", local_acts.agreement_psych, name="agreement"),
]
