"""Addresses of confidential notes, under /service/notes/."""

from django.urls import path

from consultations.views import notes

app_name = "notes"
urlpatterns = [
    path("", notes.note_list_page, name="list"),
    path("new/pupil/<int:pk>/", notes.note_on_pupil, name="new_pupil"),
    path("new/meeting/<int:pk>/", notes.note_on_meeting, name="new_meeting"),
    path("<int:pk>/", notes.note_detail, name="note"),
    path("<int:pk>/words/", notes.note_reveal, name="words"),
    path("<int:pk>/correct/", notes.note_correcting, name="correct"),
    path("<int:pk>/take-back/", notes.note_taking_back, name="take_back"),
    path("<int:pk>/named/", notes.note_naming, name="named"),
    path("<int:pk>/open/", notes.note_opening, name="open"),
    path("openings/", notes.opening_list, name="openings"),
    path("openings/<int:pk>/known/", notes.opening_known, name="opening_known"),
    path("rule/", notes.rule_page, name="rule"),
]
