"""Root addresses: each app brings its own."""

from allauth.account import views as account
from django.urls import URLPattern, URLResolver, include, path

from config import errors, health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    # The door. Only what the school's closed sign-up needs: no registration, no e-mail.
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("password/", account.password_change, name="account_change_password"),
    path("sessions/", include("allauth.usersessions.urls")),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
