"""What the gradebook asks of a person: why lessons were missed, whom rows of files mean."""

from datetime import date

from django.urls import reverse

from common.russian import counted, date_short
from gradebook.permissions import can_plan_procedures, leads_any_class
from gradebook.selectors_grounds import current_period, ungrounded_by_class
from gradebook.selectors_overdue import overdue
from gradebook.selectors_settling import rows_waiting
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


def rows_for(user: Viewer, day: date) -> list[AgendaItem]:
    """For those who import: rows of written files in which nobody was recognised and of which nobody has decided."""
    return [
        AgendaItem(
            f"Несопоставленных строк в загрузке: {number}",
            f"{reverse('gradebook:import', args=[batch])}#unmatched",
            f"пачка № {batch}",
        )
        for batch, number in rows_waiting(user).items()
    ]


def works_for(user: Viewer, day: date) -> list[AgendaItem]:
    """Works whose day is over and whose results nobody has entered: their number for those who keep the timetable,
    for a teacher each work of the own subject."""
    found = overdue(user, day)
    if found and can_plan_procedures(user):
        words = counted(len(found), "работа", "работы", "работ")
        return [AgendaItem(f"Внести результаты: {words}", f"{reverse('procedures:timetable')}#overdue", "день прошёл")]
    return [
        AgendaItem(
            "Внести результаты работы",
            f"{reverse('procedures:results', args=[one.work.pk])}?cls={one.classes[0].pk}",
            f"{one.work.title}, {one.work.subject}, {one.who}, {date_short(one.work.date or day)}",
        )
        for one in found
    ]


agenda_register(agenda_for)
agenda_register(works_for)
agenda_register(rows_for)
