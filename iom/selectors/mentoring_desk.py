"""Mentoring on a person's desk: counts for those who decide, own pairs and those of wards for the others."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from common.look import Figure
from iom.mentoring import PairForm
from iom.models import MentoringPair
from iom.permissions_mentoring import can_decide_pairs, can_see_pairs
from iom.permissions_pairs import WARDS
from school.access import access_of
from school.models import User

SHOWN = 6


@dataclass(frozen=True)
class MentoringDesk:
    """What the panel shows; without either there is no panel."""

    figures: tuple[Figure, ...] = ()
    pairs: tuple[MentoringPair, ...] = ()


def mentoring_desk(user: User) -> MentoringDesk | None:
    """One query; None for whom there is nothing."""
    access = access_of(user)
    if not can_see_pairs(user) or access.today is None:
        return None
    rows = MentoringPair.objects.visible_to(user).going()
    decides = can_decide_pairs(user)
    mine = Q(pk__in=())
    if access.staff is not None:
        me = access.staff
        wards = me.responsibilities.on(access.today).filter(kind__in=WARDS).values("pupil")
        mine = Q(mentor=me) | Q(curator=me) | Q(staff=me) | Q(pupil__in=wards)
    told: QuerySet[Any] = (rows if decides else rows.filter(mine)).annotate(mine=Q(mine))
    pairs = list(told.select_related("mentor", "mentor_pupil", "staff", "pupil", "subject"))
    if not pairs:
        return None
    own = tuple(pair for pair in pairs if pair.mine)
    return MentoringDesk(_figures(pairs, access.today) if decides else (), own[:SHOWN])


def _figures(pairs: Iterable[MentoringPair], today: date) -> tuple[Figure, ...]:
    page = f"{reverse('mentoring:list')}?kind=now&form="
    found = Counter(pair.form for pair in pairs if pair.is_active_on(today))
    return tuple(
        Figure(form.label.capitalize(), str(found[form.value]), f"{page}{form.value}", "действуют") for form in PairForm
    )
