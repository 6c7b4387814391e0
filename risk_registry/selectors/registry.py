"""The registry as lists show it: entries of a period that a person may see, filtered, counted, with their reasons."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.fields import BooleanField

from common.look import MarkChip
from common.names import name_key
from common.russian import percent, whole
from risk_registry.categories import AT_RISK, Category, EntryState
from risk_registry.causes import causes_in_words
from risk_registry.models import AboutPupilsQuerySet, RegistryEntry, RegistryStep, rank
from risk_registry.permissions import entry_deeds
from risk_registry.selectors.causes import has_causes, open_codes
from risk_registry.start_words import sources_in_words
from risk_registry.workflow import Deed
from school.access import access_of
from school.models import Enrolment, Period, SchoolClass, Subject, User

# Those who are out of the registry again; a list shows them only when it is asked for them.
OUT = (EntryState.REMOVED, EntryState.WITHDRAWN)
UNDER_RISK = "at_risk"
SORTS: Mapping[str, tuple[Any, ...]] = {
    "name": (),
    "class": ("school_class__grade", "school_class__letter"),
    "category": ("rank", "school_class__grade", "school_class__letter"),
    "state": ("state_rank", "rank"),
}
DEFAULT_SORT = "category"


@dataclass(frozen=True)
class RegistryQuery:
    """What a list is asked for. Empty means any; `category` may be «at_risk»: failing and weak together."""

    period: Period
    state: str = ""
    category: str = ""
    school_class: int | None = None
    subject: int | None = None
    text: str = ""
    causes: str = ""  # «none»: without any, «some»: with some
    sort: str = DEFAULT_SORT


@dataclass(frozen=True)
class RegistryCounts:
    """How many entries there are in each state, and how many the query finds."""

    by_state: Mapping[str, int]
    found: int
    caused: int = 0  # of those in the registry, how many have a cause

    @property
    def all(self) -> int:
        """Those that are in the registry, decided or not."""
        return sum(number for state, number in self.by_state.items() if state not in OUT)

    @property
    def caused_words(self) -> str:
        """«41 из 44 (93,2 %)»: for how many causes are established."""
        return f"{whole(self.caused)} из {whole(self.all)} ({percent(self.caused, self.all)})"


@dataclass(frozen=True)
class SubjectLine:
    """A subject of an entry with its twos and result; of the year's beginning, with the sources in words."""

    name: str
    chips: tuple[MarkChip, ...]
    sources: str = ""


@dataclass(frozen=True)
class Now:
    """What the marks say now, where it differs from a decided entry."""

    category: Category
    unrated: bool
    subjects: tuple[str, ...]

    @property
    def words(self) -> str:
        """«неуспевающий: Алгебра, Физика»."""
        word = "нет данных" if self.unrated else self.category.label.lower()
        return f"{word}: {', '.join(self.subjects)}" if self.subjects else word


@dataclass(frozen=True)
class RegistryRow:
    """One line of the list."""

    entry: RegistryEntry
    category: Category
    state: EntryState
    subjects: tuple[SubjectLine, ...]
    now: Now | None = None
    deeds: tuple[Deed, ...] = field(default_factory=tuple)
    unagreed: bool = False  # approved without the class teacher's agreement
    causes: tuple[str, ...] = ()


def entries_visible(user: User, period: Period) -> AboutPupilsQuerySet[RegistryEntry]:
    """All entries of the period about pupils whom the person may see."""
    return RegistryEntry.objects.visible_to(user).in_period(period)


def registry_entries(user: User, query: RegistryQuery) -> QuerySet[RegistryEntry]:
    """The entries that the query finds, in its order, with what a row needs; one query when read."""
    descending = query.sort.startswith("-")
    order = SORTS.get(query.sort.lstrip("-"), SORTS[DEFAULT_SORT])
    keys = [F(name).desc() if descending else F(name).asc() for name in order]
    name = F("pupil__sort_key").desc() if descending and not order else F("pupil__sort_key").asc()
    found = entries_visible(user, query.period).filter(_found(query))
    return _for_rows(user, found).order_by(*keys, name, "pk")


def one_entry(user: User, key: int) -> RegistryEntry | None:
    """An entry with what its row needs; None when there is none that the person may see."""
    return _for_rows(user, RegistryEntry.objects.visible_to(user).filter(pk=key)).first()


def _for_rows(user: User, entries: QuerySet[RegistryEntry]) -> QuerySet[RegistryEntry]:
    return (
        _with_marks_now(entries)
        .annotate(
            rank=rank("category", Category),
            state_rank=rank("state", EntryState),
            led=_led_by(user),
            open_codes=open_codes(),
            approved_from=Subquery(_approvals().values("from_state")[:1]),
        )
        .select_related("pupil", "school_class", "period", "changed_by__staff")
    )


def _approvals() -> QuerySet[RegistryStep]:
    """How the entry came to be approved, the last time first."""
    return RegistryStep.objects.filter(entry=OuterRef("pk"), deed=Deed.APPROVE).order_by("-version")


def registry_counts(user: User, query: RegistryQuery) -> RegistryCounts:
    """Numbers for the tabs (whatever the other filters) and for the pager; one query."""
    rows = (
        entries_visible(user, query.period)
        .order_by()
        .values("state")
        .annotate(
            number=Count("pk"), found=Count("pk", filter=_found(query)), caused=Count("pk", filter=Q(has_causes()))
        )
    )
    told = list(rows.values_list("state", "number", "found", "caused"))
    return RegistryCounts(
        by_state={state: number for state, number, _, _ in told},
        found=sum(found for _, _, found, _ in told),
        caused=sum(caused for state, _, _, caused in told if state not in OUT),
    )


def _found(query: RegistryQuery) -> Q:
    found = Q(state=query.state) if query.state else ~Q(state__in=OUT)
    if query.category:
        found &= Q(category__in=AT_RISK) if query.category == UNDER_RISK else Q(category=query.category)
    if query.school_class is not None:
        found &= Q(school_class=query.school_class)
    if query.subject is not None:
        found &= Q(subjects__contains=[query.subject])
    if query.causes:
        found &= Q(has_causes()) if query.causes == "some" else ~Q(has_causes())
    if query.text.strip():
        found &= Q(pupil__sort_key__contains=name_key(query.text))
    return found


def _with_marks_now(rows: QuerySet[RegistryEntry]) -> QuerySet[RegistryEntry]:
    """With what the marks say now: `now_category` (None for who left the contingent), `now_subjects`, `now_unrated`."""
    return rows.annotate(
        judged=FilteredRelation("pupil__categories", condition=Q(pupil__categories__period=F("period"))),
        now_category=F("judged__category"),
        now_subjects=F("judged__subjects"),
        now_unrated=F("judged__unrated"),
    )


def _led_by(user: User) -> Any:
    """Whether the person is the class teacher of the class in which the pupil sits today."""
    access = access_of(user)
    if access.staff is None or access.today is None:
        return Value(False, output_field=BooleanField())
    led = SchoolClass.objects.filter(class_teacher=access.staff)
    return Exists(Enrolment.objects.on(access.today).filter(pupil=OuterRef("pupil"), school_class__in=led))


def subject_names(school: int) -> dict[int, str]:
    """Keys and names of the school's subjects, in alphabetical order."""
    return dict(Subject.objects.filter(school=school).values_list("pk", "name"))


def registry_rows(user: User, entries: Iterable[Any], names: Mapping[int, str]) -> list[RegistryRow]:
    """Lines of a list, from entries as `registry_entries` reads them; no further queries."""
    return [
        RegistryRow(
            entry=entry,
            category=Category(entry.category),
            state=EntryState(entry.state),
            subjects=_lines(entry, names),
            now=_now(entry, names),
            deeds=tuple(entry_deeds(user, entry, leads=entry.led)),
            causes=tuple(causes_in_words(entry.open_codes, closed="" in entry.open_codes)),
            unagreed=entry.state == EntryState.APPROVED and entry.approved_from != EntryState.AGREED,
        )
        for entry in entries
    ]


def _lines(entry: RegistryEntry, names: Mapping[int, str]) -> tuple[SubjectLine, ...]:
    told = {each["subject"]: each for each in entry.evidence}
    return tuple(subject_line(names[key], told.get(key, {})) for key in entry.subjects)


def subject_line(name: str, told: Mapping[str, Any]) -> SubjectLine:
    """A subject with what its evidence says in short."""
    sources = sources_in_words(told)
    return SubjectLine(name, () if sources else evidence_chips(told), sources)


def evidence_chips(told: Mapping[str, Any]) -> tuple[MarkChip, ...]:
    """«2 × 5» and the result, or the forecast where there is none yet."""
    chips = []
    if twos := len(told.get("unsatisfactory", ())):
        chips.append(MarkChip("2" if twos == 1 else f"2 × {twos}", low=True))
    if result := told.get("result"):
        chips.append(MarkChip(result, low=result in ("1", "2", "незач", "н/а"), result=True))
    elif forecast := told.get("forecast"):
        chips.append(MarkChip(f"прогноз {forecast}", low=forecast <= 2))
    return tuple(chips)


def _now(entry: Any, names: Mapping[int, str]) -> Now | None:
    """The difference to the marks, of an entry that does not follow them."""
    follows = not entry.by_hand and not entry.corrected and entry.state not in (EntryState.APPROVED, EntryState.REMOVED)
    if follows or entry.now_category is None:
        return None
    agrees = (entry.now_category, sorted(entry.now_subjects)) == (entry.category, sorted(entry.subjects))
    # A person's decision for or against needs the marks' consent only where they say something.
    silent = entry.now_category == Category.NONE and entry.state != EntryState.APPROVED and not entry.corrected
    if agrees or silent or (entry.by_hand and entry.now_category == Category.NONE):
        return None
    subjects = tuple(names[key] for key in entry.now_subjects)
    return Now(Category(entry.now_category), entry.now_unrated, subjects)
