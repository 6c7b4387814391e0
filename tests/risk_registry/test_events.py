"""What the floors below announce is followed in the same transaction."""

from datetime import date

import pytest
from django.db import transaction

from common.events import publish
from gradebook.events import MarksChanged
from risk_registry.models import Classification, PupilCategory
from school.events import CalendarChanged, ContingentChanged, ThresholdsChanged
from school.models import Enrolment, Pupil, School, SchoolClass
from tests.factories import make_class, make_pupil
from tests.risk_registry.making import entry_of, give_marks, give_result, judged, period_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def pupil(seventh: SchoolClass) -> Pupil:
    return make_pupil(seventh, "Ковтун Матвей Андреевич")


def marks_changed(pupil: Pupil, *others: Pupil) -> None:
    pupils = frozenset({pupil.pk, *(other.pk for other in others)})
    publish(MarksChanged(pupil.school, pupil.school.years.get(), pupils))


def computed(school: School) -> list[int]:
    return list(
        Classification.objects.filter(school=school).order_by("period").values_list("period__number", flat=True)
    )


def test_the_first_marks_of_a_period_compute_it_for_the_whole_school(pupil: Pupil, seventh: SchoolClass) -> None:
    make_pupil(seventh, "Рябов Денис Ильич")
    give_marks(pupil, "Алгебра", 2)
    marks_changed(pupil)
    assert computed(pupil.school) == [1]
    assert PupilCategory.objects.count() == 2
    assert entry_of(pupil).category == "weak"


def test_changed_marks_are_judged_anew_for_those_whom_they_touch(pupil: Pupil, seventh: SchoolClass) -> None:
    other = make_pupil(seventh, "Рябов Денис Ильич")
    give_marks(pupil, "Алгебра", 5)
    judged(pupil)
    for each in (pupil, other):
        give_marks(each, "Алгебра", 2)
    marks_changed(pupil)
    assert entry_of(pupil).category == "weak"
    assert PupilCategory.objects.get(pupil=other).unrated


def test_a_result_alone_computes_its_period(pupil: Pupil) -> None:
    give_result(pupil, "Алгебра", "2", period=period_of(pupil.school, 2))
    marks_changed(pupil)
    assert computed(pupil.school) == [2]


def test_a_half_year_s_mark_reaches_both_quarters_but_computes_no_later_one(pupil: Pupil, school: School) -> None:
    upper = make_pupil(make_class(school, "10А"), "Орлова Тая Ильинична")
    give_marks(upper, "Алгебра", 2, on=date(2026, 9, 10))
    marks_changed(upper)
    assert computed(school) == [1]
    give_marks(pupil, "Алгебра", 5, on=date(2026, 11, 10))
    marks_changed(pupil)
    assert computed(school) == [1, 2]
    give_marks(upper, "Физика", 2, on=date(2026, 9, 11))
    marks_changed(upper)
    subjects = [len(entry_of(upper, number).subjects) for number in (1, 2)]
    assert subjects == [2, 2]


def test_it_falls_with_the_deed_that_announced_it(pupil: Pupil) -> None:
    give_marks(pupil, "Алгебра", 2)
    with pytest.raises(RuntimeError), transaction.atomic():
        marks_changed(pupil)
        raise RuntimeError("the import failed")
    assert not PupilCategory.objects.exists()


def test_a_pupil_who_left_before_the_last_day_leaves_the_list(pupil: Pupil) -> None:
    give_marks(pupil, "Алгебра", 2)
    judged(pupil)
    Enrolment.objects.filter(pupil=pupil).update(ends=date(2026, 10, 1))
    publish(ContingentChanged(pupil.school, frozenset({pupil.pk})))
    assert entry_of(pupil).state == "withdrawn"


def test_another_calendar_moves_marks_to_other_periods(pupil: Pupil) -> None:
    give_marks(pupil, "Алгебра", 2, on=date(2026, 10, 30))
    judged(pupil)
    first = period_of(pupil.school)
    first.ends = date(2026, 10, 25)
    first.save()
    publish(CalendarChanged(pupil.school, first.year))
    assert PupilCategory.objects.get(period=first).unrated


def test_other_thresholds_judge_the_same_marks_anew(pupil: Pupil) -> None:
    give_marks(pupil, "Алгебра", 2, 5, 5)
    judged(pupil)
    settings = pupil.school.settings
    settings.weak_min_marks = 2
    settings.save()
    publish(ThresholdsChanged(pupil.school))
    assert entry_of(pupil).state == "withdrawn"
    assert Classification.objects.get().thresholds["weak_min_marks"] == "2"
