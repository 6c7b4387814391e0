"""What the data say for one talk: entries of the registry and open signals about those whom it is about."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Q

from common.russian import counted
from risk_registry.categories import Category, SignalState
from risk_registry.models import Interview, Signal
from risk_registry.permissions import sees_escalated_only
from risk_registry.selectors.lists import period_choice
from risk_registry.selectors.registry import RegistryQuery, RegistryRow, registry_entries, registry_rows, subject_names
from risk_registry.selectors.signals import SignalRow, signal_rows, signals_with_marks
from school.access import access_of
from school.models import Period, TeachingAssignment, User


@dataclass(frozen=True)
class Summary:
    """One page for a talk. `period`: that of the entries; signals are those that are open now."""

    period: Period | None
    entries: tuple[RegistryRow, ...]
    signals: tuple[SignalRow, ...]

    @property
    def categories(self) -> str:
        """«2 неуспевающих…» would have to be declined: «неуспевающий — 2, слабоуспевающий — 5»."""
        found = Counter(row.category for row in self.entries)
        return ", ".join(f"{one.label.lower()} — {found[one]}" for one in Category if found[one])

    @property
    def rules(self) -> str:
        """«три двойки и больше — 3, мало отметок до конца периода — 1»."""
        found = Counter(row.rule for row in self.signals)
        return ", ".join(f"{rule.label.lower()} — {number}" for rule, number in found.most_common())

    @property
    def words(self) -> str:
        """«7 учеников в реестре, 4 открытых сигнала»."""
        pupils = counted(len(self.entries), "ученик", "ученика", "учеников")
        signals = counted(len(self.signals), "открытый сигнал", "открытых сигнала", "открытых сигналов")
        return f"{pupils} в реестре, {signals}"


def interview_summary(user: User, talk: Interview) -> Summary:
    """Of pupils whom this person may see; six queries at most."""
    period = period_choice(user, talk.period_id).period
    about, of_subject = _about(user, talk)
    if period is None:
        return Summary(None, (), ())
    entries = registry_entries(user, RegistryQuery(period, sort="class")).filter(about)
    signals = Signal.objects.visible_to(user).filter(of_subject, state=SignalState.OPEN, period__year=talk.year_id)
    today = access_of(user).today
    if sees_escalated_only(user) and today is not None:
        signals = signals.filter(Q(escalates__isnull=True) | Q(escalates__lte=today))
    ordered = signals_with_marks(signals).order_by(
        "school_class__grade", "school_class__letter", "pupil__sort_key", "subject__sort_key", "pk"
    )
    names = subject_names(talk.school_id)
    return Summary(period, tuple(registry_rows(user, entries, names)), tuple(signal_rows(ordered)))


def _about(user: User, talk: Interview) -> tuple[Q, Q]:
    """Conditions for entries and for signals: a pupil, a class, or what the teacher teaches today."""
    if talk.pupil_id is not None:
        return Q(pupil=talk.pupil_id), Q(pupil=talk.pupil_id)
    if talk.school_class_id is not None:
        return Q(school_class=talk.school_class_id), Q(school_class=talk.school_class_id)
    return _taught(user, talk)


def _taught(user: User, talk: Interview) -> tuple[Q, Q]:
    today = access_of(user).today
    assert today is not None  # interviews are of people of a school
    duties = TeachingAssignment.objects.on(today).filter(staff=talk.staff_id)
    entries, signals = Q(pk__in=[]), Q(pk__in=[])
    for school_class, subject, group in duties.values_list("school_class", "subject", "subgroup"):
        those = Q(school_class=school_class)
        if group is not None:
            those &= Q(pupil__in=_members(group))
        entries |= those & Q(subjects__contains=[subject])
        signals |= those & Q(subject=subject)
    return entries, signals


def _members(group: int) -> object:
    return TeachingAssignment.objects.filter(subgroup=group, subgroup__pupils__isnull=False).values("subgroup__pupils")
