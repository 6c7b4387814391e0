"""What the registry's term asks of class teachers and of the deputy: items of the agenda."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from common.names import initials
from common.russian import counted, date_words
from risk_registry.categories import EntryState
from risk_registry.links import registry_link
from risk_registry.models import ApprovalReminder, RegistryEntry
from risk_registry.selectors.agreeing import WAITING
from risk_registry.selectors.approvals import Term, term_of
from risk_registry.selectors.lists import period_choice
from school.access import Viewer, access_of
from school.models import START
from school.shared import AgendaItem


def present_term(user: Viewer) -> Term | None:
    """The term of the period that is decided now; one query."""
    choice, today = period_choice(user, None), access_of(user).today
    return None if choice.period is None or today is None else term_of(choice.period, today, choice.holidays)


def to_agree(user: Viewer, term: Term) -> Iterator[AgendaItem]:
    """A line for each class that the person leads and each period, with the last reminder; one query."""
    mine = _decided(user, term).filter(state=EntryState.PROPOSED, school_class__class_teacher=access_of(user).staff)
    told = ApprovalReminder.objects.filter(period=OuterRef("period"), school_class=OuterRef("school_class"))
    last = Max(Subquery(told.order_by("-pk").values("on")[:1]))
    rows: Any = mine.values("period", "school_class").annotate(number=Count("pk"), reminded=last)
    for row in rows.order_by("period__starts", "period__number", "school_class"):
        url = registry_link(period=row["period"], state=EntryState.PROPOSED, cls=row["school_class"])
        about = f"завуч напомнил {date_words(row['reminded'])}" if row["reminded"] else ""
        yield AgendaItem(f"Согласовать реестр: {_entries(row['number'])}", url, about, _due(row["period"], term))


def to_approve(user: Viewer, term: Term) -> Iterator[AgendaItem]:
    """What is agreed, by period, and the classes in which entries wait since before the term ended; one query."""
    late = Q(state__in=WAITING, changed_at__lt=term.end_of_due, period=term.period if term.passed else None)
    rows: Any = (
        _decided(user, term)
        .filter(state__in=(EntryState.AGREED, *WAITING))
        .values("period")
        .annotate(
            number=Count("pk", filter=Q(state=EntryState.AGREED)),
            late=ArrayAgg("school_class__name", filter=late, distinct=True, default=[]),
        )
    )
    for row in rows.order_by("period__starts", "period__number"):
        if row["number"]:
            url = registry_link(period=row["period"], state=EntryState.AGREED)
            title = f"Утвердить реестр: {_entries(row['number'])}"
            yield AgendaItem(title, url, due=_due(row["period"], term), signs=True)
        if row["late"]:
            url = f"{reverse('registry:approvals')}?period={row['period']}"
            about = f"записи о согласовании нет: {', '.join(sorted(row['late'], key=_by_grade))}"
            yield AgendaItem("Напомнить классным руководителям", url, about, term.due)


@dataclass(frozen=True)
class LateClass:
    """A class in which entries wait since before the term ended: how many, and who agrees to them."""

    name: str
    teacher: str
    number: int
    url: str


def classes_late(user: Viewer, term: Term) -> list[LateClass]:
    """Those of the period whose term has passed, in the order of classes; one query."""
    if not term.passed:
        return []
    waiting = RegistryEntry.objects.visible_to(user).in_period(term.period).order_by()
    rows: Any = waiting.filter(state__in=WAITING, changed_at__lt=term.end_of_due).values("school_class")
    parts = {part: F(f"school_class__class_teacher__{part}") for part in ("last_name", "first_name", "middle_name")}
    told = rows.annotate(number=Count("pk"), name=F("school_class__name"), **parts)
    found = [
        LateClass(
            name=row["name"],
            teacher=initials(row["last_name"], row["first_name"], row["middle_name"]) if row["last_name"] else "",
            number=row["number"],
            url=registry_link(period=term.period.pk, cls=row["school_class"]),
        )
        for row in told
    ]
    return sorted(found, key=lambda one: _by_grade(one.name))


def _decided(user: Viewer, term: Term) -> QuerySet[RegistryEntry]:
    """Of periods that are over, and the list of the year's beginning: else the marks still change the list.

    A year that was changed waits for no decision any more.
    """
    decided = Q(period__ends__lt=term.today) | Q(period__system=START)
    return RegistryEntry.objects.visible_to(user).filter(decided, period__year__changed_by__isnull=True).order_by()


def _entries(number: int) -> str:
    return counted(number, "запись", "записи", "записей")


def _due(period: int, term: Term) -> date | None:
    return term.due if period == term.period.pk else None


def _by_grade(name: str) -> tuple[int, str]:
    """«7А» before «10А»."""
    return int("".join(sign for sign in name if sign.isdigit()) or 0), name
