"""The demo school: its stories and its day."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from django.db.models import F
from django.test import Client

from demo import cast
from demo.decisions import RESULTS_ON
from gradebook.models import Mark
from risk_registry.models import PupilCategory, RegistryEntry
from school.models import (
    Enrolment,
    Guardianship,
    Pupil,
    Responsibility,
    School,
    SchoolClass,
    Staff,
    User,
)
from tests.risk_registry.making import period_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(demo_school: School) -> School:
    return demo_school


def category(name: str, number: int, **who: Any) -> str:
    last, first, middle = name.split()
    rows = PupilCategory.objects.filter(period__number=number, period__system="quarters", **who)
    return rows.get(pupil__last_name=last, pupil__first_name=first, pupil__middle_name=middle).category


def test_the_pupils_have_the_stories_of_the_cast(school: School) -> None:
    assert [category("Ковтун Матвей Андреевич", number) for number in (1, 2)] == ["failing", "failing"]  # slipping
    assert [category("Чернова Влада Юрьевна", number) for number in (1, 2)] == ["weak", "none"]  # recovered
    assert category("Белова Майя Денисовна", 1) == "reserve"
    orphan = Guardianship.objects.get(pupil__last_name="Голубев", pupil__first_name="Никита")
    assert orphan.relation == Guardianship.Relation.GUARDIAN
    assert Responsibility.objects.filter(pupil=orphan.pupil, kind="tutor").exists()
    moved = Enrolment.objects.filter(pupil__last_name="Мельник", pupil__first_name="Арсений").order_by("starts")
    assert [(str(seat.school_class), seat.starts) for seat in moved] == [
        ("8Б", date(2026, 9, 1)),
        ("8А", date(2026, 10, 12)),
    ]
    namesakes = Pupil.objects.filter(last_name="Кузьмин", first_name="Алексей", middle_name="Иванович")
    assert len({(pupil.birth_date, str(pupil.enrolments.get().school_class)) for pupil in namesakes}) == 2


def test_classes_run_from_one_to_eleven_with_two_periods_of_marks_and_none_in_class_one(school: School) -> None:
    assert set(SchoolClass.objects.values_list("grade", flat=True)) == set(range(1, 12))
    first, second = period_of(school, 1), period_of(school, 2)
    for period in (first, second):
        assert Mark.objects.filter(date__range=(period.starts, period.ends)).exists()
    assert not Mark.objects.filter(pupil__enrolments__school_class__grade=1).exists()


def test_every_day_that_the_demo_knows_is_counted_from_its_own_today(school: School) -> None:
    assert school.today() == school.now().date() == cast.TODAY
    assert not Mark.objects.filter(date__gte=cast.TODAY).exists()
    assert not RegistryEntry.objects.exclude(changed_at__date__range=(RESULTS_ON, cast.TODAY)).exists()
    client = Client()
    client.force_login(User.objects.get(username="zavuch"))
    desk = client.get("/").content.decode()
    assert "сегодня — 21 ноября 2026 года" in desk
    assert "Суббота, 21\u00a0ноября" in desk or "Суббота, 21 ноября" in desk
    School.objects.filter(pk=school.pk).update(demo_today=F("demo_today") + 2)
    assert "понедельник, 23" in client.get("/").content.decode().lower()


def _names(rows: Iterable[tuple[str, str, str]]) -> set[str]:
    return {" ".join(parts) for parts in rows}


def test_nothing_in_it_is_a_way_to_a_person(school: School) -> None:
    phones = set(Guardianship.objects.values_list("guardian__phone", flat=True))
    assert all(re.fullmatch(r"\+7 900 \d{3}-\d{2}-\d{2}", phone) for phone in phones)
    assert not Staff.objects.exclude(phone="", email="").exists()
    assert not Guardianship.objects.exclude(guardian__email="").exists()
    pupils = _names(Pupil.objects.values_list("last_name", "first_name", "middle_name"))
    assert not pupils & _names(Staff.objects.values_list("last_name", "first_name", "middle_name"))
