"""Programs of a school: which is in force, what it undertook."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from roadmaps.models import Program, ProgramVersion
from roadmaps.reports.program_paper import paper_of, undertakings_of
from roadmaps.rules.targets import Undertaking
from school.access import Viewer
from school.models import School


def programs_of(user: Viewer) -> QuerySet[Program]:
    """Those the person reads, the latest first."""
    return Program.objects.visible_to(user).select_related("school")


def program_shown(rows: Iterable[Program], today: date, wanted: int | None = None) -> Program | None:
    """The one asked for; else one that holds today, an approved one before a draft; else the latest."""
    found = list(rows)
    if wanted is not None:
        return next((row for row in found if row.pk == wanted), None)
    holding = [row for row in found if row.starts_on <= today <= row.ends_on]
    approved = [row for row in holding if row.number]
    return next(iter([*approved, *holding, *found]), None)


def program_of_year(school: School, first: date, last: date) -> Program | None:
    """The program that holds between two days, an approved one before a draft, the latest first."""
    rows = Program.objects.filter(school=school, starts_on__lte=last, ends_on__gte=first).select_related("school")
    found = list(rows)
    return next(iter([*(row for row in found if row.number), *found]), None)


def version_on(program: Program, day: date) -> ProgramVersion | None:
    """The version that held on a day: the last approved by then, else the first; None of one never approved."""
    by_then = program.versions.filter(Q(protocol_date__lte=day)).order_by("-number").first()
    return by_then or program.versions.order_by("number").first()


def undertakings_on(school: School, day: date) -> dict[str, Undertaking]:
    """What the school undertook by its approved programs that hold on a day: code → undertaking.

    Of two programs with one indicator the later holds. Drafts undertake nothing. Two queries and one a program.
    """
    rows = Program.objects.filter(school=school, number__gt=0, starts_on__lte=day, ends_on__gte=day)
    found: dict[str, Undertaking] = {}
    for row in rows:
        version = version_on(row, day)
        if version is not None:
            found = {one.code: one for one in undertakings_of(paper_of(version.body))} | found
    return found
