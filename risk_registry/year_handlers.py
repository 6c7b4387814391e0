"""What follows here from the change of the academic year, in the same transaction."""

from common.events import subscribe
from gradebook.events import EarlierYearUnmade
from risk_registry.services.starting_later import start_first
from risk_registry.services.year_ending import computed_forget, proposals_take_back, signals_end, signals_go_on
from school.events import YearChanged, YearChangeUndone


def listen() -> None:
    """Called once, when the application is ready."""
    subscribe(YearChanged, on_year_changed)
    subscribe(YearChangeUndone, on_year_change_undone)
    subscribe(EarlierYearUnmade, on_earlier_year_unmade)


def on_year_changed(fact: YearChanged) -> None:
    """The old year asks for no answers any more; the new one begins with the list of those whom it leaves at risk."""
    signals_end(year=fact.old, by=fact.by, at=fact.at)
    start_first(year=fact.new)


def on_year_change_undone(fact: YearChangeUndone) -> None:
    """Signals of the old year ask again; of the new one's registry goes what nobody has touched."""
    signals_go_on(year=fact.old, at=fact.at)
    proposals_take_back(year=fact.new, since=fact.at)


def on_earlier_year_unmade(fact: EarlierYearUnmade) -> None:
    """What was computed from files that are taken back keeps no year alive."""
    computed_forget(year=fact.year)
