"""Each benchmark runs, at a size at which its figures mean nothing."""

import pytest

from bench import classifying, importing, lists, municipal, pupil_page, reporting, routes
from bench.figures import Figure

pytestmark = pytest.mark.django_db(transaction=True)


def names(figures: list[Figure]) -> list[str]:
    return [figure.name for figure in figures]


def test_lists_take_as_many_queries_in_small_schools_as_their_goal_allows() -> None:
    figures = {figure.name: figure for figure in lists.run(sizes=(1, 24), times=1)}

    assert figures["lists.queries"].reached, figures["lists.queries"].detail
    assert figures["lists.growing"].reached, figures["lists.growing"].detail


def test_the_pupil_s_page_takes_as_many_queries_at_a_thousand_events_as_at_ten() -> None:
    figures = pupil_page.run(times=1)

    assert names(figures) == ["pupil.queries", "pupil.queries_growing"]
    assert all(figure.reached for figure in figures), figures


def test_classification_is_measured() -> None:
    figures = classifying.run(sizes=(11, 22), times=1)

    assert names(figures) == ["classify.ratio_to_sql", "classify.growth", "classify.one_class"]


def test_loads_and_workbooks_are_measured_and_a_second_load_writes_nothing() -> None:
    figures = {figure.name: figure for figure in importing.run(pupils=11, times=1)}

    assert list(figures) == [
        "import.load",
        "import.again",
        "import.again_rows",
        "import.workbook",
        "import.parser_memory",
        "import.web_memory",
    ]
    assert figures["import.again_rows"].reached
    assert figures["import.workbook"].better == "higher"


def test_the_report_takes_as_many_queries_in_a_small_school_as_in_a_larger_one() -> None:
    figures = {figure.name: figure for figure in reporting.run(sizes=(12, 24), shares=(1,), times=1)}

    assert figures["report.queries"].reached
    assert figures["report.queries_growing"].reached
    assert {"report.pdf", "report.pdf_growth", "report.pdf_memory"} <= set(figures)


def test_a_batch_of_routes_is_printed_by_one_process_and_by_two() -> None:
    assert names(routes.run(routes=3, times=1)) == ["routes.batch"]


def test_the_municipality_s_page_brings_a_row_a_school_however_many_pupils_it_has() -> None:
    figures = municipal.run(sizes=(11, 44), schools=3)

    assert names(figures) == ["municipal.rows", "municipal.rows_growing", "municipal.queries"]
    assert all(figure.reached for figure in figures), figures
