"""Sittings with the sources' rhythms and decisions that come back; the register of local acts, as pages show them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from roadmaps.models import LocalAct, StaffDecision, StaffSitting
from school.agendas import agenda_of
from school.models import School, Staff, User
from school.roles import Position
from tests.factories import TODAY, make_school, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def deputy(school: School, client: Client) -> User:
    found = make_staff(school, "Ермолаева Софья Викторовна", Position.DEPUTY, login="deputy").user
    client.force_login(found)
    return found


@pytest.fixture
def head(school: School) -> Staff:
    return make_staff(school, "Ильина Мария Фёдоровна", Position.METHODICAL_HEAD, login="head")


def test_a_council_goes_from_the_plan_to_a_signed_protocol_and_its_decision_comes_back(
    client: Client, deputy: User, head: Staff
) -> None:
    first = _held(client, deputy, head, str(TODAY - timedelta(days=20)))
    sent = {"text": "Собрать пробелы", "responsible": head.pk, "due": str(TODAY + timedelta(days=3))}
    assert client.post(reverse("sittings:decision_new", args=[first.pk]), sent).status_code == 302
    first.refresh_from_db()
    client.post(reverse("sittings:mark", args=[first.pk, "sign"]), {"version": first.version})
    first.refresh_from_db()
    assert first.number == 1

    second = _held(client, deputy, head, str(TODAY))
    page = client.get(reverse("sittings:sitting", args=[second.pk])).content.decode()
    assert "Что решили раньше" in page and "Собрать пробелы" in page
    assert [item.about for item in agenda_of(head.user, TODAY) if "решение" in item.title] == ["Собрать пробелы"]

    client.force_login(head.user)
    done = reverse("sittings:decision", args=[StaffDecision.objects.get().pk, "done"])
    assert client.post(done, {"on": str(TODAY)}).status_code == 302
    assert not [item for item in agenda_of(User.objects.get(pk=head.user.pk), TODAY) if "решение" in item.title]


def _held(client: Client, deputy: User, head: Staff, on: str) -> StaffSitting:
    sent = {"kind": "council", "on": on, "chair": deputy.staff_id, "secretary": head.pk}
    assert client.post(reverse("sittings:new"), sent).status_code == 302
    row = StaffSitting.objects.latest("pk")
    client.post(reverse("sittings:question_new", args=[row.pk]), {"title": "О реестре", "topic": "prevent"})
    client.post(reverse("sittings:mark", args=[row.pk, "hold"]), {"version": row.version})
    keys = [one.pk for one in row.people.all()]
    sheet = reverse("sittings:attendance", args=[row.pk])
    seen = client.get(sheet).context["seen"]
    assert client.post(sheet, {"present": keys, "seen": seen}).status_code == 302
    row.refresh_from_db()
    assert row.state == "held" and row.people.filter(present=True).exists()
    return row


def test_the_plan_of_the_year_follows_from_the_rhythm(client: Client, deputy: User) -> None:
    sent = {"kind": "briefing", "weekday": "1", "first": str(TODAY), "starts_at": "08:00"}

    answer = client.post(reverse("sittings:by_rhythm"), sent)

    assert answer.status_code == 302
    days = list(StaffSitting.objects.values_list("on", flat=True))
    assert len(days) == 28
    assert {day.weekday() for day in days} == {0}


def test_what_the_sources_demand_and_the_school_lacks_is_entered_from_its_list(client: Client, deputy: User) -> None:
    page = client.get(reverse("acts:demands")).content.decode()
    assert "Не действует 12 из 12" in page

    form = client.get(reverse("acts:new"), {"answers": "algorithm"}).context["form"]
    client.post(reverse("acts:new"), form.initial)
    row = LocalAct.objects.get()
    client.post(reverse("acts:deed", args=[row.pk, "approve"]), {"number": "12", "on": str(TODAY), "grounds": "приказ"})
    client.post(reverse("acts:deed", args=[row.pk, "enact"]), {"on": str(TODAY)})

    page = client.get(reverse("acts:demands")).content.decode()
    assert "Не действует 11 из 12" in page
