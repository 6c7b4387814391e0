"""Events for parents: the plan, invitations, attendance by taps, the protocol, shares of all parents of the school."""

import json
from datetime import time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from documents.registry import ReportQuery
from documents.services.reports import report_render
from parents.models import EventMark, ParentEvent
from parents.registration_events import INVITATION, PARENT_EVENTS
from parents.services.events import EventDraft, EventTime, event_plan
from school.agendas import agenda_of
from school.models import Guardian, Guardianship, HistoryEvent, School, User
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


def test_meetings_lectures_clubs_and_days_of_consultations_are_planned_by_level_and_found_by_it(
    client: Client, school: School
) -> None:
    client.force_login(make_staff(school, "Орлова Вера Ильинична", Position.DEPUTY, login="deputy").user)
    for name in ("2А", "7А", "10А"):
        make_class(school, name)
    for kind, levels in (("meeting", ["noo"]), ("lecture", ["ooo"]), ("club", ["soo"]), ("day", ["noo", "ooo", "soo"])):
        sent = {"kind": kind, "title": kind, "levels": levels, "prevention": "on", "on": school.today()}
        assert client.post(reverse("events:new"), sent).status_code == 302

    def found(level: str) -> list[str]:
        page = client.get(reverse("events:list"), {"level": level}).context["page"]
        return sorted(event.kind for event in page.object_list)

    assert found("") == ["club", "day", "lecture", "meeting"]
    assert [found(level) for level in ("noo", "ooo", "soo")] == [
        ["day", "meeting"],
        ["day", "lecture"],
        ["club", "day"],
    ]
    ParentEvent.objects.update(state="held")
    counts = client.get(reverse("events:involved")).context["figures"][4:]
    assert [figure.number for figure in counts] == ["4", "2", "2", "2"]


def test_an_invitation_is_printed_for_each_class_and_names_its_pupils(school: School, leader: User) -> None:
    for name in ("7А", "7Б"):
        make_pupil(make_class(school, name, teacher=leader.staff), f"Ковтун{name} Матвей Андреевич", external_id=name)
    draft = EventDraft(kind="lecture", title="Как учить дома", levels=("ooo",), questions="Режим дня")
    event = event_plan(by=leader, school=school, draft=draft, when=EventTime(school.today(), time(18), None, "зал"))
    asked = ReportQuery(school, 0, user=leader, extra={"event": event.pk})
    sheets = json.loads(report_render(kind=INVITATION, query=asked, format="json").content)["sheets"]
    assert [(one["school_class"], [person["pupil"] for person in one["people"]]) for one in sheets] == [
        ("7А", ["Ковтун7А Матвей Андреевич"]),
        ("7Б", ["Ковтун7Б Матвей Андреевич"]),
    ]
    assert report_render(kind=INVITATION, query=asked, format="pdf").content.startswith(b"%PDF")


def test_a_material_is_attached_and_opened_by_colleagues_until_it_is_taken_away(
    client: Client, school: School, leader: User
) -> None:
    seventh = make_class(school, "7А", teacher=leader.staff)
    draft = EventDraft(kind="lecture", title="Как учить дома", classes=(seventh,), leader=leader.staff)
    event = event_plan(by=leader, school=school, draft=draft, when=EventTime(school.today(), time(18)))
    paper = SimpleUploadedFile("памятка.pdf", b"%PDF-1.4\n%%EOF")
    client.post(reverse("events:material_new", args=[event.pk]), {"title": "Памятка", "file": paper})
    material = event.materials.get()
    address = reverse("documents:file", args=[material.file_id])
    assert client.get(address)["Content-Disposition"].startswith("attachment")
    client.post(reverse("events:material_remove", args=[material.pk]))
    assert client.get(address).status_code == 404


def test_the_timeline_the_agenda_and_history_tell_of_a_meeting(client: Client, school: School, leader: User) -> None:
    today = school.today()
    pupil = make_pupil(make_class(school, "7А", teacher=leader.staff), "Ковтун Матвей Андреевич")
    mother = Guardian.objects.create(school=school, last_name="Ковтун", first_name="Ирина")
    Guardianship.objects.create(guardian=mother, pupil=pupil)
    draft = EventDraft(kind="meeting", title="Итоги четверти", levels=("ooo",), leader=leader.staff)
    event = event_plan(by=leader, school=school, draft=draft, when=EventTime(today, time(18)))
    assert "Итоги четверти" in client.get(reverse("desk:agenda")).content.decode()

    taps = {"lines": pupil.pk, "shown": "", "came": [f"{pupil.pk}_{mother.pk}"]}
    client.post(reverse("events:who", args=[event.pk]), taps)
    page = client.get(reverse("desk:pupil", args=[pupil.pk])).content.decode()
    assert "Родительское собрание" in page and "«Итоги четверти»" in page
    assert HistoryEvent.objects.filter(table="parents_eventmark", user=leader).exists()
