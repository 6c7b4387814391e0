"""Reasons of absence, what was looked into: pages of early warning have them to show."""

from collections.abc import Iterator
from datetime import date

from demo import cast
from gradebook.grounds import GroundKind
from gradebook.selectors_grounds import Waiting, current_period, waiting_list
from gradebook.services.grounds import GroundDraft, ground_add
from risk_registry.selectors.works import works_alarms, works_years
from risk_registry.services.works import works_review_add
from school.models import School, SchoolClass, User

_MOST_ENTERED = 6


def explain_absences(school: School) -> None:
    """The class teacher of 7А and the social pedagogue entered some reasons; a paper is awaited, the rest waits."""
    for login in ("klass", "socped"):
        user = User.objects.filter(username=login, school=school).first()
        period = current_period(user) if user is not None else None
        if user is None or period is None:
            continue
        rows = [row for row in waiting_list(user, period) if row.ground is None]
        for row, kind, seen in _answers(rows[:_MOST_ENTERED]):
            draft = GroundDraft(kind, row.first, row.last, on_paper=seen)
            ground_add(by=user, pupil=row.pupil, draft=draft)


def _answers(rows: list[Waiting]) -> Iterator[tuple[Waiting, GroundKind, bool]]:
    """A note, a certificate that is promised, truancy found out, an order; every fifth still waits."""
    kinds = (
        (GroundKind.NOTE, True),
        (GroundKind.CERTIFICATE, False),
        (GroundKind.TRUANCY, True),
        (GroundKind.EVENT, True),
    )
    for number, row in enumerate(rows):
        if number % 5 < len(kinds):
            kind, seen = kinds[number % 5]
            yield row, kind, seen


def look_into_works(school: School) -> None:
    """The deputy has looked into the class's alarm, not yet into the school's."""
    deputy = User.objects.get(username="zavuch")
    years = works_years(deputy)
    for alarm in works_alarms(deputy, school, years, years[0]) if years else []:
        if alarm.school_class is not None:
            works_review_add(
                by=deputy,
                year=years[0],
                school_class=SchoolClass.objects.get(pk=alarm.school_class),
                procedures=[work.pk for work, _ in alarm.works],
                text="Совещание при завуче, протокол № 4: повторение тем, повторная работа в декабре.",
                on=date(cast.TODAY.year, 11, 12),
            )
