"""What a contingent file changes: every row is decided upon against what the school knows. Pure.

Pupils who are absent from the file are left alone; an empty cell removes nothing. A newcomer sits in the class from
the first day of the year, unless «Дата перевода» says later; another class for a known pupil is a move.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from common.names import name_key
from common.russian import date_short
from school.imports.classbook import ClassBook
from school.imports.known import ClassKey, Contingent, KnownGuardian, KnownPupil
from school.imports.matching import PupilMatcher, RowRejected, bare_id, name_of
from school.imports.parsed import GuardianRef, ParsedPupils, PupilRow, RejectedCell, rejected_cell
from school.naming import class_parts, email_or_nothing, person_parts, same_person
from school.seating import NO_SEAT_CHANGE, Seat, SeatChange, SeatRefused, begin_on, last_seat, move

Fields = dict[str, str | date | bool | int | None]

YOUNGEST, OLDEST = 4, 25


@dataclass(frozen=True, slots=True)
class GuardianChange:
    """A new guardian (`pk` is None) or new contacts of a known one."""

    pk: int | None
    fields: Fields
    relation: str = ""


@dataclass(frozen=True, slots=True)
class PupilDecision:
    """What one row does. `fields` and `social` hold only what is to be written; `notes` say it in words."""

    row: PupilRow
    pupil: int | None
    class_name: str
    fields: Fields = field(default_factory=dict)
    social: Fields = field(default_factory=dict)
    guardians: tuple[GuardianChange, ...] = ()
    seats: SeatChange = NO_SEAT_CHANGE
    notes: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """created, moved, updated or unchanged."""
        if self.pupil is None:
            return "created"
        if not self.seats.empty:
            return "moved"
        return "updated" if self.fields or self.social or self.guardians else "unchanged"


@dataclass(frozen=True, slots=True)
class PupilsPlan:
    """All decisions about a file. `new_classes` are known by negative numbers until they are written."""

    decisions: tuple[PupilDecision, ...]
    rejected: tuple[RejectedCell, ...]
    new_classes: Mapping[int, ClassKey]
    classes: int

    def count(self, *kinds: str) -> int:
        """How many rows are decided in one of these ways."""
        return sum(decision.kind in kinds for decision in self.decisions)


def plan_pupils(parsed: ParsedPupils, known: Contingent) -> PupilsPlan:
    """Decide about every row of the file, in its order."""
    return _Planner(known).plan(parsed)


class _Planner:
    """Holds the indexes of one planning."""

    def __init__(self, known: Contingent) -> None:
        self.known = known
        self.matcher = PupilMatcher(known)
        self.book = ClassBook(known.classes, known.titles)
        self.named: set[ClassKey] = set()

    def plan(self, parsed: ParsedPupils) -> PupilsPlan:
        decisions: list[PupilDecision] = []
        rejected = list(parsed.rejected)
        for row in parsed.rows:
            try:
                decisions.append(self._decide(row))
            except RowRejected as no:
                rejected.append(rejected_cell(row, no.where, no.value, no.reason))
        return PupilsPlan(tuple(decisions), tuple(rejected), self._used(decisions), len(self.named))

    def _used(self, decisions: list[PupilDecision]) -> dict[int, ClassKey]:
        used = {seat.class_id for decision in decisions for seat in (*decision.seats.edited, *decision.seats.opened)}
        return {number: key for number, key in self.book.new.items() if number in used}

    def _decide(self, row: PupilRow) -> PupilDecision:
        self._check_names_and_dates(row)
        key = self._class_key(row)
        self.matcher.check_repeats(row, key)
        pupil = self.matcher.find(row, key)
        if pupil is not None:
            self.matcher.claim(pupil, row)
        self.named.add(key)
        return self._created(row, key) if pupil is None else self._changed(row, key, pupil)

    def _check_names_and_dates(self, row: PupilRow) -> None:
        if not row.last_name or not row.first_name:
            raise RowRejected("last_name", " ".join(name_of(row)).strip(), "нужны фамилия и имя")
        long = next((part for part in name_of(row) if len(part) > 100), None)
        if long is not None:
            raise RowRejected("last_name", long[:60], "слишком длинное имя, больше 100 знаков")
        if len(row.external_id) > 64:
            raise RowRejected("external_id", row.external_id[:60], "слишком длинный идентификатор, больше 64 знаков")
        if row.birth_date is not None and not self._plausible(row.birth_date):
            raise RowRejected("birth_date", date_short(row.birth_date), "дата рождения не школьника")

    def _plausible(self, birth: date) -> bool:
        return YOUNGEST <= self.known.year_ends.year - birth.year <= OLDEST

    def _class_key(self, row: PupilRow) -> ClassKey:
        if not row.class_name:
            raise RowRejected("class_name", "", "не указан класс")
        key = class_parts(row.class_name)
        if key is None:
            raise RowRejected("class_name", row.class_name, "это не класс, нужно, например, «7А»")
        return key

    def _created(self, row: PupilRow, key: ClassKey) -> PupilDecision:
        starts = self._arrival(row)
        name = f"{key[0]}{key[1]}"
        return PupilDecision(
            row=row,
            pupil=None,
            class_name=name,
            fields=_own_fields(row),
            social={name: True for name, stated in _social(row).items() if stated},
            guardians=tuple(
                GuardianChange(None, _guardian_fields(ref), ref.relation) for ref in _distinct(row.guardians)
            ),
            seats=SeatChange(opened=(Seat(None, self.book.number(key), starts),)),
            notes=(f"зачисление в {name} с {date_short(starts)}",),
        )

    def _arrival(self, row: PupilRow) -> date:
        """The year's first day, so that the contingent of the first quarter is right whenever the file is imported."""
        if row.moved_on is None or row.moved_on < self.known.year_starts:
            return self.known.year_starts
        self._check_within_year(row.moved_on)
        return row.moved_on

    def _check_within_year(self, day: date) -> None:
        if not self.known.year_starts <= day <= self.known.year_ends:
            raise RowRejected("moved_on", date_short(day), "дата вне учебного года")

    def _changed(self, row: PupilRow, key: ClassKey, pupil: KnownPupil) -> PupilDecision:
        fields = _changed_fields(row, pupil)
        social: Fields = {name: value for name, value in _social(row).items() if value != getattr(pupil, name)}
        guardians, about_guardians = _guardian_changes(row, pupil)
        seats = self._seating(row, key, pupil)
        name = f"{key[0]}{key[1]}"
        notes = [*_field_notes(fields, pupil), *(["закрытые сведения"] if social else []), *about_guardians]
        if not seats.empty:
            notes.insert(0, self._seat_note(name, pupil, seats))
        return PupilDecision(row, pupil.pk, name, fields, social, guardians, seats, tuple(notes))

    def _seating(self, row: PupilRow, key: ClassKey, pupil: KnownPupil) -> SeatChange:
        class_id = self.book.number(key)
        last = last_seat(pupil.seats)
        try:
            if last is not None and last.class_id == class_id and (last.ends is None or last.ends >= self._day()):
                return self._first_day(row, pupil, last)
            return move(pupil.seats, class_id, self._moving_day(row, pupil))
        except SeatRefused as refusal:
            where = "moved_on" if row.moved_on is not None else "class_name"
            value = date_short(row.moved_on) if row.moved_on is not None else row.class_name
            raise RowRejected(where, value, refusal.message) from refusal

    def _first_day(self, row: PupilRow, pupil: KnownPupil, seat: Seat) -> SeatChange:
        day = row.moved_on
        if day is None or day == seat.starts or day < self.known.year_starts:
            return NO_SEAT_CHANGE
        self._check_within_year(day)
        return begin_on(pupil.seats, seat, day)

    def _moving_day(self, row: PupilRow, pupil: KnownPupil) -> date:
        last = last_seat(pupil.seats)
        if last is None or last.starts < self.known.year_starts:
            return self._arrival(row)
        if row.moved_on is not None:
            self._check_within_year(row.moved_on)
            return row.moved_on
        return self._day()

    def _day(self) -> date:
        return min(max(self.known.today, self.known.year_starts), self.known.year_ends)

    def _seat_note(self, name: str, pupil: KnownPupil, seats: SeatChange) -> str:
        last = last_seat(pupil.seats)
        if last is None or not seats.edited:
            return f"зачисление в {name} с {date_short(seats.opened[0].starts)}"
        now = seats.opened[0] if seats.opened else next(seat for seat in seats.edited if seat.pk == last.pk)
        if now.class_id == last.class_id:
            return f"в {name} с {date_short(now.starts)}, было с {date_short(last.starts)}"
        return f"{self.book.titles.get(last.class_id, '—')} → {name} с {date_short(now.starts)}"


_NAME_PLACE = {"last_name": 0, "first_name": 1, "middle_name": 2}


def _own_fields(row: PupilRow) -> Fields:
    return {
        "last_name": row.last_name,
        "first_name": row.first_name,
        "middle_name": row.middle_name,
        "external_id": row.external_id,
        "sex": row.sex,
        "birth_date": row.birth_date,
    }


def _changed_fields(row: PupilRow, pupil: KnownPupil) -> Fields:
    now: Fields = {
        **dict(zip(("last_name", "first_name", "middle_name"), pupil.name, strict=True)),
        "external_id": pupil.external_id,
        "sex": pupil.sex,
        "birth_date": pupil.birth_date,
    }
    stated: Fields = {name: value for name, value in _own_fields(row).items() if value and value != now[name]}
    if bare_id(row.external_id) == bare_id(pupil.external_id):
        stated.pop("external_id", None)
    if same_person(name_of(row), pupil.name):
        # Another writing of the same name is no news; a patronymic that was missing is.
        stated = {n: v for n, v in stated.items() if n not in _NAME_PLACE or (n == "middle_name" and not now[n])}
    return stated


def _social(row: PupilRow) -> dict[str, bool]:
    stated = {"special_needs": row.special_needs, "non_native_russian": row.non_native_russian}
    return {name: value for name, value in stated.items() if value is not None}


_FIELD_WORDS = {
    "last_name": "фамилия",
    "first_name": "имя",
    "middle_name": "отчество",
    "external_id": "идентификатор",
    "sex": "пол",
    "birth_date": "дата рождения",
}


def _field_notes(fields: Fields, pupil: KnownPupil) -> list[str]:
    notes = []
    for name, value in fields.items():
        was = pupil.name[_NAME_PLACE[name]] if name in _NAME_PLACE else getattr(pupil, name)
        notes.append(f"{_FIELD_WORDS[name]}: {_shown(was)} → {_shown(value)}")
    return notes


_SEXES = {"m": "мужской", "f": "женский"}


def _shown(value: object) -> str:
    if isinstance(value, date):
        return date_short(value)
    return _SEXES.get(str(value), str(value)) if value else "—"


def _distinct(guardians: tuple[GuardianRef, ...]) -> list[GuardianRef]:
    return list({name_key(ref.name): ref for ref in reversed(guardians) if ref.name}.values())[::-1]


def _guardian_fields(ref: GuardianRef) -> Fields:
    last, first, middle = (part[:100] for part in person_parts(ref.name))
    return {
        "last_name": last,
        "first_name": first,
        "middle_name": middle,
        "phone": ref.phone[:40],
        "email": email_or_nothing(ref.email),
    }


def _is(name: str, guardian: KnownGuardian) -> bool:
    """Under the present name, or under one of those that files knew."""
    parts = person_parts(name)
    return same_person(parts, guardian.name) or any(
        same_person(parts, person_parts(one)) for one in guardian.also_named
    )


def _guardian_changes(row: PupilRow, pupil: KnownPupil) -> tuple[tuple[GuardianChange, ...], list[str]]:
    """Guardians are matched only among the pupil's own, by name: a shared telephone or e-mail merges nobody.

    What a person wrote stays: contacts, a changed name, and that somebody is no guardian any more.
    """
    changes: list[GuardianChange] = []
    notes: list[str] = []
    for ref in _distinct(row.guardians):
        known = [g for g in pupil.guardians if _is(ref.name, g)]
        if not known and any(same_person(person_parts(ref.name), person_parts(name)) for name in pupil.detached):
            notes.append(f"{ref.name}: в школе убран(а) из представителей, из файла не записан(а)")
            continue
        if not known:
            changes.append(GuardianChange(None, _guardian_fields(ref), ref.relation))
            notes.append(f"новый законный представитель: {ref.name}")
            continue
        contacts = {"phone": ref.phone[:40], "email": email_or_nothing(ref.email)}
        stated = {name: value for name, value in contacts.items() if value and value != getattr(known[0], name)}
        fresh: Fields = {name: value for name, value in stated.items() if name not in known[0].by_hand}
        if stated.keys() - fresh.keys():
            notes.append(f"контакты, записанные в школе, оставлены: {ref.name}")
        if fresh:
            changes.append(GuardianChange(known[0].pk, fresh))
            notes.append(f"контакты: {ref.name}")
    return tuple(changes), notes
