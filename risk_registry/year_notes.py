"""What of the registry closes with the year and what stays open, for the page of the change of year."""

from django.db.models import Count
from django.urls import reverse

from risk_registry.categories import EntryState, SignalState
from risk_registry.links import registry_link, signals_link
from risk_registry.models import RegistryEntry, Signal
from risk_registry.selectors.open_debts import open_debts
from school.models import AcademicYear, Period, User
from school.year_notes import YearNote, notes_register

_STAYS = "остаются как есть и больше не ждут решения"
_LEFT = {
    EntryState.APPROVED: ("Утверждённые", "остаются историей года"),
    EntryState.AGREED: ("Согласованные", _STAYS),
    EntryState.PROPOSED: ("Предложенные", _STAYS),
    EntryState.RETURNED: ("Возвращённые", _STAYS),
}


def tell() -> None:
    """Called once, when the application is ready."""
    notes_register("registry", notes_of)


def notes_of(user: User, year: AcademicYear) -> list[YearNote]:
    """By period, then open debts. Four queries."""
    return [*_entries(user, year), *_signals(user, year), *_debts(year)]


def _entries(user: User, year: AcademicYear) -> list[YearNote]:
    """By period and state: each number leads to exactly its entries."""
    rows = RegistryEntry.objects.visible_to(user).filter(period__year=year, state__in=_LEFT).order_by()
    told: dict[tuple[int, str], int] = {
        (period, state): number
        for period, state, number in rows.values_list("period", "state").annotate(number=Count("pk"))
    }
    periods = Period.objects.filter(pk__in={period for period, _ in told}).order_by("starts", "number")
    return [
        YearNote(
            f"{words} записи реестра, {period.title}",
            told[period.pk, state],
            becomes,
            registry_link(period=period.pk, state=state),
        )
        for period in periods
        for state, (words, becomes) in _LEFT.items()
        if (period.pk, state) in told
    ]


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
