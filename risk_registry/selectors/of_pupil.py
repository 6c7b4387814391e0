"""The registry on a pupil's page: each entry with its state, open causes and forms of work."""

from dataclasses import dataclass
from typing import Any

from risk_registry.categories import Category, EntryState
from risk_registry.causes import causes_in_words
from risk_registry.models import RegistryEntry
from risk_registry.permissions import can_write_causes
from risk_registry.selectors.causes import open_codes
from risk_registry.selectors.registry import OUT
from risk_registry.selectors.work import WorkLine, work_lines, works_of
from school.access import Viewer
from school.models import Pupil, User


@dataclass(frozen=True)
class PupilEntry:
    """An entry of one period. `lacks`: it is in the registry and nobody has established a cause."""

    entry: RegistryEntry
    category: Category
    state: EntryState
    causes: tuple[str, ...]
    works: tuple[WorkLine, ...]

    @property
    def lacks(self) -> bool:
        """Whether a cause is still to be found."""
        return self.state not in OUT and not self.causes


@dataclass(frozen=True)
class PupilRegistry:
    """All entries of a pupil, the newest first; `writes`: the person may establish causes."""

    entries: tuple[PupilEntry, ...]
    writes: bool


def pupil_registry(user: Viewer, pupil: Pupil) -> PupilRegistry:
    """`pupil` was found through `visible_to`. Restricted causes are not named; two queries, one without entries."""
    rows: Any = RegistryEntry.objects.filter(pupil=pupil).select_related("period__year").order_by("-period__starts")
    entries = tuple(_entry(row, user) for row in rows.annotate(open_codes=open_codes(), works_told=works_of()))
    return PupilRegistry(entries, bool(entries) and can_write_causes(user, {pupil.pk}))


def _entry(row: Any, user: Viewer) -> PupilEntry:
    assert isinstance(user, User)
    return PupilEntry(
        entry=row,
        category=Category(row.category),
        state=EntryState(row.state),
        causes=tuple(causes_in_words(row.open_codes, closed="" in row.open_codes)),
        works=work_lines(row.works_told, user),
    )
