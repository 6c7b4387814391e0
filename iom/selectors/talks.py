"""The journal of talks with pupils as lists, pages and papers show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, Max, Q, QuerySet, Subquery

from common.names import name_key
from iom.models import PupilTalk
from iom.selectors.work import WITHDRAWN, of_class, seat_on
from school.access import Viewer
from school.models import User

_OFFERED = 4


@dataclass(frozen=True)
class TalkQuery:
    """What the journal is asked for; empty means any. `kind`: «open» agreements that wait, «late» past their day."""

    today: date
    begins: date | None = None
    ends: date | None = None
    teacher: int | None = None
    school_class: int | None = None
    pupil: int | None = None
    kind: str = ""
    text: str = ""
    pupils: Sequence[int] | None = None


def talks(user: Viewer | None, query: TalkQuery) -> QuerySet[PupilTalk]:
    """Talks that the query finds (standing unless it asks for the withdrawn), the newest first, with `seat`; one query.

    None for the command line.
    """
    rows = PupilTalk.objects.all() if user is None else PupilTalk.objects.visible_to(user)
    rows = rows.filter(_found(query), withdrawn_at__isnull=query.kind != WITHDRAWN)
    if query.school_class is not None:
        rows = rows.filter(Exists(of_class("pupil", "on", query.school_class)))
    ordered = rows.select_related("pupil", "by__staff", "school").order_by("-on", "-pk")
    return ordered.annotate(seat=Subquery(seat_on("pupil", "on")))


def talk_habits(user: User) -> tuple[list[str], list[str]]:
    """The occasions and the agreements that the person writes most, the latest first among equals. Two queries."""
    mine = PupilTalk.objects.visible_to(user).filter(by=user, withdrawn_at__isnull=True).order_by()
    occasions, agreed = (_most(mine, name) for name in ("occasion", "agreed"))
    return occasions, agreed


def _most(rows: QuerySet[PupilTalk], name: str) -> list[str]:
    told = rows.exclude(**{name: ""}).values(name).annotate(number=Count("pk"), when=Max("at"))
    return list(told.order_by("-number", "-when").values_list(name, flat=True)[:_OFFERED])


def _found(query: TalkQuery) -> Q:
    found = Q()
    if query.begins is not None:
        found &= Q(on__gte=query.begins)
    if query.ends is not None:
        found &= Q(on__lte=query.ends)
    if query.teacher is not None:
        found &= Q(by=query.teacher)
    if query.pupil is not None:
        found &= Q(pupil=query.pupil)
    if query.pupils is not None:
        found &= Q(pupil__in=query.pupils)
    if query.text:
        found &= Q(pupil__sort_key__startswith=name_key(query.text))
    return found & _waiting(query)


def _waiting(query: TalkQuery) -> Q:
    if query.kind == "short":
        return Q(pk__in=[])
    if query.kind == "late":
        return Q(kept="", due__lt=query.today)
    return Q(kept="", due__isnull=False) if query.kind == "open" else Q()
