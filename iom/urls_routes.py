"""Addresses of individual routes."""

from django.urls import path

from iom.views import route, route_coverage, route_making, route_rows, route_tables, route_templates, routes

app_name = "routes"
urlpatterns = [
    path("", routes.route_list, name="list"),
    path("coverage/", route_coverage.cover_list, name="coverage"),
    path("teacher/", route_making.teacher_new, name="teacher_new"),
    path("pupil/<int:pk>/new/", route_making.route_new, name="new"),
    path("bring/", route_tables.bring, name="bring"),
    path("bring/<int:pk>/", route_tables.table, name="table"),
    path("templates/", route_templates.template_list, name="templates"),
    path("templates/new/", route_templates.template_new, name="template_new"),
    path("templates/<int:pk>/", route_templates.template_edit, name="template"),
    path("templates/<int:pk>/archive/", route_templates.template_off, name="template_archive"),
    path("templates/<int:pk>/rows/new/", route_templates.row_new, name="template_row_new"),
    path("templates/rows/<int:pk>/", route_templates.row_edit, name="template_row"),
    path("templates/rows/<int:pk>/remove/", route_templates.row_off, name="template_row_remove"),
    path("parts/<int:pk>/agree/", route.agree_part, name="part_agree"),
    path("parts/<int:pk>/teacher/", route_rows.part_teacher, name="part_teacher"),
    path("parts/<int:pk>/remove/", route_rows.part_drop, name="part_remove"),
    path("parts/<int:pk>/gaps/new/", route_rows.gap_new, name="gap_new"),
    path("parts/<int:pk>/steps/new/", route_rows.step_new, name="step_new"),
    path("gaps/<int:pk>/", route_rows.gap_edit, name="gap"),
    path("gaps/<int:pk>/drop/", route_rows.gap_off, name="gap_drop"),
    path("gaps/<int:pk>/restore/", route_rows.gap_back, name="gap_restore"),
    path("gaps/<int:pk>/control/", route_rows.control_new, name="control_new"),
    path("controls/<int:pk>/withdraw/", route_rows.control_off, name="control_withdraw"),
    path("steps/<int:pk>/", route_rows.step_edit, name="step"),
    path("steps/<int:pk>/remove/", route_rows.step_off, name="step_remove"),
    path("steps/<int:pk>/end/", route_rows.step_end, name="step_end"),
    path("<int:pk>/", route.route_detail, name="route"),
    path("<int:pk>/lead/", route.lead, name="lead"),
    path("<int:pk>/parts/new/", route_rows.part_new, name="part_new"),
    path("<int:pk>/psychologist/", route.agree_psychologist, name="psychologist"),
    path("<int:pk>/hand-on/", route.hand_on, name="hand_on"),
    path("<int:pk>/parents/", route.parents, name="parents"),
    path("<int:pk>/approve/", route.approve, name="approve"),
    path("<int:pk>/review/", route.review, name="review"),
    path("<int:pk>/copy/", route.copy, name="copy"),
    path("<int:pk>/versions/<int:number>/", route.version_detail, name="version"),
    path("<int:pk>/<slug:what>/", route.reason, name="reason"),
]
