"""The words of the list of the year's beginning. Plain Python: rules read them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from risk_registry.categories import Category, Word


class StartSource(Word):
    """Where the list of the year's beginning knows of a pupil from, in the order in which they are told."""

    ANNUAL = "annual", "годовая отметка"
    DEBT = "debt", "академическая задолженность"
    CLEARED = "cleared", "ликвидированная задолженность"
    CLOSING = "closing", "реестр на конец прошлого года"
    WORK = "work", "внешняя работа весной"
    MANUAL = "manual", "решение человека"


def source_in_words(told: Mapping[str, Any]) -> str:
    """«годовая 2», «работа 14.04: 2»: one of the sources that evidence keeps (`models.Judged`)."""
    source, value = StartSource(told["kind"]), told["value"]
    if source == StartSource.ANNUAL:
        return f"годовая {value}"
    if source == StartSource.WORK:
        return f"работа {date.fromisoformat(told['on']):%d.%m}: {value}"
    if source == StartSource.CLOSING:
        return f"в реестре на конец года: {Category(told['category']).label.lower()}"
    return _SHORT[source]


_SHORT = {
    StartSource.DEBT: "задолженность",
    StartSource.CLEARED: "задолженность ликвидирована",
    StartSource.MANUAL: "решение человека",
}


def sources_in_words(told: Mapping[str, Any]) -> str:
    """All sources of a subject: «годовая 2, задолженность»; empty for a period's evidence, which has none."""
    return ", ".join(source_in_words(each) for each in told.get("sources", ()))
