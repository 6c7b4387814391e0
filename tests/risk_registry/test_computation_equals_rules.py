"""The set-based computation leaves harmless subjects in the database; here nothing is left out, and both must agree."""

import random
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest

from gradebook.models import Mark, PeriodMean, PeriodResult
from risk_registry.facts import thresholds_of
from risk_registry.models import PupilCategory, Signal
from risk_registry.rules.categories import Judgement, PupilFacts, SubjectFacts, categorise, three_unsatisfactory
from risk_registry.services.classification import period_classify
from school.models import Pupil, School, Subject
from tests.factories import make_class, make_pupil, make_school, make_subject
from tests.risk_registry.making import period_of

PUPILS, SUBJECTS = 25, 6
RESULTS = [None, None, None, "1", "2", "3", "3", "4", "5", "н/а", "незач", "зач", "осв", "усп"]


def fill(school: School, rng: random.Random) -> None:
    """Random marks, results and stated means for a class."""
    school_class = make_class(school, "7А")
    subjects = [make_subject(school, f"Предмет {letter}") for letter in "абвгде"]
    pupils = [make_pupil(school_class, f"Ковтун Матвей{number}") for number in range(PUPILS)]
    marks: list[Mark] = []
    results: list[PeriodResult] = []
    means: list[PeriodMean] = []
    year, period = school.years.get(), period_of(school)
    for pupil in pupils:
        for subject in rng.sample(subjects, rng.randrange(SUBJECTS + 1)):
            common = {"school": school, "year": year, "pupil": pupil, "subject": subject}
            lowest = rng.choice([1, 2, 2, 3, 3, 4])
            for ordinal in range(rng.choice([0, 1, 2, 3, 4, 6])):
                day = period.starts + timedelta(days=rng.randrange(-2, 64))
                marks.append(Mark(**common, date=day, ordinal=ordinal, value=rng.randint(lowest, 5)))
            if result := rng.choice(RESULTS):
                results.append(PeriodResult(**common, period=period, value=result, excused=rng.random() < 0.3))
            if rng.random() < 0.3:
                weighted = Decimal(rng.randint(200, 500)) / 100
                means.append(PeriodMean(**common, period=period, weighted=weighted))
    Mark.objects.bulk_create(marks)
    PeriodResult.objects.bulk_create(results)
    PeriodMean.objects.bulk_create(means)


def plain_facts(pupil: Pupil) -> PupilFacts:
    """All that is known of the pupil's first period, row by row."""
    period = period_of(pupil.school)
    days: dict[int, list[date]] = defaultdict(list)
    values: dict[int, list[int]] = defaultdict(list)
    for mark in Mark.objects.filter(pupil=pupil, date__range=(period.starts, period.ends)).order_by("date"):
        values[mark.subject_id].append(mark.value)
        if mark.value <= 2:
            days[mark.subject_id].append(mark.date)
    results = {row.subject_id: row for row in PeriodResult.objects.filter(pupil=pupil, period=period)}
    means = {row.subject_id: row.weighted for row in PeriodMean.objects.filter(pupil=pupil, period=period)}
    subjects = Subject.objects.filter(pk__in=set(values) | set(results)).order_by("sort_key")
    return PupilFacts(
        subjects=tuple(
            SubjectFacts(
                subject=subject.pk,
                marks=len(values[subject.pk]),
                total=sum(values[subject.pk]),
                unsatisfactory=tuple(days[subject.pk]),
                weighted=means.get(subject.pk),
                result=results[subject.pk].value if subject.pk in results else None,
                excused=subject.pk in results and results[subject.pk].excused,
            )
            for subject in subjects
        )
    )


def as_kept(judgement: Judgement) -> tuple[object, ...]:
    evidence = [
        (reason.subject, [day.isoformat() for day in reason.unsatisfactory], reason.result, reason.forecast)
        for reason in judgement.reasons
    ]
    return judgement.category.value, judgement.provisional, judgement.unrated, evidence


def kept(row: PupilCategory) -> tuple[object, ...]:
    evidence = [(told["subject"], told["unsatisfactory"], told["result"], told["forecast"]) for told in row.evidence]
    return row.category, row.provisional, row.unrated, evidence


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(12))
def test_the_computation_equals_the_rules_on_random_data(seed: int) -> None:
    rng = random.Random(seed)
    school = make_school()
    fill(school, rng)
    settings = school.settings
    settings.weak_min_marks, settings.weak_max_result = rng.randint(1, 3), rng.randint(3, 5)
    settings.forecast_min_marks, settings.round_up_from = (
        rng.randint(1, 4),
        Decimal(rng.choice(["0.30", "0.50", "0.60"])),
    )
    settings.save()
    period_classify(period=period_of(school))
    thresholds = thresholds_of(settings)
    signals = set(Signal.objects.values_list("pupil", "subject"))
    categories = {row.pupil_id: kept(row) for row in PupilCategory.objects.all()}
    assert len(categories) == PUPILS
    for pupil in Pupil.objects.filter(school=school):
        facts = plain_facts(pupil)
        assert categories[pupil.pk] == as_kept(categorise(facts, thresholds))
        raised = {(pupil.pk, each.subject) for each in facts.subjects if three_unsatisfactory(each, thresholds)}
        assert {pair for pair in signals if pair[0] == pupil.pk} == raised
