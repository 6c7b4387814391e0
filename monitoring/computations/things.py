"""Indicators over programs, pairs, agreements and deeds of the roadmap, and the bank of pupils at risk."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse

from common.russian import date_short
from iom.mentoring import PairForm
from iom.models import MentoringPair, PartnerAgreement, Program
from iom.programs import ProgramKind
from iom.selectors.mentoring import active_on
from iom.selectors.programs import in_force, supported_subjects
from monitoring.computations import names
from monitoring.computations.base import Name, Number, Reckoned, Rows, Scope
from roadmaps.models import Occurrence
from roadmaps.selectors.sittings import protocols_counted
from school.access import Viewer


def _programs(scope: Scope) -> QuerySet[Program]:
    """The school's own programs in force on the day; those of other organisations count for who attends them."""
    return Program.objects.filter(in_force(scope.day), school=scope.school, removed_at__isnull=True, where="")


def network_programs(scope: Scope) -> Reckoned:
    """P14: run together with a partner of the network."""
    of = _programs(scope)
    return Reckoned(Rows(of.filter(network=True), names.programs), Rows(of, names.programs))


def supporting_courses(scope: Scope) -> Reckoned:
    """P19: approved courses in support of the five subjects, of all courses."""
    of = _programs(scope).filter(kind=ProgramKind.COURSE)
    supporting = of.filter(approved_on__lte=scope.day, subject__in=supported_subjects(scope.school))
    return Reckoned(Rows(supporting, names.programs), Rows(of, names.programs))


def literacy_programs(scope: Scope) -> Reckoned:
    """P20: approved programs of extra education about functional literacy."""
    rows = _programs(scope).filter(kind=ProgramKind.EXTRA, literacy=True, approved_on__lte=scope.day)
    return Reckoned(Rows(rows, names.programs))


def _pairs(scope: Scope, form: PairForm) -> QuerySet[MentoringPair]:
    return MentoringPair.objects.filter(active_on(scope.day), school=scope.school, form=form)


def teacher_pairs(scope: Scope) -> Reckoned:
    """P15: pairs «учитель — ученик» at work on the day."""
    return Reckoned(Rows(_pairs(scope, PairForm.TEACHER), names.pairs))


def pupil_pairs(scope: Scope) -> Reckoned:
    """P16: pairs «ученик — ученик» at work on the day; those with a teacher's assistant are told apart."""
    rows = _pairs(scope, PairForm.PUPILS)
    assisted = Rows(rows.filter(assistant=True), names.pairs)
    return Reckoned(Rows(rows, names.pairs), None, "", (("с ассистентом учителя", assisted),))


def agreements(scope: Scope) -> Reckoned:
    """P17: agreements with partners of the network in force on the day."""
    rows = PartnerAgreement.objects.filter(in_force(scope.day), school=scope.school, removed_at__isnull=True)
    return Reckoned(Rows(rows.filter(partner__removed_at__isnull=True), names.agreements))


def bank_kept(scope: Scope) -> Reckoned:
    """P18: somebody is in the registry of the year, and an approval of the year says that it was gone through."""
    return _of_acts(scope, "P18")


def algorithm(scope: Scope) -> Reckoned:
    """P22: a local act in force says how pupils are found and accompanied."""
    return _of_acts(scope, "P22")


def support_acts(scope: Scope) -> Reckoned:
    """P33: all regulations of the passport's list are in force, and an agreement about psychological help."""
    return _of_acts(scope, "P33")


def _of_acts(scope: Scope, code: str) -> Reckoned:
    told = scope.acts[code]
    lacks = f"Не хватает: {'; '.join(told.lacks)}." if told.lacks else ""
    return Reckoned(Number(told.value, lambda user: [Name(name) for name in told.names]), why=lacks)


def protocols(scope: Scope) -> Reckoned:
    """P21: signed protocols of the year in which the work with weak and failing pupils was discussed."""
    counted = protocols_counted(None, scope.school, *scope.days_of_year)

    def named(user: Viewer) -> Iterable[Name]:
        for line in protocols_counted(user, scope.school, *scope.days_of_year).lines:
            url = reverse("sittings:sitting", args=[line.sitting.pk])
            yield Name(str(line.sitting), "; ".join(line.questions), url)

    return Reckoned(Number(counted.value, named), None, "", (("подписано всего", Number(counted.of)),))


def _deeds(rows: Iterable[Occurrence]) -> Number:
    """Deeds of the roadmap with their days; they name no pupil."""
    listed = list(rows)
    return Number(len(listed), lambda user: [_deed(row) for row in listed])


def _deed(row: Occurrence) -> Name:
    day = date_short(row.held_on) if row.held_on is not None else ""
    return Name(row.activity.title, day, reverse("roadmap:activity", args=[row.activity_id]))


def _of_roadmap(scope: Scope, code: str) -> Reckoned:
    share = scope.activities[code]
    return Reckoned(_deeds(share.counted), _deeds(share.of))


def with_point(scope: Scope) -> Reckoned:
    """P30: held with the resources of a «Точка роста»."""
    return _of_roadmap(scope, "P30")


def with_specialists(scope: Scope) -> Reckoned:
    """P32: held with specialists of the service."""
    return _of_roadmap(scope, "P32")
