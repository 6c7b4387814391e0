"""Pages of the journals: they open, save, print, and do not grow with the number of rows."""

import json
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from documents.models import Job
from documents.registry import ReportQuery
from documents.services.reports import report_render
from iom.models import Gap, PupilTalk, WorkEntry
from iom.reports.journals import JournalPupil, WorkLine
from iom.services.talks import Talk, talk_record
from iom.services.work import Work, WorkedWith, work_record
from risk_registry.categories import SignalState
from risk_registry.models import Deed, Signal
from risk_registry.services.judging import period_judge
from school.agendas import agenda_of
from school.models import Pupil, SchoolClass, User
from school.services.calendar import year_open
from tests.counting import queries
from tests.factories import make_pupil, make_subject
from tests.iom.making import active_route, teach
from tests.risk_registry.making import give_marks, period_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher(pupil: Pupil) -> User:
    staff = teach(pupil, "Алгебра", "Соколова Ирина Андреевна", login="sokolova")
    assert staff.user is not None
    return staff.user


@pytest.fixture
def as_teacher(client: Client, teacher: User) -> Client:
    client.force_login(teacher)
    return client


def write(by: User, *pupils: Pupil, topic: str = "Дроби") -> WorkEntry:
    school = pupils[0].school
    work = Work(school.today(), topic, "разобрали ошибки", make_subject(school, "Алгебра"), "after", 25)
    return work_record(by=by, school=school, work=work, pupils=[WorkedWith(one) for one in pupils])


def talk(by: User, pupil: Pupil) -> PupilTalk:
    on = pupil.school.today()
    told = Talk(on, "двойки по алгебре", ["CT02"], "приходит по четвергам", on + timedelta(days=5))
    return talk_record(by=by, pupil=pupil, talk=told)


def test_the_entry_page_puts_those_at_risk_first_and_begins_with_habits(
    as_teacher: Client, teacher: User, pupil: Pupil, seventh: SchoolClass
) -> None:
    make_pupil(seventh, "Абрамова Вера Ильинична", external_id="2")
    give_marks(pupil, "Алгебра", 2, 2, 2)
    period_judge(period=period_of(pupil.school))
    write(teacher, pupil)
    shown = as_teacher.get("/journals/new/").context

    assert shown["entering"].place.words == "7А, алгебра"
    assert [line["choice"].pupil for line in shown["first"]] == [pupil]
    assert [line["choice"].pupil.last_name for line in shown["rest"]] == ["Абрамова"]
    assert (shown["values"]["form"], shown["values"]["minutes"]) == ("after", 25)
    assert shown["chips"] == ["Дроби"] and shown["phrases"] == ("разобрали ошибки",)
    assert as_teacher.get("/journals/new/?copy=1").context["values"]["pupils"] == [pupil.pk]


def test_a_topic_that_is_an_open_gap_takes_its_control_and_closes_it(
    as_teacher: Client, deputy: User, pupil: Pupil
) -> None:
    active_route(deputy, pupil, "Алгебра")
    gap = Gap.objects.get()
    page = as_teacher.get("/journals/new/")
    assert gap.topic in page.context["chips"]
    sent = {
        "pupils": [pupil.pk],
        "topic": gap.topic,
        "subject": make_subject(pupil.school, "Алгебра").pk,
        "on": pupil.school.today().isoformat(),
        "outcome": "done",
        f"m-{pupil.pk}": "4",
    }
    answer = as_teacher.post("/journals/new/", sent)
    assert answer.status_code == 302
    gap.refresh_from_db()
    assert gap.state == "closed"
    assert "дефицит закрыт" in as_teacher.get(answer.headers["Location"]).content.decode()


def test_what_was_typed_stays_when_it_is_refused(as_teacher: Client, pupil: Pupil) -> None:
    sent = {"topic": "Степени", "on": pupil.school.today().isoformat(), "minutes": "25"}
    answer = as_teacher.post("/journals/new/", sent)
    assert answer.status_code == 422
    assert "Отметьте хотя бы одного ученика" in answer.content.decode()
    assert answer.context["values"]["topic"] == "Степени"


def test_the_journals_cost_the_same_at_one_and_at_many(
    as_teacher: Client, teacher: User, pupil: Pupil, seventh: SchoolClass
) -> None:
    write(teacher, pupil)
    talk(teacher, pupil)
    addresses = ("/journals/", "/journals/talks/")
    few = [queries(as_teacher, address) for address in addresses]
    others = [make_pupil(seventh, f"Белов{number} Кирилл", external_id=f"x{number}") for number in range(12)]
    for one in others:
        write(teacher, one, pupil)
        talk(teacher, one)
    assert [queries(as_teacher, address) for address in addresses] == few
    assert max(few) <= 8


def test_withdrawn_records_leave_the_journals_and_are_found_by_their_filter(
    as_teacher: Client, teacher: User, pupil: Pupil
) -> None:
    entry, one = write(teacher, pupil), talk(teacher, pupil)
    as_teacher.post(f"/journals/{entry.pk}/withdraw/", {"why": "не тому"})
    as_teacher.post(f"/journals/talks/{one.pk}/withdraw/", {"why": "не тому"})
    for page, gone in (("/journals/", "?form=gone"), ("/journals/talks/", "?kind=gone")):
        assert not as_teacher.get(page).context["rows"]
        assert len(as_teacher.get(page + gone).context["rows"]) == 1


def test_filters_find_by_class_person_and_form(as_teacher: Client, teacher: User, pupil: Pupil) -> None:
    entry = write(teacher, pupil)
    found = f"?cls={pupil.enrolments.get().school_class_id}&teacher={teacher.pk}&form=after&text=ков"
    assert "Дроби" in as_teacher.get("/journals/?form=after&text=ков").content.decode()
    assert list(as_teacher.get(f"/journals/{found}").context["rows"]) == [entry]
    assert "Нет записи" in as_teacher.get("/journals/?form=lesson").content.decode()


def test_the_journal_of_talks_tells_of_short_records_that_its_paper_holds(
    as_teacher: Client, deputy: User, pupil: Pupil
) -> None:
    school = pupil.school
    told = {"kind": "talk", "on": school.today(), "at": school.now(), "text": "собеседование"}
    Deed.objects.create(school=school, pupil=pupil, by=deputy, **told)
    page = as_teacher.get("/journals/talks/")
    assert "Ещё 1\u00a0краткая запись" in page.content.decode() and page.context["short_url"] == "?kind=short"
    assert "собеседование" in as_teacher.get("/journals/talks/?kind=short&text=ков").content.decode()
    assert "собеседование" not in as_teacher.get("/journals/talks/?kind=short&text=бел").content.decode()
    told = json.loads(report_render(kind="talks_journal", query=ReportQuery(pupil.school, 0), format="json").content)
    assert told["lines"][0]["pupil"]["school_class"] == "7А"


def test_short_records_of_work_and_talks_go_into_the_journals(as_teacher: Client, pupil: Pupil) -> None:
    give_marks(pupil, "Алгебра", 2, 2, 2)
    period_judge(period=period_of(pupil.school))
    signal = Signal.objects.get()
    url, on = f"/registry/pupils/{pupil.pk}/deeds/new/", pupil.school.today().isoformat()
    as_teacher.post(url, {"kind": "work", "on": on, "signals": [signal.pk]})
    as_teacher.post(url, {"kind": "talk", "on": on, "text": "про домашние"})
    signal.refresh_from_db()

    assert signal.state == SignalState.ACTED
    assert (WorkEntry.objects.get().subject, PupilTalk.objects.get().occasion) == (signal.subject, "про домашние")
    assert not Deed.objects.exists()
    assert as_teacher.post(url, {"kind": "talk", "on": on}).status_code == 422


def test_an_agreement_comes_back_on_the_agenda_and_in_the_story(
    as_teacher: Client, teacher: User, pupil: Pupil
) -> None:
    one = talk(teacher, pupil)
    due = pupil.school.today() + timedelta(days=5)
    items = [item for item in agenda_of(teacher, due) if item.title == "Вернуться к договорённости"]
    assert [(item.due, pupil.last_name in item.about) for item in items] == [(due, True)]
    assert "приходит по четвергам" in as_teacher.get(f"/pupils/{pupil.pk}/").content.decode()

    as_teacher.post(reverse("work:talk_kept", args=[one.pk]), {"kept": "broken", "note": "болел"})
    assert not [item for item in agenda_of(teacher, due) if item.title == "Вернуться к договорённости"]
    assert "болел" in as_teacher.get(f"/journals/talks/{one.pk}/").content.decode()


def test_papers_name_those_alone_whom_the_asker_sees(deputy: User, teacher: User, pupil: Pupil) -> None:
    write(teacher, pupil)
    talk(teacher, pupil)
    nobody = User.objects.create_user("stranger", school=pupil.school)
    for kind in ("work_journal", "talks_journal"):
        whole = ReportQuery(pupil.school, 0)
        told = json.loads(report_render(kind=kind, query=whole, format="json").content)
        assert told["lines"][0]["number"] == 1 and told["lines"][0]["by"].startswith("Соколова")
        assert report_render(kind=kind, query=whole, format="xlsx").content[:2] == b"PK"
        stranger = ReportQuery(pupil.school, 0, user=nobody)
        assert json.loads(report_render(kind=kind, query=stranger, format="json").content)["lines"] == []


def test_a_paper_of_a_pupil_or_a_surname_names_nobody_else(as_teacher: Client, teacher: User, pupil: Pupil) -> None:
    other = make_pupil(pupil.enrolments.get().school_class, "Белов Кирилл Ильич", external_id="x1")
    write(teacher, pupil, other)
    as_teacher.post("/journals/print/work/xlsx/?text=ков", {"key": "1"})
    asked = Job.objects.get().params["extra"]
    assert asked["pupils"] == [pupil.pk] and "ков" not in str(asked).lower()

    as_teacher.post(f"/journals/print/work/xlsx/?pupil={pupil.pk}", {"key": "2"})
    assert [job.params["extra"]["pupils"] for job in Job.objects.all()] == [[pupil.pk], [pupil.pk]]
    query = ReportQuery(pupil.school, 0, extra=asked, user=teacher)
    told = json.loads(report_render(kind="work_journal", query=query, format="json").content)
    assert [one["name"] for line in told["lines"] for one in line["pupils"]] == [pupil.full_name]
    assert told["about"] == [f"Обучающийся: {pupil.full_name}"]


def test_results_of_a_group_stand_beside_their_names() -> None:
    def one(name: str, result: str) -> JournalPupil:
        return JournalPupil("1", name, "6А", result)

    def results(*pupils: JournalPupil) -> list[str]:
        line = WorkLine(1, date(2026, 11, 2), pupils, "", "", "", None, "", "")
        return [told.replace("\u00a0", " ") for told in line.results]

    assert results(one("Голубев Никита Олегович", "частично"), one("Сомова Дарья", "частично")) == ["частично"]
    assert results(one("Голубев Никита Олегович", "частично"), one("Сомова Дарья", "")) == ["Голубев Н. О.: частично"]
    assert results(one("Голубев Никита", "")) == []


def test_the_journal_of_an_earlier_year_is_found_and_printed(as_teacher: Client, teacher: User, pupil: Pupil) -> None:
    school = pupil.school
    last = year_open(by=None, school=school, start=2025, main="quarters", upper="quarters")
    work = Work(last.starts + timedelta(days=20), "Прошлогоднее", "", make_subject(school, "Алгебра"))
    entry = work_record(by=teacher, school=school, work=work, pupils=[WorkedWith(pupil)])
    write(teacher, pupil)
    whole = last.periods.get(number=0)
    assert entry not in as_teacher.get("/journals/").context["rows"]
    assert list(as_teacher.get(f"/journals/?period={whole.pk}").context["rows"]) == [entry]
    assert "2025/26" in as_teacher.get("/journals/").content.decode()

    as_teacher.post(f"/journals/print/work/pdf/?period={whole.pk}", {"key": "1"})
    asked = Job.objects.get().params
    assert (asked["year"], asked["period"]) == (2025, 0)


def test_a_talk_is_written_on_one_page_that_offers_what_the_person_writes_most(
    as_teacher: Client, teacher: User, pupil: Pupil, seventh: SchoolClass
) -> None:
    make_pupil(seventh, "Абрамова Вера Ильинична", external_id="2")
    give_marks(pupil, "Алгебра", 2, 2, 2)
    period_judge(period=period_of(pupil.school))
    talk(teacher, pupil)
    begin = as_teacher.get("/journals/talks/new/").context
    assert [one.pupil.last_name for one in (*begin["first"], *begin["rest"])] == ["Ковтун", "Абрамова"]

    address = reverse("work:talk_new", args=[pupil.pk])
    shown = as_teacher.get(address).context
    assert (shown["occasions"], shown["agreements"]) == (["двойки по алгебре"], ["приходит по четвергам"])
    assert [picked for _, _, picked in shown["signals"]] == [True]  # the only one that waits
    told = {"occasion": "", "agreed": "сдаёт тетрадь", "causes": ["CT02"], "on": pupil.school.today().isoformat()}
    refused = as_teacher.post(address, told)
    assert refused.status_code == 422 and "сдаёт тетрадь" in refused.content.decode()
    assert ("CT02", True) in [(code, picked) for code, _, picked in refused.context["causes"]]
    written = as_teacher.post(address, told | {"occasion": "тетрадь", "signals": [Signal.objects.get().pk]})
    assert written.headers["Location"].endswith("?saved=1")
    assert (PupilTalk.objects.first().causes, Signal.objects.get().state) == (["CT02"], SignalState.ACTED)  # type: ignore[union-attr]


def test_the_author_hears_of_a_comment_until_they_say_that_they_read_it(
    client: Client, teacher: User, deputy: User, pupil: Pupil
) -> None:
    told = "Прочитать замечание к вашей записи"
    today = pupil.school.today()
    for row, name in ((write(teacher, pupil), "work:comment"), (talk(teacher, pupil), "work:talk_comment")):
        client.force_login(deputy)
        client.post(reverse(name, args=[row.pk]), {"text": "Добавьте тему"})
        item = next(item for item in agenda_of(teacher, today) if item.title == told)
        assert item.about == deputy.display_name and told not in [item.title for item in agenda_of(deputy, today)]
        read = reverse("work:comment_read", args=[row.comments.get().pk])
        assert read not in client.get(item.url).content.decode()
        assert client.post(read).status_code == 404

        client.force_login(teacher)
        assert read in client.get(item.url).content.decode()
        client.post(read)

        assert "автор прочитал" in client.get(item.url).content.decode()
        assert told not in [item.title for item in agenda_of(teacher, today)]
