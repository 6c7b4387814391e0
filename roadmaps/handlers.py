"""What the roadmap does when the floors below announce something."""

from common.events import subscribe
from roadmaps.models import Roadmap
from roadmaps.services.terms import occurrences_follow
from school.events import CalendarChanged, HolidaysChanged


def on_calendar(fact: CalendarChanged | HolidaysChanged) -> None:
    """Terms of the year are counted anew."""
    for roadmap in Roadmap.objects.filter(school=fact.school, year=fact.year).select_related("year"):
        occurrences_follow(roadmap)


def subscribe_all() -> None:
    """Called once, when the application is ready."""
    subscribe(CalendarChanged, on_calendar)
    subscribe(HolidaysChanged, on_calendar)
