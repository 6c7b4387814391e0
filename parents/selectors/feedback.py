"""Routes agreed with parents and feedback to them: the names behind the indicators P25 and P26."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from common.russian import counted, date_short
from iom.models import Route, RouteAgreement, RouteVersion
from iom.words import RouteKind, Side, Way
from parents.models import Conversation, Notice
from parents.rules.feedback import FeedbackFacts, RouteFacts, active, carried_out, records_needed
from parents.words import NoticeState
from school.access import Viewer
from school.models import School
from teaching.permissions import pedagogical_workers

# Made alone, a notice is a paper in a drawer: it tells the parents something once it has reached them.
_TOLD = (NoticeState.HANDED, NoticeState.OPENED, NoticeState.KNOWN, NoticeState.DECLINED)


@dataclass(frozen=True)
class AgreedRoute:
    """A route that was in force within the days. `said`: «согласие 12.10.2026, лично»."""

    route: int
    pupil: str
    school_class: str
    kind: str
    facts: RouteFacts
    said: str


def agreed_routes(user: Viewer | None, school: School, first: date, last: date) -> tuple[AgreedRoute, ...]:
    """Routes of pupils in force at any time between, both inside, by name; those whom the person sees, all for None.

    One query. Routes for special needs are left out of both parts of the share: that there is one is told to few, and
    never on a list.
    """
    rows = Route.objects.all() if user is None else Route.objects.visible_to(user)
    rows = rows.filter(school=school, pupil__isnull=False, number__gt=0).exclude(kind=RouteKind.NEEDS)
    versions = RouteVersion.objects.filter(route=OuterRef("pk")).order_by("number")
    told = rows.select_related("pupil", "school_class").annotate(
        begun=Subquery(versions.values("paper_date")[:1]),
        answer=Subquery(_answers(last).values(told=JSONObject(agreed="agreed", on="on", way="way"))[:1]),
    )
    found = (_route(row) for row in told.order_by("pupil__sort_key", "pk"))
    return tuple(one for one in found if carried_out(one.facts, first, last))


def _answers(last: date) -> QuerySet[RouteAgreement]:
    """What the parents of the route said by the day, the newest first; also what a later change of the plan ended."""
    rows = RouteAgreement.objects.filter(route=OuterRef("pk"), side=Side.PARENTS, on__lte=last)
    return rows.order_by("-on", "-pk")


def _route(row: Any) -> AgreedRoute:
    answer = row.answer
    facts = RouteFacts(row.begun, row.finished_on, answer["agreed"] if answer else None)
    said = "ответа родителей нет"
    if answer:
        word = "согласие" if answer["agreed"] else "отказ"
        said = f"{word} {date_short(date.fromisoformat(answer['on']))}, {Way(answer['way']).label}"
    where = str(row.school_class) if row.school_class is not None else ""
    return AgreedRoute(row.pk, row.pupil.list_name, where, row.get_kind_display(), facts, said)


@dataclass(frozen=True)
class WorkerFeedback:
    """A pedagogical worker with what they told parents."""

    staff: int
    name: str
    facts: FeedbackFacts
    active: bool

    @property
    def words(self) -> str:
        """«3 беседы, 1 уведомление»; «нет записей»."""
        talks, notices = self.facts.talks, self.facts.notices
        ways = (
            (talks, counted(talks, "беседа", "беседы", "бесед")),
            (notices, counted(notices, "уведомление", "уведомления", "уведомлений")),
        )
        return ", ".join(words for number, words in ways if number) or "нет записей"


@dataclass(frozen=True)
class Feedback:
    """Everybody who works as a pedagogue on the last day; `needed`: from how many records on one counts."""

    first: date
    day: date
    monthly: int
    needed: int
    workers: tuple[WorkerFeedback, ...]


def feedback_given(school: School, first: date, last: date) -> Feedback:
    """Between the days, both inside, by name; of a period that goes on, until today. Four queries."""
    day = min(max(school.today(), first), last)
    monthly = school.settings.feedback_monthly
    talks = _by_author(Conversation.objects.filter(withdrawn_at__isnull=True), school, first, day)
    notices = _by_author(Notice.objects.filter(state__in=_TOLD), school, first, day)
    return Feedback(
        first,
        day,
        monthly,
        records_needed(monthly, first, day),
        tuple(_workers(school, first, day, talks, notices)),
    )


def _workers(
    school: School, first: date, day: date, talks: dict[int, int], notices: dict[int, int]
) -> Iterator[WorkerFeedback]:
    monthly = school.settings.feedback_monthly
    for one in pedagogical_workers(school, day):
        facts = FeedbackFacts(talks.get(one.pk, 0), notices.get(one.pk, 0))
        yield WorkerFeedback(one.pk, one.short_name, facts, active(facts, monthly, first, day))


def _by_author(rows: QuerySet[Any], school: School, first: date, day: date) -> dict[int, int]:
    found = rows.filter(school=school, on__range=(first, day), by__staff__isnull=False).order_by()
    return dict(found.values("by__staff").annotate(n=Count("pk")).values_list("by__staff", "n"))
