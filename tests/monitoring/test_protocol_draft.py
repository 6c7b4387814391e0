"""The draft of the council's protocol on a period: figures counted by hand, decisions to choose, no pupil's name."""

from datetime import date, timedelta

import pytest

from common.errors import Refused
from documents.papers.printed import DROPPED, TAKEN, Printed, Sentence
from documents.papers.rendering import paper_html
from gradebook.models import Absence, AbsenceReason
from risk_registry.services.classification import period_classify
from risk_registry.services.judging import period_judge
from roadmaps.models import StaffDecision, StaffSitting
from roadmaps.sitting_words import SittingKind, SittingState
from school.models import Pupil, School, User
from school.roles import Position
from tests.counting import seat_slipping
from tests.factories import make_class, make_pupil, make_school, make_staff, make_subject
from tests.monitoring.papers import all_words, assert_same_tables, built, cells_of, queries_of, wanted_of
from tests.risk_registry.making import give_marks, give_result

pytestmark = pytest.mark.django_db
KIND = "protocol_draft"
LONG = "Константинопольская-Преображенская Александрина Владиславовна"
MONDAY = date(2026, 9, 7)


@pytest.fixture
def small() -> School:
    """7А: one failing who misses five days, one weak, one without risk. Another school has a failing one."""
    school = make_school()
    make_staff(school, "Ермолаева Софья Викторовна", Position.DEPUTY, login="zavuch")
    seventh = make_class(school, "7А")
    failing, weak, well = (make_pupil(seventh, name) for name in (LONG, "Ёлкин Пётр", "Белов Иван"))
    give_result(failing, "Алгебра", "2")
    give_marks(weak, "Физика", 2, 4, 4)
    give_result(weak, "Физика", "4")
    give_result(well, "Физика", "5")
    _missed(failing)
    stranger = make_pupil(make_class(make_school("S2"), "9В"), "Чужой Пётр")
    give_result(stranger, "Химия", "2")
    for each in (school, stranger.school):
        _judge(each)
    return school


def _missed(pupil: Pupil) -> None:
    subject, year = make_subject(pupil.school, "Алгебра"), pupil.school.years.get()
    for number in range(5):
        Absence.objects.create(
            school=pupil.school, year=year, pupil=pupil, subject=subject, date=MONDAY + timedelta(days=number),
            reason=AbsenceReason.UNEXCUSED,
        )  # fmt: skip


def _judge(school: School) -> None:
    period_judge(period=wanted_of(school).period)


def _said(school: School) -> dict[str, str]:
    return {one.code: one.text.replace("\u00a0", " ") for one in built(KIND, school).suggestions}


def test_the_council_hears_the_figures_of_the_period(small: School) -> None:
    paper = built(KIND, small)
    share = "66,7\u00a0%"
    assert cells_of(paper, "levels")[-1] == ["Итого", "3", "1", "1", "0", share]
    assert cells_of(paper, "subjects") == [["Алгебра", "1", "0", "2,00"]]
    assert cells_of(paper, "decisions") == []
    words = paper_html(Printed(paper)).replace("\u00a0", " ")
    assert "В реестре 2 обучающихся: неуспевающих — 1, слабоуспевающих — 1, в группе резерва — 0." in words
    assert "Пропущено 5 уроков, без уважительной причины — 5 (100,0 %)." in words
    assert "Докладчик: С. В. Ермолаева." in words


def test_decisions_are_suggested_from_the_figures_and_chosen_by_people(small: School) -> None:
    assert _said(small) == {
        "heard": "Информацию об итогах 1-й четверти принять к сведению.",
        "registry": "Рекомендовать утвердить приказом реестр обучающихся группы риска за 1-ю четверть 2026/27 учебного "
        "года: 2 обучающихся.",
        "work": "Продолжить индивидуальную работу и маршруты для обучающихся под риском (2).",
        "subjects": "Обсудить на заседаниях ШМО итоги по предметам: Алгебра.",
        "absences": "Продолжить работу с семьями 1 ученика, систематически пропускающих занятия без уважительной "
        "причины.",
    }
    chosen = {"heard": Sentence(TAKEN), "work": Sentence(DROPPED)}
    words = paper_html(Printed(built(KIND, small), sentences=chosen))
    assert "принять к сведению" in words
    assert "маршруты для обучающихся" not in words


def test_open_decisions_of_earlier_sittings_are_heard(small: School) -> None:
    by = User.objects.get(username="zavuch")
    sitting = StaffSitting.objects.create(
        school=small, year=small.years.get(), kind=SittingKind.COUNCIL, title="Август", on=date(2026, 9, 1),
        state=SittingState.HELD, by=by, at=small.now(),
    )  # fmt: skip
    assert by.staff is not None
    due = date(2026, 10, 1)
    StaffDecision.objects.create(
        sitting=sitting, text="Обновить стенд", responsible=by.staff, due=due, first_due=due, by=by, at=small.now()
    )
    assert cells_of(built(KIND, small), "decisions") == [
        ["Обновить стенд", "Педагогический совет, 01.09.2026", "01.10.2026", "выполняется"]
    ]
    assert _said(small)["late"] == "Вернуться к 1 решению прошлых заседаний, срок которого наступил."


def test_it_names_no_pupil_in_any_form_and_nothing_of_another_school(small: School) -> None:
    paper = built(KIND, small)
    assert_same_tables(paper)
    for words in all_words(paper).values():
        for name in ("Константинопольская", "Ёлкин", "Белов", "Чужой", "Химия"):
            assert name not in words
        assert "Алгебра" in words


def test_a_period_without_anybody_at_risk_suggests_little(db: None) -> None:
    school = make_school()
    with pytest.raises(Refused, match="ещё нет ни одной категории"):
        built(KIND, school)
    give_result(make_pupil(make_class(school, "7А"), "Белов Иван"), "Физика", "5")
    period_classify(period=wanted_of(school).period)
    paper = built(KIND, school)
    assert [one.code for one in paper.suggestions] == ["heard"]
    html = all_words(paper)["html"]
    for told in ("В реестре никого нет.", "Пропусков в журналах нет.", "Неудовлетворительных итогов нет."):
        assert told in html


def test_queries_do_not_grow_with_pupils(small: School) -> None:
    before = queries_of(KIND, small)
    seat_slipping(small.years.get().classes.get(), 300)
    assert cells_of(built(KIND, small), "levels")[-1][1] == "303"
    assert queries_of(KIND, small) == before
