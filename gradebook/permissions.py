"""Who may bring facts into the gradebook, correct them and take them back."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db.models import QuerySet

from school.access import Access, Viewer, access_of, classes_for, pupils_for
from school.models import Enrolment, Pupil, SchoolClass, TeachingAssignment
from school.roles import Role

_IMPORTERS = frozenset({Role.DEPUTY, Role.DIRECTOR, Role.ADMINISTRATOR})
_CORRECTORS = frozenset({Role.DEPUTY, Role.DIRECTOR, Role.ADMINISTRATOR})
_PLANNERS = frozenset({Role.DEPUTY, Role.DIRECTOR})
# A doctor's certificate is a fact of health: those whose duty it is, and the pupil's own class teacher.
_GROUND_KEEPERS = frozenset({Role.DEPUTY, Role.DIRECTOR, Role.SOCIAL_PEDAGOGUE})


def can_import_gradebook(user: Viewer) -> bool:
    """The administration loads the e-journal's files, settles rows and undoes batches."""
    access = access_of(user)
    return access.school is not None and bool(access.roles & _IMPORTERS)


def can_correct_gradebook(user: Viewer, pupil: Pupil) -> bool:
    """The administration corrects marks, absences and results of its own school's pupils; a teacher, in the journal."""
    access = access_of(user)
    return access.school is not None and access.school.pk == pupil.school_id and bool(access.roles & _CORRECTORS)


def keeps_grounds(user: Viewer) -> bool:
    """Whether reasons of absence are anything of this person's: class teachers, social pedagogue, administration."""
    access = access_of(user)
    return access.school is not None and bool(access.roles & (_GROUND_KEEPERS | {Role.CLASS_TEACHER}))


def leads_any_class(user: Viewer) -> bool:
    """Class teachers, who are asked first why a lesson was missed."""
    access = access_of(user)
    return access.staff is not None and Role.CLASS_TEACHER in access.roles


def pupils_of_grounds(user: Viewer) -> QuerySet[Pupil]:
    """Whose reasons of absence, papers included, the person sees and enters: the own class, or the whole school."""
    access = access_of(user)
    if access.roles & _GROUND_KEEPERS:
        return pupils_for(user)
    if access.today is None:
        return pupils_for(user).none()
    seats = Enrolment.objects.on(access.today).filter(school_class__in=classes_of_grounds(user))
    return pupils_for(user).filter(pk__in=seats.values("pupil"))


def classes_of_grounds(user: Viewer) -> QuerySet[SchoolClass]:
    """The classes whose reasons of absence the person keeps: those led, or all of the school."""
    access = access_of(user)
    classes = classes_for(user)
    if access.roles & _GROUND_KEEPERS:
        return classes
    if access.staff is None or access.today is None or Role.CLASS_TEACHER not in access.roles:
        return classes.none()
    return classes.filter(class_teacher=access.staff, year__ends__gte=access.today)


def can_keep_grounds(user: Viewer, pupil: Pupil) -> bool:
    """Whether the person sees and enters this pupil's reasons of absence."""
    return pupils_of_grounds(user).filter(pk=pupil.pk).exists()


def kept_pupils(user: Viewer, pupils: Collection[int]) -> set[int]:
    """Those of the pupils whose absences the person keeps; no query when none is asked about."""
    if not pupils or not keeps_grounds(user):
        return set()
    return set(pupils_of_grounds(user).filter(pk__in=pupils).order_by().values_list("pk", flat=True))


def keeps_grounds_of_class(user: Viewer, school_class: SchoolClass) -> bool:
    """Whether the person keeps the absences of this class; no query."""
    access = access_of(user)
    if access.school is None or access.school.pk != school_class.school_id:
        return False
    leads = access.staff is not None and access.staff.pk == school_class.class_teacher_id
    return leads or bool(access.roles & _GROUND_KEEPERS)


@dataclass(frozen=True)
class SheetRight:
    """Which cells of a class's sheet of results a person writes: all, or by subject those of some pupils or of all."""

    whole: bool = False
    subjects: Mapping[int, frozenset[int] | None] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return self.whole or bool(self.subjects)

    def covers(self, pupil: int, subject: int) -> bool:
        """Whether the cell is the person's to write."""
        if self.whole or self.subjects.get(subject, frozenset()) is None:
            return True
        return pupil in (self.subjects.get(subject) or ())


def keeps_sheets(user: Viewer) -> bool:
    """Whether results are entered by this person at all: the administration, class and subject teachers."""
    access = access_of(user)
    entering = _CORRECTORS | {Role.CLASS_TEACHER, Role.SUBJECT_TEACHER}
    return access.school is not None and bool(access.roles & entering)


def sheet_classes(user: Viewer) -> QuerySet[SchoolClass]:
    """The classes of whose results the person writes some: those led or taught, for the administration of any year."""
    access = access_of(user)
    if access.school is not None and access.roles & _CORRECTORS:
        return SchoolClass.objects.filter(school=access.school)
    classes = classes_for(user)
    if access.staff is None or access.today is None or not keeps_sheets(user):
        return classes.none()
    taught = access.staff.assignments.on(access.today).order_by().values("school_class")
    return classes.filter(class_teacher=access.staff) | classes.filter(pk__in=taught)


def sheet_right(user: Viewer, school_class: SchoolClass) -> SheetRight:
    """What the person writes in the sheet of this class: everything for the administration and the class teacher, the
    own subject (the own subgroup) for who teaches it. One query at most."""
    access = access_of(user)
    if access.school is None or access.school.pk != school_class.school_id or not keeps_sheets(user):
        return SheetRight()
    if access.roles & _CORRECTORS or _leads(access, school_class):
        return SheetRight(whole=True)
    return SheetRight(subjects=_taught(access, school_class))


def keeps_sheet_of_class(user: Viewer, school_class: SchoolClass) -> bool:
    """Whether the person writes some results of a class whose page is open to them; no query. Who sees a class without
    answering for the whole school leads it or teaches in it."""
    access = access_of(user)
    if access.roles & _CORRECTORS:
        return True
    return _leads(access, school_class) or (not access.whole_school and Role.SUBJECT_TEACHER in access.roles)


def _leads(access: Access, school_class: SchoolClass) -> bool:
    """Leads it today: the class teacher of a past year has no say in its results."""
    if access.staff is None or access.today is None or Role.CLASS_TEACHER not in access.roles:
        return False
    year = school_class.year
    return access.staff.pk == school_class.class_teacher_id and year.starts <= access.today <= year.ends


def _taught(access: Access, school_class: SchoolClass) -> dict[int, frozenset[int] | None]:
    if access.staff is None or access.today is None:
        return {}
    rows = TeachingAssignment.objects.on(access.today).filter(staff=access.staff, school_class=school_class)
    found: dict[int, frozenset[int] | None] = {}
    for subject, group, pupil in rows.order_by().values_list("subject", "subgroup", "subgroup__pupils"):
        known = found.get(subject, frozenset())
        found[subject] = None if group is None or known is None else known | ({pupil} if pupil else frozenset())
    return found


def can_keep_absences(user: Viewer, pupil: Pupil) -> bool:
    """Who writes by hand that a lesson was missed, and why: the administration and the class teacher."""
    if can_correct_gradebook(user, pupil):
        return True
    return leads_any_class(user) and can_keep_grounds(user, pupil)


def can_see_timetable(user: Viewer) -> bool:
    """The timetable of assessment procedures names nobody: everybody who has a duty in the school."""
    access = access_of(user)
    return access.school is not None and bool(access.roles)


def can_plan_procedures(user: Viewer) -> bool:
    """The director and the deputy answer for the timetable of assessment procedures."""
    access = access_of(user)
    return access.school is not None and bool(access.roles & _PLANNERS)


def can_keep_codes(user: Viewer) -> bool:
    """Whose code is whose is known to those who load results."""
    return can_import_gradebook(user)
