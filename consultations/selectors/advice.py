"""Recommendations as lists and pages show them; other parts of the house ask here."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from consultations.models import Recommendation, RecommendationRead
from consultations.permissions_talks import TalkScope, talk_scope
from consultations.talk_words import Audience
from risk_registry.permissions import taught_pupils
from school.access import Viewer
from school.models import Enrolment, Pupil


@dataclass(frozen=True)
class AdviceRow:
    """A recommendation; `known`: this person has said that they know it, `asked`: it is addressed to them."""

    row: Recommendation
    known: bool
    asked: bool


def recommendations_for(user: Viewer, pupil: Pupil) -> QuerySet[Recommendation]:
    """Those of a pupil that stand, the newest first; one query when read. Other floors offer them from here."""
    return standing(user).filter(pupil=pupil)


def standing(user: Viewer) -> QuerySet[Recommendation]:
    """Of all pupils whom the person sees, with `known`."""
    rows = Recommendation.objects.visible_to(user).filter(withdrawn_at__isnull=True)
    known = RecommendationRead.objects.filter(recommendation=OuterRef("pk"), by=user.pk)
    return rows.select_related("pupil", "by__staff", "school").annotate(known=Exists(known))


def to_acknowledge(user: Viewer) -> QuerySet[Recommendation]:
    """Those that are addressed to this person and that they have not acknowledged; one query when read."""
    known = RecommendationRead.objects.filter(by=user.pk).values("recommendation")
    return standing(user).filter(addressed_to(user)).exclude(pk__in=known).exclude(by=user.pk)


def addressed_to(user: Viewer) -> Q:
    """Class teachers of the pupil, and those who teach the pupil."""
    scope = talk_scope(user)
    leader = _led(scope) & ~Q(audience=Audience.TEACHERS)
    if not scope.teaches:
        return leader
    return leader | (Q(pupil__in=taught_pupils(user).values("pk")) & ~Q(audience=Audience.LEADER))


def _led(scope: TalkScope) -> Q:
    if not scope.leads or scope.today is None:
        return Q(pk__in=[])
    seats = Enrolment.objects.on(scope.today).filter(school_class__class_teacher=scope.staff)
    return Q(pupil__in=seats.order_by().values("pupil"))


def advice_rows(user: Viewer, rows: Iterable[Recommendation]) -> list[AdviceRow]:
    """Rows of `standing` with what is asked of this person; two queries."""
    found = list(rows)
    asked = set(
        Recommendation.objects.filter(addressed_to(user), pk__in=[one.pk for one in found]).values_list("pk", flat=True)
    )
    return [AdviceRow(one, getattr(one, "known", False), one.pk in asked and one.by_id != user.pk) for one in found]
