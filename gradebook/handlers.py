"""What follows here from the facts that the school announces, in the same transaction."""

from common.events import subscribe
from gradebook.services.grounds import school_grounds_settle
from school.events import ThresholdsChanged


def listen() -> None:
    """Called once, when the application is ready; before the floors above, who count by what is settled here."""
    subscribe(ThresholdsChanged, on_thresholds_changed)


def on_thresholds_changed(fact: ThresholdsChanged) -> None:
    """A parents' note may hold for another number of days now."""
    school_grounds_settle(school=fact.school)
