"""Short records of work and talks that were written before there were journals: they stay readable beside them."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from django.db.models import Exists, Subquery

from common.names import name_key
from iom.selectors.work import of_class, seat_on
from risk_registry.categories import DeedKind
from risk_registry.models import AboutPupilsQuerySet, Deed
from school.access import Viewer

SHOWN = 50
SHORT = "short"  # a choice of both filters


class Asked(Protocol):
    """What both journals' queries have in common."""

    @property
    def begins(self) -> date | None: ...
    @property
    def ends(self) -> date | None: ...
    @property
    def teacher(self) -> int | None: ...
    @property
    def school_class(self) -> int | None: ...
    @property
    def pupil(self) -> int | None: ...
    @property
    def pupils(self) -> Sequence[int] | None: ...
    @property
    def text(self) -> str: ...


def old_rows(user: Viewer | None, kind: DeedKind, query: Asked, school: int | None = None) -> AboutPupilsQuerySet[Deed]:
    """Short records of the kind that the query finds; to count them is one query."""
    rows = Deed.objects.all() if user is None else Deed.objects.visible_to(user)
    told = {
        "on__gte": query.begins,
        "on__lte": query.ends,
        "by": query.teacher,
        "pupil": query.pupil,
        "pupil__in": query.pupils,
        "subject": getattr(query, "subject", None),
    }
    rows = rows.filter(kind=kind, **{name: value for name, value in told.items() if value is not None})
    if query.text:
        rows = rows.filter(pupil__sort_key__startswith=name_key(query.text))
    if query.school_class is not None:
        rows = rows.filter(Exists(of_class("pupil", "on", query.school_class)))
    if school is not None:
        rows = rows.filter(school=school)
    return rows


def old_deeds(
    user: Viewer | None, kind: DeedKind, query: Asked, school: int | None = None, most: int | None = None
) -> list[Deed]:
    """Short records of the kind, the newest first, with `seat`; talks of the administration included. One query."""
    rows = old_rows(user, kind, query, school)
    shown = rows.select_related("pupil", "subject", "by__staff").order_by("-on", "-pk")
    return list(shown.annotate(seat=Subquery(seat_on("pupil", "on")))[:most])
