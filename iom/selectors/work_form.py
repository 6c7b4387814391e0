"""What the entry page offers: my classes and subjects, pupils at risk first, open gaps, my topics, phrases, habits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max

from iom.models import Gap, WorkEntry
from iom.words import GapState
from risk_registry.categories import AT_RISK, Category
from risk_registry.models import PupilCategory
from school.access import access_of, pupils_for, readable_classes
from school.models import Pupil, SchoolClass, Staff, Subject, TeachingAssignment, User

TOPICS, PHRASES, GAPS = 30, 5, 4
_RANK = {one.value: place for place, one in enumerate(Category)}


@dataclass(frozen=True)
class Place:
    """A class with a subject of mine, or a class without: where an entry may belong."""

    school_class: SchoolClass
    subject: Subject | None

    @property
    def words(self) -> str:
        """«7А, алгебра»."""
        return f"{self.school_class}, {self.subject.name.lower()}" if self.subject else str(self.school_class)

    @property
    def query(self) -> str:
        """As the address asks for it."""
        subject = f"&subject={self.subject.pk}" if self.subject else ""
        return f"?cls={self.school_class.pk}{subject}"


@dataclass(frozen=True)
class Choice:
    """A pupil who may be picked; `category` empty where nothing is known; `gaps` are open ones in the subject."""

    pupil: Pupil
    category: str
    gaps: tuple[Gap, ...]

    @property
    def at_risk(self) -> bool:
        """Whether they stand among the first."""
        return self.category in AT_RISK

    @property
    def label(self) -> str:
        """The category in words, for whoever does not see its sign."""
        return Category(self.category).label if self.category else ""


@dataclass(frozen=True)
class Habits:
    """What the person used last and most: form and minutes of the last entry, topics, phrases."""

    last: WorkEntry | None
    topics: tuple[str, ...]
    phrases: tuple[str, ...]


def places_of(user: User) -> list[Place]:
    """What the person teaches today, then classes without a subject: the led one, or all that may be read."""
    access = access_of(user)
    if access.school is None or access.today is None:
        return []
    found = _taught(access.staff, access.today) if access.staff is not None else []
    named = {place.school_class.pk for place in found}
    rows = readable_classes(user).filter(year__starts__lte=access.today, year__ends__gte=access.today)
    others = [Place(one, None) for one in rows if one.pk not in named]
    return [*found, *others]


def _taught(staff: Staff, today: date) -> list[Place]:
    rows = TeachingAssignment.objects.on(today).filter(staff=staff).select_related("school_class", "subject")
    found = {(row.school_class_id, row.subject_id): Place(row.school_class, row.subject) for row in rows}
    return sorted(found.values(), key=lambda one: (one.school_class.grade, one.school_class.letter, str(one.subject)))


def place_wanted(places: Sequence[Place], cls: int | None, subject: int | None) -> Place | None:
    """The asked one; else the class with a subject of mine; else the first."""
    of_class = [one for one in places if one.school_class.pk == cls]
    exact = [one for one in of_class if one.subject is not None and one.subject.pk == subject]
    return next(iter([*exact, *of_class, *places]), None)


def choices_in(user: User, place: Place, day: date) -> list[Choice]:
    """Pupils of the class on the day: at risk in the subject, at risk at all, the others; by name. Three queries."""
    seated = (
        pupils_for(user)
        .filter(enrolments__school_class=place.school_class, enrolments__starts__lte=day)
        .exclude(enrolments__school_class=place.school_class, enrolments__ends__lt=day)
    )
    return choices_of(user, seated.order_by("sort_key", "pk"), place.subject)


def choices_of(user: User, pupils: Iterable[Pupil], subject: Subject | None) -> list[Choice]:
    """The same of given pupils who were found through `visible_to`."""
    pupils = list(pupils)
    categories = _categories(pupils)
    gaps = _gaps(user, pupils, subject)

    def order(pupil: Pupil) -> tuple[bool, int]:
        known = categories.get(pupil.pk)
        here = known is not None and subject is not None and subject.pk in known.subjects
        return not here, _RANK[known.category] if known is not None else len(_RANK)

    chosen = [
        Choice(one, categories[one.pk].category if one.pk in categories else "", tuple(gaps.get(one.pk, ())))
        for one in sorted(pupils, key=order)
    ]
    return sorted(chosen, key=lambda one: not one.at_risk)


def _categories(pupils: Sequence[Pupil]) -> Mapping[int, PupilCategory]:
    rows = PupilCategory.objects.filter(pupil__in=[one.pk for one in pupils], unrated=False)
    return {row.pupil_id: row for row in rows.order_by("period__year__start", "period__number")}


def _gaps(user: User, pupils: Sequence[Pupil], subject: Subject | None) -> Mapping[int, list[Gap]]:
    rows = Gap.objects.visible_to(user).filter(pupil__in=[one.pk for one in pupils], state=GapState.OPEN)
    found: dict[int, list[Gap]] = {}
    for row in rows.filter(part__subject=subject).select_related("route", "part").order_by("due", "pk"):
        if row.pupil_id is not None:
            found.setdefault(row.pupil_id, []).append(row)
    return found


def habits_of(user: User, subject: Subject | None) -> Habits:
    """Three queries. What extra lessons wrote by themselves is nobody's habit."""
    mine = WorkEntry.objects.standing().filter(by=user, extra_session__isnull=True)
    topics = mine.filter(subject=subject).exclude(topic="").order_by().values("topic").annotate(when=Max("at"))
    words = mine.exclude(content="").order_by().values("content").annotate(number=Count("pk"), when=Max("at"))
    return Habits(
        mine.order_by("-at", "-pk").first(),
        tuple(topics.order_by("-when").values_list("topic", flat=True)[:TOPICS]),
        tuple(words.order_by("-number", "-when").values_list("content", flat=True)[:PHRASES]),
    )


def topics_offered(choices: Sequence[Choice], used: Sequence[str]) -> list[str]:
    """Open gaps of those at risk first, then what the person wrote last; each once."""
    found = [gap.topic for one in sorted(choices, key=lambda each: not each.at_risk) for gap in one.gaps]
    return list(dict.fromkeys([*found, *used]))
