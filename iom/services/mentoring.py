"""Mentoring pairs: proposed, started, corrected, ended; a mentor's access to the pupil follows the pair."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from common.authorship import deed
from common.errors import Refused
from iom.mentoring import ADDED, CORRECTED, PAIR, PairDeed, PairForm, PairState, Rhythm
from iom.models import MentoringPair, PairStep
from school.models import AcademicYear, Pupil, Responsibility, Staff, Subject, User
from school.roles import ResponsibilityKind
from school.selectors import current_year


@dataclass(frozen=True)
class PairPlan:
    """What a pair means to do, by whom it is looked after, and when it meets (`weekdays` 1–6)."""

    goals: str
    begins: date
    ends: date
    rhythm: Rhythm = Rhythm.WEEK
    weekdays: Sequence[int] = ()
    program: str = ""
    curator: Staff | None = None
    assistant: bool = False


@dataclass(frozen=True)
class PairOf:
    """The two persons: of each side one is given, as the form says."""

    form: PairForm
    mentor: Staff | None = None
    mentor_pupil: Pupil | None = None
    staff: Staff | None = None
    pupil: Pupil | None = None
    subject: Subject | None = None


@deed
def pair_propose(*, by: User, who: PairOf, plan: PairPlan) -> MentoringPair:
    """Write a pair down as proposed. Raises `Refused` for one that goes already, of one person, or out of the year."""
    school = by.school
    year = current_year(school) if school is not None else None
    if school is None or year is None:
        raise Refused("Учебного года ещё нет: пары заводят внутри года.")
    _check_persons(who, school.pk)
    if _same(who).exists():
        raise Refused("Такая пара уже есть: откройте её в списке.")
    pair = MentoringPair(school=school, year=year, created_at=school.now(), form=who.form)
    pair.mentor, pair.mentor_pupil = who.mentor, who.mentor_pupil
    pair.staff, pair.pupil, pair.subject = who.staff, who.pupil, who.subject
    _fill(pair, plan, year)
    pair.save()
    _record(pair, ADDED, "", by)
    return pair


@deed
def pair_correct(*, by: User, pair: MentoringPair, plan: PairPlan) -> MentoringPair:
    """Change what a pair means to do. Raises `Refused` once it is over, and for days out of the year."""
    row = _locked(pair)
    if row.is_over:
        raise Refused("Пара уже окончена: сначала возобновите её.")
    _fill(row, plan, row.year)
    if row.started_on is not None:
        row.started_on = row.begins
    row.version += 1
    row.save()
    if row.duty is not None:
        Responsibility.objects.filter(pk=row.duty.pk).update(starts=row.begins)
    _record(row, CORRECTED, row.state, by)
    return row


@deed
def pair_start(*, by: User, pair: MentoringPair) -> MentoringPair:
    """The pair begins on its first day; a teacher gets access to the pupil. Raises `Refused` out of turn."""
    row = _locked(pair)
    _step(row, PairDeed.START, by)
    row.started_on = row.begins
    _open_access(row)
    row.save()
    return row


@deed
def pair_finish(*, by: User, pair: MentoringPair, on: date) -> MentoringPair:
    """The pair has done its work. Raises `Refused` for a day before its beginning or to come."""
    return _end(by, pair, PairDeed.FINISH, on, "")


@deed
def pair_end(*, by: User, pair: MentoringPair, on: date, why: str) -> MentoringPair:
    """The pair ends early, with the reason; one that was only proposed too."""
    return _end(by, pair, PairDeed.END, on, why)


@deed
def pair_resume(*, by: User, pair: MentoringPair, why: str) -> MentoringPair:
    """Take up again what was ended, with the reason. Raises `Refused` when the same pair goes already."""
    row = _locked(pair)
    others = _same(PairOf(PairForm(row.form), row.mentor, row.mentor_pupil, row.staff, row.pupil, row.subject))
    if others.exclude(pk=row.pk).exists():
        raise Refused("Такая пара уже действует: откройте её в списке.")
    _step(row, PairDeed.RESUME, by, why)
    row.ended_on = None
    row.started_on = row.started_on or row.begins
    _open_access(row)
    row.save()
    return row


def _end(by: User, pair: MentoringPair, what: PairDeed, on: date, why: str) -> MentoringPair:
    row = _locked(pair)
    if on > row.school.today():
        raise Refused("Этот день ещё не наступил. Проверьте дату.")
    if row.state == PairState.ACTIVE and on < row.begins:
        raise Refused("Этот день раньше начала пары. Проверьте дату.")
    _step(row, what, by, why)
    row.ended_on = on
    _close_access(row, on)
    row.save()
    return row


def _check_persons(who: PairOf, school: int) -> None:
    given = [who.mentor, who.mentor_pupil, who.staff, who.pupil]
    if any(one is not None and one.school_id != school for one in given):
        raise Refused("Пару составляют люди одной школы.")
    expected = {
        PairForm.TEACHERS: (True, False, True, False),
        PairForm.TEACHER: (True, False, False, True),
        PairForm.PUPILS: (False, True, False, True),
    }
    if tuple(one is not None for one in given) != expected[who.form]:
        raise Refused("Выберите наставника и того, кого он ведёт.")
    if (who.mentor is not None and who.mentor == who.staff) or who.mentor_pupil == who.pupil is not None:
        raise Refused("Наставник и наставляемый — один человек. Выберите другого.")


def _same(who: PairOf) -> QuerySet[MentoringPair]:
    return MentoringPair.objects.going().filter(
        mentor=who.mentor, mentor_pupil=who.mentor_pupil, staff=who.staff, pupil=who.pupil, subject=who.subject
    )


def _fill(pair: MentoringPair, plan: PairPlan, year: AcademicYear) -> None:
    if plan.begins > plan.ends:
        raise Refused("Пара заканчивается раньше, чем начинается. Проверьте даты.")
    if plan.begins < year.starts or plan.ends > year.ends:
        raise Refused("Срок пары — внутри учебного года. Проверьте даты.")
    if pair.form == PairForm.PUPILS and plan.curator is None:
        raise Refused("Укажите куратора: за пару учеников отвечает взрослый.")
    if plan.rhythm != Rhythm.FREE and not plan.weekdays:
        raise Refused("Отметьте день недели, в который пара встречается.")
    pair.goals, pair.program = plan.goals, plan.program
    pair.rhythm = plan.rhythm
    pair.weekdays = sorted(set(plan.weekdays)) if plan.rhythm != Rhythm.FREE else []
    pair.begins, pair.ends = plan.begins, plan.ends
    pair.curator = plan.curator if pair.form == PairForm.PUPILS else None
    pair.assistant = plan.assistant and pair.form == PairForm.PUPILS


def _open_access(pair: MentoringPair) -> None:
    """A row of `Responsibility` of the own, or of the same two, is used again."""
    if pair.form != PairForm.TEACHER or pair.mentor is None or pair.pupil is None:
        return
    kept = {"person": pair.mentor, "pupil": pair.pupil, "kind": ResponsibilityKind.MENTOR}
    if not Responsibility.objects.filter(**kept, ends__isnull=True).exists():
        pair.duty = Responsibility.objects.create(**kept, starts=pair.begins)


def _close_access(pair: MentoringPair, on: date) -> None:
    """The access ends with the last pair of the two; until then another of their pairs keeps it."""
    if pair.duty is None:
        return
    duty, pair.duty = pair.duty, None
    others = MentoringPair.objects.filter(mentor=pair.mentor, pupil=pair.pupil, state=PairState.ACTIVE)
    other = others.exclude(pk=pair.pk).filter(duty__isnull=True).first()
    if other is not None:
        MentoringPair.objects.filter(pk=other.pk).update(duty=duty)
        return
    duty.ends = max(on, duty.starts or on)
    duty.save()


def _locked(pair: MentoringPair) -> MentoringPair:
    rows = MentoringPair.objects.select_for_update(of=("self",))
    people = rows.select_related("school", "year", "mentor", "pupil", "mentor_pupil", "staff", "subject", "duty")
    return people.get(pk=pair.pk)


def _step(row: MentoringPair, what: PairDeed, by: User, comment: str = "") -> None:
    step = PAIR.step(what, row.state, comment)
    before, row.state, row.version = row.state, step.target, row.version + 1
    _record(row, what, before, by, comment)


def _record(row: MentoringPair, what: str, before: str, by: User, comment: str = "") -> None:
    PairStep.objects.create(
        pair=row,
        deed=what,
        from_state=before,
        to_state=row.state,
        by=by,
        at=row.school.now(),
        comment=comment.strip(),
        version=row.version,
    )
