"""Addresses of the program's passport."""

from django.urls import path

from roadmaps.views import program, program_making, program_parts

app_name = "passport"
urlpatterns = [
    path("", program.program_page, name="page"),
    path("indicators/", program.program_indicators, name="indicators"),
    path("new/", program_making.program_new, name="new"),
    path("<int:pk>/heading/", program_making.program_heading, name="heading"),
    path("<int:pk>/approve/", program_making.program_approval, name="approve"),
    path("<int:pk>/correct/", program_making.program_correction, name="correct"),
    path("<int:pk>/remove/", program_making.program_removal, name="remove"),
    path("<int:pk>/print/", program.program_print, name="print"),
    path("<int:pk>/version/<int:number>/", program.program_version, name="version"),
    path("<int:pk>/lines/<slug:section>/", program_parts.line_new, name="line_new"),
    path("lines/<int:pk>/", program_parts.line_page, name="line"),
    path("lines/<int:pk>/restore/", program_parts.line_restoring, name="line_restore"),
    path("lines/<int:pk>/move/<slug:way>/", program_parts.line_moving, name="line_move"),
    path("lines/<int:pk>/remove/", program_parts.line_removal, name="line_remove"),
    path("<int:pk>/directions/new/", program_parts.direction_new, name="direction_new"),
    path("directions/<int:pk>/", program_parts.direction_page, name="direction"),
    path("directions/<int:pk>/remove/", program_parts.direction_removal, name="direction_remove"),
    path("<int:pk>/indicators/new/", program_parts.indicator_new, name="indicator_new"),
    path("<int:pk>/indicators/take/", program_parts.indicator_taking, name="indicator_take"),
    path("indicators/<int:pk>/", program_parts.indicator_page, name="indicator"),
    path("indicators/<int:pk>/reading/", program_parts.indicator_reading, name="reading"),
    path("indicators/<int:pk>/remove/", program_parts.indicator_removal, name="indicator_remove"),
]
