"""One indicator on its page: where it stands, its way through periods as a chart, its frozen values."""

from dataclasses import dataclass
from decimal import Decimal

from documents.rendering.charts import Series, line_chart
from monitoring.computations.base import Scope
from monitoring.models import Measurement
from monitoring.reports.board import BoardLine, Value, board_line
from monitoring.selectors_figures import Figure
from monitoring.selectors_measures import measurements_by_code, measurements_of
from monitoring.selectors_targets import undertakings_of
from roadmaps.indicators import Indicator
from roadmaps.rules.targets import Undertaking
from school.models import Period, User


@dataclass(frozen=True)
class IndicatorPage:
    """`line` tells what stands (frozen or counted now), `kept` is the frozen value, `chart` an SVG or empty."""

    line: BoardLine
    kept: Measurement | None
    differs: bool
    undertaken: Undertaking | None
    chart: str


def indicator_page(user: User, period: Period, one: Indicator, figure: Figure) -> IndicatorPage:
    """Some six queries beside those of the figure."""
    scope = Scope.of(period)
    undertaken = undertakings_of(scope.school, scope.day).get(one.code)
    kept = measurements_of(user, period).get(one.code)
    before = measurements_by_code(scope.school, period).get(one.code, [])
    told = Value(figure.numerator, figure.denominator, figure.value, figure.basis, figure.why)
    if kept is not None:
        told = Value(kept.numerator, kept.denominator, kept.value, kept.basis)
    line = board_line(one, told, undertaken, before, scope)
    now = (figure.numerator, figure.denominator)
    differs = kept is not None and (kept.numerator, kept.denominator) != now
    return IndicatorPage(line, kept, differs, undertaken, _chart(line))


def _chart(line: BoardLine) -> str:
    """From two known values on."""
    values = [value for _, value in line.path]
    if sum(value is not None for value in values) < 2:
        return ""
    series = [Series("значение", tuple(map(_number, values)))]
    if line.needed is not None:
        series.append(Series("план", tuple(_number(line.needed) for _ in values)))
    return line_chart([title.split()[0] for title, _ in line.path], series, f"{line.code}: {line.path_words}")


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
