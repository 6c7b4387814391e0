"""Addresses of personal links as the school sees them."""

from django.urls import path

from parents.views import link_papers, links

app_name = "links"
urlpatterns = [
    path("", links.link_list, name="list"),
    path("rules/", links.link_rules, name="rules"),
    path("notice/<int:pk>/", links.link_for_notice, name="notice"),
    path("route/<int:pk>/", links.link_for_route, name="route"),
    path("pupil/<int:pk>/<slug:matter>/", links.link_for_pupil, name="pupil"),
    path("notice/<int:pk>/print/", link_papers.notice_paper, name="paper"),
    path("print/", link_papers.notice_papers, name="papers"),
    path("<int:pk>/", links.link_detail, name="link"),
    path("<int:pk>/again/", links.link_anew, name="again"),
    path("<int:pk>/withdraw/", links.link_shut, name="withdraw"),
    path("<int:pk>/noted/", links.link_noted, name="noted"),
]
