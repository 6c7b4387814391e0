"""What the staged facts of lessons would change: marks and absences, slot by slot.

A slot is a pupil, subject and day; what it holds is a multiset, told apart by a signature: the number of facts of
each value, six bits a value. Slots whose signatures agree are done with at once; those where nothing stands are
written as they are; only the rest is looked at fact by fact (`gradebook.rules.reconcile`).
"""

from dataclasses import dataclass

from django.db.backends.utils import CursorWrapper

from common.errors import Refused
from gradebook.imports.staging import table_as
from gradebook.models import FactKind
from school.models import School

MOST_OF_ONE_SLOT = 60


@dataclass(frozen=True, slots=True)
class SlotKind:
    """How facts of one kind lie in their table. `value` is SQL over the row `e` that yields 1–5."""

    kind: FactKind
    table: str
    stage: str
    value: str

    @property
    def said(self) -> str:
        """The temporary table of what each file says."""
        return f"said_{self.kind}"

    @property
    def fate(self) -> str:
        """The temporary table of what becomes of each slot."""
        return f"fate_{self.kind}"


MARKS = SlotKind(FactKind.MARKS, "gradebook_mark", "stage_mark", "e.value")
ABSENCES = SlotKind(
    FactKind.ABSENCES,
    "gradebook_absence",
    "stage_absence",
    "CASE e.reason WHEN 'unexcused' THEN 1 WHEN 'illness' THEN 2 ELSE 3 END",
)


@dataclass(frozen=True, slots=True)
class Stated:
    """What a call states of one kind: `agreed` is the table of its one statement for each slot.

    `several`: some slot is stated by more than one file. `doubtful`: some file rejected cells.
    """

    agreed: str
    several: bool
    doubtful: bool


_SIGNATURE = "sum(1 << (6 * ({value} - 1)))"


def compare(cursor: CursorWrapper, kind: SlotKind, school: School, *, alone: bool) -> Stated:
    """Fill temporary tables for one kind. `alone`: no pupil is named by two files.

    `kind.said`: each file's signature of each slot it states. `Stated.agreed`: the call's one statement; of files that
    differ the last wins. `standing`: what stands in the coverage. `kind.fate`: "same", "new" (nothing stands), "work".
    """
    _say(cursor, kind)
    stated = _agree(cursor, kind, alone=alone)
    standing = _stand(cursor, kind, school, stated)
    _decide(cursor, kind, stated, standing)
    return stated


def _say(cursor: CursorWrapper, kind: SlotKind) -> None:
    table_as(
        cursor,
        kind.said,
        f"""
        SELECT st.src, st.pupil, st.subject, st.day, {_SIGNATURE.format(value="st.value")} AS sig, count(*)::int AS n
        FROM {kind.stage} st GROUP BY 1, 2, 3, 4
        """,
    )
    cursor.execute(f"SELECT src FROM {kind.said} WHERE n > %s LIMIT 1", [MOST_OF_ONE_SLOT])
    if cursor.fetchone():
        raise Refused(f"У одного ученика за один день по одному предмету больше {MOST_OF_ONE_SLOT} записей.")


def _agree(cursor: CursorWrapper, kind: SlotKind, *, alone: bool) -> Stated:
    """Files that share no slot need no weighing: what each says is what the call says."""
    doubtful = _any(cursor, "stage_unsure")
    several = not alone and _any(cursor, f"{kind.said} GROUP BY pupil, subject, day HAVING count(*) > 1")
    if not several and not doubtful:
        cursor.execute(f"ALTER TABLE {kind.said} ADD loose boolean NOT NULL DEFAULT false")
        return Stated(kind.said, several, doubtful)
    # A file that rejected a cell of the slot only speaks where no other file is certain.
    table_as(
        cursor,
        "agreed",
        f"""
        WITH weighed AS (
            SELECT said.*, unsure.src IS NOT NULL AS loose
            FROM {kind.said} said
            LEFT JOIN (SELECT DISTINCT * FROM stage_unsure) unsure USING (src, pupil, subject, day)
        ), last AS (
            SELECT DISTINCT ON (pupil, subject, day) pupil, subject, day, sig, loose
            FROM weighed ORDER BY pupil, subject, day, loose, src DESC
        )
        SELECT pupil, subject, day, sig, max(n) AS n, min(src) AS src, loose
        FROM weighed JOIN last USING (pupil, subject, day, sig, loose)
        GROUP BY pupil, subject, day, sig, loose
        """,
    )
    return Stated("agreed", several, doubtful)


def _any(cursor: CursorWrapper, rows: str) -> bool:
    cursor.execute(f"SELECT EXISTS (SELECT FROM {rows})")
    return bool(cursor.fetchone()[0])


def _stand(cursor: CursorWrapper, kind: SlotKind, school: School, stated: Stated) -> int:
    """Facts of the pupils named, between the first and the last day named; returns the number of slots."""
    table_as(cursor, "scope", f"SELECT pupil FROM {stated.agreed} UNION SELECT pupil FROM stage_cover")
    return table_as(
        cursor,
        "standing",
        f"""
        WITH span AS (
            SELECT min(first) AS since, max(last) AS until FROM (
                SELECT min(day) AS first, max(day) AS last FROM {stated.agreed}
                UNION ALL SELECT min(days[1]), max(days[cardinality(days)]) FROM stage_days
            ) days
        )
        SELECT e.pupil_id AS pupil, e.subject_id AS subject, e.date AS day,
            {_SIGNATURE.format(value=kind.value)} AS sig, count(*)::int AS n, bool_or(e.by_hand) AS hand
        FROM {kind.table} e
        WHERE e.school_id = %s AND e.pupil_id IN (SELECT pupil FROM scope)
            AND e.date BETWEEN (SELECT since FROM span) AND (SELECT until FROM span)
        GROUP BY 1, 2, 3
        """,
        [school.pk],
    )


_STATED_SLOTS = """
    SELECT a.pupil, a.subject, a.day, a.sig, a.n, a.src AS first, a.loose, coalesce(s.n, 0) AS standing,
        CASE
            WHEN EXISTS (
                SELECT FROM gradebook_handcorrection h
                WHERE h.fact_id IS NULL AND h.kind = %(kind)s
                    AND (h.pupil_id, h.subject_id, h.date) = (a.pupil, a.subject, a.day)
            ) THEN 'work'
            WHEN s.n IS NULL THEN 'new'
            WHEN s.sig = a.sig AND NOT s.hand THEN 'same'
            ELSE 'work'
        END AS fate
    FROM {agreed} a LEFT JOIN standing s USING (pupil, subject, day)
"""

# What stands where files cover the lesson but state nothing. Two classes' journals both name a pupil who moved: a
# blank removes only what the files of the same class brought.
_SILENT_SLOTS = """
    SELECT s.pupil, s.subject, s.day, 0::bigint, 0, min(c.src), false, s.n, 'work'
    FROM standing s JOIN stage_cover c ON c.pupil = s.pupil AND c.subject = s.subject
        JOIN stage_days d ON d.block = c.block AND s.day = ANY (d.days)
    WHERE NOT EXISTS (SELECT FROM {agreed} a WHERE (a.pupil, a.subject, a.day) = (s.pupil, s.subject, s.day))
        AND NOT EXISTS (SELECT FROM stage_unsure u WHERE (u.pupil, u.subject, u.day) = (s.pupil, s.subject, s.day))
        AND (
            s.pupil NOT IN (SELECT pupil FROM stage_mover)
            OR NOT EXISTS (
                SELECT FROM {table} e
                WHERE (e.pupil_id, e.subject_id, e.date) = (s.pupil, s.subject, s.day) AND NOT EXISTS (
                    SELECT FROM gradebook_coverage g
                    WHERE g.batch_id = e.batch_id AND NOT g.excluded AND g.school_class_id = c.school_class
                        AND g.form IN ('lessons', %(kind)s) AND s.pupil = ANY (g.pupils)
                        AND s.subject = ANY (g.subjects) AND s.day = ANY (g.dates)
                )
            )
        )
    GROUP BY s.pupil, s.subject, s.day, s.n
"""


def _decide(cursor: CursorWrapper, kind: SlotKind, stated: Stated, standing: int) -> None:
    """Slots where something stands and nothing is stated are looked for only where the numbers tell of some."""
    cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{kind.fate}")
    about = {"kind": kind.kind.value}
    query = _STATED_SLOTS.format(agreed=stated.agreed)
    cursor.execute(f"CREATE TEMPORARY TABLE {kind.fate} ON COMMIT DROP AS {query}", about)
    cursor.execute(f"SELECT count(*) FROM {kind.fate} WHERE standing > 0")
    if cursor.fetchone()[0] < standing:
        query = _SILENT_SLOTS.format(table=kind.table, agreed=stated.agreed)
        cursor.execute(f"INSERT INTO {kind.fate} {query}", about)
    cursor.execute(f"ANALYZE {kind.fate}")
