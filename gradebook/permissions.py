"""Who may bring facts into the gradebook, correct them and take them back."""

from school.access import Viewer, access_of
from school.models import Pupil
from school.roles import Role

_IMPORTERS = frozenset({Role.DEPUTY, Role.DIRECTOR, Role.ADMINISTRATOR})
_CORRECTORS = frozenset({Role.DEPUTY, Role.DIRECTOR, Role.ADMINISTRATOR})


def can_import_gradebook(user: Viewer) -> bool:
    """The administration loads the e-journal's files, settles rows and undoes batches."""
    access = access_of(user)
    return access.school is not None and bool(access.roles & _IMPORTERS)


def can_correct_gradebook(user: Viewer, pupil: Pupil) -> bool:
    """The administration corrects marks, absences and results of its own school's pupils; a teacher, in the journal."""
    access = access_of(user)
    return access.school is not None and access.school.pk == pupil.school_id and bool(access.roles & _CORRECTORS)
