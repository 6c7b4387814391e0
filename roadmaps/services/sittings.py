"""The plan of sittings: written by hand or by their rhythm, corrected, held, cancelled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from django.db.models import Q

from common.authorship import deed
from common.errors import Refused
from common.russian import date_short
from roadmaps.models import SittingRhythm, StaffSitting, StaffSittingPerson, StaffSittingStep
from roadmaps.permissions_sittings import invited_by_kind
from roadmaps.rules.rhythms import BY_SOURCE, Rhythm, days_to_plan, rhythm_slots
from roadmaps.selectors.calendar import calendar_of
from roadmaps.selectors.sittings import rhythms_of
from roadmaps.sitting_words import SittingDeed, SittingKind, SittingState, Unit
from roadmaps.sitting_workflow import SITTING
from school.models import AcademicYear, School, Staff, User

CHANGED = "Пока вы решали, заседание изменили: обновите страницу и посмотрите, что в нём теперь."
SIGNED = "Протокол подписан: сначала откройте его для исправления."


@dataclass(frozen=True)
class SittingDraft:
    """What, when, where, who leads and writes."""

    kind: SittingKind
    on: date
    title: str = ""
    starts_at: time | None = None
    ends_at: time | None = None
    place: str = ""
    chair: Staff | None = None
    secretary: Staff | None = None


@dataclass(frozen=True)
class ByRhythm:
    """What is alike in sittings planned by their rhythm; `weekday` 0 is Monday."""

    kind: SittingKind
    weekday: int
    first: date
    starts_at: time | None = None
    place: str = ""
    chair: Staff | None = None


@deed
def sitting_plan(*, by: User, school: School, draft: SittingDraft) -> StaffSitting:
    """Put a sitting into the plan, its usual people are invited. Raises `Refused` for a day outside of the years."""
    row = StaffSitting(school=school, by=by, at=school.now())
    _fill(row, draft, _year(school, draft.on))
    _planned(by, [row])
    return row


@deed
def sittings_by_rhythm(*, by: User, year: AcademicYear, asked: ByRhythm) -> list[StaffSitting]:
    """Fill the plan of the year from `asked.first` by the kind's rhythm; terms that have enough sittings stay.

    Raises `Refused` for a kind without a rhythm, and when nothing is to be planned.
    """
    school = School.objects.select_for_update().get(pk=year.school_id)  # two people must not fill one plan twice
    rhythm = rhythms_of(school)[asked.kind]
    if rhythm.unit == Unit.NONE:
        raise Refused("У этих заседаний нет ритма: задайте его или внесите заседание отдельно.")
    calendar = calendar_of(year)
    rows = StaffSitting.objects.filter(school=school, year=year, kind=asked.kind)
    taken = list(rows.exclude(state=SittingState.CANCELLED).values_list("on", flat=True))
    slots = rhythm_slots(rhythm, calendar)
    days = days_to_plan(rhythm, slots, asked.weekday, taken, calendar.holidays, max(asked.first, school.today()))
    if not days:
        raise Refused("Добавлять нечего: до конца учебного года заседаний по этому ритму уже достаточно.")
    made = []
    for day in days:
        row = StaffSitting(school=school, by=by, at=school.now())
        told = SittingDraft(asked.kind, day, starts_at=asked.starts_at, place=asked.place, chair=asked.chair)
        _fill(row, told, year)
        made.append(row)
    _planned(by, made)
    return made


def _planned(by: User, rows: Sequence[StaffSitting]) -> None:
    """New sittings with their first step and the people of their kind."""
    StaffSitting.objects.bulk_create(rows)
    StaffSittingStep.objects.bulk_create(step_of(by, row, SittingDeed.PLAN, "") for row in rows)
    invited = list(invited_by_kind(rows[0].school, SittingKind(rows[0].kind), rows[0].on)) if rows else []
    StaffSittingPerson.objects.bulk_create(
        StaffSittingPerson(sitting=row, staff=person) for row in rows for person in _with_leaders(row, invited)
    )


def _with_leaders(row: StaffSitting, invited: Sequence[Staff]) -> list[Staff]:
    known = {one.pk: one for one in invited}
    return list((known | {one.pk: one for one in (row.chair, row.secretary) if one is not None}).values())


@deed
def sitting_edit(*, by: User, sitting: StaffSitting, version: int, draft: SittingDraft) -> StaffSitting:
    """Correct it; another day stays in the steps. Raises `Refused` when it is signed, cancelled or was changed, for a
    held one a day to come or behind the terms of its decisions, and for another kind once its protocol has a number."""
    row = sitting_locked(sitting, version)
    check_open(row)
    if row.number is not None and draft.kind != row.kind:
        raise Refused("У протокола уже есть номер: вид заседания не меняют.")
    if row.state == SittingState.HELD and draft.on > row.school.today():
        raise Refused("Заседание уже прошло: его день не может быть позже сегодняшнего.")
    if row.number is not None and draft.chair is None:
        raise Refused("Назовите председателя: у протокола уже есть номер.")
    _check_terms(row, draft.on)
    was = row.on
    _fill(row, draft, _year(row.school, draft.on, row.year))
    comment = f"с {date_short(was)} на {date_short(row.on)}" if was != row.on else ""
    step_keep(by, row, SittingDeed.EDIT, row.state, comment)
    for person in (row.chair, row.secretary):
        if person is not None:
            StaffSittingPerson.objects.get_or_create(sitting=row, staff=person, guest="")
    return row


@deed
def sitting_step(
    *, by: User, sitting: StaffSitting, version: int, what: SittingDeed, comment: str = ""
) -> StaffSitting:
    """Mark as held, take the mark back, cancel with a reason, put back into the plan.

    Raises `Refused` before its day, without an agenda, when decisions or a number would be lost.
    """
    row = sitting_locked(sitting, version)
    if what == SittingDeed.HOLD and row.on > row.school.today():
        raise Refused("Этот день ещё не наступил: отметьте после заседания.")
    if what == SittingDeed.HOLD and not row.questions.exists():
        raise Refused("В повестке нет вопросов: добавьте хотя бы один.")
    if what == SittingDeed.RETURN and row.number is not None:
        raise Refused("У протокола уже есть номер: заседание остаётся проведённым, исправляют протокол.")
    if what == SittingDeed.RETURN and row.decisions.exists():
        raise Refused("У заседания записаны решения: сначала уберите их.")
    transition = SITTING.step(what, row.state, comment)
    row.state = SittingState(transition.target)
    step_keep(by, row, what, transition.source, comment)
    return row


@deed
def rhythm_set(*, by: User, school: School, kind: SittingKind, rhythm: Rhythm | None) -> None:
    """The school's own rhythm; None, or that of the sources, leaves the sources'. Raises `Refused` for no number."""
    if rhythm is None or rhythm == BY_SOURCE[kind]:
        SittingRhythm.objects.filter(school=school, kind=kind).delete()
        return
    if rhythm.unit != Unit.NONE and not 1 <= rhythm.times <= 10:
        raise Refused("Сколько раз — от 1 до 10.")
    times = 0 if rhythm.unit == Unit.NONE else rhythm.times
    told = {"unit": rhythm.unit, "times": times}
    SittingRhythm.objects.update_or_create(school=school, kind=kind, defaults=told)


def sitting_locked(sitting: StaffSitting, version: int | None) -> StaffSitting:
    """The row for writing; `version` that the person saw, None where it does not matter."""
    rows = StaffSitting.objects.select_for_update(of=("self",))
    row = rows.select_related("school", "year", "chair", "secretary").get(pk=sitting.pk)
    if version is not None and row.version != version:
        raise Refused(CHANGED)
    return row


def check_open(row: StaffSitting) -> None:
    """Raises `Refused` when it is cancelled or its protocol is signed."""
    if row.state == SittingState.CANCELLED:
        raise Refused("Заседание отменено: сначала верните его в план.")
    if row.signed_on is not None:
        raise Refused(SIGNED)


def step_of(by: User, row: StaffSitting, what: SittingDeed, source: str, comment: str = "") -> StaffSittingStep:
    """The deed as it is kept."""
    return StaffSittingStep(
        sitting=row, deed=what, from_state=source, to_state=row.state, by=by, at=row.school.now(),
        comment=comment.strip(), version=row.version,
    )  # fmt: skip


def step_keep(by: User, row: StaffSitting, what: SittingDeed, source: str, comment: str = "") -> None:
    """The row as it is in memory becomes its next version, with the step that tells of it."""
    row.version += 1
    row.save()
    step_of(by, row, what, source, comment).save()


def _fill(row: StaffSitting, draft: SittingDraft, year: AcademicYear) -> None:
    if draft.ends_at is not None and (draft.starts_at is None or draft.ends_at <= draft.starts_at):
        raise Refused("Заседание кончается позже, чем начинается: исправьте время.")
    row.year, row.kind, row.on, row.title = year, draft.kind, draft.on, draft.title.strip()
    row.starts_at, row.ends_at, row.place = draft.starts_at, draft.ends_at, draft.place.strip()
    row.chair, row.secretary = draft.chair, draft.secretary


def _check_terms(row: StaffSitting, on: date) -> None:
    early = Q(due__lt=on) | Q(first_due__lt=on) | Q(closed_on__lt=on)
    if row.decisions.filter(early).exists():
        raise Refused("У заседания записаны решения со сроком или отметкой раньше этого дня: проверьте день.")


def _year(school: School, on: date, only: AcademicYear | None = None) -> AcademicYear:
    found = school.years.filter(starts__lte=on, ends__gte=on).first()
    if found is None:
        raise Refused("Этот день не входит ни в один учебный год школы: исправьте дату.")
    if only is not None and found != only:
        raise Refused("Этот день — другого учебного года: внесите новое заседание в его план.")
    return found
