"""Feedback to parents and routes agreed with them: the indicators P25 and P26 without a database.

Паспорт программы, показатель 25: реализованные ИОМ с отметкой согласования законного представителя,
от всех реализованных. Показатель 26: педагоги с не менее чем N записями обратной связи в месяц, от всех педагогов; N —
настройка школы.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class RouteFacts:
    """A route that was in force at some time: since when, until when, what the parents said last."""

    begun: date
    finished: date | None
    said: bool | None  # agreed, refused, nothing

    @property
    def agreed(self) -> bool:
        """Whether the last word of the parents is their agreement."""
        return self.said is True


def carried_out(route: RouteFacts, first: date, last: date) -> bool:
    """Whether the route was in force on any day between, both inside."""
    return route.begun <= last and (route.finished is None or route.finished >= first)


def months_of(first: date, last: date) -> int:
    """How many months the days are, both inside: a calendar month counts from half of its days on; at least one."""
    return max(1, sum(_half(first, last, index) for index in range(_index(first), _index(last) + 1)))


def _index(day: date) -> int:
    return day.year * 12 + day.month - 1


def _half(first: date, last: date, index: int) -> bool:
    year, month = index // 12, index % 12 + 1
    days = monthrange(year, month)[1]
    begins, ends = max(first, date(year, month, 1)), min(last, date(year, month, days))
    return ((ends - begins).days + 1) * 2 >= days


@dataclass(frozen=True)
class FeedbackFacts:
    """What a pedagogical worker told parents within the days: talks of any channel, notices that reached them."""

    talks: int = 0
    notices: int = 0

    @property
    def records(self) -> int:
        """Both together."""
        return self.talks + self.notices


def active(facts: FeedbackFacts, monthly: int, first: date, last: date) -> bool:
    """Whether there are `monthly` records for each month of the days, in whichever of them."""
    return facts.records >= records_needed(monthly, first, last)


def records_needed(monthly: int, first: date, last: date) -> int:
    """So many within the days."""
    return monthly * months_of(first, last)
