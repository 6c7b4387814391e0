"""Cells and words that papers about a class and about a teacher share."""

from collections.abc import Mapping
from decimal import Decimal

from django.urls import reverse

from common.russian import NBSP, decimal
from documents.papers.parts import NONE, Cell, Column, number_cell
from monitoring.reports.pupils_help import Help, Kind
from monitoring.reports.quarter.shapes import Cause
from monitoring.reports.quarter.words import cause_parts
from monitoring.rules.results import share
from risk_registry.categories import AnswerKind
from school.models import Pupil

NO_RECORD = "нет записи"


def name_cell(pupil: Pupil) -> Cell:
    """The full name; on a page it leads to the pupil."""
    return Cell(pupil.full_name, None, reverse("desk:pupil", args=[pupil.pk]))


def recorded_cell(number: int, *, link: str = "") -> Cell:
    """«3»; «нет записи» of nothing: that nobody wrote is not that nobody did."""
    return number_cell(number, link=link) if number else Cell(NO_RECORD)


# What a pupil's line tells, in the order of telling.
_TOLD = (
    (Kind.WORK, "индивидуальная работа"),
    (Kind.EXTRA, "дополнительные занятия"),
    (Kind.ROUTE, "маршрут"),
    (Kind.GAP_OPEN, "открыто дефицитов"),
    (Kind.GAP_CLOSED, "закрыто дефицитов"),
    (Kind.TALK, "беседы"),
    (Kind.PARENTS, "беседы с родителями"),
    (Kind.NOTICE, "уведомления родителям"),
)


def told_of(told: Help, pupil: int, subject: int | None = None) -> str:
    """«индивидуальная работа — 3, маршрут»; «нет записи». With a subject: what is about it, and what is about none."""
    numbers = [(words, told.number(kind, pupil=pupil, subject=subject)) for kind, words in _TOLD]
    parts = [words if words == "маршрут" else f"{words} — {number}" for words, number in numbers if number]
    return ", ".join(parts) or NO_RECORD


# Who goes to a specialist is told nowhere: what a short note says is told no more, so that neither stands out.
_UNNAMED = (AnswerKind.NOTE, AnswerKind.MEETING, AnswerKind.REFERRAL)


def answer_words(kind: AnswerKind) -> str:
    """«Беседа»: what answered a signal; «Другая запись»."""
    return "Другая запись" if kind in _UNNAMED else kind.label


def points(now: Decimal | None, was: Decimal | None) -> Decimal | None:
    """The difference of two shares, in points of a percent."""
    return None if now is None or was is None else now - was


def points_cell(now: Decimal | None, was: Decimal | None) -> Cell:
    """«−4,0»; «—» where there is nothing to compare."""
    found = points(now, was)
    if found is None:
        return Cell(NONE)
    return Cell(f"{'+' if found > 0 else ''}{decimal(found)}", float(found))


def percent_words(part: int, of: int) -> str:
    """«92,0 %»; «нет данных» of nothing."""
    found = share(part, of)
    return "нет данных" if found is None else f"{decimal(found)}{NBSP}%"


def evidence_words(evidence: Mapping[str, object], subjects: Mapping[int, str], *, named: bool = True) -> str:
    """«Алгебра: ниже «3» — 3, итог 2»; without the subject where it stands beside."""
    subject = subjects.get(int(str(evidence["subject"])), "")
    days, result, forecast = evidence.get("unsatisfactory"), evidence.get("result"), evidence.get("forecast")
    told = cause_parts(
        Cause(
            subject,
            len(days) if isinstance(days, list) else 0,
            None if result is None else str(result),
            None if forecast is None else int(str(forecast)),
        )
    )
    if not named:
        return ", ".join(told)
    return f"{subject}: {', '.join(told)}" if told else subject


def compared_columns(previous: str, *, now: str) -> tuple[Column, ...]:
    """Of numbers: now, in the period before and the change; now alone where there is nothing to compare with."""
    told = Column("now", now, "number")
    return (told, Column("was", previous, "number"), Column("change", "Изменение", "number")) if previous else (told,)
