"""The sentences of the quarter's report; the page and the document say the same."""

from common.russian import counted, date_long, percent
from monitoring.reports.quarter.reads import Entry
from monitoring.reports.quarter.shapes import Cause, Line, QuarterReport
from risk_registry.categories import Category

BY_DECISION = "включён решением школы"
MARKS_CHANGED = "утверждён раньше, теперь по отметкам вне категорий"
PERSONS = ("обучающийся", "обучающихся", "обучающихся")
_CATEGORY = {
    Category.FAILING: "неуспевающий",
    Category.WEAK: "слабоуспевающий",
    Category.RESERVE: "группа резерва",
    Category.NONE: "вне категорий",
}


def category_word(code: str) -> str:
    """The category inside a sentence."""
    return _CATEGORY[Category(code)]


def state_words(entry: Entry | None, category: str) -> str:
    """«Утверждён»; «Утверждён: слабоуспевающий» where the registry says another category than the marks."""
    if entry is None:
        return ""
    told = entry.state.label
    return told if entry.category == category or not entry.stands else f"{told}: {category_word(entry.category)}"


def summary(report: QuarterReport) -> list[str]:
    """The opening paragraph, sentence by sentence."""
    total = report.totals
    sentences = [
        f"На {date_long(min(report.ends, report.made_at.date()))} в школе {counted(total.pupils, *PERSONS)}.",
        f"Не успевают {_share(total.failing, total)}, слабоуспевающих {_share(total.weak, total)}, "
        f"в группе резерва {_share(total.reserve, total)}.",
        f"Под риском неуспешности {_share(total.at_risk, total)}{_change(report)}.",
    ]
    if worst := _worst(report):
        sentences.append(f"Наибольшая доля под риском: {worst}.")
    if total.unrated:
        sentences.append(f"Нет данных о {counted(total.unrated, 'обучающемся', 'обучающихся', 'обучающихся')}.")
    return sentences


def caveats(report: QuarterReport) -> list[str]:
    """What the reader must know before trusting the figures."""
    notes = []
    if report.provisional:
        notes.append("Категории предварительные: не у всех выставлены итоги, прогноз сделан по текущим отметкам.")
    if report.stale:
        notes.append(f"Нет свежих данных: {', '.join(report.stale)}.")
    return notes


def cause_words(cause: Cause) -> str:
    """«Алгебра: ниже «3» — 3, итог 2»."""
    told = cause_parts(cause)
    return f"{cause.subject}: {', '.join(told)}" if told else cause.subject


def cause_parts(cause: Cause) -> list[str]:
    """What made the category, piece by piece: «ниже «3» — 3», «итог 2»."""
    told = []
    if cause.unsatisfactory:
        told.append(f"ниже «3» — {cause.unsatisfactory}")
    if cause.result is not None:
        told.append(f"итог {cause.result}")
    elif cause.forecast is not None:
        told.append(f"прогноз {cause.forecast}")
    return told


def _share(part: int, total: Line) -> str:
    return f"{part} ({percent(part, total.pupils)})"


def _change(report: QuarterReport) -> str:
    change = report.totals.change
    if change is None:
        return ""
    if change == 0:
        return f", столько же, сколько по итогам {report.previous_title}"
    word = "больше" if change > 0 else "меньше"
    return f", на {abs(change)} {word}, чем по итогам {report.previous_title}"


def _worst(report: QuarterReport) -> str:
    risky = [line for line in report.classes if line.at_risk]
    risky.sort(key=lambda line: line.at_risk / line.pupils, reverse=True)
    return ", ".join(f"{line.name} ({percent(line.at_risk, line.pupils)})" for line in risky[:2])
