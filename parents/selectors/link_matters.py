"""What the page of a personal link tells: of one child, and of nobody else's."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from consultations.rules.free_times import Piece
from consultations.selectors.free import Sought, free_times
from consultations.words import MeetingKind
from iom.reports.route import route_paper
from parents.models import PersonalLink
from parents.rules.links import TALK_MINUTES
from parents.services.notices import body_of
from parents.words import Matter
from school.busy_times import BusyAsked, BusySource, busy_in, minutes_of
from school.models import School, StaffPosition, User
from school.roles import Position

_AHEAD = timedelta(days=14)
_KNOWN = (BusySource.LESSON, BusySource.EXTRA)  # whoever offered a time has seen these


def matter_told(link: PersonalLink) -> dict[str, Any]:
    """What the template of the matter shows, beside the link itself."""
    return _TOLD[Matter(link.matter)](link)


def _notice_told(link: PersonalLink) -> dict[str, Any]:
    assert link.notice is not None
    return {"notice": link.notice, "body": body_of(link.notice)}


def _route_told(link: PersonalLink) -> dict[str, Any]:
    assert link.route is not None
    return {"route": link.route, "paper": route_paper(link.route)}


def _time_told(link: PersonalLink) -> dict[str, Any]:
    days: dict[Any, list[Piece]] = {}
    for piece in free_pieces(link) if not link.answer else ():
        days.setdefault(piece.on, []).append(piece)
    return {"days": list(days.items()), "position": _position(link)}


def _position(link: PersonalLink) -> str:
    held = StaffPosition.objects.filter(staff=link.staff).order_by("pk").values_list("position", flat=True).first()
    return str(Position(held).label) if held else "специалист"


def free_pieces(link: PersonalLink) -> list[Piece]:
    """Times of the specialist for parents, from tomorrow while the link opens, none in which anything is missed."""
    assert link.staff is not None
    first = link.school.today() + timedelta(days=1)
    last = min(first + _AHEAD, link.expires_at.astimezone(ZoneInfo(link.school.timezone)).date())
    if last < first:
        return []
    found = free_times(Sought(link.staff, first, last), kind=MeetingKind.PARENTS)
    return [piece for day in found.values() for piece in day if not piece.said]


def _talk_told(link: PersonalLink) -> dict[str, Any]:
    zone = ZoneInfo(link.school.timezone)
    times = [] if link.answer else open_times(link)
    return {"times": [(one.isoformat(), one.astimezone(zone)) for one in times]}


def open_times(link: PersonalLink) -> list[datetime]:
    """Offered times of a talk that are to come and that nobody has taken since. One query a source of busy times."""
    coming = [one for one in link.times if one > link.school.now()]
    taken = in_the_way(link.school, link.by, coming, but=_KNOWN)
    return [one for one in coming if one not in taken]


def in_the_way(
    school: School, host: User, times: Sequence[datetime], *, but: Collection[BusySource] = ()
) -> dict[datetime, str]:
    """Which of the times of talks clash with what the host has then, in words; `but` are sources left out."""
    if not times or host.staff_id is None:
        return {}
    zone = ZoneInfo(school.timezone)
    days = [one.astimezone(zone).date() for one in times]
    asked = BusyAsked(school, min(days), max(days), staff=[host.staff_id])
    busy = [one for one in busy_in(asked, but=but) if one.staff is not None]
    found = {}
    for moment, day in zip(times, days, strict=True):
        starts = minutes_of(moment.astimezone(zone).time())
        clash = (one for one in busy if one.on == day and one.starts < starts + TALK_MINUTES and starts < one.ends)
        words = next((one.what for one in clash), None)
        if words is not None:
            found[moment] = words
    return found


_TOLD = {
    Matter.NOTICE: _notice_told,
    Matter.ROUTE: _route_told,
    Matter.TIME: _time_told,
    Matter.TALK: _talk_told,
}
