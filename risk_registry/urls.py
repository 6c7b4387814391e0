"""Addresses of the registry."""

from django.urls import path

from risk_registry import urls_complaints, urls_interviews
from risk_registry.views import (
    agreeing,
    approvals,
    as_of,
    assessment,
    calibration,
    categories,
    causes,
    deciding,
    ending,
    including,
    registry,
    signals,
    work,
    works,
)

app_name = "registry"
urlpatterns = [
    path("", registry.registry_list, name="list"),
    path("export/", registry.registry_export, name="export"),
    path("classify/", registry.registry_classify, name="classify"),
    path("approvals/", approvals.approvals_page, name="approvals"),
    path("approvals/<int:pk>/remind/", approvals.approvals_remind, name="remind"),
    path("as-of/", as_of.as_of_page, name="as_of"),
    path("as-of/export/", as_of.as_of_export, name="as_of_export"),
    path("agree/", agreeing.agree_page, name="agree"),
    path("work/", work.work_page, name="work"),
    path("work/<int:pk>/withdraw/", work.work_end, name="work_withdraw"),
    path("include/", including.include_page, name="include"),
    path("categories/", categories.category_list, name="categories"),
    path("signals/", signals.signal_list, name="signals"),
    path("signals/<int:pk>/dismiss/", signals.signal_lay_aside, name="signal_dismiss"),
    path("signals/<int:pk>/reopen/", signals.signal_take_back, name="signal_reopen"),
    path("pupils/<int:pk>/deeds/new/", signals.deed_new, name="deed_new"),
    path("ending/", ending.ending_page, name="ending"),
    path("works/", works.works_list, name="works"),
    path("works/export/", works.works_export, name="works_export"),
    path("works/alarms/", works.works_alarms_page, name="works_alarms"),
    path("works/alarms/review/", works.works_review, name="works_review"),
    *urls_interviews.urlpatterns,
    *urls_complaints.urlpatterns,
    path("works/report/<str:format>/", works.works_report, name="works_report"),
    path("works/<int:pk>/", assessment.work_detail, name="external_work"),
    path("works/<int:pk>/note/", assessment.work_note, name="work_note"),
    path("works/<int:pk>/print/<str:format>/", assessment.work_print, name="work_print"),
    path("calibration/", calibration.calibration_page, name="calibration"),
    path("<int:pk>/", registry.entry_detail, name="entry"),
    path("causes/<int:pk>/", causes.cause_edit, name="cause"),
    path("causes/<int:pk>/withdraw/", causes.cause_end, name="cause_withdraw"),
    path("<int:pk>/causes/", causes.entry_causes, name="causes"),
    path("<int:pk>/correct/", deciding.entry_correction, name="correct"),
    path("<int:pk>/<slug:what>/", deciding.entry_reason, name="reason"),
]
