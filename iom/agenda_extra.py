"""What extra lessons ask of a person: today's lessons, and lessons of which nobody has written what became of them."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from common.russian import counted
from iom.permissions_extra import can_make_extra
from iom.selectors.extra_days import GroupDays, groups_around, waiting_days
from school.access import Viewer
from school.shared import AgendaItem


def extra_agenda(user: Viewer, day: date) -> list[AgendaItem]:
    """For who leads or stands in: lessons of the day, days without a record; for the deputy how many there are.

    One query.
    """
    if not can_make_extra(user):
        return []
    groups = groups_around(user, day)
    return [*_today(groups, day), *_waiting(groups)]


def _today(groups: list[GroupDays], day: date) -> Iterator[AgendaItem]:
    for one in groups:
        if one.today:
            about = f"{one.group.title}, замена" if one.stands_in else one.group.title
            title = f"Дополнительное занятие в {one.group.time_from:%H:%M}"
            yield AgendaItem(title, reverse("extra:session", args=[one.group.pk, day.isoformat()]), about, due=day)


def _waiting(groups: list[GroupDays]) -> Iterator[AgendaItem]:
    others = 0
    for one in waiting_days(groups):
        if one.own:
            url = reverse("extra:session", args=[one.group.pk, one.on.isoformat()])
            title = f"Нет записи о дополнительном занятии {one.on:%d.%m}"
            yield AgendaItem(title, url, one.group.title, due=one.on)
        else:
            others += 1
    if others:
        words = counted(others, "занятие", "занятия", "занятий")
        yield AgendaItem(f"Дополнительные занятия без записи: {words}", reverse("extra:waiting"), "за две недели")
