"""The subject teacher's report: the own lessons alone, by hand; what is on record of each pupil at risk."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common.errors import Refused
from documents.papers.parts import Paper
from gradebook.models import AssessmentResult, Procedure, ProcedureKind
from monitoring.reports.kinds import Wanted
from monitoring.reports.own.subject_teacher import build_subject_teacher
from school.models import School, SchoolClass, Staff, Subgroup, Subject, TeachingAssignment
from tests.counting import seat_slipping
from tests.factories import make_staff, make_subject
from tests.monitoring.own_school import EXCELLENT, FOUR, THREE, TWO, make_own_school, pupil_of, record_help
from tests.monitoring.papers import all_words, assert_same_tables, cells_of, wanted_of
from tests.risk_registry.making import give_result

pytestmark = pytest.mark.django_db


@pytest.fixture
def own() -> School:
    return make_own_school()


def wanted(school: School, surname: str = "Гречко", number: int = 1) -> Wanted:
    return replace(wanted_of(school, number), teacher=Staff.objects.get(school=school, last_name=surname))


def paper_of(school: School, surname: str = "Гречко", number: int = 1) -> Paper:
    return build_subject_teacher(wanted(school, surname, number))


def test_a_class_and_subject_are_counted_by_hand(own: School) -> None:
    [line] = cells_of(paper_of(own), "lessons")  # algebra of the quarter: 5, 4, 3, 2; one pupil has no result
    assert [cell.replace("\u00a0", " ") for cell in line] == [
        "7А", "Алгебра", "5", "1", "1", "1", "1", "0", "75,0 %", "50,0 %", "3,50", "54,0",
    ]  # fmt: skip


def test_the_formula_of_the_degree_stands_under_the_table(own: School) -> None:
    words = all_words(paper_of(own))["html"]
    assert "СОУ (степень обученности, методика В. П. Симонова)" in words
    assert "«4» × 0,64" in words


def test_the_next_period_is_told_of_the_same_pupils(own: School) -> None:
    [line] = cells_of(paper_of(own, number=2), "changes")
    assert [cell.replace("\u00a0", " ") for cell in line] == [
        "7А", "Алгебра", "75,0 %", "100,0 %", "+25,0", "50,0 %", "75,0 %", "+25,0",
    ]  # fmt: skip


def test_who_is_at_risk_stands_with_evidence_and_with_what_is_on_record_in_the_subject(own: School) -> None:
    lines = {row[0]: row for row in cells_of(paper_of(own), "risk")}
    assert lines[TWO][3:] == ["неуспевающий", "ниже «3» — 2, итог 2", "предложен", "нет записи"]
    assert lines[THREE][3] == "группа резерва"
    record_help(own)
    lines = {row[0]: row for row in cells_of(paper_of(own), "risk")}
    # The third work was in physics; the route is for special needs.
    assert lines[TWO][-1] == "индивидуальная работа — 2, беседы — 1, беседы с родителями — 1"
    assert ["Индивидуальная работа", "3", "1"] in cells_of(paper_of(own), "records")


def test_a_teacher_of_another_subject_is_told_of_nothing_of_this_one(own: School) -> None:
    paper = paper_of(own, "Иной")
    assert cells_of(paper, "lessons")[0][:2] == ["7А", "Физика"]
    assert cells_of(paper, "risk") == []
    assert "Гречко" not in all_words(paper)["json"]


def test_a_subgroup_is_its_own_pupils(own: School) -> None:
    school_class = SchoolClass.objects.get(school=own, name="7А")
    group = Subgroup.objects.create(school_class=school_class, name="группа 1")
    group.pupils.add(pupil_of(own, EXCELLENT), pupil_of(own, FOUR))
    english = make_subject(own, "Английский язык")
    for name, value in ((EXCELLENT, "5"), (FOUR, "4"), (TWO, "2")):
        give_result(pupil_of(own, name), english.name, value)
    teacher = make_staff(own, "Волкова Анна Олеговна")
    TeachingAssignment.objects.create(staff=teacher, subject=english, school_class=school_class, subgroup=group)
    [line] = cells_of(paper_of(own, "Волкова"), "lessons")
    assert line[1:8] == ["Английский язык (группа 1)", "2", "1", "1", "0", "0", "0"]


def test_lessons_that_ended_before_the_period_are_not_in_it(own: School) -> None:
    TeachingAssignment.objects.filter(staff__last_name="Гречко").update(ends=date(2026, 10, 20))
    assert cells_of(paper_of(own), "lessons")
    with pytest.raises(Refused, match="рассказать пока не о чем"):
        paper_of(own, number=2)


def test_external_works_stand_beside_the_schools_marks(own: School) -> None:
    algebra = Subject.objects.get(school=own, name="Алгебра")
    work = Procedure.objects.create(
        school=own, year=own.years.get(), title="Региональная работа", kind=ProcedureKind.REGIONAL, grade=7,
        subject=algebra, date=date(2026, 10, 8),
    )  # fmt: skip
    for name, mark, internal in ((EXCELLENT, 5, 5), (FOUR, 2, 4), (THREE, 5, 3)):
        AssessmentResult.objects.create(
            school=own, year=work.year, pupil=pupil_of(own, name), procedure=work, mark=mark, journal_mark=internal
        )
    [line] = cells_of(paper_of(own), "written")
    gap = own.settings.external_gap
    lowered, raised = int(gap <= 2), int(gap <= 2)
    assert line[3:] == ["7А", "3", "1", "3", str(lowered), str(3 - lowered - raised), str(raised)]
    assert cells_of(paper_of(own, "Иной"), "written") == []


def test_the_number_of_marks_is_a_fact_about_the_class(own: School) -> None:
    assert cells_of(paper_of(own), "marks") == [["7А", "Алгебра", "2", "0,4", "5"]]


def test_every_form_holds_the_same(own: School) -> None:
    record_help(own)
    paper = paper_of(own)
    assert_same_tables(paper)
    for form, words in all_words(paper).items():
        assert TWO in words, form
        assert "тайна разговора" not in words


def test_the_queries_do_not_grow_with_the_classes(own: School) -> None:
    counts = []
    for size in (100, 1900):
        seat_slipping(SchoolClass.objects.get(school=own, name="7А"), size)
        asked = wanted(own)
        with CaptureQueriesContext(connection) as caught:
            build_subject_teacher(asked)
        counts.append(len(caught))
    assert counts[0] == counts[1] < 40
