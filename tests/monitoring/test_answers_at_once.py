"""Two people freeze a period or answer for an indicator at once: the second is told, nothing stands twice."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from common.errors import Refused
from monitoring.catalogue import INDICATORS
from monitoring.models import ManualValue, Measurement
from monitoring.services_measures import period_freeze, value_remove, value_set
from school.models import Period, User
from school.roles import Position
from tests.factories import make_school, make_staff
from tests.risk_registry.test_two_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def _value(by: User, period: Period, number: int) -> ManualValue:
    return value_set(
        by=by, period=period, indicator=INDICATORS["P28"], number=number, of=40, text="Акт осмотра", content=None
    )


@pytest.fixture
def people() -> list[User]:
    school = make_school(today=date(2026, 11, 21))
    staff = [make_staff(school, f"Иванова{n} Анна", Position.DEPUTY, login=f"d{n}") for n in range(2)]
    return [User.objects.get(staff=one) for one in staff]


@pytest.fixture
def period(people: list[User]) -> Period:
    rows = Period.objects.select_related("year__school__settings")
    return rows.get(year__school=people[0].school, system="quarters", number=1)


def test_answers_removals_and_freezing_at_once_leave_one_of_each(people: list[User], period: Period) -> None:
    first, second = people
    answered = at_once(lambda: _value(first, period, 3), lambda: _value(second, period, 4))
    assert [type(one) for one in answered] == [ManualValue, ManualValue]
    standing = ManualValue.objects.standing().get()
    removed = at_once(
        lambda: value_remove(by=first, value=standing, why="Ошибка"),
        lambda: value_remove(by=second, value=standing, why="Опечатка"),
    )
    refused = [one for one in removed if isinstance(one, Refused)]
    assert [one.message for one in refused] == [f"Значение уже отозвано: {_why(standing)}"]
    frozen = at_once(lambda: period_freeze(by=first, period=period), lambda: period_freeze(by=second, period=period))
    assert [str(one) for one in frozen if isinstance(one, Exception)] == ["Этот период уже зафиксирован."]
    assert Measurement.objects.filter(period=period).count() == len(INDICATORS)


def _why(value: ManualValue) -> str:
    return ManualValue.objects.get(pk=value.pk).removed_why


def test_who_answers_by_a_form_opened_before_another_answer_is_told_what_stands(
    client: Client, people: list[User], period: Period
) -> None:
    client.force_login(people[0])
    address = reverse("indicators:answer", args=[period.pk, "P28"])
    seen = client.get(address).context["seen"]
    _value(people[1], period, 4)
    told = client.post(address, {"number": "3", "of": "40", "text": "Журнал", "seen": seen})
    assert told.status_code == 422
    page = told.content.decode()
    assert "Сейчас записано: Сколько — «4»" in page
    assert 'value="3"' in page
    again = client.post(address, {"number": "3", "of": "40", "text": "Журнал", "seen": told.context["seen"]})
    assert again.status_code == 302
    row = ManualValue.objects.standing().get()
    assert row.number == 3
    remove = reverse("indicators:answer_remove", args=[row.pk])
    assert client.post(remove, {"why": "Ошибка"}).status_code == 302
    second = client.post(remove, {"why": "Опечатка"})
    assert second.status_code == 422
    assert "Значение уже отозвано: Ошибка" in second.content.decode()
