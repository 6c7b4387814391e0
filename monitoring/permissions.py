"""Who may make, read and approve reports of the school."""

from django.db.models import Q

from monitoring.models import Report
from school.access import Viewer, access_of, roles_of
from school.models import SchoolClass, Staff
from school.roles import Role

_MAKERS = frozenset({Role.DIRECTOR, Role.DEPUTY})
_TEACHERS = frozenset({Role.CLASS_TEACHER, Role.SUBJECT_TEACHER})


def can_read_reports(user: Viewer) -> bool:
    """The school's report names pupils of all classes: the administration reads it."""
    return bool(roles_of(user) & _MAKERS)


def can_open_documents(user: Viewer) -> bool:
    """The administration reads all of them, a teacher those about the own class and the own lessons."""
    return bool(roles_of(user) & (_MAKERS | _TEACHERS))


def can_make_reports(user: Viewer) -> bool:
    """Those who answer for the registry make the report."""
    return bool(roles_of(user) & _MAKERS)


def can_make_document(user: Viewer, *, school_class: SchoolClass | None, teacher: Staff | None) -> bool:
    """A teacher may have the own ones compiled; nobody has to."""
    if can_make_reports(user):
        return True
    return is_about_own(user, class_teacher=school_class.class_teacher_id if school_class else None, teacher=teacher)


def is_about_own(user: Viewer, *, class_teacher: int | None, teacher: Staff | None) -> bool:
    """Whether a document about this class, by its teacher's key, or about this teacher is about the own work."""
    access = access_of(user)
    if access.staff is None:
        return False
    if class_teacher is not None:
        return Role.CLASS_TEACHER in access.roles and class_teacher == access.staff.pk
    return teacher is not None and Role.SUBJECT_TEACHER in access.roles and teacher.pk == access.staff.pk


def about_own_work(user: Viewer) -> Q:
    """The same of many documents at once."""
    access, found = access_of(user), Q(pk__in=())
    if Role.CLASS_TEACHER in access.roles:
        found |= Q(school_class__isnull=False, school_class__class_teacher=access.staff)
    if Role.SUBJECT_TEACHER in access.roles:
        found |= Q(teacher__isnull=False, teacher=access.staff)
    return found


def can_conclude(user: Viewer, report: Report) -> bool:
    """The administration, and the teacher whom the document is about; it is optional for both."""
    led = report.school_class.class_teacher_id if report.school_class is not None else None
    return can_make_reports(user) or is_about_own(user, class_teacher=led, teacher=report.teacher)


def can_approve_reports(user: Viewer) -> bool:
    """The deputy concludes the report, the director approves; either may record the approval."""
    return bool(roles_of(user) & _MAKERS)


def can_read_indicators(user: Viewer) -> bool:
    """Whoever answers for the whole of it; names behind the numbers are narrowed again where they are read."""
    return bool(roles_of(user) & _MAKERS)


def can_measure(user: Viewer) -> bool:
    """Answers for an indicator, and freezes a period."""
    return bool(roles_of(user) & _MAKERS)


def can_compare_schools(user: Viewer) -> bool:
    """Coordinators of a municipality: schools side by side, without names."""
    return Role.MUNICIPAL in roles_of(user)
