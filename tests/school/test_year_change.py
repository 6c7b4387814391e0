"""Classes go up, pupils get their places, and all of it can be taken back."""

from datetime import date

import pytest

from common.errors import Refused
from school.lots import Lot
from school.models import (
    AcademicYear,
    Enrolment,
    Holiday,
    Pupil,
    School,
    SchoolClass,
    Staff,
    Subgroup,
    TeachingAssignment,
    User,
    YearChange,
)
from school.roles import Position
from school.selectors_year_change import YearPreview, lots_written, year_preview
from school.services.calendar import year_open
from school.services.pupils import pupil_leave
from school.services.year_change import year_change
from school.services.year_plan import class_plan_set, plan_set, pupils_plan_set
from school.services.year_undo import year_change_undo
from school.transfer_advice import advisor_register
from school.year_rules import Advice, ClassName
from tests.checksums import LOGS, checksums
from tests.factories import make_class, make_pupil, make_school, make_staff, make_subject

pytestmark = pytest.mark.django_db

SPRING = date(2027, 6, 1)


@pytest.fixture
def school() -> School:
    return make_school(today=SPRING)


@pytest.fixture
def year(school: School) -> AcademicYear:
    return school.years.get()


@pytest.fixture
def deputy(school: School) -> User:
    return make_staff(school, "Ермолаева Светлана Викторовна", Position.DEPUTY, login="deputy").user


@pytest.fixture
def seventh(school: School) -> SchoolClass:
    return make_class(school, "7А", teacher=make_staff(school, "Власова Надежда Игоревна"))


def change(deputy: User, year: AcademicYear) -> YearChange:
    return year_change(by=deputy, old=year, seen=year_preview(deputy, year).digest)


def seat_on(pupil: Pupil, day: date) -> str:
    """The name of the class, «—» for none."""
    seat = Enrolment.objects.on(day).filter(pupil=pupil).select_related("school_class").first()
    return str(seat.school_class) if seat else "—"


def lot_of(preview: YearPreview, pupil: Pupil) -> Lot:
    return next(line.lot for line in preview.pupils if line.pupil.pk == pupil.pk)


def test_a_class_goes_up_with_its_pupils_and_its_teacher(
    deputy: User, year: AcademicYear, seventh: SchoolClass
) -> None:
    pupil = make_pupil(seventh, "Ковтун Матвей")

    made = change(deputy, year)

    assert (seat_on(pupil, date(2027, 8, 31)), seat_on(pupil, date(2027, 9, 1))) == ("7А", "8А")
    eighth = SchoolClass.objects.get(year=made.new)
    assert (eighth.name, eighth.class_teacher, eighth.period_system) == ("8А", seventh.class_teacher, "quarters")
    old = pupil.enrolments.get(school_class=seventh)
    assert (old.outcome, pupil.enrolments.get(school_class=eighth).reason) == (Lot.PROMOTED, "переведён из 7А")
    assert (made.new.start, made.new.periods.filter(number__gte=1, system="quarters").count()) == (2027, 4)


def test_the_teacher_of_primary_school_does_not_go_to_the_fifth_class(
    deputy: User, school: School, year: AcademicYear
) -> None:
    make_class(school, "4А", teacher=make_staff(school, "Титова Галина"))

    made = change(deputy, year)

    assert SchoolClass.objects.get(year=made.new, grade=5).class_teacher is None


def test_ninth_and_eleventh_classes_finish(deputy: User, school: School, year: AcademicYear) -> None:
    pupils = [make_pupil(make_class(school, name), "Ковтун Матвей") for name in ("9А", "11А")]

    made = change(deputy, year)

    assert [seat_on(pupil, date(2027, 9, 1)) for pupil in pupils] == ["—", "—"]
    assert [line.lot for line in lots_written(deputy, made)] == [Lot.FINISHED, Lot.FINISHED]
    assert not SchoolClass.objects.filter(year=made.new).exists()


def test_two_ninth_classes_become_one_tenth(deputy: User, school: School, year: AcademicYear) -> None:
    classes = [make_class(school, name) for name in ("9А", "9Б", "10А")]
    stays, leaves = make_pupil(classes[1], "Ковтун Матвей"), make_pupil(classes[0], "Рябов Денис")
    pupils_plan_set(by=deputy, year=year, pupils=[leaves], lot=Lot.FINISHED, target=None, note="в колледж")

    made = change(deputy, year)

    assert (seat_on(stays, date(2027, 9, 1)), seat_on(leaves, date(2027, 9, 1))) == ("10А", "—")
    names = SchoolClass.objects.filter(year=made.new).values_list("name", flat=True)
    assert list(names) == ["10А", "11А"]
    assert SchoolClass.objects.get(year=made.new, grade=10).period_system == "halfyears"


def test_a_class_may_be_renamed_and_given_another_teacher(
    deputy: User, year: AcademicYear, seventh: SchoolClass, school: School
) -> None:
    pupil = make_pupil(seventh, "Ковтун Матвей")
    teacher = make_staff(school, "Крутова Валентина")
    class_plan_set(by=deputy, school_class=seventh, following=ClassName(8, "Г"), class_teacher=teacher)

    made = change(deputy, year)

    assert seat_on(pupil, date(2027, 9, 1)) == "8Г"
    assert SchoolClass.objects.get(year=made.new).class_teacher == teacher


def test_a_class_may_be_shared_out_among_others(
    deputy: User, year: AcademicYear, seventh: SchoolClass, school: School
) -> None:
    """8В is no more: its pupils go to 9А and 9Б one by one."""
    other = make_class(school, "7Б")
    pupil = make_pupil(seventh, "Ковтун Матвей")
    pupils_plan_set(by=deputy, year=year, pupils=[pupil], lot=Lot.PROMOTED, target=ClassName(8, "Б"), note="")
    class_plan_set(by=deputy, school_class=seventh, following=None, class_teacher=None)

    made = change(deputy, year)

    assert seat_on(pupil, date(2027, 9, 1)) == "8Б"
    assert list(SchoolClass.objects.filter(year=made.new).values_list("name", flat=True)) == ["8Б"]
    assert other.year == year


def test_an_advice_proposes_a_conditional_transfer(deputy: User, year: AcademicYear, seventh: SchoolClass) -> None:
    pupil, other = make_pupil(seventh, "Ковтун Матвей"), make_pupil(seventh, "Рябов Денис")
    advisor_register("test", lambda year: {pupil.pk: Advice("долг по алгебре")})
    try:
        preview = year_preview(deputy, year)
    finally:
        advisor_register("test", lambda year: {})

    assert (lot_of(preview, pupil), lot_of(preview, other)) == (Lot.CONDITIONAL, Lot.PROMOTED)
    assert preview.pupils[0].fate.reason == "долг по алгебре"


def test_whoever_repeats_sits_in_the_class_that_comes_up(
    deputy: User, year: AcademicYear, seventh: SchoolClass, school: School
) -> None:
    make_class(school, "6Б")
    pupil = make_pupil(seventh, "Ковтун Матвей")
    pupils_plan_set(by=deputy, year=year, pupils=[pupil], lot=Lot.REPEATS, target=None, note="заявление")

    change(deputy, year)

    assert seat_on(pupil, date(2027, 9, 1)) == "7Б"
    assert pupil.enrolments.get(ends__isnull=True).reason == "повторное обучение, был в 7А"


def test_it_is_refused_while_somebody_has_no_class(deputy: User, year: AcademicYear, seventh: SchoolClass) -> None:
    pupil = make_pupil(seventh, "Ковтун Матвей")
    pupils_plan_set(by=deputy, year=year, pupils=[pupil], lot=Lot.REPEATS, target=None, note="")

    with pytest.raises(Refused) as refusal:
        change(deputy, year)

    assert refusal.value.details == ["Ковтун Матвей, 7А: в новом году нет 7 класса. Выберите класс."]


def test_who_left_meanwhile_is_not_transferred_and_a_newcomer_of_august_is(
    deputy: User, year: AcademicYear, seventh: SchoolClass
) -> None:
    gone = make_pupil(seventh, "Ковтун Матвей")
    pupil_leave(by=deputy, pupil=gone, last_day=date(2027, 3, 1), reason="переезд")
    came = make_pupil(seventh, "Рябов Денис", starts=date(2027, 8, 20))
    preview = year_preview(deputy, year)

    change(deputy, year)

    assert ([line.came for line in preview.pupils], preview.left) == ([date(2027, 8, 20)], 1)
    assert (seat_on(gone, date(2027, 9, 1)), seat_on(came, date(2027, 9, 1))) == ("—", "8А")
    assert gone.enrolments.get().outcome == ""


def test_whoever_sits_in_the_new_year_already_keeps_the_place(
    deputy: User, school: School, year: AcademicYear, seventh: SchoolClass
) -> None:
    """The new year was opened by hand, with a class and a newcomer in it."""
    new = year_open(by=deputy, school=school, start=2027, main="quarters", upper="halfyears")
    eighth = SchoolClass.objects.create(school=school, year=new, grade=8, letter="А", period_system="quarters")
    newcomer = Pupil.objects.create(school=school, last_name="Новая", first_name="Анна")
    Enrolment.objects.create(pupil=newcomer, school_class=eighth, starts=new.starts)
    pupil = make_pupil(seventh, "Ковтун Матвей")

    made = change(deputy, year)

    assert (made.new, SchoolClass.objects.filter(year=new).count()) == (new, 1)
    assert {seat_on(one, date(2027, 9, 1)) for one in (pupil, newcomer)} == {"8А"}


def test_first_classes_are_made_for_newcomers(deputy: User, school: School, year: AcademicYear) -> None:
    make_class(school, "1А")
    plan_set(by=deputy, year=year, carry_teaching=True, first_classes=[ClassName(1, "А"), ClassName(1, "Б")])

    made = change(deputy, year)

    assert list(SchoolClass.objects.filter(year=made.new).values_list("name", flat=True)) == ["1А", "1Б", "2А"]


def test_teaching_and_subgroups_go_over_within_a_level(
    deputy: User, school: School, year: AcademicYear, seventh: SchoolClass
) -> None:
    pupil, teacher = make_pupil(seventh, "Ковтун Матвей"), make_staff(school, "Гречко Павел")
    gone = Staff.objects.create(school=school, last_name="Пак", first_name="Андрей", left_on=SPRING)
    group = Subgroup.objects.create(school_class=seventh, name="группа 1")
    group.pupils.add(pupil)
    algebra = make_subject(school, "Алгебра")
    for row in (
        {"staff": teacher, "school_class": seventh, "subgroup": group, "weekly_hours": 3},
        {"staff": gone, "school_class": seventh},
        {"staff": teacher, "school_class": make_class(school, "9А")},
        {"staff": teacher, "school_class": make_class(school, "10А")},
    ):
        TeachingAssignment.objects.create(subject=algebra, **row)

    made = change(deputy, year)

    new = TeachingAssignment.objects.filter(school_class__year=made.new).order_by("school_class__grade")
    told = [(str(row.school_class), row.staff, row.subgroup and row.subgroup.name, row.starts) for row in new]
    starts = date(2027, 9, 1)
    assert told == [("8А", teacher, "группа 1", starts), ("11А", teacher, None, starts)]
    assert [*Pupil.objects.filter(subgroups__school_class__year=made.new)] == [pupil]
    assert not TeachingAssignment.objects.filter(school_class__year=year, ends__isnull=True).exists()


def test_teaching_stays_behind_when_the_school_says_so(
    deputy: User, school: School, year: AcademicYear, seventh: SchoolClass
) -> None:
    TeachingAssignment.objects.create(
        staff=make_staff(school, "Гречко Павел"), subject=make_subject(school, "Алгебра"), school_class=seventh
    )
    plan_set(by=deputy, year=year, carry_teaching=False, first_classes=[])

    made = change(deputy, year)

    assert not TeachingAssignment.objects.filter(school_class__year=made.new).exists()


def test_a_school_with_half_years_keeps_them(deputy: User, year: AcademicYear, seventh: SchoolClass) -> None:
    year.main_system = year.upper_system = "halfyears"
    year.save()

    made = change(deputy, year)

    assert set(made.new.periods.values_list("system", flat=True)) <= {"halfyears", "start"}
    assert SchoolClass.objects.get(year=made.new).period_system == "halfyears"


def test_a_second_change_of_the_year_is_refused(deputy: User, year: AcademicYear, seventh: SchoolClass) -> None:
    seen = year_preview(deputy, year).digest
    year_change(by=deputy, old=year, seen=seen)

    with pytest.raises(Refused, match="выполнен"):
        year_change(by=deputy, old=year, seen=seen)
    with pytest.raises(Refused, match="выполнен"):
        plan_set(by=deputy, year=year, carry_teaching=True, first_classes=[])


def test_it_is_refused_when_somebody_changed_the_plan_meanwhile(
    deputy: User, year: AcademicYear, seventh: SchoolClass
) -> None:
    seen = year_preview(deputy, year).digest
    make_pupil(seventh, "Ковтун Матвей")

    with pytest.raises(Refused, match="посмотрите ещё раз"):
        year_change(by=deputy, old=year, seen=seen)


def test_nobody_who_leaves_is_given_a_class_and_no_class_goes_down(
    deputy: User, year: AcademicYear, seventh: SchoolClass
) -> None:
    pupil = make_pupil(seventh, "Ковтун Матвей")

    with pytest.raises(Refused, match="класс в новом году не нужен"):
        pupils_plan_set(by=deputy, year=year, pupils=[pupil], lot=Lot.LEFT, target=ClassName(8, "А"), note="")
    with pytest.raises(Refused, match="параллель ниже"):
        class_plan_set(by=deputy, school_class=seventh, following=ClassName(6, "А"), class_teacher=None)


def test_an_undone_change_may_be_done_again(deputy: User, year: AcademicYear, seventh: SchoolClass) -> None:
    pupil = make_pupil(seventh, "Ковтун Матвей")
    year_change_undo(by=deputy, change=change(deputy, year))

    change(deputy, year)

    assert seat_on(pupil, date(2027, 9, 1)) == "8А"


@pytest.mark.parametrize("opened_before", [False, True])
def test_undo_leaves_every_table_as_it_was(
    deputy: User, school: School, year: AcademicYear, seventh: SchoolClass, opened_before: bool
) -> None:
    leaving = make_pupil(seventh, "Рябов Денис")
    leaving.enrolments.update(ends=date(2027, 9, 20))
    for name in ("6А", "9А", "9Б", "10А", "1А"):
        make_pupil(make_class(school, name), f"Кузьмин {name}")
    make_pupil(seventh, "Ковтун Матвей")
    TeachingAssignment.objects.create(
        staff=make_staff(school, "Гречко Павел"), subject=make_subject(school, "Алгебра"), school_class=seventh
    )
    plan_set(by=deputy, year=year, carry_teaching=True, first_classes=[ClassName(1, "А")])
    if opened_before:
        new = year_open(by=deputy, school=school, start=2027, main="quarters", upper="halfyears")
        Holiday.objects.create(year=new, name="Осенние", starts="2027-10-26", ends="2027-11-03")
    before = checksums()

    made = change(deputy, year)
    changed = {table for table, told in checksums().items() if told != before[table]}
    year_change_undo(by=deputy, change=made)

    assert {"school_enrolment", "school_schoolclass", "school_yearchange"} <= changed
    assert ("school_academicyear" in changed) is not opened_before
    assert checksums() == before
    assert "school_yearchange" not in LOGS


def _newcomer(made: YearChange) -> None:
    pupil = Pupil.objects.create(school=made.school, last_name="Новая", first_name="Анна")
    Enrolment.objects.create(pupil=pupil, school_class=SchoolClass.objects.get(year=made.new), starts=made.new.starts)


def _moved(made: YearChange) -> None:
    Enrolment.objects.filter(school_class__year=made.new).update(ends=date(2027, 10, 1))


def _holiday(made: YearChange) -> None:
    Holiday.objects.create(year=made.new, name="Осенние", starts="2027-10-26", ends="2027-11-03")


@pytest.mark.parametrize(
    ("work", "told"),
    [
        (_newcomer, "место в классе (1)"),
        (_moved, "исправленные места в классах (1)"),
        (_holiday, "каникулы (1)"),
    ],
)
def test_undo_is_refused_with_what_was_done_in_the_new_year(
    deputy: User, year: AcademicYear, seventh: SchoolClass, work: object, told: str
) -> None:
    pupil = make_pupil(seventh, "Ковтун Матвей")
    made = change(deputy, year)
    assert callable(work)
    work(made)

    with pytest.raises(Refused) as refusal:
        year_change_undo(by=deputy, change=made)

    assert refusal.value.details == [told]
    assert YearChange.objects.filter(pk=made.pk).exists()
    assert pupil.enrolments.count() == 2
