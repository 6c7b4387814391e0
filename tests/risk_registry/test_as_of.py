"""Who was in the registry on a day of the past."""

from datetime import date, datetime, timedelta
from functools import partial
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from openpyxl import load_workbook

from risk_registry.categories import Category
from risk_registry.models import RegistryStep
from risk_registry.selectors.as_of import AsOf, counts_as_of, rows_as_of, steps_as_of
from risk_registry.selectors.registry import subject_names
from risk_registry.services.registry import entries_decide, entry_correct
from risk_registry.workflow import Deed
from school.models import Enrolment, Pupil, School, SchoolClass, User
from school.roles import Position
from tests.counting import MOST, counts, seat_slipping
from tests.factories import make_class, make_pupil, make_staff
from tests.risk_registry.making import entry_of, give_marks, give_result, judged, period_of

pytestmark = pytest.mark.django_db
PAGE = "/registry/as-of/"
ZONE = ZoneInfo("Europe/Moscow")


@pytest.fixture
def pupil(seventh: SchoolClass) -> Pupil:
    pupil = make_pupil(seventh, "Ковтун Матвей Андреевич")
    give_marks(pupil, "Алгебра", 2, 5, 5)
    judged(pupil)
    return pupil


def decide(by: User, pupil: Pupil, what: Deed) -> None:
    entry = entry_of(pupil)
    entries_decide(by=by, versions={entry.pk: entry.version}, what=what, comment="по итогам")


def move_last_step(pupil: Pupil, on: date, hour: int = 12) -> None:
    """The clock of a test: the entry's last step was made on that day."""
    last = entry_of(pupil).steps.order_by("-version")[0]
    RegistryStep.objects.filter(pk=last.pk).update(at=datetime(on.year, on.month, on.day, hour, tzinfo=ZONE))


@pytest.fixture
def story(deputy: User, pupil: Pupil) -> Pupil:
    """Proposed weak on 2 November, failing on 4, approved on 6, corrected to reserve on 9, removed on 12."""
    move_last_step(pupil, date(2026, 11, 2))
    give_result(pupil, "Алгебра", "2")
    judged(pupil)
    move_last_step(pupil, date(2026, 11, 4))
    decide(deputy, pupil, Deed.APPROVE)
    move_last_step(pupil, date(2026, 11, 6), hour=23)
    entry = entry_of(pupil)
    entry_correct(
        by=deputy, entry=entry, version=entry.version, category=Category.RESERVE, subjects=[], reason="пересдал"
    )
    move_last_step(pupil, date(2026, 11, 9))
    decide(deputy, pupil, Deed.REMOVE)
    move_last_step(pupil, date(2026, 11, 12))
    return pupil


def on(user: User, school: School, day: date) -> list[tuple[str, str, str, bool]]:
    period = period_of(school)
    rows = rows_as_of(steps_as_of(user, AsOf(period, day)), subject_names(school.pk))
    return [(row.category.value, row.state.value, ", ".join(row.subjects), row.corrected) for row in rows]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 1), []),
        (date(2026, 11, 2), [("weak", "proposed", "Алгебра", False)]),
        (date(2026, 11, 5), [("failing", "proposed", "Алгебра", False)]),
        (date(2026, 11, 6), [("failing", "approved", "Алгебра", False)]),
        (date(2026, 11, 9), [("reserve", "approved", "", True)]),
        (date(2026, 11, 12), []),
    ],
)
def test_it_tells_category_and_state_of_that_day(
    deputy: User, school: School, story: Pupil, day: date, expected: list[tuple[str, str, str, bool]]
) -> None:
    assert on(deputy, school, day) == expected
    asked = AsOf(period_of(school), day)
    assert counts_as_of(deputy, asked) == {row[1]: 1 for row in expected}


def test_the_day_ends_on_the_schools_clock(deputy: User, school: School, story: Pupil) -> None:
    """Approved at 23:00 on the sixth in Moscow; in Vladivostok that is the seventh."""
    school.timezone = "Asia/Vladivostok"
    school.save()
    assert on(deputy, school, date(2026, 11, 6))[0][1] == "proposed"
    assert on(deputy, school, date(2026, 11, 7))[0][1] == "approved"


def test_the_class_is_that_of_the_day(deputy: User, school: School, story: Pupil) -> None:
    seat = Enrolment.objects.get(pupil=story)
    seat.ends = date(2026, 11, 4)
    seat.save()
    Enrolment.objects.create(pupil=story, school_class=make_class(school, "7Б"), starts=date(2026, 11, 5))
    names = [
        [row.school_class for row in rows_as_of(steps_as_of(deputy, AsOf(period_of(school), day)), {})]
        for day in (date(2026, 11, 4), date(2026, 11, 6))
    ]
    assert names == [["7А"], ["7Б"]]


def test_each_sees_the_own_pupils_of_that_day(client: Client, school: School, story: Pupil) -> None:
    other = make_staff(school, "Власова Надежда", Position.TEACHER, login="other")
    make_class(school, "8А", teacher=other)
    assert on(User.objects.get(staff=other), school, date(2026, 11, 6)) == []
    client.force_login(User.objects.get(staff=other))
    assert client.get(f"{PAGE}?on=2026-11-06").context["rows"] == []


def test_the_page_asks_a_day_and_the_workbook_has_its_rows(as_deputy: Client, school: School, story: Pupil) -> None:
    page = as_deputy.get(f"{PAGE}?on=2026-11-09")
    assert [row.pupil for row in page.context["rows"]] == [story]
    assert "исправлено завучем" in page.content.decode()
    assert as_deputy.get(f"{PAGE}?on=2026-11-09&state=agreed").context["rows"] == []
    assert as_deputy.get(f"{PAGE}?on=2026-11-09&text=зим").context["rows"] == []
    sheet = load_workbook(BytesIO(as_deputy.get(f"{PAGE}export/?on=06.11.2026").content)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert "На конец дня 06.11.2026" in str(rows[0][0])
    assert rows[2][:6] == ("Ковтун Матвей Андреевич", "7А", "Неуспевающий", "нет", "Алгебра", "Утверждён")


@pytest.mark.parametrize("query", ["on=нет", "on=0226-01-01", "period=x&state=?", "on=2030-01-01", ""])
def test_an_odd_question_is_answered_with_today(as_deputy: Client, story: Pupil, query: str) -> None:
    assert as_deputy.get(f"{PAGE}?{query}").status_code == 200


def test_the_page_asks_the_same_few_queries_whatever_the_number_of_pupils(
    as_deputy: Client, seventh: SchoolClass
) -> None:
    [one, many, most] = counts(partial(seat_slipping, seventh), as_deputy, PAGE)
    assert one == many == most <= MOST


def test_whatever_day_is_asked_the_answer_is_what_the_steps_say(deputy: User, school: School, story: Pupil) -> None:
    """Every day of the month, against the steps read one by one."""
    steps = list(entry_of(story).steps.order_by("version"))
    for number in range(30):
        day = date(2026, 11, 1) + timedelta(days=number)
        past = [step for step in steps if step.at.astimezone(ZONE).date() <= day]
        standing = [past[-1]] if past and past[-1].to_state not in ("removed", "withdrawn") else []
        assert [(row[0], row[1]) for row in on(deputy, school, day)] == [
            (step.category, step.to_state) for step in standing
        ]
