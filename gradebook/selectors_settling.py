"""Rows of files in which nobody was recognised: what is left of them, and what is decided and not yet written."""

from collections import Counter
from typing import Any

from django.db.models import F, Func, JSONField, Q, Value

from common.names import name_key
from gradebook.imports.yearbook import class_name_key
from gradebook.models import NameMatch, ParticipantCode
from gradebook.permissions import can_import_gradebook
from school.access import Viewer, access_of
from school.models import ImportBatch, School, SchoolClass

RowName = tuple[Any, ...]  # the year's first, class, name, identifier or code, birth date, grade of a code
CODE_KNOWN = "код теперь известен"
_APPLIED = {"kind": ImportBatch.Kind.GRADEBOOK, "state": ImportBatch.State.APPLIED}


def name_of(row: dict[str, Any]) -> RowName:
    """By what a row is known again."""
    return row["year"], row["class_name"], row["value"], row["birth_date"], grade_of_code(row)


def match_key(row: dict[str, Any]) -> RowName:
    """By what a person's decision about it is kept: folded."""
    name = name_key(row["value"])
    return row["year"], class_name_key(row["class_name"]), name, row["birth_date"], grade_of_code(row)


def grade_of_code(row: dict[str, Any]) -> int | None:
    """The grade of a row that holds a participant's code and no name; None of all others."""
    grade: int | None = row.get("grade")
    return grade


def unmatched_of(batch: ImportBatch) -> list[dict[str, Any]]:
    """The batch's unknown rows, one a name and class, with all the places where it stands and the facts lost."""
    found: dict[RowName, dict[str, Any]] = {}
    for file in batch.summary.get("files", []):
        for row in file["unmatched"]:
            known = found.setdefault(name_of(row), {**row, "places": [], "facts": 0})
            known["places"].append({"file": file["file"], "sheet": row["sheet"], "cell": row["cell"]})
            known["facts"] += row["facts"]
    return list(found.values())


def root_of(batch: ImportBatch) -> int:
    """The batch whose rows this one settles, else itself."""
    return int(batch.options.get("settles") or batch.pk)


def rows_left(batch: ImportBatch) -> list[dict[str, Any]]:
    """The unknown rows that no later batch of the same files has taken; one that was undone took nothing."""
    rows = unmatched_of(batch)
    if not rows or batch.state != ImportBatch.State.APPLIED:
        return rows
    later = ImportBatch.objects.filter(
        **_APPLIED, school=batch.school_id, options__settles=root_of(batch), pk__gt=batch.pk
    )
    for each in later:
        still = {name_of(row) for row in unmatched_of(each)}
        rows = [row for row in rows if name_of(row) in still]
    return rows


def decided_rows(school: School, rows: list[dict[str, Any]]) -> dict[RowName, str]:
    """Whom a person chose for a row, by its `match_key`: the full name. Of a code that a file has told since: that it
    is known, not whose it is."""
    years = {row["year"] for row in rows}
    matches = NameMatch.objects.filter(year__school=school, year__start__in=years).select_related("pupil", "year")
    decided: dict[RowName, str] = {
        (m.year.start, m.class_name, m.name, m.birth_date.isoformat() if m.birth_date else None, None): (
            m.pupil.full_name
        )
        for m in matches
    }
    return decided | _known_codes(school, [row for row in rows if grade_of_code(row) is not None])


def _known_codes(school: School, rows: list[dict[str, Any]]) -> dict[RowName, str]:
    """No query where no row is a code."""
    if not rows:
        return {}
    codes = ParticipantCode.objects.filter(school=school, code__in={row["value"] for row in rows})
    known = set(codes.values_list("year__start", "grade", "code"))
    return {match_key(row): CODE_KNOWN for row in rows if (row["year"], row["grade"], row["value"]) in known}


def classes_of_rows(school: School, rows: list[dict[str, Any]]) -> dict[tuple[int, str], SchoolClass]:
    """The classes that the rows name, by the year's first and the folded name."""
    classes = SchoolClass.objects.filter(school=school, year__start__in={row["year"] for row in rows})
    return {(each.year.start, class_name_key(str(each))): each for each in classes.select_related("year")}


def rows_waiting(user: Viewer) -> dict[int, int]:
    """For those who import: by the batch's key how many of its rows nobody has decided; two queries."""
    school = access_of(user).school
    if school is None or not can_import_gradebook(user):
        return {}
    told = Func(
        F("summary"),
        Value("$.files[*].unmatched[*]"),
        function="jsonb_path_query_array",
        template="%(function)s(%(expressions)s::jsonpath)",
        output_field=JSONField(),
    )
    batches = ImportBatch.objects.filter(**_APPLIED, school=school, year__ends__gte=school.today()).annotate(told=told)
    rows = list(batches.exclude(Q(told=[])).order_by("pk").values_list("pk", "options", "told"))
    return _undecided(school, [(pk, int(options.get("settles") or pk), told) for pk, options, told in rows])


def _undecided(school: School, batches: list[tuple[int, int, list[dict[str, Any]]]]) -> dict[int, int]:
    """Of the batches of the same files the last tells what is left; rows that are decided wait for nobody."""
    last = {root: (pk, told) for pk, root, told in batches}
    everything = [row for _, told in last.values() for row in told]
    decided = decided_rows(school, everything) if everything else {}
    found: Counter[int] = Counter()
    for pk, told in last.values():
        found[pk] = len({name_of(row) for row in told if match_key(row) not in decided})
    return {pk: number for pk, number in found.items() if number}
