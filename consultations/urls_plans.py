"""Addresses of support plans, under /service/plans/."""

from django.urls import path

from consultations.views import plans

app_name = "plans"
urlpatterns = [
    path("", plans.plan_list_page, name="list"),
    path("new/<int:pk>/", plans.plan_new, name="new"),
    path("<int:pk>/", plans.plan_page, name="plan"),
    path("<int:pk>/edit/", plans.plan_change, name="edit"),
    path("<int:pk>/goal/", plans.plan_goal, name="goal"),
    path("<int:pk>/start/", plans.plan_into_force, name="start"),
    path("<int:pk>/finish/", plans.plan_end, name="finish"),
    path("<int:pk>/drop/", plans.plan_dropping, name="drop"),
    path("<int:pk>/reopen/", plans.plan_back, name="reopen"),
    path("<int:pk>/print/", plans.plan_print, name="print"),
    path("goals/<int:pk>/remove/", plans.plan_goal_remove, name="goal_remove"),
    path("goals/<int:pk>/action/", plans.plan_action, name="action"),
    path("actions/<int:pk>/", plans.plan_settle, name="settle"),
    path("actions/<int:pk>/remove/", plans.plan_action_remove, name="action_remove"),
]
