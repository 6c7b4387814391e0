"""What a paper is made of: plain frozen values, so that an approved one can be kept and shown again as it was."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from common.russian import decimal, percent, signed, whole
from documents.rendering.charts import Bar, Series, line_chart, stacked_bars
from documents.rendering.svg import Svg

NONE = "—"


@dataclass(frozen=True)
class Cell:
    """`text` is what is read, `number` what a workbook counts with (None: the text), `link` an address on the page."""

    text: str = ""
    number: float | None = None
    link: str = ""


def number_cell(value: int | float | Decimal | None, *, places: int = 0, link: str = "") -> Cell:
    """«41», «3,45»; «—» where there is no number. Nothing leads on from a nought."""
    if value is None:
        return Cell(NONE)
    text = decimal(value, places) if places else whole(int(value))
    return Cell(text, float(value), link if value else "")


def share_cell(part: int, of: int, *, link: str = "") -> Cell:
    """«15,8 %»; «—» of nothing. The number is in percent, one place."""
    if not of:
        return Cell(NONE)
    text = percent(part, of)
    return Cell(text, float(text.split("\u00a0")[0].replace(",", ".")), link if part else "")


def change_cell(value: int | None) -> Cell:
    """«+3», «−1»; «—» where there is nothing to compare with."""
    return Cell(NONE) if value is None else Cell(signed(value), float(value))


def date_cell(day: date | None, *, link: str = "") -> Cell:
    """«21.11.2026», or «—»."""
    return Cell(NONE) if day is None else Cell(f"{day:%d.%m.%Y}", None, link)


@dataclass(frozen=True)
class Column:
    """A heading. `code` is its key in JSON; `narrow`: of numbers, to the right; `name`: full names, never broken."""

    code: str
    title: str
    kind: Literal["text", "number", "name"] = "text"


@dataclass(frozen=True)
class Table:
    """Rows under headings; the first cell of a row tells whose it is. `empty`: what is said when there are no rows.

    A cell for each column in every row and in every row of `foot`, the totals.
    """

    code: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    foot: tuple[tuple[Cell, ...], ...] = ()
    empty: str = "Нет данных."
    note: str = ""

    def __post_init__(self) -> None:
        for row in (*self.rows, *self.foot):
            if len(row) != len(self.columns):
                raise ValueError(f"{self.code}: a row of {len(row)} cells under {len(self.columns)} headings")


@dataclass(frozen=True)
class Text:
    """Paragraphs; `quiet`: a note to what stands above. `numbered` paragraphs are points: «1.», «2.»."""

    paragraphs: tuple[str, ...]
    quiet: bool = False
    numbered: bool = False


@dataclass(frozen=True)
class Figure:
    """A number that matters, with its comparison: «Под риском», «32 · 15,8 %», «+4 к прошлой четверти»."""

    code: str
    label: str
    text: str
    note: str = ""
    link: str = ""
    number: float | None = None


def number_figure(code: str, label: str, number: int, note: str = "", link: str = "") -> Figure:
    """A whole number that matters; nothing leads on from a nought."""
    return Figure(code, label, whole(number), note, link if number else "", float(number))


@dataclass(frozen=True)
class Figures:
    """Numbers beside each other."""

    items: tuple[Figure, ...]


@dataclass(frozen=True)
class BarsPart:
    """One column of a chart: its name and its parts from the bottom upwards."""

    name: str
    parts: tuple[int, ...]


@dataclass(frozen=True)
class Bars:
    """Columns of parts; `names` are those of the parts."""

    title: str
    names: tuple[str, ...]
    bars: tuple[BarsPart, ...]

    @property
    def svg(self) -> Svg:
        """The picture, the same on a page and in print."""
        return stacked_bars([Bar(one.name, one.parts) for one in self.bars], self.names, self.title)


@dataclass(frozen=True)
class Line:
    """One line of a chart: a value for each label, None where there is none."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Lines:
    """Up to five lines over the same labels."""

    title: str
    labels: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def svg(self) -> Svg:
        """The picture, the same on a page and in print."""
        return line_chart(list(self.labels), [Series(one.name, one.values) for one in self.lines], self.title)


@dataclass(frozen=True)
class Signed:
    """Who signs what stands above, before an appendix: post and name; without a name there is a blank for it."""

    lines: tuple[tuple[str, str], ...]


Part = Table | Text | Figures | Bars | Lines | Signed


@dataclass(frozen=True)
class Suggestion:
    """A sentence that the figures suggest; a person takes it, writes it otherwise or drops it.

    `code` is the same in every edition of the paper. `ground`: what it was counted from; `link`: where it is seen.
    """

    code: str
    text: str
    ground: str = ""
    link: str = ""


@dataclass(frozen=True)
class Section:
    """A heading (empty: none) with what stands under it; suggested sentences come last."""

    code: str
    title: str
    parts: tuple[Part, ...]
    suggestions: tuple[Suggestion, ...] = ()
    new_page: bool = False


def named_once(paper: str, what: str, codes: Iterable[str]) -> None:
    """What people decide and what JSON holds is kept by code: two of the same would be taken for one."""
    twice = [code for code, number in Counter(codes).items() if number > 1]
    if twice:
        raise ValueError(f"{paper}: {what} named twice: {', '.join(twice)}")


@dataclass(frozen=True)
class Head:
    """Whose paper it is and when it was made. `about`: «7А», a teacher's name; empty: of the whole school.

    `starts` and `ends` are the days that it tells of; `period` counts from 1, 0 is the start of the year.
    """

    school: str
    school_code: str
    founder: str
    year: str
    period: int
    period_words: str
    starts: date
    ends: date
    made_at: datetime
    about: str = ""


@dataclass(frozen=True)
class Paper:
    """A document. `title` stands in capitals' place, `lines` under it: «за 1-ю четверть 2026/27 учебного года».

    `numbered`: the number of approval stands after the title. `considered`: lines of the block on the left, the first
    one bold; `approves`: who approves («А. И. Зимина»), empty: nobody has to. `signatures`: post and name.
    """

    kind: str
    title: str
    lines: tuple[str, ...]
    head: Head
    sections: tuple[Section, ...]
    caveats: tuple[str, ...] = ()
    considered: tuple[str, ...] = ()
    approves: str = ""
    signatures: tuple[tuple[str, str], ...] = ()
    landscape: bool = False

    def __post_init__(self) -> None:
        named_once(self.kind, "sections", (one.code for one in self.sections))
        named_once(self.kind, "tables", (one.code for one in self.tables))
        named_once(self.kind, "suggestions", (one.code for one in self.suggestions))

    @property
    def tables(self) -> list[Table]:
        """Of all sections, in order."""
        return [part for section in self.sections for part in section.parts if isinstance(part, Table)]

    @property
    def suggestions(self) -> list[Suggestion]:
        """Of all sections, in order."""
        return [one for section in self.sections for one in section.suggestions]
