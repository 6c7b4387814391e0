"""The sheet of progress (лист продвижения) of a pupil: own dynamics, gaps, achievements, metasubject results.

Source: программа школы, показатель 4. It compares the pupil with themself alone: no class, no place in a list.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from iom.rules.progress import change_in_words, change_of
from school.models import Pupil


@dataclass(frozen=True)
class PeriodCell:
    """A subject in one period: the mean of its marks and the result, empty where there is none yet."""

    period: str
    mean: Decimal | None
    result: str


@dataclass(frozen=True)
class SubjectLine:
    """A subject through the year. `marks` are 1–5 in time; `annual`: the year's result, `before`: that of the last."""

    name: str
    marks: tuple[int, ...]
    cells: tuple[PeriodCell, ...]
    before: str
    annual: str

    @property
    def change(self) -> str:
        """«выше», «ниже», «ровно»: the last period with marks against the one before."""
        return change_in_words(change_of([cell.mean for cell in self.cells]))

    @property
    def marks_words(self) -> str:
        """For those who do not see the picture."""
        return f"{self.name}: {' '.join(map(str, self.marks))}"


@dataclass(frozen=True)
class GapLine:
    """A gap with its last control. `state` is of `iom.words.GapState`."""

    subject: str
    topic: str
    state: str
    words: str
    due: date
    control: str


@dataclass(frozen=True)
class FactLine:
    """A short fact: a competition, a course, a metasubject result. `key` is that of its row."""

    key: int
    on: date
    title: str
    about: str
    who: str = ""


@dataclass(frozen=True)
class ProgressSheet:
    """One pupil's sheet of one year. `overall`: means of all marks by period, as the picture shows them."""

    pupil: Pupil
    seat: str
    class_teacher: str
    school: str
    founder: str
    year: str
    made_on: date
    periods: tuple[str, ...]
    running: str
    overall: tuple[Decimal | None, ...]
    subjects: tuple[SubjectLine, ...]
    gaps: tuple[GapLine, ...]
    achievements: tuple[FactLine, ...]
    courses: tuple[FactLine, ...]
    meta: tuple[FactLine, ...]

    @property
    def empty(self) -> list[str]:
        """What nothing is recorded of, in words."""
        told: Sequence[tuple[str, object]] = (
            ("отметок и итогов", self.subjects),
            ("конкурсов", self.achievements),
            ("курсов", self.courses),
            ("метапредметных результатов", self.meta),
        )
        return [words for words, rows in told if not rows]

    @property
    def closed(self) -> int:
        """Gaps that were closed by their control."""
        return sum(gap.state == "closed" for gap in self.gaps)

    @property
    def moves(self) -> list[tuple[str, int]]:
        """In how many subjects the mean is higher, even or lower than in the period before; without noughts."""
        told = [(word, sum(line.change == word for line in self.subjects)) for word in ("выше", "ровно", "ниже")]
        return [(word, number) for word, number in told if number]

    @property
    def has_picture(self) -> bool:
        """Whether there are two periods to draw a line between."""
        return sum(value is not None for value in self.overall) > 1
