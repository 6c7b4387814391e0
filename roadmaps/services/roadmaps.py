"""Making a roadmap, approving it, correcting it with grounds."""

from datetime import date
from typing import Any

from common.authorship import deed
from common.errors import Refused
from roadmaps.catalogue import DIRECTIONS, ROWS, TITLE
from roadmaps.models import Activity, Direction, Roadmap, RoadmapStep, RoadmapVersion
from roadmaps.reports.paper import paper_told, roadmap_paper
from roadmaps.rules.term_words import term_told
from roadmaps.services.terms import occurrences_follow
from roadmaps.words import RoadmapState, TermKind
from roadmaps.workflow import APPROVE, CORRECT, ROADMAP
from school.models import AcademicYear, User

_CHANGED = "Пока вы решали, дорожную карту изменили: обновите страницу и решите ещё раз."


@deed
def roadmap_create(*, by: User, year: AcademicYear, title: str = TITLE, catalogue: bool = False) -> Roadmap:
    """A draft with the five directions; with `catalogue` also its twenty activities.

    Raises `Refused` when the year has one already.
    """
    row = _new(by, year, title)
    directions = [Direction(roadmap=row, number=number, name=name) for number, name in enumerate(DIRECTIONS, 1)]
    made = {one.number: one for one in Direction.objects.bulk_create(directions)}
    if catalogue:
        Activity.objects.bulk_create(
            Activity(
                roadmap=row,
                direction=made[told.direction],
                number=told.number,
                title=told.title,
                term_text=told.term_text,
                term_kind=told.term.kind,
                term=term_told(told.term),
                duties=list(told.duties),
                result=told.result,
                expected=told.expected or "",
                with_specialists=told.specialists,
                origin=told.number,
            )
            for told in ROWS
        )
        occurrences_follow(row)
    return row


def _new(by: User, year: AcademicYear, title: str) -> Roadmap:
    if Roadmap.objects.filter(school=year.school, year=year).exists():
        raise Refused(f"Дорожная карта на {year} уже есть: откройте её.")
    return Roadmap.objects.create(school=year.school, year=year, title=title, by=by, at=year.school.now())


@deed
def roadmap_copy(*, by: User, source: Roadmap, year: AcademicYear) -> Roadmap:
    """A draft with the directions and activities of another year; people named stay while they work in the school.

    Terms keep their months; a day is that of the new year. What was marked stays with the year it was done in.
    Raises `Refused` when the year has one already.
    """
    row = _new(by, year, source.title)
    directions = {}
    for one in source.directions.all():
        directions[one.pk] = Direction.objects.create(roadmap=row, number=one.number, name=one.name)
    for activity in source.activities.filter(removed_on__isnull=True):
        people = list(activity.people.filter(left_on__isnull=True))
        activity.pk, activity._state.adding = None, True
        activity.roadmap, activity.direction = row, directions[activity.direction_id]
        activity.term, words = _carried(activity.term_kind, activity.term, year.start - source.year.start)
        activity.term_text = words or activity.term_text
        activity.save(force_insert=True)
        activity.people.set(people)
    occurrences_follow(row)
    return row


def _carried(kind: str, term: dict[str, Any], years: int) -> tuple[dict[str, Any], str]:
    """A term in another year and, of a day, its new words; 29 February becomes the 28th."""
    if kind != TermKind.DATE:
        return term, ""
    day = date.fromisoformat(term["day"])
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    moved = day.replace(year=day.year + years, day=last)
    return {"day": moved.isoformat()}, f"{moved:%d.%m.%Y}"


@deed
def roadmap_rename(*, by: User, roadmap: Roadmap, title: str) -> Roadmap:
    """Another title. Raises `Refused` when it is approved."""
    row = editable(roadmap)
    row.title = title
    row.save(update_fields=["title"])
    return row


@deed
def roadmap_approve(*, by: User, roadmap: Roadmap, version: int, order_number: str, order_date: date) -> Roadmap:
    """Approve what stands: a version is kept as it is printed.

    Raises `Refused` when there are no activities, the order is of a later day, or somebody was quicker.
    """
    row = _locked(roadmap, version)
    if not row.activities.filter(removed_on__isnull=True).exists():
        raise Refused("Утверждать нечего: в дорожной карте нет ни одного мероприятия.")
    if order_date > row.school.today():
        raise Refused("Дата приказа ещё не наступила.")
    occurrences_follow(row)
    grounds = _grounds_of(row)
    row.number, row.order_number, row.order_date = row.number + 1, order_number, order_date
    _step(by, row, APPROVE, "")
    paper = roadmap_paper(row, grounds=grounds)
    RoadmapVersion.objects.create(
        roadmap=row,
        number=row.number,
        order_number=order_number,
        order_date=order_date,
        grounds=grounds,
        body=paper_told(paper),
        by=by,
        at=row.school.now(),
    )
    return row


@deed
def roadmap_correct(*, by: User, roadmap: Roadmap, version: int, grounds: str) -> Roadmap:
    """Open an approved roadmap for changes: the approved version stays, deeds go on being marked.

    Raises `Refused` without grounds, or when somebody was quicker.
    """
    row = _locked(roadmap, version)
    _step(by, row, CORRECT, grounds)
    return row


@deed
def roadmap_refresh(*, by: User, roadmap: Roadmap) -> int:
    """Count the terms anew by the calendar and the timetable of assessments; how many occurrences changed."""
    return occurrences_follow(roadmap)


def editable(roadmap: Roadmap) -> Roadmap:
    """The roadmap, locked. Raises `Refused` when it is approved."""
    row = Roadmap.objects.select_for_update(of=("self",)).select_related("school", "year").get(pk=roadmap.pk)
    if row.state == RoadmapState.APPROVED:
        raise Refused("Дорожная карта утверждена: чтобы изменить её, начните корректировку и назовите основание.")
    return row


def _locked(roadmap: Roadmap, version: int) -> Roadmap:
    row = Roadmap.objects.select_for_update(of=("self",)).select_related("school", "year").get(pk=roadmap.pk)
    if row.version != version:
        raise Refused(_CHANGED)
    return row


def _step(by: User, row: Roadmap, what: str, comment: str) -> None:
    transition = ROADMAP.step(what, row.state, comment)
    row.state, row.version = RoadmapState(transition.target), row.version + 1
    row.save()
    RoadmapStep.objects.create(
        roadmap=row,
        from_state=transition.source,
        to_state=transition.target,
        by=by,
        at=row.school.now(),
        comment=comment.strip(),
        version=row.version,
    )


def _grounds_of(row: Roadmap) -> str:
    """Why it was corrected since the last approval; empty for the first."""
    last = row.steps.filter(to_state=RoadmapState.CORRECTED).order_by("-version").first()
    return last.comment[:500] if last is not None and row.state == RoadmapState.CORRECTED else ""
