"""Who leads a route and when it is looked at."""

from dataclasses import dataclass
from datetime import date

from common.authorship import deed
from common.errors import Refused
from iom.models import Route
from iom.services.stepping import agreements_end, route_seen, step_note
from iom.words import Every, RouteState
from school.models import Responsibility, Staff, User
from school.roles import ResponsibilityKind

LED = "led"


@dataclass(frozen=True)
class Leading:
    """What the head of a route says."""

    tutor: Staff | None
    begins: date
    ends: date
    every: str
    next_review: date


@deed
def route_lead(*, by: User, route: Route, version: int, told: Leading) -> Route:
    """Another tutor, other days. In a route that is in force only the next review moves. Raises `Refused`."""
    found = route_seen(route, version)
    if told.begins > told.ends:
        raise Refused("Последний день маршрута раньше первого.")
    if not told.begins <= told.next_review <= told.ends:
        raise Refused("День пересмотра — внутри маршрута.")
    if told.tutor is not None and told.tutor.school_id != found.school_id:
        raise Refused("Этот сотрудник из другой школы.")
    same = (found.tutor_id, found.begins, found.ends, found.every) == (
        told.tutor.pk if told.tutor else None, told.begins, told.ends, told.every
    )  # fmt: skip
    if not same and found.state != RouteState.DRAFT:
        raise Refused("Тьютора, сроки и частоту меняют в черновике: сначала откройте изменение маршрута.")
    found.tutor, found.begins, found.ends = told.tutor, told.begins, told.ends
    found.every, found.next_review = Every(told.every), told.next_review
    if not same:
        agreements_end(found, None, psychologist=False)
    step_note(by, found, LED, f"пересмотр {told.next_review:%d.%m.%Y}")
    tutor_answers(found)
    return found


def tutor_answers(route: Route) -> None:
    """Who leads a pupil's route sees the pupil: their answering is written down once."""
    if route.tutor_id is None or route.pupil is None:
        return
    kind = ResponsibilityKind.TUTOR
    today = route.school.today()
    rows = Responsibility.objects.filter(person=route.tutor_id, pupil=route.pupil, kind=kind)
    leads = route.school_class is not None and route.school_class.class_teacher_id == route.tutor_id
    if not leads and not rows.on(today).exists() and not rows.filter(ends__isnull=True).exists():
        rows.create(person_id=route.tutor_id, pupil=route.pupil, kind=kind, starts=min(route.begins, today))
