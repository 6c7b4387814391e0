"""What trainings, communities, practices and visits count for (паспорт программы, показатели 1, 2, 4–8)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from common.words import Word
from teaching.words import ADDRESSED, FORMATIVE, METHODS, PLATFORMS, SEEN_WITH_WEAK, Technology, WeakWork


class Code(Word):
    """Indicators that this app counts (P01, P02, P04) or has evidence of (P05–P08, where a person sets the value)."""

    P01 = "P01", "Прошли адресное обучение"
    P02 = "P02", "Участвуют в профессиональных сообществах"
    P04 = "P04", "Представили практику в банк"
    P05 = "P05", "Применяют технологии преодоления низких результатов"
    P06 = "P06", "Используют цифровые ресурсы с теми, кому трудно"
    P07 = "P07", "Внедряют приёмы единого методического дня"
    P08 = "P08", "Внедряют формирующее оценивание"


SEEN_BY_VISITS = (Code.P05, Code.P06, Code.P07, Code.P08)
_FITS = {
    Code.P05: frozenset(METHODS),
    Code.P06: frozenset(PLATFORMS),
    Code.P07: frozenset({Technology.EMD}),
    Code.P08: frozenset(FORMATIVE),
}


@dataclass(frozen=True)
class Verdict:
    """Whether a fact counts, and why not when it does not."""

    counts: bool
    why: str = ""


def training_counts(topics: Collection[str], ends: date | None, on: date, since: date | None) -> Verdict:
    """P01: of an addressed topic, finished by the day, not before the program began (cumulative: показатель 1)."""
    if not set(topics) & set(ADDRESSED):
        return Verdict(False, "другая тема")
    if ends is None or ends > on:
        return Verdict(False, "ещё не завершено")
    if since is not None and ends < since:
        return Verdict(False, "до начала программы")
    return Verdict(True)


def practice_counts(topics: Collection[str], entered: date, on: date) -> Verdict:
    """P04: of work with weak pupils or special needs, in the bank by the day (показатель 4)."""
    if not set(topics) & set(ADDRESSED):
        return Verdict(False, "другая тема")
    return Verdict(entered <= on, "" if entered <= on else "позже")


def visit_proves(code: Code, technologies: Collection[str], weak: str) -> Verdict:
    """P05–P08: what was seen in the lesson. P06 asks for platforms in work with pupils who have difficulties."""
    if not set(technologies) & _FITS[code]:
        return Verdict(False, "на уроке не отмечено")
    if code == Code.P06 and weak not in [str(one) for one in SEEN_WITH_WEAK]:
        words = WeakWork(weak).label.lower() if weak else "не отмечена"
        return Verdict(False, f"работа со слабоуспевающими: {words}")
    return Verdict(True)


def proving(code: Code, technologies: Collection[str]) -> list[str]:
    """The words of what was seen, of those that fit the indicator."""
    return [one.label for one in Technology if one in _FITS[code] and one in technologies]
