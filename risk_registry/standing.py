"""What was computed before, in the shape of what is computed now: only the difference is written."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from risk_registry.warning_facts import Key, Warned

Row = dict[str, Any]

# JSON, so that a row kept and a row found compare as they are.
_STANDING = """
SELECT json_build_object('pupil', pupil_id, 'school_class', school_class_id, 'category', category,
    'provisional', provisional, 'unrated', unrated, 'subjects', subjects, 'evidence', evidence)
FROM risk_registry_pupilcategory WHERE period_id = %(period)s {of_pupils}
"""


@dataclass(slots=True)
class Rows:
    """Categories by pupil, and the signals of the same marks."""

    categories: dict[int, Row] = field(default_factory=dict)
    signals: dict[Key, Warned] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """Rows to write, and pupils who left the contingent."""

    categories: list[Row]
    gone: list[int]

    @property
    def pupils(self) -> list[int]:
        """Whose category is another, or gone."""
        return [row["pupil"] for row in self.categories] + self.gone


def read_standing(period: int, pupils: Collection[int] | None) -> dict[int, Row]:
    """The categories that stand for the period, by pupil, of `pupils` or of all; one query."""
    query = _STANDING.format(of_pupils="" if pupils is None else "AND pupil_id = ANY(%(pupils)s)")
    with connection.cursor() as cursor:
        cursor.execute(query, {"period": period, "pupils": list(pupils or ())})
        return {row["pupil"]: row for (row,) in cursor.fetchall()}


def compare(found: dict[int, Row], standing: dict[int, Row]) -> Difference:
    """What has to be written for the categories that stand to become those that were found."""
    return Difference(
        categories=[row for pupil, row in found.items() if standing.get(pupil) != row],
        gone=[pupil for pupil in standing if pupil not in found],
    )
