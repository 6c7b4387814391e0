"""What of the registry closes with the year and what stays open, for the page of the change of year."""

from django.db.models import Count, Q
from django.urls import reverse

from risk_registry.categories import EntryState, SignalState
from risk_registry.links import registry_link, signals_link
from risk_registry.models import RegistryEntry, Signal
from risk_registry.selectors.agreeing import WAITING
from risk_registry.selectors.open_debts import open_debts
from school.models import AcademicYear, Period, User
from school.year_notes import YearNote, notes_register

_UNDECIDED = (*WAITING, EntryState.AGREED)


def tell() -> None:
    """Called once, when the application is ready."""
    notes_register("registry", notes_of)


def notes_of(user: User, year: AcademicYear) -> list[YearNote]:
    """By period, then open debts. Four queries."""
    return [*_entries(user, year), *_signals(user, year), *_debts(year)]


def _entries(user: User, year: AcademicYear) -> list[YearNote]:
    rows = RegistryEntry.objects.visible_to(user).filter(period__year=year).order_by()
    counted = rows.values("period").annotate(
        approved=Count("pk", filter=Q(state=EntryState.APPROVED)), left=Count("pk", filter=Q(state__in=_UNDECIDED))
    )
    told = {row["period"]: row for row in counted}
    found = []
    for period in Period.objects.filter(pk__in=told).order_by("starts", "number"):
        row = told[period.pk]
        if row["approved"]:
            url = registry_link(period=period.pk, state=EntryState.APPROVED)
            found.append(
                YearNote(f"Утверждённые записи реестра, {period.title}", row["approved"], "остаются историей года", url)
            )
        if row["left"]:
            url = registry_link(period=period.pk)
            words = "остаются как есть и больше не ждут решения"
            found.append(YearNote(f"Нерешённые записи реестра, {period.title}", row["left"], words, url))
    return found


def _signals(user: User, year: AcademicYear) -> list[YearNote]:
    rows = Signal.objects.visible_to(user).filter(period__year=year, state=SignalState.OPEN).order_by()
    counted = dict(rows.values_list("period").annotate(number=Count("pk")))
    periods = Period.objects.filter(pk__in=counted).order_by("starts") if counted else []
    return [
        YearNote(
            f"Открытые сигналы, {period.title}",
            counted[period.pk],
            "закроются: год закончен",
            signals_link(period=period.pk, state=SignalState.OPEN),
        )
        for period in periods
    ]


def _debts(year: AcademicYear) -> list[YearNote]:
    number = len(open_debts(year.school, year.school.today()))
    if not number:
        return []
    words = "остаются открытыми в новом году"
    return [YearNote("Академические задолженности", number, words, reverse("debts:list"))]
