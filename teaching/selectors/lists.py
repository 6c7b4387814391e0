"""The five lists of this app: which rows a person sees under a filter. The same rows are page, PDF and workbook."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from school.access import Viewer
from teaching.filtering import CLOSED, OPEN
from teaching.models import Community, LessonVisit, Practice, TeacherGap, Training

Chosen = Mapping[str, Any]
_PEOPLE = ("staff__last_name", "staff__first_name", "staff__middle_name")


def _with_words(rows: QuerySet[Any], text: str, *columns: str) -> QuerySet[Any]:
    """Every word of the text stands in some column."""
    for word in text.split():
        found = Q()
        for column in columns:
            found |= Q(**{f"{column}__icontains": word})
        rows = rows.filter(found)
    return rows


def _common(rows: QuerySet[Any], chosen: Chosen) -> QuerySet[Any]:
    for name in ("staff", "state"):
        if chosen.get(name):
            rows = rows.filter(**{name: chosen[name]})
    return rows


def _between(rows: QuerySet[Any], chosen: Chosen, column: str) -> QuerySet[Any]:
    if chosen.get("since"):
        rows = rows.filter(**{f"{column}__gte": chosen["since"]})
    return rows.filter(**{f"{column}__lte": chosen["until"]}) if chosen.get("until") else rows


def training_list(user: Viewer, chosen: Chosen) -> QuerySet[Training]:
    """By name and day; one query. `since` and `until` bound the end."""
    rows = _common(Training.objects.visible_to(user), chosen)
    if chosen.get("kind"):
        rows = rows.filter(kind=chosen["kind"])
    if chosen.get("topic"):
        rows = rows.filter(topics__contains=[chosen["topic"]])
    rows = _with_words(rows, chosen.get("text", ""), "title", "place", *_PEOPLE)
    rows = _between(rows, chosen, "ends")
    return rows.select_related("staff").order_by("staff__sort_key", "-starts", "-pk")


def community_list(user: Viewer, chosen: Chosen) -> QuerySet[Community]:
    """By title, with `people` who are members now, `met` times and the `last` meeting; one query."""
    rows: QuerySet[Any] = Community.objects.visible_to(user)
    if chosen.get("staff"):
        rows = rows.filter(members__staff=chosen["staff"], members__removed_at__isnull=True).distinct()
    if chosen.get("state"):
        rows = rows.filter(state=chosen["state"])
    if chosen.get("team"):
        rows = rows.filter(kind=chosen["team"])
    rows = _with_words(rows, chosen.get("text", ""), "title", "cycle", *_PEOPLE)
    held = Q(meetings__removed_at__isnull=True)
    inside = Q(members__removed_at__isnull=True, members__ends__isnull=True)
    found: QuerySet[Any] = Community.objects.filter(pk__in=rows.order_by().values("pk")).annotate(
        people=Count("members", filter=inside, distinct=True),
        met=Count("meetings", filter=held, distinct=True),
        last=Max("meetings__on", filter=held),
    )
    return found.select_related("staff").order_by("title", "pk")


def practice_list(user: Viewer, chosen: Chosen) -> QuerySet[Practice]:
    """By title, with how many colleagues applied each (`applied`) and how many `papers` it has; one query."""
    rows: QuerySet[Any] = Practice.objects.visible_to(user)
    if chosen.get("staff"):
        rows = rows.filter(Q(staff=chosen["staff"]) | Q(coauthor=chosen["staff"]))
    if chosen.get("state"):
        rows = rows.filter(state=chosen["state"])
    if chosen.get("topic"):
        rows = rows.filter(topics__contains=[chosen["topic"]])
    if chosen.get("tag"):
        rows = rows.filter(tags__contains=[chosen["tag"].lower()])
    rows = _with_words(rows, chosen.get("text", ""), "title", "about", "tags", "coauthor__last_name", *_PEOPLE)
    found: QuerySet[Practice] = (
        rows.select_related("staff", "coauthor", "subject")
        .annotate(
            applied=Count("uses", filter=Q(uses__removed_at__isnull=True), distinct=True),
            papers=Count("files", filter=Q(files__removed_at__isnull=True), distinct=True),
        )
        .order_by("title", "pk")
    )
    return found


def visit_list(user: Viewer, chosen: Chosen) -> QuerySet[LessonVisit]:
    """The newest first; one query."""
    rows = _common(LessonVisit.objects.visible_to(user), chosen)
    if chosen.get("technology"):
        rows = rows.filter(technologies__contains=[chosen["technology"]])
    rows = _with_words(rows, chosen.get("text", ""), "topic", "text", "subject__name", "visitor__last_name", *_PEOPLE)
    rows = _between(rows, chosen, "on")
    people = ("staff", "visitor", "subject", "school_class")
    return rows.select_related(*people).order_by("-on", "staff__sort_key", "pk")


def gap_list(user: Viewer, chosen: Chosen) -> QuerySet[TeacherGap]:
    """By name and day; one query."""
    rows = _common(TeacherGap.objects.visible_to(user), chosen)
    if chosen.get("area"):
        rows = rows.filter(area=chosen["area"])
    if chosen.get("stands") in (OPEN, CLOSED):
        rows = rows.filter(closed_on__isnull=chosen["stands"] == OPEN)
    rows = _with_words(rows, chosen.get("text", ""), "text", *_PEOPLE)
    return rows.select_related("staff").order_by("staff__sort_key", "-found_on", "-pk")
