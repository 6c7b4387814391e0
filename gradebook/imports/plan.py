"""A call of files staged and compared: everything that it would change, before anything is written."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db.backends.utils import CursorWrapper

from gradebook.imports import listing, slots, staging
from gradebook.imports.binding import BoundFile
from gradebook.imports.comparing import Comparison, read_comparison
from gradebook.imports.pairs import collect
from gradebook.imports.schoolbook import Schoolbook
from gradebook.imports.settling import Settled, settle
from gradebook.imports.singles import Singles, compare_singles, merge_means
from gradebook.imports.standing import removed_results, standing_means, standing_results, standing_works
from gradebook.imports.statements import Statements
from gradebook.imports.terms import Terms
from gradebook.imports.told import Counts
from gradebook.models import FactKind
from gradebook.rules import unusual


@dataclass(slots=True)
class Plan:
    """What the call would change.

    `settled`: pairs of pupil and subject that are done with whole. The others, when there are any (`staged`), stand in
    temporary tables, and only there those of their slots where nothing stands.
    """

    book: Schoolbook
    files: dict[int, BoundFile]
    statements: Statements
    terms: Terms
    settled: Settled = field(default_factory=Settled)
    lessons: dict[FactKind, Comparison] = field(default_factory=dict)
    singles: dict[FactKind, Singles] = field(default_factory=dict)

    @property
    def staged(self) -> bool:
        """Whether the staging tables were needed; there are none otherwise."""
        return self.settled.pairs.others

    @property
    def changed(self) -> int:
        """Facts of the four kinds that would be changed or removed."""
        return sum(found.changed for found in self._counted())

    @property
    def standing(self) -> int:
        """Facts of the four kinds that stand in what the files cover."""
        return sum(found.standing for found in self._counted())

    @property
    def unusual(self) -> bool:
        """Whether a person's word is needed."""
        return unusual(self.changed, self.standing)

    def movers(self) -> set[int]:
        """Pupils who sat in several classes in a year of the files."""
        return {pupil for year in self.book.yearbooks for pupil in year.movers}

    def _counted(self) -> Iterator[Comparison | Singles]:
        yield from self.lessons.values()
        yield from (found for kind, found in self.singles.items() if kind is not FactKind.MEANS)


def stage(cursor: CursorWrapper, book: Schoolbook, files: Sequence[BoundFile]) -> Plan:
    """Stage the files and compare them with what stands. Only temporary tables are written."""
    plan = Plan(book, {bound.source: bound for bound in files}, Statements(book), Terms(book))
    for bound in files:
        plan.statements.doubtful(bound)
    staging.prepare(cursor)
    plan.settled = settle(cursor, book.school, collect(plan.statements, files, plan.movers()))
    if plan.staged:
        _stage_lessons(cursor, plan)
    for kind in (slots.MARKS, slots.ABSENCES):
        _compare_lessons(cursor, plan, kind)
    _compare_singles(plan)
    return plan


def _stage_lessons(cursor: CursorWrapper, plan: Plan) -> None:
    files, statements, settled = list(plan.files.values()), plan.statements, plan.settled
    marks = (line for bound in files for line in statements.marks(bound, settled))
    staging.stage_rows(cursor, slots.MARKS.stage, marks)
    absences = (line for bound in files for line in statements.absences(bound, settled))
    staging.stage_rows(cursor, slots.ABSENCES.stage, absences)
    staging.stage_cover(cursor, files, settled)
    staging.stage_unsure(cursor, statements.unsure)
    staging.stage_movers(cursor, plan.movers())


def _compare_lessons(cursor: CursorWrapper, plan: Plan, kind: slots.SlotKind) -> None:
    found = _compare_staged(cursor, plan, kind) if plan.staged else Comparison()
    found.standing += plan.settled.standing[kind.kind]
    for source, (created, unchanged) in plan.settled.counts(kind.kind).items():
        found.counts[source].add(Counts(created=created, unchanged=unchanged))
    for source, counts in found.counts.items():
        plan.files[source].told.counts[kind.kind] = counts
    plan.lessons[kind.kind] = found


def _compare_staged(cursor: CursorWrapper, plan: Plan, kind: slots.SlotKind) -> Comparison:
    stated = slots.compare(cursor, kind, plan.book.school, alone=_share_nobody(plan.files.values()))
    found = read_comparison(cursor, kind, stated)
    listing.list_conflicts(plan.files, kind, found)
    listing.list_overruled(plan.files, kind, found)
    return found


def _share_nobody(files: Iterable[BoundFile]) -> bool:
    """Whether each pupil is named by one file only, as in the journals of different classes."""
    named = [{pupil for part in bound.blocks for pupil in part.pupils if pupil} for bound in files]
    return sum(map(len, named)) == len(set().union(*named))


def _compare_singles(plan: Plan) -> None:
    files = list(plan.files.values())
    told = {bound.source: bound.told for bound in files}
    results = [statement for bound in files for statement in plan.terms.results(bound)]
    works = [statement for bound in files for statement in plan.terms.works(bound)]
    means = [statement for bound in files for statement in plan.terms.means(bound)]
    standing = standing_means({statement.key for statement in means})
    stated = {item.key for item in results}
    plan.singles = {
        FactKind.RESULTS: compare_singles(results, standing_results(stated), told, removed_results(stated)),
        FactKind.ASSESSMENTS: compare_singles(works, standing_works({item.key for item in works}), told),
        FactKind.MEANS: compare_singles(merge_means(means, standing), standing, told),
    }
    for kind, found in plan.singles.items():
        if kind is not FactKind.MEANS:
            listing.list_overruled_singles(plan.files, kind, found)
        for source, counts in found.counts.items():
            plan.files[source].told.counts[kind] = counts


def touched_pupils(cursor: CursorWrapper, plan: Plan) -> frozenset[int]:
    """Keys of the pupils of whom something is created, changed or removed."""
    touched = {item.key[0] for found in plan.lessons.values() for item in found.worked} | plan.settled.touched()
    for kind in (slots.MARKS, slots.ABSENCES) if plan.staged else ():
        cursor.execute(f"SELECT DISTINCT pupil FROM {kind.fate} WHERE fate = 'new'")
        touched |= {row[0] for row in cursor.fetchall()}
    for single, ones in plan.singles.items():
        place = {FactKind.RESULTS: 1, FactKind.MEANS: 0, FactKind.ASSESSMENTS: 1}[single]
        touched |= {new.key[place] for new in ones.created}
        touched |= {new.key[place] for _, new in ones.updated}
    return frozenset(touched)
