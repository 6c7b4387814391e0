"""«Внешние работы и отметки журнала»: from works and results written by hand."""

from datetime import date

import pytest

from common.errors import Refused
from gradebook.models import AssessmentResult, PeriodResult, Procedure, ProcedureKind, ProcedureState
from school.models import Pupil, School, Subject
from tests.counting import seat
from tests.factories import make_class, make_pupil, make_school, make_subject
from tests.monitoring.papers import all_words, assert_same_tables, built, cells_of, queries_of, table_of
from tests.risk_registry.making import give_result

pytestmark = pytest.mark.django_db
KIND = "external_marks"
DAY = date(2026, 10, 5)
NBSP = "\u00a0"
LONG = "Константинопольская-Преображенская Александрина Владиславовна"


def work(school: School, subject: str, kind: ProcedureKind = ProcedureKind.VPR, day: date | None = DAY) -> Procedure:
    return Procedure.objects.create(
        school=school,
        year=school.years.get(),
        title=f"Работа: {kind.label}",
        kind=kind,
        grade=7,
        subject=make_subject(school, subject),
        date=day,
    )


def wrote(pupil: Pupil, of: Procedure, mark: int | None, journal: int | None = None) -> None:
    AssessmentResult.objects.create(
        school=of.school, year=of.year, pupil=pupil, procedure=of, mark=mark, journal_mark=journal, absent=mark is None
    )


@pytest.fixture
def small() -> School:
    """One VPR of four: lower by two, lower by one, equal, not to be compared; one was absent."""
    school = make_school()
    seventh = make_class(school, "7А")
    names = (LONG, "Ёлкин Пётр", "Жуков Олег", "Зуев Олег", "Юрьев Олег")
    lower, one_lower, equal, unknown, absent = (make_pupil(seventh, name) for name in names)
    vpr = work(school, "Физика")
    wrote(lower, vpr, 3, 5)
    wrote(one_lower, vpr, 2, 3)
    wrote(equal, vpr, 4)
    give_result(equal, "Физика", "4")
    wrote(unknown, vpr, 3)
    wrote(absent, vpr, None)
    own = work(school, "Химия", ProcedureKind.CONTROL)
    wrote(lower, own, 2, 5)
    called_off = work(school, "Биология")
    wrote(lower, called_off, 2, 5)
    called_off.state, called_off.cancelled_why = ProcedureState.CANCELLED, "карантин"
    called_off.save()
    other = make_school("S2")
    wrote(make_pupil(make_class(other, "7В"), "Чужой Пётр"), work(other, "Физика"), 2, 5)
    return school


def test_works_are_compared_with_the_schools_marks(small: School) -> None:
    paper = built(KIND, small)
    shares = ["4", "1", f"25,0{NBSP}%", "3", "2", f"66,7{NBSP}%", "1", f"33,3{NBSP}%", "0", f"0,0{NBSP}%"]
    assert cells_of(paper, "works") == [
        [f"Физика, 7{NBSP}класс. Работа: ВПР", "05.10.2026", *shares],
        ["Всего работ учеников", "", *shares],
    ]
    assert cells_of(paper, "classes") == [["7А", *shares]]
    assert cells_of(paper, "subjects") == [["Физика", *shares]]


def test_only_large_differences_and_twos_are_named(small: School) -> None:
    paper = built(KIND, small)
    assert cells_of(paper, "names") == [
        ["Ёлкин Пётр", "7А", "Физика: ВПР, 05.10.2026", "2", "3", "−1"],
        [LONG, "7А", "Физика: ВПР, 05.10.2026", "3", "5", "−2"],
    ]
    assert all(row[0].link for row in table_of(paper, "names").rows)


def test_every_form_says_the_same_and_nobody_judges_teachers(small: School) -> None:
    paper = built(KIND, small)
    assert_same_tables(paper)
    for name, words in all_words(paper).items():
        assert LONG in words
        for stranger in ("Чужой", "7В", "Жуков", "Химия", "Биология"):
            assert stranger not in words
        if name != "xlsx":
            assert "Само по себе оно не говорит о работе учителя." in words


def test_a_subject_without_marks_is_compared_with_those_of_its_group(small: School) -> None:
    pupil = Pupil.objects.get(last_name="Жуков")
    wrote(pupil, work(small, "Математика"), 3)
    for name, value in (("Алгебра", "4"), ("Геометрия", "3")):
        give_result(pupil, name, value)
    assert cells_of(built(KIND, small), "works")[0][5] == "0"
    Subject.objects.filter(name__in=("Математика", "Алгебра", "Геометрия")).update(group="Математика")
    paper = built(KIND, small)
    assert cells_of(paper, "works")[0][5:8] == ["1", "1", f"100,0{NBSP}%"]  # 3,5 stands for 4
    assert f"Для 1{NBSP}работы своего предмета в журнале нет" in all_words(paper)["html"]
    assert [row[0] for row in cells_of(paper, "subjects")] == ["Математика", "Физика"]


def test_without_marks_of_the_school_there_is_nothing_to_compare(small: School) -> None:
    AssessmentResult.objects.update(journal_mark=None)
    PeriodResult.objects.all().delete()
    paper = built(KIND, small)
    assert cells_of(paper, "works")[0][5:] == ["0", *["—"] * 6]
    assert "нет данных" in all_words(paper)["html"]
    assert [one.code for one in paper.suggestions] == ["twos"]


def test_a_work_counts_in_the_period_of_its_day_and_one_without_a_day_in_each(small: School) -> None:
    with pytest.raises(Refused, match="внешних работ нет"):
        built(KIND, small, 2)
    wrote(Pupil.objects.get(last_name="Зуев"), work(small, "История", day=None), 5, 4)
    paper = built(KIND, small, 2)
    assert [row[1] for row in cells_of(paper, "works")] == ["—", ""]
    assert paper.caveats == ("Дата не указана, показаны в каждом периоде: Работа: ВПР.",)


def test_queries_do_not_grow_with_pupils(small: School) -> None:
    before = queries_of(KIND, small)
    school_class = small.years.get().classes.get()
    vpr = Procedure.objects.get(school=small, subject__name="Физика")
    AssessmentResult.objects.bulk_create(
        AssessmentResult(school=small, year=vpr.year, pupil=pupil, procedure=vpr, mark=2, journal_mark=4)
        for pupil in seat(school_class, 2000)
    )
    assert len(cells_of(built(KIND, small), "names")) == 2002
    assert queries_of(KIND, small) == before
