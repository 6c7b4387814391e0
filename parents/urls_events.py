"""Addresses of events for parents."""

from django.urls import path

from parents.views import event_protocol, event_shares, event_sheet, events, indicators

app_name = "events"
urlpatterns = [
    path("", events.event_list, name="list"),
    path("print/<slug:format>/", events.plan_print, name="plan_print"),
    path("new/", events.event_new, name="new"),
    path("involved/", event_shares.involved_page, name="involved"),
    path("involved/print/<slug:format>/", event_shares.involved_print, name="involved_print"),
    path("indicators/", indicators.indicators_page, name="indicators"),
    path("<int:pk>/", events.event_page, name="event"),
    path("<int:pk>/edit/", events.event_correct, name="edit"),
    path("<int:pk>/move/", events.event_shift, name="move"),
    path("<int:pk>/mark/<slug:what>/", events.event_mark, name="mark"),
    path("<int:pk>/undo/<slug:what>/", events.event_undo, name="undo"),
    path("<int:pk>/who/", event_sheet.sheet, name="who"),
    path("<int:pk>/paper/<slug:kind>/", event_protocol.paper_print, name="paper"),
    path("<int:pk>/protocol/", event_protocol.protocol_form, name="protocol"),
    path("<int:pk>/protocol/conclude/", event_protocol.conclude, name="conclude"),
    path("<int:pk>/protocol/reopen/", event_protocol.reopen, name="reopen"),
    path("<int:pk>/decisions/new/", event_protocol.decision_new, name="decision_new"),
    path("decisions/<int:pk>/", event_protocol.decision_correct, name="decision_edit"),
    path("decisions/<int:pk>/remove/", event_protocol.decision_take_out, name="decision_remove"),
    path("decisions/<int:pk>/kept/", event_protocol.decision_settled, name="decision_kept"),
    path("<int:pk>/materials/new/", event_protocol.material_new, name="material_new"),
    path("materials/<int:pk>/remove/", event_protocol.material_take_away, name="material_remove"),
]
