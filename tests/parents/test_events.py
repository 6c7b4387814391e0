"""Events for parents: what is refused, two people at one sheet, the protocol, what comes back, pages and papers."""

import json
from datetime import date, time, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from common.errors import Refused
from documents.registry import ReportQuery
from documents.services.reports import report_render
from parents.event_words import EventDeed, EventState
from parents.models import EventMark, ParentEvent
from parents.registration_events import INVITATION, PARENT_EVENTS, PROTOCOL
from parents.reports.event_papers import frozen, protocol_paper
from parents.rules.events import Taps
from parents.selectors.events import told
from parents.selectors.involved import involved_parents
from parents.services.conversations import Told, conversation_record
from parents.services.event_marks import event_marks_save
from parents.services.event_protocol import (
    Decided,
    decision_add,
    decision_keep,
    material_add,
    material_remove,
    protocol_conclude,
    protocol_reopen,
    protocol_write,
)
from parents.services.events import EventDraft, EventTime, event_edit, event_move, event_plan, event_step
from school.agendas import agenda_of
from school.guardian_words import Telling
from school.models import Guardian, Guardianship, Pupil, School, SchoolClass, User
from tests.counting import MOST, queries, seat
from tests.factories import make_class, make_pupil

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n%%EOF"


def plan(leader: User, seventh: SchoolClass, on: date, **more: object) -> ParentEvent:
    draft = EventDraft(
        **{"kind": "meeting", "title": "Как помочь с алгеброй", "classes": (seventh,), "leader": leader.staff, **more}  # type: ignore[arg-type]
    )
    return event_plan(by=leader, school=seventh.school, draft=draft, when=EventTime(on, time(18), time(19), "каб. 12"))


@pytest.fixture
def today(school: School) -> date:
    return school.today()


@pytest.fixture
def event(leader: User, seventh: SchoolClass, mother: Guardian, today: date) -> ParentEvent:
    return plan(leader, seventh, today - timedelta(days=2))


@pytest.fixture
def as_leader(client: Client, leader: User) -> Client:
    client.force_login(leader)
    return client


def mark(leader: User, event: ParentEvent, pupil: Pupil, *who: int, rest: bool = False) -> None:
    guardians = {pupil.pk: list(pupil.guardians.values_list("pk", flat=True))}
    taps = Taps(frozenset(), frozenset((pupil.pk, key) for key in who), [pupil.pk], rest)
    event_marks_save(by=leader, event=event, taps=taps, guardians=guardians)


def test_it_refuses_what_cannot_be(
    leader: User, seventh: SchoolClass, event: ParentEvent, pupil: Pupil, today: date
) -> None:
    ahead = plan(leader, seventh, today + timedelta(days=5))
    with pytest.raises(Refused, match="тему"):
        plan(leader, seventh, today, title=" ")
    with pytest.raises(Refused, match="учебный год"):
        plan(leader, seventh, today + timedelta(days=900))
    with pytest.raises(Refused, match="причину"):
        event_step(by=leader, event=ahead, version=0, what=EventDeed.CANCEL)
    with pytest.raises(Refused, match="не наступил"):
        event_step(by=leader, event=ahead, version=0, what=EventDeed.HOLD)
    with pytest.raises(Refused, match="не наступил"):
        mark(leader, ahead, pupil, 0)
    with pytest.raises(Refused, match="Никто не отмечен"):
        mark(leader, event, pupil)
    with pytest.raises(Refused, match="Состав представителей"):
        mark(leader, event, pupil, 999_999)
    with pytest.raises(Refused, match="переносить нечего"):
        when = EventTime(ahead.on, ahead.starts_at, ahead.ends_at, ahead.place)
        event_move(by=leader, event=ahead, version=0, when=when, why="так")


def test_a_moved_and_a_cancelled_event_keep_why_and_what_was(leader: User, seventh: SchoolClass, today: date) -> None:
    row = plan(leader, seventh, today + timedelta(days=5))
    event_move(by=leader, event=row, version=0, when=EventTime(today + timedelta(days=6)), why="занят зал")
    with pytest.raises(Refused, match="изменили"):
        event_edit(by=leader, event=row, version=0, draft=EventDraft("club", "Другое"))
    event_step(by=leader, event=row, version=1, what=EventDeed.CANCEL, comment="карантин")
    event_step(by=leader, event=row, version=2, what=EventDeed.RESTORE)

    told_of = [(step.deed, step.comment) for step in row.steps.all()]
    was = f"занят зал. Было: {today + timedelta(days=5):%d.%m.%Y} 18:00, каб. 12"
    assert told_of == [("plan", ""), ("move", was), ("cancel", "карантин"), ("restore", "")]


def test_attendance_is_taken_by_taps_and_holds_the_event(
    as_leader: Client, event: ParentEvent, pupil: Pupil, mother: Guardian
) -> None:
    address = reverse("events:who", args=[event.pk])
    page = as_leader.get(address)
    assert "Мать, Ирина" in page.content.decode()
    assert " checked>" not in page.content.decode()

    sent = {"lines": str(pupil.pk), "shown": page.context["shown"], "came": [f"{pupil.pk}_{mother.pk}"]}
    assert as_leader.post(address, sent).status_code == 302
    event.refresh_from_db()
    assert (event.state, EventMark.objects.get().guardian) == (EventState.HELD, mother)

    page = as_leader.get(address)
    as_leader.post(address, {"lines": str(pupil.pk), "shown": page.context["shown"]})  # the same tap again
    assert not EventMark.objects.exists()


def test_who_marks_later_does_not_take_back_what_a_colleague_marked_meanwhile(
    as_leader: Client, leader: User, event: ParentEvent, seventh: SchoolClass, pupil: Pupil, mother: Guardian
) -> None:
    second = make_pupil(seventh, "Белова Яна Олеговна")
    address = reverse("events:who", args=[event.pk])
    shown = as_leader.get(address).context["shown"]
    mark(leader, event, pupil, mother.pk)  # meanwhile

    lines = f"{pupil.pk},{second.pk}"
    as_leader.post(address, {"lines": lines, "shown": shown, "came": [f"{second.pk}_0"]})
    assert {(row.pupil, row.guardian) for row in EventMark.objects.all()} == {(pupil, mother), (second, None)}


def test_what_is_not_marked_has_no_record_and_nobody_is_judged(
    as_leader: Client, leader: User, event: ParentEvent, seventh: SchoolClass, pupil: Pupil, mother: Guardian
) -> None:
    make_pupil(seventh, "Белова Яна Олеговна")
    mark(leader, event, pupil, mother.pk)
    line = as_leader.get(reverse("events:event", args=[event.pk])).context["lines"][0]
    assert (line.came, line.nobody, line.unknown) == (1, 0, 1)

    unknown = as_leader.get(reverse("events:who", args=[event.pk]), {"show": "unknown"})
    assert [one.name for one in unknown.context["lines"]] == ["Белова Яна"]


def test_a_class_teacher_invites_the_own_class_alone(
    as_leader: Client, school: School, seventh: SchoolClass, today: date
) -> None:
    other = make_class(school, "8Б")
    sent = {"kind": "club", "title": "Клуб", "on": today.isoformat(), "classes": [other.pk], "questions": ""}
    assert as_leader.post(reverse("events:new"), sent).status_code == 422
    assert as_leader.post(reverse("events:new"), {**sent, "classes": []}).status_code == 422
    assert not ParentEvent.objects.exists()
    assert as_leader.post(reverse("events:new"), {**sent, "classes": [seventh.pk]}).status_code == 302


def conclude(leader: User, event: ParentEvent) -> None:
    whole = told(ParentEvent.objects.filter(pk=event.pk), None).get()
    protocol_conclude(by=leader, event=event, version=whole.version, paper=frozen(protocol_paper(whole)))


def test_a_protocol_is_compiled_concluded_by_a_person_and_corrected_as_a_further_version(
    leader: User, event: ParentEvent, pupil: Pupil, mother: Guardian, today: date
) -> None:
    with pytest.raises(Refused) as refusal:
        conclude(leader, event)
    assert len(refusal.value.details) == 4

    mark(leader, event, pupil, mother.pk)
    decision_add(by=leader, event=event, decided=Decided("Проверять тетрадь", today, leader.staff))
    version = ParentEvent.objects.get().version
    protocol_write(by=leader, event=event, version=version, chair="Тихонова А. П.", secretary="Ковтун И. Л.", course="")
    conclude(leader, event)
    with pytest.raises(Refused, match="заключён"):
        decision_add(by=leader, event=event, decided=Decided("Ещё", today, leader.staff))

    asked = ReportQuery(event.school, 0, user=leader, extra={"event": event.pk})
    before = json.loads(report_render(kind=PROTOCOL, query=asked, format="json").content)
    EventMark.objects.all().delete()
    paper = json.loads(report_render(kind=PROTOCOL, query=asked, format="json").content)
    assert paper == before  # frozen
    assert (paper["protocols"][0]["people"], paper["protocols"][0]["number"]) == (1, 1)

    protocol_reopen(by=leader, event=event, version=ParentEvent.objects.get().version, why="опечатка")
    mark(leader, event, pupil, 0)
    conclude(leader, event)
    assert [(one.version, one.why) for one in event.protocols.all()] == [(1, ""), (2, "опечатка")]
    assert ParentEvent.objects.get().number == 1


def test_a_decision_comes_back_to_the_responsible_until_it_is_carried_out(
    leader: User, event: ParentEvent, today: date
) -> None:
    row = decision_add(by=leader, event=event, decided=Decided("Проверять тетрадь", today, leader.staff))
    elsewhere = decision_add(by=leader, event=event, decided=Decided("Купить книги", today, who="комитет"))
    title = "Выполнить решение родительского собрания"
    assert [item.about for item in agenda_of(leader, today) if item.title == title] == [
        "Проверять тетрадь",
        "Купить книги — комитет",
    ]

    decision_keep(by=leader, decision=row, on=today, note="проверили")
    decision_keep(by=leader, decision=elsewhere, on=today)
    assert title not in {item.title for item in agenda_of(leader, today)}


def test_the_agenda_tells_of_an_event_to_come_and_of_what_a_past_one_lacks(
    leader: User, seventh: SchoolClass, event: ParentEvent, pupil: Pupil, mother: Guardian, today: date
) -> None:
    def titles() -> set[str]:
        return {item.title for item in agenda_of(leader, today) if "обрание" in item.title}

    assert titles() == {"Родительское собрание: не отмечено, прошло ли"}
    plan(leader, seventh, today + timedelta(days=1))
    mark(leader, event, pupil, mother.pk)
    assert titles() == {"Родительское собрание", "Родительское собрание: нет протокола"}


def test_a_material_is_handed_out_until_it_is_taken_away(as_leader: Client, leader: User, event: ParentEvent) -> None:
    with pytest.raises(Refused):
        material_add(by=leader, event=event, title="Памятка", content=b"<script>")
    row = material_add(by=leader, event=event, title="Памятка", content=PDF)
    address = reverse("documents:file", args=[row.file_id])
    assert as_leader.get(address).status_code == 200
    assert as_leader.get(address).headers["Content-Disposition"].startswith("attachment")

    material_remove(by=leader, material=row)
    assert as_leader.get(address).status_code == 404


def test_the_pupils_page_tells_that_a_parent_came(
    as_leader: Client, leader: User, event: ParentEvent, pupil: Pupil, mother: Guardian
) -> None:
    mark(leader, event, pupil, mother.pk)
    page = as_leader.get(reverse("desk:pupil", args=[pupil.pk])).content.decode().replace("\u00a0", " ")
    assert "Родительское собрание, были:" in page
    assert "Ковтун И. Л.; «Как помочь с алгеброй»" in page


def test_all_parents_of_the_school_are_the_denominator_and_each_counts_once(
    leader: User, school: School, event: ParentEvent, seventh: SchoolClass, pupil: Pupil, mother: Guardian
) -> None:
    second = make_class(school, "2А")
    sister = make_pupil(second, "Ковтун Яна Андреевна")
    Guardianship.objects.create(guardian=mother, pupil=sister, relation=Guardianship.Relation.MOTHER)
    father = Guardian.objects.create(school=school, last_name="Ковтун", first_name="Андрей")
    Guardianship.objects.create(guardian=father, pupil=pupil, relation=Guardianship.Relation.FATHER)
    make_pupil(second, "Белова Яна Олеговна")  # no parent is written down
    gone = make_pupil(seventh, "Ушёл Пётр Ильич")
    gone.enrolments.update(ends=school.today() - timedelta(days=30))
    Guardianship.objects.create(
        guardian=Guardian.objects.create(school=school, last_name="Ушла", first_name="Инна"), pupil=gone
    )
    year = seventh.year

    def shares() -> list[tuple[str, int, int]]:
        found = involved_parents(None, school, year, year.starts, year.ends)
        assert [one.name for one in found.without] == ["Белова Яна"]
        return [(one.level, one.part, one.of) for one in found.shares]

    assert shares() == [("", 0, 2), ("noo", 0, 1), ("ooo", 0, 2), ("soo", 0, 0)]
    mark(leader, event, pupil, mother.pk)
    conversation_record(by=leader, pupil=pupil, told=Told(school.today(), "phone", "двойки", guardian=mother))
    assert shares() == [("", 1, 2), ("noo", 1, 1), ("ooo", 1, 2), ("soo", 0, 0)]

    counts = involved_parents(None, school, year, year.starts, year.ends).counts
    assert [(one.level, one.number) for one in counts] == [("", 1), ("noo", 0), ("ooo", 1), ("soo", 0)]


def test_an_event_on_another_subject_involves_nobody(
    leader: User, seventh: SchoolClass, pupil: Pupil, mother: Guardian, today: date
) -> None:
    other = plan(leader, seventh, today, title="Выпускной", prevention=False)
    mark(leader, other, pupil, mother.pk)
    year = seventh.year
    found = involved_parents(leader, seventh.school, year, year.starts, year.ends)
    assert (found.shares[0].part, found.counts[0].number) == (0, 0)


def test_page_xlsx_and_json_tell_the_same_shares_and_names(
    as_leader: Client, leader: User, event: ParentEvent, pupil: Pupil, mother: Guardian
) -> None:
    Guardian.objects.update(last_name="=Ковтун")
    mark(leader, event, pupil, mother.pk)
    asked = ReportQuery(event.school, 0, user=leader)

    told_of = json.loads(report_render(kind=PARENT_EVENTS, query=asked, format="json").content)
    book = openpyxl.load_workbook(BytesIO(report_render(kind=PARENT_EVENTS, query=asked, format="xlsx").content))
    page = as_leader.get(reverse("events:involved"))
    shown = {figure.label: (figure.number, figure.of) for figure in page.context["figures"]}
    cells = [[cell.value for cell in row] for row in book["Показатели"].iter_rows()]

    first = told_of["shares"][0]
    assert (first["numerator"], first["denominator"], first["value"]) == (1, 1, 100.0)
    assert shown["P23: ваши ученики"] == (first["words"], "1 из 1")
    assert ["P23", "ваши ученики", 1, 1, 100] in cells
    assert "=Ковтун Ирина Львовна" in page.content.decode()
    people = [cell for row in book["Родители"].iter_rows() for cell in row]
    assert "=Ковтун Ирина Львовна" in [cell.value for cell in people]
    assert all(cell.data_type != "f" for cell in people)


def test_every_figure_leads_to_those_it_was_counted_from(
    as_leader: Client, leader: User, event: ParentEvent, pupil: Pupil, mother: Guardian
) -> None:
    father = Guardian.objects.create(school=pupil.school, last_name="Ковтун", first_name="Андрей")
    Guardianship.objects.create(guardian=father, pupil=pupil)
    mark(leader, event, pupil, mother.pk)
    address = reverse("events:involved")
    for figure in as_leader.get(address).context["figures"]:
        page = as_leader.get(f"{address}{figure.url}")
        behind = page.context["events"] if "P27" in figure.label else page.context["page"].object_list
        number = figure.number if "P27" in figure.label else figure.of.replace("нет родителей", "0").split(" ")[0]
        assert len(behind) == int(number), figure.label


def test_invitations_are_a_sheet_for_each_class_with_a_list_of_those_who_may_be_told(
    leader: User, seventh: SchoolClass, school: School, pupil: Pupil, mother: Guardian, today: date
) -> None:
    make_class(school, "7Б")
    event = plan(leader, seventh, today + timedelta(days=3), classes=(), levels=("ooo",), questions="Одно\n\nДругое")
    father = Guardian.objects.create(school=school, last_name="Ковтун", first_name="Андрей")
    Guardianship.objects.create(guardian=father, pupil=pupil, telling=Telling.NONE, telling_ground="решение суда")
    asked = ReportQuery(school, 0, user=leader, extra={"event": event.pk})

    sheets = json.loads(report_render(kind=INVITATION, query=asked, format="json").content)["sheets"]
    assert [sheet["school_class"] for sheet in sheets] == ["7А", "7Б"]
    assert sheets[0]["people"] == [{"pupil": "Ковтун Матвей Андреевич", "parents": ["Ковтун Ирина Львовна"]}]
    assert sheets[0]["questions"] == ["Одно", "Другое"]
    assert report_render(kind=INVITATION, query=asked, format="pdf").content.startswith(b"%PDF")


def test_pages_take_the_same_number_of_queries_however_much_there_is(
    as_leader: Client, leader: User, seventh: SchoolClass, event: ParentEvent, pupil: Pupil, mother: Guardian
) -> None:
    addresses = [
        reverse("events:list"),
        reverse("events:who", args=[event.pk]),
        reverse("events:event", args=[event.pk]),
        reverse("events:involved"),
    ]
    mark(leader, event, pupil, mother.pk)
    few = [queries(as_leader, address) for address in addresses]
    for number in range(20):
        plan(leader, seventh, event.on - timedelta(days=number))
    for one in seat(seventh, 30):
        person = Guardian.objects.create(school=seventh.school, last_name="Белов", first_name="Олег")
        Guardianship.objects.create(guardian=person, pupil=one)
    many = [queries(as_leader, address) for address in addresses]

    assert many == few
    assert many[0] <= MOST
    assert max(many) <= 20
