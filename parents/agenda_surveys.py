"""What surveys ask of a person."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db.models import F
from django.urls import reverse

from common.russian import counted, date_short
from parents.permissions_surveys import can_run_surveys, surveys_for
from parents.selectors.surveys import open_for_class
from parents.survey_words import Audience, CampaignState, Way
from school.access import access_of
from school.asking import Asked, Told, day_told, listed
from school.models import User
from school.roles import Role
from school.shared import AgendaItem

_SOON = timedelta(days=3)


def surveys_asked(user: User, day: date) -> Asked:
    """Who runs surveys: those to close, and those about to end. Class teachers: slips to hand out, pupils to ask."""
    columns: dict[str, Any] = {}
    if can_run_surveys(user):
        rows = surveys_for(user).filter(state=CampaignState.OPEN, by=user, ends__lte=day + _SOON)
        columns["own"] = listed(rows.order_by("ends"), key="pk", ends="ends", title=F("version__title"))
    if Role.CLASS_TEACHER in access_of(user).roles:
        who = {"audience": F("version__questionnaire__audience")}
        names = {name: name for name in ("way", "begins", "ends", "printed", "waits")}
        columns["open"] = listed(open_for_class(user), key="pk", title=F("version__title"), **names, **who)
    return Asked(columns, partial(_told, day=day))


def _told(told: Told, day: date) -> Iterator[AgendaItem]:
    for row in told.get("own") or ():
        title = "Закрыть опрос: его дни прошли"
        if day_told(row["ends"]) >= day:
            title = "Опрос скоро кончится: напомните ответить"
        yield AgendaItem(title, _page(row), row["title"], day_told(row["ends"]))
    for row in told.get("open") or ():
        yield from _of_class(row, day)


def _of_class(row: Told, day: date) -> Iterator[AgendaItem]:
    audience, ends = Audience(row["audience"]), day_told(row["ends"])
    if audience.anonymous:
        if row["way"] == Way.SLIPS and not row["printed"] and day_told(row["begins"]) - _SOON <= day <= ends:
            until = f"{row['title']}, отвечают до {date_short(ends)}"
            yield AgendaItem("Раздать талоны опроса семьям класса", _page(row), until, ends)
    elif row["waits"]:
        pupils = counted(row["waits"], "ученик", "ученика", "учеников")
        asked = "Анкета о причинах, по желанию" if audience == Audience.TEACHER else "Анкета, нет ответа"
        yield AgendaItem(f"{asked}: {pupils}", _page(row), row["title"], ends)


def _page(row: Told) -> str:
    return reverse("surveys:survey", args=[row["key"]])
