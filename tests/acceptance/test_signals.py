"""Early warning, sentence by sentence: what raises a signal, what it asks of whom by when, what answers it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from gradebook.grounds import GroundKind
from gradebook.models import Absence, AssessmentResult, Mark, Procedure
from gradebook.services.grounds import GroundDraft, ground_add
from risk_registry.categories import DeedKind, SignalRule, SignalState
from risk_registry.models import Signal
from risk_registry.selectors.addressed import slipping
from risk_registry.selectors.ending import ending_of
from risk_registry.selectors.signals import SignalQuery, signal_list_rows, signal_rows, signals_with_marks
from risk_registry.selectors.works import works_alarms, works_table, works_years
from risk_registry.services.answers import deed_record, signal_dismiss
from risk_registry.services.daily import schools_warn
from risk_registry.services.judging import period_judge
from school.models import Pupil, School, SchoolClass, TeachingAssignment, User
from school.selectors import holiday_spans
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


def control(pupil: Pupil, value: int, day: date) -> None:
    subject = give_marks(pupil, "Алгебра", value, on=day)
    Mark.objects.filter(pupil=pupil, subject=subject, date=day).update(work="Контрольная работа № 1")


def test_a_control_work_with_a_two_is_a_gap_until_the_repeat_control(pupil: Pupil) -> None:
    give_marks(pupil, "Алгебра", 2, on=MONDAY)
    period_judge(period=period_of(pupil.school, 2))
    assert not Signal.objects.filter(pupil=pupil).exists()  # a two of another lesson is no control work
    control(pupil, 2, MONDAY + timedelta(days=1))
    one = signal(pupil, SignalRule.CONTROL_FAILED)
    assert (one.evidence, one.due) == (["2026-11-10"], date(2026, 11, 25))
    assert asks(one) == "учитель: срок и повторный контроль"
    control(pupil, 2, MONDAY + timedelta(days=3))
    assert signal(pupil, SignalRule.CONTROL_FAILED).evidence == ["2026-11-10", "2026-11-12"]
    control(pupil, 3, MONDAY + timedelta(days=8))
    assert signal(pupil, SignalRule.CONTROL_FAILED).state == SignalState.CLOSED


def test_a_fall_of_a_full_point_under_the_pupils_own_mean_is_told_and_a_smaller_one_is_not(pupil: Pupil) -> None:
    for number, value in enumerate([5, 4, 5, 4, 5, 4, 4, 4, 3]):
        give_marks(pupil, "Физика", value, on=MONDAY + timedelta(days=number))
    give_marks(pupil, "Физика", 4, on=MONDAY + timedelta(days=9))  # 4.60, then 3.80
    period_judge(period=period_of(pupil.school, 2))
    assert not Signal.objects.filter(pupil=pupil).exists()
    Mark.objects.filter(pupil=pupil, date=MONDAY + timedelta(days=9)).update(value=3)  # 3.60
    one = signal(pupil, SignalRule.FALLING_TREND)
    assert [(told["before"], told["last"]) for told in one.evidence] == [("4.60", "3.60")]
    assert asks(one).startswith("учитель: ")


def written(pupil: Pupil, subject: str, mark: int, journal: int | None) -> Procedure:
    made, year = make_subject(pupil.school, subject), pupil.school.years.get()
    work, _ = Procedure.objects.get_or_create(
        school=pupil.school, year=year, title=f"ВПР {subject}", grade=7, subject=made, date=MONDAY
    )
    AssessmentResult.objects.create(
        school=pupil.school, year=year, pupil=pupil, procedure=work, mark=mark, journal_mark=journal
    )
    return work


@pytest.mark.parametrize(("outside", "inside", "told"), [(2, 3, True), (5, 4, True), (4, 4, False), (3, 5, True)])
def test_an_external_work_a_point_or_more_away_either_way_is_told(
    pupil: Pupil, outside: int, inside: int, *, told: bool
) -> None:
    work = written(pupil, "Алгебра", outside, inside)
    period_judge(period=period_of(pupil.school, 2))
    found = Signal.objects.filter(pupil=pupil, rule=SignalRule.EXTERNAL_GAP).values_list("evidence", flat=True)
    gap = [{"procedure": work.pk, "external": outside, "internal": inside}]
    assert list(found) == ([gap] if told else [])


def test_the_share_of_those_who_differ_is_told_by_class_and_subject(pupil: Pupil, deputy: User, school: School) -> None:
    neighbour = make_pupil(make_class(school, "7Б"), "Лещук Лада")
    written(pupil, "Алгебра", 2, 4)
    written(neighbour, "Алгебра", 4, 4)
    written(neighbour, "Физика", 5, 4)
    told = {
        (row.work.subject.name, part.name): (part.shares.compared, part.shares.lowered, part.shares.raised)
        for row in works_table(deputy, school, school.years.get())
        for part in row.parts
    }
    assert told == {("Алгебра", "7А"): (1, 1, 0), ("Алгебра", "7Б"): (1, 0, 0), ("Физика", "7Б"): (1, 0, 1)}


def test_a_fifth_of_twos_in_two_works_alarms_class_and_school_and_in_one_work_nobody(
    pupil: Pupil, deputy: User, school: School
) -> None:
    seat = pupil.enrolments.get().school_class
    others = [make_pupil(seat, f"Лещук Лада{number}") for number in range(4)]
    for subject, alarmed in (("Алгебра", []), ("Физика", ["Школа", "7А класс"])):
        written(pupil, subject, 2, 2)
        for other in others:
            written(other, subject, 4, 4)
        found = works_alarms(deputy, school, works_years(deputy), school.years.get())
        assert [alarm.title for alarm in found] == alarmed
    assert [(point.name, point.percent, point.alarming) for point in found[1].trend] == [("7А", 20.0, 2)]


def test_before_the_period_ends_one_page_tells_twos_and_na_with_what_is_missing_to_each(
    pupil: Pupil, deputy: User, school: School
) -> None:
    staff, seat = make_staff(school, "Юрьева Анна Сергеевна", "teacher"), pupil.enrolments.get().school_class
    TeachingAssignment.objects.create(staff=staff, subject=make_subject(school, "Физика"), school_class=seat)
    give_marks(pupil, "Алгебра", 2, 2, 3, on=MONDAY)
    give_marks(pupil, "Физика", 5, on=MONDAY)
    period_judge(period=period_of(school, 2))
    found = ending_of(deputy, period_of(school, 2), holiday_spans(school.years.get()))
    assert (found.twos, found.few) == (1, 1)
    (told,) = found.classes
    assert [(row.subject_name, row.verdict, row.missing) for row in told.rows] == [
        ("Алгебра", "2", "одна «3»"),  # 2, 2, 3, 3: exactly 2.5
        ("Физика", "н/а", "ещё две отметки"),
    ]


def test_who_slips_and_nobody_has_done_anything_for_is_told_until_a_deed(
    pupil: Pupil, deputy: User, school: School
) -> None:
    give_marks(pupil, "Алгебра", 2, 2, 2, on=MONDAY)
    one = signal(pupil, SignalRule.THREE_UNSATISFACTORY)
    assert one.due is not None
    assert list(slipping(deputy, one.due)) == []  # the day on which an answer is expected is not over
    assert list(slipping(deputy, one.due + timedelta(days=1))) == [one]
    deed_record(by=deputy, pupil=pupil, kind=DeedKind.WORK, on=school.today(), text="разбор ошибок", signals=[one])
    assert list(slipping(deputy, one.due + timedelta(days=1))) == []


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
