"""Notices: what they are filled with, numbers, what became of them, who two are at once, the paper."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from django.test import Client

from common.errors import Refused
from documents.registry import ReportQuery
from documents.services.reports import report_render
from gradebook.models import Mark
from parents.models import Notice
from parents.registration import NOTICE
from parents.rules.notices import NoticeBody, SubjectLine
from parents.services.notices import Draft, body_of, notice_step, notices_make
from risk_registry.categories import SignalState
from risk_registry.models import Signal
from risk_registry.services.judging import period_judge
from school.agendas import agenda_of
from school.models import Guardian, Pupil, SchoolClass, User
from tests.counting import MOST, queries
from tests.factories import make_pupil
from tests.risk_registry.making import give_marks, period_of

WAITS = "Нет ответа родителей: 1\u00a0уведомление"
BODY = NoticeBody("Ковтун Матвей Андреевич", "7А", "1-я четверть", subjects=(SubjectLine("Алгебра", "2 2"),))


@pytest.fixture
def as_leader(client: Client, leader: User) -> Client:
    client.force_login(leader)
    return client


def make(by: User, pupil: Pupil, number: int = 1, **more: object) -> list[Notice]:
    period, drafts = period_of(pupil.school), [Draft(pupil, BODY)] * number
    return notices_make(by=by, school=pupil.school, period=period, kind="marks", drafts=drafts, **more)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_it_is_filled_by_the_journal_answers_the_signal_and_stays_as_it_was(
    as_leader: Client, pupil: Pupil, mother: Guardian
) -> None:
    give_marks(pupil, "Алгебра", 2, 3, 2, 2)
    give_marks(pupil, "История", 4, 5)
    period = period_of(pupil.school)
    period_judge(period=period)
    signal = Signal.objects.get(pupil=pupil)
    page = f"/parents/notices/new/{pupil.pk}/?kind=marks&period={period.pk}&signal={signal.pk}"

    assert [line.marks for line in as_leader.get(page).context["body"].subjects] == ["2 3 2 2"]
    made = as_leader.post(page, {"guardian": mother.pk, "words": "Ждём вас"})
    Mark.objects.all().delete()

    notice = Notice.objects.get()
    assert made["Location"] == f"/parents/notices/{notice.pk}/"
    assert (notice.number, notice.guardian) == (1, mother)
    assert [(line.name, line.marks) for line in body_of(notice).subjects] == [("Алгебра", "2 3 2 2")]
    signal.refresh_from_db()
    assert signal.state == SignalState.ACTED


@pytest.mark.django_db
def test_a_class_gets_notices_at_once_only_where_there_is_something_to_tell(
    as_leader: Client, leader: User, pupil: Pupil, seventh: SchoolClass
) -> None:
    quiet = make_pupil(seventh, "Абрамова Вера Ильинична", external_id="p2")
    other = make_pupil(seventh, "Ёлкин Павел Викторович", external_id="p3")
    give_marks(pupil, "Алгебра", 2, 2)
    give_marks(other, "Физика", 2)
    page = f"/parents/notices/class/?cls={seventh.pk}&kind=marks&period={period_of(pupil.school).pk}"

    ticked = [line["pupil"] for line in as_leader.get(page).context["lines"] if line["ticked"]]
    assert ticked == [other, pupil]
    refused = as_leader.post(page, {"pupils": [pupil.pk, quiet.pk]})
    assert (refused.status_code, Notice.objects.count()) == (422, 0)
    as_leader.post(page, {"pupils": [one.pk for one in ticked]})
    assert list(Notice.objects.order_by("number").values_list("number", "pupil")) == [(1, other.pk), (2, pupil.pk)]
    assert not any(line["ticked"] for line in as_leader.get(page).context["lines"])


@pytest.mark.django_db
def test_marks_of_what_became_of_it_follow_the_way_and_the_second_person_is_told(leader: User, pupil: Pupil) -> None:
    (notice,) = make(leader, pupil)
    handed = notice_step(by=leader, notice=notice, version=0, what="hand")
    with pytest.raises(Refused, match="изменили"):
        notice_step(by=leader, notice=notice, version=0, what="know")
    known = notice_step(by=leader, notice=notice, version=handed.version, what="know")
    with pytest.raises(Refused, match="причину"):
        notice_step(by=leader, notice=notice, version=known.version, what="return")

    notice_step(by=leader, notice=notice, version=known.version, what="return", comment="другой ученик")
    assert [step.deed for step in notice.steps.all()] == ["hand", "know", "return"]


@pytest.mark.django_db
def test_no_answer_in_time_comes_back_and_an_answer_ends_it(leader: User, pupil: Pupil) -> None:
    today = pupil.school.today()
    (notice,) = make(leader, pupil, reply_by=today)
    later = today + timedelta(days=1)
    titles = [item.title for item in agenda_of(leader, later)]
    assert WAITS in titles
    assert WAITS not in [item.title for item in agenda_of(leader, today)]

    notice_step(by=leader, notice=notice, version=0, what="know")
    assert not any(item.title.startswith("Нет ответа") for item in agenda_of(leader, later))


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_leave_no_gap_and_no_double_in_the_register(leader: User, pupil: Pupil) -> None:
    def one() -> list[int]:
        try:
            return [row.number for row in make(leader, pupil, 5)]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        told = [number for done in [pool.submit(one) for _ in range(4)] for number in done.result()]

    assert sorted(told) == list(range(1, 21))


@pytest.mark.django_db
def test_of_two_who_make_a_classs_notices_together_the_second_is_told_and_makes_none(
    as_leader: Client, leader: User, pupil: Pupil, seventh: SchoolClass
) -> None:
    give_marks(pupil, "Алгебра", 2, 2)
    page = f"/parents/notices/class/?cls={seventh.pk}&kind=marks&period={period_of(pupil.school).pk}"
    _, first = make(leader, pupil, 2)

    late = as_leader.post(page, {"pupils": [pupil.pk]})
    assert (late.status_code, Notice.objects.count()) == (422, 2)
    assert "такие уведомления уже составили" in late.content.decode() and "№ 2, Тихонова" in late.content.decode()
    as_leader.post(page, {"pupils": [pupil.pk], "shown": [first.pk]})
    assert list(Notice.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3]


@pytest.mark.django_db
def test_paper_and_page_tell_the_same_and_without_a_notice_there_is_a_draft(
    as_leader: Client, leader: User, pupil: Pupil
) -> None:
    give_marks(pupil, "Алгебра", 2, 2)
    asked = ReportQuery(pupil.school, 1, pupil="p1", user=leader)
    draft = json.loads(report_render(kind=NOTICE, query=asked, format="json").content)["notices"][0]
    assert (draft["number"], draft["body"]["subjects"][0]["marks"]) == (None, "2 2")

    (notice,) = make(leader, pupil)
    paper = json.loads(report_render(kind=NOTICE, query=asked, format="json").content)["notices"][0]
    shown = as_leader.get(f"/parents/notices/{notice.pk}/").content.decode()
    assert (paper["number"], paper["body"]["subjects"][0]["name"]) == (1, "Алгебра")
    assert all(str(value) in shown for value in (paper["number"], "Алгебра", "2 2"))
    assert report_render(kind=NOTICE, query=asked, format="pdf").content.startswith(b"%PDF")


@pytest.mark.django_db
def test_the_register_takes_the_same_number_of_queries_however_long_it_is(
    as_leader: Client, leader: User, pupil: Pupil
) -> None:
    make(leader, pupil)
    one = queries(as_leader, "/parents/notices/")
    make(leader, pupil, 40)

    assert one == queries(as_leader, "/parents/notices/") <= MOST
