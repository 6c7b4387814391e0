"""Which pupils of the registry go to courses, take part in competitions, have a mentor; and who has nothing yet.

Sources: паспорт программы, показатель 13 and ожидаемый результат 13; программа школы, показатели 3, 6, 7.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from iom.models import Achievement, CourseSeat, MentoringPair
from iom.programs import ProgramKind
from iom.selectors.mentoring import active_on
from iom.selectors.programs import in_force
from risk_registry.categories import AT_RISK, IN_REGISTRY
from risk_registry.models import RegistryEntry
from risk_registry.selectors.registry import OUT
from school.access import Viewer
from school.models import Period

# What a pupil may lack: the flag of a row, in words, where its number comes from.
LACKS = (
    ("course", "Внеурочная деятельность"),
    ("extra", "Дополнительное образование"),
    ("contest", "Конкурсы в этом году"),
    ("mentor", "Наставник и программа"),
)


@dataclass(frozen=True)
class CoverageCount:
    """How many of the pupils have something: ВУД, ДО, a competition, a mentor."""

    code: str
    title: str
    number: int
    of: int


def covered(user: Viewer, period: Period, day: date, *, reserve: bool = True) -> QuerySet[RegistryEntry]:
    """Entries of the registry that the person sees, with the flags of `LACKS`; one query.

    `reserve`: with the group of reserve («имеющие риски»), else failing and weak alone.
    """
    same = {"pupil": OuterRef("pupil")}
    seats = CourseSeat.objects.filter(in_force(day), removed_at__isnull=True, **same)
    won = Achievement.objects.filter(removed_at__isnull=True, year=period.year_id, **same)
    pairs = MentoringPair.objects.filter(active_on(day), **same).exclude(program="")
    rows = RegistryEntry.objects.visible_to(user).in_period(period).exclude(state__in=OUT)
    return (
        rows.filter(category__in=IN_REGISTRY if reserve else AT_RISK)
        .annotate(
            course=Exists(seats.filter(program__kind=ProgramKind.COURSE)),
            extra=Exists(seats.filter(program__kind=ProgramKind.EXTRA)),
            contest=Exists(won),
            mentor=Exists(pairs),
        )
        .select_related("pupil", "school_class")
        .order_by("school_class__grade", "school_class__letter", "pupil__sort_key", "pk")
    )


def coverage_counts(rows: list[RegistryEntry]) -> list[CoverageCount]:
    """Of rows of `covered`; no further query."""
    return [CoverageCount(code, title, sum(getattr(row, code) for row in rows), len(rows)) for code, title in LACKS]


def lacking(rows: list[RegistryEntry], code: str, *, has: bool = False) -> list[RegistryEntry]:
    """Those without it (with it, when `has`); all of them for an unknown code."""
    if code not in dict(LACKS):
        return rows
    return [row for row in rows if getattr(row, code) == has]
