"""The passport as a Word document for editing on: sections, then the indicators by directions."""

from collections.abc import Iterator

from common.russian import date_short
from documents.rendering.word import Word
from roadmaps.reports.program_changes import line_words
from roadmaps.reports.program_paper import IndicatorTold, ProgramPaper, SectionTold
from roadmaps.reports.program_words import approved_words
from roadmaps.words_program import EMPTY, UNDECIDED, Section

_CODE, _BASE, _SHEET = 13, 22, 170


def program_docx(paper: ProgramPaper) -> bytes:
    """The bytes of the document; text of people stays text."""
    word = Word(paper.title, paper.school)
    word.letterhead(paper.founder, paper.school)
    for text in approved_words(paper):
        word.line(text, align="right")
    word.line(paper.title, bold=True, align="center", size=14)
    word.table(("Раздел", "Содержание"), _passport(paper), (45, 125))
    word.line("Показатели и их план", bold=True, align="center")
    _indicators(word, paper)
    return word.content()


def _passport(paper: ProgramPaper) -> Iterator[tuple[str, str]]:
    yield "Срок реализации", paper.term or EMPTY
    yield "Действует", f"с {date_short(paper.starts)} по {date_short(paper.ends)}"
    for part in paper.sections:
        yield part.title, _lines(part)
        if part.section == Section.TASK and paper.directions:
            yield "Направления", "\n".join(f"{number}. {name}" for number, name in enumerate(paper.directions, 1))


def _lines(part: SectionTold) -> str:
    """Numbered where there are several."""
    if len(part.lines) < 2:
        return line_words(part.lines[0]) if part.lines else EMPTY
    return "\n".join(f"{number}. {line_words(line)}" for number, line in enumerate(part.lines, 1))


def _indicators(word: Word, paper: ProgramPaper) -> None:
    years = paper.years
    share = min(_BASE, 80 // (len(years) + 1))
    widths = (_CODE, _SHEET - _CODE - share * (len(years) + 1), *(share for _ in range(len(years) + 1)))
    for group in paper.groups:
        if group.name:
            word.line(group.name, bold=True)
        if group.indicators:
            cells = (_cells(one, years) for one in group.indicators)
            word.table(("Код", "Показатель", "Исходное", *years), cells, widths)


def _cells(one: IndicatorTold, years: list[str]) -> tuple[str, ...]:
    reading = f" (план читается: {one.reading_words or UNDECIDED})" if one.readings else ""
    plan = (one.plan[year].raw if year in one.plan else "" for year in years)
    return (one.code, f"{one.title}{reading}", one.baseline_raw or EMPTY, *(raw or EMPTY for raw in plan))
