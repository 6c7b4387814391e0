"""The register of programs as its pages show it, with the numbers of its indicators; partners and their terms."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from iom.models import CourseSeat, NetworkPartner, PartnerAgreement, Program
from iom.programs import LevelWord, ProgramKind
from iom.rules.programs import ProgramCounts, ProgramFacts, count_programs, ends_soon, is_supported
from school.access import Viewer, access_of
from school.models import AcademicYear, School, Subject

NOW, ALL = "", "all"


@dataclass(frozen=True)
class ProgramQuery:
    """What a list is asked for; empty means any. `state`: those in force on the day, or all that stand."""

    day: date
    state: str = NOW
    kind: str = ""
    level: str = ""
    subject: int | None = None
    supports: bool = False
    network: bool = False
    literacy: bool = False
    approved: str = ""
    where: str = ""  # «own»: run by the school, «else»: by another organisation
    text: str = ""


def in_force(day: date) -> Q:
    """Within their term on the day."""
    return Q(starts__lte=day) & (Q(ends__isnull=True) | Q(ends__gte=day))


def programs_of(user: Viewer) -> QuerySet[Program]:
    """Programs of the person's school that nobody took back."""
    return Program.objects.filter(school=access_of(user).school, removed_at__isnull=True)


def programs_of_last_year(user: Viewer, year: AcademicYear) -> QuerySet[Program]:
    """Programs whose term was over in the year before and which this year has not got yet, by title; one query."""
    rows = programs_of(user)
    same = rows.filter(kind=OuterRef("kind"), title=OuterRef("title"), starts__gte=year.starts)
    ended = rows.filter(ends__lt=year.starts, ends__gte=year.starts.replace(year=year.starts.year - 1))
    return ended.exclude(Exists(same)).order_by("title", "pk")


def program_list(user: Viewer, query: ProgramQuery) -> QuerySet[Program]:
    """Programs by the filter, with who goes there on the day (`going`); one query, two with `supports`."""
    rows = programs_of(user)
    if query.state == NOW:
        rows = rows.filter(in_force(query.day))
    chosen = {"kind": query.kind, "subject": query.subject, "network": query.network, "literacy": query.literacy}
    rows = rows.filter(**{name: value for name, value in chosen.items() if value})
    if query.level:
        rows = rows.filter(levels__contains=[query.level])
    if query.text:
        rows = rows.filter(title__icontains=query.text)
    if query.approved:
        approved = Q(approved_on__lte=query.day)
        rows = rows.filter(approved if query.approved == "yes" else ~approved | Q(approved_on__isnull=True))
    if query.where:
        rows = rows.filter(where="") if query.where == "own" else rows.exclude(where="")
    if query.supports:
        rows = rows.filter(subject__in=supported_subjects(access_of(user).school))
    going = Q(seats__removed_at__isnull=True, seats__starts__lte=query.day)
    going &= Q(seats__ends__isnull=True) | Q(seats__ends__gte=query.day)
    return (
        rows.select_related("subject", "partner", "leader")
        .annotate(going=Count("seats", filter=going))
        .order_by("title", "pk")
    )


def supported_subjects(school: School | None) -> list[int]:
    """Subjects that показатель 19 names."""
    rows = Subject.objects.filter(school=school)
    return [one.pk for one in rows if is_supported(one.name, one.group)]


def program_counts(user: Viewer, day: date) -> ProgramCounts:
    """Of the school's own programs in force on the day; one query."""
    rows = programs_of(user).filter(in_force(day), where="").select_related("subject")
    return count_programs([_facts(one, day) for one in rows], LevelWord.codes())


def _facts(one: Program, day: date) -> ProgramFacts:
    return ProgramFacts(
        course=one.kind == ProgramKind.COURSE,
        extra=one.kind == ProgramKind.EXTRA,
        supports=one.subject is not None and is_supported(one.subject.name, one.subject.group),
        network=one.network,
        literacy=one.literacy,
        approved=one.approved_on is not None and one.approved_on <= day,
        levels=tuple(one.levels),
    )


def program_seats(user: Viewer, program: Program) -> QuerySet[CourseSeat]:
    """Who goes or went to the course, of those whom the person sees, the present ones first; one query."""
    rows = CourseSeat.objects.visible_to(user).filter(program=program, removed_at__isnull=True)
    return rows.select_related("pupil", "by__staff").order_by("-ends", "pupil__sort_key", "pk")


@dataclass(frozen=True)
class AgreementRow:
    """An agreement, with whether it is in force and whether its end is near."""

    agreement: PartnerAgreement
    valid: bool
    soon: bool


@dataclass(frozen=True)
class PartnerRow:
    """A partner with standing agreements, the newest first, and how many programs it takes part in."""

    partner: NetworkPartner
    agreements: tuple[AgreementRow, ...]
    programs: int


def partner_rows(user: Viewer, day: date) -> list[PartnerRow]:
    """Partners by name; two queries."""
    standing = PartnerAgreement.objects.filter(removed_at__isnull=True)
    rows = NetworkPartner.objects.filter(school=access_of(user).school, removed_at__isnull=True)
    programs = Count("programs", filter=Q(programs__removed_at__isnull=True))
    told = rows.annotate(number=programs).prefetch_related(Prefetch("agreements", standing))
    return [PartnerRow(one, _agreements(one.agreements.all(), day), one.number) for one in told]


def _agreements(rows: Iterable[PartnerAgreement], day: date) -> tuple[AgreementRow, ...]:
    found = list(rows)
    lasting = any(one.starts <= day and not _is_ending(one, day) and _valid(one, day) for one in found)
    return tuple(AgreementRow(one, _valid(one, day), _is_ending(one, day) and not lasting) for one in found)


def _valid(one: PartnerAgreement, day: date) -> bool:
    return one.starts <= day and (one.ends is None or one.ends >= day)


def _is_ending(one: PartnerAgreement, day: date) -> bool:
    return ends_soon(one.ends, day)


def ending_partners(user: Viewer, day: date) -> list[PartnerRow]:
    """Partners whose agreement ends soon or has just ended, without another that lasts."""
    return [row for row in partner_rows(user, day) if any(one.soon for one in row.agreements)]
