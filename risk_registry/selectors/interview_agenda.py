"""What interviews and complaints ask of a person: items of the agenda, from one query each."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import F
from django.urls import reverse

from common.russian import counted
from risk_registry.interviews import STANDING, Complainant, ComplaintState, InterviewKind, InterviewState
from risk_registry.permissions import can_see_registry, interviews_for
from risk_registry.rules.interviews import Month, interview_months, month_name
from risk_registry.selectors.approvals import Term
from risk_registry.selectors.interviews import TEACHERS, at_risk
from school.access import Viewer, access_of
from school.asking import Asked, Told, day_told, listed, maybe_day, person_columns, person_told
from school.models import Period, User
from school.shared import AgendaItem

# All numbers in one statement: the deputy's desk has no queries to spare.
_DUE = f"""
WITH talk AS (SELECT * FROM risk_registry_interview WHERE year_id = %(year)s AND state = ANY(%(standing)s)),
teacher AS (SELECT DISTINCT told.id FROM ({TEACHERS}) AS told)
SELECT
    (SELECT count(*) FROM school_schoolclass AS class
     WHERE class.year_id = %(year)s AND class.class_teacher_id IS NOT NULL AND NOT EXISTS (
         SELECT FROM talk WHERE talk.kind = %(monthly)s AND talk.month = %(month)s
                            AND talk.school_class_id = class.id)),
    (SELECT count(*) FROM teacher WHERE NOT EXISTS (
         SELECT FROM talk WHERE talk.kind = %(teachers)s AND talk.period_id = %(period)s
                            AND talk.staff_id = teacher.id)),
    (SELECT count(*) FROM risk_registry_registryentry AS entry
     WHERE entry.period_id = %(period)s AND entry.category = ANY(%(risk)s) AND entry.state <> ALL(%(out)s)
       AND NOT EXISTS (SELECT FROM talk WHERE talk.kind = %(pupil)s AND talk.period_id = %(period)s
                                          AND talk.pupil_id = entry.pupil_id)),
    (SELECT count(*) FROM talk WHERE talk.state = %(planned)s AND talk.leader_id = %(user)s),
    (SELECT min(planned_on) FROM talk WHERE talk.state = %(planned)s AND talk.leader_id = %(user)s),
    (SELECT count(*) FROM risk_registry_homeworkcomplaint WHERE year_id = %(year)s AND {{waits}}),
    (SELECT min(due) FROM risk_registry_homeworkcomplaint WHERE year_id = %(year)s AND {{waits}})
"""  # noqa: S608 — all parts are ours
_WAITS = "(state = %(recorded)s OR (state = %(checked)s AND who <> %(unknown)s))"


def own_talks_asked(user: User, day: date) -> Asked:
    """The other side of a planned talk of this year knows its day."""
    access = access_of(user)
    if access.staff is None or not can_see_registry(user):
        return Asked()
    rows = interviews_for(user).filter(staff=access.staff, state=InterviewState.PLANNED, year__ends__gte=access.today)
    about = {"month": "month", "system": F("period__system"), "number": F("period__number")}
    rows = rows.order_by("planned_on", "pk")
    told = listed(rows, key="pk", on="planned_on", **about, **person_columns("leader"))
    return Asked({"talks": told}, _own_talks)


def _own_talks(told: Told) -> Iterator[AgendaItem]:
    for row in told["talks"] or ():
        yield AgendaItem(
            "Собеседование с администрацией",
            reverse("registry:interview", args=[row["key"]]),
            f"{_what_for(row)}, проводит {person_told(row)}",
            maybe_day(row["on"]),
        )


def _what_for(row: Told) -> str:
    if row["month"]:
        return month_name(day_told(row["month"]))
    return Period(system=row["system"], number=row["number"]).title if row["system"] else ""


def talks_to_hold(user: Viewer, term: Term) -> Iterator[AgendaItem]:
    """Planned ones of this person, then those with whom nothing is recorded, and complaints that wait; one query."""
    year = term.period.year
    months = [one for one in interview_months(year.starts, year.ends, term.holidays) if one.first <= term.today]
    classes, teachers, pupils, planned, first, complaints, due = _numbers(user, term, months)
    page = reverse("registry:interviews")
    if planned:
        number = counted(planned, "собеседование", "собеседования", "собеседований")
        yield AgendaItem(f"Запланировано: {number}", f"{page}?show=planned", "ближайшее — по дате", first)
    if classes and months and months[-1].due >= term.today:
        number = counted(classes, "класс", "класса", "классов")
        title = f"Собеседования с классными руководителями за {month_name(months[-1].first)}: {number}"
        yield AgendaItem(title, f"{page}?left=1", "нет записи", months[-1].due)
    link = f"period={term.period.pk}&left=1"
    if teachers:
        number = counted(teachers, "учитель", "учителя", "учителей")
        kind = teachers_kind(term.period.ends, term.today)
        title = f"Собеседования с учителями за {term.period.title_accusative}: {number}"
        yield AgendaItem(title, f"{page}?show={kind}&{link}", "нет записи")
    if pupils:
        number = counted(pupils, "обучающийся", "обучающихся", "обучающихся")
        title = f"Собеседования с обучающимися за {term.period.title_accusative}: {number}"
        yield AgendaItem(title, f"{page}?show={InterviewKind.PUPIL}&{link}", "нет записи")
    if complaints:
        number = counted(complaints, "жалоба", "жалобы", "жалоб")
        yield AgendaItem(f"Объём домашних заданий: {number}", f"{reverse('registry:complaints')}?kind=waits", "", due)


def teachers_kind(period_ends: date, today: date) -> InterviewKind:
    """After the period it is the closing talk, within it the talk about forms of work."""
    return InterviewKind.CLOSING if period_ends < today else InterviewKind.SUBJECT


def _numbers(user: Viewer, term: Term, months: list[Month]) -> tuple[Any, ...]:
    told = {
        "year": term.period.year_id,
        "period": term.period.pk,
        "today": term.today,
        "month": months[-1].first if months else None,
        "user": user.pk,
        "standing": [str(one) for one in STANDING],
        "planned": str(InterviewState.PLANNED),
        "monthly": str(InterviewKind.MONTHLY),
        "pupil": str(InterviewKind.PUPIL),
        "teachers": str(teachers_kind(term.period.ends, term.today)),
        "recorded": str(ComplaintState.RECORDED),
        "checked": str(ComplaintState.CHECKED),
        "unknown": str(Complainant.UNKNOWN),
        **at_risk(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_DUE.format(waits=_WAITS), told)
        found: tuple[Any, ...] = cursor.fetchone()
    return found
