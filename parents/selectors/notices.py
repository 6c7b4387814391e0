"""Notices as lists and pages show them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, Q, QuerySet, Subquery

from common.names import name_key
from iom.selectors.work import of_class, seat_on
from parents.models import Notice
from parents.words import NoticeKind, NoticeState
from parents.workflow import WAITING
from school.access import Viewer
from school.models import Period

SILENT = "silent"  # asked for an answer by a day that is over


@dataclass(frozen=True)
class NoticeQuery:
    """What the register is asked for; empty means any. `state`: a state, or «silent»."""

    today: date
    period: Period | None = None
    school_class: int | None = None
    pupil: int | None = None
    kind: str = ""
    state: str = ""
    text: str = ""
    by: int | None = None


def notices(user: Viewer | None, query: NoticeQuery) -> QuerySet[Notice]:
    """Notices that the query finds, the newest first, with `seat`; None for the command line. One query."""
    rows = Notice.objects.all() if user is None else Notice.objects.visible_to(user)
    rows = rows.filter(_found(query))
    if query.school_class is not None:
        rows = rows.filter(Exists(of_class("pupil", "on", query.school_class)))
    ordered = rows.select_related("pupil", "guardian", "by__staff", "school", "period").order_by("-on", "-number")
    return ordered.annotate(seat=Subquery(seat_on("pupil", "on")))


def silent(day: date) -> Q:
    """Nobody has answered, and the day by which an answer was asked is over."""
    return Q(state__in=[state.value for state in WAITING], reply_by__lt=day)


def _found(query: NoticeQuery) -> Q:
    wanted = {
        "period": query.period,
        "pupil": query.pupil,
        "by": query.by,
        "kind": query.kind or None,
        "pupil__sort_key__startswith": name_key(query.text) if query.text else None,
    }
    found = Q(**{name: value for name, value in wanted.items() if value is not None})
    if query.state == SILENT:
        return found & silent(query.today)
    return found & Q(state=query.state) if query.state else found


def made_already(user: Viewer, pupils: list[int], kind: NoticeKind, period: Period) -> dict[int, Notice]:
    """The newest standing notice of the kind in the period, by the pupil's key. One query."""
    rows = Notice.objects.visible_to(user).filter(pupil__in=pupils, kind=kind, period=period)
    return {row.pupil_id: row for row in rows.exclude(state=NoticeState.WITHDRAWN).order_by("on", "number")}
