"""Indicators as they stood on a day that has passed."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from monitoring.catalogue import INDICATORS
from monitoring.models import ManualValue
from monitoring.selectors_figures import figures_on
from monitoring.services_measures import value_remove, value_set
from risk_registry.models import RegistryStep
from risk_registry.services.registry import entries_decide
from risk_registry.workflow import Deed
from school.models import Period, Pupil, Responsibility, School, User
from school.roles import Position, ResponsibilityKind
from tests.factories import make_class, make_pupil, make_school, make_staff
from tests.risk_registry.making import entry_of, give_result, judged

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Europe/Moscow")
PROPOSED, APPROVED, REMOVED = date(2026, 11, 2), date(2026, 11, 6), date(2026, 11, 12)


@pytest.fixture
def school() -> School:
    return make_school(today=date(2026, 11, 21))


@pytest.fixture
def deputy(school: School) -> User:
    return User.objects.get(staff=make_staff(school, "Завуч Анна", Position.DEPUTY, login="deputy"))


@pytest.fixture
def pupil(school: School) -> Pupil:
    place = make_class(school, "7А")
    make_pupil(place, "Белов Борис")
    return make_pupil(place, "Авдеев Антон")


@pytest.fixture
def story(deputy: User, pupil: Pupil) -> Period:
    """Of the second quarter: proposed failing on 2 November, approved on 6, removed on 12."""
    give_result(pupil, "Алгебра", "2", period=_period(pupil.school))
    judged(pupil, 2)
    _last_step(pupil, PROPOSED)
    _decide(deputy, pupil, Deed.APPROVE)
    _last_step(pupil, APPROVED)
    _decide(deputy, pupil, Deed.REMOVE)
    _last_step(pupil, REMOVED)
    return _period(pupil.school)


def _period(school: School) -> Period:
    periods = Period.objects.select_related("year__school__settings")
    return periods.get(year__school=school, system="quarters", number=2)


def _decide(by: User, pupil: Pupil, what: Deed) -> None:
    entry = entry_of(pupil, 2)
    entries_decide(by=by, versions={entry.pk: entry.version}, what=what, comment="по итогам")


def _last_step(pupil: Pupil, on: date) -> None:
    """The clock of a test: the entry's last step was made on that day."""
    last = entry_of(pupil, 2).steps.order_by("-version")[0]
    RegistryStep.objects.filter(pk=last.pk).update(at=datetime(on.year, on.month, on.day, 12, tzinfo=ZONE))


def _told(period: Period, day: date, code: str = "R01") -> tuple[int | None, int | None]:
    figure = figures_on(period, day)[code]
    return figure.numerator, figure.denominator


def test_who_was_at_risk_is_read_from_the_steps_of_the_registry(story: Period) -> None:
    assert _told(story, APPROVED) == (1, 2)
    assert _told(story, REMOVED - timedelta(days=1)) == (1, 2)
    assert _told(story, REMOVED) == (0, 2)


def test_before_the_registry_was_approved_nobody_can_tell_and_the_figure_says_so(story: Period) -> None:
    figure = figures_on(story, PROPOSED)["R01"]
    assert (figure.numerator, figure.value) == (None, None)
    assert "не был утверждён" in figure.why
    assert figure.words == "нет данных"


def test_a_tutor_counts_from_the_day_on_which_the_duty_began(story: Period, pupil: Pupil, school: School) -> None:
    tutor = make_staff(school, "Тьютор Олег", Position.TUTOR)
    Responsibility.objects.create(
        person=tutor, pupil=pupil, kind=ResponsibilityKind.TUTOR, starts=date(2026, 11, 8), ends=None
    )
    assert _told(story, date(2026, 11, 7), "P09") == (0, 1)
    assert _told(story, date(2026, 11, 8), "P09") == (1, 1)


def test_an_answer_stood_from_when_it_was_given_until_it_was_taken_back(story: Period, deputy: User) -> None:
    row = value_set(
        by=deputy, period=story, indicator=INDICATORS["P28"], number=3, of=40, text="Акт осмотра", content=None
    )
    value_remove(by=deputy, value=row, why="Ошибка")
    ManualValue.objects.filter(pk=row.pk).update(
        at=datetime(2026, 11, 5, 9, tzinfo=ZONE), removed_at=datetime(2026, 11, 9, 9, tzinfo=ZONE)
    )
    assert [_told(story, date(2026, 11, day), "P28")[0] for day in (4, 5, 8, 9)] == [None, 3, 3, None]


def test_what_is_not_kept_by_days_is_said_not_to_be(story: Period) -> None:
    assert {code for code, one in figures_on(story, APPROVED).items() if "По дням" in one.why} == {"R02", "P18"}


def test_the_page_shows_the_day_and_leads_to_its_names(client: Client, story: Period, deputy: User) -> None:
    client.force_login(deputy)
    page = client.get(reverse("indicators:day"), {"on": "2026-11-06"}).content.decode()
    assert "Показатели на 6 ноября 2026" in page
    assert "1 из 2" in page
    names = client.get(reverse("indicators:day_names", args=["2026-11-06", "R01"])).content.decode()
    assert "Авдеев Антон" in names
    assert "Белов Борис" not in names


@pytest.mark.parametrize(
    ("on", "why"), [("вчера", "дат"), ("2027-01-15", "ещё не наступил"), ("2020-01-15", "не было")]
)
def test_a_day_that_cannot_be_is_told_beside_the_field(
    client: Client, story: Period, deputy: User, on: str, why: str
) -> None:
    client.force_login(deputy)
    answer = client.get(reverse("indicators:day"), {"on": on})
    assert answer.status_code == 422
    assert why in answer.content.decode()
