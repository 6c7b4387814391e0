"""Addresses of the school's rooms."""

from django.urls import path

from school.views import logins

app_name = "school"
urlpatterns = [
    path("logins/", logins.login_list, name="logins"),
    path("logins/<int:pk>/issue/", logins.login_new, name="login_issue"),
    path("logins/<int:pk>/reset/", logins.login_again, name="login_reset"),
    path("logins/<int:pk>/disable/", logins.login_off, name="login_disable"),
]
