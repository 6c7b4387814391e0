"""Who may do what with individual routes. Names roles; knows no tables of this app, so that its models may ask it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from school.access import Viewer, access_of
from school.models import Enrolment, Pupil
from school.permissions import leads_class_of
from school.roles import Role

_STRANGERS = frozenset({Role.MUNICIPAL})
_SPECIALISTS = frozenset({Role.PSYCHOLOGIST, Role.PSYCH_HEAD, Role.SOCIAL_PEDAGOGUE})
_HEADS = frozenset({Role.DEPUTY, Role.DIRECTOR})
# A route for special needs says something about a child's health: those whose duty it is, not the machine's keeper.
_READ_NEEDS = _SPECIALISTS | _HEADS
_READ_COLLEAGUES = _HEADS | {Role.METHODICAL_HEAD}
_KEEP_TEMPLATES = frozenset({Role.DEPUTY, Role.METHODICAL_HEAD})


@dataclass(frozen=True)
class RouteScope:
    """Which routes beside those of ordinary visible pupils: all of special needs, all of colleagues; `led`: see below.

    `led`: whether the person leads a class, whose routes of special needs are theirs.
    """

    school: int | None = None
    staff: int | None = None
    needs: bool = False
    colleagues: bool = False
    led: bool = False
    today: date | None = None


def route_scope(user: Viewer) -> RouteScope:
    """What `Route.visible_to` builds on."""
    access = access_of(user)
    if access.school is None or not access.roles - _STRANGERS:
        return RouteScope()
    return RouteScope(
        school=access.school.pk,
        staff=access.staff.pk if access.staff is not None else None,
        needs=bool(access.roles & _READ_NEEDS),
        colleagues=bool(access.roles & _READ_COLLEAGUES),
        led=Role.CLASS_TEACHER in access.roles,
        today=access.today,
    )


def can_see_routes(user: Viewer) -> bool:
    """Everybody with a duty in the school: each sees the routes of the own pupils."""
    return route_scope(user).school is not None


def is_deputy(user: Viewer) -> bool:
    """Everything of a route is the deputy's."""
    access = access_of(user)
    return access.school is not None and Role.DEPUTY in access.roles


def can_approve_routes(user: Viewer) -> bool:
    """The deputy or the director approves by an order or the council's protocol."""
    access = access_of(user)
    return access.school is not None and bool(access.roles & _HEADS)


def can_see_coverage(user: Viewer) -> bool:
    """Who of the registry has no route: the whole school, a class teacher the own class, a teacher the own pupils."""
    return can_see_routes(user)


def can_keep_templates(user: Viewer) -> bool:
    """Templates are the deputy's and the methodical heads'."""
    access = access_of(user)
    return access.school is not None and bool(access.roles & _KEEP_TEMPLATES)


def can_make_for(user: Viewer, pupil: Pupil) -> bool:
    """The class teacher makes the routes of the own class, the deputy any, a tutor those of the own pupils."""
    access = access_of(user)
    if access.school is None or access.school.pk != pupil.school_id:
        return False
    if Role.DEPUTY in access.roles or leads_class_of(user, pupil):
        return True
    if Role.TUTOR not in access.roles or access.staff is None or access.today is None:
        return False
    return access.staff.responsibilities.on(access.today).filter(pupil=pupil, kind="tutor").exists()


def can_make_rows(user: Viewer) -> Q:
    """`can_make_for` as a condition on rows with a visible `pupil`."""
    access = access_of(user)
    if is_deputy(user):
        return Q(pupil__isnull=False)
    if access.staff is None or access.today is None:
        return Q(pk__in=[])
    seats = Enrolment.objects.on(access.today).filter(school_class__class_teacher=access.staff)
    tutored = access.staff.responsibilities.on(access.today).filter(kind="tutor")
    led = Q(pupil__in=seats.order_by().values("pupil")) if Role.CLASS_TEACHER in access.roles else Q(pk__in=[])
    return led | Q(pupil__in=tutored.values("pupil")) if Role.TUTOR in access.roles else led


def can_make_some(user: Viewer) -> bool:
    """Whether there may be anybody for whom they make one."""
    access = access_of(user)
    makers = {Role.DEPUTY, Role.CLASS_TEACHER, Role.TUTOR}
    return access.school is not None and bool(access.roles & makers)


def can_make_needs(user: Viewer, pupil: Pupil) -> bool:
    """A route for special needs is made by whoever may read one: the deputy, the class teacher."""
    return is_deputy(user) or leads_class_of(user, pupil)


def can_make_colleagues(user: Viewer) -> bool:
    """A teacher's route is made by the deputy or a methodical head; anybody who teaches makes the own."""
    access = access_of(user)
    return access.school is not None and bool(access.roles & {Role.DEPUTY, Role.METHODICAL_HEAD})


def can_make_own(user: Viewer) -> bool:
    """A teacher makes a route of the own professional gaps."""
    access = access_of(user)
    return access.staff is not None and bool(access.roles & {Role.SUBJECT_TEACHER, Role.CLASS_TEACHER})


def leads_colleagues(user: Viewer) -> bool:
    """Methodical heads lead teachers' routes."""
    return Role.METHODICAL_HEAD in access_of(user).roles


def is_psychologist(user: Viewer) -> bool:
    """Whose agreement a plan with specialists asks for, and who plans their steps."""
    return bool(access_of(user).roles & {Role.PSYCHOLOGIST, Role.PSYCH_HEAD})
