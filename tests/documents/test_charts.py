from xml.etree.ElementTree import Element, fromstring

import pytest
from django.template import engines

from documents.rendering.charts import Bar, Series, line_chart, sparkline, stacked_bars
from documents.rendering.svg import Svg

BARS = [Bar("5А", (0, 1, 3)), Bar("7А", (3, 4, 2))]
CHARTS = [
    stacked_bars(BARS),
    stacked_bars([]),
    stacked_bars([Bar(f"{n}А", (1, 2, 3)) for n in range(1, 45)]),
    line_chart(["1-я", "2-я", "3-я"], [Series("под риском", (12, 11.5, None))], "Динамика"),
    sparkline([5, 4, 2, 3], "Алгебра: 5 4 2 3", before=1),
]


def elements(chart: Svg) -> list[Element]:
    return list(fromstring(chart).iter())


def texts(chart: Svg) -> list[str]:
    return [element.text or "" for element in elements(chart) if element.tag.endswith("text")]


@pytest.mark.parametrize("chart", CHARTS)
def test_a_chart_needs_no_stylesheet_and_no_script(chart: Svg) -> None:
    forbidden = {"style", "script", "foreignObject", "defs", "use", "image", "a"}
    for element in elements(chart):
        assert element.tag.rpartition("}")[2] not in forbidden
        assert not {"style", "class", "id", "onclick", "href"} & set(element.attrib)


@pytest.mark.parametrize("chart", CHARTS)
def test_all_that_is_drawn_has_its_colour(chart: Svg) -> None:
    for element in elements(chart):
        if element.tag.rpartition("}")[2] in {"rect", "path", "circle", "polyline", "text"}:
            assert element.get("fill") or element.get("stroke")


@pytest.mark.parametrize("chart", CHARTS)
def test_a_chart_is_named_for_those_who_do_not_see_it(chart: Svg) -> None:
    root = fromstring(chart)
    assert root.get("role") == "img"
    assert root.get("aria-label")


def test_words_and_figures_are_text() -> None:
    shown = texts(stacked_bars([Bar("5А", (0, 11, 13)), Bar("7А", (3, 14, 12))]))
    assert {"5А", "7А", "неуспевающие", "слабоуспевающие", "группа резерва"} <= set(shown)
    assert sorted(text for text in shown if text in {"11", "13", "3", "14", "12"}) == ["11", "12", "13", "14", "3"]


def test_a_part_of_nobody_is_not_drawn() -> None:
    columns = [e for e in elements(stacked_bars(BARS)) if e.tag.endswith("rect")]
    assert len(columns) == 5 + 3  # five parts with somebody in them, three signs of the legend


def test_heights_are_in_proportion_to_the_pupils() -> None:
    rects = [e for e in elements(stacked_bars([Bar("7А", (2, 4, 6))])) if e.tag.endswith("rect")][:3]
    heights = [float(e.get("height", "0")) for e in rects]
    assert heights[1] == pytest.approx(2 * heights[0], rel=0.01)
    assert heights[2] == pytest.approx(3 * heights[0], rel=0.01)


def test_the_same_figures_give_the_same_picture() -> None:
    assert stacked_bars(BARS) == stacked_bars(BARS)


def test_numbers_on_the_scale_are_russian() -> None:
    assert "0,5" not in texts(stacked_bars([Bar("7А", (1, 0, 0))]))
    assert {"0", "1"} <= set(texts(stacked_bars([Bar("7А", (1, 0, 0))])))


def test_a_template_prints_the_chart_but_escapes_what_is_in_it() -> None:
    hostile = stacked_bars([Bar("<script>alert(1)</script>", (1, 0, 0))], title='" onload="alert(1)')
    page = engines["django"].from_string("{{ chart }}").render({"chart": hostile})
    assert page.startswith("<svg")
    assert "<script" not in page
    assert 'onload="alert' not in page
