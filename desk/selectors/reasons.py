"""Why a category: its evidence in words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from risk_registry.categories import Category
from risk_registry.start_words import sources_in_words


def reasons_in_words(
    category: Category, evidence: Iterable[Mapping[str, Any]], names: Mapping[int, str]
) -> tuple[str, ...]:
    """«итог 2: Алгебра, Геометрия», «прогноз 2: …», «двойки: Физика (14.09)», «тройка в итоге: …», «годовая 2: …».

    `evidence` as `risk_registry.models.Judged` keeps it; `names`: subjects by key.
    """
    grouped: dict[str, list[str]] = defaultdict(list)
    for told in evidence:
        name = names.get(told["subject"], f"предмет № {told['subject']}")
        kind, detail = _one(category, told)
        grouped[kind].append(f"{name}{detail}")
    return tuple(f"{kind}: {', '.join(subjects)}" for kind, subjects in grouped.items())


def _one(category: Category, told: Mapping[str, Any]) -> tuple[str, str]:
    if sources := sources_in_words(told):
        return sources, ""
    result = told.get("result")
    if category == Category.FAILING:
        return (f"итог {result}", "") if result else (f"прогноз {told.get('forecast')}", "")
    if category == Category.WEAK:
        days = [date.fromisoformat(day) for day in told["unsatisfactory"]]
        return "двойки", f" ({', '.join(f'{day:%d.%m}' for day in days)})"
    return ("тройка в итоге", "") if result else ("прогноз 3", "")
