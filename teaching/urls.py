"""Addresses of the bank of practices and of teachers' growth."""

from django.urls import path

from teaching.views import communities, gaps, indicators, lists, mine, practices, records, trainings, visits

app_name = "teaching"
urlpatterns = [
    path("", mine.mine, name="mine"),
    path("people/<int:pk>/", mine.person, name="person"),
    path("people/<int:pk>/print/<slug:format>/", mine.person_print, name="person_print"),
    path("waiting/", records.waiting, name="waiting"),
    path("records/<slug:what>/<int:pk>/confirm/", records.confirm, name="confirm"),
    path("records/<slug:what>/<int:pk>/return/", records.give_back, name="return"),
    path("records/<slug:what>/<int:pk>/remove/", records.remove, name="remove"),
    path("print/<slug:what>/<slug:format>/", lists.list_print, name="print"),
    path("trainings/", lists.records_list, {"what": "trainings"}, name="trainings"),
    path("trainings/new/", trainings.training_new, name="training_new"),
    path("trainings/<int:pk>/", trainings.training, name="training"),
    path("trainings/<int:pk>/edit/", trainings.training_edit, name="training_edit"),
    path("communities/", lists.records_list, {"what": "communities"}, name="communities"),
    path("communities/new/", communities.community_new, name="community_new"),
    path("communities/<int:pk>/", communities.community, name="community"),
    path("communities/<int:pk>/edit/", communities.community_edit, name="community_edit"),
    path("communities/<int:pk>/meet/", communities.meeting_new, name="meeting_new"),
    path("meetings/<int:pk>/edit/", communities.meeting_edit, name="meeting_edit"),
    path("practices/", lists.records_list, {"what": "practices"}, name="practices"),
    path("practices/new/", practices.practice_new, name="practice_new"),
    path("practices/<int:pk>/", practices.practice, name="practice"),
    path("practices/<int:pk>/edit/", practices.practice_edit, name="practice_edit"),
    path("practices/<int:pk>/use/", practices.practice_use, name="practice_use"),
    path("practices/<int:pk>/attach/", practices.practice_attach, name="practice_attach"),
    path("files/<int:pk>/remove/", practices.file_remove, name="file_remove"),
    path("visits/", lists.records_list, {"what": "visits"}, name="visits"),
    path("visits/new/", visits.visit_new, name="visit_new"),
    path("visits/<int:pk>/", visits.visit, name="visit"),
    path("visits/<int:pk>/edit/", visits.visit_edit, name="visit_edit"),
    path("visits/<int:pk>/read/", visits.visit_reading, name="visit_read"),
    path("gaps/", lists.records_list, {"what": "gaps"}, name="gaps"),
    path("gaps/new/", gaps.gap_new, name="gap_new"),
    path("gaps/<int:pk>/", gaps.gap, name="gap"),
    path("gaps/<int:pk>/edit/", gaps.gap_edit, name="gap_edit"),
    path("gaps/<int:pk>/close/", gaps.gap_closing, name="gap_close"),
    path("indicators/", indicators.indicators, name="indicators"),
    path("indicators/<slug:code>/", indicators.indicator, name="indicator"),
    path("indicators/<slug:code>/set/", indicators.value_setting, name="value_set"),
]
