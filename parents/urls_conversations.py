"""Addresses of the journal of talks with parents."""

from django.urls import path

from parents.views import conversations

app_name = "parents"
urlpatterns = [
    path("", conversations.conversation_list, name="talks"),
    path("new/", conversations.conversation_choose, name="talk_choose"),
    path("new/<int:pk>/", conversations.conversation_new, name="talk_new"),
    path("<int:pk>/", conversations.conversation_page, name="talk"),
    path("<int:pk>/edit/", conversations.conversation_correct, name="talk_edit"),
    path("<int:pk>/kept/", conversations.conversation_settled, name="talk_kept"),
    path("<int:pk>/withdraw/", conversations.conversation_take_back, name="talk_withdraw"),
    path("print/<slug:format>/", conversations.conversation_print, name="talks_print"),
]
