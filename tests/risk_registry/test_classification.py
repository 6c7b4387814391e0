from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from gradebook.models import Mark
from risk_registry.models import Classification, PupilCategory, Signal
from risk_registry.services.classification import period_classify
from school.models import Enrolment, MarksStart, Pupil, School, SchoolClass
from tests.factories import make_class, make_pupil, make_school, make_subject
from tests.risk_registry.making import (
    batch_of,
    entry_of,
    give_marks,
    give_result,
    judged,
    period_of,
    state_mean,
)

pytestmark = pytest.mark.django_db
LAST_DAY = date(2026, 10, 31)


@pytest.fixture
def pupil(seventh: SchoolClass) -> Pupil:
    return make_pupil(seventh, "Ковтун Матвей Андреевич", external_id="1")


def test_it_keeps_the_category_with_its_evidence(pupil: Pupil) -> None:
    algebra = give_marks(pupil, "Алгебра", 2, 3, on=date(2026, 9, 14))
    give_marks(pupil, "Алгебра", 2, 2, on=date(2026, 10, 2))
    give_result(pupil, "Алгебра", "2")
    told = judged(pupil)
    assert (told.category, told.subjects, told.provisional) == ("failing", [algebra.pk], False)
    assert told.evidence == [
        {
            "subject": algebra.pk,
            "unsatisfactory": ["2026-09-14", "2026-10-02", "2026-10-02"],
            "result": "2",
            "not_attested": False,
            "forecast": None,
            "mean": None,
            "weighted": False,
        }
    ]


def test_it_names_the_subjects_in_alphabetical_order_with_yo_beside_ye(pupil: Pupil) -> None:
    names = ["Физика", "Ёлочный дизайн", "Живопись", "Европейские языки"]
    for name in names:
        give_result(pupil, name, "2")
    by_key = {make_subject(pupil.school, name).pk: name for name in names}
    found = [by_key[key] for key in judged(pupil).subjects]
    assert found == ["Европейские языки", "Ёлочный дизайн", "Живопись", "Физика"]


def test_it_leaves_out_marks_of_other_days_and_results_of_other_periods(pupil: Pupil) -> None:
    give_marks(pupil, "Алгебра", 2, on=date(2026, 8, 31))
    give_marks(pupil, "Алгебра", 2, on=date(2026, 11, 1))
    give_result(pupil, "Алгебра", "2", period=period_of(pupil.school, 2))
    told = judged(pupil)
    assert (told.category, told.unrated) == ("none", True)


@pytest.mark.parametrize("day", [date(2026, 9, 1), LAST_DAY])
def test_both_ends_of_the_period_belong_to_it(pupil: Pupil, day: date) -> None:
    give_marks(pupil, "Алгебра", 2, on=day)
    assert judged(pupil).category == "weak"


def test_annual_results_are_of_their_own_kind(pupil: Pupil) -> None:
    result = give_result(pupil, "Алгебра", "2")
    result.kind, result.period = "year", None
    result.save()
    assert judged(pupil).category == "none"


def test_a_forecast_keeps_its_mean(pupil: Pupil) -> None:
    give_marks(pupil, "Алгебра", 2, 2, 3)
    told = judged(pupil)
    assert (told.category, told.provisional) == ("failing", True)
    assert (told.evidence[0]["forecast"], told.evidence[0]["mean"], told.evidence[0]["weighted"]) == (2, "2.33", False)


def test_a_stated_weighted_mean_is_preferred(pupil: Pupil) -> None:
    give_marks(pupil, "Алгебра", 3, 3, 3)
    state_mean(pupil, "Алгебра", "2.40")
    told = judged(pupil)
    assert (told.category, told.evidence[0]["mean"], told.evidence[0]["weighted"]) == ("failing", "2.40", True)


def test_a_mean_of_the_same_file_as_the_marks_is_fresh(pupil: Pupil) -> None:
    batch = batch_of(pupil.school)
    give_marks(pupil, "Алгебра", 3, 3, 3, batch=batch)
    state_mean(pupil, "Алгебра", "2.40", batch=batch)
    assert judged(pupil).category == "failing"


def test_a_mean_that_is_older_than_a_mark_is_stale(pupil: Pupil) -> None:
    first, second = batch_of(pupil.school), batch_of(pupil.school)
    give_marks(pupil, "Алгебра", 3, 3, batch=first)
    state_mean(pupil, "Алгебра", "2.40", batch=first)
    give_marks(pupil, "Алгебра", 3, batch=second)
    told = judged(pupil)
    assert (told.category, told.evidence[0]["mean"]) == ("reserve", "3.00")


def test_a_mean_is_stale_once_a_mark_was_corrected_by_hand(pupil: Pupil) -> None:
    batch = batch_of(pupil.school)
    give_marks(pupil, "Алгебра", 3, 3, 3, batch=batch)
    state_mean(pupil, "Алгебра", "2.40", batch=batch)
    Mark.objects.filter(ordinal=0).update(by_hand=True, value=4)
    assert judged(pupil).evidence[0]["mean"] == "3.33"


def test_a_mark_of_another_period_makes_no_mean_stale(pupil: Pupil) -> None:
    first, second = batch_of(pupil.school), batch_of(pupil.school)
    give_marks(pupil, "Алгебра", 3, 3, 3, batch=first)
    state_mean(pupil, "Алгебра", "2.40", batch=first)
    give_marks(pupil, "Алгебра", 5, on=date(2026, 11, 10), batch=second)
    assert judged(pupil).category == "failing"


def test_a_weighted_mean_of_four_leaves_a_low_plain_mean_without_category(pupil: Pupil) -> None:
    give_marks(pupil, "Алгебра", 3, 3, 3)
    state_mean(pupil, "Алгебра", "4.00")
    assert judged(pupil).category == "none"


def test_an_excused_not_attested_is_unrated(pupil: Pupil) -> None:
    give_marks(pupil, "Алгебра", 2, 2, 2)
    give_result(pupil, "Алгебра", "н/а", excused=True)
    told = judged(pupil)
    assert (told.category, told.unrated) == ("none", True)


@pytest.mark.parametrize("result", ["осв", "зач", "усп"])
def test_marks_in_an_exempted_subject_count_and_it_is_not_provisional(pupil: Pupil, result: str) -> None:
    give_marks(pupil, "Музыка", 2, 3, 3)
    give_result(pupil, "Музыка", result)
    told = judged(pupil)
    assert (told.category, told.provisional) == ("weak", False)


def test_the_contingent_is_that_of_the_last_day(seventh: SchoolClass) -> None:
    stays = make_pupil(seventh, "Белов Кирилл Михайлович")
    came_late = make_pupil(seventh, "Власов Пётр Ильич", starts=date(2026, 11, 1))
    left = make_pupil(seventh, "Гусев Олег Ильич")
    Enrolment.objects.filter(pupil=left).update(ends=date(2026, 10, 30))
    left_that_day = make_pupil(seventh, "Дёмин Глеб Ильич")
    Enrolment.objects.filter(pupil=left_that_day).update(ends=LAST_DAY)
    judged(stays)
    found = set(PupilCategory.objects.values_list("pupil", flat=True))
    assert found == {stays.pk, left_that_day.pk}
    assert came_late.pk not in found


def test_a_pupil_who_moved_is_in_the_last_class_with_the_marks_of_both(pupil: Pupil, school: School) -> None:
    other = make_class(school, "7Б")
    Enrolment.objects.filter(pupil=pupil).update(ends=date(2026, 9, 30))
    Enrolment.objects.create(pupil=pupil, school_class=other, starts=date(2026, 10, 1))
    give_marks(pupil, "Алгебра", 2, on=date(2026, 9, 10))
    give_marks(pupil, "Алгебра", 5, 5, on=date(2026, 10, 10))
    told = judged(pupil)
    assert (told.school_class, told.category) == (other, "weak")


def test_who_left_the_contingent_is_dropped_by_the_next_computation(pupil: Pupil) -> None:
    give_marks(pupil, "Алгебра", 2)
    judged(pupil)
    Enrolment.objects.filter(pupil=pupil).update(ends=date(2026, 10, 1))
    period_classify(period=period_of(pupil.school), pupils=[pupil.pk])
    assert not PupilCategory.objects.exists()
    assert entry_of(pupil).state == "withdrawn"


def test_the_first_grade_has_no_category_from_marks(school: School) -> None:
    little = make_pupil(make_class(school, "1А"), "Зуева Анна Петровна")
    give_marks(little, "Математика", 2, 2, 2)
    give_result(little, "Математика", "2")
    told = judged(little)
    assert (told.category, told.unrated, told.provisional) == ("none", True, False)
    assert not Signal.objects.exists()


def test_a_subject_that_begins_later_is_left_out_until_then(pupil: Pupil, seventh: SchoolClass) -> None:
    subject = give_marks(pupil, "Вероятность", 2, 2, 2)
    give_marks(pupil, "Алгебра", 4)
    MarksStart.objects.create(school_class=seventh, subject=subject, from_period=2)
    told = judged(pupil)
    assert (told.category, told.unrated) == ("none", False)
    give_marks(pupil, "Вероятность", 2, 2, 2, on=date(2026, 11, 10))
    assert judged(pupil, 2).category == "failing"


def test_a_class_that_begins_later_keeps_the_subject_that_does_not(pupil: Pupil, seventh: SchoolClass) -> None:
    give_marks(pupil, "Алгебра", 2)
    physics = give_marks(pupil, "Физика", 2)
    MarksStart.objects.create(school_class=seventh, from_period=3)
    MarksStart.objects.create(school_class=seventh, subject=physics, from_period=1)
    assert judged(pupil).subjects == [physics.pk]


def test_a_subject_without_marks_this_year_is_left_out(pupil: Pupil, seventh: SchoolClass) -> None:
    subject = give_marks(pupil, "ОРКСЭ", 2)
    MarksStart.objects.create(school_class=seventh, subject=subject, from_period=None)
    assert judged(pupil).unrated


def test_an_upper_class_uses_its_own_half_year(school: School) -> None:
    upper = make_pupil(make_class(school, "10А"), "Орлова Тая Ильинична")
    give_marks(upper, "Алгебра", 2, on=date(2026, 9, 10))
    give_result(upper, "Алгебра", "4", period=period_of(school, 1, "halfyears"))
    first, second = judged(upper, 1), judged(upper, 2)
    assert (first.category, first.provisional) == ("weak", True)
    assert (second.category, second.provisional) == ("weak", False)
    assert second.evidence[0]["result"] == "4"


def test_an_upper_class_counts_marks_up_to_the_interval_s_last_day(school: School) -> None:
    upper = make_pupil(make_class(school, "10А"), "Орлова Тая Ильинична")
    give_marks(upper, "Алгебра", 2, on=date(2026, 11, 1))
    assert judged(upper, 1).unrated
    assert judged(upper, 2).category == "weak"


def test_a_half_year_s_marks_of_the_first_quarter_do_not_leak_into_others(school: School, pupil: Pupil) -> None:
    make_pupil(make_class(school, "10А"), "Орлова Тая Ильинична")
    give_marks(pupil, "Алгебра", 2, on=date(2026, 9, 10))
    assert judged(pupil, 2).unrated


def test_a_part_is_computed_as_the_whole_would_be(seventh: SchoolClass) -> None:
    pupils = [make_pupil(seventh, f"Белов Кирилл{n} Михайлович") for n in range(3)]
    judged(pupils[0])
    for pupil in pupils:
        give_marks(pupil, "Алгебра", 2)
    period_classify(period=period_of(seventh.school), pupils=[pupils[1].pk])
    assert list(PupilCategory.objects.order_by("pupil").values_list("category", flat=True)) == ["none", "weak", "none"]


def test_the_first_computation_of_a_part_covers_the_whole_school(seventh: SchoolClass) -> None:
    pupils = [make_pupil(seventh, f"Белов Кирилл{n} Михайлович") for n in range(3)]
    period_classify(period=period_of(seventh.school), pupils=[pupils[1].pk])
    assert PupilCategory.objects.count() == 3


def test_it_says_when_and_by_which_thresholds(pupil: Pupil, school: School) -> None:
    give_marks(pupil, "Алгебра", 5)
    judged(pupil)
    run = Classification.objects.get()
    assert run.provisional
    assert run.thresholds["weak_min_marks"] == "1"
    assert Decimal(run.thresholds["round_up_from"]) == Decimal("0.5")
    assert localdate(run.computed_at) == school.today()


def test_nothing_is_written_when_nothing_changed(pupil: Pupil) -> None:
    give_marks(pupil, "Алгебра", 2, 2, 2)
    judged(pupil)
    before = [(row.pk, row.computed_at) for row in PupilCategory.objects.all()]
    entry = entry_of(pupil)
    judged(pupil)
    assert [(row.pk, row.computed_at) for row in PupilCategory.objects.all()] == before
    assert entry_of(pupil).version == entry.version
    assert entry.steps.count() == 1


def test_another_school_is_never_touched(pupil: Pupil) -> None:
    stranger = make_pupil(make_class(make_school("S2"), "7А"), "Пак Виктор Ильич")
    give_marks(stranger, "Алгебра", 2)
    judged(pupil)
    assert not PupilCategory.objects.filter(pupil=stranger).exists()


@pytest.mark.parametrize("pupils", [1, 40])
def test_it_asks_the_same_number_of_queries_whatever_the_number_of_pupils(
    seventh: SchoolClass, school: School, pupils: int
) -> None:
    for number in range(pupils):
        give_marks(make_pupil(seventh, f"Белов Кирилл{number} Ильич"), "Алгебра", 2, 2, 2)
    period = period_of(school)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        period_classify(period=period)
    assert len(asked) <= 15


def test_three_unsatisfactory_marks_raise_a_signal(pupil: Pupil) -> None:
    give_marks(pupil, "Алгебра", 2, on=date(2026, 9, 14))
    give_marks(pupil, "Алгебра", 2, 1, on=date(2026, 10, 2))
    give_marks(pupil, "Физика", 2, 2)
    judged(pupil)
    signal = Signal.objects.get()
    assert (str(signal.subject), signal.state) == ("Алгебра", "open")
    assert signal.evidence == ["2026-09-14", "2026-10-02", "2026-10-02"]


def test_a_signal_closes_when_the_marks_no_longer_say_so_and_opens_again(pupil: Pupil) -> None:
    give_marks(pupil, "Алгебра", 2, 2, 2)
    judged(pupil)
    Mark.objects.filter(ordinal=0).update(value=4)
    judged(pupil)
    closed = Signal.objects.get()
    assert (closed.state, closed.closed_at is None) == ("closed", False)
    Mark.objects.filter(ordinal=0).update(value=2)
    judged(pupil)
    assert (Signal.objects.get().state, Signal.objects.get().closed_at) == ("open", None)


def test_a_signal_rises_whatever_the_result(pupil: Pupil) -> None:
    give_marks(pupil, "Алгебра", 2, 2, 2, 5, 5, 5, 5, 5)
    give_result(pupil, "Алгебра", "4")
    judged(pupil)
    assert Signal.objects.count() == 1
