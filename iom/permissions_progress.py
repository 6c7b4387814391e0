"""Who reads and prints sheets of progress: whoever sees the pupil; together, whoever sees them all."""

from risk_registry.permissions import can_record_deed
from school.access import Viewer, access_of, classes_for
from school.models import SchoolClass
from school.roles import Role

_STRANGERS = frozenset({Role.MUNICIPAL})


def can_see_progress(user: Viewer) -> bool:
    """Everybody with a duty in the school: each sees the sheets of the own pupils."""
    access = access_of(user)
    return access.school is not None and bool(access.roles - _STRANGERS)


def can_print_class(user: Viewer, school_class: SchoolClass) -> bool:
    """Whoever opens the page of the class; of its pupils those are printed whom they see."""
    return classes_for(user).filter(pk=school_class.pk).exists()


def can_print_school(user: Viewer) -> bool:
    """Whoever sees the whole school."""
    access = access_of(user)
    return access.school is not None and access.whole_school


def can_write_meta(user: Viewer) -> bool:
    """Whoever works with pupils writes metasubject results of those whom they see."""
    return can_record_deed(user)
