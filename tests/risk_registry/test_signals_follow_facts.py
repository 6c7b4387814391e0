"""Signals of every rule, from rows of the gradebook: raised, answered, opened again, closed."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from common.errors import Refused
from gradebook.models import Absence, AbsenceReason, AssessmentResult, Coverage, Mark, Procedure
from risk_registry.categories import DeedKind, SignalRule, SignalState
from risk_registry.models import Deed, Signal, SignalStep
from risk_registry.services.answers import deed_record, signal_dismiss, signal_reopen
from risk_registry.services.daily import schools_warn
from risk_registry.services.judging import period_judge
from school.models import Holiday, Pupil, School, SchoolClass, TeachingAssignment, User
from tests.factories import make_pupil, make_staff, make_subject
from tests.risk_registry.making import batch_of, give_marks, give_result, period_of

pytestmark = pytest.mark.django_db
FIRST = date(2026, 9, 7)  # a Monday


@pytest.fixture
def pupil(seventh: SchoolClass) -> Pupil:
    return make_pupil(seventh, "Ковтун Матвей Андреевич", external_id="1")


@pytest.fixture
def teacher(school: School) -> User:
    staff = make_staff(school, "Павлова Ирина Львовна", "deputy_director_uvr", login="deputy2")
    assert staff.user is not None
    return staff.user


def miss(pupil: Pupil, subject: str, *days: date, reason: str = AbsenceReason.UNEXCUSED) -> None:
    made = make_subject(pupil.school, subject)
    for day in days:
        Absence.objects.create(
            school=pupil.school,
            year=pupil.school.years.get(),
            pupil=pupil,
            subject=made,
            date=day,
            ordinal=Absence.objects.filter(pupil=pupil, subject=made, date=day).count(),
            reason=reason,
        )


def days(count: int, start: date = FIRST) -> list[date]:
    return [start + timedelta(days=number) for number in range(count)]


def signals(pupil: Pupil, rule: str = "", number: int = 1) -> list[Signal]:
    period_judge(period=period_of(pupil.school, number))
    rows = Signal.objects.filter(pupil=pupil, period=period_of(pupil.school, number)).order_by("rule", "subject")
    return list(rows.filter(rule=rule) if rule else rows)


def one(pupil: Pupil, rule: str, number: int = 1) -> Signal:
    (signal,) = signals(pupil, rule, number)
    return signal


def set_today(school: School, day: date) -> None:
    school.demo_today = day
    school.save(update_fields=["demo_today"])


def test_absences_of_all_subjects_make_one_signal_that_grows_graver(pupil: Pupil) -> None:
    miss(pupil, "Алгебра", FIRST)
    first = one(pupil, SignalRule.ABSENCES)
    assert (first.level, first.subject, first.evidence) == (1, None, ["2026-09-07"])
    miss(pupil, "Физика", FIRST + timedelta(days=1))
    assert one(pupil, SignalRule.ABSENCES).level == 2
    miss(pupil, "История", *days(5))
    again = one(pupil, SignalRule.ABSENCES)
    assert (again.pk, again.level, len(again.evidence)) == (first.pk, 3, 7)


def test_absences_with_a_reason_raise_nothing(pupil: Pupil) -> None:
    miss(pupil, "Алгебра", *days(9), reason=AbsenceReason.ILLNESS)
    miss(pupil, "Физика", *days(9), reason=AbsenceReason.EXCUSED)
    assert not signals(pupil)


@pytest.mark.parametrize(("lessons", "level"), [(30, 3), (31, 2)])
def test_a_tenth_of_the_lessons_is_systematic(pupil: Pupil, seventh: SchoolClass, lessons: int, level: int) -> None:
    miss(pupil, "Алгебра", FIRST, FIRST, FIRST + timedelta(days=1))
    Coverage.objects.create(
        batch=batch_of(pupil.school),
        form=Coverage.LESSONS,
        year=pupil.school.years.get(),
        school_class=seventh,
        subjects=[make_subject(pupil.school, "Алгебра").pk],
        pupils=[pupil.pk],
        dates=days(lessons, date(2026, 9, 1)),
    )
    assert one(pupil, SignalRule.ABSENCES).level == level


def test_absences_of_another_period_do_not_count(pupil: Pupil) -> None:
    miss(pupil, "Алгебра", *days(5, date(2026, 10, 28)))
    assert one(pupil, SignalRule.ABSENCES).level == 2
    miss(pupil, "Алгебра", date(2026, 11, 9))
    assert one(pupil, SignalRule.ABSENCES, 2).level == 2


def _control(pupil: Pupil, value: int, day: date) -> None:
    give_marks(pupil, "Алгебра", value, on=day)
    Mark.objects.filter(pupil=pupil, date=day).update(work="Контрольная работа № 2")


def test_a_failed_control_work_is_closed_by_the_repeat_control(pupil: Pupil) -> None:
    give_marks(pupil, "Алгебра", 2, on=FIRST)
    assert not signals(pupil)
    _control(pupil, 2, FIRST + timedelta(days=1))
    assert one(pupil, SignalRule.CONTROL_FAILED).evidence == ["2026-09-08"]
    _control(pupil, 3, FIRST + timedelta(days=9))
    assert one(pupil, SignalRule.CONTROL_FAILED).state == SignalState.CLOSED


def test_a_falling_trend_tells_both_means(pupil: Pupil) -> None:
    for day, value in zip(days(10), [5, 4, 5, 4, 5, 3, 4, 3, 4, 3], strict=True):
        give_marks(pupil, "Физика", value, on=day)
    (told,) = one(pupil, SignalRule.FALLING_TREND).evidence
    assert (told["last"], told["before"]) == ("3.40", "4.60")
    assert told["days"] == [day.isoformat() for day in days(10)[5:]]


def test_a_fall_by_less_than_a_point_is_none(pupil: Pupil) -> None:
    for day, value in zip(days(10), [4, 4, 4, 4, 4, 3, 3, 3, 3, 4], strict=True):
        give_marks(pupil, "Физика", value, on=day)
    assert not signals(pupil)


def test_a_fall_that_ended_in_an_earlier_period_is_not_told_again(pupil: Pupil) -> None:
    for day, value in zip(days(10), [5, 5, 5, 5, 5, 3, 3, 3, 3, 3], strict=True):
        give_marks(pupil, "Физика", value, on=day)
    assert signals(pupil, SignalRule.FALLING_TREND)
    assert not signals(pupil, SignalRule.FALLING_TREND, 2)


def _external(pupil: Pupil, mark: int | None, journal: int | None) -> None:
    subject = make_subject(pupil.school, "Алгебра")
    year = pupil.school.years.get()
    work = Procedure.objects.create(
        school=pupil.school, year=year, title="ВПР", grade=7, subject=subject, date=date(2026, 10, 14)
    )
    AssessmentResult.objects.create(
        school=pupil.school, year=year, pupil=pupil, procedure=work, mark=mark, journal_mark=journal
    )


@pytest.mark.parametrize(("mark", "journal", "raised"), [(2, 4, True), (5, 4, True), (4, 4, False), (None, 4, False)])
def test_an_external_work_away_from_the_journals_mark_is_told(
    pupil: Pupil, mark: int | None, journal: int | None, *, raised: bool
) -> None:
    _external(pupil, mark, journal)
    assert bool(signals(pupil, SignalRule.EXTERNAL_GAP)) is raised


def test_without_a_journal_mark_the_periods_result_is_compared(pupil: Pupil) -> None:
    _external(pupil, 3, None)
    assert not signals(pupil, SignalRule.EXTERNAL_GAP)
    give_result(pupil, "Алгебра", "5", period=period_of(pupil.school, 2))
    assert not signals(pupil, SignalRule.EXTERNAL_GAP)
    give_result(pupil, "Алгебра", "4")
    (told,) = one(pupil, SignalRule.EXTERNAL_GAP).evidence
    assert (told["external"], told["internal"]) == (3, 4)


def _teach(seventh: SchoolClass, hours: str | None) -> None:
    staff = make_staff(seventh.school, "Орлова Анна Ильинична")
    TeachingAssignment.objects.create(
        staff=staff,
        subject=make_subject(seventh.school, "Алгебра"),
        school_class=seventh,
        weekly_hours=None if hours is None else Decimal(hours),
    )


@pytest.mark.parametrize(
    ("today", "raised"),
    [(date(2026, 10, 16), False), (date(2026, 10, 17), True), (date(2026, 10, 31), True), (date(2026, 11, 1), False)],
)
def test_few_marks_are_told_in_the_last_two_weeks(
    pupil: Pupil, seventh: SchoolClass, today: date, *, raised: bool
) -> None:
    _teach(seventh, "2")
    give_marks(pupil, "Алгебра", 4, 4, 4, 4, on=FIRST)
    set_today(pupil.school, today)
    assert bool(signals(pupil, SignalRule.FEW_MARKS)) is raised


def test_enough_marks_a_given_result_and_unknown_hours_raise_nothing(pupil: Pupil, seventh: SchoolClass) -> None:
    set_today(pupil.school, date(2026, 10, 20))
    _teach(seventh, None)
    assert not signals(pupil, SignalRule.FEW_MARKS)
    TeachingAssignment.objects.update(weekly_hours=2)
    assert signals(pupil, SignalRule.FEW_MARKS)
    give_marks(pupil, "Алгебра", 4, 4, 4, 4, 4, on=FIRST)
    assert one(pupil, SignalRule.FEW_MARKS).state == SignalState.CLOSED
    Mark.objects.all().delete()
    assert one(pupil, SignalRule.FEW_MARKS).state == SignalState.OPEN
    give_result(pupil, "Алгебра", "4")
    assert one(pupil, SignalRule.FEW_MARKS).state == SignalState.CLOSED


def test_few_marks_come_to_the_deputy_three_school_days_later(pupil: Pupil, seventh: SchoolClass) -> None:
    Holiday.objects.create(
        year=seventh.year, name="Каникулы", starts=date(2026, 10, 26), ends=date(2026, 10, 30), first_grade_only=False
    )
    _teach(seventh, "1")
    set_today(pupil.school, date(2026, 10, 21))  # a Wednesday: Thursday, Friday, then a Monday after the holidays
    assert one(pupil, SignalRule.FEW_MARKS).escalates == date(2026, 11, 2)


def test_signals_of_the_day_rise_without_a_new_mark(pupil: Pupil, seventh: SchoolClass) -> None:
    set_today(pupil.school, date(2026, 10, 16))
    _teach(seventh, "2")
    assert not signals(pupil)
    set_today(pupil.school, date(2026, 10, 17))
    schools_warn()
    assert Signal.objects.get(pupil=pupil).rule == SignalRule.FEW_MARKS
    schools_warn()
    assert Signal.objects.get(pupil=pupil).version == 1


def test_an_answer_is_expected_within_the_schools_days(pupil: Pupil) -> None:
    set_today(pupil.school, date(2026, 10, 8))  # a Thursday
    give_marks(pupil, "Алгебра", 2, 2, 2, on=FIRST)
    signal = one(pupil, SignalRule.THREE_UNSATISFACTORY)
    assert (signal.due, signal.escalates) == (date(2026, 10, 13), None)


def _talk(by: User, signal: Signal, **more: Any) -> Deed:
    return deed_record(
        by=by, pupil=signal.pupil, kind=DeedKind.TALK, on=signal.pupil.school.today(), signals=[signal], **more
    )


def test_a_deed_answers_a_signal_and_a_new_two_opens_it_again(pupil: Pupil, teacher: User) -> None:
    give_marks(pupil, "Алгебра", 2, 2, 2, on=FIRST)
    signal = one(pupil, SignalRule.THREE_UNSATISFACTORY)
    record = _talk(teacher, signal, text="договорились о консультации")
    assert one(pupil, SignalRule.THREE_UNSATISFACTORY).state == SignalState.ACTED
    assert [response.reference for response in signal.responses.all()] == [f"deed:{record.pk}"]
    give_marks(pupil, "Алгебра", 4, on=FIRST + timedelta(days=1))
    assert one(pupil, SignalRule.THREE_UNSATISFACTORY).state == SignalState.ACTED
    give_marks(pupil, "Алгебра", 2, on=FIRST + timedelta(days=2))
    assert one(pupil, SignalRule.THREE_UNSATISFACTORY).state == SignalState.OPEN
    steps = SignalStep.objects.filter(signal=signal).order_by("version")
    assert [(step.from_state, step.to_state, step.by) for step in steps] == [
        ("", "open", None),
        ("open", "acted", teacher),
        ("acted", "open", None),
    ]


def test_another_two_on_the_same_day_is_new_evidence_too(pupil: Pupil, teacher: User) -> None:
    give_marks(pupil, "Алгебра", 2, 2, 2, on=FIRST)
    _talk(teacher, one(pupil, SignalRule.THREE_UNSATISFACTORY))
    give_marks(pupil, "Алгебра", 2, on=FIRST)
    assert one(pupil, SignalRule.THREE_UNSATISFACTORY).state == SignalState.OPEN


def test_a_corrected_mark_closes_even_an_answered_signal(pupil: Pupil, teacher: User) -> None:
    give_marks(pupil, "Алгебра", 2, 2, 2, on=FIRST)
    _talk(teacher, one(pupil, SignalRule.THREE_UNSATISFACTORY))
    Mark.objects.filter(pupil=pupil, ordinal=0).update(value=4)
    closed = one(pupil, SignalRule.THREE_UNSATISFACTORY)
    assert (closed.state, closed.closed_at is not None) == (SignalState.CLOSED, True)
    Mark.objects.filter(pupil=pupil, ordinal=0).update(value=2)
    again = one(pupil, SignalRule.THREE_UNSATISFACTORY)
    assert (again.state, again.closed_at) == (SignalState.OPEN, None)


def test_a_graver_level_opens_an_answered_signal(pupil: Pupil, teacher: User) -> None:
    miss(pupil, "Алгебра", FIRST)
    _talk(teacher, one(pupil, SignalRule.ABSENCES))
    assert one(pupil, SignalRule.ABSENCES).state == SignalState.ACTED
    miss(pupil, "Алгебра", FIRST + timedelta(days=1))
    assert one(pupil, SignalRule.ABSENCES).state == SignalState.OPEN


def test_a_signal_is_dismissed_with_a_reason_only_and_can_be_taken_back(pupil: Pupil, teacher: User) -> None:
    give_marks(pupil, "Алгебра", 2, 2, 2, on=FIRST)
    signal = one(pupil, SignalRule.THREE_UNSATISFACTORY)
    with pytest.raises(Refused, match="причину"):
        signal_dismiss(by=teacher, signal=signal, reason="  ")
    signal_dismiss(by=teacher, signal=signal, reason="ошибка в журнале")
    assert one(pupil, SignalRule.THREE_UNSATISFACTORY).state == SignalState.DISMISSED
    with pytest.raises(Refused, match="уже не открыт"):
        _talk(teacher, signal)
    assert not Deed.objects.exists()
    signal_reopen(by=teacher, signal=signal)
    assert one(pupil, SignalRule.THREE_UNSATISFACTORY).state == SignalState.OPEN


def test_a_deed_of_a_day_to_come_is_refused(pupil: Pupil, teacher: User) -> None:
    with pytest.raises(Refused, match="ещё не наступил"):
        deed_record(by=teacher, pupil=pupil, kind=DeedKind.NOTE, on=pupil.school.today() + timedelta(days=1))
    assert not Deed.objects.exists()


def test_computing_again_changes_nothing(pupil: Pupil) -> None:
    give_marks(pupil, "Алгебра", 2, 2, 2, on=FIRST)
    miss(pupil, "Алгебра", *days(5))
    first = [(row.pk, row.version, row.opened_at, row.due) for row in signals(pupil)]
    assert len(first) == 2
    assert [(row.pk, row.version, row.opened_at, row.due) for row in signals(pupil)] == first


def test_one_class_is_computed_without_touching_the_others(pupil: Pupil, seventh: SchoolClass) -> None:
    other = make_pupil(seventh, "Пак Виктор Ильич")
    miss(pupil, "Алгебра", FIRST)
    miss(other, "Алгебра", FIRST)
    period_judge(period=period_of(pupil.school))
    Absence.objects.all().delete()
    period_judge(period=period_of(pupil.school), pupils=[other.pk])
    states = dict(Signal.objects.values_list("pupil__last_name", "state"))
    assert states == {"Ковтун": SignalState.OPEN, "Пак": SignalState.CLOSED}
