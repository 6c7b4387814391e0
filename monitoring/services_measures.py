"""Writing values of indicators: what people answer, and a period frozen as it was."""

from collections.abc import Iterable
from datetime import timedelta

from common.authorship import deed
from common.errors import Refused
from common.russian import date_short
from documents.services.attachments import attachment_keep
from monitoring.computations.base import Rows, Scope, Side
from monitoring.models import ManualValue, Measurement
from monitoring.permissions import can_measure
from monitoring.rules.values import SHARES, value_of
from monitoring.selectors import is_over, last_day_of
from monitoring.selectors_figures import Figure, figures_of
from monitoring.selectors_targets import indicators_of, single_target, undertakings_of
from monitoring.services_aggregates import aggregate_keep
from risk_registry.selectors.approvals import term_of
from risk_registry.selectors.periods import main_periods, year_of
from roadmaps.indicators import Counted, Indicator, Unit
from school.models import Period, School, User
from school.selectors import holiday_spans

VALUE_FILE = "monitoring.value"


@deed
def value_set(
    *, by: User, period: Period, indicator: Indicator, number: int, of: int | None, text: str, content: bytes | None
) -> ManualValue:
    """Answer for an indicator; a former answer of the same period is taken back by it.

    Raises `Refused` for who may not, for numbers that cannot be, without words of what it rests on, and once the
    period is frozen.
    """
    school = period.year.school
    _lock(period)
    _check_answer(by, period, indicator, number, of, text)
    ManualValue.objects.standing().filter(period=period, code=indicator.code).update(
        removed_at=school.now(), removed_by=by, removed_why="Внесено новое значение."
    )
    row = ManualValue(
        school=school,
        period=period,
        code=indicator.code,
        number=number,
        of=of,
        text=text.strip(),
        by=by,
        at=school.now(),
    )
    if content:
        row.file = attachment_keep(
            by=by, school=school, kind=VALUE_FILE, params={}, title=f"Показатель {indicator.code}", content=content
        )
    row.save()
    if row.file is not None:  # whoever fetches it is asked about this very row
        row.file.params = {"value": row.pk}
        row.file.save(update_fields=["params"])
    return row


def _check_answer(by: User, period: Period, indicator: Indicator, number: int, of: int | None, text: str) -> None:
    if not can_measure(by):
        raise Refused("Значения показателей вносит директор или его заместитель.")
    if Measurement.objects.filter(period=period, code=indicator.code).exists():
        raise Refused("Период уже зафиксирован: значение внесите за следующий период.")
    if not text.strip():
        raise Refused("Напишите, чем подтверждается значение.")
    there = indicator.unit == Unit.PRESENCE or indicator.counted == Counted.SCHOOLS
    if there and number not in (0, 1):
        raise Refused("Ответ — есть или нет.")
    if indicator.unit in SHARES and not of:
        raise Refused("Укажите, из скольких: доля от нуля не считается.")
    if of is not None and number > of:
        raise Refused("Число не может быть больше того, из скольких оно взято.")


def _lock(period: Period) -> None:
    """Answers and the freezing of a period come one after another: what is frozen is what stands."""
    Period.objects.select_for_update(of=("self",)).get(pk=period.pk)


@deed
def value_remove(*, by: User, value: ManualValue, why: str) -> None:
    """Take an answer back. Raises `Refused` without why, when it is taken back already, once the period is frozen."""
    if not can_measure(by):
        raise Refused("Значения показателей отзывает директор или его заместитель.")
    if not why.strip():
        raise Refused("Напишите, почему значение отозвано.")
    _lock(value.period)
    if Measurement.objects.filter(period=value.period, code=value.code).exists():
        raise Refused("Период уже зафиксирован: значение не отзывается.")
    row = ManualValue.objects.select_related("school").get(pk=value.pk)
    if row.removed_at is not None:
        raise Refused(f"Значение уже отозвано: {row.removed_why}")
    row.removed_at, row.removed_by, row.removed_why = row.school.now(), by, why.strip()
    row.save(update_fields=["removed_at", "removed_by", "removed_why"])


@deed
def period_freeze(*, by: User | None, period: Period) -> list[Measurement]:
    """Keep every indicator of a period as it is now; `by` None is the calendar. Once for each period.

    Raises `Refused` for who may not, while the period goes on, and where it is frozen already.
    """
    school = period.year.school
    if by is not None and not can_measure(by):
        raise Refused("Период фиксирует директор или его заместитель.")
    if not is_over(period, school.today()):
        raise Refused(f"Период ещё идёт: зафиксировать его можно с {date_short(last_day_of(period))}.")
    _lock(period)
    if Measurement.objects.filter(period=period).exists():
        raise Refused("Этот период уже зафиксирован.")
    scope = Scope.of(period)
    undertaken = undertakings_of(school, scope.day)
    figures = figures_of(scope, indicators_of(undertaken))
    rows = [_row(scope, one, by) for one in figures.values()]
    for row in rows:
        row.target = single_target(undertaken.get(row.code), scope.day)
    kept = Measurement.objects.bulk_create(rows)
    aggregate_keep(period=period)
    return kept


def _row(scope: Scope, figure: Figure, by: User | None) -> Measurement:
    told = figure.reckoned
    return Measurement(
        school=scope.school,
        period=scope.period,
        code=figure.code,
        unit=figure.indicator.unit,
        origin=figure.indicator.origin,
        numerator=figure.numerator,
        denominator=figure.denominator,
        value=value_of(figure.indicator.unit, figure.numerator, figure.denominator),
        basis=figure.basis,
        version=figure.version,
        day=scope.day,
        counted=_keys(told.numerator) if told is not None else None,
        whole=_keys(told.denominator) if told is not None and told.denominator is not None else None,
        by=by,
        at=scope.school.now(),
    )


def _keys(side: Side) -> list[int] | None:
    """Of rows that may be named; what is a number alone keeps none."""
    if isinstance(side, Rows) and side.namer is not None:
        return sorted(side.rows.order_by().values_list("pk", flat=True))
    return None


def schools_measure() -> int:
    """The calendar's freezing: periods of the current year whose registry is approved, or whose term for that is over.

    Returns how many. One school's refusal stops no other's; to do it again does nothing.
    """
    return sum(_measure_school(school) for school in School.objects.filter(classifications__isnull=False).distinct())


def _measure_school(school: School) -> int:
    try:
        year = year_of(school)
    except Refused:
        return 0
    return sum(_measure(period) for period in _waiting(school, main_periods(year)))


def _waiting(school: School, periods: Iterable[Period]) -> list[Period]:
    frozen = set(Measurement.objects.filter(school=school).values_list("period", flat=True))
    over = [period for period in periods if period.ends < school.today() and period.pk not in frozen]
    return [period for period in over if Scope.of(period).by_registry or _term_passed(period)]


def _term_passed(period: Period) -> bool:
    return term_of(period, period.year.school.today() - timedelta(days=1), holiday_spans(period.year)).passed


def _measure(period: Period) -> int:
    try:
        return len(period_freeze(by=None, period=period)) and 1
    except Refused:
        return 0
