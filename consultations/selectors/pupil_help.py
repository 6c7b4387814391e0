"""What of the service a pupil's page shows: advice, that there is a plan, referrals. With the pupil's own query."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.urls import reverse
from django.utils.timezone import localdate

from common.names import initials
from consultations.models import ConfidentialNote, Recommendation, RecommendationRead, Referral, SupportPlan
from consultations.permissions import can_book
from consultations.permissions_talks import can_advise, is_addressed
from consultations.talk_words import Audience, PlanState, ReferralState, Specialist
from school.access import Viewer
from school.models import AcademicYear, Pupil
from school.shared import TimelineItem

_STANDING = 3


@dataclass(frozen=True)
class AdviceTold:
    """A recommendation that stands."""

    key: int
    text: str
    by: str
    on: date
    known: bool
    audience: str


@dataclass(frozen=True)
class PlanTold:
    """That there is a plan: nothing of what is in it."""

    key: int
    state: str
    who: str
    begins: date
    ends: date


@dataclass(frozen=True)
class ReferralTold:
    """A referral that this person may see."""

    key: int
    to: str
    state: str
    on: date


@dataclass(frozen=True)
class PupilHelp:
    """`acknowledges`: advice is addressed to this person; `sends`, `advises`: what they may do.

    `notes`: how many stand, for the service alone.
    """

    rows: tuple[AdviceTold, ...] = ()
    plan: PlanTold | None = None
    referrals: tuple[ReferralTold, ...] = ()
    acknowledges: bool = False
    sends: bool = False
    advises: bool = False
    notes: int = 0
    items: tuple[TimelineItem, ...] = ()


def with_help(pupils: QuerySet[Pupil], user: Viewer) -> QuerySet[Pupil]:
    """Pupils with what `help_told` tells; no query of its own."""
    return pupils.annotate(
        advice_json=ArraySubquery(_advice(user)),
        plans_json=ArraySubquery(_plans()),
        referrals_json=ArraySubquery(_referrals(user)),
        notes_n=Coalesce(Subquery(_notes(user)), 0),
    )


def _person(by: str) -> dict[str, Any]:
    names = {"last": "last_name", "first": "first_name", "middle": "middle_name"}
    return {key: F(f"{by}__{name}") for key, name in names.items()}


def _advice(user: Viewer) -> QuerySet[Any, Any]:
    rows = Recommendation.objects.filter(pupil=OuterRef("pk"), withdrawn_at__isnull=True).order_by("-at", "-pk")
    known = Exists(RecommendationRead.objects.filter(recommendation=OuterRef("pk"), by=user.pk))
    names = {"key": "pk", "text": "text", "at": "at", "audience": "audience"}
    return rows.values(told=JSONObject(**names, known=known, login="by__username", **_person("by__staff")))


def _plans() -> QuerySet[Any, Any]:
    """Drafts are nobody's business yet."""
    rows = SupportPlan.objects.filter(pupil=OuterRef("pk"), state__in=[PlanState.FORCE, PlanState.FINISHED])
    names = {"key": "pk", "state": "state", "begins": "begins", "ends": "ends"}
    return rows.order_by("-begins", "-pk").values(told=JSONObject(**names, **_person("responsible")))


def _notes(user: Viewer) -> QuerySet[Any, Any]:
    rows = ConfidentialNote.objects.visible_to(user).filter(pupil=OuterRef("pk"), taken_back_at__isnull=True)
    return rows.order_by().values("pupil").annotate(n=Count("pk")).values("n")


def _referrals(user: Viewer) -> QuerySet[Any, Any]:
    rows = Referral.objects.visible_to(user).filter(pupil=OuterRef("pk")).exclude(state=ReferralState.WITHDRAWN)
    names = {"key": "pk", "to_kind": "to_kind", "state": "state", "at": "at", "named": "to"}
    return rows.order_by("-at", "-pk").values(told=JSONObject(**names, **_person("to")))[:_STANDING]


def help_told(user: Viewer, pupil: Pupil) -> PupilHelp:
    """Of a pupil who was read by `with_help`; nothing of one who was not."""
    rows = tuple(_advice_told(one) for one in _list(pupil, "advice_json"))
    plans = [_plan_told(one) for one in _list(pupil, "plans_json")]
    referrals = tuple(_referral_told(one) for one in _list(pupil, "referrals_json"))
    now = [one for one in plans if one.state == PlanState.FORCE.label]
    return PupilHelp(
        rows=rows,
        plan=now[0] if now else None,
        referrals=referrals,
        acknowledges=any(is_addressed(user, pupil, one.audience) for one in rows),
        sends=can_book(user),
        advises=can_advise(user),
        notes=getattr(pupil, "notes_n", 0) or 0,
        items=tuple(_items(rows, plans)),
    )


def _list(pupil: Pupil, name: str) -> Iterable[Mapping[str, Any]]:
    """Nobody's rows are no array at all."""
    return getattr(pupil, name, None) or ()


def help_items(told: PupilHelp, year: AcademicYear | None) -> list[TimelineItem]:
    """What happened in the year, for the pupil's story: no words of advice or plans, no referrals."""
    return [item for item in told.items if year is not None and year.starts <= item.on <= year.ends]


def _items(rows: Iterable[AdviceTold], plans: Iterable[PlanTold]) -> Iterable[TimelineItem]:
    for row in rows:
        url = reverse("advice:advice", args=[row.key])
        audience = Audience(row.audience).label
        yield TimelineItem(
            row.on, "deed", "Рекомендация специалиста:", audience[:1].lower() + audience[1:], row.by, url
        )
    for plan in plans:
        yield TimelineItem(plan.begins, "step", "План сопровождения:", "начало работы", plan.who)


def _advice_told(one: Mapping[str, Any]) -> AdviceTold:
    return AdviceTold(one["key"], one["text"], _name(one), _day(one["at"]), one["known"], one["audience"])


def _plan_told(one: Mapping[str, Any]) -> PlanTold:
    begins, ends = date.fromisoformat(one["begins"]), date.fromisoformat(one["ends"])
    return PlanTold(one["key"], PlanState(one["state"]).label, _name(one), begins, ends)


def _referral_told(one: Mapping[str, Any]) -> ReferralTold:
    to = _name(one) if one["named"] else Specialist(one["to_kind"]).label.lower()
    return ReferralTold(one["key"], to, ReferralState(one["state"]).label, _day(one["at"]))


def _name(one: Mapping[str, Any]) -> str:
    return initials(one["last"] or "", one["first"] or "", one["middle"] or "") or one.get("login", "")


def _day(moment: str) -> date:
    return localdate(datetime.fromisoformat(moment))
