"""Who was in the registry on a day of the past, with the category and the state of that day: read from the steps."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import CharField, Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from common.names import name_key
from risk_registry.categories import Category, EntryState
from risk_registry.models import RegistryEntry, RegistryStep
from risk_registry.selectors.registry import OUT
from risk_registry.workflow import Deed
from school.models import Enrolment, Period, Pupil, User


@dataclass(frozen=True)
class AsOf:
    """The registry of a period as it was when the day ended. Empty `state` and `text` mean any."""

    period: Period
    day: date
    state: str = ""
    text: str = ""


@dataclass(frozen=True)
class AsOfRow:
    """A pupil who was in the registry; `since`: when the entry came to stand so; `school_class`: of that day."""

    entry: int
    pupil: Pupil
    school_class: str
    category: Category
    state: EntryState
    subjects: tuple[str, ...]
    corrected: bool
    since: datetime
    by: str


def steps_as_of(user: User, asked: AsOf) -> QuerySet[RegistryStep]:
    """The last step of each visible entry until the day's end, where it left the entry in the registry; by name."""
    last = _last_steps(user, asked).values("pk")
    found = RegistryStep.objects.filter(pk__in=last).exclude(to_state__in=OUT)
    if asked.state:
        found = found.filter(to_state=asked.state)
    if asked.text.strip():
        found = found.filter(entry__pupil__sort_key__contains=name_key(asked.text))
    seat = Enrolment.objects.on(asked.day).filter(pupil=OuterRef("entry__pupil")).values("school_class__name")
    steps = found.annotate(
        seat=Coalesce(Subquery(seat[:1]), F("entry__school_class__name"), output_field=CharField()),
        corrected=Subquery(_category_decided(asked).values("deed")[:1]),
    )
    return steps.select_related("entry__pupil", "by__staff").order_by("entry__pupil__sort_key", "entry")


def _last_steps(user: User, asked: AsOf) -> QuerySet[RegistryStep]:
    return last_steps(RegistryEntry.objects.visible_to(user), asked.period, asked.day)


def last_steps(entries: QuerySet[RegistryEntry], period: Period, day: date) -> QuerySet[RegistryStep]:
    """The last step of each of the entries of a period until the day ended."""
    known = entries.filter(period=period).order_by().values("pk")
    steps = RegistryStep.objects.filter(entry__in=known, at__lt=day_end(period, day))
    return steps.order_by("entry", "-version").distinct("entry")


def _category_decided(asked: AsOf) -> QuerySet[RegistryStep]:
    """Steps that said which category the entry has, the last first: a correction holds until the marks are accepted."""
    deeds = (Deed.CORRECT, Deed.ACCEPT)
    steps = RegistryStep.objects.filter(
        entry=OuterRef("entry"), at__lt=day_end(asked.period, asked.day), deed__in=deeds
    )
    return steps.order_by("-version")


def day_end(period: Period, day: date) -> datetime:
    """The moment in which the day ends in the school."""
    zone = ZoneInfo(period.year.school.timezone)
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=zone)


def counts_as_of(user: User, asked: AsOf) -> dict[str, int]:
    """How many entries stood in each state; one query."""
    last = _last_steps(user, asked).values("pk")
    rows = RegistryStep.objects.filter(pk__in=last).exclude(to_state__in=OUT).order_by().values("to_state")
    return dict(rows.annotate(number=Count("pk")).values_list("to_state", "number"))


def rows_as_of(steps: Iterable[Any], names: Mapping[int, str]) -> list[AsOfRow]:
    """Lines, from steps as `steps_as_of` reads them; no further queries."""
    return [
        AsOfRow(
            entry=step.entry_id,
            pupil=step.entry.pupil,
            school_class=step.seat,
            category=Category(step.category),
            state=EntryState(step.to_state),
            subjects=tuple(names[key] for key in step.subjects if key in names),
            corrected=step.corrected == Deed.CORRECT,
            since=step.at,
            by=step.by.display_name if step.by is not None else "по отметкам",
        )
        for step in steps
    ]
