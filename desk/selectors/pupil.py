"""The pupil's page: who it is, how the subjects stand, what was missed, what was thought of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from common.look import Chip, Figure, Tab
from common.russian import counted, date_words
from consultations.selectors.council_pupil import NextSitting, council_items, next_sitting, with_councils
from consultations.selectors.pupil_help import PupilHelp, help_items, help_told, with_help
from consultations.selectors.pupil_meetings import (
    PupilMeeting,
    meeting_items,
    meetings_ahead,
    meetings_told,
    with_meetings,
)
from desk.rules import AbsenceBlock, AbsenceTotal, Days, Missed, absence_blocks, absence_totals, age_on, so_far
from desk.selectors.book import Book, pupils_with_school, read_book
from desk.selectors.figures import pupil_figures
from desk.selectors.reasons import reasons_in_words
from desk.selectors.subjects import SubjectRow, subject_rows
from desk.selectors.timeline import Asked, Story, pupil_story
from gradebook.permissions import keeps_grounds_of_class
from iom.permissions_routes import can_make_for
from iom.selectors.extra_of_pupil import Attended, extra_items, extra_told, with_extra
from iom.selectors.pupil_routes import PupilRoute, route_items, routes_closed, routes_told, with_routes
from iom.selectors.pupil_support import PupilSupport, support_items, support_told, with_support
from iom.selectors.pupil_work import journal_items, with_journals
from parents.permissions import makes_notices_of
from parents.selectors.escalation import family_items, with_family_steps
from parents.selectors.pupil_conversations import conversation_items, with_conversations
from parents.selectors.pupil_events import event_items, with_events
from risk_registry.categories import Category, EntryState, SignalState
from risk_registry.models import PupilCategory, Signal
from risk_registry.permissions import can_record_deed
from risk_registry.selectors.of_pupil import PupilEntry, pupil_entry, with_registry
from risk_registry.selectors.pupil_debts import PupilDebt, debt_items, debts_told, with_debts
from risk_registry.selectors.signals import SignalRow, signal_rows, signals_of_year
from school.access import Viewer
from school.models import Enrolment, Guardianship, Holiday, Period, Pupil, Responsibility, Subject, User
from school.permissions import can_see_contacts
from school.roles import ResponsibilityKind
from school.shared import TimelineItem


@dataclass(frozen=True)
class CategoryRow:
    """The category of one period."""

    period: Period
    category: Category
    provisional: bool
    unrated: bool
    reasons: tuple[str, ...]
    state: EntryState | None
    registry: PupilEntry | None = None


@dataclass(frozen=True)
class PupilPage:
    """What the page shows."""

    book: Book
    age: int | None
    guardians: tuple[Guardianship, ...]
    responsible: tuple[Responsibility, ...]
    categories: tuple[CategoryRow, ...]
    figures: tuple[Figure, ...]
    tabs: tuple[Tab, ...]
    subjects: tuple[SubjectRow, ...]
    calendar: tuple[AbsenceBlock, ...]
    totals: tuple[AbsenceTotal, ...]
    signals: tuple[Signal, ...]
    story: Story
    class_url: str
    records: bool
    grounds: bool
    debts: tuple[PupilDebt, ...] = ()
    routes: tuple[PupilRoute, ...] = ()
    closed_routes: tuple[int, ...] = ()
    support: PupilSupport = field(default_factory=PupilSupport)
    makes_routes: bool = False
    notifies: bool = False
    extra: tuple[Attended, ...] = ()
    meetings: tuple[PupilMeeting, ...] = ()
    help: PupilHelp = field(default_factory=PupilHelp)
    council: NextSitting | None = None

    @property
    def subjects_known(self) -> bool:
        """Whether every subject has its result already."""
        return all(row.outlook.known for row in self.subjects)

    @property
    def subjects_title(self) -> str:
        """The heading of the table, by what can still be done about it."""
        return "Предметы" if self.subjects_known else "Предметы и что нужно до тройки"

    @property
    def open_signals(self) -> list[SignalRow]:
        """Those that wait for an answer."""
        return signal_rows(signal for signal in self.signals if signal.state == SignalState.OPEN)

    @property
    def next_due(self) -> SignalRow | None:
        """The open signal whose day of answer comes first."""
        dated = [row for row in self.open_signals if row.signal.due is not None]
        return min(dated, key=lambda row: (row.signal.due, row.signal.pk), default=None)

    @property
    def open_debts(self) -> list[tuple[PupilDebt, bool]]:
        """Those that are confirmed and not cleared, each with whether its term is over."""
        return [(one, one.is_late(self.book.today)) for one in self.debts if one.is_open]

    @property
    def registry(self) -> list[CategoryRow]:
        """The periods in which the pupil has an entry in the registry."""
        return [row for row in self.categories if row.registry is not None]

    @property
    def category(self) -> CategoryRow | None:
        """The newest judgement that rests on anything."""
        return next((row for row in self.categories if not row.unrated), None)

    @property
    def seat(self) -> str:
        """«7А класс», «больше не учится, был в 7А»."""
        return _seat_in_words(self.book)

    @property
    def missed_words(self) -> str:
        """«31 урок»."""
        missed = len(self.book.absences)
        return counted(missed, "урок", "урока", "уроков") if missed else ""

    @property
    def figures_label(self) -> str:
        """What the figures are about, for those who do not see them."""
        return f"Главное: {self.book.chosen.title}" if self.book.chosen else ""

    @property
    def earlier(self) -> list[Period]:
        """Periods whose results stand beside the chosen one."""
        return self.book.earlier(self.book.chosen) if self.book.chosen else []

    @property
    def moves(self) -> tuple[Enrolment, ...]:
        """Where the pupil sat, when it was not one place all the year."""
        return self.book.seats if len(self.book.seats) > 1 or _has_left(self.book) else ()

    @property
    def years(self) -> tuple[Chip, ...]:
        """The pupil's years, where there are several."""
        years = self.book.years
        if len(years) < 2 or self.book.year is None:
            return ()
        return tuple(Chip(str(year), f"?year={year.start}", year.pk == self.book.year.pk) for year in years)

    @property
    def absences_url(self) -> str:
        """Missed lessons by day, of the same year."""
        return self.book.address("desk:absences")

    @property
    def data_note(self) -> str:
        """«данные на 20 ноября»."""
        return f"данные на {self.last_lesson}" if self.last_lesson else ""

    @property
    def last_lesson(self) -> str:
        """«20 ноября»: the last day with a mark or an absence."""
        days = [mark.day for mark in self.book.marks[-1:]] + [absence.day for absence in self.book.absences[-1:]]
        return date_words(max(days)) if days else ""


def pupils_of_page(user: Viewer) -> QuerySet[Pupil]:
    """Visible pupils with all that the page tells of them beside marks: for one of them, in one query."""
    pupils = with_routes(with_debts(pupils_with_school(user), user), user)
    pupils = with_events(with_conversations(with_journals(with_support(with_extra(pupils), user))))
    return with_family_steps(with_councils(with_meetings(with_help(pupils, user)), user), user)


def pupil_page(
    user: Viewer, pupil: Pupil, number: int | None, asked: Asked | None = None, year: int | None = None
) -> PupilPage:
    """Everything of the page; `pupil` comes from `pupils_of_page(user)`, `asked` is about the story."""
    book = read_book(user, pupil, number, year)
    guardians = pupil.guardianships.select_related("guardian").order_by("relation", "pk")
    signals = _signals(pupil, book)
    debts, routes, extra = debts_told(pupil), routes_told(pupil), extra_told(pupil, book.year)
    support, service, meetings = support_told(pupil, book.today), help_told(user, pupil), meetings_told(pupil)
    more = {
        "debts": debt_items(debts, book.year),
        "routes": route_items(routes, book.year),
        "extra": extra_items(extra, book.today),
        "support": support_items(support, book.year),
        "service": [*help_items(service, book.year), *meeting_items(meetings, book.year)],
        **_written(pupil, book),
    }
    missed = [Missed(absence.day, absence.reason) for absence in book.absences]
    return PupilPage(
        book=book,
        age=None if pupil.birth_date is None else age_on(book.today, pupil.birth_date),
        guardians=tuple(guardians) if can_see_contacts(user, pupil) else (),
        responsible=tuple(_responsible(pupil, book)),
        categories=_categories(user, pupil, book.subjects),
        figures=pupil_figures(book, sum(signal.state == SignalState.OPEN for signal in signals)),
        tabs=_tabs(book),
        subjects=subject_rows(book),
        calendar=_calendar(book, missed),
        totals=tuple(absence_totals(missed)),
        signals=signals,
        story=pupil_story(book, signals, asked or Asked(), more),
        class_url=_class_url(book),
        records=can_record_deed(user),
        grounds=book.school_class is not None and keeps_grounds_of_class(user, book.school_class),
        debts=debts,
        routes=routes,
        closed_routes=routes_closed(pupil),
        support=support,
        makes_routes=isinstance(user, User) and can_make_for(user, pupil),
        notifies=makes_notices_of(user, book.now.school_class if book.now is not None else None),
        extra=extra,
        help=service,
        council=next_sitting(pupil, book.today),
        meetings=meetings_ahead(meetings, book.today),
    )


def _written(pupil: Pupil, book: Book) -> dict[str, list[TimelineItem]]:
    """Of the story: what people wrote down of the pupil in councils, journals and talks."""
    return {
        "councils": [*council_items(pupil, book.year), *family_items(pupil, book.year)],
        "deeds": [
            *journal_items(pupil, book.year),
            *conversation_items(pupil, book.year),
            *event_items(pupil, book.year),
        ],
    }


def _responsible(pupil: Pupil, book: Book) -> Iterable[Responsibility]:
    """Today's; who leads an extra lesson stands with the lessons."""
    rows = pupil.responsibilities.on(book.today).exclude(kind=ResponsibilityKind.EXTRA_LESSONS)
    return rows.select_related("person").order_by("kind", "pk")


def _class_url(book: Book) -> str:
    """The class page, for those who may open it."""
    seat = book.now
    return reverse("desk:class", args=[seat.school_class_id]) if seat and book.openable and not _has_left(book) else ""


def _tabs(book: Book) -> tuple[Tab, ...]:
    here = reverse("desk:pupil", args=[book.pupil.pk]) + "?" + (f"{book.query}&" if book.query else "")
    return tuple(Tab(period.title, f"{here}period={period.number}", period == book.chosen) for period in book.begun)


def _calendar(book: Book, missed: list[Missed]) -> tuple[AbsenceBlock, ...]:
    if book.year is None or book.school_class is None or not missed:
        return ()
    grade = book.school_class.grade
    free = [
        Days(holiday.starts, holiday.ends)
        for holiday in Holiday.objects.filter(year=book.year)
        if grade == 1 or not holiday.first_grade_only
    ]
    lessons = so_far(Days(book.year.starts, book.year.ends), max(book.today, missed[-1].day))
    return tuple(absence_blocks(missed, lessons, free))


def _categories(user: Viewer, pupil: Pupil, known: dict[int, str]) -> tuple[CategoryRow, ...]:
    """Of all years, the newest first, with what the school decided. Another query for subjects that are not `known`."""
    found = (
        PupilCategory.objects.filter(pupil=pupil)
        .select_related("period__year")
        .order_by("-period__starts", "-period__number")
    )
    rows: list[Any] = list(with_registry(found))
    wanted = {key for row in rows for key in row.subjects} - known.keys()
    names = known | (dict(Subject.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {})
    return tuple(
        CategoryRow(
            period=row.period,
            category=Category(row.category),
            provisional=row.provisional,
            unrated=row.unrated,
            reasons=reasons_in_words(Category(row.category), row.evidence, names),
            state=EntryState(row.entry_state) if row.entry_state else None,
            registry=pupil_entry(row, user),
        )
        for row in rows
    )


def _signals(pupil: Pupil, book: Book) -> tuple[Signal, ...]:
    """Of this year, the newest first."""
    if book.year is None:
        return ()
    return tuple(signals_of_year(pupil, book.year))


def _seat_in_words(book: Book) -> str:
    seat = book.now
    if seat is None:
        return "ещё не в классе"
    if _has_left(book):
        return f"больше не учится, был в {seat.school_class}"
    return f"{seat.school_class} класс"


def _has_left(book: Book) -> bool:
    seat = book.now
    return seat is not None and seat.ends is not None and seat.ends < book.today
