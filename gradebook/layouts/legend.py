"""The file's own explanation of its codes: «Н - Неуважительная, О - Опоздание»."""

import re

from common.tabular.grid import Grid
from common.tabular.text import tidy
from gradebook.layouts.tokens import LessonReader
from gradebook.parsed import LegendEntry

SHORTEST = 5  # «Н - …»: marks are shorter, and there are many of them
ENTRY = re.compile(r"(?:^|[,;:] ?)([А-ЯЁA-Zа-яё]{1,3}\.?|\.)\s*[-–—=]\s*([А-Яа-яЁё][^,;]*)")


def is_legend(text: str) -> bool:
    """Whether a text explains codes: two entries and more, or one after «Обозначения:»."""
    entries = len(ENTRY.findall(tidy(text))) if len(text) < 1000 else 0
    return entries >= 2 or (entries == 1 and tidy(text).lower().startswith(("обознач", "условн", "легенда")))


def read_legend(grid: Grid, rows: range, lessons: LessonReader) -> tuple[LegendEntry, ...]:
    """All entries of legends in these rows, with what the profile takes each code for."""
    entries = []
    for row in rows:
        for value in grid.raw(row):
            if isinstance(value, str) and len(value) >= SHORTEST and is_legend(value):
                text = tidy(value)
                entries += [_entry(code, words, lessons) for code, words in ENTRY.findall(text)]
    return tuple(entries)


def _entry(code: str, words: str, lessons: LessonReader) -> LegendEntry:
    meaning = lessons.meaning(code)
    return LegendEntry(code, words.strip(), meaning.value if meaning else None)
