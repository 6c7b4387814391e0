"""Addresses of the journals of individual work and of talks with pupils."""

from django.urls import path

from iom.views import talk_entry, talks, work, work_entry

app_name = "work"
urlpatterns = [
    path("", work.work_list, name="list"),
    path("new/", work_entry.work_new, name="new"),
    path("<int:pk>/", work.work_page, name="entry"),
    path("<int:pk>/edit/", work_entry.work_correct, name="edit"),
    path("<int:pk>/comment/", work.work_comment, name="comment"),
    path("<int:pk>/withdraw/", work.work_take_back, name="withdraw"),
    path("comments/<int:pk>/read/", work.comment_seen, name="comment_read"),
    path("print/<slug:kind>/<slug:format>/", work.journal_print, name="print"),
    path("talks/", talks.talk_list, name="talks"),
    path("talks/new/", talk_entry.talk_begin, name="talk_begin"),
    path("talks/new/<int:pk>/", talk_entry.talk_new, name="talk_new"),
    path("talks/<int:pk>/", talks.talk_page, name="talk"),
    path("talks/<int:pk>/edit/", talks.talk_correct, name="talk_edit"),
    path("talks/<int:pk>/kept/", talks.talk_settled, name="talk_kept"),
    path("talks/<int:pk>/comment/", talks.talk_comment, name="talk_comment"),
    path("talks/<int:pk>/withdraw/", talks.talk_take_back, name="talk_withdraw"),
]
