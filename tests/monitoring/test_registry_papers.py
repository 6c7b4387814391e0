"""Papers of the registry: the order that approves it, and the list of the year's beginning."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from common.errors import Refused
from documents.papers.parts import Paper
from documents.papers.printed import Printed
from documents.papers.rendering import paper_html
from documents.registry import ReportQuery
from documents.services.reports import report_render
from gradebook.models import PeriodResult, ResultKind
from monitoring.reports.kinds import Wanted, document_kind
from monitoring.selectors import period_of_kind
from risk_registry.categories import EntryState
from risk_registry.models import RegistryEntry
from risk_registry.reports.order_text import BLANK
from risk_registry.selectors.periods import start_of
from risk_registry.services.classification import period_classify
from school.models import AcademicYear, Period, School, User
from school.roles import Position
from school.services.organisation import year_create
from tests.counting import seat
from tests.factories import PASSWORD, make_class, make_pupil, make_school, make_staff, make_subject
from tests.monitoring.papers import all_words, assert_same_tables, built, cells_of, queries_of, wanted_of
from tests.risk_registry.making import give_marks, give_result, judged

pytestmark = pytest.mark.django_db
LONG = "Константинопольская-Преображенская Александрина Владиславовна"


@pytest.fixture
def small() -> School:
    """7А: one failing, one weak; 8Б: one in reserve. Another school has a failing one."""
    school = make_school()
    make_staff(school, "Ермолаева Софья Викторовна", Position.DEPUTY, login="zavuch")
    leader = make_staff(school, "Зимина Анна Игоревна")
    failing = make_pupil(make_class(school, "7А", teacher=leader), LONG)
    weak = make_pupil(failing.enrolments.get().school_class, "Ёлкин Пётр")
    reserve = make_pupil(make_class(school, "8Б"), "Белов Иван")
    give_result(failing, "Алгебра", "2")
    give_result(failing, "Физика", "н/а")
    give_marks(weak, "Алгебра", 2, 4, 4)
    give_result(weak, "Алгебра", "4")
    give_result(reserve, "Физика", "3")
    judged(failing)
    stranger = make_pupil(make_class(make_school("S2"), "9В"), "Чужой Пётр")
    give_result(stranger, "Алгебра", "2")
    judged(stranger)
    return school


def _order_words(paper: Paper) -> str:
    """What stands before the appendix."""
    return paper_html(Printed(paper)).partition("Приложение 1")[0]


def test_the_order_names_pupils_in_its_appendix_only(small: School) -> None:
    paper = built("registry_order", small)
    words = " ".join(_order_words(paper).replace("\u00a0", " ").split())
    assert (
        "за 1-ю четверть 2026/27 учебного года (3 обучающихся: неуспевающих — 1, слабоуспевающих — 1, "
        "в группе резерва — 1): приложение 1." in words
    )
    assert "Ответственный за ведение реестра: С. В. Ермолаева." in words
    assert not [name for name in ("Константинопольская", "Ёлкин", "Белов") if name in words]
    assert cells_of(paper, "registry") == [
        ["1", "Ёлкин Пётр", "7А", "слабоуспевающий", "Алгебра"],
        ["2", LONG, "7А", "неуспевающий", "Алгебра, Физика"],
        ["3", "Белов Иван", "8Б", "резерв", "Физика"],
    ]
    assert cells_of(paper, "known") == [["7А", "Зимина\u00a0А.\u00a0И.", "2", "", ""], ["8Б", BLANK, "1", "", ""]]


def test_the_order_says_how_much_of_the_registry_waits_for_approval(small: School) -> None:
    assert built("registry_order", small).caveats == ("Проект: записей реестра, ещё не утверждённых в программе, — 3.",)
    RegistryEntry.objects.update(state=EntryState.APPROVED)
    assert built("registry_order", small).caveats == ()


def test_who_is_out_of_the_registry_is_in_no_order(small: School) -> None:
    RegistryEntry.objects.exclude(pupil__last_name="Белов").update(state=EntryState.WITHDRAWN)
    assert [row[1] for row in cells_of(built("registry_order", small), "registry")] == ["Белов Иван"]
    RegistryEntry.objects.update(state=EntryState.WITHDRAWN)
    with pytest.raises(Refused, match="утверждать нечего"):
        built("registry_order", small)


def test_every_form_of_the_order_says_the_same(small: School) -> None:
    paper = built("registry_order", small)
    assert_same_tables(paper)
    for words in all_words(paper).values():
        assert LONG in words
        assert "Чужой" not in words


def test_the_draft_of_the_act_has_the_words_of_the_order(small: School) -> None:
    RegistryEntry.objects.update(state=EntryState.APPROVED)
    query = ReportQuery(small, 0, None, "", User.objects.get(username="zavuch"), {"draft": "registry_order"})
    draft = Document(BytesIO(report_render(kind="local_act_draft", query=query, format="docx").content))
    words = "\n".join(line.text for line in draft.paragraphs)
    text, points = [
        part.paragraphs for part in built("registry_order", small).sections[0].parts if hasattr(part, "paragraphs")
    ]
    assert text[-1] in words
    assert points[0].removesuffix("приложение 1.") in words
    assert points[1] in words
    assert LONG not in words


def test_queries_of_the_order_do_not_grow_with_pupils(small: School) -> None:
    before = queries_of("registry_order", small)
    seventh = small.years.get().classes.get(grade=7)
    subject = make_subject(small, "Алгебра")
    period = wanted_of(small).period
    PeriodResult.objects.bulk_create(
        PeriodResult(school=small, year=seventh.year, pupil=pupil, subject=subject, period=period, value="2")
        for pupil in seat(seventh, 300)
    )
    period_classify(period=period)
    assert len(cells_of(built("registry_order", small), "registry")) == 303
    assert queries_of("registry_order", small) == before


@pytest.fixture
def last(small: School) -> AcademicYear:
    """Last year, in which the failing one failed, and Белов had one 3; of Ёлкин nothing is known."""
    year = year_create(school=small, start=2025, main="quarters", upper="halfyears")
    for name, subject, value in (
        (LONG.split()[0], "Алгебра", "2"),
        (LONG.split()[0], "Физика", "4"),
        ("Белов", "Физика", "3"),
    ):
        pupil = small.pupils.get(last_name=name)
        PeriodResult.objects.create(
            school=small,
            year=year,
            pupil=pupil,
            subject=make_subject(small, subject),
            kind=ResultKind.YEAR,
            value=value,
        )
    period_classify(period=_beginning(small))
    return year


def _beginning(school: School) -> Period:
    return start_of(school.years.get(start=2026))


def _started(school: School) -> Paper:
    paper: Paper = document_kind("start_list").build(Wanted(school, _beginning(school)))
    return paper


def test_the_list_names_whom_the_year_begins_with_and_why(small: School, last: AcademicYear) -> None:
    paper = _started(small)
    assert cells_of(paper, "list") == [
        ["1", LONG, "7А", "неуспевающий", "Алгебра: годовая 2"],
        ["2", "Белов Иван", "8Б", "резерв", "Физика: годовая 3"],
    ]
    assert cells_of(paper, "new") == [["7А", "1", "Ёлкин Пётр"]]
    assert cells_of(paper, "agreed") == [["7А", "Зимина\u00a0А.\u00a0И.", "1", "0", ""], ["8Б", BLANK, "1", "0", ""]]
    assert paper.lines == ("на 15\u00a0сентября 2026\u00a0г.", "2026/27 учебный год")
    assert_same_tables(paper)
    for words in all_words(paper).values():
        assert LONG in words
        assert "Чужой" not in words


def test_a_list_without_last_year_says_that_nothing_is_known(small: School) -> None:
    with pytest.raises(Refused, match="ещё не составлен"):
        _started(small)
    period_classify(period=_beginning(small))
    paper = _started(small)
    assert cells_of(paper, "list") == []
    assert cells_of(paper, "new") == [["7А", "2", "весь класс"], ["8Б", "1", "Белов Иван"]]
    assert "Согласовывать нечего" in all_words(paper)["html"]


def test_the_list_is_the_paper_of_the_years_beginning(
    small: School, last: AcademicYear, client: Client, tmp_path: Path
) -> None:
    assert client.login(username="zavuch", password=PASSWORD)
    beginning = client.get(reverse("monitoring:period", args=[_beginning(small).pk])).content.decode()
    assert "Список обучающихся группы риска" in beginning
    assert "Приказ об утверждении" not in beginning
    quarter = client.get(reverse("monitoring:period", args=[wanted_of(small).period.pk])).content.decode()
    assert "Приказ об утверждении реестра" in quarter
    assert "Список обучающихся группы риска" not in quarter
    target = tmp_path / "list.pdf"
    for number in ("0", "1"):  # there is one list a year, whatever period is named
        call_command(
            "report", "start_list", "--school", "S1", "--period", number, "--format", "pdf", "--output", str(target)
        )
        assert target.read_bytes().startswith(b"%PDF")
    with pytest.raises(Refused, match="нет периода № 9"):
        period_of_kind(document_kind("start_list"), small, 9, None)


def test_queries_of_the_list_do_not_grow_with_pupils(small: School, last: AcademicYear) -> None:
    before = _queries(small)
    seventh = small.years.get(start=2026).classes.get(grade=7)
    subject = make_subject(small, "Алгебра")
    PeriodResult.objects.bulk_create(
        PeriodResult(school=small, year=last, pupil=pupil, subject=subject, kind=ResultKind.YEAR, value="2")
        for pupil in seat(seventh, 300)
    )
    period_classify(period=_beginning(small))
    assert len(cells_of(_started(small), "list")) == 302
    assert _queries(small) == before


def _queries(school: School) -> int:
    wanted = Wanted(school, _beginning(school))
    with CaptureQueriesContext(connection) as caught:
        document_kind("start_list").build(wanted)
    return len(caught)
