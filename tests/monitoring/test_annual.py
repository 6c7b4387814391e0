"""The yearly analytical note: six parts, figures counted by hand, sentences only where the figures say something."""

from collections.abc import Iterable
from datetime import date

import pytest

from common.errors import Refused
from documents.papers.parts import Paper, Suggestion
from iom.models import WorkEntry, WorkEntryPupil
from monitoring.models import Report
from monitoring.reports.annual.report import build_annual
from monitoring.reports.annual.shapes import AbsenceSum, Counts, Outcome
from monitoring.reports.annual.words import absences_moved, moved
from monitoring.reports.kinds import Wanted, document_kind
from monitoring.services import document_make, report_approve, report_say
from risk_registry.causes import KINDS, RESTRICTED, CauseMethod, Established
from risk_registry.models import PupilCategory
from risk_registry.services.causes import causes_add
from risk_registry.services.judging import period_judge
from roadmaps.duty_catalogue import DUTIES
from roadmaps.selectors.duties import lines_of_role, spans_of
from school.models import Pupil, School, SchoolClass, Staff, User
from school.roles import Position
from school.services.organisation import year_create
from tests.factories import make_class, make_pupil, make_school, make_staff
from tests.monitoring.papers import all_words, assert_same_tables, built, cells_of, queries_of
from tests.risk_registry.making import entry_of, give_result, period_of

pytestmark = pytest.mark.django_db
NOTE = "отец в длительной командировке"
NBSP = "\u00a0"


@pytest.fixture
def deputy(school: School) -> User:
    return User.objects.get(staff=make_staff(school, "Ермолаева Софья Викторовна", Position.DEPUTY, login="zavuch"))


@pytest.fixture
def school() -> School:
    """Two classes of ten; in the first quarter all of 7А fail, in the second five of them. The day is in January."""
    made = make_school(today=date(2027, 1, 20))
    seventh, eighth = make_class(made, "7А"), make_class(made, "8Б")
    failing = [make_pupil(seventh, f"Ковтун{number} Матвей") for number in range(10)]
    steady = [make_pupil(eighth, f"Белова{number} Анна") for number in range(10)]
    for number, results in ((1, "2" * 10), (2, "4" * 5 + "2" * 5)):
        _give(failing, results, number)
        _give(steady, "5" * 10, number)
        period_judge(period=period_of(made, number))
    return made


def _give(pupils: Iterable[Pupil], results: str, number: int) -> None:
    for pupil, value in zip(pupils, results, strict=True):
        give_result(pupil, "Алгебра", value, period=period_of(pupil.school, number))


def _paper(school: School, number: int = 2) -> Paper:
    return build_annual(Wanted(school, period_of(school, number)))


def _said(paper: Paper) -> dict[str, str]:
    found: list[Suggestion] = paper.suggestions
    return {one.code: one.text.replace(NBSP, " ") for one in found}


def _worked(school: School, by: User, names: Iterable[str]) -> None:
    """One entry of the journal for each of them in October."""
    for pupil in Pupil.objects.filter(school=school, last_name__in=list(names)):
        entry = WorkEntry.objects.create(
            school=school, year=school.years.get(), on=date(2026, 10, 20), form="consult", topic="Дроби", by=by,
            at=school.now(),
        )  # fmt: skip
        WorkEntryPupil.objects.create(entry=entry, pupil=pupil)


def test_it_has_the_six_parts_of_the_source_and_says_how_far_the_year_is(school: School) -> None:
    paper = _paper(school)
    assert [section.code for section in paper.sections] == [
        "facts", "factors", "deficits", "measures", "effects", "problem",
    ]  # fmt: skip
    assert [section.title[:2] for section in paper.sections] == ["1.", "2.", "3.", "4.", "5.", "6."]
    assert paper.lines[-1] == "за 2026/27 учебный год по итогам 2-й четверти"
    assert "Учебный год не закончен" in paper.caveats[0]


def test_of_the_last_period_it_is_about_the_whole_year(school: School) -> None:
    school.demo_today = date(2027, 6, 10)
    school.save()
    period = period_of(school, 4)
    _give(Pupil.objects.filter(last_name__startswith="Белова"), "5" * 10, 4)
    period_judge(period=period)
    paper = _paper(school, 4)
    assert paper.lines[-1] == "за 2026/27 учебный год"
    assert paper.head.period_words == "за учебный год"
    assert not any("не закончен" in line for line in paper.caveats)


def test_the_figures_are_those_counted_by_hand(school: School) -> None:
    paper = _paper(school)
    first, second = cells_of(paper, "dynamics")
    assert first[1:7] == ["20", "10", "0", "0", "10", f"50,0{NBSP}%"]
    assert second[1:7] == ["20", "5", "0", "0", "5", f"25,0{NBSP}%"]
    assert cells_of(paper, "subjects") == [["Алгебра", "20", "5", f"25,0{NBSP}%", "0", "4,00"]]
    assert cells_of(paper, "classes_above") == [["7А", "10", "5", f"50,0{NBSP}%", f"100,0{NBSP}%"]]
    assert cells_of(paper, "classes_fell") == [["7А", f"100,0{NBSP}%", f"50,0{NBSP}%"]]


def test_sentences_say_what_the_figures_say(school: School) -> None:
    said = _said(_paper(school))
    assert said["risk_now"] == "Слабоуспевающие и неуспевающие: 5 обучающихся из 20 (25,0 %); неуспевающих 5."
    assert said["risk_in_year"] == (
        "Доля слабоуспевающих и неуспевающих по сравнению с итогами 1-й четверти снизилась с 50,0 % до 25,0 %."
    )
    assert said["subjects_low"] == "Больше всего неудовлетворительных итогов: Алгебра (5 из 20, 25,0 %)."
    assert said["classes_fell"] == "Доля под риском снизилась в классах 7А (с 100,0 % до 50,0 %)."
    assert "problem_subjects" in said


def test_the_same_period_of_the_year_before_stands_first_and_is_compared_with(school: School) -> None:
    older = year_create(school=school, start=2025, main="quarters", upper="quarters")
    place = SchoolClass.objects.create(school=school, year=older, grade=6, letter="А", period_system="quarters")
    period = older.periods.get(system="quarters", number=2)
    PupilCategory.objects.bulk_create(
        PupilCategory(
            school=school, period=period, pupil=pupil, school_class=place, computed_at=school.now(),
            category="failing" if pupil.last_name == "Ковтун0" else "none",
        )
        for pupil in Pupil.objects.filter(school=school)
    )  # fmt: skip
    paper = _paper(school)
    assert cells_of(paper, "dynamics")[0][:3] == ["2-я четверть 2025/26", "20", "1"]
    assert _said(paper)["risk_to_year_before"] == (
        "Доля слабоуспевающих и неуспевающих по сравнению с итогами 2-й четверти 2025/26 выросла с 5,0 % до 25,0 %."
    )
    assert _said(paper)["problem_risk"].startswith("Доля слабоуспевающих и неуспевающих выросла с 5,0 % до 25,0 %")


def test_nothing_is_suggested_of_what_is_not_known(school: School) -> None:
    said = _said(_paper(school))
    unknown = (
        "risk_to_year_before reserve works_lowered causes_most absences_moved outcomes measures_held decisions extra "
        "events routes_finished problem_risk problem_cause"
    )
    assert set(unknown.split()).isdisjoint(said)
    assert _said(_paper(school, 1)).keys().isdisjoint({"risk_in_year", "classes_fell"})


def test_outcomes_with_and_without_work_stand_beside_each_other(school: School, deputy: User) -> None:
    _worked(school, deputy, [f"Ковтун{number}" for number in range(5)])
    paper = _paper(school)
    assert cells_of(paper, "outcomes") == [
        ["с записями работы", "5", f"5 из 5 (100,0{NBSP}%)"],
        ["без записей", "5", f"0 из 5 (0,0{NBSP}%)"],
    ]
    assert "5 из 5" in _said(paper)["outcomes"]


def test_groups_under_five_are_not_told(school: School, deputy: User) -> None:
    _worked(school, deputy, ["Ковтун0", "Ковтун1", "Ковтун9"])
    paper = _paper(school)
    worked, without = cells_of(paper, "outcomes")
    assert worked[1:] == [f"меньше{NBSP}5", f"меньше{NBSP}5"]
    assert without[1:] == ["7", f"меньше{NBSP}5 из 7"]
    assert "outcomes" not in _said(paper)


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Outcome(0, 0), "—"),
        (Outcome(4, 4), f"меньше{NBSP}5"),
        (Outcome(9, 4), f"меньше{NBSP}5 из 9"),
        (Outcome(9, 0), f"0 из 9 (0,0{NBSP}%)"),
        (Outcome(10, 5), f"5 из 10 (50,0{NBSP}%)"),
        (Outcome(10, 9), f"все, кроме меньше{NBSP}5, из 10"),
        (Outcome(10, 10), f"10 из 10 (100,0{NBSP}%)"),
    ],
)
def test_a_few_are_hidden_at_the_edge_of_five(outcome: Outcome, words: str) -> None:
    assert outcome.words == words


@pytest.mark.parametrize(
    ("was", "now", "words"),
    [
        (Counts(200, 25), Counts(204, 20), f"снизилась с 12,5{NBSP}% до 9,8{NBSP}%"),
        (Counts(200, 10), Counts(200, 11), f"выросла с 5,0{NBSP}% до 5,5{NBSP}%"),
        (Counts(200, 10), Counts(400, 20), f"не изменилась: 5,0{NBSP}%"),
        (Counts(0), Counts(20, 1), ""),
        (Counts(20, 1), Counts(0), ""),
    ],
)
def test_a_share_moves_in_words(was: Counts, now: Counts, words: str) -> None:
    assert moved(was, now) == words


def test_absences_are_compared_by_their_share_and_only_where_there_are_two_periods() -> None:
    first, second = AbsenceSum("1", 80, 10, 10, 20), AbsenceSum("2", 30, 10, 10, 20)
    words = f"Доля пропусков без уважительной причины с начала года выросла с 10,0{NBSP}% до 20,0{NBSP}%."
    assert absences_moved([first, second]) == words
    assert absences_moved([first]) is None
    assert absences_moved([first, AbsenceSum("2", 0, 0, 0, 20)]) is None


def test_no_form_names_a_pupil_a_restricted_cause_or_a_note_and_all_say_the_same(school: School, deputy: User) -> None:
    pupil = Pupil.objects.get(last_name="Ковтун9")
    told = Established(CauseMethod.PSYCHOLOGIST, school.today(), NOTE)
    causes_add(by=deputy, entries=[entry_of(pupil, 2)], codes=list(KINDS), told=told)
    paper = _paper(school)
    assert_same_tables(paper)
    for form, text in all_words(paper).items():
        words = " ".join(text.lower().split()).replace("по болезни", "")  # a reason of absence
        assert "пробелы в знаниях" in words, form
        assert not [KINDS[code].name for code in RESTRICTED if KINDS[code].name in words], form
        assert NOTE not in words, form
        assert "ковтун" not in words, form


def test_a_taken_sentence_is_printed_and_the_approved_note_of_the_year_is_the_mark_of_a3(
    school: School, deputy: User
) -> None:
    school.demo_today = date(2027, 9, 1)
    school.save()
    _give(Pupil.objects.filter(last_name__startswith="Белова"), "5" * 10, 4)
    for number in (2, 4):
        period_judge(period=period_of(school, number))
        draft = document_make(by=deputy, kind=document_kind("annual"), wanted=Wanted(school, period_of(school, number)))
        report_say(by=deputy, report=draft, code="risk_now", state="taken")
        report_approve(by=deputy, report=draft, day=date(2027, 9, 1))
    approved = Report.objects.get(period__number=4)
    printed = document_kind("annual").look.printed(approved)
    assert any("Слабоуспевающие и неуспевающие" in line for line in printed.said(printed.paper.sections[0]))
    told = spans_of(school.years.get(), "year", school.today())
    [line] = lines_of_role(told, [DUTIES["A3"]], Staff.objects.filter(school=school), {})
    [mark] = line.deeds
    assert (mark.number, mark.url) == (1, f"/reports/{approved.pk}/")


def test_there_is_no_note_before_the_first_classification() -> None:
    with pytest.raises(Refused, match="ещё нет ни одной категории"):
        _paper(make_school("S9"), 1)


def test_a_bigger_school_and_another_school_change_nothing_but_the_numbers(school: School) -> None:
    other = make_class(make_school("S2"), "9А")
    _give([make_pupil(other, f"Чужой{number} Иван") for number in range(3)], "222", 1)
    period_judge(period=period_of(other.school))
    before = queries_of("annual", school, 2)
    assert cells_of(_paper(school), "dynamics")[1][1] == "20"
    more = [make_pupil(make_class(school, "9В"), f"Юрьев{number} Пётр") for number in range(1)]
    place = more[0].enrolments.get().school_class
    more += [make_pupil(place, f"Юрьева{number} Ия") for number in range(30)]
    _give(more, "2" * 31, 2)
    period_judge(period=period_of(school, 2))
    assert queries_of("annual", school, 2) == before <= 140


def test_the_demo_schools_note_says_the_same_in_all_forms(demo_school: School) -> None:
    paper = built("annual", demo_school)
    assert_same_tables(paper)
    assert len(paper.tables) == len({table.code for table in paper.tables})
    assert len(paper.suggestions) == len({one.code for one in paper.suggestions}) >= 10
