"""Personal links as the school makes them and follows what came of them."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from common.errors import Refused
from documents.registry import JobRun
from parents.link_papers import FILE, may_fetch, run_print
from parents.models import Notice, PersonalLink
from parents.services.link_letters import letters_send
from parents.words import Matter, NoticeState
from school.models import Guardian, Guardianship, Pupil, SchoolClass, User
from school.roles import Position
from tests.counting import MOST, queries
from tests.factories import make_pupil, make_staff
from tests.parents.link_making import (
    BIRTH,
    CLOSED,
    Parent,
    issue,
    make_psychologist,
    make_waiting_route,
    tables_with,
    told,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def reachable(settings: LazySettings) -> None:
    settings.PUBLIC_URL = "https://opora.example"


@pytest.fixture
def pupil(seventh: SchoolClass) -> Pupil:
    return make_pupil(seventh, "Ковтун Матвей Андреевич", external_id="p1", birth=BIRTH)


@pytest.fixture
def notice(leader: User, pupil: Pupil) -> Notice:
    return told(leader, pupil)


def test_a_link_is_made_for_the_own_child_alone(
    leader: User, pupil: Pupil, seventh: SchoolClass, notice: Notice
) -> None:
    other = make_pupil(seventh, "Белова Ева Артёмовна", external_id="p2")
    stranger = Guardian.objects.create(school=pupil.school, last_name="Белова", first_name="Анна")
    Guardianship.objects.create(guardian=stranger, pupil=other)

    with pytest.raises(Refused, match="этого ребёнка"):
        issue(leader, other, notice=notice)
    with pytest.raises(Refused, match="не записан"):
        issue(leader, pupil, notice=notice, guardian=stranger)


def test_the_address_is_shown_once(client: Client, leader: User, pupil: Pupil, notice: Notice) -> None:
    client.force_login(leader)

    answer = client.post(f"/parents/links/notice/{notice.pk}/", {"days": "7"})

    page = answer.content.decode()
    address = re.search(r'value="https://opora\.example(/p/\?k=[^"]+)"', page)
    assert answer.status_code == 201 and address is not None and "<svg" in page
    assert "Школа прислала" in Client().get(address[1]).content.decode()
    link = PersonalLink.objects.get()
    shown = client.get(f"/parents/links/{link.pk}/").content.decode()
    assert "/p/" not in shown and link.hash not in shown
    assert isinstance(link.expires_at, datetime)


def test_who_made_a_link_and_who_leads_the_school_see_what_happened_at_it(
    client: Client, leader: User, pupil: Pupil, notice: Notice
) -> None:
    link = issue(leader, pupil, notice=notice).link
    deputy = make_staff(pupil.school, "Ермолаева Светлана Викторовна", Position.DEPUTY, login="deputy").user
    psychologist = make_staff(pupil.school, "Орлова Вера Ильинична", Position.PSYCHOLOGIST, login="orlova").user

    codes = {}
    for user in (leader, deputy, psychologist):
        client.force_login(user)
        codes[user] = client.get(f"/parents/links/{link.pk}/").status_code

    assert codes == {leader: 200, deputy: 200, psychologist: 404}


def test_a_letter_carries_the_link_and_no_name(
    leader: User, pupil: Pupil, mother: Guardian, notice: Notice, settings: LazySettings, mailoutbox: list[Any]
) -> None:
    settings.EMAIL_HOST = "mail.example"
    Guardian.objects.update(email="mama@example.org")
    mother.refresh_from_db()
    made = issue(leader, pupil, notice=notice, guardian=mother, by_mail=True)

    assert (letters_send(), letters_send()) == (1, 0)

    text = mailoutbox[0].subject + mailoutbox[0].body
    assert mailoutbox[0].to == ["mama@example.org"]
    assert not re.search("Ковтун|Матвей|Ирина|Тихонова|Алгебра|7А|Школа S1", text)
    secret = re.search(r"https://opora\.example/p/\?k=(\S+)", text)[1]  # type: ignore[index]
    assert CLOSED in Parent(made.secret).open() and pupil.full_name in Parent(secret).open()
    assert tables_with(secret) == []
    assert Notice.objects.get().state == NoticeState.OPENED
    assert [step.deed for step in Notice.objects.get().steps.all()] == ["hand", "open"]


def test_a_letter_needs_an_address(leader: User, pupil: Pupil, mother: Guardian, notice: Notice) -> None:
    with pytest.raises(Refused, match="не записана электронная почта"):
        issue(leader, pupil, notice=notice, guardian=mother, by_mail=True)


def test_notices_are_printed_with_a_code_each_and_no_secret_is_kept(
    leader: User, pupil: Pupil, notice: Notice, settings: LazySettings
) -> None:
    told_ = JobRun(leader, pupil.school, {"school": pupil.school_id, "notices": [notice.pk]}, lambda *_: None)

    outcome = run_print(told_)

    link = PersonalLink.objects.get()
    assert link.matter == Matter.NOTICE and outcome.file is not None
    assert (outcome.file.name, outcome.file.kind) == ("Уведомление № 1 от 21.11.2026 с QR-кодами.pdf", FILE)
    assert not may_fetch(make_staff(pupil.school, "Чужая Анна Петровна", login="other").user, outcome.file.params)
    assert "больше не открываются" in outcome.message
    settings.PUBLIC_URL = "http://127.0.0.1:8000"
    again = run_print(told_)
    assert "родителям эти листы не раздавайте" in again.message
    link.refresh_from_db()
    assert again.file is not None and link.withdrawn_at is not None


def test_whoever_may_be_told_nothing_of_the_child_gets_no_link_and_opens_none(
    leader: User, pupil: Pupil, mother: Guardian, notice: Notice
) -> None:
    made = issue(leader, pupil, notice=notice, guardian=mother)
    Guardianship.objects.update(telling="none", telling_ground="решение суда")

    assert CLOSED in Parent(made.secret).open()
    with pytest.raises(Refused, match="ничего нельзя сообщать"):
        issue(leader, pupil, notice=notice)


def test_the_list_takes_the_same_number_of_queries_however_long_it_is(
    client: Client, leader: User, pupil: Pupil, mother: Guardian, notice: Notice
) -> None:
    client.force_login(leader)
    issue(leader, pupil, notice=notice)
    one = queries(client, "/parents/links/")
    for _ in range(12):
        issue(leader, pupil, notice=told(leader, pupil), guardian=mother)
    psychologist, soon = make_psychologist(pupil.school), pupil.school.now() + timedelta(days=2)
    issue(leader, pupil, Matter.TIME, staff=psychologist.staff)
    issue(leader, pupil, Matter.TALK, times=[soon])
    issue(leader, pupil, Matter.ROUTE, route=make_waiting_route(leader, pupil))

    assert one == queries(client, "/parents/links/") <= MOST
