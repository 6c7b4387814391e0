"""The region's form: the school's answers beside the region's values, and a block for the report on self-evaluation."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common.errors import Refused
from documents.papers.parts import Text
from monitoring.catalogue import INDICATORS
from monitoring.reports.kinds import Wanted
from monitoring.reports.regional import build_regional
from monitoring.services_measures import period_freeze, value_set
from risk_registry.services.judging import period_judge
from school.models import Pupil, School, SocialRecord, User
from school.roles import Position
from tests.factories import make_class, make_pupil, make_school, make_staff
from tests.monitoring.papers import all_words, assert_same_tables, cells_of
from tests.risk_registry.making import give_result, period_of

pytestmark = pytest.mark.django_db


def _wanted(school: School) -> Wanted:
    return Wanted(school, period_of(school))


@pytest.fixture
def school() -> School:
    """Four pupils, one of whom fails, another has limited health; R07 is answered «нет», R08 «да», the others not."""
    made = make_school()
    place = make_class(made, "7А")
    for name, result in (("Ковтун Матвей", "2"), ("Белова Анна", "5"), ("Гайда Илья", "4"), ("Юрьева Ия", "5")):
        give_result(make_pupil(place, name), "Алгебра", result)
    SocialRecord.objects.create(pupil=Pupil.objects.get(last_name="Гайда"), special_needs=True)
    period_judge(period=period_of(made))
    deputy = User.objects.get(staff=make_staff(made, "Ермолаева Софья Викторовна", Position.DEPUTY, login="zavuch"))
    answers = (("R07", 0, "Штатное расписание от 01.09.2026"), ("R08", 1, "Программа «Вместе», приказ № 5"))
    for code, number, text in answers:
        value_set(by=deputy, period=period_of(made), indicator=INDICATORS[code], number=number, of=1, text=text,
                  content=None)  # fmt: skip
    return made


def test_the_form_holds_the_schools_answers_beside_the_regions_values(school: School) -> None:
    paper = build_regional(_wanted(school))
    rows = {row[0]: row[2:] for row in cells_of(paper, "indicators")}
    assert list(rows) == [f"R0{number}" for number in range(1, 10)]
    assert rows["R01"] == ["1", "4", "25,0\u00a0%", "8,7\u00a0%"]
    assert rows["R02"] == ["0", "1", "0,0\u00a0%", "59,2\u00a0%"]
    assert rows["R05"] == ["—", "—", "нет данных", "58,1\u00a0%"]
    assert rows["R07"] == ["—", "—", "нет", "1,3\u00a0%"]
    answers = {row[0]: row[1:] for row in cells_of(paper, "answers")}
    assert answers["R08"] == ["да", "Программа «Вместе», приказ № 5", "Ермолаева\u00a0С.\u00a0В."]
    assert answers["R09"] == ["нет данных", "Нет ответа.", "—"]
    assert any("R05, R09" in line for line in paper.caveats)


def test_what_the_region_and_the_program_count_differently_stands_side_by_side(school: School) -> None:
    rows = {row[0]: row[2:] for row in cells_of(build_regional(_wanted(school)), "beside")}
    assert set(rows) == {"R02", "P10", "S2", "R06", "P12"}
    assert rows["R06"] == ["0", "1", "0,0\u00a0%"]


def test_the_block_for_self_evaluation_tells_no_few_and_nothing_that_is_not_known(school: School) -> None:
    [block] = [one for one in build_regional(_wanted(school)).sections if one.code == "self_evaluation"]
    [text] = [one for one in block.parts if isinstance(one, Text)]
    told = " ".join(text.paragraphs)
    assert "обучающиеся составляют меньше 5 человек; в\u00a0крае\u00a0— 8,7\u00a0%" in told
    assert "никто из менее чем 5 человек" in told
    assert " из 4)" not in told
    assert "(Программа «Вместе», приказ № 5)" in told
    assert "В штатном расписании нет ставки" in told
    assert "Методическая служба" not in told
    assert "Обучающиеся с ОВЗ — меньше 5 человек" in told


def test_all_forms_say_the_same_and_name_no_pupil(school: School) -> None:
    paper = build_regional(_wanted(school))
    assert_same_tables(paper)
    for form, words in all_words(paper).items():
        assert "Штатное расписание от 01.09.2026" in words, form
        assert "Ковтун" not in words, form


def test_a_frozen_period_keeps_its_values_in_the_form(school: School) -> None:
    period = period_of(school)
    period_freeze(by=User.objects.get(username="zavuch"), period=period)
    give_result(make_pupil(make_class(school, "7Б"), "Новик Пётр"), "Алгебра", "2")
    period_judge(period=period)
    paper = build_regional(_wanted(school))
    assert cells_of(paper, "indicators")[0][2:4] == ["1", "4"]
    assert any("зафиксированы" in line for line in paper.caveats)


def test_a_school_of_which_nothing_is_known_has_no_form() -> None:
    with pytest.raises(Refused, match="посчитать не из чего"):
        build_regional(_wanted(make_school("S9")))


def test_another_schools_pupils_are_not_in_it_and_queries_do_not_grow(school: School) -> None:
    counts = []
    for number in range(2):
        place = make_class(make_school("S2") if not number else school, "8А")
        for each in range(20):
            give_result(make_pupil(place, f"Фамилия{each} Имя"), "Алгебра", "2")
        period_judge(period=period_of(place.school))
        with CaptureQueriesContext(connection) as caught:
            paper = build_regional(_wanted(school))
        counts.append(len(caught))
        assert cells_of(paper, "indicators")[0][2:4] == (["21", "24"] if number else ["1", "4"])
    assert counts[0] == counts[1] <= 40
