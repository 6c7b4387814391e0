"""Academic debts as lists show them: which there are, what each waits for, what the journal says now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, CharField, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Concat, JSONObject

from common.names import name_key
from common.russian import counted, date_short
from gradebook.models import PeriodResult, ResultKind
from risk_registry.debts import LOST, DebtState, Need, Outcome
from risk_registry.models import AcademicDebt, DebtAttempt
from risk_registry.rules.debts import MOST_ATTEMPTS, Attempt, is_unsatisfactory
from school.access import access_of
from school.models import Enrolment, User

# Those that somebody still has to do something about.
UNSETTLED = (DebtState.PROPOSED, DebtState.CONFIRMED, DebtState.NOT_CLEARED)
SOON_DAYS = 30
SORTS: Mapping[str, tuple[str, ...]] = {
    "name": (),
    "class": ("seat_grade", "seat_letter"),
    "subject": ("subject__sort_key",),
    "due": ("due",),
}
DEFAULT_SORT = "due"


@dataclass(frozen=True)
class DebtQuery:
    """What a list is asked for. Empty means any; `state` empty means all that are not settled.

    `term`: «soon» for terms that run out within 30 days, «over» for those that have.
    """

    today: date
    state: str = ""
    school_class: int | None = None
    subject: int | None = None
    need: str = ""
    term: str = ""
    text: str = ""
    sort: str = DEFAULT_SORT


@dataclass(frozen=True)
class AttemptTold:
    """An attempt in a list: «1-я 10.09.2026: не сдал»."""

    number: int
    on: date
    outcome: Outcome

    @property
    def words(self) -> str:
        """«1-я 10.09.2026: не сдал»."""
        return f"{self.number}-я {date_short(self.on)}: {self.outcome.label.lower()}"


def made_by_words(result: str, period: str, year: str) -> str:
    """«2, 2025/26», «н/а, 1-я четверть 2025/26», «внесена вручную, 2025/26»."""
    return f"{result or 'внесена вручную'}, {period} {year}" if period else f"{result or 'внесена вручную'}, {year}"


@dataclass(frozen=True)
class DebtRow:
    """A line of the list. `seat`: the class of today, empty for who left. `now`: what the journal says instead."""

    debt: AcademicDebt
    state: DebtState
    need: Need
    seat: str
    attempts: tuple[AttemptTold, ...]
    now: str
    today: date

    @property
    def made_by(self) -> str:
        """«2 за 2025/26», «н/а, 1-я четверть 2025/26», «внесена вручную, 2025/26»."""
        period = self.debt.period.title if self.debt.period is not None else ""
        return made_by_words(self.debt.result, period, self.debt.year.title)

    @property
    def is_late(self) -> bool:
        """The term is over and the debt is open."""
        return self.state == DebtState.CONFIRMED and self.debt.due < self.today

    @property
    def left(self) -> str:
        """«осталось 12 дней», where that is near."""
        days = (self.debt.due - self.today).days
        if self.state != DebtState.CONFIRMED or not 0 <= days <= SOON_DAYS:
            return ""
        return "последний день" if days == 0 else f"осталось {counted(days, 'день', 'дня', 'дней')}"


def debts_found(user: User, query: DebtQuery) -> QuerySet[Any]:
    """The debts that the query finds, in its order, with what a row needs; one query when read."""
    descending = query.sort.startswith("-")
    names = (*SORTS.get(query.sort.lstrip("-"), SORTS[DEFAULT_SORT]), "pupil__sort_key")
    keys = [F(name).desc(nulls_last=True) if descending else F(name).asc(nulls_last=True) for name in names]
    rows = for_rows(AcademicDebt.objects.visible_to(user), query.today)
    found: QuerySet[Any] = rows.filter(_asked(query)).order_by(*keys, "subject__sort_key", "pk")
    return found


def for_rows(rows: QuerySet[Any], today: date) -> QuerySet[Any]:
    """With what `debt_rows` reads."""
    told = JSONObject(number="number", on="on", outcome="outcome")
    attempts = DebtAttempt.objects.filter(debt=OuterRef("pk")).order_by("on", "pk")
    found: QuerySet[Any] = (
        with_now(with_need(with_seat(rows, today), today))
        .annotate(told=ArraySubquery(attempts.values(told=told)))
        .select_related("pupil", "subject", "year", "period", "school_class")
    )
    return found


def with_seat(rows: QuerySet[Any], today: date) -> QuerySet[Any]:
    """With the class of today: `seat_class`, `seat_name`, `seat_grade`, `seat_letter`; null for who left."""
    seat = Enrolment.objects.on(today).filter(pupil=OuterRef("pupil"))
    found: QuerySet[Any] = rows.annotate(
        seat_class=Subquery(seat.values("school_class")[:1]),
        seat_name=Subquery(seat.values("school_class__name")[:1]),
        seat_grade=Subquery(seat.values("school_class__grade")[:1]),
        seat_letter=Subquery(seat.values("school_class__letter")[:1]),
    )
    return found


def with_need(rows: QuerySet[Any], today: date) -> QuerySet[Any]:
    """With `need`, as `rules.debts.need_of` says, and `planned_on`."""
    attempts = DebtAttempt.objects.filter(debt=OuterRef("pk")).order_by()
    lost = attempts.filter(outcome__in=LOST).values("debt").annotate(number=Count("pk")).values("number")
    found: QuerySet[Any] = rows.annotate(
        planned_on=Subquery(attempts.filter(outcome=Outcome.PLANNED).values("on")[:1]),
        lost=Coalesce(Subquery(lost), 0),
        need=Case(
            When(state=DebtState.PROPOSED, then=Value(Need.CONFIRM.value)),
            When(state=DebtState.NOT_CLEARED, choice="", then=Value(Need.CHOICE.value)),
            When(~Q(state=DebtState.CONFIRMED), then=Value(Need.NOTHING.value)),
            When(planned_on__lte=today, then=Value(Need.OUTCOME.value)),
            When(planned_on__isnull=False, then=Value(Need.WAIT.value)),
            When(Q(lost__gte=MOST_ATTEMPTS) | Q(due__lt=today), then=Value(Need.CLOSE.value)),
            When(lost__gt=0, then=Value(Need.COMMISSION.value)),
            default=Value(Need.PLAN.value),
            output_field=CharField(),
        ),
    )
    return found


def with_now(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With `now_value` of the result that made the debt; «н/а+» when it is excused, null when it is gone."""
    result = PeriodResult.objects.filter(
        pupil=OuterRef("pupil"), subject=OuterRef("subject"), year=OuterRef("year")
    ).annotate(told=Case(When(excused=True, then=Concat("value", Value("+"))), default=F("value")))
    of_year = result.filter(kind=ResultKind.YEAR).values("told")[:1]
    of_period = result.filter(kind=ResultKind.PERIOD, period=OuterRef("period")).values("told")[:1]
    now = Case(When(period__isnull=True, then=Subquery(of_year)), default=Subquery(of_period))
    found: QuerySet[Any] = rows.annotate(now_value=now)
    return found


def debt_counts(user: User, query: DebtQuery) -> tuple[dict[str, int], int]:
    """How many debts there are in each state, and how many the query finds; one query."""
    rows = with_need(with_seat(AcademicDebt.objects.visible_to(user), query.today), query.today)
    told = rows.order_by().values("state").annotate(number=Count("pk"), found=Count("pk", filter=_asked(query)))
    pairs = [(row["state"], row["number"], row["found"]) for row in told]
    return {state: number for state, number, _ in pairs}, sum(found for _, _, found in pairs)


def _asked(query: DebtQuery) -> Q:
    found = Q(state=query.state) if query.state else Q(state__in=UNSETTLED)
    if query.school_class is not None:
        found &= Q(seat_class=query.school_class)
    if query.subject is not None:
        found &= Q(subject=query.subject)
    if query.need:
        found &= Q(need=query.need)
    if query.text.strip():
        found &= Q(pupil__sort_key__contains=name_key(query.text))
    return found & _term(query)


def _term(query: DebtQuery) -> Q:
    if query.term == "over":
        return Q(state=DebtState.CONFIRMED, due__lt=query.today)
    if query.term == "soon":
        return Q(state=DebtState.CONFIRMED, due__range=(query.today, query.today + timedelta(days=SOON_DAYS)))
    return Q()


def debt_rows(debts: Iterable[Any], today: date) -> list[DebtRow]:
    """Lines of a list, from debts as `for_rows` reads them; no further queries."""
    return [
        DebtRow(
            debt=debt,
            state=DebtState(debt.state),
            need=Need(debt.need),
            seat=debt.seat_name or "",
            attempts=tuple(_attempt(told) for told in debt.told),
            now=_now(debt),
            today=today,
        )
        for debt in debts
    ]


def _attempt(told: Mapping[str, Any]) -> AttemptTold:
    return AttemptTold(told["number"], date.fromisoformat(told["on"]), Outcome(told["outcome"]))


def _now(debt: Any) -> str:
    """What the journal says, where a confirmed debt no longer follows from it."""
    if debt.by_hand or debt.state not in (DebtState.CONFIRMED, DebtState.NOT_CLEARED):
        return ""
    if debt.now_value is None:
        return "итога нет"
    value = debt.now_value.rstrip("+")
    excused = debt.now_value.endswith("+")
    if is_unsatisfactory(value, excused=excused):
        return ""
    return "«н/а» по уважительной причине" if excused else f"«{value}»"


def attempts_told(debt: AcademicDebt) -> list[Attempt]:
    """The debt's attempts as the rules ask."""
    return [Attempt(row.number, row.on, Outcome(row.outcome)) for row in debt.attempts.all()]


def subjects_of_debts(user: User) -> list[tuple[int, str]]:
    """Subjects in which the person sees debts, in alphabetical order; one query."""
    rows = AcademicDebt.objects.visible_to(user).order_by("subject__sort_key", "subject")
    return list(rows.values_list("subject", "subject__name").distinct())


def today_of(user: User) -> date:
    """The day of the person's school."""
    return access_of(user).today or date.min
