"""Talks with parents: what is refused, how an edit shows, what comes back, the page and the paper."""

import io
import json
from dataclasses import replace
from datetime import timedelta

import openpyxl
import pytest
from django.test import Client
from django.utils.timezone import now

from common.errors import Refused
from documents.registry import ReportQuery
from documents.services.reports import report_render
from parents.models import Conversation
from parents.registration import PARENT_TALKS
from parents.services.conversations import (
    Told,
    conversation_edit,
    conversation_record,
    conversation_settle,
    conversation_withdraw,
)
from risk_registry.categories import SignalState
from risk_registry.models import Signal
from risk_registry.services.judging import period_judge
from school.agendas import agenda_of
from school.models import Guardian, Pupil, User
from tests.counting import MOST, queries
from tests.factories import make_pupil
from tests.risk_registry.making import give_marks, period_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(pupil: Pupil, mother: Guardian) -> Told:
    return Told(pupil.school.today(), "phone", "двойки по алгебре", guardian=mother, agreed="проверяет тетрадь")


@pytest.fixture
def as_leader(client: Client, leader: User) -> Client:
    client.force_login(leader)
    return client


def test_it_refuses_what_cannot_be(leader: User, pupil: Pupil, told: Told, seventh: object) -> None:
    today = pupil.school.today()
    stranger = make_pupil(pupil.enrolments.get().school_class, "Ёлкин Павел Викторович")
    wrong = {
        "повод": replace(told, occasion=" "),
        "с кем": replace(told, guardian=None, who=""),
        "ещё не наступил": replace(told, on=today + timedelta(days=1)),
        "договорённости нет": replace(told, agreed="", due=today),
        "раньше беседы": replace(told, due=today - timedelta(days=1)),
    }

    for words, one in wrong.items():
        with pytest.raises(Refused, match=words):
            conversation_record(by=leader, pupil=pupil, told=one)
    with pytest.raises(Refused, match="не записан"):
        conversation_record(by=leader, pupil=stranger, told=told)
    assert not Conversation.objects.exists()


def test_it_answers_the_signal_and_a_withdrawn_one_opens_it_again(leader: User, pupil: Pupil, told: Told) -> None:
    give_marks(pupil, "Алгебра", 2, 2, 2)
    period_judge(period=period_of(pupil.school))
    signal = Signal.objects.get(pupil=pupil)

    talk = conversation_record(by=leader, pupil=pupil, told=told, signals=[signal])
    signal.refresh_from_db()
    assert signal.state == SignalState.ACTED

    conversation_withdraw(by=leader, conversation=talk, why="не тому ученику")
    signal.refresh_from_db()
    assert signal.state == SignalState.OPEN


def test_an_edit_after_the_day_shows_what_was_and_on_the_day_only_corrects(
    leader: User, pupil: Pupil, told: Told
) -> None:
    talk = conversation_record(by=leader, pupil=pupil, told=told)
    talk = conversation_edit(by=leader, conversation=talk, version=1, told=replace(told, occasion="тройки"))
    assert not talk.edits.exists()

    Conversation.objects.update(at=now() - timedelta(days=400))
    talk = conversation_edit(by=leader, conversation=talk, version=2, told=replace(told, occasion="пропуски"))
    assert [(one.field, one.was, one.now) for one in talk.edits.all()] == [("Повод", "тройки", "пропуски")]


def test_of_two_edits_at_once_the_second_is_told(leader: User, pupil: Pupil, told: Told) -> None:
    talk = conversation_record(by=leader, pupil=pupil, told=told)
    conversation_edit(by=leader, conversation=talk, version=1, told=replace(told, said="первая"))

    with pytest.raises(Refused, match="изменили"):
        conversation_edit(by=leader, conversation=talk, version=1, told=replace(told, said="вторая"))
    assert Conversation.objects.get().said == "первая"


def test_what_was_agreed_comes_back_and_a_later_talk_is_the_contact(leader: User, pupil: Pupil, told: Told) -> None:
    today = pupil.school.today()
    first = conversation_record(by=leader, pupil=pupil, told=replace(told, due=today, next_on=today))
    titles = {"Вернуться к договорённости с родителями", "Связаться с родителями"}
    assert titles <= {item.title for item in agenda_of(leader, today)}

    conversation_settle(by=leader, conversation=first, version=1, on=today, note="проверяет")
    conversation_record(by=leader, pupil=pupil, told=told)
    assert not titles & {item.title for item in agenda_of(leader, today)}


def test_the_form_is_begun_by_the_signal_and_saves_in_few_taps(
    as_leader: Client, pupil: Pupil, mother: Guardian
) -> None:
    give_marks(pupil, "Алгебра", 2, 2, 2)
    period_judge(period=period_of(pupil.school))
    page = f"/parents/talks/new/{pupil.pk}/"
    values = as_leader.get(page).context["values"]
    assert values["occasion"] and values["signals"]

    wrong = as_leader.post(page, {**_sent(values), "guardian": ""})
    assert (wrong.status_code, wrong.context["values"]["occasion"]) == (422, values["occasion"])

    saved = as_leader.post(page, {**_sent(values), "guardian": mother.pk})
    assert saved.status_code == 302
    assert Conversation.objects.get().guardian == mother
    assert not Signal.objects.filter(state=SignalState.OPEN).exists()


def _sent(values: dict[str, object]) -> dict[str, object]:
    return {"channel": "phone", "occasion": values["occasion"], "on": values["on"], "signals": values["signals"]}


def test_page_xlsx_and_json_tell_the_same(as_leader: Client, leader: User, pupil: Pupil, told: Told) -> None:
    conversation_record(by=leader, pupil=pupil, told=told)
    conversation_record(by=leader, pupil=pupil, told=replace(told, guardian=None, who="=бабушка", signed="declined"))
    asked = ReportQuery(pupil.school, 0, user=leader)

    lines = json.loads(report_render(kind=PARENT_TALKS, query=asked, format="json").content)["lines"]
    book = openpyxl.load_workbook(io.BytesIO(report_render(kind=PARENT_TALKS, query=asked, format="xlsx").content))
    shown = as_leader.get("/parents/talks/").content.decode()
    written = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value is not None]
    cells = [str(cell.value) for cell in written]
    assert [line["partner"] for line in lines] == ["Ковтун Ирина Львовна, мать", "=бабушка"]
    assert all(line["partner"] in cells and line["partner"] in shown for line in lines)
    assert lines[1]["signed"] == "от подписи отказ"
    assert all(cell.data_type != "f" for cell in written)


def test_the_journal_takes_the_same_number_of_queries_however_long_it_is(
    as_leader: Client, leader: User, pupil: Pupil, told: Told
) -> None:
    conversation_record(by=leader, pupil=pupil, told=told)
    one = queries(as_leader, "/parents/talks/")
    for _ in range(30):
        conversation_record(by=leader, pupil=pupil, told=told)

    assert one == queries(as_leader, "/parents/talks/") <= MOST
