"""What the change of year would do, and what it did: classes with where they go, pupils with their lots."""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.functional import cached_property

from school.access import Viewer, pupils_for
from school.lots import Lot
from school.models import (
    AcademicYear,
    ClassPlan,
    Enrolment,
    Pupil,
    PupilPlan,
    School,
    SchoolClass,
    Staff,
    YearChange,
    YearPlan,
)
from school.rules import FIRST_UPPER_GRADE
from school.transfer_advice import transfer_advice
from school.year_rules import (
    Chosen,
    ClassName,
    Fate,
    NextYear,
    class_named,
    fate_of,
    keeps_teacher,
    next_class,
)


@dataclass(frozen=True)
class PupilLine:
    """A pupil of the old year with what becomes of them. `came`: the first day of one who came after the lessons."""

    pupil: Pupil
    seat: Enrolment
    school_class: SchoolClass
    fate: Fate
    came: date | None = None

    @property
    def lot(self) -> Lot:
        """What becomes of the pupil."""
        return self.fate.lot


@dataclass(frozen=True)
class ClassLine:
    """A class of the old year, where it goes (None: it finishes), with whom, and how many pupils get which lot."""

    school_class: SchoolClass
    following: ClassName | None
    teacher: Staff | None
    decided: bool
    pupils: int
    lots: Mapping[str, int]

    @property
    def now(self) -> ClassName:
        """The class's name."""
        return ClassName(self.school_class.grade, self.school_class.letter)

    @property
    def cells(self) -> list[tuple[Lot, int]]:
        """The lots that occur, each with its number of pupils."""
        return [(lot, self.lots[lot]) for lot in Lot if self.lots.get(lot)]


@dataclass(frozen=True)
class ComingClass:
    """A class of the new year: from which classes it comes and how many will sit in it; `stands`: it is there."""

    name: ClassName
    sources: tuple[str, ...]
    pupils: int
    teacher: Staff | None
    stands: bool


@dataclass(frozen=True)
class YearPreview:
    """All of the change before it is done."""

    old: AcademicYear
    plan: YearPlan | None
    classes: list[ClassLine]
    coming: list[ComingClass]
    pupils: list[PupilLine]
    problems: list[str]
    first_classes: tuple[ClassName, ...] = field(default=())

    @property
    def title(self) -> str:
        """«2027/28»."""
        start = self.old.start + 1
        return f"{start}/{(start + 1) % 100:02d}"

    @cached_property
    def new(self) -> AcademicYear | None:
        """The new year, where it is open already, with `already`: how many sit in its classes."""
        rows = AcademicYear.objects.filter(school=self.old.school_id, start=self.old.start + 1)
        return rows.annotate(already=Count("classes__enrolments")).first()

    @cached_property
    def left(self) -> int:
        """How many left the school before the year's end."""
        return _left(self.old).count()

    @property
    def merged(self) -> list[ComingClass]:
        """Classes that come from several."""
        return [one for one in self.coming if len(one.sources) > 1]

    @property
    def leaderless(self) -> list[ComingClass]:
        """Classes that nobody will lead yet."""
        return [one for one in self.coming if one.teacher is None]

    @property
    def counts(self) -> Counter[str]:
        """How many pupils by lot."""
        return Counter(line.lot.value for line in self.pupils)

    @property
    def digest(self) -> str:
        """A mark of what would be written: whoever saw another one is told."""
        told = [
            *(f"{c.school_class.pk}>{c.following}:{c.teacher.pk if c.teacher else ''}" for c in self.classes),
            *(f"{p.seat.pk}>{p.lot.value}:{p.fate.target}" for p in self.pupils),
            *map(str, self.first_classes),
            str(self.plan.carry_teaching if self.plan else True),
        ]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()[:32]


def names_in(text: str) -> list[ClassName]:
    """«1А, 1Б» as names; what is no class is left out."""
    return [name for part in re.split("[,;]", text) if (name := class_named(part))]


def year_preview(user: Viewer, old: AcademicYear) -> YearPreview:
    """What the change from this year to the next would do now; four queries, whatever the number of pupils.

    Less where `old` comes from `years_with_plans`.
    """
    rows = _classes(old)
    classes = [row for row in rows if row.year_id == old.pk]
    standing = {_name(row): row for row in rows if row.year_id != old.pk}
    plan = getattr(old, "plan", None)
    following = _followings(classes, standing)
    first = tuple(_first_classes(classes, plan, standing))
    next_year = NextYear.of([*(name for name in following.values() if name), *first, *standing])
    pupils = _pupil_lines(user, old, {row.pk: row for row in classes}, following, next_year)
    lots = _lots(pupils)
    lines = [_class_line(row, following[row.pk], lots[row.pk]) for row in classes]
    return YearPreview(
        old=old,
        plan=plan,
        classes=lines,
        coming=_coming(lines, pupils, first, standing),
        pupils=pupils,
        problems=_problems(lines, pupils),
        first_classes=first,
    )


def years_with_plans(school: School) -> QuerySet[AcademicYear]:
    """The school's years with their plans and changes, where there are some, in one query."""
    related = ("school", "plan", "changed_by__old", "changed_by__new", "changed_by__by__staff")
    return AcademicYear.objects.filter(school=school).select_related(*related)


def _classes(old: AcademicYear) -> list[SchoolClass]:
    """Of the year and of the next, with what was decided on each."""
    rows = SchoolClass.objects.filter(school=old.school_id, year__start__in=(old.start, old.start + 1))
    return list(rows.select_related("class_teacher", "year_plan__class_teacher").order_by("grade", "letter"))


def _plan_of(row: SchoolClass) -> ClassPlan | None:
    return getattr(row, "year_plan", None)


def _name(row: SchoolClass) -> ClassName:
    return ClassName(row.grade, row.letter)


def _followings(classes: Sequence[SchoolClass], standing: Iterable[ClassName]) -> dict[int, ClassName | None]:
    """Where each class goes, by its key."""
    names = [*map(_name, classes), *standing]
    upper = {name.letter for name in names if name.grade == FIRST_UPPER_GRADE}
    return {row.pk: _following(row, _plan_of(row), upper) for row in classes}


def _following(row: SchoolClass, plan: ClassPlan | None, upper: set[str]) -> ClassName | None:
    if plan is None:
        return next_class(_name(row), upper)
    return None if plan.grade is None else ClassName(plan.grade, plan.letter)


def _teacher(row: SchoolClass, following: ClassName | None, plan: ClassPlan | None) -> Staff | None:
    """Who will lead the class; nobody who has left."""
    found = plan.class_teacher if plan else row.class_teacher if keeps_teacher(_name(row), following) else None
    return found if found is not None and found.left_on is None else None


def _first_classes(
    classes: Sequence[SchoolClass], plan: YearPlan | None, standing: Iterable[ClassName]
) -> list[ClassName]:
    """Classes for newcomers: those that a person named, else the first classes of this year once more."""
    if plan is not None:
        return names_in(plan.first_classes)
    return sorted({_name(row) for row in classes if row.grade == 1} - {name for name in standing if name.grade == 1})


def _sitting(user: Viewer, old: AcademicYear) -> list[Any]:
    """Seats that last to the year's end, of visible pupils; not of those who are known to have left by then.

    Each with what was `decided` on its pupil.
    """
    lasting = Q(ends__isnull=True) | Q(ends__gt=old.ends)
    seats = Enrolment.objects.filter(lasting, school_class__year=old, starts__lte=old.ends)
    seen = seats.filter(pupil__in=pupils_for(user).order_by().values("pk")).select_related("pupil")
    plans = PupilPlan.objects.filter(plan__year=old, pupil=OuterRef("pupil"))
    decided = Subquery(plans.values(told=JSONObject(lot="lot", grade="grade", letter="letter", note="note")))
    return list(seen.annotate(decided=decided).order_by("pupil__sort_key", "pupil"))


def _left(old: AcademicYear) -> QuerySet[Pupil]:
    """Pupils of the year who left the school before its end."""
    gone = Enrolment.objects.filter(school_class__year=old, ends__lte=old.ends, outcome="")
    stay = Enrolment.objects.filter(pupil__school=old.school_id).filter(Q(ends__isnull=True) | Q(ends__gt=old.ends))
    done = Enrolment.objects.filter(school_class__year=old).exclude(outcome="")
    found = Pupil.objects.filter(pk__in=gone.values("pupil"))
    return found.exclude(pk__in=stay.values("pupil")).exclude(pk__in=done.values("pupil"))


def _pupil_lines(
    user: Viewer,
    old: AcademicYear,
    classes: Mapping[int, SchoolClass],
    following: Mapping[int, ClassName | None],
    coming: NextYear,
) -> list[PupilLine]:
    advice = transfer_advice(old)
    late = date(old.start + 1, 6, 1)
    lines = []
    for seat in _sitting(user, old):
        row = classes[seat.school_class_id]
        fate = fate_of(_name(row), following[row.pk], _chosen(seat.decided), advice.get(seat.pupil_id), coming)
        lines.append(PupilLine(seat.pupil, seat, row, fate, seat.starts if seat.starts >= late else None))
    return lines


def _chosen(told: dict[str, Any] | None) -> Chosen | None:
    if told is None:
        return None
    target = None if told["grade"] is None else ClassName(told["grade"], told["letter"])
    return Chosen(Lot(told["lot"]), target, told["note"])


def _class_line(row: SchoolClass, following: ClassName | None, lots: Counter[str]) -> ClassLine:
    plan = _plan_of(row)
    return ClassLine(row, following, _teacher(row, following, plan), plan is not None, lots.total(), lots)


def _lots(pupils: Sequence[PupilLine]) -> dict[int, Counter[str]]:
    """How many pupils get which lot, by the key of their class."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for line in pupils:
        found[line.school_class.pk][line.lot.value] += 1
    return found


def _coming(
    lines: Sequence[ClassLine],
    pupils: Sequence[PupilLine],
    first: Iterable[ClassName],
    standing: Mapping[ClassName, SchoolClass],
) -> list[ComingClass]:
    """The classes of the new year in order; those that are there already come with what they have."""
    seats = Counter(line.fate.target for line in pupils)
    names = sorted({*(line.following for line in lines if line.following), *first, *standing})
    found = []
    for name in names:
        sources = [line for line in lines if line.following == name]
        there = standing.get(name)
        teacher = there.class_teacher if there else next((s.teacher for s in sources if s.teacher), None)
        old = tuple(str(line.now) for line in sources)
        found.append(ComingClass(name, old, seats[name], teacher, there is not None))
    return found


def _problems(lines: Sequence[ClassLine], pupils: Sequence[PupilLine]) -> list[str]:
    """What stands in the way, in words; empty when the change may be done."""
    told = [] if lines else ["В этом году нет ни одного класса: переводить некого."]
    homeless = [line for line in pupils if line.fate.lacks_class]
    for line in homeless:
        where = line.fate.target or f"{line.school_class.grade} класса"
        told.append(f"{line.pupil.list_name}, {line.school_class}: в новом году нет {where}. Выберите класс.")
    return told


# What was done is read from the seats themselves: they carry the lot.


def lots_written(user: Viewer, change: YearChange) -> list[PupilLine]:
    """The pupils of the old year with the lots that the change wrote, by name. Two queries."""
    seen = pupils_for(user).order_by().values("pk")
    ended = Enrolment.objects.filter(school_class__year=change.old_id, pupil__in=seen).exclude(outcome="")
    rows = list(ended.select_related("pupil", "school_class").order_by("pupil__sort_key", "pupil"))
    new = Enrolment.objects.filter(pk__in=[pk for pk, *_ in change.made["seats"]]).select_related("school_class")
    targets = {seat.pupil_id: _name(seat.school_class) for seat in new}
    return [
        PupilLine(row.pupil, row, row.school_class, Fate(Lot(row.outcome), targets.get(row.pupil_id), decided=True))
        for row in rows
    ]


def classes_written(change: YearChange) -> list[Any]:
    """The classes of the new year as they stand, with teacher and `seats`: how many sit there. One query."""
    rows = SchoolClass.objects.filter(year=change.new_id).select_related("class_teacher")
    return list(rows.annotate(seats=Count("enrolments")).order_by("grade", "letter"))
