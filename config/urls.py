"""Root addresses: each app brings its own."""

from allauth.account import views as account
from django.urls import URLPattern, URLResolver, include, path

from config import errors, health
from desk.views.home import home
from school.views.sessions import OwnSessions

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    # The door. Only what the school's closed sign-up needs: no registration, no e-mail.
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("password/", account.password_change, name="account_change_password"),
    path("", home, name="start"),  # the lower floors know the first page by this name
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("sessions/", OwnSessions.as_view(), name="usersessions_list"),
    # Rooms, from the lower floors to the upper.
    path("school/", include("school.urls")),
    path("day/", include("school.urls_day")),
    path("documents/", include("documents.urls")),
    path("registry/works/plan/", include("gradebook.urls_procedures")),  # beside the pages of results
    path("registry/", include("risk_registry.urls")),
    path("debts/", include("risk_registry.urls_debts")),
    path("imports/", include("gradebook.urls")),
    path("grounds/", include("gradebook.urls_grounds")),
    path("sheets/", include("gradebook.urls_sheet")),
    path("service/councils/", include("consultations.urls_councils")),
    path("service/schedule/", include("consultations.urls_schedule")),
    path("service/week/", include("consultations.urls_week")),
    path("service/load/", include("consultations.urls_load")),
    path("service/pupils/", include("consultations.urls_bringing")),
    path("service/referrals/", include("consultations.urls_referrals")),
    path("service/advice/", include("consultations.urls_advice")),
    path("service/notes/", include("consultations.urls_notes")),
    path("service/plans/", include("consultations.urls_plans")),
    path("service/", include("consultations.urls_meetings")),
    path("routes/print/", include("iom.urls_route_printing")),
    path("routes/", include("iom.urls_routes")),
    path("mentoring/", include("iom.urls_mentoring")),
    path("programs/", include("iom.urls_programs")),
    path("extra/", include("iom.urls_extra")),
    path("journals/", include("iom.urls_work")),
    path("progress/", include("iom.urls_progress")),
    path("effect/", include("iom.urls_effect")),
    path("parents/consents/", include("parents.urls_consents")),
    path("parents/events/", include("parents.urls_events")),
    path("p/", include("parents.urls_outside")),  # people without an account: parents/outside.py
    path("parents/links/", include("parents.urls_links")),
    path("parents/family/", include("parents.urls_escalation")),
    path("parents/notices/", include("parents.urls_notices")),
    path("parents/talks/", include("parents.urls_conversations")),
    path("parents/surveys/", include("parents.urls_surveys")),
    path("q/", include("parents.urls_q")),
    path("passport/", include("roadmaps.urls_program")),
    path("roadmap/", include("roadmaps.urls")),
    path("duties/", include("roadmaps.urls_duties")),
    path("sittings/", include("roadmaps.urls_sittings")),
    path("acts/", include("roadmaps.urls_acts")),
    path("teaching/", include("teaching.urls")),
    path("reports/", include("monitoring.urls")),
    path("indicators/", include("monitoring.urls_indicators")),
    path("municipal/", include("monitoring.urls_municipal")),
    path("", include("desk.urls")),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
