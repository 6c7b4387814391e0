"""What bringing meetings asks: the class teacher to read a sheet, the service to bring it and to hear an answer."""

from collections.abc import Iterator
from datetime import date

from django.db.models import F, OuterRef, Subquery
from django.urls import reverse

from common.names import full_name
from common.russian import counted
from consultations.models import MeetingNotice, NoticeAnswer
from consultations.permissions_schedule import sees_all_weeks
from consultations.rules.bringing import PATIENCE, Brought
from consultations.selectors.bringing import to_bring
from consultations.words import Answer
from school.access import access_of
from school.asking import Asked, Told, day_of_moment, listed
from school.models import User
from school.shared import AgendaItem


def sheets_asked(user: User, day: date) -> Asked:
    """Sheets that wait for the class teacher, each by its pupil."""
    access = access_of(user)
    if access.staff is None:
        return Asked()
    newest = MeetingNotice.objects.filter(pupil=OuterRef("pupil")).order_by("-at", "-pk").values("pk")
    waits = NoticeAnswer.objects.visible_to(user).filter(
        staff=access.staff, answer=Answer.NONE, notice=Subquery(newest[:1]), notice__ends__gte=day
    )
    names = {"last": F("pupil__last_name"), "first": F("pupil__first_name")}
    column = listed(waits.order_by("pk"), pupil="pupil_id", at="notice__at", **names)
    return Asked({"sheets": column}, _sheets)


def _sheets(told: Told) -> Iterator[AgendaItem]:
    for row in told["sheets"] or ():
        yield AgendaItem(
            "Прочитать график встреч ученика со специалистами",
            reverse("bringing:page", args=[row["pupil"]]),
            full_name(row["last"], row["first"], ""),
            due=day_of_moment(row["at"]) + PATIENCE,
        )


def brought_items(user: User, day: date) -> list[AgendaItem]:
    """For a specialist how many pupils' meetings are to be brought; two queries. The heads see it on its page."""
    if sees_all_weeks(user):
        return []
    rows, url = to_bring(user), reverse("bringing:list")
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
