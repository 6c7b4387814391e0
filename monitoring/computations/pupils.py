"""Indicators over pupils: who is at risk, and who of them is provided with what."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from consultations.models import AppointmentPupil
from consultations.selectors.schedule import schedule_is_approved
from consultations.words import MeetingState
from iom.models import (
    Achievement,
    CourseSeat,
    ExtraAttendance,
    MentoringPair,
    MetaResult,
    Route,
    RouteVersion,
    WorkEntryPupil,
)
from iom.programs import ProgramKind
from iom.selectors.extra_share import OUTSIDE
from iom.selectors.mentoring import active_on
from iom.selectors.programs import in_force
from iom.words import RouteKind, RouteState, SessionState
from monitoring.computations import names
from monitoring.computations.base import Number, Reckoned, Rows, Scope
from risk_registry.categories import AT_RISK, IN_REGISTRY, Category
from risk_registry.models import EntryCause, RegistryEntry
from risk_registry.selectors.registry import OUT
from school.models import Pupil, Responsibility
from school.roles import ResponsibilityKind
from school.selectors_social import counted_in_group
from school.social_groups import SocialGroup

SAME = {"pupil": OuterRef("pk")}
DEVELOPED = Q(number__gt=0) | Q(state__in=(RouteState.WITH_PARENTS, RouteState.AGREED))


def _share(scope: Scope, of: QuerySet[Pupil], having: Q | Exists, *, at_risk: bool = True) -> Reckoned:
    named = names.pupils(scope.day)
    return Reckoned(Rows(of.filter(having), named), Rows(of, named), scope.basis if at_risk else "")


def _weak(scope: Scope) -> QuerySet[Pupil]:
    """Failing and weak: the denominators of the long-term program and of the region."""
    return scope.pupils_in(AT_RISK)


def _with_reserve(scope: Scope) -> QuerySet[Pupil]:
    """Everybody with risks: the denominators of the program of the year."""
    return scope.pupils_in(IN_REGISTRY)


def at_risk(scope: Scope) -> Reckoned:
    """R01 and the goal G01: failing and weak of all pupils; the reserve is not in it."""
    named = names.pupils(scope.day)
    parts = tuple(
        (words, Rows(scope.pupils_in([category]), named))
        for category, words in ((Category.FAILING, "неуспевающие"), (Category.WEAK, "слабоуспевающие"))
    )
    return Reckoned(Rows(_weak(scope), named), Rows(scope.contingent(), named), scope.basis, parts)


def tutored(scope: Scope) -> Reckoned:
    """P09: with a tutor on the day."""
    tutors = Responsibility.objects.on(scope.day).filter(kind=ResponsibilityKind.TUTOR, **SAME)
    return _share(scope, _weak(scope), Exists(tutors))


def _routes(scope: Scope) -> QuerySet[Route]:
    """Routes of pupils of the year that nobody took back, of any kind."""
    rows = Route.objects.filter(year=scope.year, begins__lte=scope.day).exclude(kind=RouteKind.TEACHER)
    return rows.exclude(state=RouteState.WITHDRAWN)


def _approved(scope: Scope) -> Q:
    """A version of the route was approved: by the day, when it is asked how things stood then."""
    if not scope.as_of:
        return Q(number__gt=0)
    return Q(Exists(RouteVersion.objects.filter(route=OuterRef("pk"), paper_date__lte=scope.day)))


def routed(scope: Scope) -> Reckoned:
    """P10: with a route that was approved; what is finished is told apart."""
    rows, named = _routes(scope).filter(**SAME), names.pupils(scope.day)
    done = Rows(_weak(scope).filter(Exists(rows.filter(state=RouteState.FINISHED))), named)
    going = Rows(_weak(scope).filter(Exists(rows.filter(_approved(scope)).exclude(state=RouteState.FINISHED))), named)
    told = _share(scope, _weak(scope), Exists(rows.filter(_approved(scope))))
    return Reckoned(told.numerator, told.denominator, told.basis, (("реализуется", going), ("реализован", done)))


def developed(scope: Scope) -> Reckoned:
    """R02: with a route on which the teachers have agreed, approved or not yet."""
    return _share(scope, _weak(scope), Exists(_routes(scope).filter(DEVELOPED, **SAME)))


def planned(scope: Scope) -> Reckoned:
    """S2: everybody with risks, with an approved route."""
    return _share(scope, _with_reserve(scope), Exists(_routes(scope).filter(_approved(scope), **SAME)))


def _attending(scope: Scope) -> Q:
    """Came to an extra lesson in the period, or was worked with outside of lessons (as `iom.selectors.extra_share`)."""
    came = ExtraAttendance.objects.filter(
        came=True, session__state=SessionState.HELD, session__on__range=scope.days, **SAME
    )
    worked = WorkEntryPupil.objects.filter(
        entry__on__range=scope.days, entry__form__in=OUTSIDE, entry__withdrawn_at__isnull=True, **SAME
    )
    return Q(Exists(came)) | Q(Exists(worked.filter(entry__extra_session__isnull=True)))


def attending(scope: Scope) -> Reckoned:
    """P12: failing and weak who attend extra lessons in the period."""
    return _share(scope, _weak(scope), _attending(scope))


def failing_attending(scope: Scope) -> Reckoned:
    """R06: the failing alone who attend extra lessons in the period."""
    return _share(scope, scope.pupils_in([Category.FAILING]), _attending(scope))


def _going_to(scope: Scope, kind: ProgramKind) -> Exists:
    seats = CourseSeat.objects.filter(in_force(scope.day), removed_at__isnull=True, program__kind=kind, **SAME)
    return Exists(seats)


def extra_education(scope: Scope) -> Reckoned:
    """P13: failing and weak who go to a program of extra education."""
    return _share(scope, _weak(scope), _going_to(scope, ProgramKind.EXTRA))


def extra_education_of_all(scope: Scope) -> Reckoned:
    """S6: everybody with risks who goes to a program of extra education."""
    return _share(scope, _with_reserve(scope), _going_to(scope, ProgramKind.EXTRA))


def caused(scope: Scope) -> Reckoned:
    """S1: with a cause that stands in the registry of the period."""
    entries = RegistryEntry.objects.filter(period=scope.period).exclude(state__in=OUT).values("pk")
    causes = EntryCause.objects.filter(entry__in=entries, **SAME)
    if scope.as_of:
        standing = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=scope.ended)
        causes = causes.filter(standing, on__lte=scope.day)
    else:
        causes = causes.filter(withdrawn_at__isnull=True)
    return _share(scope, _with_reserve(scope), Exists(causes))


def mentored(scope: Scope) -> Reckoned:
    """S3: in a mentoring pair at work, with a program."""
    pairs = MentoringPair.objects.filter(active_on(scope.day), **SAME).exclude(program="")
    return _share(scope, _with_reserve(scope), Exists(pairs))


def competing(scope: Scope) -> Reckoned:
    """S7: took part in a competition of the year."""
    return _share(scope, _with_reserve(scope), Exists(_won(scope)))


def _won(scope: Scope) -> QuerySet[Achievement]:
    return Achievement.objects.filter(removed_at__isnull=True, year=scope.year, on__lte=scope.day, **SAME)


def progressing(scope: Scope) -> Reckoned:
    """S4: of all pupils, those whose sheet of progress holds more than marks: a competition or a metasubject result."""
    meta = MetaResult.objects.filter(removed_at__isnull=True, year=scope.year, on__lte=scope.day, **SAME)
    return _share(scope, scope.contingent(), Q(Exists(_won(scope))) | Q(Exists(meta)), at_risk=False)


def schedule_approved(scope: Scope) -> Reckoned:
    """S5: an approved schedule is in force; beside it how many with risks have met a specialist or are to."""
    there = schedule_is_approved(scope.school, scope.year, scope.day)
    met = AppointmentPupil.objects.filter(on__range=(scope.period.starts, scope.period.ends), **SAME)
    met = met.exclude(state=MeetingState.CANCELLED)
    booked = Rows(_with_reserve(scope).filter(Exists(met)))  # who goes to a specialist is listed by the service alone
    parts = (("с назначенной консультацией", booked), ("с рисками", Rows(_with_reserve(scope))))
    return Reckoned(Number(int(there)), None, "", parts)


def _in_group(scope: Scope, group: SocialGroup) -> Reckoned:
    """A number alone, whoever asks."""
    of = scope.contingent()
    return Reckoned(Rows(of.filter(counted_in_group(group, scope.day))), Rows(of))


def special_needs(scope: Scope) -> Reckoned:
    """R03: with limited health."""
    return _in_group(scope, SocialGroup.OVZ)


def non_native(scope: Scope) -> Reckoned:
    """R04: whose first language is not Russian."""
    return _in_group(scope, SocialGroup.NON_NATIVE_RUSSIAN)
