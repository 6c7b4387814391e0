"""The demo school: its stories, its day, and the same school for the same seed."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F, Model
from django.test import Client

from demo import cast
from demo.decisions import RESULTS_ON
from demo.services import Plan, demo_load
from gradebook.models import Absence, Mark, PeriodResult
from risk_registry.models import PupilCategory, RegistryEntry
from school.models import (
    Consent,
    Enrolment,
    Guardianship,
    Holiday,
    Pupil,
    Responsibility,
    School,
    SchoolClass,
    SocialFact,
    Staff,
    TeachingAssignment,
    User,
)
from tests.risk_registry.making import period_of

pytestmark = pytest.mark.django_db
SMALL = Plan(pupils=70)
# What the demo is made of, in words that do not depend on keys.
TOLD: dict[type[Model], tuple[str, ...]] = {
    Pupil: ("external_id", "last_name", "first_name", "middle_name", "birth_date", "sex"),
    Staff: ("last_name", "first_name", "middle_name", "user__username"),
    SchoolClass: ("name", "period_system", "class_teacher__sort_key"),
    Enrolment: ("pupil__external_id", "school_class__name", "starts", "ends"),
    Guardianship: ("pupil__external_id", "guardian__sort_key", "guardian__phone", "relation"),
    TeachingAssignment: ("staff__sort_key", "subject__name", "school_class__name", "weekly_hours"),
    Responsibility: ("person__sort_key", "pupil__external_id", "kind"),
    Holiday: ("name", "starts", "ends"),
    Mark: ("pupil__external_id", "subject__name", "date", "ordinal", "value"),
    Absence: ("pupil__external_id", "subject__name", "date", "reason"),
    PeriodResult: ("pupil__external_id", "subject__name", "period__number", "value"),
    PupilCategory: ("pupil__external_id", "period__number", "category", "unrated", "provisional"),
    RegistryEntry: ("pupil__external_id", "period__number", "category", "state"),
    Consent: ("pupil__external_id", "purpose", "given_on", "withdrawn_on"),
    SocialFact: ("pupil__external_id", "group", "starts", "ends", "ground"),
}


def loaded(plan: Plan) -> dict[str, Counter[Any]]:
    """Everything that a load makes; nothing of it stays."""
    with transaction.atomic():
        demo_load(plan)
        told = {model.__name__: Counter(model._default_manager.values_list(*names)) for model, names in TOLD.items()}
        transaction.set_rollback(True)
    return told


def test_two_loads_of_one_seed_are_the_same_and_another_seed_is_another() -> None:
    first, second, other = loaded(SMALL), loaded(SMALL), loaded(Plan(pupils=70, seed=5))

    assert all(rows for rows in first.values())
    assert first == second
    assert first["Mark"] != other["Mark"]
    assert first["Pupil"] != other["Pupil"]


@pytest.fixture
def school() -> School:
    return demo_load(SMALL)[0]


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


def test_more_schools_and_pupils_can_be_asked_for() -> None:
    schools = demo_load(Plan(schools=2, pupils=66))

    assert [school.code for school in schools] == ["demo", "demo-2"]
    assert Pupil.objects.filter(school=schools[1]).count() == 66
