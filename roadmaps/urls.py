"""Addresses of the roadmap."""

from django.urls import path

from roadmaps.views import bringing, making, marking, pages

app_name = "roadmap"
urlpatterns = [
    path("", pages.roadmap_list, name="list"),
    path("board/", pages.roadmap_board, name="board"),
    path("axis/", pages.roadmap_axis, name="axis"),
    path("shares/", pages.roadmap_shares, name="shares"),
    path("new/", making.roadmap_new, name="new"),
    path("<int:pk>/title/", making.roadmap_title, name="title"),
    path("<int:pk>/approve/", making.roadmap_approval, name="approve"),
    path("<int:pk>/correct/", making.roadmap_correction, name="correct"),
    path("<int:pk>/bring/", bringing.bring, name="bring"),
    path("tables/<int:pk>/", bringing.table, name="table"),
    path("<int:pk>/refresh/", pages.roadmap_refresh, name="refresh"),
    path("<int:pk>/print/", pages.roadmap_print, name="print"),
    path("<int:pk>/version/<int:number>/", pages.roadmap_version, name="version"),
    path("<int:pk>/directions/new/", making.direction_new, name="direction_new"),
    path("directions/<int:pk>/", making.direction_page, name="direction"),
    path("directions/<int:pk>/remove/", making.direction_removal, name="direction_remove"),
    path("<int:pk>/activities/new/", making.activity_new, name="activity_new"),
    path("activities/<int:pk>/", marking.activity_page, name="activity"),
    path("activities/<int:pk>/edit/", making.activity_editing, name="activity_edit"),
    path("activities/<int:pk>/remove/", making.activity_removal, name="activity_remove"),
    path("activities/<int:pk>/restore/", making.activity_return, name="activity_restore"),
    path("activities/<int:pk>/record/", marking.activity_record, name="record"),
    path("occurrences/<int:pk>/evidence/", marking.evidence_new, name="evidence"),
    path("occurrences/<int:pk>/<slug:what>/", marking.occurrence_deed, name="occurrence"),
    path("evidence/<int:pk>/withdraw/", marking.evidence_withdrawal, name="evidence_withdraw"),
]
