"""What surveys ask of a person."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse

from common.russian import counted, date_short
from parents.permissions_surveys import can_run_surveys, surveys_for
from parents.selectors.surveys import open_for_class, waiting_in
from parents.survey_words import Audience, CampaignState, Way
from school.access import Viewer, access_of
from school.models import User
from school.roles import Role
from school.shared import AgendaItem

_SOON = timedelta(days=3)


def surveys_agenda(user: Viewer, day: date) -> list[AgendaItem]:
    """Who runs surveys: those to close, and those about to end. Class teachers: slips to hand out, pupils to ask."""
    if not isinstance(user, User):
        return []
    return [*(_own(user, day) if can_run_surveys(user) else ()), *_of_class(user, day)]


def _own(user: User, day: date) -> Iterator[AgendaItem]:
    rows = surveys_for(user).filter(state=CampaignState.OPEN, by=user, ends__lte=day + _SOON)
    for row in rows.order_by("ends"):
        url = reverse("surveys:survey", args=[row.pk])
        if row.ends < day:
            yield AgendaItem("Закрыть опрос: его дни прошли", url, row.version.title, row.ends)
        else:
            yield AgendaItem("Опрос скоро кончится: напомните ответить", url, row.version.title, row.ends)


def _of_class(user: User, day: date) -> Iterator[AgendaItem]:
    """One query where nothing is asked; one more for each open survey with names."""
    if Role.CLASS_TEACHER not in access_of(user).roles:
        return
    for row, printed in open_for_class(user):
        url = reverse("surveys:survey", args=[row.pk])
        if row.audience.anonymous:
            if row.way == Way.SLIPS and not printed and row.begins - _SOON <= day <= row.ends:
                until = f"{row.version.title}, отвечают до {date_short(row.ends)}"
                yield AgendaItem("Раздать талоны опроса семьям класса", url, until, row.ends)
        elif number := waiting_in(user, row):
            pupils = counted(number, "ученик", "ученика", "учеников")
            asked = "Анкета о причинах, по желанию" if row.audience == Audience.TEACHER else "Анкета, нет ответа"
            yield AgendaItem(f"{asked}: {pupils}", url, row.version.title, row.ends)
