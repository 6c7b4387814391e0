"""Contingent and staff files → rows. Pure; runs in the child process of `common.tabular`."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from common.tabular.dates import read_date
from common.tabular.errors import Problem
from common.tabular.grid import Grid
from common.tabular.limits import Limits
from common.tabular.reader import read_sheets
from common.tabular.text import key, shown, tidy
from school.imports.heads import Head, ParentColumns, pupils_head, staff_head
from school.imports.parsed import GuardianRef, ParsedPupils, ParsedStaff, PupilRow, RejectedCell, StaffRow
from school.imports.words import PUPILS, STAFF, TOTALS, field_of
from school.naming import class_parts, person_parts

NOT_PUPILS = ("в нём нет таблицы учеников", "нужны столбцы с ФИО и классом: «Фамилия», «Имя», «Отчество», «Класс»")
NOT_STAFF = ("в нём нет таблицы сотрудников", "нужны столбцы «ФИО», «Должность», «Предмет», «Классы»")
SEXES = {"м": "m", "муж": "m", "мужской": "m", "мальчик": "m", "m": "m", "male": "m"} | {
    "ж": "f",
    "жен": "f",
    "женский": "f",
    "девочка": "f",
    "f": "f",
    "female": "f",
}
YES = re.compile(r"да|\+|1|v|х|x|true|истина|есть|имеется|овз|с овз|✓|✔|неродной|нет родного|yes")
NO = re.compile(r"нет|-+|–|—|0|false|ложь|не .*|без .*|отсутств.*|родной|no")
BETWEEN = re.compile(r"[;,\n]+(?![^()]*\))")
PEOPLE = re.compile(r"[;,\n/]+")
CLASS_ABOVE = re.compile(r"\bкласс\s*:?\s*(\d{1,2}\s*[-«\"]?\s*[а-яёa-z]?[»\"]?)(?!\w)", re.IGNORECASE)
CLASS_TOKEN = re.compile(r"\d{1,2}\s?[-«\"]?[А-ЯЁа-яёA-Za-z](?![А-ЯЁа-яёA-Za-z])[»\"]?")


def parse_pupils(path: Path, name: str, limits: Limits) -> ParsedPupils:
    """All pupils of a file, sheet by sheet. Raises `Problem` when no sheet is a contingent."""
    rejected: list[RejectedCell] = []
    rows: list[PupilRow] = []
    known = False
    for grid in _grids(path, name, limits):
        head = pupils_head(grid)
        if head is None:
            raise Problem(*NOT_PUPILS)
        known = True
        rows += PupilReader(grid, head, rejected).rows()
    if not known:
        raise Problem(*NOT_PUPILS)
    return ParsedPupils(tuple(rows), tuple(rejected))


def parse_staff(path: Path, name: str, limits: Limits) -> ParsedStaff:
    """All rows of a staff file, sheet by sheet. Raises `Problem` when no sheet is one."""
    rejected: list[RejectedCell] = []
    rows: list[StaffRow] = []
    known = False
    for grid in _grids(path, name, limits):
        head = staff_head(grid)
        if head is None:
            raise Problem(*NOT_STAFF)
        known = True
        rows += StaffReader(grid, head, rejected).rows()
    if not known:
        raise Problem(*NOT_STAFF)
    return ParsedStaff(tuple(rows), tuple(rejected))


def _grids(path: Path, name: str, limits: Limits) -> Iterator[Grid]:
    for sheet in read_sheets(path, name, limits):
        if not sheet.blank and not sheet.hidden:
            yield Grid(sheet)


class _Reader:
    """What reading a pupil's and a staff member's row share."""

    fields = PUPILS

    def __init__(self, grid: Grid, head: Head, rejected: list[RejectedCell]) -> None:
        self.grid = grid
        self.head = head
        self.rejected = rejected

    def numbers(self) -> Iterator[int]:
        """Rows below the heading that name a person; those that should and do not are rejected."""
        for row in range(self.head.bottom + 1, len(self.grid)):
            if self.grid.blank(row) or self._is_service(row):
                continue
            last, first, _ = self.person(row)
            if last and first:
                yield row
            elif last or self._expects_person(row):
                self.reject(row, self._name_column, "нужны фамилия и имя")

    def _is_service(self, row: int) -> bool:
        texts = [self.grid.key(row, column) for column in self.grid.filled(row)]
        name = key(self.grid.text(row, self._name_column))
        if any(TOTALS.match(text) for text in ([name] if name else texts)):
            return True
        return sum(bool(field_of(text, self.fields)) for text in texts) > 2

    def _expects_person(self, row: int) -> bool:
        expected = ("external_id", "birth_date", "class_name", "positions", "subjects")
        return any(self.text(row, field) for field in expected)

    @property
    def _name_column(self) -> int:
        return (self.head.columns.get("name") or self.head.columns["last_name"])[0]

    def person(self, row: int) -> tuple[str, str, str]:
        """Surname, first name, patronymic."""
        if "last_name" in self.head.columns and "first_name" in self.head.columns:
            return self.text(row, "last_name"), self.text(row, "first_name"), self.text(row, "middle_name")
        columns = self.head.columns["name"]
        name = " ".join(dict.fromkeys(filter(None, (self.grid.text(row, column) for column in columns))))
        return person_parts(name)

    def text(self, row: int, field: str) -> str:
        """The field's text in the row, an empty string where there is none."""
        columns = self.head.columns.get(field, [])
        return next(filter(None, (self.grid.text(row, column) for column in columns)), "")

    def raw_text(self, row: int, column: int) -> str:
        """A cell's text with its line breaks."""
        value = self.grid.at(row, column)
        return value.strip() if isinstance(value, str) else shown(value)

    def date(self, row: int, field: str) -> date | None:
        """The field's date; a text that is none is rejected."""
        columns = self.head.columns.get(field)
        if not columns or not self.text(row, field):
            return None
        found = read_date(self.grid.at(row, columns[0]))
        if found is None:
            self.reject(row, columns[0], "не дата: нужно «08.05.2015»")
        return found

    def several(self, row: int, field: str) -> tuple[str, ...]:
        """Values between commas, semicolons or line breaks, from all columns of the field."""
        columns = self.head.columns.get(field, [])
        parts = (tidy(part) for column in columns for part in BETWEEN.split(self.raw_text(row, column)))
        return tuple(dict.fromkeys(filter(None, parts)))

    def reject(self, row: int, column: int, reason: str) -> None:
        """List a cell that was not understood."""
        value = self.grid.text(row, column)[:60]
        self.rejected.append(RejectedCell(self.grid.name, self.grid.address(row, column), value, reason))

    def cells(self, row: int) -> dict[str, str]:
        """Where the row's fields stand. A full name stands for its parts."""
        found = {field: self.grid.address(row, columns[0]) for field, columns in self.head.columns.items()}
        if "last_name" not in found:
            found |= dict.fromkeys(("last_name", "first_name", "middle_name"), found["name"])
        return found


class PupilReader(_Reader):
    """Reads the rows of a contingent."""

    def rows(self) -> Iterator[PupilRow]:
        """The pupils of the sheet."""
        above = self._class_above()
        for row in self.numbers():
            moved_on = self.date(row, "moved_on")
            if moved_on is None and self.text(row, "moved_on").strip("-–— "):
                continue  # rejected: nobody is moved on a day that was only guessed
            last, first, middle = self.person(row)
            yield PupilRow(
                sheet=self.grid.name,
                row=row,
                last_name=last,
                first_name=first,
                middle_name=middle,
                external_id=self.text(row, "external_id"),
                sex=self._sex(row),
                birth_date=self.date(row, "birth_date"),
                class_name=self.text(row, "class_name") or above,
                special_needs=self._flag(row, "special_needs", any_text=True),
                non_native_russian=self._flag(row, "non_native_russian", any_text=False),
                guardians=self._guardians(row),
                moved_on=moved_on,
                cells=self.cells(row),
            )

    def _class_above(self) -> str:
        """A class for the whole sheet: from the lines above the table, else from the sheet's name."""
        for row in range(self.head.bottom):
            for column in self.grid.filled(row):
                if found := CLASS_ABOVE.search(self.grid.text(row, column)):
                    return found[1].strip()
        parts = class_parts(self.grid.name) if self.grid.sheet.titled else None
        return tidy(self.grid.name) if parts and parts[1] else ""

    def _sex(self, row: int) -> str:
        text = key(self.text(row, "sex"))
        if text and text not in SEXES:
            self.reject(row, self.head.columns["sex"][0], "пол указывают буквой «М» или «Ж»")
        return SEXES.get(text, "")

    def _flag(self, row: int, field: str, *, any_text: bool) -> bool | None:
        """Yes, no, or None where nothing is said; `any_text`: a diagnosis or a document's number means yes."""
        text = self.text(row, field).lower()
        if not text:
            return None
        if NO.fullmatch(text):
            return False
        if YES.fullmatch(text) or any_text:
            return True
        self.reject(row, self.head.columns[field][0], "нужно «да» или «нет»")
        return None

    def _guardians(self, row: int) -> tuple[GuardianRef, ...]:
        return tuple(ref for parent in self.head.parents for ref in self._parents_in(row, parent))

    def _parents_in(self, row: int, parent: ParentColumns) -> Iterator[GuardianRef]:
        """Usually one; two when the cell names two people."""
        raw = {part: self.raw_text(row, column) for part, column in parent.columns.items()}
        names = [tidy(name) for name in PEOPLE.split(raw.get("name", "")) if tidy(name)]
        if any(" " not in name for name in names):
            names = [tidy(raw["name"])]
        for place, name in enumerate(names):
            phone, email = (_own_part(raw.get(part, ""), place, len(names)) for part in ("phone", "email"))
            yield GuardianRef(name, phone, email, parent.relation)


def _own_part(text: str, place: int, people: int) -> str:
    """Of contacts listed for several people each gets the own one; when they do not match, the first gets all."""
    if people == 1:
        return tidy(text)
    parts = [tidy(part) for part in re.split(r"[;,\n]+", text) if tidy(part)]
    if len(parts) == people:
        return parts[place]
    return tidy(text) if place == 0 else ""


class StaffReader(_Reader):
    """Reads the rows of a staff file."""

    fields = STAFF

    def rows(self) -> Iterator[StaffRow]:
        """The rows of the sheet."""
        for row in self.numbers():
            last, first, middle = self.person(row)
            yield StaffRow(
                sheet=self.grid.name,
                row=row,
                last_name=last,
                first_name=first,
                middle_name=middle,
                positions=self.several(row, "positions"),
                subjects=self.several(row, "subjects"),
                classes=self._classes(row, "classes"),
                leads=self._classes(row, "leads"),
                email=self.text(row, "email"),
                phone=self.text(row, "phone"),
                cells=self.cells(row),
            )

    def _classes(self, row: int, field: str) -> tuple[str, ...]:
        """Names of classes; «7А 8А» without commas are two."""
        found: list[str] = []
        for part in self.several(row, field):
            tokens = CLASS_TOKEN.findall(part)
            apart = len(tokens) > 1 and not CLASS_TOKEN.sub("", part).strip()
            found += [tidy(token) for token in tokens] if apart else [part]
        return tuple(name for name in dict.fromkeys(found) if name.strip("-–— "))
