"""What a petition rests on: its words, past the log, and what the school knows of the pupil already."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from common.russian import counted, date_short
from consultations.council_reading import COUNCIL
from consultations.models import Petition, PetitionWords
from gradebook.models import Absence, AbsenceReason
from risk_registry.categories import Category, SignalState
from risk_registry.debts import DebtState
from risk_registry.models import AcademicDebt, Deed, PupilCategory, Signal
from school.models import AcademicYear, Pupil, Subject, User
from school.selectors import current_year
from school.services.reading import log_reading


@dataclass(frozen=True)
class KnownFact:
    """One heading with its lines: «Пропуски» — «12 уроков без уважительной причины»."""

    title: str
    lines: tuple[str, ...]


def petition_words(user: User, petition: Petition) -> tuple[str, str]:
    """What was seen and what was tried; the reading is logged first."""
    log_reading(by=user, pupils=[petition.pupil], what=COUNCIL)
    found = PetitionWords.objects.filter(petition=petition).values_list("seen", "tried").first()
    return found or ("", "")


def petition_facts(user: User, pupil: Pupil) -> tuple[KnownFact, ...]:
    """Of a visible pupil, this year: categories, absences, signals, debts, what was done. Nothing restricted."""
    year = current_year(pupil.school)
    if year is None:
        return ()
    told = [
        KnownFact("Категория", tuple(_categories(pupil, year))),
        KnownFact("Пропуски с начала года", tuple(_absences(pupil, year))),
        KnownFact("Сигналы без ответа", tuple(_signals(pupil, year))),
        KnownFact("Академическая задолженность", tuple(_debts(user, pupil))),
        KnownFact("Что сделано", tuple(_deeds(pupil, year))),
    ]
    return tuple(fact for fact in told if fact.lines)


def _categories(pupil: Pupil, year: AcademicYear) -> Iterator[str]:
    rows = list(
        PupilCategory.objects.filter(pupil=pupil, period__year=year, unrated=False)
        .select_related("period")
        .order_by("period__starts", "period__number")
    )
    keys = {key for row in rows for key in row.subjects}
    names = dict(Subject.objects.filter(pk__in=keys).values_list("pk", "name"))
    for row in rows:
        subjects = ", ".join(sorted(names[key] for key in row.subjects if key in names))
        words = Category(row.category).label.lower() + (", предварительно" if row.provisional else "")
        yield f"{row.period.title}: {words}" + (f" ({subjects})" if subjects else "")


def _absences(pupil: Pupil, year: AcademicYear) -> Iterator[str]:
    rows = Absence.objects.filter(pupil=pupil, date__range=(year.starts, pupil.school.today()))
    found = Counter(rows.counted().values_list("counted", flat=True))
    for reason in AbsenceReason:
        if found[reason.value]:
            yield f"{counted(found[reason.value], 'урок', 'урока', 'уроков')}: {reason.label}"


def _signals(pupil: Pupil, year: AcademicYear) -> Iterator[str]:
    rows = Signal.objects.filter(pupil=pupil, period__year=year, state=SignalState.OPEN).select_related("subject")
    for row in rows.order_by("since", "pk"):
        subject = f", {row.subject.name}" if row.subject is not None else ""
        yield f"{row.get_rule_display()}{subject}, с {date_short(row.since)}"


def _debts(user: User, pupil: Pupil) -> Iterator[str]:
    rows = (
        AcademicDebt.objects.visible_to(user).filter(pupil=pupil, state=DebtState.CONFIRMED).select_related("subject")
    )
    for row in rows.order_by("due", "pk"):
        yield f"{row.subject.name}, срок {date_short(row.due)}"


def _deeds(pupil: Pupil, year: AcademicYear) -> Iterator[str]:
    """How often and when last: what was said in talks is not for a council's paper."""
    rows = Deed.objects.filter(pupil=pupil, on__range=(year.starts, year.ends)).order_by("on", "pk")
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row.get_kind_display(), []).append(date_short(row.on))
    for kind, days in found.items():
        yield f"{kind}: {counted(len(days), 'раз', 'раза', 'раз')}, последний {days[-1]}"
