"""Who may do what with records about parents."""

from django.db.models import QuerySet

from iom.models import Route
from iom.rights import rights_on
from parents.models import Notice, PersonalLink
from risk_registry.permissions import can_record_deed, can_see_registry
from school.access import Viewer, access_of, pupils_for
from school.models import Enrolment, Pupil, SchoolClass, User
from school.roles import Role

_HEADS = frozenset({Role.DEPUTY, Role.DIRECTOR})
_WHOLE = frozenset({Role.DEPUTY, Role.DIRECTOR, Role.SOCIAL_PEDAGOGUE, Role.PSYCHOLOGIST, Role.PSYCH_HEAD})


def can_see_conversations(user: Viewer) -> bool:
    """Everybody with a duty in the school: each reads of the own pupils."""
    return can_see_registry(user)


def can_write_conversations(user: Viewer) -> bool:
    """Whoever works with pupils, for those whom they see; an administrator does not."""
    return can_record_deed(user)


def can_make_notices(user: Viewer) -> bool:
    """Notices are papers of the school: class teachers, the administration, the service."""
    access = access_of(user)
    return access.staff is not None and bool(access.roles & (_WHOLE | {Role.CLASS_TEACHER}))


def notice_pupils(user: Viewer) -> QuerySet[Pupil]:
    """About whom the person makes notices and marks what became of them: all of the school, or the own class."""
    access = access_of(user)
    if not can_make_notices(user) or access.school is None or access.today is None:
        return Pupil.objects.none()
    if access.roles & _WHOLE:
        return pupils_for(user)
    led = Enrolment.objects.on(access.today).filter(school_class__class_teacher=access.staff)
    return pupils_for(user).filter(pk__in=led.values("pupil"))


def makes_notices_of(user: Viewer, school_class: SchoolClass | None) -> bool:
    """The same of those who sit in the class, without a query."""
    access = access_of(user)
    if school_class is None or not can_make_notices(user) or access.staff is None:
        return False
    return bool(access.roles & _WHOLE) or school_class.class_teacher_id == access.staff.pk


def can_keep_notice(user: Viewer, notice: Notice) -> bool:
    """Whether the person marks what became of this notice."""
    return notice_pupils(user).filter(pk=notice.pupil_id).exists()


def can_open_links(user: Viewer) -> bool:
    """The pages of personal links: whoever makes notices makes links; those who lead a route, for the route."""
    return can_write_conversations(user)


def sees_all_links(user: Viewer) -> bool:
    """Links that others made: who leads the school."""
    return bool(access_of(user).roles & _HEADS)


def can_set_link_rules(user: Viewer) -> bool:
    """How the school's links are made."""
    access = access_of(user)
    return access.school is not None and bool(access.roles & (_HEADS | {Role.ADMINISTRATOR}))


def can_link_route(user: User, route: Route) -> bool:
    """Whoever leads a route asks the parents about it."""
    return route.pupil_id is not None and rights_on(user, route).leads


def can_keep_link(user: User, link: PersonalLink) -> bool:
    """Withdraw it, make it again, take note of its answer: who made it, who leads the school."""
    return link.by_id == user.pk or sees_all_links(user)
