from datetime import date

from risk_registry.spans import Interval, span_for
from school.rules import default_periods


def intervals(system: str) -> list[Interval]:
    return [Interval(span.number, span.number, span.starts, span.ends) for span in default_periods(system, 2026)]


QUARTERS = intervals("quarters")
HALFYEARS = intervals("halfyears")


def test_a_class_of_the_main_system_counts_the_interval_itself() -> None:
    span = span_for(QUARTERS[1], QUARTERS)
    assert (span.period, span.starts, span.ends) == (QUARTERS[1], date(2026, 11, 1), date(2026, 12, 31))
    assert not span.goes_on


def test_a_half_year_is_counted_from_its_start_to_the_quarter_s_end_and_goes_on() -> None:
    span = span_for(QUARTERS[0], HALFYEARS)
    assert (span.period, span.starts, span.ends) == (HALFYEARS[0], date(2026, 9, 1), date(2026, 10, 31))
    assert span.goes_on


def test_a_half_year_that_ends_with_the_quarter_is_whole() -> None:
    span = span_for(QUARTERS[1], HALFYEARS)
    assert (span.period, span.starts, span.ends) == (HALFYEARS[0], date(2026, 9, 1), date(2026, 12, 31))
    assert not span.goes_on


def test_the_third_quarter_opens_the_second_half_year() -> None:
    span = span_for(QUARTERS[2], HALFYEARS)
    assert (span.period.number, span.starts, span.ends) == (2, date(2027, 1, 1), date(2027, 3, 31))
    assert span.goes_on


def test_a_half_year_in_a_trimester_that_ends_inside_it_goes_on() -> None:
    trimesters = intervals("trimesters")
    assert span_for(trimesters[0], HALFYEARS).goes_on
    assert span_for(trimesters[1], HALFYEARS).period.number == 2


def test_a_day_outside_of_every_own_period_belongs_to_the_last_one_begun() -> None:
    early = [Interval(1, 1, date(2026, 9, 1), date(2026, 12, 27)), Interval(2, 2, date(2027, 1, 11), date(2027, 5, 31))]
    span = span_for(QUARTERS[1], early)
    assert (span.period.number, span.goes_on) == (1, False)


def test_without_periods_of_its_own_a_class_counts_the_interval() -> None:
    assert span_for(QUARTERS[0], []).period == QUARTERS[0]
