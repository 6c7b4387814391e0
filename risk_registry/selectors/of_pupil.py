"""The registry on a pupil's page: the entry of each period with its state, open causes and forms of work.

It comes with the query of the pupil's categories: the page has no query to spare.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery

from risk_registry.categories import Category, EntryState
from risk_registry.causes import causes_in_words
from risk_registry.models import PupilCategory, RegistryEntry
from risk_registry.selectors.causes import codes_of
from risk_registry.selectors.work import WorkLine, work_lines, works_told
from school.access import Viewer

_SAME = {"entry__pupil": OuterRef("pupil"), "entry__period": OuterRef("period")}


@dataclass(frozen=True)
class PupilEntry:
    """An entry of one period; `key` opens it."""

    key: int
    category: Category
    state: EntryState
    corrected: bool
    causes: tuple[str, ...]
    works: tuple[WorkLine, ...]


def with_registry(rows: QuerySet[PupilCategory]) -> QuerySet[PupilCategory]:
    """Categories of periods with the registry's entry of each, for `pupil_entry`."""
    entry = RegistryEntry.objects.filter(pupil=OuterRef("pupil"), period=OuterRef("period"))
    columns = {f"entry_{name}": Subquery(entry.values(name)[:1]) for name in ("pk", "state", "category", "corrected")}
    return rows.annotate(
        **columns, entry_codes=ArraySubquery(codes_of(**_SAME)), entry_works=ArraySubquery(works_told(**_SAME))
    )


def pupil_entry(row: Any, user: Viewer) -> PupilEntry | None:
    """The entry of the period, where there is one; restricted causes are not named."""
    if row.entry_pk is None:
        return None
    return PupilEntry(
        key=row.entry_pk,
        category=Category(row.entry_category),
        state=EntryState(row.entry_state),
        corrected=row.entry_corrected,
        causes=tuple(causes_in_words(row.entry_codes, closed="" in row.entry_codes)),
        works=work_lines(row.entry_works, user),
    )
