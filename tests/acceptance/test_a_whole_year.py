"""The demo school lives through a year: a moving clock, the services that pages call, the numbers that people read.

Provisional → agreed → approved → removed → annual counts → change of year → the first days of the new one.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from common.errors import Refused
from demo import cast
from gradebook.selectors_sheet import class_with_terms, term_chosen, terms_of
from gradebook.services.sheet import results_enter
from gradebook.sheet import CellSent, CellState
from monitoring.reports.quarter.report import build_quarterly
from risk_registry.categories import Category, EntryState, Grounds, SignalState
from risk_registry.causes import CauseMethod, Established
from risk_registry.debts import DebtState
from risk_registry.models import AcademicDebt, PupilCategory, RegistryEntry, Signal
from risk_registry.selectors.answers import classification_answer
from risk_registry.selectors.open_debts import open_debts
from risk_registry.services.causes import entries_agree
from risk_registry.services.classification import period_classify
from risk_registry.services.debts import debts_confirm
from risk_registry.services.registry import entries_decide
from risk_registry.workflow import Deed
from school.lots import Lot
from school.models import START, AcademicYear, Enrolment, Period, Pupil, School, SchoolClass, User, YearChange
from school.selectors_year_change import lots_written, year_preview
from school.services.year_change import year_change
from school.services.year_undo import year_change_undo
from tests.checksums import checksums

pytestmark = pytest.mark.django_db
FAILS, CATCHES_UP = "Ковтун", "Рябов"


class Year:
    """The demo school in 2026/27 and what its people do; each day is set before they do it."""

    def __init__(self) -> None:
        self.school = School.objects.get(code=cast.CODE)
        self.seventh = SchoolClass.objects.get(year__school=self.school, year__start=2026, grade=7, letter="А")

    def on(self, day: date) -> None:
        School.objects.filter(pk=self.school.pk).update(demo_today=day)
        self.school.refresh_from_db()

    def person(self, login: str) -> User:
        """Found anew: what was known of a person lasts for one request."""
        return User.objects.select_related("school", "staff").get(username=login)

    def period(self, number: int) -> Period:
        rows = Period.objects.select_related("year__school__settings")
        return rows.get(year__school=self.school, year__start=2026, system="quarters", number=number)

    def pupil(self, name: str) -> Pupil:
        return Pupil.objects.filter(school=self.school, last_name=name).earliest("pk")

    def entry(self, name: str, number: int) -> RegistryEntry:
        return RegistryEntry.objects.get(period=self.period(number), pupil=self.pupil(name))

    def enter(self, code: str, low: dict[str, dict[str, str]]) -> Counter[CellState]:
        """The deputy types the results of 7А: fours, but for `low` by surname and subject; what stood is known."""
        deputy = self.person("zavuch")
        row = class_with_terms(deputy).get(pk=self.seventh.pk)
        term = term_chosen(terms_of(row, self.school.today()), code, self.school.today())
        taught = row.assignments.values_list("subject", "subject__name").distinct()
        pupils = list(Pupil.objects.filter(enrolments__school_class=row, enrolments__ends__isnull=True))
        cells = [
            CellSent(pupil.pk, subject, low.get(pupil.last_name, {}).get(name, "4"), "")
            for pupil in pupils
            for subject, name in taught
        ]
        return Counter(answer.state for answer in results_enter(by=deputy, school_class=row, term=term, cells=cells))

    def decide(self, login: str, entries: list[RegistryEntry], what: Deed, comment: str = "") -> None:
        versions = {entry.pk: entry.version for entry in entries}
        grounds = Grounds.REACHED if what == Deed.REMOVE else Grounds.OTHER
        entries_decide(by=self.person(login), versions=versions, what=what, comment=comment, grounds=grounds)


@pytest.fixture(scope="module")
def lived(demo_of_the_module: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Year]:
    """The school at the end of August: each step of the year was checked on its way."""
    with django_db_blocker.unblock(), transaction.atomic():
        year = Year()
        _second_quarter(year)
        _end_of_year(year)
        yield year
        transaction.set_rollback(True)


def _second_quarter(year: Year) -> None:
    """Provisional in December, final in January, agreed, approved; one is removed when he has caught up."""
    year.on(date(2026, 12, 20))
    period_classify(period=year.period(2))
    assert year.entry(FAILS, 2).provisional and year.entry(FAILS, 2).state == EntryState.PROPOSED

    year.on(date(2027, 1, 11))
    typed = year.enter("2", {FAILS: {"Алгебра": "2"}, CATCHES_UP: {"Русский язык": "2"}})
    assert set(typed) == {CellState.SAVED}
    mine = [year.entry(name, 2) for name in (FAILS, CATCHES_UP)]
    assert [(entry.category, entry.provisional) for entry in mine] == [(Category.FAILING, False)] * 2

    told = Established(CauseMethod.TALK, year.school.today())
    versions = {entry.pk: entry.version for entry in mine}
    entries_agree(by=year.person("klass"), versions=versions, codes=["CT02"], told=told)
    year.on(date(2027, 1, 14))
    year.decide("zavuch", [year.entry(name, 2) for name in (FAILS, CATCHES_UP)], Deed.APPROVE)
    year.on(date(2027, 2, 15))
    year.decide("zavuch", [year.entry(CATCHES_UP, 2)], Deed.REMOVE, "Пересдал.")
    states = [year.entry(name, 2).state for name in (FAILS, CATCHES_UP)]
    assert states == [EntryState.APPROVED, EntryState.REMOVED]


def _end_of_year(year: Year) -> None:
    """Results of the fourth quarter and of the year; a debt is confirmed."""
    year.on(date(2027, 5, 28))
    year.enter("4", {FAILS: {"Алгебра": "2"}})
    year.enter("year", {FAILS: {"Алгебра": "2"}, CATCHES_UP: {"Русский язык": "3"}})
    debt = AcademicDebt.objects.get(pupil=year.pupil(FAILS))
    assert debt.state == DebtState.PROPOSED
    year.on(date(2027, 6, 1))
    debts_confirm(by=year.person("zavuch"), versions={debt.pk: debt.version})
    year.on(date(2027, 8, 27))


@pytest.fixture
def ended(lived: Year, db: None) -> Year:
    """That school as it was made, whatever other tests have done to theirs."""
    lived.school.refresh_from_db()
    return lived


@pytest.fixture
def changed(ended: Year) -> YearChange:
    old = AcademicYear.objects.select_related("school").get(school=ended.school, start=2026)
    deputy = ended.person("zavuch")
    return year_change(by=deputy, old=old, seen=year_preview(deputy, old).digest)


def test_the_annual_counts_are_those_of_the_registry(ended: Year) -> None:
    last = ended.period(4)
    report = build_quarterly(school=ended.school, period=last)
    counted = Counter(PupilCategory.objects.filter(period=last).values_list("category", flat=True))

    seventh = next(line for line in report.classes if line.name == "7А")
    assert (seventh.failing, seventh.weak) == (1, 0)
    assert (report.totals.pupils, report.totals.failing) == (counted.total(), counted[Category.FAILING])
    assert [line.name for line in report.pupils if line.school_class == "7А" and line.category == "failing"] == [
        ended.pupil(FAILS).full_name
    ]


def debtors(school: School) -> set[int]:
    """Pupils with an open debt, those of earlier years included."""
    return {debt.pupil for debt in open_debts(school, school.today())}


def test_the_preview_tells_of_everybody_before_anything_is_written(ended: Year) -> None:
    old = AcademicYear.objects.select_related("school").get(school=ended.school, start=2026)
    before = checksums()

    preview = year_preview(ended.person("zavuch"), old)

    seated = Enrolment.objects.filter(school_class__year=old, ends__isnull=True).count()
    assert (preview.counts.total(), preview.problems) == (seated, [])
    told = {line.pupil.pk: line for line in preview.pupils if line.lot in (Lot.CONDITIONAL, Lot.REPEATS)}
    fails = told[ended.pupil(FAILS).pk]
    assert (fails.lot, fails.fate.reason) == (Lot.CONDITIONAL, "задолженность: Алгебра")
    assert set(told) == debtors(ended.school)
    assert checksums() == before


def test_classes_go_up_and_signals_close(ended: Year, changed: YearChange) -> None:
    lots = Counter(line.lot for line in lots_written(ended.person("zavuch"), changed))
    last = Enrolment.objects.filter(school_class__year=changed.old, school_class__grade=11, ends=changed.old.ends)

    assert lots[Lot.CONDITIONAL] + lots[Lot.REPEATS] == len(debtors(ended.school))
    assert lots[Lot.FINISHED] == last.filter(outcome=Lot.FINISHED).count() > 0
    names = set(SchoolClass.objects.filter(year=changed.new).values_list("name", flat=True))
    grown = {f"{row.grade + 1}{row.letter}" for row in SchoolClass.objects.filter(year=changed.old, grade__lt=11)}
    assert grown <= names
    assert not Signal.objects.filter(period__year=changed.old, state=SignalState.OPEN).exists()
    assert ended.entry(FAILS, 2).state == EntryState.APPROVED


def test_change_and_undo_leave_every_table_but_the_logs_as_it_was(ended: Year) -> None:
    old = AcademicYear.objects.select_related("school").get(school=ended.school, start=2026)
    deputy, before = ended.person("zavuch"), checksums()

    change = year_change(by=deputy, old=old, seen=year_preview(deputy, old).digest)
    changed = {table for table, told in checksums().items() if told != before[table]}
    year_change_undo(by=deputy, change=change)

    assert {"school_enrolment", "school_schoolclass", "school_teachingassignment"} <= changed
    assert {"risk_registry_signal", "risk_registry_registryentry", "risk_registry_pupilcategory"} <= changed
    assert checksums() == before


def test_the_new_year_begins_with_those_at_risk(ended: Year, changed: YearChange, client: Client) -> None:
    ended.on(date(2027, 9, 10))
    begins = Period.objects.select_related("year__school__settings").get(year=changed.new, system=START)

    answer = classification_answer(ended.school, begins)
    mine = {row["name"]: row for row in answer["pupils"] if row["class"] == "8А"}
    assert mine[ended.pupil(FAILS).full_name]["category"] == "failing"
    assert mine[ended.pupil(FAILS).full_name]["subjects"] == ["Алгебра"]
    for login in ("zavuch", "klass", "director", "predmet"):
        client.force_login(ended.person(login))
        assert client.get(reverse("desk:home")).status_code == 200
    client.force_login(ended.person("klass"))
    assert "8А" in client.get(reverse("desk:home")).content.decode()
    page = client.get(f"{reverse('registry:list')}?period={begins.pk}").content.decode()
    assert FAILS in page


def test_the_old_year_stays_readable(ended: Year, changed: YearChange, client: Client) -> None:
    ended.on(date(2027, 9, 10))
    client.force_login(ended.person("zavuch"))
    second, pupil = ended.period(2), ended.pupil(FAILS)

    pages = {
        f"{reverse('registry:list')}?period={second.pk}": FAILS,
        f"{reverse('registry:as_of')}?period={second.pk}&on=2027-01-20": CATCHES_UP,
        reverse("desk:class", args=[ended.seventh.pk]): FAILS,
        f"{reverse('desk:pupil', args=[pupil.pk])}?year=2026&period=2": "2026/27",
        f"{reverse('school:classes')}?year=2026": "7А",
    }
    for address, word in pages.items():
        answer = client.get(address)
        assert answer.status_code == 200 and word in answer.content.decode(), address
    assert build_quarterly(school=ended.school, period=ended.period(4)).totals.failing >= 1


def test_once_the_new_years_list_was_worked_on_the_change_is_not_undone(ended: Year, changed: YearChange) -> None:
    ended.on(date(2027, 9, 10))
    begins = Period.objects.get(year=changed.new, system=START)
    entry = RegistryEntry.objects.get(period=begins, pupil=ended.pupil(FAILS))
    ended.decide("klass", [entry], Deed.AGREE)

    with pytest.raises(Refused) as refusal:
        year_change_undo(by=ended.person("zavuch"), change=changed)

    assert any("реестра" in told for told in refusal.value.details)
