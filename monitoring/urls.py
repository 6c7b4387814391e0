"""Addresses of reports."""

from django.urls import path

from monitoring import views, views_making

app_name = "monitoring"
urlpatterns = [
    path("", views.report_list, name="list"),
    path("periods/<int:pk>/", views.period_documents, name="period"),
    path("periods/<int:period>/pack/", views_making.period_pack, name="pack"),
    path("make/<int:period>/<slug:kind>/", views_making.documents_make, name="make_all"),
    path("make/<int:period>/<slug:kind>/<int:of>/", views_making.document_make, name="make"),
    path("<int:pk>/", views.report_detail, name="detail"),
    path("<int:pk>/print/<str:format>/", views_making.report_print, name="print"),
    path("<int:pk>/say/", views.report_say, name="say"),
    path("<int:pk>/conclude/", views.report_conclude, name="conclude"),
    path("<int:pk>/approve/", views.report_approve, name="approve"),
    path("<int:pk>/withdraw/", views.report_withdraw, name="withdraw"),
]
