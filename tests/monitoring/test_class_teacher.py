"""The class teacher's report: every figure against a count by hand, and what stays out of it."""

from dataclasses import replace
from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common.errors import Refused
from consultations.models import Appointment, AppointmentPupil
from consultations.words import MeetingKind, MeetingState
from documents.papers.keeping import freeze_paper, thaw_paper
from documents.papers.parts import Paper
from monitoring.reports.kinds import Wanted
from monitoring.reports.own.class_teacher import build_class_teacher
from risk_registry.causes import CLOSED_WORDS, KINDS, RESTRICTED, CauseMethod, Established
from risk_registry.services.causes import causes_add
from risk_registry.services.classification import period_classify
from school.models import School, SchoolClass, Staff, User
from tests.counting import seat_slipping
from tests.factories import make_class, make_pupil, make_school
from tests.monitoring.own_school import (
    CAME,
    ELSEWHERE,
    EXCELLENT,
    FOUR,
    LEFT,
    THREE,
    TWO,
    make_own_school,
    pupil_of,
    record_absences,
    record_help,
)
from tests.monitoring.papers import all_words, assert_same_tables, cells_of, wanted_of
from tests.risk_registry.making import entry_of, period_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def own() -> School:
    return make_own_school()


def wanted(school: School, number: int = 1, name: str = "7А") -> Wanted:
    return replace(wanted_of(school, number), school_class=SchoolClass.objects.get(school=school, name=name))


def paper_of(school: School, number: int = 1, name: str = "7А") -> Paper:
    return build_class_teacher(wanted(school, number, name))


def suggested(paper: Paper) -> dict[str, str]:
    return {one.code: one.text.replace("\u00a0", " ") for one in paper.suggestions}


def test_results_equal_a_count_by_hand(own: School) -> None:
    paper = paper_of(own)
    assert cells_of(paper, "measures") == [
        ["Успеваемость, %", "75,0\u00a0%"],
        ["Качество, %", "50,0\u00a0%"],
        ["Обучающихся с итогами", "4"],
        ["Отличники", "1"],
        ["Хорошисты", "1"],
        ["из них с одной «4»", "1"],
        ["С одной «3»", "1"],
        ["Неуспевающие", "1"],
        ["Не аттестованы", "0"],
    ]
    assert cells_of(paper, "low") == [[TWO, "Алгебра: 2"]]
    assert [row[:3] for row in cells_of(paper, "good")] == [
        [EXCELLENT, "Отличники", "—"],
        [FOUR, "С одной «4»", "Алгебра"],
        [THREE, "С одной «3»", "Алгебра"],
    ]
    assert cells_of(paper, "subjects")[0] == ["Алгебра", "1", "1", "1", "1", "0", "50,0\u00a0%", "3,50"]


def test_the_next_period_is_told_against_the_one_before(own: School) -> None:
    paper = paper_of(own, 2)
    assert cells_of(paper, "measures")[0] == ["Успеваемость, %", "100,0\u00a0%", "75,0\u00a0%", "+25,0"]
    assert suggested(paper)["results"].startswith(
        "Успеваемость 100,0 %, на 25,0 п. п. выше, чем по итогам 1-й четверти; качество 75,0 %"
    )
    assert suggested(paper)["risk"] == "Под риском неуспешности никого нет (−1 к 1-й четверти)."
    # The second quarter goes on: what has been counted so far is not set beside a whole quarter.
    assert "Период ещё идёт: показано то, что есть на сегодня." in paper.caveats
    assert len(cells_of(paper, "reasons")[0]) == 2


def test_who_came_and_who_left_is_told_by_name_and_adds_up(own: School) -> None:
    paper = paper_of(own)
    assert cells_of(paper, "moves") == [
        [LEFT, "выбытие", "20.09.2026", "—"],
        [CAME, "прибытие", "05.10.2026", "из 7Б"],
    ]
    words = all_words(paper)["html"].replace("\u00a0", " ")
    assert "в классе 5 обучающихся, прибыли 1, выбыли 1, на конец — 5." in words


def test_what_nobody_wrote_down_has_no_record_and_what_was_is_counted(own: School) -> None:
    assert cells_of(paper_of(own), "kinds")[0] == ["Индивидуальная работа", "нет записи", "—"]
    record_help(own)
    paper = paper_of(own)
    kinds = {row[0]: row[1:3] for row in cells_of(paper, "kinds")}
    assert kinds["Индивидуальная работа"] == ["3", "1"]
    assert kinds["Беседы с родителями"] == ["1", "1"]
    assert kinds["Индивидуальные маршруты"] == ["нет записи", "—"]  # one for special needs is told to few
    told = {row[0]: row[2] for row in cells_of(paper, "help")}
    assert told[TWO] == "индивидуальная работа — 3, беседы — 1, беседы с родителями — 1"
    assert told[THREE] == "нет записи"
    assert suggested(paper)["work"] == "За период 3 записи об индивидуальной работе (с 1 обучающимся)."


def test_who_meets_a_specialist_is_no_number_while_they_are_few(own: School) -> None:
    day, specialist = date(2026, 10, 12), Staff.objects.get(school=own, last_name="Гречко")
    names = [EXCELLENT, FOUR, THREE, TWO, CAME]
    for place, name in enumerate(names, 1):
        held = {
            "on": day, "time_from": time(8 + place), "time_to": time(8 + place, 30), "state": MeetingState.HELD,
        }  # fmt: skip
        meeting = Appointment.objects.create(
            school=own, year=own.years.get(), specialist=specialist, kind=MeetingKind.INDIVIDUAL,
            booked_by=User.objects.get(username="zavuch"), booked_at=own.now(), **held,
        )  # fmt: skip
        AppointmentPupil.objects.create(appointment=meeting, pupil=pupil_of(own, name), **held)
        told = {row[0]: row[1:3] for row in cells_of(paper_of(own), "kinds")}["Встречи со специалистами"]
        assert told == (["—", "менее 5"] if place < 5 else ["5", "5"])


def test_missed_lessons_are_told_by_reason_and_illness_of_nobody_by_name(own: School) -> None:
    record_absences(own)
    paper = paper_of(own)
    assert [row[:2] for row in cells_of(paper, "reasons")] == [
        ["без уважительной причины", "2"],
        ["по болезни", "1"],
        ["по уважительной причине", "0"],
        ["Всего", "3"],
    ]
    assert cells_of(paper, "missed") == [[TWO, "1", "2", "2", "2"], [FOUR, "1", "1", "0", "0"]]
    assert suggested(paper)["grounds"] == "Основание пропуска не указано для 2 уроков у 1 обучающегося."


def test_restricted_causes_and_notes_are_not_in_it_and_what_was_said_neither(own: School) -> None:
    record_help(own)
    deputy = User.objects.get(username="zavuch")
    told = Established(CauseMethod.PSYCHOLOGIST, own.today(), "отец в командировке")
    causes_add(by=deputy, entries=[entry_of(pupil_of(own, TWO))], codes=list(KINDS), told=told)
    paper = paper_of(own)
    names = dict(cells_of(paper, "causes"))
    assert CLOSED_WORDS in names[TWO]
    assert "пропуски уроков" in names[TWO]
    for form, words in all_words(paper).items():
        said = words.lower().replace("по болезни", "")
        assert not [KINDS[code].name for code in RESTRICTED if KINDS[code].name in said], form
        assert "командировке" not in said
        assert "тайна разговора" not in said


def test_every_form_holds_the_same_and_nothing_of_others(own: School) -> None:
    make_own_school("S2")
    record_help(own)
    record_absences(own)
    paper = paper_of(own)
    assert_same_tables(paper)
    for form, words in all_words(paper).items():
        assert TWO in words, form
        assert "Алгебра: 2" in words
        assert ELSEWHERE not in words
        assert "8А" not in words
    assert thaw_paper(freeze_paper(paper)) == paper


def test_a_class_without_results_has_no_data_and_no_nought(own: School) -> None:
    paper = paper_of(own, name="7Б")
    assert cells_of(paper, "measures")[0] == ["Успеваемость, %", "—"]
    assert cells_of(paper, "measures")[3] == ["Отличники", "—"]
    assert "results" not in suggested(paper)
    assert suggested(paper)["risk"] == "Под риском неуспешности никого нет."
    figures = [one for section in paper.sections for part in section.parts for one in getattr(part, "items", ())]
    assert next(one.text for one in figures if one.code == "passed") == "нет данных"


def test_half_years_are_not_compared_with_themselves() -> None:
    school = make_school("S3")
    make_pupil(make_class(school, "10А"), "Старшов Артём Константинович-Александрович")
    for number in (1, 2):
        period_classify(period=period_of(school, number))
    paper = paper_of(school, 2, "10А")
    assert len(cells_of(paper, "measures")[0]) == 2
    assert any("1 сентября" in line.replace("\u00a0", " ") for line in paper.caveats)


def test_a_class_of_which_nothing_is_known_has_no_report(own: School) -> None:
    make_class(own, "9А")
    with pytest.raises(Refused, match="о классе 9А рассказать пока не о чем"):
        paper_of(own, name="9А")


def test_the_queries_do_not_grow_with_the_class(own: School) -> None:
    counts = []
    for size in (100, 1900):
        seat_slipping(SchoolClass.objects.get(school=own, name="7А"), size)
        asked = wanted(own)
        with CaptureQueriesContext(connection) as caught:
            build_class_teacher(asked)
        counts.append(len(caught))
    assert counts[0] == counts[1] < 40
