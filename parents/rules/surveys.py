"""Questionnaires: what an answer may be, how answers are counted. No database.

An answer to a question is a tuple of places of its options, counted from 0, or a text. Counts of a group keep, for each
question, how many answered it (`n`) and how many chose each option; no answer is kept beside another.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from parents.survey_words import SCALE_STEPS, Ask, CampaignState

Answer = tuple[int, ...] | str
Answers = Mapping[str, Answer]
Counts = dict[str, dict[str, int]]

TEXT_MOST = 500
ANSWERED = "n"
WHOLE = "whole"  # the key of what is wrong with the whole sheet


@dataclass(frozen=True)
class Option:
    """A choice. `good`: counted by the indicator; `cause`: the registry's cause that it means."""

    text: str
    good: bool = False
    cause: str = ""


@dataclass(frozen=True)
class Asked:
    """A question as it is answered and counted; `key` names it within its version."""

    key: str
    text: str
    kind: Ask
    required: bool = True
    options: tuple[Option, ...] = ()
    measured: bool = False


@dataclass(frozen=True)
class Checked:
    """What was answered, and what is wrong by question."""

    answers: Answers
    errors: Mapping[str, str] = field(default_factory=dict)


def check(asked: Sequence[Asked], given: Mapping[str, Sequence[str]]) -> Checked:
    """Answers from what a form sent: lists of words by the question's key. An unknown choice is no choice."""
    answers: dict[str, Answer] = {}
    errors: dict[str, str] = {}
    for one in asked:
        answer = _answer(one, given.get(one.key, ()))
        if answer:
            answers[one.key] = answer
        elif one.required:
            errors[one.key] = "Выберите ответ." if one.kind != Ask.TEXT else "Напишите ответ."
    if not answers and not errors:
        errors[WHOLE] = "Ответьте хотя бы на один вопрос."
    return Checked(answers, errors)


def _answer(one: Asked, given: Sequence[str]) -> Answer:
    if one.kind == Ask.TEXT:
        return "\n".join(given).replace("\0", "").strip()[:TEXT_MOST]
    places = sorted({int(word) for word in given if word.isascii() and word.isdigit() and len(word) < 4})
    places = [place for place in places if place < len(one.options)]
    return tuple(places) if one.kind == Ask.SEVERAL else tuple(places[:1])


def counted_in(counts: Counts, asked: Sequence[Asked], answers: Answers) -> Counts:
    """The counts with one more person's answers; texts are only numbered here."""
    new = {key: dict(told) for key, told in counts.items()}
    for one in asked:
        answer = answers.get(one.key)
        if not answer:
            continue
        told = new.setdefault(one.key, {})
        chosen = () if isinstance(answer, str) else answer
        for name in (ANSWERED, *map(str, chosen)):
            told[name] = told.get(name, 0) + 1
    return new


def summed(all_counts: Iterable[Counts]) -> Counts:
    """Counts of several groups together."""
    total: Counts = {}
    for counts in all_counts:
        for key, told in counts.items():
            into = total.setdefault(key, {})
            for name, number in told.items():
                into[name] = into.get(name, 0) + number
    return total


def number_of(counts: Counts, key: str, name: str = ANSWERED) -> int:
    """How many answered the question, or chose the option of this place."""
    return counts.get(key, {}).get(name, 0)


def mean_of(counts: Counts, one: Asked) -> float | None:
    """Of a scale, its steps counted from 1; None for other questions and where nobody answered."""
    answered = number_of(counts, one.key)
    if one.kind != Ask.SCALE or not answered:
        return None
    return sum((place + 1) * number_of(counts, one.key, str(place)) for place in range(len(one.options))) / answered


def good_of(counts: Counts, one: Asked) -> int:
    """How many chose an option that the indicator counts; several options of one person would count it twice, so a
    measured question is never of that kind."""
    return sum(number_of(counts, one.key, str(place)) for place, option in enumerate(one.options) if option.good)


def fault_of(one: Asked) -> str:
    """What is wrong with a question; empty when it may be asked."""
    if not one.text.strip():
        return "Напишите вопрос."
    if one.kind == Ask.TEXT:
        return "Показатель по свободному ответу не считают." if one.measured else ""
    if len(one.options) < 2:
        return "Нужно хотя бы два варианта ответа."
    if len({option.text for option in one.options}) < len(one.options):
        return "Два варианта ответа одинаковы."
    if one.measured and one.kind == Ask.SEVERAL:
        return "Показатель считают по вопросу с одним ответом или по шкале."
    if one.measured and not any(option.good for option in one.options):
        return "Отметьте ответы, которые значат «удовлетворён»."
    return ""


def scale_options(low: str, high: str, good_from: int = 0) -> tuple[Option, ...]:
    """Steps «1 — совсем нет», 2, 3, 4, «5 — полностью»; those from `good_from` are counted, 0 for none."""
    words = {1: low.strip(), SCALE_STEPS: high.strip()}
    return tuple(
        Option(f"{step} — {words[step]}" if words.get(step) else str(step), good=bool(good_from) and step >= good_from)
        for step in range(1, SCALE_STEPS + 1)
    )


def takes_answers(state: str, begins: date, ends: date, today: date) -> bool:
    """Whether people may answer by themselves: an open survey, within its days, both inside."""
    return state == CampaignState.OPEN and begins <= today <= ends
