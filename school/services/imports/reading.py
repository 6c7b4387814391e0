"""What the school knows, read once for planning an import: a constant number of queries."""

from collections import defaultdict

from django.db.models import QuerySet

from common.names import name_key
from school.imports.known import Collective, Contingent, KnownGuardian, KnownPupil, KnownStaff, NameParts
from school.models import (
    AcademicYear,
    Enrolment,
    Guardianship,
    Pupil,
    School,
    SchoolClass,
    SocialRecord,
    Staff,
    StaffPosition,
    Subject,
    SubjectAlias,
    TeachingAssignment,
)
from school.models.people import PersonName
from school.seating import Seat


def _name(person: PersonName) -> NameParts:
    return person.last_name, person.first_name, person.middle_name


def _titles(school: School) -> dict[int, str]:
    return {school_class.pk: str(school_class) for school_class in SchoolClass.objects.filter(school=school)}


def _classes_of(year: AcademicYear) -> dict[tuple[int, str], int]:
    rows = SchoolClass.objects.filter(year=year).values_list("grade", "letter", "pk")
    return {(grade, letter): pk for grade, letter, pk in rows}


def read_contingent(year: AcademicYear) -> Contingent:
    """The pupils of the school with seats, guardians and restricted flags; 7 queries."""
    school = year.school
    return Contingent(
        today=school.today(),
        year_starts=year.starts,
        year_ends=year.ends,
        classes=_classes_of(year),
        titles=_titles(school),
        pupils=tuple(_known_pupils(school)),
    )


def _known_pupils(school: School) -> list[KnownPupil]:
    seats: dict[int, list[Seat]] = defaultdict(list)
    for row in Enrolment.objects.filter(pupil__school=school):
        seats[row.pupil_id].append(Seat(row.pk, row.school_class_id, row.starts, row.ends))
    guardians: dict[int, list[KnownGuardian]] = defaultdict(list)
    for tie in Guardianship.objects.filter(pupil__school=school).select_related("guardian").order_by("pk"):
        person = tie.guardian
        known = KnownGuardian(
            person.pk, _name(person), person.phone, person.email, tuple(person.by_hand), tuple(person.also_named)
        )
        guardians[tie.pupil_id].append(known)
    social = {row.pk: row for row in SocialRecord.objects.filter(pupil__school=school)}
    return [
        KnownPupil(
            pk=pupil.pk,
            external_id=pupil.external_id,
            name=_name(pupil),
            sex=pupil.sex,
            birth_date=pupil.birth_date,
            special_needs=pupil.pk in social and social[pupil.pk].special_needs,
            non_native_russian=pupil.pk in social and social[pupil.pk].non_native_russian,
            seats=tuple(seats[pupil.pk]),
            guardians=tuple(guardians[pupil.pk]),
            detached=tuple(pupil.detached),
        )
        for pupil in Pupil.objects.filter(school=school)
    ]


def read_collective(year: AcademicYear) -> Collective:
    """The staff of the school with positions and assignments, its classes and subjects; 8 queries."""
    school = year.school
    leaders = SchoolClass.objects.filter(year=year, class_teacher__isnull=False).values_list("pk", "class_teacher_id")
    subjects = {name_key(name): pk for name, pk in _alias_rows(school)}
    names = dict(Subject.objects.filter(school=school).values_list("pk", "name"))
    subjects.update({name_key(name): pk for pk, name in names.items()})
    return Collective(
        classes=_classes_of(year),
        titles=_titles(school),
        leaders={pk: teacher for pk, teacher in leaders if teacher is not None},
        subjects=subjects,
        subject_names=names,
        staff=tuple(_known_staff(school, year)),
    )


def _alias_rows(school: School) -> "QuerySet[SubjectAlias, tuple[str, int]]":
    return SubjectAlias.objects.filter(school=school).values_list("name", "subject_id")


def _known_staff(school: School, year: AcademicYear) -> list[KnownStaff]:
    today = school.today()
    positions: dict[int, set[str]] = defaultdict(set)
    for staff_id, position in StaffPosition.objects.filter(staff__school=school, ends__isnull=True).values_list(
        "staff_id", "position"
    ):
        positions[staff_id].add(position)
    taught: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for staff_id, subject_id, class_id in TeachingAssignment.objects.filter(
        school_class__year=year, ends__isnull=True
    ).values_list("staff_id", "subject_id", "school_class_id"):
        taught[staff_id].add((subject_id, class_id))
    return [
        KnownStaff(
            pk=person.pk,
            name=_name(person),
            email=person.email,
            phone=person.phone,
            left=person.left_on is not None and person.left_on < today,
            positions=frozenset(positions[person.pk]),
            assignments=frozenset(taught[person.pk]),
        )
        for person in Staff.objects.filter(school=school)
    ]
