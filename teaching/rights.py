"""What a person may do with one record. No role is named here: `permissions` does."""

from school.access import access_of
from school.models import User
from teaching.models import Community, CommunityMeeting, LessonVisit, Practice, Record, TeacherGap, Training
from teaching.permissions import can_confirm
from teaching.services.records import is_own


def may_change(user: User, row: Record) -> bool:
    """Correct and take back: its person (of a visit the visitor), whoever wrote it, the confirmer."""
    if access_of(user).school is None or access_of(user).staff is None:
        return False
    if row.by_id == user.pk or can_confirm(user):
        return True
    if isinstance(row, CommunityMeeting):
        return is_own(user, row.community)
    if isinstance(row, LessonVisit):
        staff = access_of(user).staff
        return staff is not None and row.visitor_id == staff.pk
    return isinstance(row, Training | Community | Practice | TeacherGap) and is_own(user, row)


def may_decide(user: User, row: Record) -> bool:
    """Confirm and return: the confirmer, of colleagues' records."""
    return can_confirm(user) and not is_own(user, row)


def may_write_meetings(user: User, community: Community) -> bool:
    """Members, whoever leads it, the confirmer."""
    staff = access_of(user).staff
    if staff is None:
        return False
    members = community.members.filter(staff=staff, removed_at__isnull=True, ends__isnull=True)
    return may_change(user, community) or members.exists()
