"""Which known pupil a row of a contingent file means. Pure.

By external id; else by name together with the birth date, or with the class where a birth date is not known.
What fits more than one person is never guessed: the row is rejected with the way out.
"""

from collections import defaultdict

from common.names import name_key
from school.imports.known import ClassKey, Contingent, KnownPupil, NameParts
from school.imports.parsed import PupilRow
from school.naming import same_person
from school.seating import last_seat


class RowRejected(Exception):  # noqa: N818 — it is an answer, not a fault
    """A row is not taken. `where` is the field of `cells` that is to blame."""

    def __init__(self, where: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.where, self.value, self.reason = where, value, reason


def name_of(row: PupilRow) -> NameParts:
    """Surname, first name, patronymic."""
    return row.last_name, row.first_name, row.middle_name


def bare_id(external_id: str) -> str:
    """The id without zeros in front."""
    return external_id.lstrip("0")


class PupilMatcher:
    """Finds the pupils of one file; remembers what the file has named already."""

    def __init__(self, known: Contingent) -> None:
        self.known = known
        self.by_id = {pupil.external_id: pupil for pupil in known.pupils if pupil.external_id}
        self.by_bare_id = {bare_id(known_id): pupil for known_id, pupil in self.by_id.items()}
        self.by_surname: dict[str, list[KnownPupil]] = defaultdict(list)
        for pupil in known.pupils:
            self.by_surname[name_key(pupil.name[0])].append(pupil)
        self.seen_ids: dict[str, PupilRow] = {}
        self.seen_pupils: dict[int, PupilRow] = {}
        self.seen_names: dict[tuple[str, ClassKey], list[PupilRow]] = defaultdict(list)

    def check_repeats(self, row: PupilRow, key: ClassKey) -> None:
        """Raise RowRejected when an earlier row of the file is this pupil, or may be."""
        if row.external_id and row.external_id in self.seen_ids:
            first = self.seen_ids[row.external_id].row + 1
            raise RowRejected("external_id", row.external_id, f"этот идентификатор уже стоит в строке {first}")
        namesakes = self.seen_names[name_key(" ".join(name_of(row))), key]
        for other in namesakes:
            if not _told_apart(row, other):
                raise RowRejected(
                    "last_name",
                    " ".join(name_of(row)).strip(),
                    f"такой ученик уже есть в строке {other.row + 1}; если это тёзка, нужны идентификаторы "
                    "или даты рождения обоих",
                )
        namesakes.append(row)
        if row.external_id:
            self.seen_ids[row.external_id] = row

    def claim(self, pupil: KnownPupil, row: PupilRow) -> None:
        """A known pupil stands in a file once. Raises RowRejected the second time."""
        first = self.seen_pupils.setdefault(pupil.pk, row)
        if first is not row:
            name = " ".join(name_of(row)).strip()
            raise RowRejected("last_name", name, f"этот же ученик уже есть в строке {first.row + 1}")

    def find(self, row: PupilRow, key: ClassKey) -> KnownPupil | None:
        """The known pupil, None for a new one. Raises RowRejected when it cannot be said."""
        by_id = self._by_id(row)
        if by_id is not None:
            return by_id
        candidates = self._namesakes(row)
        if row.external_id:
            self._check_other_ids(row, candidates)
            candidates = [pupil for pupil in candidates if not pupil.external_id]
        return self._by_birth_or_class(row, key, candidates)

    def _by_id(self, row: PupilRow) -> KnownPupil | None:
        if not row.external_id:
            return None
        pupil = self.by_id.get(row.external_id)
        if pupil is None:
            # A spreadsheet takes «01500570» for a number and drops its zero.
            bare = self.by_bare_id.get(bare_id(row.external_id))
            return bare if bare is not None and same_person(name_of(row), bare.name) else None
        if _somebody_else(row, pupil):
            who = " ".join(pupil.name).strip()
            raise RowRejected("external_id", row.external_id, f"под этим идентификатором уже записан(а) {who}")
        return pupil

    def _check_other_ids(self, row: PupilRow, namesakes: list[KnownPupil]) -> None:
        for pupil in namesakes:
            if pupil.external_id and row.birth_date is not None and pupil.birth_date == row.birth_date:
                reason = f"в школе уже есть этот ученик с той же датой рождения и идентификатором {pupil.external_id}"
                raise RowRejected("external_id", row.external_id, reason)

    def _namesakes(self, row: PupilRow) -> list[KnownPupil]:
        known = [pupil for pupil in self.by_surname[name_key(row.last_name)] if same_person(name_of(row), pupil.name)]
        full = name_key(" ".join(name_of(row)))
        return [pupil for pupil in known if name_key(" ".join(pupil.name)) == full] or known

    def _by_birth_or_class(self, row: PupilRow, key: ClassKey, candidates: list[KnownPupil]) -> KnownPupil | None:
        same_birth = [p for p in candidates if row.birth_date is not None and p.birth_date == row.birth_date]
        if len(same_birth) == 1:
            return same_birth[0]
        open_ones = [p for p in candidates if row.birth_date is None or p.birth_date is None] if not same_birth else []
        in_class = [pupil for pupil in same_birth or open_ones if self._sits_in(pupil, key)]
        if len(in_class) == 1:
            return in_class[0]
        unclear = in_class or same_birth or open_ones
        if unclear:
            raise RowRejected("last_name", " ".join(name_of(row)).strip(), self._unclear(unclear))
        return None

    def _unclear(self, candidates: list[KnownPupil]) -> str:
        who = ", ".join(f"{' '.join(p.name).strip()} ({self._last_title(p) or 'без класса'})" for p in candidates)
        return f"нельзя понять, кто это: в школе есть {who}; нужен идентификатор или дата рождения"

    def _last_title(self, pupil: KnownPupil) -> str:
        last = last_seat(pupil.seats)
        return self.known.titles.get(last.class_id, "") if last is not None else ""

    def _sits_in(self, pupil: KnownPupil, key: ClassKey) -> bool:
        return any(seat.class_id == self.known.classes.get(key) for seat in pupil.seats)


def _told_apart(row: PupilRow, other: PupilRow) -> bool:
    by_id = bool(row.external_id and other.external_id)
    by_birth = row.birth_date is not None and other.birth_date is not None and row.birth_date != other.birth_date
    return by_id or by_birth


def _somebody_else(row: PupilRow, pupil: KnownPupil) -> bool:
    """A known id with another name whole and another birth date is another child's, not a changed surname."""
    same_surname = name_key(row.last_name) == name_key(pupil.name[0])
    same_first = name_key(row.first_name) in (name_key(pupil.name[1]), name_key(pupil.name[2]))
    same_birth = row.birth_date is not None and row.birth_date == pupil.birth_date
    return not (same_surname or same_first or same_birth)
