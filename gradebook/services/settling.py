"""Unknown rows of a written batch settled days later: just these rows are taken from the stored files, as one batch."""

from collections.abc import Collection, Mapping

from common.authorship import deed
from common.errors import Refused
from gradebook.imports.yearbook import class_name_key
from gradebook.selectors_settling import classes_of_rows, rows_left
from gradebook.services.batches import batch_again, batch_settle
from school.models import ImportBatch, Pupil, User
from school.services.pupils import pupil_create


@deed
def rows_settle(
    *, by: User, batch: ImportBatch, choices: Mapping[int, int], fresh: Collection[int] = ()
) -> ImportBatch | None:
    """Remember whom rows mean (`choices`: place of the row → pupil), entering new pupils for the rows of `fresh`.

    Of a written batch: answers another batch, to be read, previewed and written, of the settled rows alone.
    """
    made = {place: _pupil_of(by, batch, place).pk for place in fresh}
    batch_settle(by=by, batch=batch, choices={**choices, **made})
    return batch_again(by=by, batch=batch) if batch.state == ImportBatch.State.APPLIED else None


def _pupil_of(by: User, batch: ImportBatch, place: int) -> Pupil:
    """A new pupil with the row's name, in the row's class since the year began."""
    rows = rows_left(batch)
    row = rows[place] if 0 <= place < len(rows) else None
    key = (row["year"], class_name_key(row["class_name"])) if row is not None else None
    school_class = classes_of_rows(batch.school, rows).get(key) if key is not None else None
    names = row["value"].split() if row is not None else []
    if row is None or school_class is None or len(names) < 2:
        raise Refused("Завести ученика из этой строки нельзя: в ней нет фамилии с именем или такого класса.")
    fields: dict[str, object] = {
        "last_name": names[0],
        "first_name": names[1],
        "middle_name": " ".join(names[2:]),
        "birth_date": row["birth_date"],
    }
    starts = school_class.year.starts
    return pupil_create(by=by, school=batch.school, school_class=school_class, starts=starts, fields=fields)
