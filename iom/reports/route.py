"""The printed face of a route: a frozen value that a version keeps as JSON and every renderer shows.

What is approved is here: whose, who leads it, parts with gaps and steps, who agreed, by which paper. Progress, reviews
and the registry's causes are not: they are read when the sheet is made.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from cattrs.preconf.json import make_converter
from django.db.models import Prefetch, QuerySet

from iom.models import Gap, PlanStep, Route, RouteAgreement, RoutePart, RouteVersion
from iom.words import Every, GapState, PaperKind, Side

_converter = make_converter()
_converter.register_unstructure_hook(Decimal, str)
_converter.register_structure_hook(Decimal, lambda text, _: Decimal(text))


@dataclass(frozen=True)
class PaperGap:
    """A gap as it is planned; `key` tells it from others in a difference. `baseline` and `target` in `unit` (words)."""

    key: int
    topic: str
    found: str
    found_on: date | None
    source: str
    baseline: Decimal | None
    target: Decimal
    unit: str
    due: date
    work: str
    control: str


@dataclass(frozen=True)
class PaperStep:
    """A step as it is planned: `on` a day or `every` so often (words)."""

    key: int
    kind: str
    text: str
    who: str
    on: date | None
    every: str
    expected: str
    gap: str


@dataclass(frozen=True)
class PaperPart:
    """What one teacher answers for; an empty `subject`: the part of tutor and specialists."""

    key: int
    subject: str
    teacher: str
    gaps: tuple[PaperGap, ...]
    steps: tuple[PaperStep, ...]


@dataclass(frozen=True)
class PaperAgreement:
    """Who agreed or refused: `side` and `way` in words, `about` the part's subject."""

    side: str
    about: str
    who: str
    agreed: bool
    way: str
    on: date
    comment: str


@dataclass(frozen=True)
class RoutePaper:
    """A route as its paper says it. `number` 0: a draft, without the approving paper."""

    school: str
    kind: str
    of: str
    school_class: str
    year: str
    begins: date
    ends: date
    tutor: str
    every: str
    parts: tuple[PaperPart, ...]
    agreements: tuple[PaperAgreement, ...]
    number: int = 0
    why: str = ""
    paper: str = ""
    paper_number: str = ""
    paper_date: date | None = None


def for_paper(routes: QuerySet[Route]) -> QuerySet[Route]:
    """The routes with all that their papers need, in five queries whatever their number."""
    standing = RouteAgreement.objects.filter(ended_at__isnull=True)
    return routes.select_related("school", "year", "pupil", "staff", "school_class", "tutor").prefetch_related(
        Prefetch("parts", RoutePart.objects.select_related("subject", "teacher")),
        Prefetch("gaps", Gap.objects.exclude(state=GapState.DROPPED)),
        Prefetch("plan", PlanStep.objects.filter(removed_at__isnull=True).select_related("who", "gap")),
        Prefetch("agreements", standing.select_related("part__subject", "guardian", "by__staff")),
    )


def route_paper(route: Route) -> RoutePaper:
    """What the living route says now, as a draft (no number, no paper). Reads what `for_paper` fetches."""
    (read,) = for_paper(Route.objects.filter(pk=route.pk))
    return paper_as_read(read)


def paper_as_read(route: Route) -> RoutePaper:
    """The same of a route that `for_paper` fetched; no query."""
    gaps, plan = list(route.gaps.all()), list(route.plan.all())
    return RoutePaper(
        school=route.school.official_name,
        kind=route.get_kind_display(),
        of=(route.pupil or route.staff).full_name if (route.pupil or route.staff) else "",  # type: ignore[union-attr]
        school_class=str(route.school_class or ""),
        year=route.year.title,
        begins=route.begins,
        ends=route.ends,
        tutor=route.tutor.full_name if route.tutor else "",
        every=route.get_every_display(),
        parts=tuple(_part(part, gaps, plan) for part in route.parts.all()),
        agreements=tuple(_agreement(row) for row in route.agreements.all()),
    )


def _part(part: RoutePart, gaps: Iterable[Gap], plan: Iterable[PlanStep]) -> PaperPart:
    return PaperPart(
        key=part.pk,
        subject=part.subject.name if part.subject else "",
        teacher=part.teacher.full_name if part.teacher else "",
        gaps=tuple(_gap(gap) for gap in gaps if gap.part_id == part.pk),
        steps=tuple(_step(step) for step in plan if step.part_id == part.pk),
    )


def _gap(gap: Gap) -> PaperGap:
    return PaperGap(
        key=gap.pk,
        topic=gap.topic,
        found=gap.get_found_display(),
        found_on=gap.found_on,
        source=gap.source,
        baseline=gap.baseline,
        target=gap.target,
        unit=gap.get_unit_display(),
        due=gap.due,
        work=gap.planned_work,
        control=gap.control_form,
    )


def _step(step: PlanStep) -> PaperStep:
    return PaperStep(
        key=step.pk,
        kind=step.get_kind_display(),
        text=step.text,
        who=step.who.full_name if step.who else "",
        on=step.on,
        every=Every(step.every).label if step.every else "",
        expected=step.expected,
        gap=step.gap.topic if step.gap else "",
    )


def _agreement(row: RouteAgreement) -> PaperAgreement:
    return PaperAgreement(
        side=row.get_side_display(),
        about=row.part.subject.name if row.part and row.part.subject else "",
        who=row.guardian.full_name if row.guardian else _recorded(row),
        agreed=row.agreed,
        way=row.get_way_display(),
        on=row.on,
        comment=row.comment,
    )


def _recorded(row: RouteAgreement) -> str:
    """Teachers speak for themselves; the parents' word without a name is somebody's record of it."""
    return f"записано: {row.by.display_name}" if row.side == Side.PARENTS else row.by.display_name


def approved(paper: RoutePaper, *, number: int, why: str, kind: str, paper_number: str, day: date) -> RoutePaper:
    """The paper with what approved it."""
    label = PaperKind(kind).label
    return replace(paper, number=number, why=why, paper=label, paper_number=paper_number, paper_date=day)


def freeze(paper: RoutePaper) -> dict[str, Any]:
    """Plain JSON values: dates as ISO text, decimals as text, tuples as lists."""
    frozen: dict[str, Any] = json.loads(_converter.dumps(paper))
    return frozen


def thaw(data: dict[str, Any]) -> RoutePaper:
    """The value that was frozen."""
    return _converter.loads(json.dumps(data), RoutePaper)


def paper_of(version: RouteVersion) -> RoutePaper:
    """What an approved version says, for ever."""
    return thaw(version.content)


def papers_of(versions: Sequence[RouteVersion]) -> list[RoutePaper]:
    """The same of several, in their order."""
    return [paper_of(version) for version in versions]
