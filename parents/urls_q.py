"""Where a questionnaire is answered by a code, without an account."""

from django.urls import path

from parents.views import survey_public

app_name = "q"
urlpatterns = [
    path("", survey_public.code, name="code"),
    path("thanks/", survey_public.thanks, name="thanks"),
]
