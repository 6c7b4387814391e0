"""Bringing a school's own registry: read, corrected by a person, written in one step, taken back."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from common.authorship import deed
from common.errors import Refused
from common.tabular import read_content
from common.tabular.table import Table
from risk_registry.brought import Column
from risk_registry.categories import Grounds
from risk_registry.models import BroughtRegistry, BroughtState, RegistryEntry
from risk_registry.rules.brought import gravest, guess_columns
from risk_registry.selectors.brought import BroughtPlan, PlannedRow, brought_plan
from risk_registry.services.judging import period_judge
from risk_registry.services.registry import Inclusion, entries_decide, entries_include
from risk_registry.workflow import Deed
from school.models import Period, User

_ENTRY, _RETURNS = "risk_registry.brought:parse_registry", ("common.tabular.table",)


@deed
def registry_bring(*, by: User, period: Period, name: str, content: bytes) -> BroughtRegistry:
    """Read a table and guess what its columns hold; nothing is written to the registry.

    Raises `UnreadableFile` with a message for a person.
    """
    table: Table = read_content(_ENTRY, content, name, returns=_RETURNS)
    columns = guess_columns(table.head, table.rows)
    school = period.year.school
    return BroughtRegistry.objects.create(
        school=school,
        period=period,
        name=name[:255],
        sheet=table.sheet[:255],
        head=table.head,
        rows=table.rows,
        first=table.first,
        columns={str(place): column.value for place, column in columns.items()},
        by=by,
        at=school.now(),
    )


@deed
def brought_correct(
    *,
    by: User,
    brought: BroughtRegistry,
    columns: Mapping[int, Column],
    words: Mapping[str, str],
    subjects: Mapping[str, int],
    settled: Mapping[int, int],
) -> BroughtRegistry:
    """Keep how the table is to be read; shapes as in `BroughtRegistry`. What is not named stays as it was decided."""
    row = _locked(brought, BroughtState.OPEN)
    row.columns = {str(place): column.value for place, column in columns.items()}
    row.words = {**row.words, **words}
    row.subjects = {**row.subjects, **subjects}
    row.settled = {**row.settled, **{str(number): pupil for number, pupil in settled.items()}}
    row.save(update_fields=["columns", "words", "subjects", "settled"])
    return row


@deed
def brought_write(*, by: User, brought: BroughtRegistry) -> int:
    """Put everybody whom the table names into the registry of its period; returns how many.

    Several rows of one pupil become one entry: the gravest category, all subjects. Raises `Refused` when there is
    nobody to put in.
    """
    row = _locked(brought, BroughtState.OPEN)
    plan = brought_plan(by, row)
    told = _inclusions(row, plan)
    if not told:
        raise Refused("Записывать некого: сопоставьте столбцы, категории и строки.")
    there = set(RegistryEntry.objects.in_period(row.period).values_list("pk", flat=True))
    entries = entries_include(by=by, period=row.period, told=told)
    row.written = [{"entry": e.pk, "version": e.version, "made": e.pk not in there} for e in entries]
    row.state, row.written_at = BroughtState.WRITTEN, row.school.now()
    row.save(update_fields=["written", "state", "written_at"])
    return len(entries)


def _inclusions(brought: BroughtRegistry, plan: BroughtPlan) -> list[Inclusion]:
    grouped: dict[int, list[PlannedRow]] = defaultdict(list)
    for row in plan.taken:
        if row.pupil is not None:
            grouped[row.pupil.pk].append(row)
    return [_inclusion(brought, rows) for rows in grouped.values()]


def _inclusion(brought: BroughtRegistry, rows: list[PlannedRow]) -> Inclusion:
    first = rows[0]
    assert first.pupil is not None and first.school_class is not None
    return Inclusion(
        pupil=first.pupil,
        school_class=first.school_class,
        category=gravest(row.category for row in rows if row.category is not None),
        subjects=list(dict.fromkeys(key for row in rows for key in row.subjects)),
        grounds=f"Реестр школы «{brought.name}». {'. '.join(map(_grounds, rows))}",
    )


def _grounds(row: PlannedRow) -> str:
    """«Строка 12, предметы словами файла: труд». Causes may be restricted: they stay on the file's own page."""
    words = f", предметы словами файла: {', '.join(row.left)}" if row.left else ""
    return f"Строка {row.row.number}{words}"


@deed
def brought_undo(*, by: User, brought: BroughtRegistry) -> list[str]:
    """Take the written entries back; returns names of those that people have changed since: they stay.

    New ones go, history keeps them; those that had been taken out of the registry before are taken out again.
    """
    row = _locked(brought, BroughtState.WRITTEN)
    told: dict[int, dict[str, Any]] = {each["entry"]: each for each in row.written}
    entries = list(RegistryEntry.objects.select_for_update(of=("self",)).select_related("pupil").filter(pk__in=told))
    same = [entry for entry in entries if entry.version == told[entry.pk]["version"] and not _used(entry)]
    made = [entry for entry in same if told[entry.pk]["made"]]
    back = {entry.pk: entry.version for entry in same if not told[entry.pk]["made"]}
    RegistryEntry.objects.filter(pk__in=[entry.pk for entry in made]).delete()
    entries_decide(by=by, versions=back, what=Deed.REMOVE, grounds=Grounds.MISTAKE)
    if made:
        period_judge(period=row.period, pupils=[entry.pupil_id for entry in made])
    row.state, row.undone_at = BroughtState.UNDONE, row.school.now()
    row.save(update_fields=["state", "undone_at"])
    return [entry.pupil.list_name for entry in entries if entry not in same]


def _used(entry: RegistryEntry) -> bool:
    return entry.causes.exists() or entry.works.exists()


@deed
def brought_discard(*, by: User, brought: BroughtRegistry) -> None:
    """Nothing of it is written; its table is forgotten."""
    row = _locked(brought, BroughtState.OPEN)
    row.state, row.head, row.rows, row.settled, row.words = BroughtState.DISCARDED, [], [], {}, {}
    row.save(update_fields=["state", "head", "rows", "settled", "words"])


def _locked(brought: BroughtRegistry, state: BroughtState) -> BroughtRegistry:
    rows = BroughtRegistry.objects.select_for_update(of=("self",)).select_related("period__year__school", "school")
    row = rows.get(pk=brought.pk)
    if row.state != state:
        raise Refused(f"Реестр уже в другом состоянии: {BroughtState(row.state).label.lower()}. Обновите страницу.")
    return row
