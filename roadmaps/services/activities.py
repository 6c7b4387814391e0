"""Directions and activities of a roadmap: written while it is a draft or being corrected."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Max

from common.authorship import deed
from common.errors import Refused
from roadmaps.models import Activity, Direction, Roadmap
from roadmaps.rules.term_words import term_told, term_words
from roadmaps.rules.terms import Term, mistake_of
from roadmaps.selectors.calendar import calendar_of
from roadmaps.services.roadmaps import editable
from roadmaps.services.terms import occurrences_follow
from school.models import Staff, User


@dataclass(frozen=True)
class ActivityDraft:
    """What a person enters; an empty `term_text` becomes the words of the term."""

    direction: Direction
    title: str
    term: Term
    term_text: str = ""
    form: str = ""
    duties: Sequence[str] = ()
    people: Sequence[Staff] = ()
    others: str = ""
    contingent: str = ""
    venue: str = ""
    result: str = ""
    expected: str = ""
    with_specialists: bool = False
    with_point: bool = False


@deed
def activity_add(*, by: User, roadmap: Roadmap, draft: ActivityDraft) -> Activity:
    """A new row at the end of its direction. Raises `Refused` for a term that says nothing, or an approved roadmap."""
    row = editable(roadmap)
    _check(row, draft)
    last: int = row.activities.aggregate(n=Max("number"))["n"] or 0
    made = Activity(roadmap=row, number=last + 1)
    _write(made, draft, row)
    return made


@deed
def activity_edit(*, by: User, activity: Activity, draft: ActivityDraft) -> Activity:
    """Write a row anew; what was marked as held or moved stays. Raises `Refused` as `activity_add`, or when removed."""
    row = editable(activity.roadmap)
    known = Activity.objects.get(pk=activity.pk)
    if known.removed_on is not None:
        raise Refused("Мероприятие исключено из дорожной карты: верните его, чтобы править.")
    _check(row, draft)
    _write(known, draft, row)
    return known


def _write(row: Activity, draft: ActivityDraft, roadmap: Roadmap) -> None:
    row.direction, row.title, row.form = draft.direction, draft.title, draft.form
    row.term_kind, row.term = draft.term.kind, term_told(draft.term)
    row.term_text = draft.term_text or term_words(draft.term, roadmap.year.start)
    row.duties, row.others = list(draft.duties), draft.others
    row.contingent, row.venue = draft.contingent, draft.venue
    row.result, row.expected = draft.result, draft.expected
    row.with_specialists, row.with_point = draft.with_specialists, draft.with_point
    row.save()
    row.people.set(draft.people)
    occurrences_follow(roadmap, [row])


def _check(roadmap: Roadmap, draft: ActivityDraft) -> None:
    if draft.direction.roadmap_id != roadmap.pk:
        raise Refused("Направление из другой дорожной карты: выберите его заново.")
    mistake = mistake_of(draft.term, calendar_of(roadmap.year))
    if mistake:
        raise Refused(mistake)


@deed
def activity_remove(*, by: User, activity: Activity, why: str) -> None:
    """Take a row out. From what was never approved it goes without a trace; else it stays with the reason.

    Raises `Refused` without a reason where one is due, or when the roadmap is approved.
    """
    row = editable(activity.roadmap)
    touched = activity.occurrences.filter(version__gt=0).exists()
    if row.number == 0 and not touched:
        activity.occurrences.all().delete()
        activity.delete()
        return
    if not why.strip():
        raise Refused("Назовите основание: мероприятие уже было утверждено.")
    activity.removed_on, activity.removed_why = row.school.today(), why.strip()
    activity.save(update_fields=["removed_on", "removed_why"])
    occurrences_follow(row, [activity])


@deed
def activity_restore(*, by: User, activity: Activity) -> None:
    """Put back what was taken out. Raises `Refused` when the roadmap is approved."""
    row = editable(activity.roadmap)
    activity.removed_on, activity.removed_why = None, ""
    activity.save(update_fields=["removed_on", "removed_why"])
    occurrences_follow(row, [activity])


@deed
def direction_add(*, by: User, roadmap: Roadmap, name: str) -> Direction:
    """A direction of the school's own, at the end."""
    row = editable(roadmap)
    last: int = row.directions.aggregate(n=Max("number"))["n"] or 0
    return Direction.objects.create(roadmap=row, number=last + 1, name=name)


@deed
def direction_rename(*, by: User, direction: Direction, name: str) -> Direction:
    """Another name. Raises `Refused` when the roadmap is approved."""
    editable(direction.roadmap)
    direction.name = name
    direction.save(update_fields=["name"])
    return direction


@deed
def direction_remove(*, by: User, direction: Direction) -> None:
    """Raises `Refused` when it holds activities."""
    editable(direction.roadmap)
    if direction.activities.exists():
        raise Refused("В направлении есть мероприятия: перенесите их в другое направление.")
    direction.delete()
