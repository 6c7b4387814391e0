"""Addresses of surveys for the staff."""

from django.urls import path

from parents.views import questionnaires, survey_sheets, surveys

app_name = "surveys"
urlpatterns = [
    path("", surveys.survey_list, name="list"),
    path("forms/new/", questionnaires.form_new, name="form_new"),
    path("forms/take/<slug:code>/", questionnaires.form_take, name="form_take"),
    path("forms/<int:pk>/", questionnaires.form_page, name="form"),
    path("forms/<int:pk>/edit/", questionnaires.form_edit, name="form_edit"),
    path("forms/<int:pk>/print/", questionnaires.form_print, name="form_print"),
    path("forms/<int:pk>/survey/", surveys.survey_new, name="new"),
    path("forms/<int:pk>/questions/add/", questionnaires.question_add, name="question_add"),
    path("forms/<int:pk>/questions/<int:place>/", questionnaires.question_edit, name="question"),
    path("forms/<int:pk>/questions/<int:place>/<slug:what>/", questionnaires.question_deed, name="question_deed"),
    path("forms/<int:pk>/do/<slug:what>/", questionnaires.form_deed, name="form_deed"),
    path("<int:pk>/", surveys.survey_page, name="survey"),
    path("<int:pk>/edit/", surveys.survey_edit, name="edit"),
    path("<int:pk>/do/<slug:what>/", surveys.survey_deed, name="deed"),
    path("<int:pk>/slips/<int:cls>/", surveys.survey_slips, name="slips"),
    path("<int:pk>/codes/", surveys.survey_codes, name="codes"),
    path("<int:pk>/paper/", survey_sheets.paper_enter, name="paper"),
    path("<int:pk>/pupils/<int:pupil>/", survey_sheets.sheet_enter, name="enter"),
    path("<int:pk>/results/", surveys.survey_results, name="results"),
    path("<int:pk>/results/<slug:format>/", surveys.survey_results_file, name="results_file"),
    path("sheets/<int:pk>/", survey_sheets.sheet_read, name="sheet"),
    path("sheets/<int:pk>/withdraw/", survey_sheets.sheet_back, name="sheet_withdraw"),
    path("sheets/<int:pk>/causes/", survey_sheets.sheet_take, name="sheet_causes"),
]
