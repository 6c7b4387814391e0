"""What an indicator of the catalogue is, and its words. Plain Python: no database, no dates of a school.

Values are `Decimal`: percent of 100, a count, and of what is there or not 1 and 0. A figure that the source leaves
blank is None and its words are empty: it stays blank, is never nought.
"""

from dataclasses import dataclass
from decimal import Decimal

from common.words import Word


class Unit(Word):
    """What the value is."""

    PERCENT = "percent", "доля, %"
    COUNT = "count", "количество"
    PRESENCE = "presence", "наличие"
    DECREASE = "decrease", "снижение доли, %"


class Origin(Word):
    """Where a value comes from: counted; counted once a list is kept beside; entered by a person with a document."""

    AUTO = "auto", "считается сам"
    SEMI = "semi", "считается по справочнику"
    MANUAL = "manual", "вводится вручную"


class Operator(Word):
    """How the value is compared with its target."""

    AT_LEAST = "at_least", "не менее"
    EXACTLY = "exactly", "равно"
    PRESENT = "present", "имеется"
    DECREASE_BY = "decrease_by", "снижение на"


class Reading(Word):
    """How a figure of the plan is read where the source can be read in two ways; `""` in a program is «не решено»."""

    LEVEL = "level", "значение к концу года"
    ADDED = "added", "прирост за год к предыдущему значению"
    RELATIVE = "relative", "на столько процентов от прежней доли"
    POINTS = "points", "на столько процентных пунктов"
    IN_YEAR = "in_year", "за год"
    SINCE_START = "since_start", "нарастающим итогом с начала программы"
    IN_ALL = "in_all", "всего по школе"
    EACH_LEVEL = "each_level", "на каждом уровне образования"


class Source(Word):
    """Which set an indicator belongs to."""

    PROGRAM = "program", "Паспорт долгосрочной программы"
    YEARLY = "yearly", "Программа на год"
    REGIONAL = "regional", "Региональный мониторинг"
    OWN = "own", "Показатель школы"


class Counted(Word):
    """Who is counted in an indicator of the regional set."""

    PUPILS = "pupils", "обучающиеся"
    SCHOOLS = "schools", "школы"


class Part(Word):
    """The four directions of the program; the indicators of the year and of the region have none."""

    STAFF = "staff_skills", "Профессиональное мастерство педагогов и руководителей"
    INDIVIDUAL = "individualization", "Индивидуализация образовательного процесса"
    PARENTS = "parents", "Работа с родителями"
    CLIMATE = "climate", "Благоприятный климат в школе с участием специалистов службы"


@dataclass(frozen=True)
class Plan:
    """What is planned for the `step`-th year of a program (from 1). `raw`: the source's words, empty where blank.

    `implied`: the source gives a bare number, read as «не менее». `most`: the upper end where it gives a range.
    """

    step: int
    raw: str
    value: Decimal | None = None
    operator: Operator | None = None
    implied: bool = False
    most: Decimal | None = None


@dataclass(frozen=True)
class Indicator:
    """One row of the catalogue.

    `numerator` and `denominator` are words; one without a denominator is counted or there. `readings`: the two that
    the source allows, the plain one first; empty where it is clear. `oddities`: what the source says oddly, in words
    shown beside the indicator; `undecided`: the school has to decide it. `alike`: codes of other sets, or «результат
    14» for an expected result, that say the same otherwise. `regional`: the value of the region in percent.
    """

    code: str
    source: Source
    number: int
    title: str
    unit: Unit
    origin: Origin
    numerator: str
    denominator: str = ""
    part: Part | None = None
    baseline_raw: str = ""
    baseline: Decimal | None = None
    plan: tuple[Plan, ...] = ()
    readings: tuple[Reading, ...] = ()
    oddities: tuple[str, ...] = ()
    undecided: bool = False
    alike: tuple[str, ...] = ()
    counted: Counted | None = None
    regional: Decimal | None = None

    @property
    def lower_is_better(self) -> bool:
        """Of shares that have to fall."""
        return self.unit == Unit.DECREASE
