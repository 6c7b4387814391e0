"""Addresses of programs, partners, courses and competitions."""

from django.urls import path

from iom.views import achievements, course_seats, partners, programs, programs_copy

app_name = "programs"
urlpatterns = [
    path("", programs.programs_page, name="list"),
    path("export/", programs.programs_export, name="export"),
    path("new/", programs.program_new, name="new"),
    path("copy/", programs_copy.copy_programs, name="copy"),
    path("<int:pk>/", programs.program_page, name="program"),
    path("<int:pk>/edit/", programs.program_edit, name="edit"),
    path("<int:pk>/remove/", programs.program_remove, name="remove"),
    path("<int:pk>/enrol/", course_seats.enrol, name="enrol"),
    path("seats/<int:pk>/edit/", course_seats.seat_edit, name="seat_edit"),
    path("seats/<int:pk>/remove/", course_seats.seat_remove, name="seat_remove"),
    path("partners/", partners.partners_page, name="partners"),
    path("partners/new/", partners.partner_new, name="partner_new"),
    path("partners/<int:pk>/edit/", partners.partner_edit, name="partner_edit"),
    path("partners/<int:pk>/remove/", partners.partner_removing, name="partner_remove"),
    path("partners/<int:pk>/agreements/new/", partners.agreement_new, name="agreement_new"),
    path("agreements/<int:pk>/edit/", partners.agreement_edit, name="agreement_edit"),
    path("agreements/<int:pk>/remove/", partners.agreement_remove, name="agreement_remove"),
    path("competitions/", achievements.competitions_page, name="competitions"),
    path("competitions/export/", achievements.competitions_export, name="competitions_export"),
    path("competitions/new/", achievements.competition_new, name="competition_new"),
    path("competitions/<int:pk>/edit/", achievements.competition_edit, name="competition_edit"),
    path("competitions/<int:pk>/remove/", achievements.competition_remove, name="competition_remove"),
    path("coverage/", achievements.coverage_page, name="coverage"),
]
