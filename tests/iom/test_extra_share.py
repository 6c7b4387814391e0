"""Indicators P12 and R06: different denominators, the same pupils behind both."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from iom.selectors.extra_share import Share, extra_lessons_shares
from iom.services.extra import extra_group_create
from iom.services.extra_sessions import extra_session_hold
from iom.services.work import Work, WorkedWith, work_record
from iom.work_words import WorkWay
from risk_registry.categories import Category
from risk_registry.models import RegistryEntry
from school.models import Period, Pupil, User
from tests.factories import make_pupil
from tests.iom.extra_making import Day, make_day

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 11, 2), date(2026, 11, 21)


@pytest.fixture
def day() -> Day:
    return make_day()


def enter(day: Day, pupil: Pupil, category: Category, **told: object) -> None:
    now = day.school.now()
    known: dict[str, object] = {"created_at": now, "changed_at": now, "school_class": day.school_class}
    RegistryEntry.objects.create(
        school=day.school, period=quarter(day), pupil=pupil, category=category, **(known | told)
    )


def quarter(day: Day) -> Period:
    return Period.objects.get(year=day.school_class.year, system="quarters", number=1)


def counted(share: Share) -> tuple[int, int]:
    return len(share.attending), len(share.of)


def test_p12_counts_weak_and_failing_and_r06_failing_only(day: Day) -> None:
    weak, away, reserve, out = (
        make_pupil(day.school_class, f"{name} Анна") for name in ("Белова", "Зимина", "Орлова", "Чернова")
    )
    for pupil, category in (
        (day.walker, Category.FAILING),
        (day.rider, Category.FAILING),
        (weak, Category.WEAK),
        (away, Category.WEAK),
        (reserve, Category.RESERVE),
    ):
        enter(day, pupil, category)
    enter(day, out, Category.FAILING, state="removed", removal="other", remark="ошибка")
    draft = day.draft("13:30", "14:10")
    group = extra_group_create(
        by=day.user, year=day.school_class.year, draft=draft, pupils=[day.walker, day.rider, weak, reserve]
    )
    extra_session_hold(by=day.user, group=group, on=date(2026, 11, 10), came=[day.walker.pk, weak.pk, reserve.pk])

    shares = extra_lessons_shares(day.deputy, quarter(day), FIRST, LAST)
    assert (counted(shares.p12), counted(shares.r06)) == ((2, 4), (1, 2))
    assert (shares.p12.words, [one.pupil for one in shares.r06.attending]) == ("50,0\u00a0%", [day.walker])
    absent = next(one for one in shares.p12.of if one.pupil == day.rider)
    assert (absent.came, absent.held, absent.attends) == (0, 1, False)

    before = extra_lessons_shares(day.deputy, quarter(day), date(2026, 9, 1), date(2026, 10, 31))
    assert counted(before.p12) == (0, 4)


def test_an_entry_of_the_journal_outside_of_lessons_counts_and_one_in_the_lesson_does_not(day: Day) -> None:
    enter(day, day.walker, Category.FAILING)
    enter(day, day.rider, Category.FAILING)
    for pupil, form in ((day.walker, WorkWay.CONSULTATION), (day.rider, WorkWay.LESSON)):
        work = Work(date(2026, 11, 10), "Дроби", form=form)
        work_record(by=day.user, school=day.school, work=work, pupils=[WorkedWith(pupil)])

    shares = extra_lessons_shares(day.deputy, quarter(day), FIRST, LAST)

    assert [one.pupil for one in shares.r06.attending] == [day.walker]


def test_the_page_names_those_behind_each_number(client: Client, day: Day) -> None:
    enter(day, day.walker, Category.FAILING)
    enter(day, day.rider, Category.WEAK)
    client.force_login(User.objects.get(username="ermolaeva"))
    address = f"{reverse('extra:share')}?period={quarter(day).pk}"

    failing = client.get(f"{address}&list=failing").content.decode()
    away = client.get(f"{address}&list=away").content.decode()

    assert "Рябов Денис" in failing
    assert "Ковтун Матвей" not in failing
    assert "Рябов Денис" in away
    assert "Ковтун Матвей" in away
