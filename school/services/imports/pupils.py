"""Writing what was decided about a contingent file."""

from collections.abc import Iterable, Mapping
from itertools import zip_longest

from school.imports.pupils import Fields, PupilDecision, PupilsPlan
from school.models import AcademicYear, Enrolment, Guardian, Guardianship, Pupil, SocialRecord
from school.seating import Seat
from school.services.imports.classes import write_classes
from school.services.imports.record import Recorder

_PUPIL = ("last_name", "first_name", "middle_name", "external_id", "sex", "birth_date")
_SOCIAL = ("special_needs", "non_native_russian")
_GUARDIAN = ("last_name", "first_name", "middle_name", "phone", "email")


def write_pupils(recorder: Recorder, year: AcademicYear, plan: PupilsPlan) -> frozenset[int]:
    """Write the plan; the answer is the keys of the pupils whom it touched."""
    classes = write_classes(recorder, year, plan.new_classes)
    touched = [decision for decision in plan.decisions if decision.kind != "unchanged"]
    keys = _write_cores(recorder, year, touched)
    pairs = list(zip(touched, keys, strict=True))
    _write_social(recorder, pairs)
    _write_guardians(recorder, year, pairs)
    _write_seats(recorder, classes, pairs)
    return frozenset(keys)


def _write_cores(recorder: Recorder, year: AcademicYear, decisions: list[PupilDecision]) -> list[int]:
    """Pupils themselves; the answer is their keys, in the order of the decisions."""
    fresh = [Pupil(school=year.school, **d.fields) for d in decisions if d.pupil is None]
    recorder.create(fresh, _PUPIL)
    known = Pupil.objects.in_bulk([d.pupil for d in decisions if d.pupil is not None and d.fields])
    recorder.change([(known[d.pupil], d.fields) for d in decisions if d.pupil is not None and d.fields])
    new_keys = iter([pupil.pk for pupil in fresh])
    return [next(new_keys) if d.pupil is None else d.pupil for d in decisions]


def _write_social(recorder: Recorder, pairs: Iterable[tuple[PupilDecision, int]]) -> None:
    stated = {key: decision.social for decision, key in pairs if decision.social}
    known = SocialRecord.objects.in_bulk(list(stated))
    recorder.create([SocialRecord(pk=key, **stated[key]) for key in stated if key not in known], _SOCIAL)
    recorder.change([(record, stated[key]) for key, record in known.items()])


def _write_guardians(recorder: Recorder, year: AcademicYear, pairs: list[tuple[PupilDecision, int]]) -> None:
    fresh = [(change, key) for decision, key in pairs for change in decision.guardians if change.pk is None]
    people = [Guardian(school=year.school, **change.fields) for change, _ in fresh]
    recorder.create(people, _GUARDIAN)
    ties = [
        Guardianship(guardian=person, pupil_id=key, relation=change.relation or Guardianship.Relation.OTHER)
        for person, (change, key) in zip(people, fresh, strict=True)
    ]
    recorder.create(ties, ["relation"])
    changed = {g.pk: g.fields for decision, _ in pairs for g in decision.guardians if g.pk is not None}
    recorder.change([(row, changed[pk]) for pk, row in Guardian.objects.in_bulk(list(changed)).items()])


def _write_seats(recorder: Recorder, classes: Mapping[int, int], pairs: Iterable[tuple[PupilDecision, int]]) -> None:
    """First all first edits, then all second ones, then the new seats: no pupil sits twice on the way."""
    changes = [(decision.seats, key) for decision, key in pairs]
    edits = [seat for change, _ in changes for seat in change.edited]
    rows = Enrolment.objects.in_bulk([seat.pk for seat in edits])
    for stage in zip_longest(*(change.edited for change, _ in changes)):
        recorder.change([(rows[seat.pk], _seat_fields(seat, rows[seat.pk], classes)) for seat in stage if seat])
    fresh = [
        Enrolment(
            pupil_id=key,
            school_class_id=classes.get(seat.class_id, seat.class_id),
            starts=seat.starts,
            ends=seat.ends,
        )
        for change, key in changes
        for seat in change.opened
    ]
    recorder.create(fresh, ["school_class_id", "starts", "ends"])


def _seat_fields(seat: Seat, row: Enrolment, classes: Mapping[int, int]) -> Fields:
    """The columns of the seat that differ from the row."""
    wanted: Fields = {
        "school_class_id": classes.get(seat.class_id, seat.class_id),
        "starts": seat.starts,
        "ends": seat.ends,
    }
    return {name: value for name, value in wanted.items() if value != getattr(row, name)}
