"""Early warning, sentence by sentence: what raises a signal, what it asks of whom by when, what answers it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from gradebook.grounds import GroundKind
from gradebook.models import Absence
from gradebook.services.grounds import GroundDraft, ground_add
from risk_registry.categories import DeedKind, SignalRule, SignalState
from risk_registry.models import Signal
from risk_registry.selectors.signals import SignalQuery, signal_list_rows, signal_rows, signals_with_marks
from risk_registry.services.answers import deed_record, signal_dismiss
from risk_registry.services.daily import schools_warn
from risk_registry.services.judging import period_judge
from school.models import Pupil, School, SchoolClass, TeachingAssignment, User
from tests.factories import make_class, make_pupil, make_school, make_staff, make_subject
from tests.risk_registry.making import give_marks, period_of

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 9)


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def deputy(school: School) -> User:
    staff = make_staff(school, "Ермолаева Светлана Викторовна", "deputy_director_uvr", login="deputy")
    return User.objects.select_related("school").get(staff=staff)


@pytest.fixture
def pupil(school: School) -> Pupil:
    return make_pupil(make_class(school, "7А"), "Ковтун Матвей Андреевич", external_id="1")


def miss(pupil: Pupil, *days: date) -> None:
    subject, year = make_subject(pupil.school, "Физика"), pupil.school.years.get()
    for day in days:
        Absence.objects.create(
            school=pupil.school, year=year, pupil=pupil, subject=subject, date=day, reason="unexcused", raw="Н"
        )


def signal(pupil: Pupil, rule: str) -> Signal:
    period_judge(period=period_of(pupil.school, 2))
    return Signal.objects.select_related("school").get(pupil=pupil, rule=rule)


def asks(one: Signal) -> str:
    (row,) = signal_rows(signals_with_marks(Signal.objects.filter(pk=one.pk)))
    return f"{row.duty.who}: {row.duty.what}"


def shown(user: User, school: School, day: date) -> list[str]:
    query = SignalQuery(period_of(school, 2), escalated_on=day)
    return [one.rule for one in signal_list_rows(user, query)]


def test_three_twos_in_a_subject_ask_the_teacher_to_tell_class_teacher_or_parents(pupil: Pupil) -> None:
    give_marks(pupil, "Алгебра", 2, 1, on=MONDAY)
    period_judge(period=period_of(pupil.school, 2))
    assert not Signal.objects.filter(pupil=pupil).exists()
    give_marks(pupil, "Алгебра", 2, on=MONDAY + timedelta(days=1))
    one = signal(pupil, SignalRule.THREE_UNSATISFACTORY)
    assert one.evidence == ["2026-11-09", "2026-11-09", "2026-11-10"]
    assert asks(one) == "учитель: сообщить кл. руководителю или родителям"
    assert one.due == date(2026, 11, 25)  # three school days after Saturday, 21 November


@pytest.mark.parametrize(
    ("days", "what"),
    [
        (1, "запись в дневнике"),
        (2, "беседа с родителями"),
        (4, "беседа с родителями"),
        (5, "ходатайство о малом педсовете"),
    ],
)
def test_absences_ask_the_class_teacher_for_more_the_more_days_there_are(pupil: Pupil, days: int, what: str) -> None:
    miss(pupil, *[MONDAY + timedelta(days=number) for number in range(days)])
    assert asks(signal(pupil, SignalRule.ABSENCES)) == f"кл. руководитель: {what}"


def test_an_absence_with_a_paper_asks_nothing(pupil: Pupil, deputy: User) -> None:
    miss(pupil, MONDAY, MONDAY + timedelta(days=1))
    draft = GroundDraft(GroundKind.NOTE, MONDAY, MONDAY + timedelta(days=1), on_paper=True)
    ground_add(by=deputy, pupil=pupil, draft=draft)
    period_judge(period=period_of(pupil.school, 2))
    assert not Signal.objects.filter(pupil=pupil, rule=SignalRule.ABSENCES, state=SignalState.OPEN).exists()


def test_few_marks_are_shown_to_the_teacher_first_and_to_the_deputy_after_three_school_days(
    pupil: Pupil, deputy: User, school: School
) -> None:
    staff = make_staff(school, "Юрьева Анна Сергеевна", "teacher", login="teacher")
    seat: SchoolClass = pupil.enrolments.get().school_class
    TeachingAssignment.objects.create(
        staff=staff, subject=make_subject(school, "Алгебра"), school_class=seat, weekly_hours=Decimal(3)
    )
    give_marks(pupil, "Алгебра", 4, on=MONDAY)
    set_today(school, date(2026, 12, 16))
    period_judge(period=period_of(school, 2))
    assert not Signal.objects.filter(rule=SignalRule.FEW_MARKS).exists()  # more than two weeks before the end
    set_today(school, date(2026, 12, 17))
    schools_warn()
    one = Signal.objects.get(rule=SignalRule.FEW_MARKS)
    assert (one.evidence, one.escalates) == ([{"marks": 1, "least": 7}], date(2026, 12, 22))
    assert list(signal_list_rows(User.objects.get(staff=staff), SignalQuery(period_of(school, 2)))) == [one]
    assert shown(deputy, school, date(2026, 12, 21)) == []
    assert shown(deputy, school, date(2026, 12, 22)) == [SignalRule.FEW_MARKS]


def test_a_signal_is_unique_and_a_deed_not_a_tick_answers_it_until_a_new_two(pupil: Pupil, deputy: User) -> None:
    give_marks(pupil, "Алгебра", 2, 2, 2, on=MONDAY)
    one = signal(pupil, SignalRule.THREE_UNSATISFACTORY)
    day = pupil.school.today()
    deed_record(by=deputy, pupil=pupil, kind=DeedKind.TALK, on=day, text="позвонили маме", signals=[one])
    answered = signal(pupil, SignalRule.THREE_UNSATISFACTORY)
    assert (answered.pk, answered.state) == (one.pk, SignalState.ACTED)
    give_marks(pupil, "Алгебра", 2, on=MONDAY + timedelta(days=2))
    again = signal(pupil, SignalRule.THREE_UNSATISFACTORY)
    assert (again.pk, again.state, len(again.evidence)) == (one.pk, SignalState.OPEN, 4)


def test_a_signal_is_laid_aside_only_with_a_reason_and_new_evidence_opens_it(pupil: Pupil, deputy: User) -> None:
    miss(pupil, MONDAY)
    one = signal(pupil, SignalRule.ABSENCES)
    signal_dismiss(by=deputy, signal=one, reason="ошибка в журнале")
    assert signal(pupil, SignalRule.ABSENCES).state == SignalState.DISMISSED
    miss(pupil, MONDAY + timedelta(days=1))
    assert signal(pupil, SignalRule.ABSENCES).state == SignalState.OPEN


def set_today(school: School, day: date) -> None:
    school.demo_today = day
    school.save(update_fields=["demo_today"])
