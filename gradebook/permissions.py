"""Who may bring facts into the gradebook, correct them and take them back."""

from collections.abc import Collection

from django.db.models import QuerySet

from school.access import Viewer, access_of, classes_for, pupils_for
from school.models import Enrolment, Pupil, SchoolClass
from school.roles import Role

_IMPORTERS = frozenset({Role.DEPUTY, Role.DIRECTOR, Role.ADMINISTRATOR})
_CORRECTORS = frozenset({Role.DEPUTY, Role.DIRECTOR, Role.ADMINISTRATOR})
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
