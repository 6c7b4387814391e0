"""Templates that fit a new route: of the school, by kind, subject and the causes that everybody may know."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from iom.models import Gap, RoutePart, RouteTemplate
from iom.rules.routes import StepIdea
from iom.words import RouteKind
from risk_registry.models import RegistryEntry
from risk_registry.selectors.causes import codes_of
from school.models import School

_MOST_TOPICS = 60


def templates_of(school: School) -> QuerySet[RouteTemplate]:
    """Those in use, with their steps."""
    rows = RouteTemplate.objects.filter(school=school, archived_at__isnull=True)
    return rows.select_related("subject").prefetch_related("rows")


def steps_for(
    school: School, kind: str, parts: dict[int | None, RoutePart], entry: RegistryEntry | None
) -> dict[int | None, list[StepIdea]]:
    """By part (its subject's key), the steps of the fitting templates; two queries, three with an entry.

    A template of a subject fills that subject's part; one of a cause only (or of a kind only), the common part.
    """
    causes = {code for code in codes_of(entry=entry.pk) if code} if entry is not None else set()
    fitting = templates_of(school).filter(Q(kind="") | Q(kind=kind), Q(cause="") | Q(cause__in=causes))
    found: dict[int | None, list[StepIdea]] = {}
    for template in fitting:
        if template.subject_id in parts:
            found.setdefault(template.subject_id, []).extend(_steps(template))
    return found


def _steps(template: RouteTemplate) -> Iterable[StepIdea]:
    return (StepIdea(row.kind, row.text, row.every, row.expected) for row in template.rows.all())


def used_topics(school: School, subject: int | None) -> list[str]:
    """Topics that the school has used in the subject, the most used first; none from routes for special needs."""
    rows = Gap.objects.filter(school=school, part__subject=subject).exclude(route__kind=RouteKind.NEEDS)
    often = rows.values("topic").annotate(number=Count("pk")).order_by("-number", "topic")
    return list(often.values_list("topic", flat=True)[:_MOST_TOPICS])
