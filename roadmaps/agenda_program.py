"""What the program and the roadmap ask of whoever keeps them. Registered with the roadmap's, in `agenda`."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Exists, F
from django.urls import reverse

from roadmaps.models import Program, Roadmap
from roadmaps.permissions import can_edit_roadmap
from roadmaps.permissions_program import can_edit_program
from roadmaps.words import RoadmapState
from roadmaps.words_program import ProgramState
from school.access import access_of
from school.asking import Asked, Told, listed
from school.models import AcademicYear, User
from school.shared import AgendaItem

_MOST = 3


def program_asked(user: User, day: date) -> Asked:
    """Programs that hold now and wait for the council: drafts, and those being corrected; that there is none while the
    school has a year under way."""
    if not can_edit_program(user):
        return Asked()
    holding = Program.objects.visible_to(user).filter(starts_on__lte=day, ends_on__gte=day)
    years = AcademicYear.objects.filter(school=access_of(user).school, starts__lte=day, ends__gte=day)
    columns = {
        "waiting": listed(
            holding.exclude(state=ProgramState.APPROVED)[:_MOST], id="pk", title=F("title"), number=F("number")
        ),
        "has_program": Exists(holding),
        "has_year": Exists(years),
    }
    return Asked(columns, lambda told: [*_waiting(told["waiting"] or ()), *_none(told)])


def _waiting(rows: Iterable[Told]) -> Iterator[AgendaItem]:
    for row in rows:
        words = "Правки программы ждут педсовета" if row["number"] else "Программа не утверждена педсоветом"
        yield AgendaItem(words, f"{reverse('passport:page')}?id={row['id']}", row["title"], signs=True)


def _none(told: Told) -> Iterator[AgendaItem]:
    if told["has_year"] and not told["has_program"]:
        about = "на сегодня программы нет: показателям не с чем сравниться"
        yield AgendaItem("Составить программу профилактики", reverse("passport:page"), about)


def roadmap_order_asked(user: User, day: date) -> Asked:
    """The year's roadmap while no order approves it, or its corrections."""
    if not can_edit_roadmap(user):
        return Asked()
    rows = Roadmap.objects.visible_to(user).filter(year__starts__lte=day, year__ends__gte=day)
    rows = rows.exclude(state=RoadmapState.APPROVED)
    return Asked({"open": listed(rows, title=F("title"), number=F("number"))}, lambda told: _open(told["open"] or ()))


def _open(rows: Iterable[Told]) -> Iterator[AgendaItem]:
    for row in rows:
        words = "Утвердить правки дорожной карты" if row["number"] else "Утвердить дорожную карту приказом"
        yield AgendaItem(words, reverse("roadmap:list"), row["title"], signs=True)
