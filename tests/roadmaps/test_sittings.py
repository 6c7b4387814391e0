"""Sittings from the plan to the signed protocol, and decisions until they are done."""

from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from common.errors import Refused
from documents.models import NumberRegister
from documents.registry import ReportQuery
from documents.services.reports import report_render
from roadmaps.models import StaffDecision, StaffQuestion, StaffSitting
from roadmaps.rules.rhythms import Rhythm
from roadmaps.selectors.sittings import decisions_before, kinds_standing, protocols_counted, rhythms_of
from roadmaps.services.sitting_course import (
    Asked,
    Decided,
    decision_add,
    decision_edit,
    decision_step,
    people_invite,
    people_mark,
    protocol_reopen,
    protocol_sign,
    question_add,
    question_raise,
    question_remove,
)
from roadmaps.services.sittings import (
    ByRhythm,
    SittingDraft,
    rhythm_set,
    sitting_edit,
    sitting_plan,
    sitting_step,
    sittings_by_rhythm,
)
from roadmaps.sitting_words import DecisionDeed, SittingDeed, SittingKind, Topic, Unit
from school.agendas import agenda_of
from school.models import AcademicYear, School, Staff, User
from school.roles import Position
from tests.factories import TODAY, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(school: School) -> Staff:
    return make_staff(school, "Ильина Мария Фёдоровна", Position.METHODICAL_HEAD, login="head")


def planned(by: User, on: date = TODAY, kind: SittingKind = SittingKind.COUNCIL) -> StaffSitting:
    assert by.school is not None
    draft = SittingDraft(kind, on, title="Итоги четверти", chair=by.staff, secretary=by.staff)
    return sitting_plan(by=by, school=by.school, draft=draft)


def held(by: User, on: date = TODAY, kind: SittingKind = SittingKind.COUNCIL, topic: Topic = Topic.OTHER) -> Any:
    row = planned(by, on, kind)
    question_add(by=by, sitting=row, asked=Asked("О работе с реестром", topic, by.staff, "Обсудили сроки."))
    row = sitting_step(by=by, sitting=row, version=row.version, what=SittingDeed.HOLD)
    people_mark(by=by, sitting=row, present=[one.pk for one in row.people.all()])
    return row


def signed(by: User, on: date = TODAY, kind: SittingKind = SittingKind.COUNCIL, topic: Topic = Topic.OTHER) -> Any:
    row = held(by, on, kind, topic)
    protocol_sign(by=by, sitting=row, version=row.version)
    row.refresh_from_db()
    return row


def decided(by: User, row: StaffSitting, staff: Staff, due: date, text: str = "Провести консультации") -> StaffDecision:
    return decision_add(by=by, sitting=row, decided=Decided(text, staff, due, row.questions.first()))


def test_the_plan_is_filled_by_the_rhythm_once(deputy: User, year: AcademicYear, head: Staff) -> None:
    asked = ByRhythm(SittingKind.GROUP, weekday=2, first=TODAY, chair=deputy.staff)

    made = sittings_by_rhythm(by=deputy, year=year, asked=asked)

    assert len(made) == 13  # two of each month to May, of this one the Wednesday that is left
    assert {one.staff for one in made[0].people.all()} == {deputy.staff, head}
    with pytest.raises(Refused, match="уже достаточно"):
        sittings_by_rhythm(by=deputy, year=year, asked=asked)
    with pytest.raises(Refused, match="нет ритма"):
        sittings_by_rhythm(by=deputy, year=year, asked=ByRhythm(SittingKind.DEPUTY, 0, TODAY))


def test_a_kind_whose_rhythm_is_past_shows_it(deputy: User, year: AcademicYear) -> None:
    signed(deputy, date(2026, 10, 12), SittingKind.DIRECTOR)

    rows = {row.kind: row for row in kinds_standing(deputy, year, TODAY)}

    missed = [slot.title for slot in rows[SittingKind.DIRECTOR].standing.missed]
    assert missed == ["сентябрь 2026"]
    assert not rows[SittingKind.DEPUTY].standing.late
    page = client_of(deputy).get(reverse("sittings:home")).content.decode()
    assert "Срок прошёл" in page
    assert "сентябрь 2026" in page


def test_a_school_sets_its_own_rhythm_and_comes_back_to_the_sources(deputy: User, school: School) -> None:
    rhythm_set(by=deputy, school=school, kind=SittingKind.DEPUTY, rhythm=Rhythm(Unit.WEEK))
    assert rhythms_of(school)[SittingKind.DEPUTY] == Rhythm(Unit.WEEK)

    rhythm_set(by=deputy, school=school, kind=SittingKind.DEPUTY, rhythm=Rhythm(Unit.NONE, 5))

    assert rhythms_of(school)[SittingKind.DEPUTY] == Rhythm(Unit.NONE, 0)


def test_an_agenda_keeps_its_order_and_a_decided_question_stays(deputy: User) -> None:
    row = held(deputy)
    second = question_add(by=deputy, sitting=row, asked=Asked("Разное"))
    question_raise(by=deputy, question=second)
    assert [one.title for one in row.questions.all()] == ["Разное", "О работе с реестром"]

    first = row.questions.last()
    decision_add(by=deputy, sitting=row, decided=Decided("Сверить", deputy.staff, TODAY, first))  # type: ignore[arg-type]

    with pytest.raises(Refused, match="решения"):
        question_remove(by=deputy, question=first)


def test_who_was_invited_and_who_came(deputy: User, head: Staff) -> None:
    row = held(deputy)
    people_invite(by=deputy, sitting=row, staff=[head], guests=["Орлова А. П., родитель"])

    people_mark(by=deputy, sitting=row, present=[row.people.get(staff=head).pk])

    told = {one.name: one.present for one in row.people.all()}
    assert told == {head.short_name: True, "Орлова А. П., родитель": False}


def test_a_sitting_is_held_on_its_day_and_with_an_agenda(deputy: User) -> None:
    ahead = planned(deputy, TODAY + timedelta(days=3))
    with pytest.raises(Refused, match="ещё не наступил"):
        sitting_step(by=deputy, sitting=ahead, version=0, what=SittingDeed.HOLD)
    now = planned(deputy)
    with pytest.raises(Refused, match="нет вопросов"):
        sitting_step(by=deputy, sitting=now, version=0, what=SittingDeed.HOLD)


def test_protocols_are_numbered_by_kind_and_year(deputy: User) -> None:
    numbers = [signed(deputy, kind=kind).number for kind in (SittingKind.COUNCIL, SittingKind.UNION)]

    assert numbers == [1, 1]
    assert signed(deputy).number == 2


def test_a_protocol_that_cannot_be_signed_takes_no_number(deputy: User) -> None:
    row = planned(deputy)

    with pytest.raises(Refused) as refusal:
        protocol_sign(by=deputy, sitting=row, version=0)

    assert refusal.value.details == [
        "Отметьте, что заседание проведено.",
        "Поставьте в повестку хотя бы один вопрос.",
        "Отметьте, кто был.",
    ]
    assert not NumberRegister.objects.exists()


def test_the_database_refuses_the_same_number_twice(deputy: User) -> None:
    first, second = signed(deputy), signed(deputy)

    with pytest.raises(IntegrityError, match="staff_sitting_number_once"), transaction.atomic():
        StaffSitting.objects.filter(pk=second.pk).update(number=first.number)


def test_a_signed_protocol_changes_only_as_a_new_version(deputy: User, school: School) -> None:
    row = signed(deputy)
    question = row.questions.get()
    with pytest.raises(Refused, match="подписан"):
        question_add(by=deputy, sitting=row, asked=Asked("Ещё вопрос"))
    with pytest.raises(Refused, match="номер"):
        sitting_step(by=deputy, sitting=row, version=row.version, what=SittingDeed.RETURN, comment="ошибка")

    row = protocol_reopen(by=deputy, sitting=row, version=row.version, why="пропущено решение")
    StaffQuestion.objects.filter(pk=question.pk).update(title="О реестре и сроках")
    protocol_sign(by=deputy, sitting=row, version=row.version)

    papers = [one.paper for one in row.protocols.all()]
    assert [paper["questions"][0]["title"] for paper in papers] == ["О работе с реестром", "О реестре и сроках"]
    assert (papers[1]["number"], papers[1]["why"]) == (1, "пропущено решение")


def test_decisions_come_back_at_the_next_sitting_of_the_kind(deputy: User, head: Staff) -> None:
    old = held(deputy, date(2026, 9, 10))
    open_one = decided(deputy, old, head, date(2026, 12, 1), "Собрать пробелы")
    last = held(deputy, date(2026, 10, 30))
    done = decided(deputy, last, head, date(2026, 11, 10), "Обновить график")
    decision_step(by=deputy, decision=done, version=0, what=DecisionDeed.DONE, on=date(2026, 11, 9))
    decided(deputy, held(deputy, date(2026, 11, 2), SittingKind.UNION), head, date(2026, 11, 30), "Чужое")

    now = planned(deputy)

    assert [one.pk for one in decisions_before(now)] == [done.pk, open_one.pk]


def test_a_decision_stays_on_the_agenda_of_who_answers_until_it_is_done(deputy: User, head: Staff) -> None:
    row = decided(deputy, held(deputy, date(2026, 11, 2)), head, date(2026, 11, 10))

    def told() -> list[str]:
        return [item.about for item in agenda_of(head.user, TODAY) if "решение" in item.title.lower()]

    assert told() == ["Провести консультации"]
    row = decision_step(
        by=deputy, decision=row, version=0, what=DecisionDeed.MOVE, comment="карантин", to=date(2026, 11, 27)
    )
    assert (row.note, row.first_due, told()) == ("карантин", date(2026, 11, 10), ["Провести консультации"])
    decision_step(by=head.user, decision=row, version=1, what=DecisionDeed.DONE, comment="проведены")
    assert told() == []


def test_a_decision_is_moved_and_cancelled_with_why_and_returns_to_its_term(deputy: User, head: Staff) -> None:
    row = decided(deputy, held(deputy), head, date(2026, 12, 1))
    with pytest.raises(Refused, match="причину"):
        decision_step(by=deputy, decision=row, version=0, what=DecisionDeed.CANCEL)
    row = decision_step(
        by=deputy, decision=row, version=0, what=DecisionDeed.MOVE, comment="курсы", to=date(2026, 12, 9)
    )
    row = decision_step(by=deputy, decision=row, version=1, what=DecisionDeed.CANCEL, comment="не нужно")

    row = decision_step(by=deputy, decision=row, version=2, what=DecisionDeed.RETURN, comment="нужно")

    assert (row.state, row.due, row.closed_on) == ("moved", date(2026, 12, 9), None)
    with pytest.raises(Refused, match="изменили"):
        decision_step(by=deputy, decision=row, version=1, what=DecisionDeed.DONE)
    with pytest.raises(Refused, match="снимите отметку"):
        decision_edit(by=deputy, decision=row, decided=Decided("Иное", head, date(2026, 12, 2)))


def test_every_move_of_a_term_stays_to_be_read_with_why(deputy: User, head: Staff) -> None:
    row = decided(deputy, held(deputy), head, date(2026, 12, 1))
    for version, (day, why) in enumerate((("2026-12-09", "курсы"), ("2026-12-20", "карантин"))):
        to = date.fromisoformat(day)
        decision_step(by=deputy, decision=row, version=version, what=DecisionDeed.MOVE, comment=why, to=to)
    page = reverse("sittings:sitting", args=[row.sitting_id])

    text = client_of(deputy).get(page).content.decode()

    assert "Раньше переносили с 01.12.2026 на 09.12.2026: курсы" in text
    assert text.count("карантин") == 1
    decision_step(by=deputy, decision=row, version=2, what=DecisionDeed.DONE, comment="сделано")
    assert "Раньше переносили с 09.12.2026 на 20.12.2026: карантин" in client_of(deputy).get(page).content.decode()


def test_a_sitting_does_not_move_behind_the_terms_it_decided(deputy: User, head: Staff) -> None:
    row = held(deputy, date(2026, 10, 30))
    decided(deputy, row, head, date(2026, 11, 3))
    draft = SittingDraft(SittingKind.COUNCIL, date(2026, 11, 3), chair=deputy.staff)
    row = sitting_edit(by=deputy, sitting=row, version=row.version, draft=draft)

    with pytest.raises(Refused, match="проверьте день"):
        late = SittingDraft(SittingKind.COUNCIL, date(2026, 11, 4), chair=deputy.staff)
        sitting_edit(by=deputy, sitting=row, version=row.version, draft=late)


def test_p21_counts_signed_protocols_about_the_work_with_the_weak(deputy: User, school: School) -> None:
    signed(deputy, date(2026, 11, 5), topic=Topic.PREVENTION)
    signed(deputy, date(2026, 11, 6))
    held(deputy, date(2026, 11, 7), topic=Topic.PREVENTION)
    signed(deputy, date(2026, 9, 5), topic=Topic.REVIEW)

    found = protocols_counted(deputy, school, date(2026, 11, 1), TODAY)

    assert (found.value, found.of, found.denominator) == (1, 2, None)
    assert [line.questions for line in found.lines] == [("О работе с реестром",)]


def test_the_protocol_is_a_page_of_print_and_a_word_document(deputy: User, school: School, head: Staff) -> None:
    earlier = held(deputy, date(2026, 10, 30))
    decided(deputy, earlier, head, date(2026, 11, 10), "Обновить график")
    row = held(deputy)
    decided(deputy, row, head, date(2026, 12, 1))
    protocol_sign(by=deputy, sitting=row, version=row.version)
    query = ReportQuery(school, 0, None, "", deputy, {"sitting": row.pk})

    pdf = report_render(kind="sitting_protocol", query=query, format="pdf")
    docx = report_render(kind="sitting_protocol", query=query, format="docx")

    assert pdf.name == "Протокол № 1 педагогического совета от 21.11.2026.pdf"
    assert pdf.content.startswith(b"%PDF")
    document: Any = Document(BytesIO(docx.content))
    text = "\n".join(one.text for one in document.paragraphs)
    assert "Слушали: О работе с реестром" in text
    assert "Подписан 21" in text
    assert [cell.text for cell in document.tables[0].rows[1].cells][:1] == ["Обновить график"]
    assert [cell.text for cell in document.tables[1].rows[1].cells] == [
        "1", "Провести консультации", head.short_name, "01.12.2026",
    ]  # fmt: skip


def test_no_form_of_sittings_offers_pupils(deputy: User) -> None:
    row = held(deputy)
    for name in ("people", "question_new", "decision_new", "edit"):
        page = client_of(deputy).get(reverse(f"sittings:{name}", args=[row.pk]))
        assert not {"pupil", "pupils"} & set(page.context["form"].fields)


def test_who_was_slower_is_told(deputy: User) -> None:
    row = planned(deputy)
    draft = SittingDraft(SittingKind.COUNCIL, TODAY, title="Другое", chair=deputy.staff)
    sitting_edit(by=deputy, sitting=row, version=0, draft=draft)

    with pytest.raises(Refused, match="изменили"):
        sitting_edit(by=deputy, sitting=row, version=0, draft=draft)


@pytest.mark.parametrize("page", ["home", "list", "decisions", "protocols"])
def test_lists_ask_as_often_for_one_as_for_fifty(deputy: User, head: Staff, page: str) -> None:
    client = client_of(deputy)
    counts = []
    for rows in _growing(deputy, head):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(f"sittings:{page}"), {"show": "all"}).status_code == 200
        counts.append(len(asked))
        assert rows
    assert counts[0] == counts[1]
    assert counts[1] <= 8


def _growing(deputy: User, head: Staff) -> Iterator[int]:
    for number in (1, 49):
        row = held(deputy, topic=Topic.PREVENTION)
        decided(deputy, row, head, TODAY)
        protocol_sign(by=deputy, sitting=row, version=row.version)
        if number > 1:
            row.refresh_from_db()
            _copies(row, number)
        yield number


def _copies(row: StaffSitting, number: int) -> None:
    copies = [
        StaffSitting(school=row.school, year=row.year, kind=row.kind, on=row.on, state=row.state, chair=row.chair,
                     number=place, signed_on=row.on, by=row.by, at=row.at)
        for place in range(10, number + 10)
    ]  # fmt: skip
    StaffSitting.objects.bulk_create(copies)
    StaffQuestion.objects.bulk_create(
        StaffQuestion(sitting=one, place=1, title="О пробелах", topic=Topic.PREVENTION) for one in copies
    )


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
