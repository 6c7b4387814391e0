"""What was computed before, in the shape of what is computed now: only the difference is written."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from risk_registry.categories import SignalRule

Row = dict[str, Any]

# JSON, so that a row kept and a row found compare as they are.
_STANDING = """
SELECT 'category', json_build_object('pupil', pupil_id, 'school_class', school_class_id, 'category', category,
    'provisional', provisional, 'unrated', unrated, 'subjects', subjects, 'evidence', evidence)
FROM risk_registry_pupilcategory WHERE period_id = %(period)s {of_pupils}
UNION ALL
SELECT 'signal', json_build_object('pupil', pupil_id, 'school_class', school_class_id, 'subject', subject_id,
    'evidence', evidence)
FROM risk_registry_signal WHERE period_id = %(period)s AND rule = %(rule)s AND state = 'open' {of_pupils}
"""


@dataclass(slots=True)
class Rows:
    """Categories by pupil, open signals by pupil and subject."""

    categories: dict[int, Row] = field(default_factory=dict)
    signals: dict[tuple[int, int], Row] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """Rows to write, pupils who left the contingent, signals that are no longer so."""

    categories: list[Row]
    gone: list[int]
    signals: list[Row]
    closed: list[tuple[int, int]]

    @property
    def pupils(self) -> list[int]:
        """Whose category is another, or gone."""
        return [row["pupil"] for row in self.categories] + self.gone


def read_standing(period: int, pupils: Collection[int] | None) -> Rows:
    """What stands for the period, of `pupils` or of all; one query."""
    query = _STANDING.format(of_pupils="" if pupils is None else "AND pupil_id = ANY(%(pupils)s)")
    params: dict[str, Any] = {
        "period": period,
        "rule": str(SignalRule.THREE_UNSATISFACTORY),
        "pupils": list(pupils or ()),
    }
    rows = Rows()
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        for kind, row in cursor.fetchall():
            if kind == "category":
                rows.categories[row["pupil"]] = row
            else:
                rows.signals[row["pupil"], row["subject"]] = row
    return rows


def compare(found: Rows, standing: Rows) -> Difference:
    """What has to be written for `standing` to become `found`."""
    return Difference(
        categories=[row for pupil, row in found.categories.items() if standing.categories.get(pupil) != row],
        gone=[pupil for pupil in standing.categories if pupil not in found.categories],
        signals=[row for key, row in found.signals.items() if standing.signals.get(key) != row],
        closed=[key for key in standing.signals if key not in found.signals],
    )
