"""What the plan lacks: the program and its blanks, the roadmap, local acts, sittings, answers of indicators."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from common.russian import counted, date_short
from desk.reports.shapes import Group, Line, group_of
from monitoring.reports.board import Board
from monitoring.rules.standing import Standing
from roadmaps.indicators.short import short_name
from roadmaps.models import Program, Roadmap
from roadmaps.reports.program_paper import ProgramPaper
from roadmaps.rules.demanded import demands_standing
from roadmaps.selectors.late import activities_of_nobody
from roadmaps.selectors.local_acts import act_facts
from roadmaps.selectors.sittings import kinds_standing
from school.models import AcademicYear, Period, School, User


def program_lacks(program: Program | None, paper: ProgramPaper | None, today: date) -> Iterator[Group]:
    """No program for the day; sections that nobody filled in; plans of which nobody decided how they are read."""
    page = reverse("passport:page")
    if program is None or paper is None or not paper.starts <= today <= paper.ends:
        yield Group("Программы профилактики на сегодня нет: её составляют здесь", page, 1, fact=True)
        return
    page = f"{page}?id={program.pk}"
    blank = [Line(section.title, page) for section in paper.blank_sections]
    yield group_of("Разделы программы не заполнены", page, blank)
    url = f"{reverse('passport:indicators')}?id={program.pk}"
    waiting = [Line(f"{one.code} {short_name(one.code, one.title)}", url) for one in paper.waiting]
    yield group_of("Не решено, как читать план показателя", url, waiting)


def roadmap_lacks(year: AcademicYear) -> Iterator[Group]:
    """No roadmap of the year; activities for which nobody answers. Two queries."""
    page = reverse("roadmap:list")
    if not Roadmap.objects.filter(year=year).exists():
        yield Group(f"Дорожной карты на {year.title} нет: её составляют здесь", page, 1, fact=True)
        return
    yield Group("Мероприятия, за которые никто не отвечает", page, activities_of_nobody(year))


def act_lacks(school: School, today: date) -> Group:
    """Demands of the sources that no act in force meets; one query."""
    page = reverse("acts:demands")
    lacking = [one for one in demands_standing(act_facts(school), today) if not one.met]
    return group_of(
        "Нет действующего локального акта", page, (Line(one.demand.title, page, one.words) for one in lacking)
    )


def sitting_lacks(user: User, year: AcademicYear, today: date) -> Group:
    """Kinds of sittings whose rhythm has passed without them; four queries."""
    page = reverse("sittings:home")
    found = [one for one in kinds_standing(user, year, today) if one.standing.late]
    lines = (Line(one.title, page, _missed(len(one.standing.missed), one.standing.last)) for one in found)
    return group_of("Заседания по ритму: нет записи", page, lines)


def _missed(number: int, last: date | None) -> str:
    words = counted(number, "срок прошёл", "срока прошло", "сроков прошло")
    return f"{words}, последнее {date_short(last)}" if last is not None else words


def answer_lacks(board: Board, period: Period) -> Group:
    """Indicators with a plan and without a value; no query."""
    lines = (
        Line(
            f"{line.code} {short_name(line.code, line.title)}",
            reverse("indicators:indicator", args=[period.pk, line.code]),
        )
        for line in board.lines
        if line.standing == Standing.NO_DATA
    )
    return group_of("Показатели без значения", f"{reverse('indicators:board')}?period={period.pk}", lines)
