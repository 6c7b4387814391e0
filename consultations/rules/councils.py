"""What the order of councils asks: terms of papers, sittings of a half-year, a majority, no diagnoses.

Source: распоряжение Минпросвещения от 09.09.2019 № Р-93: a sitting at least once in a half-year, the protocol within 5
working days, the conclusion to the parents on the day of the sitting, to the teachers within 3 working days. Working
days are those of the school's calendar: Mondays to Fridays outside of holidays.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from school.rules import default_periods, school_day_after

Spans = Sequence[tuple[date, date]]
PROTOCOL_DAYS, TEACHERS_DAYS = 5, 3

# A letter and two figures, perhaps a point and more: «F70», «G40.1»; Russian letters that look like Latin ones too.
_CODE = re.compile(r"(?<!\w)[A-Za-zАВЕКМНОРСТХ]\s?\d{2}(?:\.\d{1,2})?(?![\w])")


def protocol_due(held: date, holidays: Spans) -> date:
    """The last day for signing the protocol of a sitting held that day."""
    return school_day_after(held, PROTOCOL_DAYS, holidays)


def parents_due(held: date) -> date:
    """The last day for handing the conclusion to the parents: that of the sitting."""
    return held


def teachers_due(held: date, holidays: Spans) -> date:
    """The last day for bringing the conclusion to the teachers."""
    return school_day_after(held, TEACHERS_DAYS, holidays)


@dataclass(frozen=True)
class Term:
    """A deed with its last day; `done` is when it was done, None while it waits."""

    what: str
    due: date
    done: date | None = None

    def is_late(self, today: date) -> bool:
        """Whether it was done after its day, or waits longer."""
        return (self.done or today) > self.due

    def words(self, today: date) -> str:
        """«до 27.11.2026», «срок был 27.11.2026», «26.11.2026», «28.11.2026, срок был 27.11.2026»."""
        late = self.is_late(today)
        if self.done is None:
            return f"срок был {self.due:%d.%m.%Y}" if late else f"до {self.due:%d.%m.%Y}"
        return f"{self.done:%d.%m.%Y}" + (f", срок был {self.due:%d.%m.%Y}" if late else "")


@dataclass(frozen=True)
class HalfYear:
    """A half of the year: how many planned sittings stand in it, held or to come."""

    title: str
    starts: date
    ends: date
    sittings: int

    def is_missing(self) -> bool:
        """Whether no planned sitting stands in it."""
        return self.sittings == 0

    def is_over(self, today: date) -> bool:
        """Whether nothing can be planned in it any more."""
        return self.ends < today


def half_years(year: int, planned: Iterable[date]) -> list[HalfYear]:
    """The halves of the year that began in `year`; `planned` are days of planned sittings that are not cancelled."""
    days = list(planned)
    return [
        HalfYear(
            f"{span.number}-е полугодие",
            span.starts,
            span.ends,
            sum(span.starts <= day <= span.ends for day in days),
        )
        for span in default_periods("halfyears", year)
    ]


@dataclass(frozen=True)
class Quorum:
    """How many of the members were there. A hint: the school's own regulation decides what is enough."""

    present: int
    members: int
    unknown: int

    @property
    def enough(self) -> bool:
        """More than half."""
        return self.present * 2 > self.members

    @property
    def words(self) -> str:
        """«присутствуют 3 из 5: больше половины»."""
        if self.members and self.unknown == self.members:
            return "кто присутствовал, ещё не отмечено"
        rest = "больше половины" if self.enough else "большинства нет"
        return f"присутствуют {self.present} из {self.members}: {rest}"


def quorum_of(present: Iterable[bool | None]) -> Quorum:
    """Of the members' marks: was there, was not, nobody has said."""
    marks = list(present)
    return Quorum(sum(one is True for one in marks), len(marks), sum(one is None for one in marks))


def diagnosis_codes(text: str) -> list[str]:
    """What in the text looks like a code of an illness (МКБ): «F70», «G40.1»; in order, each once."""
    return list(dict.fromkeys(found.group().replace(" ", "") for found in _CODE.finditer(text)))
