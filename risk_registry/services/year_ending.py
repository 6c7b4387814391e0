"""What becomes of the registry when the academic year is changed, and when the change is taken back.

Entries of the old year stay as they were decided: they are its history. Its open signals ask for nothing any more.
Those at risk come to the new year by the list of its beginning.
"""

from datetime import UTC, datetime, time
from typing import Any

from django.db import connection

from risk_registry.debts import DebtState
from risk_registry.models import (
    AcademicDebt,
    Classification,
    DebtStep,
    PupilCategory,
    RegistryEntry,
    RegistryStep,
    Signal,
    SignalStep,
)
from school.models import AcademicYear, User

ENDED = "Учебный год закончен"
_CLOSE = """
WITH ended AS (
    UPDATE risk_registry_signal AS signal SET state = 'closed', closed_at = %(at)s, version = version + 1
    FROM school_period AS period
    WHERE period.id = signal.period_id AND period.year_id = %(year)s AND signal.state = 'open'
    RETURNING signal.id, signal.version
)
INSERT INTO risk_registry_signalstep (signal_id, from_state, to_state, by_id, at, comment, version)
SELECT id, 'open', 'closed', %(by)s, %(at)s, %(words)s, version FROM ended
"""
# Exactly those steps: nothing else is done to signals of a changed year at the moment of the change.
_OPEN = """
WITH undone AS (
    DELETE FROM risk_registry_signalstep AS step USING risk_registry_signal AS signal, school_period AS period
    WHERE signal.id = step.signal_id AND period.id = signal.period_id AND period.year_id = %(year)s
      AND step.at = %(at)s AND step.comment = %(words)s AND step.version = signal.version
    RETURNING step.signal_id
)
UPDATE risk_registry_signal SET state = 'open', closed_at = NULL, version = version - 1
WHERE id IN (SELECT signal_id FROM undone)
"""


def signals_end(*, year: AcademicYear, by: User, at: datetime) -> None:
    """Close the open signals of the year; those that were answered or dismissed stay so."""
    _execute(_CLOSE, year, at, by=by.pk)


def signals_go_on(*, year: AcademicYear, at: datetime) -> None:
    """Open again those that the change of that moment closed, as if it had not been."""
    _execute(_OPEN, year, at)


def _execute(sql: str, year: AcademicYear, at: datetime, **more: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"year": year.pk, "at": at, "words": ENDED, **more})


def proposals_take_back(*, year: AcademicYear, since: datetime) -> None:
    """Remove what nobody has touched of the year's registry: proposals that were computed since the moment."""
    by_people = RegistryStep.objects.filter(by__isnull=False).values("entry")
    made = RegistryEntry.objects.filter(period__year=year, by_hand=False, created_at__gte=since)
    made.exclude(pk__in=by_people).filter(looks__isnull=True, causes__isnull=True, works__isnull=True).delete()


def computed_forget(*, year: AcademicYear) -> None:
    """Remove what was computed of the year and touched by nobody: categories, proposals, signals, proposed debts."""
    proposals_take_back(year=year, since=datetime.combine(year.starts, time(), tzinfo=UTC))
    touched = SignalStep.objects.filter(by__isnull=False).values("signal")
    Signal.objects.filter(period__year=year).exclude(pk__in=touched).filter(responses__isnull=True).delete()
    decided = DebtStep.objects.filter(by__isnull=False).values("debt")
    debts = AcademicDebt.objects.filter(year=year, by_hand=False, state__in=(DebtState.PROPOSED, DebtState.WITHDRAWN))
    debts.exclude(pk__in=decided).delete()
    PupilCategory.objects.filter(period__year=year).delete()
    Classification.objects.filter(period__year=year).delete()
