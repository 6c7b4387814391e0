"""What personal links ask of whoever made them."""

from collections.abc import Iterator
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse

from common.russian import counted
from parents.models import PersonalLink
from parents.permissions import can_open_links
from parents.selectors.links import SILENT, TO_NOTE, at_stage, to_note
from parents.words import LinkAnswer, Matter
from school.access import Viewer
from school.models import User
from school.shared import AgendaItem

_SOON = timedelta(days=14)
_MOST = 10


def links_agenda(user: Viewer, day: date) -> list[AgendaItem]:
    """Answers, silences and talks of one's own links, where the school has any. Two queries."""
    if not settings.PUBLIC_URL or not isinstance(user, User) or not can_open_links(user):
        return []
    return list(_links(user, day))


def _links(user: User, day: date) -> Iterator[AgendaItem]:
    """Of the person's own making: answers and silences that wait for a deed, talks for which parents chose a time."""
    school = user.school
    rows = PersonalLink.objects.visible_to(user).filter(by=user)
    if school is None:
        return
    silence = at_stage(SILENT, school) & ~Q(matter=Matter.NOTICE)  # a notice without an answer is told of itself
    told = rows.aggregate(noted=Count("pk", filter=to_note()), silent=Count("pk", filter=silence))
    for title, stage, found in (
        ("Родители ответили по ссылке", TO_NOTE, told["noted"]),
        ("Срок ссылки прошёл без ответа", SILENT, told["silent"]),
    ):
        if found:
            number = counted(found, "ссылка", "ссылки", "ссылок")
            yield AgendaItem(f"{title}: {number}", f"{reverse('links:list')}?stage={stage}", "прочитать и учесть", day)
    zone = ZoneInfo(school.timezone)
    coming = rows.filter(matter=Matter.TALK, answer=LinkAnswer.CHOSEN, withdrawn_at=None, chosen__gte=school.now())
    for one in coming.filter(chosen__lte=school.now() + _SOON).select_related("pupil").order_by("chosen")[:_MOST]:
        assert one.chosen is not None
        moment = one.chosen.astimezone(zone)
        note = f"{one.pupil.list_name}, {moment:%H:%M}"
        yield AgendaItem("Беседа с родителями", reverse("links:link", args=[one.pk]), note, moment.date())
