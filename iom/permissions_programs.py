"""Who may do what with programs, partners, courses and achievements of pupils."""

from collections.abc import Sequence

from iom.models import Achievement, CourseSeat, MetaResult
from risk_registry.permissions import agreeable_pupils, can_record_deed
from school.access import Viewer, access_of
from school.permissions import leads_class_of
from school.roles import Role

_KEEP = frozenset({Role.DEPUTY, Role.METHODICAL_HEAD})
_STRANGERS = frozenset({Role.MUNICIPAL})


def can_see_programs(user: Viewer) -> bool:
    """Programs and partners are no secret within the school; pupils on courses are shown to whom they are visible."""
    access = access_of(user)
    return access.school is not None and bool(access.roles - _STRANGERS)


def can_keep_programs(user: Viewer) -> bool:
    """The deputy and heads of methodical unions keep the register, the partners and their agreements."""
    access = access_of(user)
    return access.school is not None and bool(access.roles & _KEEP)


def can_write_facts(user: Viewer) -> bool:
    """Whoever works with pupils writes down courses, competitions and metasubject results of those whom they see."""
    return can_record_deed(user)


def can_change_fact(user: Viewer, row: Achievement | CourseSeat | MetaResult) -> bool:
    """Corrected and taken back by whoever wrote it down, the class teacher and the deputy."""
    access = access_of(user)
    if not can_write_facts(user) or access.school is None or access.school.pk != row.school_id:
        return False
    return row.by_id == user.pk or Role.DEPUTY in access.roles or leads_class_of(user, row.pupil)


def changeable_facts(
    user: Viewer, rows: Sequence[Achievement | CourseSeat] | Sequence[Achievement] | Sequence[CourseSeat]
) -> set[int]:
    """Keys of those of which `can_change_fact` is true; one query at most."""
    access = access_of(user)
    if not can_write_facts(user) or access.school is None:
        return set()
    if Role.DEPUTY in access.roles:
        return {row.pk for row in rows}
    led = agreeable_pupils(user, {row.pupil_id for row in rows})
    return {row.pk for row in rows if row.by_id == user.pk or row.pupil_id in led}
