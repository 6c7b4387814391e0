"""Who may do what with academic debts and with the way to the final exams."""

from gradebook.permissions import can_keep_grounds
from risk_registry.models import AcademicDebt
from school.access import Viewer, access_of
from school.models import Pupil
from school.roles import Role

_STRANGERS = frozenset({Role.MUNICIPAL})
_ANSWER = frozenset({Role.DEPUTY, Role.DIRECTOR})


def can_see_debts(user: Viewer) -> bool:
    """Everybody with a duty in the school: each sees those of the own pupils, a teacher those of the own subject."""
    access = access_of(user)
    return access.school is not None and bool(access.roles - _STRANGERS)


def can_keep_debts(user: Viewer) -> bool:
    """The deputy director confirms, appoints, writes down outcomes and closes."""
    access = access_of(user)
    return access.school is not None and Role.DEPUTY in access.roles


def can_keep_debt(user: Viewer, debt: AcademicDebt) -> bool:
    """The same of one debt, in the own school."""
    school = access_of(user).school
    return school is not None and debt.school_id == school.pk and can_keep_debts(user)


def can_see_pauses(user: Viewer, pupil: Pupil) -> bool:
    """Why a term is longer may be a fact of health: whoever keeps the pupil's absences is told, the others how long."""
    return can_keep_grounds(user, pupil)


def tells_parents(user: Viewer) -> bool:
    """Class teachers tell the parents of attempts and terms."""
    access = access_of(user)
    return access.staff is not None and Role.CLASS_TEACHER in access.roles


def teaches(user: Viewer) -> bool:
    """Subject teachers hold the first attempts in their subjects."""
    access = access_of(user)
    return access.staff is not None and Role.SUBJECT_TEACHER in access.roles


def can_see_admission(user: Viewer) -> bool:
    """Who answers for the whole school; a class teacher sees the own class."""
    access = access_of(user)
    return access.school is not None and (access.whole_school or Role.CLASS_TEACHER in access.roles)


def can_keep_trials(user: Viewer) -> bool:
    """The deputy enters who passed the interview and the essay."""
    return can_keep_debts(user)


def can_print_year_papers(user: Viewer) -> bool:
    """The protocol of transfer and the timetable of attempts name pupils of all classes: the administration."""
    access = access_of(user)
    return access.school is not None and bool(access.roles & _ANSWER)
