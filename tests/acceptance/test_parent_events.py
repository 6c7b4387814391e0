"""Events for parents: the plan, invitations, attendance by taps, the protocol, shares of all parents of the school."""

import json
from datetime import time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from documents.registry import ReportQuery
from documents.services.reports import report_render
from parents.models import EventMark, ParentEvent
from parents.registration_events import PARENT_EVENTS
from school.agendas import agenda_of
from school.models import Guardian, Guardianship, School, User
from school.roles import Position
from tests.factories import make_class, make_pupil, make_school, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def leader(school: School, client: Client) -> User:
    found = make_staff(school, "Тихонова Анна Петровна", login="leader").user
    client.force_login(found)
    return found


def test_a_class_teacher_takes_a_meeting_from_the_plan_to_a_concluded_protocol_in_few_steps(
    client: Client, school: School, leader: User
) -> None:
    today = school.today()
    pupil = make_pupil(make_class(school, "7А", teacher=leader.staff), "Ковтун Матвей Андреевич")
    mother = Guardian.objects.create(school=school, last_name="Ковтун", first_name="Ирина")
    Guardianship.objects.create(guardian=mother, pupil=pupil, relation=Guardianship.Relation.MOTHER)

    form = client.get(reverse("events:new")).context["form"]
    assert len(form.initial["classes"]) == 1  # the own class is ticked already
    sent = {"kind": "meeting", "title": "Итоги четверти", "prevention": "on", "on": today, "starts_at": time(18)}
    client.post(
        reverse("events:new"), {**sent, "classes": [form.initial["classes"][0].pk], "questions": "Успеваемость"}
    )
    event = ParentEvent.objects.get()
    assert "Родительское собрание" in {item.title for item in agenda_of(leader, today)}

    taps = {"lines": pupil.pk, "shown": "", "came": [f"{pupil.pk}_{mother.pk}"]}
    client.post(reverse("events:who", args=[event.pk]), taps)
    assert EventMark.objects.get().guardian == mother

    client.post(
        reverse("events:decision_new", args=[event.pk]),
        {"text": "Проверять дневник", "responsible": leader.staff_id, "due": today + timedelta(days=5)},
    )
    words = {"chair": "Тихонова А. П.", "secretary": "Ковтун И. Л.", "course": "О двойках"}
    client.post(reverse("events:protocol", args=[event.pk]), words)
    version = ParentEvent.objects.get().version
    client.post(reverse("events:conclude", args=[event.pk]), {"version": version})
    event.refresh_from_db()
    assert (event.number, event.concluded_on) == (1, today)
    assert "Выполнить решение родительского собрания" in {item.title for item in agenda_of(leader, today)}


def test_the_shares_have_all_parents_of_the_school_in_the_denominator_and_stand_by_levels(
    client: Client, school: School, leader: User
) -> None:
    deputy = make_staff(school, "Орлова Вера Ильинична", Position.DEPUTY, login="deputy").user
    for number, name in enumerate(("2А", "7А", "10А")):
        pupil = make_pupil(make_class(school, name), f"Белов{number} Олег")
        person = Guardian.objects.create(school=school, last_name=f"Белова{number}", first_name="Анна")
        Guardianship.objects.create(guardian=person, pupil=pupil)

    asked = ReportQuery(school, 0, user=deputy)
    told = json.loads(report_render(kind=PARENT_EVENTS, query=asked, format="json").content)
    assert [(one["where"], one["denominator"]) for one in told["shares"]] == [
        ("вся школа", 3),
        ("НОО", 1),
        ("ООО", 1),
        ("СОО", 1),
    ]
    client.force_login(deputy)
    figures = client.get(reverse("events:involved")).context["figures"]
    assert [figure.of for figure in figures[:4]] == ["0 из 3", "0 из 1", "0 из 1", "0 из 1"]
