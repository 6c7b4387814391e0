"""Takes a change of year back: exactly what it made goes, exactly what it ended goes on."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from common.authorship import deed
from common.errors import Refused
from common.events import publish
from school.events import ContingentChanged, YearChangeUndone
from school.models import (
    AcademicYear,
    Enrolment,
    Holiday,
    Period,
    School,
    SchoolClass,
    Subgroup,
    TeachingAssignment,
    User,
    YearChange,
)
from school.services.dependents import dependents_of


@deed
def year_change_undo(*, by: User, change: YearChange) -> None:
    """Take the change back; the old year goes on as it was, and the plan is kept.

    Raises `Refused`, with what stands in the way in its details, when people have worked in the new year since.
    """
    School.objects.select_for_update(no_key=True).get(pk=change.school_id)
    row = YearChange.objects.select_related("school", "old", "new").filter(pk=change.pk).first()
    if row is None:
        raise Refused("Переход уже отменён.")
    publish(YearChangeUndone(row.school, row.old, row.new, by, row.at))
    in_the_way = _in_the_way(row)
    if in_the_way:
        raise Refused("В новом году уже работали: отменить переход нельзя, пока это есть.", in_the_way)
    _take_away(row)
    _restore(row)
    new, made_year = row.new, row.made["year"]
    row.delete()
    if made_year:
        new.delete()


def _in_the_way(change: YearChange) -> list[str]:
    """What was done in the new year since, in words with numbers; what the change made and what stood before is not."""
    new, made = change.new, change.made
    found: Counter[str] = Counter()
    own = _own(change)
    classes = set(SchoolClass.objects.filter(pk__in=made["classes"]).values_list("pk", flat=True))
    keys: Iterable[tuple[type, list[int]]] = (
        (AcademicYear, [new.pk]),
        (SchoolClass, sorted(classes)),
        (Period, list(new.periods.values_list("pk", flat=True))),
    )
    for model, rows in keys:
        for _, words, number in dependents_of(model, rows, own):
            found[words] = max(found[words], number) if model is AcademicYear else found[words] + number
    told = [f"{words} ({number})" for words, number in sorted(found.items())]
    changed = _changed_seats(change)
    return [*told, f"исправленные места в классах ({changed})"] if changed else told


def _own(change: YearChange) -> dict[str, set[int]]:
    """Rows of the school's tables that are no work: the change's own, and those that a year consists of."""
    new, made = change.new, change.made
    own = {
        "enrolment": {pk for pk, *_ in made["seats"]},
        "teachingassignment": set(made["assignments"]),
        "subgroup": set(made["subgroups"]),
        "schoolclass": set(made["classes"]),
        "yearchange": {change.pk},
        "period": set(new.periods.values_list("pk", flat=True)),
        "importbatch": set(made["batches"]),
    }
    if not made["year"]:
        own["holiday"] = set(Holiday.objects.filter(year=new).values_list("pk", flat=True))
        own["schoolclass"] |= set(SchoolClass.objects.filter(year=new).values_list("pk", flat=True))
    return own


def _changed_seats(change: YearChange) -> int:
    """How many of the seats that the change wrote or ended stand otherwise now: a person moved or removed them."""
    made, old = change.made, change.old
    written = {pk: (school_class, change.new.starts, _day(ends)) for pk, school_class, ends in made["seats"]}
    stand = Enrolment.objects.filter(pk__in=written).values_list("pk", "school_class", "starts", "ends")
    same = sum(written[pk] == (school_class, starts, ends) for pk, school_class, starts, ends in stand)
    keys = [pk for pk, _ in made["ended"]]
    over = Enrolment.objects.filter(pk__in=keys, ends=old.ends).exclude(outcome="")
    return len(written) - same + len(keys) - over.count()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _take_away(change: YearChange) -> None:
    """What the change made, from the leaves to the root. Categories computed from it go with its periods."""
    made, new = change.made, change.new
    TeachingAssignment.objects.filter(pk__in=made["assignments"]).delete()
    Subgroup.objects.filter(pk__in=made["subgroups"]).delete()
    seats = Enrolment.objects.filter(pk__in=[pk for pk, *_ in made["seats"]])
    pupils = frozenset(seats.values_list("pupil", flat=True))
    seats.delete()
    if made["year"]:
        new.periods.all().delete()
    else:
        publish(ContingentChanged(change.school, pupils))
    SchoolClass.objects.filter(pk__in=made["classes"]).delete()


def _restore(change: YearChange) -> None:
    """What the change ended goes on."""
    made = change.made
    before: dict[date | None, list[int]] = defaultdict(list)
    for pk, ends in made["ended"]:
        before[_day(ends)].append(pk)
    for day, keys in before.items():
        Enrolment.objects.filter(pk__in=keys).update(ends=day, outcome="")
    TeachingAssignment.objects.filter(pk__in=made["ended_assignments"]).update(ends=None)
