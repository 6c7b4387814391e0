"""What the gradebook asks of a person: to say why lessons were missed."""

from datetime import date

from django.urls import reverse

from gradebook.permissions import leads_any_class
from gradebook.selectors_grounds import current_period, ungrounded_by_class
from school.access import Viewer, access_of
from school.agendas import agenda_register
from school.models import SchoolClass
from school.shared import AgendaItem


def agenda_for(user: Viewer, day: date) -> list[AgendaItem]:
    """For class teachers: lessons of the present period that wait for a ground, by class; three queries."""
    period = current_period(user) if leads_any_class(user) else None
    if period is None:
        return []
    led = list(SchoolClass.objects.filter(class_teacher=access_of(user).staff, year=period.year))
    waiting = ungrounded_by_class(user, period, led)
    return [
        AgendaItem(
            f"Записать основания пропусков: {waiting[one.pk].words}",
            f"{reverse('grounds:waiting')}?cls={one.pk}",
            f"{one} класс",
            due=period.ends if period.ends >= day else None,
        )
        for one in led
        if waiting.get(one.pk)
    ]


agenda_register(agenda_for)
