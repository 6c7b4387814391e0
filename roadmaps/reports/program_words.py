"""Words of the passport that its page and its papers share."""

from dataclasses import dataclass
from decimal import Decimal

from common.russian import date_long
from roadmaps.indicators import Reading, Unit
from roadmaps.reports.program_paper import IndicatorTold, ProgramPaper, undertaking_of
from roadmaps.rules.targets import needed_value
from roadmaps.words_program import NO_BASE


@dataclass(frozen=True)
class ReadingTold:
    """One way to read an odd plan: what it makes of each year. `chosen`: the school decided for it."""

    code: str
    words: str
    needed: tuple[tuple[str, str], ...]
    chosen: bool


def approved_words(paper: ProgramPaper) -> list[str]:
    """The lines of «ПРИНЯТО» by the council; «ПРОЕКТ» while it has not."""
    if paper.draft or paper.protocol_date is None:
        return ["ПРОЕКТ"]
    council = f"протокол от {date_long(paper.protocol_date)} № {paper.protocol_number}"
    return ["УТВЕРЖДЕНО", "педагогическим советом", council, f"Директор _____________ {paper.signed_by}"]


def readings_told(one: IndicatorTold) -> list[ReadingTold]:
    """Both ways side by side; none where the plan is clear."""
    asked = undertaking_of(one, "", "")
    return [
        ReadingTold(
            reading,
            reading.label,
            tuple(
                (target.year, needed_words(needed_value(asked, target, reading), one.unit, reading))
                for target in one.targets
            ),
            one.reading == reading,
        )
        for reading in one.readings
    ]


def needed_words(value: Decimal | None, unit: Unit, reading: str = "") -> str:
    """«75 %», «не выше 32,4 %», «5 на каждом уровне»; blank where the base is not filled in."""
    if value is None:
        return NO_BASE
    plain = f"{value.normalize():f}".replace(".", ",")
    if unit == Unit.DECREASE:
        return f"не выше {plain} %"
    if unit == Unit.PERCENT:
        return f"{plain} %"
    return f"{plain} на каждом уровне" if reading == Reading.EACH_LEVEL else plain
