"""Addresses of academic debts."""

from django.urls import path

from risk_registry.views import admission, debt_page, debts, year_papers

app_name = "debts"
urlpatterns = [
    path("", debts.debt_list, name="list"),
    path("export/", debts.debt_export, name="export"),
    path("new/", debts.debt_new, name="new"),
    path("confirm/", debts.confirm_page, name="confirm"),
    path("order/", debts.order_page, name="order"),
    path("attempts/<int:pk>/", debt_page.attempt_edit, name="attempt"),
    path("attempts/<int:pk>/outcome/", debt_page.attempt_end, name="outcome"),
    path("attempts/<int:pk>/print/", debt_page.attempt_print, name="attempt_print"),
    path("attempts/<int:pk>/again/", debt_page.attempt_again, name="attempt_again"),
    path("admission/", admission.admission_page, name="admission"),
    path("admission/export/", admission.admission_export, name="admission_export"),
    path("admission/trials/<int:pk>/", admission.trials_page, name="trials"),
    path("transfer/", year_papers.transfer_page, name="transfer"),
    path("transfer/keep/", year_papers.transfer_keep, name="transfer_keep"),
    path("timetable/", year_papers.resits_page, name="resits"),
    path("print/<slug:kind>/<slug:format>/", year_papers.paper_print, name="print"),
    path("<int:pk>/", debt_page.debt_detail, name="debt"),
    path("<int:pk>/attempts/new/", debt_page.attempt_new, name="attempt_new"),
    path("<int:pk>/pauses/new/", debt_page.pause_new, name="pause_new"),
    path("<int:pk>/pauses/<int:pause>/withdraw/", debt_page.pause_end, name="pause_withdraw"),
    path("<int:pk>/choice/", debt_page.debt_choice, name="choice"),
    path("<int:pk>/again/", debt_page.debt_again, name="again"),
    path("<int:pk>/end/", debt_page.debt_end, name="end"),
    path("<int:pk>/<slug:what>/", debt_page.debt_reason, name="reason"),
]
