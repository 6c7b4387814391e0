"""The class page: pupils × subjects as a heat map, categories, absences; a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.postgres.aggregates import BoolOr
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, FilteredRelation, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, JSONObject
from django.urls import reverse

from common.look import Chip, Tab
from common.russian import counted, decimal
from desk.rules import HeatCell, heat_of_mean, heat_of_result
from desk.selectors.class_lists import Missed, class_missed, class_signals, signals_number
from desk.selectors.reasons import reasons_in_words
from gradebook.models import Absence, AbsenceReason, Mark, PeriodMean, PeriodResult
from gradebook.permissions import keeps_grounds_of_class, keeps_sheet_of_class
from gradebook.selectors import data_as_of
from parents.permissions import makes_notices_of
from risk_registry.categories import Category
from risk_registry.facts import thresholds_of
from risk_registry.models import rank
from risk_registry.permissions import can_record_deed
from risk_registry.rules.categories import SubjectFacts, Thresholds, mean_of
from risk_registry.selectors.signals import SignalRow
from school.access import Viewer, access_of, readable_classes
from school.models import Period, Pupil, SchoolClass, Subject, User
from school.selectors_classes import pupils_of_class

MEANS, RESULTS, CATEGORIES, MISSED, SIGNALS = "means", "results", "categories", "missed", "signals"
VIEWS = (MEANS, RESULTS, CATEGORIES, MISSED, SIGNALS)
_STEP = Decimal("0.1")


@dataclass(frozen=True)
class HeatColumn:
    """A subject of the map."""

    pk: int
    name: str
    short: str


@dataclass(frozen=True)
class HeatRow:
    """A pupil of the map. `low` counts the cells below the border of a 3."""

    pupil: Pupil
    url: str
    category: Category | None
    provisional: bool
    reasons: tuple[str, ...]
    cells: tuple[tuple[HeatCell, str], ...]
    low: int
    mean: str
    missed: int
    bad: int


@dataclass(frozen=True)
class ClassPage:
    """What the page shows: `view` is one of `VIEWS`, of which the last three are lists in place of the map."""

    school_class: SchoolClass
    period: Period | None
    tabs: tuple[Tab, ...]
    views: tuple[Chip, ...]
    view: str
    columns: tuple[HeatColumn, ...]
    rows: tuple[HeatRow, ...]
    data_on: date | None
    stale: bool
    unmarked: bool
    thresholds: Thresholds
    counts: tuple[tuple[Category, int], ...] = field(default_factory=tuple)
    missed: Missed | None = None
    signals: tuple[SignalRow, ...] = ()
    grounds: bool = False
    sheet: bool = False
    records: bool = False
    notifies: bool = False

    @property
    def provisional(self) -> bool:
        """Whether any category of the class is."""
        return any(row.provisional for row in self.rows)

    @property
    def by_category(self) -> list[tuple[Category | None, list[HeatRow]]]:
        """The pupils by category, the gravest first; None for those of whom nothing is known, at the end."""
        known = [(category, [row for row in self.rows if row.category == category]) for category in (*Category, None)]
        return [(category, rows) for category, rows in known if rows]

    @property
    def categories_url(self) -> str:
        """Where the pupils stand by category; empty without a period."""
        return "" if self.period is None else _url(self.school_class, self.period, CATEGORIES)

    @property
    def legend(self) -> list[tuple[str, str, str]]:
        """Tone, an example, and which means have it, by the school's rounding."""
        edge = self.thresholds.round_up_from
        starts = [decimal(grade + edge) for grade in (2, 3, 4)]
        return [
            ("2", decimal(2 + edge - _STEP), f"ниже {starts[0]}, прогноз «2»"),
            ("3", starts[0], f"от {starts[0]}"),
            ("4", starts[1], f"от {starts[1]}"),
            ("5", starts[2], f"от {starts[2]}"),
        ]

    @property
    def few_words(self) -> str:
        """«3 отметок»: fewer foretell nothing."""
        return counted(self.thresholds.forecast_min_marks, "отметки", "отметок", "отметок")


def class_with_periods(user: Viewer) -> QuerySet[SchoolClass]:
    """The classes whose page the person may open, each with the `periods_told` of its year as JSON."""
    periods = Period.objects.filter(year=OuterRef("year")).order_by("system", "number")
    told = JSONObject(pk="pk", number="number", system="system", starts="starts", ends="ends")
    return (
        readable_classes(user)
        .select_related("class_teacher", "year", "school__settings")
        .annotate(periods_told=ArraySubquery(periods.values(told=told)))
    )


def class_page(user: User, school_class: SchoolClass, *, number: int | None, view: str) -> ClassPage:
    """Everything of the page; `school_class` comes from `class_with_periods(user)`. Seven queries more at most."""
    today = access_of(user).today or school_class.school.today()
    own = [each for each in _periods(school_class) if each.system == school_class.period_system]
    begun = [each for each in own if each.starts <= today]
    period = next((each for each in begun if each.number == number), begun[-1] if begun else None)
    settings = school_class.school.settings
    data_on = data_as_of([school_class])[school_class.pk]
    told = _Told(user, school_class, period, today, view)
    found = [row.category for row in told.rows]
    return ClassPage(
        school_class=school_class,
        period=period,
        tabs=_tabs(school_class, begun, period, view),
        views=told.views(),
        view=view,
        columns=told.map.columns,
        rows=told.rows,
        data_on=data_on,
        stale=data_on is not None and (today - data_on).days > settings.stale_after_days,
        unmarked=school_class.grade < settings.marks_from_grade,
        thresholds=told.thresholds,
        counts=tuple((category, found.count(category)) for category in Category if category in found),
        missed=told.missed(),
        signals=told.signals(),
        grounds=keeps_grounds_of_class(user, school_class),
        sheet=keeps_sheet_of_class(user, school_class),
        records=can_record_deed(user),
        notifies=makes_notices_of(user, school_class),
    )


class _Told:
    """What of the class one view of one period asks for."""

    def __init__(self, user: User, school_class: SchoolClass, period: Period | None, today: date, view: str) -> None:
        self.user, self.school_class, self.period, self.view = user, school_class, period, view
        self.thresholds = thresholds_of(school_class.school.settings)
        shown = period if view in (MEANS, RESULTS) else None
        self.map = _HeatMap(school_class, shown, self.thresholds, results=view == RESULTS)
        self.rows: tuple[HeatRow, ...] = ()
        self.main: Period | None = None
        if period is not None:
            day = min(today, period.ends)
            self.main = _main_on(school_class, day)
            self.pupils = pupils_of_class(user, school_class, day)
            self.rows = _rows(self.pupils, period, self.main, self.map)

    def views(self) -> tuple[Chip, ...]:
        if self.period is None:
            return ()
        lessons = sum(row.missed for row in self.rows)
        signals = signals_number(self.user, self.school_class, self.main) if self.main else 0
        titles = ("Средние отметки", "Итоги", "По категориям", f"Пропуски {lessons}", f"Сигналы {signals}")
        return tuple(
            Chip(title, _url(self.school_class, self.period, key), key == self.view)
            for key, title in zip(VIEWS, titles, strict=True)
        )

    def missed(self) -> Missed | None:
        return class_missed(self.pupils, self.period) if self.period and self.view == MISSED else None

    def signals(self) -> tuple[SignalRow, ...]:
        return class_signals(self.user, self.school_class, self.main) if self.main and self.view == SIGNALS else ()


def _main_on(school_class: SchoolClass, day: date) -> Period | None:
    """The period of the school's main system under way on that day, by which categories and signals are kept."""
    system = school_class.year.main_system
    mains = [each for each in _periods(school_class) if each.system == system and each.starts <= day]
    return mains[-1] if mains else None


def _periods(school_class: Any) -> list[Period]:
    return [
        Period(
            pk=told["pk"],
            year=school_class.year,
            number=told["number"],
            system=told["system"],
            starts=date.fromisoformat(told["starts"]),
            ends=date.fromisoformat(told["ends"]),
        )
        for told in school_class.periods_told
    ]


def _url(school_class: SchoolClass, period: Period, view: str) -> str:
    asked = f"?period={period.number}" + (f"&view={view}" if view != MEANS else "")
    return reverse("desk:class", args=[school_class.pk]) + asked


def _tabs(school_class: SchoolClass, begun: list[Period], now: Period | None, view: str) -> tuple[Tab, ...]:
    return tuple(Tab(period.title, _url(school_class, period, view), period == now) for period in begun)


class _HeatMap:
    """Cells of the class in the period, by pupil and subject; one query."""

    def __init__(
        self, school_class: SchoolClass, period: Period | None, thresholds: Thresholds, *, results: bool
    ) -> None:
        self.thresholds = thresholds
        self.cells: dict[int, dict[int, tuple[HeatCell, Decimal | None]]] = defaultdict(dict)
        names: dict[int, tuple[str, str, str]] = {}
        if period is not None:
            for told in (_result_cells if results else _mean_cells)(school_class, period):
                names[told["subject"]] = (told["subject__sort_key"], told["subject__name"], told["subject__short_name"])
                self.cells[told["pupil"]][told["subject"]] = self._cell(told, results=results)
        ordered = sorted(names.items(), key=lambda pair: pair[1])
        self.columns = tuple(HeatColumn(key, name, short or name[:4]) for key, (_, name, short) in ordered)

    def _cell(self, told: Mapping[str, Any], *, results: bool) -> tuple[HeatCell, Decimal | None]:
        if results:
            value = str(told["value"])
            return heat_of_result(value, excused=told["excused"]), Decimal(value) if value.isdigit() else None
        exact = mean_of(_facts(told))
        assert exact is not None  # there is at least one mark in the group
        return heat_of_mean(exact, told["marks"], self.thresholds), exact


def _of_class(school_class: SchoolClass) -> Q:
    return Q(pupil__in=school_class.enrolments.values("pupil"))


def _mean_cells(school_class: SchoolClass, period: Period) -> Iterable[Mapping[str, Any]]:
    stated = PeriodMean.objects.filter(pupil=OuterRef("pupil"), subject=OuterRef("subject"), period=period.pk)
    return (
        Mark.objects.filter(_of_class(school_class), date__range=(period.starts, period.ends))
        .values("pupil", "subject", "subject__name", "subject__short_name", "subject__sort_key")
        .annotate(
            marks=Count("pk"),
            total=Sum("value"),
            newest=Max("batch"),
            hand=BoolOr("by_hand"),
            stated=Subquery(stated.values(told=JSONObject(weighted="weighted", batch="batch"))[:1]),
        )
        .order_by()
    )


def _result_cells(school_class: SchoolClass, period: Period) -> Iterable[Mapping[str, Any]]:
    rows = PeriodResult.objects.filter(_of_class(school_class), period=period.pk)
    return rows.values(
        "pupil", "subject", "subject__name", "subject__short_name", "subject__sort_key", "value", "excused"
    )


def _facts(told: Mapping[str, Any]) -> SubjectFacts:
    stated = told["stated"] or {}
    newer = told["hand"] or (told["newest"] or 0) > (stated.get("batch") or 0)
    weighted = stated.get("weighted")
    return SubjectFacts(
        subject=told["subject"],
        marks=told["marks"],
        total=told["total"],
        weighted=None if newer or weighted is None else Decimal(str(weighted)),
    )


def _rows(pupils: QuerySet[Pupil], period: Period, main: Period | None, map_: _HeatMap) -> tuple[HeatRow, ...]:
    """Those of the class on the period's last day that is over; the graver category first."""
    judged = list(_judged(pupils, period, main))
    wanted = {key for pupil in judged for key in _subjects_of(pupil)} - {column.pk for column in map_.columns}
    names = {column.pk: column.name for column in map_.columns}
    names |= dict(Subject.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}
    return tuple(_row(pupil, map_, names) for pupil in judged)


def _subjects_of(pupil: Any) -> Iterable[int]:
    """The subjects that the reasons of the category name."""
    return (told["subject"] for told in pupil.category_evidence or ())


def _judged(pupils: QuerySet[Pupil], period: Period, main: Period | None) -> QuerySet[Pupil]:
    """With the category of the school's own period and what was missed in the class's."""
    missed = Absence.objects.filter(pupil=OuterRef("pk"), date__range=(period.starts, period.ends))
    return pupils.annotate(
        judged=FilteredRelation("categories", condition=Q(categories__period=main.pk if main else None)),
        category=F("judged__category"),
        category_provisional=F("judged__provisional"),
        category_unrated=F("judged__unrated"),
        category_evidence=F("judged__evidence"),
        missed=_number(missed),
        bad=_number(missed.counted().filter(counted=AbsenceReason.UNEXCUSED)),
        grave=rank("judged__category", Category),
    ).order_by("grave", "sort_key", "pk")


def _number(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("pupil").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def _row(pupil: Any, map_: _HeatMap, names: dict[int, str]) -> HeatRow:
    known = map_.cells.get(pupil.pk, {})
    category = Category(pupil.category) if pupil.category and not pupil.category_unrated else None
    exact = [value for _, value in known.values() if value is not None]
    return HeatRow(
        pupil=pupil,
        url=reverse("desk:pupil", args=[pupil.pk]),
        category=category,
        provisional=bool(pupil.category_provisional),
        reasons=reasons_in_words(category, pupil.category_evidence, names) if category else (),
        cells=tuple(_linked(pupil, column, known) for column in map_.columns),
        low=sum(cell.tone == "2" for cell, _ in known.values()),
        mean=decimal(sum(exact) / len(exact)) if exact else "—",
        missed=pupil.missed,
        bad=pupil.bad,
    )


def _linked(
    pupil: Pupil, column: HeatColumn, known: dict[int, tuple[HeatCell, Decimal | None]]
) -> tuple[HeatCell, str]:
    """Only the lowest cells are links, to keep the way of the Tab key short."""
    cell = known[column.pk][0] if column.pk in known else HeatCell("–", "")
    url = reverse("desk:subject", args=[pupil.pk, column.pk]) if cell.tone == "2" else ""
    return cell, url
