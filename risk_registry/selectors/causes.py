"""Causes as pages show them. Those of restricted groups, and all notes, are read in one place, past the log."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, F, OuterRef, QuerySet, Value, When

from risk_registry.causes import KINDS, RESTRICTED, CauseGroup, CauseKind
from risk_registry.models import EntryCause, RegistryEntry
from risk_registry.permissions import can_write_causes, restricted_readable
from school.models import User
from school.restricted import restricted_kind
from school.services.reading import log_reading

REGISTRY_CAUSES = restricted_kind("registry_causes", "причины неуспешности")


@dataclass(frozen=True)
class CauseRow:
    """A cause that the person may see; `note` is empty for those who may not read notes."""

    cause: EntryCause
    kind: CauseKind
    note: str
    why: str = ""

    @property
    def near(self) -> str:
        """«пробелы в знаниях»: the nearest of the groups, for a cause of the class teacher's list."""
        return KINDS[self.kind.near].name if self.kind.near else ""


@dataclass(frozen=True)
class CausesPage:
    """All causes of an entry that the person may see: those that stand by group, those that were taken back."""

    standing: tuple[tuple[CauseGroup, tuple[CauseRow, ...]], ...]
    ended: tuple[CauseRow, ...]
    closed: bool
    writes: bool

    @property
    def empty(self) -> bool:
        """Whether nobody has established anything."""
        return not self.standing and not self.closed


def open_codes() -> ArraySubquery:
    """Codes of the standing causes of an entry; an empty word in the place of a restricted one."""
    return ArraySubquery(codes_of(entry=OuterRef("pk")))


def codes_of(**entry: Any) -> QuerySet[EntryCause, str]:
    """The same of the entry that the keys name, for another query."""
    shown = Case(When(code__in=RESTRICTED, then=Value("")), default=F("code"))
    standing = EntryCause.objects.filter(withdrawn_at__isnull=True, **entry)
    return standing.order_by("code").values_list(shown, flat=True)


def has_causes() -> Exists:
    """Whether the entry has a standing cause."""
    return Exists(_standing_of("pk"))


def _standing_of(key: str) -> QuerySet[EntryCause]:
    return EntryCause.objects.filter(entry=OuterRef(key), withdrawn_at__isnull=True)


def causes_page(user: User, entry: RegistryEntry) -> CausesPage:
    """Everything about an entry that was found through `visible_to`. Restricted causes are logged, then fetched."""
    may_read = bool(restricted_readable(user, {entry.pupil_id}))
    rows = EntryCause.objects.filter(entry=entry).select_related("by__staff", "withdrawn_by__staff")
    if may_read:
        log_reading(by=user, pupils=[entry.pupil_id], what=REGISTRY_CAUSES)
    else:
        rows = rows.exclude(code__in=RESTRICTED).defer("note", "withdrawn_why")
    told = [CauseRow(row, KINDS[row.code], *((row.note, row.withdrawn_why) if may_read else ("", ""))) for row in rows]
    return CausesPage(
        standing=tuple(_by_group(row for row in told if row.cause.withdrawn_at is None)),
        ended=tuple(row for row in told if row.cause.withdrawn_at is not None),
        closed=not may_read and _standing(entry).filter(code__in=RESTRICTED).exists(),
        writes=can_write_causes(user, {entry.pupil_id}),
    )


def _standing(entry: RegistryEntry) -> QuerySet[EntryCause]:
    return EntryCause.objects.filter(entry=entry, withdrawn_at__isnull=True)


def _by_group(rows: Iterable[CauseRow]) -> Iterable[tuple[CauseGroup, tuple[CauseRow, ...]]]:
    found = list(rows)
    for group in CauseGroup:
        if mine := tuple(row for row in found if row.kind.group == group):
            yield group, mine


def cause_to_correct(user: User, key: int) -> EntryCause | None:
    """A standing cause of a visible pupil that the person may read and write; the reading is logged."""
    rows = EntryCause.objects.visible_to(user).select_related("entry__pupil", "entry__period", "entry__school")
    pupil = rows.filter(pk=key).values_list("pupil", flat=True).first()
    if pupil is None or not can_write_causes(user, {pupil}):
        return None
    log_reading(by=user, pupils=[pupil], what=REGISTRY_CAUSES)
    return rows.filter(pk=key).first()
