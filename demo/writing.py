"""Writes the drawn marks, absences and results of a school in a few COPY statements."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from django.utils import timezone

from demo import curriculum
from demo.facts import Span, SubjectFacts, draw_class
from demo.loading import Row, copy_rows
from demo.marks import MARK_CHANCE
from demo.people import ClassDraft
from school.models import AcademicYear, ImportBatch, Period, Pupil, SchoolClass, Subject

# A year with a million marks for two thousand pupils needs denser marks than a school gives.
DENSE_CHANCE = 0.75
_HEAD = ("school_id", "year_id", "pupil_id", "subject_id", "batch_id", "by_hand")
_MARK = (*_HEAD, "date", "ordinal", "value", "raw", "work")
_ABSENCE = (*_HEAD, "date", "ordinal", "reason", "raw")
_RESULT = (*_HEAD, "kind", "period_id", "value", "raw", "excused")


def write_facts(
    rng: random.Random,
    year: AcademicYear,
    drafts: list[ClassDraft],
    classes: dict[str, SchoolClass],
    pupils: dict[int, Pupil],
    today: date,
    *,
    whole_year: bool,
) -> None:
    """Draw and write everything up to the day before `today`. One applied batch is the provenance of it all."""
    batch = ImportBatch.objects.create(
        school=year.school,
        year=year,
        kind=ImportBatch.Kind.GRADEBOOK,
        state=ImportBatch.State.APPLIED,
        applied_at=timezone.now(),
        options={"demo": True},
    )
    days = list(curriculum.lesson_days(year.starts, today - timedelta(days=1)))
    writer = _Writer(year, batch, pupils)
    for draft in drafts:
        periods = {p.number: p for p in year.periods.filter(system=classes[draft.name].period_system)}
        spans = [Span(p.number, p.starts, p.ends, closed=p.ends < today) for p in periods.values()]
        chance = DENSE_CHANCE if whole_year else MARK_CHANCE
        writer.write(list(draw_class(rng, draft, days, spans, chance)), periods)


class _Writer:
    """Turns drawn facts of a class into rows."""

    def __init__(self, year: AcademicYear, batch: ImportBatch, pupils: dict[int, Pupil]) -> None:
        self.year, self.batch, self.pupils = year, batch, pupils
        self.subjects = {s.name: s.pk for s in Subject.objects.filter(school=year.school)}

    def write(self, facts: list[SubjectFacts], periods: dict[int, Period]) -> None:
        copy_rows("gradebook_mark", _MARK, self._marks(facts))
        copy_rows("gradebook_absence", _ABSENCE, self._absences(facts))
        copy_rows("gradebook_periodresult", _RESULT, self._results(facts, periods))

    def _head(self, one: SubjectFacts) -> Row:
        pupil = self.pupils[id(one.pupil)].pk
        return (self.year.school_id, self.year.pk, pupil, self.subjects[one.subject], self.batch.pk, "f")

    def _marks(self, facts: list[SubjectFacts]) -> Iterator[Row]:
        for one in facts:
            head = self._head(one)
            for day, ordinal, value in one.drawn.marks:
                yield (*head, day, ordinal, value, value, "")

    def _absences(self, facts: list[SubjectFacts]) -> Iterator[Row]:
        for one in facts:
            head = self._head(one)
            for row in one.drawn.absences:
                yield (*head, *row)

    def _results(self, facts: list[SubjectFacts], periods: dict[int, Period]) -> Iterator[Row]:
        for one in facts:
            head = self._head(one)
            for number, value in one.results.items():
                yield (*head, "period", periods[number].pk, value, value, "f")
