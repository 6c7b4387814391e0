"""Academic debts on a pupil's page. They come with the pupil's own query: the page has no query to spare."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.timezone import localdate

from risk_registry.debts import OPEN_STATES, Choice, DebtState, Outcome
from risk_registry.models import AcademicDebt, DebtAttempt, DebtStep
from risk_registry.selectors.debt_page import deed_words
from risk_registry.selectors.debts import AttemptTold, made_by_words
from school.access import Viewer
from school.models import AcademicYear, Period, Pupil
from school.shared import TimelineItem

_COLUMNS = ("pk", "state", "result", "due", "cleared_on", "order_number", "order_date", "choice")


@dataclass(frozen=True)
class PupilDebt:
    """A debt that stands, as the page tells it. `choice`: the parents', in words."""

    key: int
    subject: str
    made_by: str
    state: DebtState
    due: date
    cleared_on: date | None
    order_number: str
    order_date: date | None
    choice: str
    attempts: tuple[AttemptTold, ...]
    items: tuple[TimelineItem, ...]

    @property
    def is_open(self) -> bool:
        """Confirmed and not cleared."""
        return self.state in OPEN_STATES

    def is_late(self, today: date) -> bool:
        """The term is over and the debt is open."""
        return self.state == DebtState.CONFIRMED and self.due < today


def with_debts(pupils: QuerySet[Pupil], user: Viewer) -> QuerySet[Pupil]:
    """With the debts that the person may see, for `debts_told`; those declined and withdrawn are left out."""
    out = (DebtState.DECLINED, DebtState.WITHDRAWN)
    rows = AcademicDebt.objects.visible_to(user).filter(pupil=OuterRef("pk")).exclude(state__in=out)
    attempts = DebtAttempt.objects.filter(debt=OuterRef("pk")).order_by("on", "pk")
    steps = DebtStep.objects.filter(debt=OuterRef("pk")).order_by("version")
    told = JSONObject(
        **{name: name for name in _COLUMNS},
        subject="subject__name",
        start="year__start",
        system="period__system",
        number="period__number",
        attempts=ArraySubquery(attempts.values(told=JSONObject(number="number", on="on", outcome="outcome"))),
        steps=ArraySubquery(steps.values(told=JSONObject(at="at", deed="deed", to="to_state", comment="comment"))),
    )
    ordered = rows.order_by("-year__start", "subject__sort_key", "pk")
    found: QuerySet[Any] = pupils.annotate(debts_json=ArraySubquery(ordered.values(told=told)))
    return found


def debts_told(pupil: Any) -> tuple[PupilDebt, ...]:
    """The debts of a pupil who was read by `with_debts`; none of one who was not."""
    return tuple(_debt(told) for told in getattr(pupil, "debts_json", ()))


def debt_items(debts: Iterable[PupilDebt], year: AcademicYear | None) -> list[TimelineItem]:
    """What happened to them in the year."""
    if year is None:
        return []
    return [item for debt in debts for item in debt.items if year.starts <= item.on <= year.ends]


def _debt(told: Mapping[str, Any]) -> PupilDebt:
    period = Period(system=told["system"], number=told["number"]).title if told["system"] else ""
    return PupilDebt(
        key=told["pk"],
        subject=told["subject"],
        made_by=made_by_words(told["result"], period, AcademicYear(start=told["start"]).title),
        state=DebtState(told["state"]),
        due=date.fromisoformat(told["due"]),
        cleared_on=_day(told["cleared_on"]),
        order_number=told["order_number"],
        order_date=_day(told["order_date"]),
        choice=Choice(told["choice"]).label.lower() if told["choice"] else "",
        attempts=tuple(_attempt(one) for one in told["attempts"]),
        items=tuple(_item(told, one) for one in told["steps"]),
    )


def _attempt(told: Mapping[str, Any]) -> AttemptTold:
    return AttemptTold(told["number"], date.fromisoformat(told["on"]), Outcome(told["outcome"]))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _item(debt: Mapping[str, Any], step: Mapping[str, Any]) -> TimelineItem:
    words = [part for part in (deed_words(step["deed"], step["to"]), step["comment"]) if part]
    return TimelineItem(
        on=localdate(datetime.fromisoformat(step["at"])),
        kind="step",
        title="Задолженность:",
        text=f"{debt['subject']}, {': '.join(words)}",
        url=reverse("debts:debt", args=[debt["pk"]]),
    )
