"""What personal links ask of whoever made them."""

from collections.abc import Iterator
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, F, Q
from django.urls import reverse

from common.names import full_name
from common.russian import counted
from parents.models import PersonalLink
from parents.permissions import can_open_links
from parents.selectors.links import SILENT, TO_NOTE, at_stage, to_note
from parents.words import LinkAnswer, Matter
from school.asking import Asked, Told, listed, moment_told, summed
from school.models import User
from school.shared import AgendaItem

_SOON = timedelta(days=14)
_MOST = 10


def links_asked(user: User, day: date) -> Asked:
    """Of the person's own making, where the school has any: answers and silences that wait for a deed, talks for which
    parents chose a time."""
    school = user.school
    if not settings.PUBLIC_URL or school is None or not can_open_links(user):
        return Asked()
    rows, now = PersonalLink.objects.visible_to(user).filter(by=user), school.now()
    silence = at_stage(SILENT, school) & ~Q(matter=Matter.NOTICE)  # a notice without an answer is told of itself
    coming = rows.filter(
        matter=Matter.TALK, answer=LinkAnswer.CHOSEN, withdrawn_at=None, chosen__range=(now, now + _SOON)
    )
    names = {"last": F("pupil__last_name"), "first": F("pupil__first_name")}
    columns = {
        "links": summed(rows, noted=Count("pk", filter=to_note()), silent=Count("pk", filter=silence)),
        "talks": listed(coming.order_by("chosen")[:_MOST], key="pk", chosen="chosen", **names),
    }
    zone = ZoneInfo(school.timezone)
    return Asked(columns, lambda told: [*_numbers(told["links"] or {}, day), *_talks(told, zone)])


def _numbers(told: Told, day: date) -> Iterator[AgendaItem]:
    for title, stage, found in (
        ("Родители ответили по ссылке", TO_NOTE, told.get("noted")),
        ("Срок ссылки прошёл без ответа", SILENT, told.get("silent")),
    ):
        if found:
            number = counted(found, "ссылка", "ссылки", "ссылок")
            yield AgendaItem(f"{title}: {number}", f"{reverse('links:list')}?stage={stage}", "прочитать и учесть", day)


def _talks(told: Told, zone: ZoneInfo) -> Iterator[AgendaItem]:
    for row in told["talks"] or ():
        moment = moment_told(row["chosen"]).astimezone(zone)
        note = f"{full_name(row['last'], row['first'], '')}, {moment:%H:%M}"
        yield AgendaItem("Беседа с родителями", reverse("links:link", args=[row["key"]]), note, moment.date())
