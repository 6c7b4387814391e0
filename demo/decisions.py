"""What the demo school's people have already decided, so that every state of the registry can be seen."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from demo import cast
from risk_registry.categories import Category, Grounds
from risk_registry.causes import CauseMethod, Established
from risk_registry.models import RegistryEntry
from risk_registry.selectors.periods import start_of
from risk_registry.services.causes import causes_add, entries_agree
from risk_registry.services.judging import period_judge
from risk_registry.services.registry import entries_decide, entry_correct
from risk_registry.services.reminding import reminder_send
from risk_registry.services.work import entries_look, work_add
from risk_registry.workflow import Deed
from school.models import Period, School, SchoolClass, Subject, User
from school.services.visits import visit_note

# The list of the year's beginning was ready a day before its term.
BEGAN_ON = date(2026, 9, 14)
# Results of the first quarter came after the holidays; the deputy decided within the term, and went on afterwards.
RESULTS_ON, DECIDED_ON = date(2026, 11, 2), date(2026, 11, 6)
_AGREED = "7А"
_LEFT_FOR_LATER = "Белова"
# These have not agreed yet: the calendar names them.
_LATE = ("6А", "7Б", "8А", "8Б")


@contextmanager
def on_day(school: School, day: date) -> Iterator[None]:
    """What is done within the block is done on that day of the demo."""
    shown = school.demo_today
    School.objects.filter(pk=school.pk).update(demo_today=day)
    try:
        yield
    finally:
        School.objects.filter(pk=school.pk).update(demo_today=shown)


def classify(school: School) -> None:
    """Compute the periods that have begun, the first when its results came."""
    first, *others = _periods(school)
    with on_day(school, RESULTS_ON):
        period_judge(period=first)
    for period in others:
        period_judge(period=period)


def begin(school: School) -> None:
    """The list of the year's beginning, from last spring's works and open debts; the deputy approved all of it."""
    period = start_of(school.years.get(start=cast.START))
    with on_day(school, BEGAN_ON):
        period_judge(period=period)
        _take(User.objects.get(username="zavuch"), _entries(period), Deed.APPROVE)


def decide(school: School) -> None:
    """The deputy approved most classes, corrected, returned and removed an entry; the class teacher of 7А agrees late.

    A few classes are late. Causes and forms of work are written by those whose duty it is.
    """
    first = _periods(school)[0]
    with on_day(school, DECIDED_ON):
        _decide_in_time(first)
        _establish(first, "psiholog", ["Тарасенко"], ["PHY01"], CauseMethod.PSYCHOLOGIST, "Справка у психолога.")
        _establish(first, "socped", ["Голубев"], ["SOC01"], CauseMethod.TALK, "")
    _agree(first)
    _plan_work(first)


def _entries(period: Period) -> list[RegistryEntry]:
    rows = RegistryEntry.objects.filter(period=period).select_related("school_class", "pupil", "school")
    return list(rows.order_by("school_class__grade", "school_class__letter", "pupil__sort_key", "pk"))


def _decide_in_time(period: Period) -> None:
    deputy = User.objects.get(username="zavuch")
    entries = _entries(period)
    others = [e for e in entries if str(e.school_class) == "8Б"]
    _take(deputy, others[:1], Deed.RETURN, "Уточните причины: родители сообщили о длительной болезни.")
    _take(deputy, others[1:2], Deed.REMOVE, "Отметка относится к пересдаче.", Grounds.MISTAKE)
    ready = [e for e in entries if str(e.school_class) not in (*_LATE, _AGREED)]
    if weak := next((e for e in ready if e.category == Category.WEAK), None):
        entry_correct(
            by=deputy,
            entry=weak,
            version=weak.version,
            category=Category.RESERVE,
            subjects=weak.subjects,
            reason="Двойка исправлена на следующем уроке, учитель подтвердил.",
        )
    fresh = [e for e in _entries(period) if str(e.school_class) not in (*_LATE, _AGREED)]
    _take(deputy, fresh, Deed.APPROVE)


def _agree(period: Period) -> None:
    """Most of 7А, with causes; a reminder went to those who are late."""
    teacher = User.objects.get(username="klass")
    mine = [e for e in _entries(period) if str(e.school_class) == _AGREED and e.pupil.last_name != _LEFT_FOR_LATER]
    told = Established(CauseMethod.TALK, cast.TODAY)
    for number, codes in enumerate((["CT02", "CT05"], ["CT04", "PED03"], ["CT01"])):
        part = mine[number::3]
        if part:
            entries_agree(by=teacher, versions={e.pk: e.version for e in part}, codes=codes, told=told)
    late = SchoolClass.objects.filter(year=period.year_id, grade=7, letter="Б").select_related("class_teacher").first()
    if late is not None and RegistryEntry.objects.filter(period=period, school_class=late).exists():
        reminder_send(by=User.objects.get(username="zavuch"), period=period, school_class=late)


def _establish(period: Period, login: str, names: list[str], codes: list[str], how: CauseMethod, note: str) -> None:
    found = [e for e in _entries(period) if e.pupil.last_name in names]
    told = Established(how, DECIDED_ON, note)
    causes_add(by=User.objects.get(username=login), entries=found, codes=codes, told=told)


def _plan_work(period: Period) -> None:
    """Two teachers wrote how they mean to work, one only looked."""
    entries = [e for e in _entries(period) if str(e.school_class) == _AGREED]
    for login, name, text in (
        ("predmet", "Алгебра", "карточки по теме, консультация по четвергам"),
        ("shmo", "Русский язык", "работа в паре с сильным учеником"),
    ):
        subject = Subject.objects.get(school=period.year.school_id, name=name)
        mine = [e for e in entries if subject.pk in e.subjects]
        if mine:
            work_add(by=User.objects.get(username=login), entries=mine, text=text, subject=subject)
    physicist = User.objects.get(username="nastavnik")
    entries_look(by=physicist, entries=entries[:1])


def remember_visit(school: School) -> None:
    """The deputy was last here on Friday afternoon, so the first login tells what has changed since."""
    friday = school.now().replace(day=20, hour=16, minute=40, second=0, microsecond=0)
    visit_note(by=User.objects.get(username="zavuch"), at=friday)


def _take(
    by: User, entries: list[RegistryEntry], deed: Deed, comment: str = "", grounds: Grounds = Grounds.OTHER
) -> None:
    if entries:
        versions = {e.pk: e.version for e in entries}
        entries_decide(by=by, versions=versions, what=deed, comment=comment, grounds=grounds)


def _periods(school: School) -> list[Period]:
    return list(
        Period.objects.filter(year__school=school, system="quarters", starts__lte=cast.TODAY)
        .select_related("year__school__settings")
        .order_by("number")
    )
