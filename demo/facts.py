"""Draws a school's marks, absences and results from its drafts. Pure and deterministic."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from demo import curriculum
from demo.cast import Story
from demo.marks import MARK_CHANCE, Drawn, draw_missed, draw_subject, result_of, spread, subject_tier
from demo.people import ClassDraft, PupilDraft

Days = list[date]


@dataclass(frozen=True)
class SubjectFacts:
    """One pupil in one subject; `results` by the number of the class's own period."""

    pupil: PupilDraft
    subject: str
    drawn: Drawn
    results: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Span:
    """A period of the class's system: both days inside; only `closed` ones get results."""

    number: int
    starts: date
    ends: date
    closed: bool

    def holds(self, day: date) -> bool:
        """Whether the day belongs to it."""
        return self.starts <= day <= self.ends


def draw_class(
    rng: random.Random, draft: ClassDraft, days: Days, spans: list[Span], chance: float = MARK_CHANCE
) -> Iterator[SubjectFacts]:
    """The facts of a whole class over the given lesson days."""
    hours = curriculum.subjects_of(draft.grade)
    lessons = {s: _lessons(s, hours[s], draft.grade, days) for s in hours}
    for pupil in draft.pupils:
        yield from _draw_pupil(rng, pupil, lessons, days, spans, chance)


def _lessons(subject: str, hours: int, grade: int, days: Days) -> Days:
    weekdays = curriculum.weekdays_of(subject, hours, grade)
    return [day for day in days if day.weekday() in weekdays]


def _draw_pupil(
    rng: random.Random, pupil: PupilDraft, lessons: dict[str, Days], days: Days, spans: list[Span], chance: float
) -> Iterator[SubjectFacts]:
    missed = _missed(rng, pupil, days)
    low = set(rng.sample(sorted(lessons), k=min(len(lessons), rng.choice((1, 1, 2)))))
    for subject, on in lessons.items():
        drawn = draw_subject(rng, _tier(pupil, subject, low), on, missed, chance)
        if pupil.story is not None:
            _tell(drawn, pupil.story, subject, [d for d in on if d not in missed], spans)
        yield SubjectFacts(pupil, subject, drawn, _results(drawn, on, spans))


def _missed(rng: random.Random, pupil: PupilDraft, days: Days) -> dict[date, tuple[str, str]]:
    if pupil.story is None or not pupil.story.missed:
        return draw_missed(rng, days)
    return dict.fromkeys(pupil.story.missed, ("unexcused", "н"))


def _tier(pupil: PupilDraft, subject: str, low: set[str]) -> str:
    if pupil.story is not None:  # a story's twos are only those that it names
        return pupil.tier
    return subject_tier(pupil.tier, is_low=subject in low)


def _tell(drawn: Drawn, story: Story, subject: str, days: Days, spans: list[Span]) -> None:
    """Put the story's marks in the place of the drawn ones."""
    for name, *chapters in story.lows:
        if name != subject:
            continue
        drawn.marks.clear()
        for span, chapter in zip(spans, chapters, strict=False):
            own = [day for day in days if span.holds(day)]
            drawn.marks += spread([int(value) for value in chapter.split()], own)


def _results(drawn: Drawn, lessons: Days, spans: list[Span]) -> dict[int, str]:
    results = {}
    for span in spans:
        if not span.closed:
            continue
        values = [value for day, _, value in drawn.marks if span.holds(day)]
        missed = sum(span.holds(day) for day, *_ in drawn.absences)
        told = result_of(values, missed, sum(map(span.holds, lessons)))
        if told:
            results[span.number] = told
    return results


def count_facts(facts: list[SubjectFacts]) -> Counter[str]:
    """How many of each kind; used to report and to test."""
    total: Counter[str] = Counter()
    for one in facts:
        total.update(marks=len(one.drawn.marks), absences=len(one.drawn.absences), results=len(one.results))
    return total
