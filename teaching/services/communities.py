"""Communities: their people, their cycle, their meetings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from common.authorship import deed
from common.errors import Refused
from school.models import Staff, User
from teaching.models import Community, CommunityMeeting, CommunityMember
from teaching.services.records import begin, corrected, standing
from teaching.words import CommunityKind, MeetingStep


@dataclass(frozen=True)
class CommunityDraft:
    """What is told of a community; `members` are those of today beside whoever leads it."""

    kind: CommunityKind
    title: str
    starts: date
    ends: date | None = None
    cycle: str = ""
    members: Sequence[Staff] = ()


@deed
def community_add(*, by: User, staff: Staff, draft: CommunityDraft) -> Community:
    """Write a community down, led by `staff`. Raises `Refused` for days out of order or nobody beside the leader."""
    row = Community(school=staff.school, staff=staff, by=by, at=staff.school.now())
    _fill(row, draft)
    begin(by, row)
    row.save()
    for one in {staff, *draft.members}:
        _join(by, row, one, draft.starts)
    return row


@deed
def community_change(*, by: User, community: Community, draft: CommunityDraft) -> Community:
    """Correct a community: who came is a member since today, who is no longer named has left today."""
    row = standing(community)
    before = row.starts
    _fill(row, draft)
    corrected(by, row)
    row.save()
    today = row.school.today()
    wanted = {row.staff_id, *(one.pk for one in draft.members)}
    present = {one.staff_id: one for one in row.members.filter(removed_at__isnull=True, ends__isnull=True)}
    for key, member in present.items():
        if key not in wanted:
            member.ends, member.version = max(today, member.starts), member.version + 1
            member.save()
        elif member.starts == before or member.starts < row.starts:
            member.starts = row.starts
            member.save()
    for one in {row.staff, *draft.members}:
        if one.pk not in present:
            _join(by, row, one, max(today, row.starts))
    return row


@deed
def meeting_add(*, by: User, community: Community, on: date, step: MeetingStep, text: str = "") -> CommunityMeeting:
    """A meeting that was held. Raises `Refused` for a day to come or before the community, and for the same twice."""
    row = standing(community)
    _check_day(row, on)
    if row.meetings.filter(on=on, step=step, removed_at__isnull=True).exists():
        raise Refused("Такая встреча этого дня уже записана.")
    return CommunityMeeting.objects.create(
        school=row.school, community=row, on=on, step=step, text=text, by=by, at=row.school.now()
    )


@deed
def meeting_change(*, by: User, meeting: CommunityMeeting, on: date, step: MeetingStep, text: str) -> CommunityMeeting:
    """Correct a meeting. Raises as `meeting_add`."""
    row = standing(meeting)
    _check_day(row.community, on)
    same = row.community.meetings.filter(on=on, step=step, removed_at__isnull=True).exclude(pk=row.pk)
    if same.exists():
        raise Refused("Такая встреча этого дня уже записана.")
    row.on, row.step, row.text, row.version = on, step, text, row.version + 1
    row.save()
    return row


def _check_day(community: Community, on: date) -> None:
    if on > community.school.today():
        raise Refused("Этот день ещё не наступил. Проверьте дату.")
    if on < community.starts or (community.ends is not None and on > community.ends):
        raise Refused("Этот день вне срока сообщества. Проверьте дату или срок.")


def _join(by: User, community: Community, staff: Staff, starts: date) -> None:
    CommunityMember.objects.create(
        school=community.school, community=community, staff=staff, starts=starts, by=by, at=community.school.now()
    )


def _fill(row: Community, draft: CommunityDraft) -> None:
    if draft.ends is not None and draft.ends < draft.starts:
        raise Refused("Сообщество заканчивается раньше, чем начинается. Проверьте даты.")
    if not [one for one in draft.members if one.pk != row.staff_id]:
        raise Refused("Отметьте хотя бы одного коллегу: сообщество — это двое и больше.")
    row.kind, row.title, row.cycle = draft.kind, draft.title, draft.cycle
    row.starts, row.ends = draft.starts, draft.ends
