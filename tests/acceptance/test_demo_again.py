"""The demo school again: the same one for the same seed, another for another; larger when more is asked for."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Model
from pytest_django import DjangoDbBlocker

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
    SchoolClass,
    SocialFact,
    Staff,
    TeachingAssignment,
)
from tests.databases import DEMO, Databases

pytestmark = pytest.mark.django_db
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


def told() -> dict[str, Counter[Any]]:
    return {model.__name__: Counter(model._default_manager.values_list(*names)) for model, names in TOLD.items()}


@pytest.fixture(scope="module")
def first(databases: Databases, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> dict[str, Counter[Any]]:
    """Of the demo that all tests share."""
    with django_db_blocker.unblock(), databases.with_demo():
        return told()


def loaded(plan: Plan) -> dict[str, Counter[Any]]:
    """Everything that a load makes; nothing of it stays."""
    with transaction.atomic():
        demo_load(plan)
        made = told()
        transaction.set_rollback(True)
    return made


def test_two_loads_of_one_seed_are_the_same_and_another_seed_is_another(first: dict[str, Counter[Any]]) -> None:
    second, other = loaded(DEMO), loaded(replace(DEMO, seed=5))

    assert all(rows for rows in first.values())
    assert first == second
    assert first["Mark"] != other["Mark"]
    assert first["Pupil"] != other["Pupil"]


def test_more_schools_and_pupils_can_be_asked_for() -> None:
    schools = demo_load(Plan(schools=2, pupils=66))

    assert [school.code for school in schools] == ["demo", "demo-2"]
    assert Pupil.objects.filter(school=schools[1]).count() == 66
