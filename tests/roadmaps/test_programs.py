"""The program's passport: templates, changes, approval by the council, targets in force."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from common.errors import Refused
from roadmaps.indicators import Operator, Reading, Unit
from roadmaps.models import Program, ProgramIndicator
from roadmaps.reports.program_changes import changes_between
from roadmaps.reports.program_paper import paper_of, program_paper, targets_of
from roadmaps.selectors.programs import program_shown, programs_of, undertakings_on, version_on
from roadmaps.services.program_parts import (
    IndicatorDraft,
    LineDraft,
    indicator_add,
    indicator_edit,
    indicator_read,
    indicator_remove,
    indicator_take,
    line_add,
    line_edit,
    line_move,
    line_remove,
    line_restore,
    program_direction_add,
    program_direction_remove,
)
from roadmaps.services.programs import (
    ProgramDraft,
    program_approve,
    program_correct,
    program_create,
    program_edit,
    program_remove,
)
from roadmaps.words_program import ProgramState, Section, Template
from school.models import School, User

pytestmark = pytest.mark.django_db
COUNCIL = date(2026, 9, 3)


@pytest.fixture
def program(deputy: User, school: School) -> Program:
    return program_create(by=deputy, school=school, template=Template.LONG, first_year=2026)


def approve(deputy: User, program: Program, on: date = COUNCIL) -> Program:
    program.refresh_from_db()
    return program_approve(by=deputy, program=program, version=program.version, protocol_number="1", protocol_date=on)


def correct(deputy: User, program: Program) -> Program:
    program.refresh_from_db()
    return program_correct(by=deputy, program=program, version=program.version, grounds="итоги полугодия")


def one(program: Program, code: str) -> ProgramIndicator:
    return program.indicators.select_related("program").get(code=code)


def test_the_long_program_stands_on_its_own_years(program: Program) -> None:
    paper = program_paper(program)
    assert len(paper.indicators) == 36
    assert paper.years == ["2026", "2027", "2028"]
    assert [len(group.indicators) for group in paper.groups] == [1, 8, 14, 5, 8]
    targets = targets_of(one(program, "P02").targets)
    assert [(each.due, each.raw) for each in targets][-1] == (date(2028, 12, 31), "не менее 75%")


def test_blanks_of_the_sources_stay_blanks(program: Program, deputy: User, school: School) -> None:
    assert [section.section for section in program_paper(program).blank_sections] == [
        Section.STAGE, Section.EXECUTOR, Section.METHOD,
    ]  # fmt: skip
    yearly = program_create(by=deputy, school=school, template=Template.YEAR, first_year=2026)
    blank = {section.section: section.blanks for section in program_paper(yearly).blank_sections}
    assert blank == {Section.GOAL: 1, Section.TASK: 3, Section.EXECUTOR: 1}


def test_the_program_of_a_year_has_seven_indicators_and_stages_with_days(deputy: User, school: School) -> None:
    program = program_create(by=deputy, school=school, template=Template.YEAR, first_year=2026)
    assert [row.code for row in program.indicators.all()] == [f"S{number}" for number in range(1, 8)]
    stages = program.lines.filter(section=Section.STAGE)
    assert [(row.starts_on, row.ends_on) for row in stages] == [
        (date(2026, 8, 1), date(2026, 9, 30)),
        (date(2026, 10, 1), date(2027, 5, 31)),
        (date(2027, 4, 1), date(2027, 5, 31)),
    ]


def test_an_approved_version_does_not_change_under_later_edits(program: Program, deputy: User) -> None:
    program = approve(deputy, program)
    before = program.versions.get().body
    correct(deputy, program)
    draft = IndicatorDraft(None, "60%", {"2026": "65%", "2027": "70%", "2028": "90%"})
    indicator_edit(by=deputy, indicator=one(program, "P02"), draft=draft)
    indicator_remove(by=deputy, indicator=one(program, "P08"))
    line_add(by=deputy, program=program, section=Section.TASK, draft=LineDraft("Своя задача"))
    program_edit(by=deputy, program=program,
                 draft=ProgramDraft("Другое", "", date(2026, 9, 1), date(2030, 1, 1)))  # fmt: skip
    version = program.versions.get()
    assert version.body == before
    assert paper_of(version.body).title == "Программа профилактики учебной неуспешности"
    assert version_on(program, date(2026, 11, 1)) == version
    assert len(undertakings_on(program.school, date(2026, 11, 1))) == 36


def test_an_approved_program_is_closed_until_a_correction_with_grounds(program: Program, deputy: User) -> None:
    program = approve(deputy, program)
    with pytest.raises(Refused, match="начните правку"):
        line_add(by=deputy, program=program, section=Section.GOAL, draft=LineDraft("Ещё цель"))
    with pytest.raises(Refused, match="причину"):
        program_correct(by=deputy, program=program, version=program.version, grounds=" ")
    correct(deputy, program)
    line_add(by=deputy, program=program, section=Section.GOAL, draft=LineDraft("Ещё цель"))
    again = approve(deputy, program, date(2026, 11, 2))
    assert (again.number, again.state) == (2, ProgramState.APPROVED)
    assert again.versions.get(number=2).grounds == "итоги полугодия"


def test_it_refuses_a_council_to_come_and_a_program_seen_otherwise(program: Program, deputy: User) -> None:
    with pytest.raises(Refused, match="не наступила"):
        approve(deputy, program, date(2031, 1, 1))
    with pytest.raises(Refused, match="изменили"):
        program_approve(by=deputy, program=program, version=7, protocol_number="1", protocol_date=COUNCIL)
    program.indicators.all().delete()
    with pytest.raises(Refused, match="нечего"):
        approve(deputy, program)


def test_a_draft_undertakes_nothing(program: Program, deputy: User, school: School) -> None:
    assert undertakings_on(school, date(2026, 11, 1)) == {}
    approve(deputy, program)
    assert undertakings_on(school, date(2026, 11, 1))["P10"].targets[0].value == 75
    assert undertakings_on(school, date(2029, 1, 1)) == {}


def test_of_two_programs_with_one_indicator_the_later_holds(program: Program, deputy: User, school: School) -> None:
    approve(deputy, program)
    later = program_create(by=deputy, school=school, template=Template.BLANK, first_year=2027)
    indicator_take(by=deputy, program=later, code="P10", years=["2027"], direction=None)
    approve(deputy, later)
    found = undertakings_on(school, date(2027, 9, 1))
    assert [each.year for each in found["P10"].targets] == ["2027"]
    assert [each.year for each in found["P09"].targets] == ["2026", "2027", "2028"]


def test_the_school_decides_a_reading_with_a_reason(program: Program, deputy: User) -> None:
    odd = one(program, "P01")
    with pytest.raises(Refused, match="почему"):
        indicator_read(by=deputy, indicator=odd, reading=Reading.ADDED, why="")
    with pytest.raises(Refused, match="не допускает"):
        indicator_read(by=deputy, indicator=odd, reading=Reading.POINTS, why="так")
    indicator_read(by=deputy, indicator=odd, reading=Reading.ADDED, why="решение рабочей группы")
    told = next(each for each in program_paper(program).indicators if each.code == "P01")
    assert (told.undecided, told.reading_words) == (False, Reading.ADDED.label)


def test_an_own_indicator_is_read_from_its_words(program: Program, deputy: User) -> None:
    draft = IndicatorDraft(None, "12,5%", {"2026": "не менее 20%", "2027": "30%", "2028": ""}, "Своя доля")
    row = indicator_add(by=deputy, program=program, draft=draft)
    assert (row.code, row.baseline, row.own) == ("Ш1", Decimal("12.5"), True)
    first, second, third = targets_of(row.targets)
    assert (first.value, first.operator, first.implied) == (Decimal(20), Operator.AT_LEAST, False)
    assert (second.implied, third.value, third.operator) == (True, None, None)
    assert indicator_add(by=deputy, program=program, draft=draft).code == "Ш2"


@pytest.mark.parametrize(
    ("unit", "raw", "told"),
    [
        (Unit.PERCENT, "побольше", "не понято"),
        (Unit.PERCENT, "120%", "больше 100"),
        (Unit.PRESENCE, "5", "имеется"),
        (Unit.COUNT, "9999999", "велико"),
    ],
)
def test_it_refuses_a_plan_without_sense(program: Program, deputy: User, unit: Unit, raw: str, told: str) -> None:
    with pytest.raises(Refused, match=told):
        indicator_add(by=deputy, program=program, draft=IndicatorDraft(None, "", {"2026": raw}, "Своё", unit))


def test_a_figure_left_alone_stays_as_the_source_has_it(program: Program, deputy: User) -> None:
    odd = one(program, "P11")
    plan = {target.year: target.raw for target in targets_of(odd.targets)}
    indicator_edit(by=deputy, indicator=odd, draft=IndicatorDraft(None, "36%", plan))
    assert (odd.baseline, targets_of(odd.targets)[0].operator) == (Decimal(36), Operator.DECREASE_BY)


def test_a_changed_line_loses_the_remark_of_the_template(program: Program, deputy: User) -> None:
    line = program.lines.select_related("program").get(section=Section.RESULT, number=14)
    assert "P15" in line.remark
    line_edit(by=deputy, line=line, draft=LineDraft("Не менее 5 пар"))
    assert (line.text, line.remark) == ("Не менее 5 пар", "")
    line_remove(by=deputy, line=line)
    assert not program.lines.standing().filter(section=Section.RESULT, number=14).exists()


def _texts(program: Program, section: Section = Section.TASK) -> list[str]:
    return [line.text for part in program_paper(program).sections if part.section == section for line in part.lines]


def test_lines_change_places_and_the_ends_stay_ends(program: Program, deputy: User) -> None:
    before, lines = _texts(program), list(program.lines.filter(section=Section.TASK).select_related("program"))
    line_move(by=deputy, line=lines[1], up=True)
    assert _texts(program) == [before[1], before[0], *before[2:]]
    line_move(by=deputy, line=lines[1], up=False)
    assert _texts(program) == before
    with pytest.raises(Refused, match="уже первая"):
        line_move(by=deputy, line=lines[0], up=True)
    with pytest.raises(Refused, match="уже последняя"):
        line_move(by=deputy, line=lines[-1], up=False)
    program = approve(deputy, program)
    correct(deputy, program)
    line_move(by=deputy, line=lines[0], up=False)
    (changed,) = changes_between(paper_of(program.versions.get().body), program_paper(program))
    assert (changed.where, changed.was[:4], changed.becomes[:4]) == ("Задачи: порядок", "1, 2", "2, 1")


def test_a_removed_line_comes_back_to_its_place_until_the_program_is_approved(
    client: Client, program: Program, deputy: User
) -> None:
    before, lines = _texts(program), list(program.lines.filter(section=Section.TASK).select_related("program"))
    client.force_login(deputy)
    client.post(reverse("passport:line_remove", args=[lines[1].pk]))
    assert _texts(program) == [before[0], *before[2:]]
    page = client.get(reverse("passport:page")).content.decode()
    assert "Удалённые строки" in page
    with pytest.raises(Refused, match="уже удалили"):
        line_remove(by=deputy, line=lines[1])
    with pytest.raises(Refused, match="уже удалили"):
        line_edit(by=deputy, line=lines[1], draft=LineDraft("Другое"))
    client.post(reverse("passport:line_restore", args=[lines[1].pk]))
    assert _texts(program) == before
    assert "Удалённые строки" not in client.get(reverse("passport:page")).content.decode()
    with pytest.raises(Refused, match="уже вернули"):
        line_restore(by=deputy, line=lines[1])
    line_remove(by=deputy, line=lines[-1])
    line_add(by=deputy, program=program, section=Section.TASK, draft=LineDraft("Своя задача"))
    line_restore(by=deputy, line=lines[-1])
    assert _texts(program) == [*before[:-1], "Своя задача", before[-1]]
    line_remove(by=deputy, line=lines[0])
    program.refresh_from_db()
    approve(deputy, program)
    assert not program.lines.removed().exists()


def test_a_direction_with_indicators_stays(program: Program, deputy: User) -> None:
    added = program_direction_add(by=deputy, program=program, name="Своё направление")
    program_direction_remove(by=deputy, direction=added)
    with pytest.raises(Refused, match="показатели"):
        program_direction_remove(by=deputy, direction=program.directions.all()[0])


def test_only_a_draft_is_dropped(program: Program, deputy: User, school: School) -> None:
    with pytest.raises(Refused, match="уже есть"):
        program_create(by=deputy, school=school, template=Template.LONG, first_year=2026)
    program_remove(by=deputy, program=program)
    again = approve(deputy, program_create(by=deputy, school=school, template=Template.LONG, first_year=2026))
    correct(deputy, again)
    with pytest.raises(Refused, match="педсовет"):
        program_remove(by=deputy, program=again)


def test_the_one_that_holds_is_shown_first(program: Program, deputy: User, school: School) -> None:
    approve(deputy, program)
    draft = program_create(by=deputy, school=school, template=Template.YEAR, first_year=2026)
    rows = programs_of(deputy)
    assert program_shown(rows, date(2026, 11, 1)) == program
    assert program_shown(rows, date(2026, 11, 1), draft.pk) == draft
    assert program_shown(rows, date(2026, 11, 1), 999) is None
