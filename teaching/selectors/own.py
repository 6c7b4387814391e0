"""One teacher's own records; what waits for whoever confirms."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from school.access import Viewer, access_of
from school.models import Staff, User
from teaching.links import PersonLink, person_links
from teaching.models import (
    Community,
    Confirmable,
    LessonVisit,
    Practice,
    TeacherGap,
    Training,
)
from teaching.permissions import can_confirm
from teaching.selectors.lists import community_list, practice_list
from teaching.words import RecordState


@dataclass(frozen=True)
class OwnRecords:
    """Everything of one person, newest first; `links` lead to the floors above (the route of gaps)."""

    staff: Staff
    trainings: list[Training]
    communities: list[Community]
    practices: list[Practice]
    visits: list[LessonVisit]
    gaps: list[TeacherGap]
    links: list[PersonLink]

    @property
    def unread(self) -> int:
        """Visits that the person has not read yet."""
        return sum(one.read_at is None for one in self.visits)

    @property
    def hours(self) -> int:
        """Hours of trainings that are over."""
        return sum(one.hours or 0 for one in self.trainings if one.ends is not None)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written yet."""
        return not (self.trainings or self.communities or self.practices or self.visits or self.gaps)


def own_records(user: User, staff: Staff) -> OwnRecords:
    """What the person sees of this teacher: one's own, or a colleague's by right. Five queries and those of links."""
    visits = LessonVisit.objects.visible_to(user).filter(staff=staff)
    return OwnRecords(
        staff,
        list(Training.objects.visible_to(user).filter(staff=staff)),
        list(community_list(user, {"staff": staff.pk})),
        list(practice_list(user, {"staff": staff.pk})),
        list(visits.select_related("visitor", "subject", "school_class")),
        list(TeacherGap.objects.visible_to(user).filter(staff=staff)),
        person_links(user, [staff.pk]).get(staff.pk, []),
    )


KINDS: dict[str, type[Confirmable]] = {"training": Training, "community": Community, "practice": Practice}


@dataclass(frozen=True)
class Waiting:
    """A record that waits: `what` names its kind in addresses."""

    what: str
    row: Training | Community | Practice


def waiting_records(user: Viewer) -> list[Waiting]:
    """Everything of colleagues that waits for this person, the oldest first; three queries, none without the right."""
    own = access_of(user).staff
    if not can_confirm(user) or own is None:
        return []
    found: list[Waiting] = []
    for what, model in KINDS.items():
        rows = model.objects.visible_to(user).filter(state=RecordState.ENTERED).exclude(staff=own)
        if model is Practice:
            rows = rows.exclude(coauthor=own)
        found += [Waiting(what, row) for row in rows.select_related("staff")]
    return sorted(found, key=lambda one: (one.row.at, one.what, one.row.pk))


def asking(user: Viewer) -> Mapping[str, QuerySet[Any]]:
    """By kind: colleagues' records to confirm, own ones that came back. No query of its own."""
    own = access_of(user).staff
    if own is None:
        return {}
    wanted = Q(state=RecordState.RETURNED, staff=own)
    if can_confirm(user):
        wanted |= Q(state=RecordState.ENTERED) & ~Q(staff=own)
    found = {what: model.objects.visible_to(user).filter(wanted) for what, model in KINDS.items()}
    return found | {"practice": found["practice"].exclude(state=RecordState.ENTERED, coauthor=own)}


def unread_visits(user: Viewer) -> QuerySet[LessonVisit]:
    """Visits of own lessons that the person has not read yet."""
    return LessonVisit.objects.visible_to(user).filter(staff=access_of(user).staff, read_at__isnull=True)
