"""What extra lessons ask of a person: today's lessons, and lessons of which nobody has written what became of them."""

from datetime import date, timedelta

from django.urls import reverse

from common.russian import counted
from iom.models import ExtraGroup
from iom.permissions_extra import can_make_extra, keeps_all_extra
from iom.selectors.extra import lessons_of_day, without_record
from iom.words import SessionState
from school.access import Viewer, access_of
from school.models import Holiday
from school.shared import AgendaItem

BACK = timedelta(days=14)


def extra_agenda(user: Viewer, day: date) -> list[AgendaItem]:
    """For who leads or stands in: lessons of the day, days without a record; for the deputy how many there are."""
    if not can_make_extra(user):
        return []
    return [*_today(user, day), *_own_waiting(user, day), *_all_waiting(user, day)]


def _today(user: Viewer, day: date) -> list[AgendaItem]:
    school = access_of(user).school
    rows = lessons_of_day(user, day)
    if (
        not rows
        or Holiday.objects.filter(year__school=school, first_grade_only=False, starts__lte=day, ends__gte=day).exists()
    ):
        return []
    return [
        AgendaItem(
            f"Дополнительное занятие в {group.time_from:%H:%M}",
            reverse("extra:session", args=[group.pk, day.isoformat()]),
            f"{group.title}, замена" if session is not None and session.staff_id is not None else group.title,
            due=day,
        )
        for group, session in rows
        if session is None or session.state == SessionState.PLANNED
    ]


def _own_waiting(user: Viewer, day: date) -> list[AgendaItem]:
    staff = access_of(user).staff
    if staff is None:
        return []
    return [
        AgendaItem(
            f"Нет записи о дополнительном занятии {one.on:%d.%m}",
            reverse("extra:session", args=[one.group.pk, one.on.isoformat()]),
            one.group.title,
            due=one.on,
        )
        for one in without_record(ExtraGroup.objects.filter(teacher=staff), day, since=BACK)
    ]


def _all_waiting(user: Viewer, day: date) -> list[AgendaItem]:
    access = access_of(user)
    if not keeps_all_extra(user) or access.school is None:
        return []
    others = ExtraGroup.objects.filter(school=access.school).exclude(teacher=access.staff)
    waiting = without_record(others, day, since=BACK)
    if not waiting:
        return []
    words = counted(len(waiting), "занятие", "занятия", "занятий")
    return [AgendaItem(f"Дополнительные занятия без записи: {words}", reverse("extra:waiting"), "за две недели")]
