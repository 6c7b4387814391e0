"""«Сводка руководителя»: against the plan, what is late and whose, what changed, what to sign, what the plan lacks.

One value for the page, the director's first screen and the paper. It names no pupil.
"""

from collections.abc import Iterable, Iterator

from desk.reports.shapes import LISTED, Group, Line, Summary, days_late
from desk.reports.summary_changed import changed_part
from desk.reports.summary_lacks import (
    act_lacks,
    answer_lacks,
    program_lacks,
    roadmap_lacks,
    sitting_lacks,
)
from desk.reports.summary_late import late_groups
from desk.reports.summary_plan import plan_part
from desk.selectors.home.periods import DeskPeriods
from monitoring.reports.board import build_board
from monitoring.selectors import period_measured
from roadmaps.reports.program_paper import program_paper
from roadmaps.selectors.programs import program_shown, programs_of
from school.models import School, User
from school.selectors import current_year_of
from school.shared import AgendaItem


def build_summary(user: User, school: School, periods: DeskPeriods, items: Iterable[AgendaItem]) -> Summary:
    """`items`: the person's agenda. The same queries whatever the school's size; without a year nothing is measured."""
    today = periods.today
    program = program_shown(programs_of(user), today)
    paper = program_paper(program) if program is not None else None
    period = period_measured(school)
    board = build_board(period) if period is not None else None
    sign = [
        Line(one.title, one.url, one.about, due=one.due, late=days_late(one.due, today)) for one in items if one.signs
    ]
    lacks = [*program_lacks(program, paper, today), *_year_lacks(user, school, periods)]
    if board is not None and period is not None:
        lacks.append(answer_lacks(board, period))
    return Summary(
        school=school.official_name,
        founder=school.founder,
        day=today,
        reader=user.display_name,
        plan=plan_part(board, period, paper, today) if board is not None and period is not None else None,
        late=late_groups(user, today),
        sign=tuple(sign[:LISTED]),
        sign_number=len(sign),
        changed=changed_part(user, periods, school.now()),
        lacks=tuple(group for group in lacks if group.number),
    )


def _year_lacks(user: User, school: School, periods: DeskPeriods) -> Iterator[Group]:
    """Local acts outlive years; a roadmap and sittings are of one."""
    year = current_year_of(user)
    if year is not None:
        yield from roadmap_lacks(year)
    yield act_lacks(school, periods.today)
    if year is not None:
        yield sitting_lacks(user, year, periods.today)
