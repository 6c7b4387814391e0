"""Talks with parents and notices to them: a test a sentence, where `tests/parents` and `tests/browser` have none."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.test import Client

from documents.models import Job
from parents.models import Notice
from parents.rules.notices import REPLY_IN
from parents.words import NoticeState
from risk_registry.categories import SignalState
from risk_registry.models import Signal
from risk_registry.services.judging import period_judge
from school.agendas import agenda_of
from school.models import Guardian, Guardianship, Pupil, School, SchoolClass, User
from tests.factories import make_class, make_pupil, make_school, make_staff
from tests.risk_registry.making import give_marks, period_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def leader(school: School, client: Client) -> User:
    found = make_staff(school, "Тихонова Анна Петровна", login="leader").user
    client.force_login(found)
    return found


@pytest.fixture
def seventh(school: School, leader: User) -> SchoolClass:
    return make_class(school, "7А", teacher=leader.staff)


@pytest.fixture
def pupil(seventh: SchoolClass) -> Pupil:
    """With a mother and a signal."""
    found = make_pupil(seventh, "Ковтун Матвей Андреевич", external_id="p1")
    mother = Guardian.objects.create(school=seventh.year.school, last_name="Ковтун", first_name="Ирина")
    Guardianship.objects.create(guardian=mother, pupil=found, relation=Guardianship.Relation.MOTHER)
    give_marks(found, "Алгебра", 2, 3, 2, 2)
    period_judge(period=period_of(found.school))
    return found


def test_a_talk_is_begun_from_the_pupils_page_the_class_page_and_a_signal(
    client: Client, pupil: Pupil, seventh: SchoolClass
) -> None:
    signal = Signal.objects.get(pupil=pupil)
    new = f"/parents/talks/new/{pupil.pk}/"
    pages = {
        f"/pupils/{pupil.pk}/": [f'"{new}"', f'"{new}?signal={signal.pk}"'],
        f"/classes/{seventh.pk}/": [f'"/parents/talks/new/?cls={seventh.pk}"'],
        f"/registry/signals/?period={signal.period_id}": [f'"{new}?signal={signal.pk}"'],
    }

    for page, links in pages.items():
        shown = client.get(page).content.decode()
        assert all(f"href={link}" in shown for link in links), page
    assert client.get(f"{new}?signal={signal.pk}").context["values"]["signals"] == [signal.pk]


def test_a_notice_is_made_from_a_signal_in_one_click(client: Client, leader: User, pupil: Pupil) -> None:
    signal, today = Signal.objects.get(pupil=pupil), pupil.school.today()
    address = f"/parents/notices/new/{pupil.pk}/?signal={signal.pk}&kind=marks&period={signal.period_id}"
    shown = client.get(f"/pupils/{pupil.pk}/").content.decode().replace("&amp;", "&")
    assert f'action="{address}"' in shown and f'value="{today + REPLY_IN}"' in shown

    client.post(address, {"reply_by": today + REPLY_IN})

    notice = Notice.objects.get()
    assert (notice.kind, notice.number, notice.period, notice.state) == ("marks", 1, signal.period, NoticeState.MADE)
    signal.refresh_from_db()
    assert signal.state == SignalState.ACTED
    late = [item.title for item in agenda_of(leader, today + REPLY_IN + timedelta(days=1))]
    assert any(title.startswith("Нет ответа родителей") for title in late)


def test_paper_alone_is_the_complete_path_where_the_school_is_not_reachable(
    client: Client, pupil: Pupil, settings: LazySettings
) -> None:
    settings.PUBLIC_URL = ""
    page = f"/parents/notices/new/{pupil.pk}/?kind=marks&period={period_of(pupil.school).pk}"
    client.post(page, {"visit_on": pupil.school.today() + timedelta(days=3), "visit_time": "17:30"})
    notice = Notice.objects.get()

    client.post(f"/parents/notices/{notice.pk}/print/")
    assert Job.objects.filter(kind__contains="report").count() == 1
    for version, what in enumerate(("hand", "know")):
        client.post(f"/parents/notices/{notice.pk}/mark/{what}/", {"version": version})
    notice.refresh_from_db()
    assert notice.state == NoticeState.KNOWN


def test_both_papers_are_made_without_a_browser(pupil: Pupil, tmp_path: Path) -> None:
    asked = ["--school", pupil.school.code, "--period", "1", "--format", "json"]
    call_command("report", "parent_talks", *asked, "--output", str(tmp_path / "talks.json"))
    call_command("report", "notice", *asked, "--pupil", "p1", "--output", str(tmp_path / "notice.json"))

    assert json.loads((tmp_path / "talks.json").read_text())["lines"] == []
    draft = json.loads((tmp_path / "notice.json").read_text())["notices"][0]
    assert (draft["number"], draft["body"]["subjects"][0]["marks"]) == (None, "2 3 2 2")
