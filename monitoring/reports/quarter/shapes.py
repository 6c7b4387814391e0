"""What the report of a period holds: plain frozen values, so that an approved one can be kept and shown again."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from documents.papers.parts import Section, Suggestion, named_once

# What is counted of a class, a level and the school beside all pupils.
COUNTED = ("failing", "weak", "reserve", "unrated", "at_risk")


@dataclass(frozen=True)
class Line:
    """How many pupils of a class, a level or the school are in each category.

    `none` includes `unrated`: those of whom nothing is known. `change`: pupils at risk, more (+) or fewer (−) than in
    the previous period, None when there was none; `change_failing` and so on: the same of one category. `data_as_of`:
    the last lesson of the period that the class's files cover.
    """

    name: str
    pupils: int
    failing: int
    weak: int
    reserve: int
    none: int
    unrated: int
    change: int | None = None
    data_as_of: date | None = None
    key: int | None = None
    change_failing: int | None = None
    change_weak: int | None = None
    change_reserve: int | None = None

    @property
    def at_risk(self) -> int:
        """Failing and weak together."""
        return self.failing + self.weak

    def share(self, counted: str) -> float | None:
        """The share of one of `COUNTED` in all pupils: percent, one decimal, half up; None of nobody."""
        if not self.pupils:
            return None
        exact = Decimal(int(getattr(self, counted)) * 100) / self.pupils
        return float(exact.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP))


@dataclass(frozen=True)
class SubjectLine:
    """One subject in the whole school: period results, and current marks below 3.

    `unsatisfactory_results`: 1, 2 and `незач`; `mean`: of numeric results, two decimals, half up.
    """

    subject: str
    results: int
    unsatisfactory_results: int
    not_attested: int
    mean: float | None
    unsatisfactory_marks: int


@dataclass(frozen=True)
class Cause:
    """A subject that made the category: how many marks below 3, which result or forecast."""

    subject: str
    unsatisfactory: int
    result: str | None
    forecast: int | None


@dataclass(frozen=True)
class PupilLine:
    """A pupil in a category, with the subjects that caused it; `state` is that of the registry entry, in words.

    `remark` says why a pupil is in the registry of whom the marks say nothing.
    """

    pupil: int
    name: str
    school_class: str
    category: str
    causes: tuple[Cause, ...]
    provisional: bool
    state: str
    remark: str = ""


@dataclass(frozen=True)
class SignalLine:
    """Three or more marks below 3 in a subject within the period."""

    pupil: int
    name: str
    school_class: str
    subject: str
    dates: tuple[date, ...]


@dataclass(frozen=True)
class AbsenceLine:
    """Missed lessons of a class by reason."""

    school_class: str
    unexcused: int
    illness: int
    excused: int

    @property
    def total(self) -> int:
        """All missed lessons."""
        return self.unexcused + self.illness + self.excused


@dataclass(frozen=True)
class ChangeLine:
    """A pupil whose category is another one now; `left` when they are no longer in the contingent.

    `pupil` is the key; 0 in reports that were frozen before the key was kept.
    """

    name: str
    school_class: str
    was: str
    now: str
    left: bool = False
    pupil: int = 0


@dataclass(frozen=True)
class Changes:
    """What is different since the last report, or since the previous period where no report was approved."""

    since: str
    lines: tuple[ChangeLine, ...]


@dataclass(frozen=True)
class QuarterReport:
    """Everything that the report says. Categories are codes of `risk_registry.categories.Category`.

    `pupils` are those in a category by their marks; `included` those who are in the registry without it. `more`: the
    sections made of parts, `appendices`: one a class; neither is there in reports frozen before they were told.
    """

    school: str
    school_code: str
    founder: str
    locality: str
    director: str
    deputy: str
    year: str
    period: int
    period_title: str
    period_accusative: str
    previous_title: str
    starts: date
    ends: date
    made_at: datetime
    classified_at: datetime | None
    provisional: bool
    totals: Line
    levels: tuple[Line, ...]
    classes: tuple[Line, ...]
    subjects: tuple[SubjectLine, ...]
    pupils: tuple[PupilLine, ...]
    signals: tuple[SignalLine, ...]
    absences: tuple[AbsenceLine, ...]
    changes: Changes | None
    stale: tuple[str, ...] = field(default=())
    included: tuple[PupilLine, ...] = field(default=())
    more: tuple[Section, ...] = field(default=())
    appendices: tuple[Section, ...] = field(default=())

    def __post_init__(self) -> None:
        named_once("quarterly", "sections", (one.code for one in (*self.more, *self.appendices)))
        named_once("quarterly", "suggestions", (one.code for one in self.suggestions))

    @property
    def title(self) -> str:
        """What the document is called."""
        return "Аналитический отчёт"

    @property
    def suggestions(self) -> list[Suggestion]:
        """Of all sections, in order."""
        return [one for section in self.more for one in section.suggestions]

    @property
    def absences_total(self) -> AbsenceLine:
        """The lessons that the whole school missed."""
        every = self.absences
        return AbsenceLine(
            "Итого",
            unexcused=sum(line.unexcused for line in every),
            illness=sum(line.illness for line in every),
            excused=sum(line.excused for line in every),
        )

    def in_category(self, category: str) -> tuple[PupilLine, ...]:
        """The pupils of one category, by class and name."""
        return tuple(line for line in self.pupils if line.category == category)
