"""Who makes groups of extra lessons, who records them, who sees them. Names no pupil that is not visible."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from iom.models import ExtraGroup, ExtraMember, ExtraSession
from iom.words import SessionState
from school.access import Viewer, access_of, pupils_for
from school.models import Pupil, Staff
from school.roles import Role

_KEEPERS = frozenset({Role.DEPUTY, Role.DIRECTOR})
_STRANGERS = frozenset({Role.MUNICIPAL, Role.ADMINISTRATOR})


def can_see_extra(user: Viewer) -> bool:
    """The timetable of groups names no pupil: everybody who has a duty in the school."""
    access = access_of(user)
    return access.school is not None and bool(access.roles - {Role.MUNICIPAL})


def keeps_all_extra(user: Viewer) -> bool:
    """The deputy and the director keep all groups."""
    access = access_of(user)
    return access.school is not None and bool(access.roles & _KEEPERS)


def can_make_extra(user: Viewer) -> bool:
    """Whoever works with pupils leads groups of their own; the administrator of the application does not."""
    access = access_of(user)
    return keeps_all_extra(user) or (access.staff is not None and bool(access.roles - _STRANGERS))


def teachers_for(user: Viewer) -> QuerySet[Staff]:
    """For whom the person may make a group: any colleague for those who keep all, else oneself."""
    access = access_of(user)
    if access.school is None or access.today is None:
        return Staff.objects.none()
    present = Staff.objects.filter(Q(left_on__isnull=True) | Q(left_on__gte=access.today), school=access.school)
    if keeps_all_extra(user):
        return present
    return present.filter(pk=access.staff.pk) if access.staff is not None and can_make_extra(user) else present.none()


def can_keep_group(user: Viewer, group: ExtraGroup) -> bool:
    """Whether the person changes this group, its pupils and its records: who leads it, and who keeps all."""
    access = access_of(user)
    if access.school is None or access.school.pk != group.school_id:
        return False
    own = access.staff is not None and access.staff.pk == group.teacher_id
    return keeps_all_extra(user) or (own and can_make_extra(user))


def can_record(user: Viewer, group: ExtraGroup, session: ExtraSession | None) -> bool:
    """Whether the person says who came: who keeps the group, and who stands in on that day."""
    if can_keep_group(user, group):
        return True
    access = access_of(user)
    return session is not None and access.staff is not None and session.staff_id == access.staff.pk


def groups_for(user: Viewer) -> QuerySet[ExtraGroup]:
    """The groups whose page the person opens: led or stood in for, with a visible pupil, or all of the school."""
    access = access_of(user)
    if access.school is None or not can_see_extra(user):
        return ExtraGroup.objects.none()
    rows = ExtraGroup.objects.filter(school=access.school)
    if access.whole_school:
        return rows
    mine = ExtraMember.objects.filter(group=OuterRef("pk"), pupil__in=pupils_for(user).order_by().values("pk"))
    own = Q(Exists(mine))
    if access.staff is not None:
        stood = ExtraSession.objects.filter(group=OuterRef("pk"), staff=access.staff)
        own |= Q(teacher=access.staff) | Q(Exists(stood.exclude(state=SessionState.CANCELLED)))
    return rows.filter(own)


def pupils_to_add(user: Viewer) -> QuerySet[Pupil]:
    """Whom the person may put into a group: whom they see."""
    return pupils_for(user)


def can_see_share(user: Viewer) -> bool:
    """Indicators P12 and R06: who answers for the whole school, and class teachers for their own class."""
    access = access_of(user)
    return access.school is not None and bool(access.roles & (_KEEPERS | {Role.CLASS_TEACHER, Role.SOCIAL_PEDAGOGUE}))


def can_bring_timetables(user: Viewer) -> bool:
    """The school's own timetables are brought by the deputy and the director."""
    return keeps_all_extra(user)
