"""What bringing meetings asks: the class teacher to read a sheet, the service to bring it and to hear an answer."""

from datetime import date

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.timezone import localdate

from common.russian import counted
from consultations.models import MeetingNotice, NoticeAnswer
from consultations.permissions_schedule import sees_all_weeks
from consultations.rules.bringing import PATIENCE, Brought
from consultations.selectors.bringing import to_bring
from consultations.words import Answer
from school.access import Viewer, access_of
from school.models import User
from school.shared import AgendaItem


def bringing_agenda(user: Viewer, day: date) -> list[AgendaItem]:
    """Sheets that wait for the class teacher; for a specialist how many pupils' meetings are to be brought."""
    staff = access_of(user).staff
    if staff is None or not isinstance(user, User):
        return []
    newest = MeetingNotice.objects.filter(pupil=OuterRef("pupil")).order_by("-at", "-pk").values("pk")
    waits = NoticeAnswer.objects.visible_to(user).filter(staff=staff, answer=Answer.NONE, notice=Subquery(newest[:1]))
    items = [
        AgendaItem(
            "Прочитать график встреч ученика со специалистами",
            reverse("bringing:page", args=[row.pupil_id]),
            row.pupil.list_name,
            due=localdate(row.notice.at) + PATIENCE,
        )
        for row in waits.filter(notice__ends__gte=day).select_related("pupil", "notice")
    ]
    return items if sees_all_weeks(user) else items + _of_specialist(user, day)


def _of_specialist(user: User, day: date) -> list[AgendaItem]:
    rows = to_bring(user)
    url = reverse("bringing:list")
    found = []
    fresh = [row for row in rows if row.state in (Brought.NOT, Brought.CHANGED)]
    if fresh:
        about = counted(len(fresh), "ученик", "ученика", "учеников")
        found.append(AgendaItem("Довести графики встреч до родителей и классных руководителей", url, about))
    silent = [row for row in rows if row.state == Brought.WAITS and row.made is not None and row.made + PATIENCE < day]
    if silent:
        about = counted(len(silent), "ученик", "ученика", "учеников")
        found.append(AgendaItem("Нет ответа об ознакомлении с графиками встреч", url, about))
    return found
