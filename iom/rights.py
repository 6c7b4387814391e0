"""What one person may do with one route: its parts, its progress, its decisions. Roles are named below this file."""

from dataclasses import dataclass

from iom.models import PlanStep, Route, RoutePart
from iom.permissions_routes import (
    can_approve_routes,
    is_deputy,
    is_psychologist,
    leads_colleagues,
)
from iom.words import RouteKind, StepKind
from school.access import access_of
from school.models import User
from school.permissions import leads_class_of


@dataclass(frozen=True)
class Rights:
    """Asked once a page. `leads`: the class teacher, the tutor; a teacher's route: that teacher, a methodical head."""

    staff: int | None
    leads: bool
    deputy: bool
    approves: bool
    psychologist: bool

    def edits(self, part: RoutePart) -> bool:
        """A teacher the own part; who leads the common one and those that nobody answers for; the deputy all."""
        own = self.staff is not None and part.teacher_id == self.staff
        free = self.leads and (part.subject_id is None or part.teacher_id is None)
        return self.deputy or own or free

    def edits_step(self, part: RoutePart, kind: str) -> bool:
        """Psychologists plan the help of specialists in the common part."""
        specialist = self.psychologist and part.subject_id is None and kind == StepKind.SPECIALIST
        return self.edits(part) or specialist

    def adds_steps(self, part: RoutePart) -> bool:
        """Whether they may plan any step of the part."""
        return self.edits(part) or (self.psychologist and part.subject_id is None)

    def concludes(self, step: PlanStep) -> bool:
        """What became of a step is written by whoever plans it or does it."""
        does = self.staff is not None and step.who_id == self.staff
        return does or self.edits_step(step.part, step.kind)

    def agrees(self, part: RoutePart) -> bool:
        """The part's teacher; the deputy writes down an agreement that was given aloud."""
        return self.deputy or (self.staff is not None and part.teacher_id == self.staff)


def rights_on(user: User, route: Route) -> Rights:
    """Of a route that was found through `visible_to`."""
    access = access_of(user)
    staff = access.staff.pk if access.staff is not None else None
    return Rights(
        staff=staff,
        leads=is_deputy(user) or _leads(user, route, staff),
        deputy=is_deputy(user),
        approves=can_approve_routes(user),
        psychologist=is_psychologist(user) and route.kind != RouteKind.TEACHER,
    )


def _leads(user: User, route: Route, staff: int | None) -> bool:
    if staff is not None and route.tutor_id == staff:
        return True
    if route.kind == RouteKind.TEACHER:
        return leads_colleagues(user) or (staff is not None and route.staff_id == staff)
    return route.pupil is not None and leads_class_of(user, route.pupil)
