"""What a cell says: marks and absence codes of a lesson, a result of a period, a mean.

The rules are those of the headless contract: a cell that is not understood is rejected whole, with a reason.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from common.tabular.sheets import Cell
from common.tabular.text import FULL_WIDTH, cyrillic, key, shown, tidy
from gradebook.profiles import ABSENT, AbsenceCode, ImportProfile

MARK = re.compile(r"([1-5])(?:[.,]0+)?([+-]?)")
DASHES = re.compile("[‐‑‒–—−]")
SEPARATORS = re.compile(r"[\s/]+")
RUN = re.compile(r"[1-5]{2,}")
NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
GLUED = re.compile(r"(?:[1-5][+-]?|[А-ЯЁ]{1,2})+")
CODE = re.compile(r"[А-ЯЁA-Z]{1,8}")
WORDS = re.compile(r"[а-яёa-z][а-яёa-z /.()-]{0,15}")
MISSING_WORK = "."

OUT_OF_SCALE = "отметка вне шкалы 1–5"
NOT_WHOLE = "отметка должна быть целым числом от 1 до 5; две отметки разделяют: «4 3» или «4/3»"
NOT_UNDERSTOOD = "не отметка и не код пропуска"
A_DATE = "дата вместо отметок: таблица сама превратила «3/4» в дату"
FORMULA = "формула не вычислена: откройте файл в Excel, сохраните и загрузите снова"
COMMA = "отметки разделены не так: нужно «4 3» или «4/3»"
NOT_A_RESULT = "не итоговая отметка"
NOT_A_MEAN = "не средний балл"


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson's cell: marks as (value, raw), absences as (reason, raw), or why it is rejected. `codes`: its letters,
    understood or not."""

    marks: tuple[tuple[int, str], ...] = ()
    absences: tuple[tuple[str, str], ...] = ()
    problem: str = ""
    codes: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A result's cell: a value of the contract's list, or why it is rejected; both empty for an empty cell."""

    value: str = ""
    raw: str = ""
    problem: str = ""


NOTHING = Lesson()
NO_OUTCOME = Outcome()


class LessonReader:
    """Reads cells of lessons with one profile; equal cells are read once."""

    def __init__(self, profile: ImportProfile) -> None:
        self.profile = profile
        self.codes: Mapping[str, AbsenceCode] = {as_code(code): kind for code, kind in profile.codes.items()}
        self.words: Mapping[str, str] = {word_key(word): value for word, value in profile.words.items()}
        self.known: dict[tuple[type, Cell], Lesson] = {}

    def meaning(self, code: str) -> AbsenceCode | None:
        """What the profile takes a code for."""
        return self.codes.get(as_code(code))

    def read(self, value: Cell) -> Lesson:
        """What a cell says."""
        if value is None:
            return NOTHING
        same = (type(value), value)  # 1, 1.0 and True are equal but not the same
        found = self.known.get(same)
        if found is None:
            found = self.known[same] = self._read(value)
        return found

    def _read(self, value: Cell) -> Lesson:
        if isinstance(value, date):
            return Lesson(problem=A_DATE)
        if isinstance(value, bool):
            return Lesson(problem=NOT_UNDERSTOOD)
        if isinstance(value, float | int):
            return _from_number(value)
        text = plain(value or "")
        return self._several(text) if text else NOTHING

    def _several(self, text: str) -> Lesson:
        if problem := _whole_problem(text):
            return Lesson(problem=problem)
        marks, absences = [], []
        tokens = SEPARATORS.split(text.strip("/"))
        codes = tuple(code for code in map(as_code, tokens) if CODE.fullmatch(code))
        for token in tokens:
            code = self.meaning(token)
            if found := MARK.fullmatch(token):
                marks.append((int(found[1]), token if found[2] else found[1]))
            elif code in ABSENT:
                absences.append((code.value, token))
            elif not code and token != MISSING_WORK:
                return Lesson(problem=_token_problem(token), codes=codes)
        return Lesson(tuple(marks), tuple(absences), codes=codes)


def plain(text: str) -> str:
    """The text with ordinary spaces, digits and dashes."""
    return DASHES.sub("-", tidy(text).translate(FULL_WIDTH))


def as_code(token: str) -> str:
    """A code as tables of codes hold it: upper-case, look-alike Latin letters as Cyrillic ones."""
    return cyrillic(cyrillic(token).upper())


def word_key(text: str) -> str:
    """A word of results as tables of words hold it: folded."""
    return key(cyrillic(plain(text)))


def _from_number(value: float) -> Lesson:
    if value in (1, 2, 3, 4, 5):
        return Lesson(((int(value), str(int(value))),))
    return Lesson(problem=_token_problem(shown(value)))


def _whole_problem(text: str) -> str:
    if text.startswith("="):
        return FORMULA
    if "," in text and not MARK.fullmatch(text):
        return NOT_WHOLE if NUMBER.fullmatch(text) else COMMA
    return ""


def _token_problem(token: str) -> str:
    if RUN.fullmatch(token):
        return _not_separated(list(token))
    if NUMBER.fullmatch(token):
        return NOT_WHOLE if 1 < float(token.replace(",", ".")) < 5 else OUT_OF_SCALE
    upper = as_code(token)
    if len(token) <= 8 and any(map(str.isdigit, token)) and GLUED.fullmatch(upper):
        return _not_separated(re.findall(r"[1-5][+-]?|[А-ЯЁ]+", upper))
    return NOT_UNDERSTOOD


def _not_separated(parts: list[str]) -> str:
    shortened = parts[:6]
    return f"не разделены отметки: нужно «{' '.join(shortened)}» или «{'/'.join(shortened)}»"


RESULT_WORDS = {
    "н а": "н/а",
    "на": "н/а",
    "н атт": "н/а",
    "неатт": "н/а",
    "не атт": "н/а",
    "неаттестован": "н/а",
    "не аттестован": "н/а",
    "не аттестована": "н/а",
    "не аттестован а": "н/а",
    "неаттестована": "н/а",
    "осв": "осв",
    "освоб": "осв",
    "освобожден": "осв",
    "освобождена": "осв",
    "освобожден а": "осв",
    "зач": "зач",
    "зачет": "зач",
    "зачтено": "зач",
    "незач": "незач",
    "не зач": "незач",
    "незачет": "незач",
    "не зачет": "незач",
    "незачтено": "незач",
    "не зачтено": "незач",
    "н зач": "незач",
    "усп": "усп",
    "успевает": "усп",
    "отл": "5",
    "отлично": "5",
    "хор": "4",
    "хорошо": "4",
    "уд": "3",
    "удовл": "3",
    "удовлетворительно": "3",
    "неуд": "2",
    "неудовл": "2",
    "неудовлетворительно": "2",
}
MARK_WITH_WORD = re.compile(r"([1-5]) ([а-я]+)")


def read_result(value: Cell, said: Mapping[str, str] | None = None) -> Outcome:
    """A result of a period or year. A lone dash is an empty cell. `said`: what the profile takes folded words for; it
    goes before the usual words."""
    if value is None:
        return NO_OUTCOME
    if isinstance(value, date | bool):
        return Outcome(problem=NOT_A_RESULT)
    if isinstance(value, float | int):
        return _numeric_result(shown(value))
    text = plain(value)
    if not text.strip("-"):
        return NO_OUTCOME
    if text.startswith("="):
        return Outcome(problem=FORMULA)
    if found := MARK.fullmatch(text):
        return Outcome(found[1], text if found[2] else found[1])
    words = key(cyrillic(text))
    if found := MARK_WITH_WORD.fullmatch(words):
        return Outcome(found[1], text) if RESULT_WORDS.get(found[2]) == found[1] else Outcome(problem=NOT_A_RESULT)
    if said and (chosen := said.get(words)):
        return NO_OUTCOME if chosen == AbsenceCode.IGNORED else Outcome(chosen, text[:16])
    known = RESULT_WORDS.get(words)
    return Outcome(known, text[:16]) if known else _numeric_result(text)


def result_word(value: Cell) -> str:
    """The words of a cell of results, for the list of what a file says; "" for a number or an empty cell."""
    text = plain(value).lower() if isinstance(value, str) else ""
    return text if WORDS.fullmatch(text) else ""


def _numeric_result(text: str) -> Outcome:
    if MARK.fullmatch(text):
        return Outcome(text, text)
    return Outcome(problem=_token_problem(text) if NUMBER.fullmatch(text) else NOT_A_RESULT)


def read_mean(value: Cell) -> tuple[float | None, str]:
    """A mean and the reason to reject it; 0, a dash and an empty cell are no data."""
    number = read_number(value)
    if number is None:
        empty = value is None or (isinstance(value, str) and not plain(value).strip("-"))
        return None, "" if empty else FORMULA if shown(value).startswith("=") else NOT_A_MEAN
    if number == 0:
        return None, ""
    return (number, "") if 1 <= number <= 5 else (None, NOT_A_MEAN)


def read_number(value: Cell) -> float | None:
    """A number from a numeric cell or a text like «3,62»; None for anything else."""
    if isinstance(value, bool | date) or value is None:
        return None
    if isinstance(value, int | float):
        return float(value) if math.isfinite(value) else None
    text = plain(value)
    return float(text.replace(",", ".")) if NUMBER.fullmatch(text) else None
