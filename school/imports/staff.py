"""What a staff file changes: rows are gathered into persons and decided upon against what the school knows. Pure.

People who are absent from the file are left alone, and so are positions and assignments that it does not name.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from common.names import name_key
from school.imports.classbook import ClassBook
from school.imports.known import ClassKey, Collective, KnownStaff, NameParts
from school.imports.parsed import ParsedStaff, RejectedCell, StaffRow, rejected_cell
from school.imports.positions import position_of
from school.naming import email_or_nothing, same_person, tidy
from school.roles import Position

_FIELD_WORDS = {"email": "e-mail", "phone": "телефон", "middle_name": "отчество"}


@dataclass(frozen=True, slots=True)
class StaffDecision:
    """What the rows of one person do. Subjects and classes that are new are negative numbers of the plan."""

    row: StaffRow
    staff: int | None
    fields: dict[str, str] = field(default_factory=dict)
    positions: tuple[str, ...] = ()
    assignments: tuple[tuple[int, int], ...] = ()
    leads: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """created, updated or unchanged."""
        if self.staff is None:
            return "created"
        return "updated" if self.fields or self.positions or self.assignments or self.leads else "unchanged"


@dataclass(frozen=True, slots=True)
class StaffPlan:
    """All decisions about a file."""

    decisions: tuple[StaffDecision, ...]
    rejected: tuple[RejectedCell, ...]
    new_classes: Mapping[int, ClassKey]
    new_subjects: Mapping[int, str]
    classes: int

    def count(self, *kinds: str) -> int:
        """How many persons are decided in one of these ways."""
        return sum(decision.kind in kinds for decision in self.decisions)


def plan_staff(parsed: ParsedStaff, known: Collective) -> StaffPlan:
    """Decide about every person of the file, in the order of their first rows."""
    return _Planner(known, parsed).plan()


def _name(row: StaffRow) -> NameParts:
    return row.last_name, row.first_name, row.middle_name


def _shown(row: StaffRow) -> str:
    return " ".join(_name(row)).strip()


class _Planner:
    """Holds the indexes of one planning."""

    def __init__(self, known: Collective, parsed: ParsedStaff) -> None:
        self.known = known
        self.parsed = parsed
        self.rejected = list(parsed.rejected)
        self.book = ClassBook(known.classes, known.titles)
        self.subjects = dict(known.subjects)
        self.new_subjects: dict[int, str] = {}
        self.led: dict[int, StaffRow] = {}

    def plan(self) -> StaffPlan:
        decisions = []
        for rows, alone in self._persons():
            person, refusal = self._find(rows, alone)
            if refusal:
                self._reject(rows[0], "last_name", _shown(rows[0]), refusal)
            else:
                decisions.append(self._decide(rows, person))
        return StaffPlan(tuple(decisions), tuple(self.rejected), self.book.new, self.new_subjects, len(self.book.named))

    def _reject(self, row: StaffRow, where: str, value: str, reason: str) -> None:
        self.rejected.append(rejected_cell(row, where, value, reason))

    def _persons(self) -> Iterable[tuple[list[StaffRow], bool]]:
        """Rows of each person, and whether the file knows nobody else of that name."""
        by_name: dict[str, list[StaffRow]] = defaultdict(list)
        for row in self.parsed.rows:
            if row.last_name and row.first_name and max(map(len, _name(row))) <= 100:
                by_name[name_key(_shown(row))].append(row)
            else:
                self._reject(row, "last_name", _shown(row)[:60], "нужны фамилия и имя, не длиннее 100 знаков")
        for rows in by_name.values():
            emails = {row.email.lower() for row in rows if row.email}
            if len(emails) < 2:
                yield rows, True
            else:
                yield from self._namesakes(rows, emails)

    def _namesakes(self, rows: list[StaffRow], emails: set[str]) -> Iterable[tuple[list[StaffRow], bool]]:
        for row in rows:
            if not row.email:
                reason = "в файле несколько человек с этим именем: нужен e-mail, чтобы понять, кто это"
                self._reject(row, "last_name", _shown(row), reason)
        for email in sorted(emails):
            yield [row for row in rows if row.email.lower() == email], False

    def _find(self, rows: list[StaffRow], alone: bool) -> tuple[KnownStaff | None, str]:
        """The known person, or None for a new one; and why neither can be said."""
        row = rows[0]
        known = [p for p in self.known.staff if same_person(_name(row), p.name)]
        exact = [p for p in known if name_key(" ".join(p.name)) == name_key(" ".join(_name(row)))] or known
        present = [p for p in exact if not p.left]
        if exact and not present:
            return None, "сотрудник отмечен как уволенный; если он вернулся, снимите отметку на его странице"
        email = next((r.email.lower() for r in rows if r.email), "")
        by_email = [p for p in present if email and p.email.lower() == email]
        if len(by_email) == 1:
            return by_email[0], ""
        if not present or (not alone and all(p.email for p in present)):
            return None, ""
        if len(present) == 1 and alone:
            return present[0], ""
        return None, "в школе есть тёзка: нужен e-mail, по которому их можно различить"

    def _decide(self, rows: list[StaffRow], person: KnownStaff | None) -> StaffDecision:
        fields = self._fields(rows, person)
        positions = self._positions(rows, person)
        pairs = self._assignments(rows, person)
        leads = self._leads(rows, person)
        notes = [*self._field_notes(fields, person), *(position.label for position in positions)]
        notes += self._taught(pairs)
        notes += [f"классный руководитель {self.book.titles[class_id]}" for class_id in leads]
        return StaffDecision(
            row=rows[0],
            staff=person.pk if person else None,
            fields=fields,
            positions=tuple(position.value for position in positions),
            assignments=tuple(pairs),
            leads=tuple(leads),
            notes=tuple(notes),
        )

    def _fields(self, rows: list[StaffRow], person: KnownStaff | None) -> dict[str, str]:
        contacts = {name: next((getattr(r, name) for r in rows if getattr(r, name)), "") for name in ("email", "phone")}
        if contacts["email"] and not email_or_nothing(contacts["email"]):
            self._reject(rows[0], "email", contacts["email"][:60], "это не адрес почты: человек записан без него")
        contacts = {"email": email_or_nothing(contacts["email"]), "phone": contacts["phone"][:40]}
        if person is None:
            return {**dict(zip(("last_name", "first_name", "middle_name"), _name(rows[0]), strict=True)), **contacts}
        changed = {name: value for name, value in contacts.items() if value and value != getattr(person, name)}
        if rows[0].middle_name and not person.name[2]:
            changed["middle_name"] = rows[0].middle_name
        return changed

    def _field_notes(self, fields: dict[str, str], person: KnownStaff | None) -> list[str]:
        return [f"{_FIELD_WORDS[name]}: {value}" for name, value in fields.items()] if person is not None else []

    def _positions(self, rows: list[StaffRow], person: KnownStaff | None) -> list[Position]:
        found: dict[Position, None] = {}
        for row in rows:
            for written in row.positions:
                position = position_of(written)
                if position is None:
                    self._reject(row, "positions", written, "такой должности здесь нет: человек записан без неё")
                else:
                    found[position] = None
        held = person.positions if person else frozenset()
        return [position for position in found if position.value not in held]

    def _assignments(self, rows: list[StaffRow], person: KnownStaff | None) -> list[tuple[int, int]]:
        held = person.assignments if person else frozenset()
        pairs: dict[tuple[int, int], None] = {}
        for row in rows:
            classes = self._classes(row, "classes", row.classes)
            if classes and not row.subjects:
                self._reject(row, "classes", ", ".join(row.classes), "классы без предмета: не сказано, что ведёт")
            for name in row.subjects:
                subject = self._subject(row, name)
                pairs.update({(subject, class_id): None for class_id in classes if subject is not None})
        return [pair for pair in pairs if pair not in held]

    def _leads(self, rows: list[StaffRow], person: KnownStaff | None) -> list[int]:
        taken = []
        for row in rows:
            for class_id in self._classes(row, "leads", row.leads):
                first = self.led.setdefault(class_id, row)
                if name_key(_shown(first)) != name_key(_shown(row)) or first.email != row.email:
                    reason = f"в строке {first.row + 1} у этого класса другой классный руководитель"
                    self._reject(row, "leads", self.book.titles[class_id], reason)
                elif (person is None or self.known.leaders.get(class_id) != person.pk) and class_id not in taken:
                    taken.append(class_id)
        return taken

    def _classes(self, row: StaffRow, where: str, written: Sequence[str]) -> list[int]:
        found = []
        for text in written:
            number = self.book.number_of(text)
            if number is None:
                self._reject(row, where, text, "это не класс, нужно, например, «7А»")
            else:
                found.append(number)
        return found

    def _subject(self, row: StaffRow, name: str) -> int | None:
        if len(name) > 200:
            self._reject(row, "subjects", name[:60], "слишком длинное название предмета, больше 200 знаков")
            return None
        if name_key(name) not in self.subjects:
            number = -len(self.new_subjects) - 1
            self.subjects[name_key(name)] = number
            self.new_subjects[number] = tidy(name)
        return self.subjects[name_key(name)]

    def _taught(self, pairs: list[tuple[int, int]]) -> list[str]:
        """«Алгебра: 7А, 8А»."""
        names = self.new_subjects
        by_subject: dict[int, list[str]] = defaultdict(list)
        for subject, class_id in pairs:
            by_subject[subject].append(self.book.titles[class_id])
        known = self.known.subject_names
        return [f"{names.get(s) or known[s]}: {', '.join(titles)}" for s, titles in by_subject.items()]
