"""Addresses of sittings."""

from django.urls import path

from roadmaps.views import sitting_course, sittings

app_name = "sittings"
urlpatterns = [
    path("", sittings.home, name="home"),
    path("plan/", sittings.sitting_list, name="list"),
    path("plan/rhythm/", sittings.by_rhythm, name="by_rhythm"),
    path("rhythm/<slug:kind>/", sittings.rhythm_form, name="rhythm"),
    path("decisions/", sittings.decision_list, name="decisions"),
    path("protocols/", sittings.protocol_list, name="protocols"),
    path("new/", sittings.sitting_new, name="new"),
    path("<int:pk>/", sitting_course.sitting_page, name="sitting"),
    path("<int:pk>/edit/", sittings.sitting_correct, name="edit"),
    path("<int:pk>/mark/<slug:what>/", sitting_course.sitting_mark, name="mark"),
    path("<int:pk>/undo/<slug:what>/", sitting_course.sitting_undo, name="undo"),
    path("<int:pk>/reopen/", sitting_course.reopen, name="reopen"),
    path("<int:pk>/paper/", sitting_course.paper_print, name="paper"),
    path("<int:pk>/people/", sitting_course.people, name="people"),
    path("<int:pk>/attendance/", sitting_course.attendance, name="attendance"),
    path("<int:pk>/questions/new/", sitting_course.question_new, name="question_new"),
    path("questions/<int:pk>/", sitting_course.question_correct, name="question_edit"),
    path("questions/<int:pk>/<slug:what>/", sitting_course.question_deed, name="question"),
    path("<int:pk>/decisions/new/", sitting_course.decision_new, name="decision_new"),
    path("decisions/<int:pk>/", sitting_course.decision_correct, name="decision_edit"),
    path("decisions/<int:pk>/remove/", sitting_course.decision_take_out, name="decision_remove"),
    path("decisions/<int:pk>/mark/<slug:what>/", sitting_course.decision_deed, name="decision"),
]
