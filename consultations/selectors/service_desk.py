"""A specialist's desk: the meetings that come next, referrals that wait, plans in force. No contents."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, Window
from django.db.models.functions import Coalesce, Least
from django.urls import reverse

from common.look import Figure
from consultations.models import Appointment, Referral, SupportPlan
from consultations.permissions import is_specialist
from consultations.permissions_talks import talk_scope
from consultations.rules.free_times import day_words
from consultations.selectors.meetings import lines_for, marked
from consultations.selectors.plans import plan_list
from consultations.selectors.referrals import ReferralRow, referral_row, with_people
from consultations.selectors.week import monday_of
from consultations.talk_words import PlanState, ReferralState
from consultations.words import MeetingState
from school.access import access_of
from school.models import Staff, User

MEETINGS_SHOWN, REFERRALS_SHOWN, PLANS_SHOWN = 8, 5, 5


@dataclass(frozen=True)
class MeetingDay:
    """«вт, 24 ноября» with the meetings of the day; `lines` of each are its pupils."""

    on: date
    words: str
    today: bool
    meetings: tuple[Appointment, ...]


@dataclass(frozen=True)
class PlanLine:
    """That there is a plan of a pupil; `due`: its review or its end, whichever comes first."""

    plan: SupportPlan
    due: date
    late: bool


@dataclass(frozen=True)
class ServiceDesk:
    """What a specialist (`staff`) sees first. The numbers are of all, the rows the nearest few."""

    staff: int
    figures: tuple[Figure, ...]
    days: tuple[MeetingDay, ...]
    more_meetings: int
    referrals: tuple[ReferralRow, ...]
    more_referrals: int
    referrals_url: str
    plans: tuple[PlanLine, ...]
    more_plans: int


def service_desk(user: User) -> ServiceDesk | None:
    """None for whoever receives nobody. Five queries."""
    access = access_of(user)
    if access.today is None or access.staff is None or not is_specialist(user):
        return None
    coming = list(_coming(user, access.staff, access.today))
    asked = list(_asked(user))
    plans = list(_plans(user))
    new = f"{reverse('referrals:list')}?kind={ReferralState.NEW.value}&mine=1"
    return ServiceDesk(
        staff=access.staff.pk,
        figures=_figures(_of_week(user, access.staff, access.today), asked, plans, new),
        days=tuple(_by_day(coming, access.today)),
        more_meetings=_of_all(coming) - len(coming),
        referrals=tuple(referral_row(one, access.today) for one in asked),
        more_referrals=_of_all(asked) - len(asked),
        referrals_url=new,
        plans=tuple(PlanLine(one, one.due, one.due < access.today) for one in plans),
        more_plans=_of_all(plans) - len(plans),
    )


def _own(user: User, staff: Staff) -> QuerySet[Appointment]:
    return Appointment.objects.visible_to(user).filter(Q(specialist=staff) | Q(colleague=staff))


def _coming(user: User, staff: Staff, today: date) -> QuerySet[Any]:
    rows = marked(_own(user, staff), today).filter(state=MeetingState.PLANNED, on__gte=today)
    told = rows.annotate(of_all=Window(Count("pk"))).select_related("specialist", "colleague")
    return told.prefetch_related(lines_for(user)).order_by("on", "time_from", "pk")[:MEETINGS_SHOWN]


def _of_week(user: User, staff: Staff, today: date) -> dict[str, int]:
    """Meetings of the week under way, and how many of them took place."""
    first = monday_of(today)
    rows = _own(user, staff).filter(on__range=(first, first + timedelta(days=6)))
    return rows.aggregate(
        all=Count("pk", filter=~Q(state=MeetingState.CANCELLED)), held=Count("pk", filter=Q(state=MeetingState.HELD))
    )


def _asked(user: User) -> QuerySet[Any]:
    """Referrals that nobody took and that ask this person, and those that the person took; the oldest first."""
    staff = talk_scope(user).staff
    mine = Q(state=ReferralState.NEW) | Q(state=ReferralState.TAKEN, taken_by=staff)
    rows = Referral.objects.visible_to(user).for_me(user).filter(mine)
    told: QuerySet[Any] = rows.annotate(of_all=Window(Count("pk")), new=Q(state=ReferralState.NEW), news=_new_ones())
    return with_people(told.order_by("-new", "at", "pk"), user)[:REFERRALS_SHOWN]


def _new_ones() -> Window:
    return Window(Count("pk", filter=Q(state=ReferralState.NEW)))


def _plans(user: User) -> QuerySet[Any]:
    """Plans in force for which the person answers or in which they work, by the next review."""
    rows = plan_list(user, PlanState.FORCE.value, mine=True)
    told = rows.annotate(due=Least(Coalesce("review_on", "ends"), "ends"), of_all=Window(Count("pk")))
    return told.order_by("due", "pk")[:PLANS_SHOWN]


def _of_all(rows: Iterable[Any]) -> int:
    return next((int(row.of_all) for row in rows), 0)


def _figures(week: dict[str, int], asked: list[Any], plans: list[Any], new: str) -> tuple[Figure, ...]:
    news = asked[0].news if asked else 0
    going = f"{reverse('plans:list')}?kind={PlanState.FORCE.value}&mine=1"
    return (
        Figure("Встречи на этой неделе", str(week["all"]), reverse("week:page"), f"состоялись {week['held']}"),
        Figure("Направления ждут ответа", str(news), new),
        Figure("Планы, в которых вы участвуете", str(_of_all(plans)), going),
    )


def _by_day(rows: Iterable[Any], today: date) -> Iterable[MeetingDay]:
    days: dict[date, list[Appointment]] = {}
    for row in rows:
        days.setdefault(row.on, []).append(row)
    for on, meetings in days.items():
        yield MeetingDay(on, day_words(on), on == today, tuple(meetings))
