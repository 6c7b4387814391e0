"""Personal links: one opens one matter of one child, without an account. A test a sentence."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.core.cache import caches
from django.test import Client

from consultations.models import Appointment, AppointmentPupil
from consultations.words import MeetingKind
from iom.models import Route
from iom.words import RouteState, Way
from parents.models import LinkOpening, Notice, PersonalLink
from parents.outside import secret_hash, secret_new
from parents.services.links import link_withdraw
from parents.words import LinkEvent, Matter, NoticeState
from school.models import Guardian, Guardianship, HistoryEvent, Pupil, School, SchoolClass, User
from school.roles import Position
from tests.factories import make_class, make_pupil, make_school, make_staff
from tests.iom.making import fresh
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


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def leader(school: School) -> User:
    return make_staff(school, "Тихонова Анна Петровна", login="leader").user


@pytest.fixture
def seventh(school: School, leader: User) -> SchoolClass:
    return make_class(school, "7А", teacher=leader.staff)


@pytest.fixture
def mother(pupil: Pupil) -> Guardian:
    row = Guardian.objects.create(school=pupil.school, last_name="Ковтун", first_name="Ирина", middle_name="Львовна")
    Guardianship.objects.create(guardian=row, pupil=pupil, relation=Guardianship.Relation.MOTHER)
    return row


@pytest.fixture(autouse=True)
def nobody_has_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """What other tests guessed is nothing to this one."""
    monkeypatch.setattr(caches["default"], "key_prefix", f"test-{uuid4()}")


@pytest.fixture(autouse=True)
def reachable(settings: LazySettings) -> None:
    settings.PUBLIC_URL = "https://opora.example"


@pytest.fixture
def pupil(seventh: SchoolClass) -> Pupil:
    return make_pupil(seventh, "Ковтун Матвей Андреевич", external_id="p1", birth=BIRTH)


@pytest.fixture
def notice(leader: User, pupil: Pupil) -> Notice:
    return told(leader, pupil)


@pytest.fixture
def route(leader: User, pupil: Pupil) -> Route:
    return make_waiting_route(leader, pupil)


@pytest.fixture
def psychologist(school: School) -> User:
    return make_psychologist(school)


def test_looking_at_an_address_tells_nothing_and_changes_nothing(leader: User, pupil: Pupil, notice: Notice) -> None:
    made = issue(leader, pupil, notice=notice)

    page = Parent(made.secret).look()

    assert "Школа прислала вам сообщение" in page
    assert "Ковтун" not in page and "Тихонова" not in page and "Алгебра" not in page
    notice.refresh_from_db()
    assert (notice.state, LinkOpening.objects.count()) == (NoticeState.MADE, 0)


def test_a_parent_reads_a_notice_and_acknowledges_it(leader: User, pupil: Pupil, notice: Notice) -> None:
    parent = Parent(issue(leader, pupil, notice=notice).secret)

    page = parent.open()
    assert pupil.full_name in page and "Алгебра" in page
    notice.refresh_from_db()
    assert notice.state == NoticeState.OPENED

    done = parent.answer("known", comment="Поговорим дома")
    assert "Школа получила ваш ответ" in done and "Ознакомлен(а)</button>" not in done
    notice.refresh_from_db()
    assert notice.state == NoticeState.KNOWN
    assert [(step.by, step.comment) for step in notice.steps.all()] == [(None, ""), (None, "по ссылке; Поговорим дома")]
    assert [one.what for one in LinkOpening.objects.order_by("pk")] == [LinkEvent.OPENED, LinkEvent.ANSWERED]
    event = HistoryEvent.objects.filter(table="parents_notice", operation="U").latest("pk")
    assert (event.user_id, event.source) == (None, "outside:link")


def test_what_was_answered_stands_and_is_shown_again(leader: User, pupil: Pupil, notice: Notice) -> None:
    parent = Parent(issue(leader, pupil, notice=notice).secret)
    parent.open()
    parent.answer("known", comment="Первое слово")

    again = parent.answer("known", comment="Второе слово")
    for shown in (again, parent.open()):
        assert "Первое слово" in shown and "Второе слово" not in shown and "позвоните" in shown
    assert Notice.objects.get().steps.count() == 2


@pytest.mark.parametrize("secret", ["", "x" * 40, "../../etc", "Ы" * 40])
def test_a_guessed_link_opens_nothing(secret: str) -> None:
    parent = Parent(secret)

    assert CLOSED in parent.look() and CLOSED in parent.open()


def test_a_signed_secret_that_nobody_was_given_opens_nothing() -> None:
    assert CLOSED in Parent(secret_new("link")).open()


def test_unknown_expired_and_withdrawn_look_the_same(leader: User, pupil: Pupil, notice: Notice) -> None:
    expired, withdrawn = issue(leader, pupil, notice=notice), issue(leader, pupil, notice=told(leader, pupil))
    PersonalLink.objects.filter(pk=expired.link.pk).update(
        at=expired.link.at - timedelta(days=20), expires_at=pupil.school.now() - timedelta(seconds=1)
    )
    link_withdraw(by=leader, link=withdrawn.link)

    pages = {Parent(one).open() for one in (secret_new("link"), expired.secret, withdrawn.secret)}

    assert len(pages) == 1 and CLOSED in pages.pop()
    assert "Ковтун" not in Parent(withdrawn.secret).look()
    assert {one.what for one in LinkOpening.objects.all()} == {LinkEvent.LATE}


def test_a_wrong_check_word_tells_nothing_and_the_fifth_shuts_the_link(
    leader: User, pupil: Pupil, notice: Notice
) -> None:
    parent = Parent(issue(leader, pupil, notice=notice).secret)

    for _ in range(4):
        page = parent.open(date(2013, 5, 5))
        assert "Дата рождения не подошла" in page and "Ковтун" not in page
    assert CLOSED in parent.open(date(2013, 5, 5))
    assert CLOSED in parent.open() and CLOSED in parent.look()
    notice.refresh_from_db()
    assert notice.state == NoticeState.MADE
    what = list(LinkOpening.objects.order_by("pk").values_list("what", flat=True))
    assert what == [LinkEvent.WRONG] * 5 + [LinkEvent.SHUT, LinkEvent.LATE]


def test_nothing_is_answered_past_the_check_word_or_with_another_links_pass(
    leader: User, pupil: Pupil, seventh: SchoolClass, notice: Notice
) -> None:
    other = make_pupil(seventh, "Белова Ева Артёмовна", external_id="p2", birth=date(2013, 1, 1))
    mine = Parent(issue(leader, pupil, notice=notice).secret)
    theirs = Parent(issue(leader, other, notice=told(leader, other)).secret, date(2013, 1, 1))
    page = theirs.open()
    assert "Белова" in page and "Ковтун" not in page

    mine.key = theirs.key
    assert "Откройте её ещё раз" in mine.answer("known")
    mine.key = ""
    assert "Откройте её ещё раз" in mine.answer("known")
    assert not PersonalLink.objects.exclude(answer="").exists()


def test_the_secret_is_in_no_table_and_in_no_log(
    leader: User, pupil: Pupil, notice: Notice, caplog: pytest.LogCaptureFixture
) -> None:
    made = issue(leader, pupil, notice=notice)
    parent = Parent(made.secret)
    parent.open(date(2013, 5, 5))
    parent.open()
    parent.answer("known")

    assert made.link.hash == secret_hash(made.secret)
    assert tables_with(made.secret) == [] and tables_with(made.link.hash) == ["parents_personallink"]
    assert made.secret not in caplog.text and made.secret not in repr(made)


def test_a_parent_agrees_to_a_route(leader: User, pupil: Pupil, mother: Guardian, route: Route) -> None:
    parent = Parent(issue(leader, pupil, Matter.ROUTE, route=route, guardian=mother).secret)

    page = parent.open()
    assert "Дроби" in page and "не заменяет письменное согласие" in page
    parent.answer("agreed", version=fresh(route).version)

    word = fresh(route).agreements.get(side="parents")
    assert (fresh(route).state, word.agreed, word.way, word.guardian) == (RouteState.AGREED, True, Way.LINK, mother)
    assert fresh(route).steps.last().comment == "по ссылке"  # type: ignore[union-attr]


def test_an_objection_needs_words_which_go_into_the_route(leader: User, pupil: Pupil, route: Route) -> None:
    parent = Parent(issue(leader, pupil, Matter.ROUTE, route=route).secret)
    parent.open()
    version = fresh(route).version

    assert "с чем вы не согласны" in parent.answer("declined", version=version)
    parent.answer("declined", version=version, comment="Слишком поздно по вечерам")

    word = fresh(route).agreements.get(side="parents")
    assert (word.agreed, word.comment) == (False, "Слишком поздно по вечерам")


def test_a_parent_books_a_free_time_and_a_taken_one_is_offered_to_nobody(
    leader: User, pupil: Pupil, mother: Guardian, seventh: SchoolClass, psychologist: User
) -> None:
    other = make_pupil(seventh, "Белова Ева Артёмовна", external_id="p2", birth=BIRTH)
    first = Parent(issue(leader, pupil, Matter.TIME, staff=psychologist.staff, guardian=mother).secret)
    second = Parent(issue(leader, other, Matter.TIME, staff=psychologist.staff).secret)
    code = re.findall(r'name="chosen" value="([^"]+)"', first.open())[0]
    assert f'value="{code}"' in second.open()

    assert "Вы записаны" in first.answer("chosen", chosen=code)
    refused = second.answer("chosen", chosen=code)
    assert "только что заняли" in refused and f'value="{code}"' not in refused

    meeting = Appointment.objects.get()
    assert (meeting.kind, meeting.specialist) == (MeetingKind.PARENTS, psychologist.staff)
    line = AppointmentPupil.objects.get()
    assert (line.pupil, line.guardian, line.present) == (pupil, mother, False)


def test_where_there_is_no_public_address_there_is_no_control_no_link_and_no_code(
    client: Client, leader: User, pupil: Pupil, notice: Notice, route: Route, settings: LazySettings
) -> None:
    made = issue(leader, pupil, notice=notice)
    client.force_login(leader)
    pages = [f"/parents/notices/{notice.pk}/", f"/routes/{route.pk}/", f"/pupils/{pupil.pk}/", "/parents/notices/"]
    with_it = [client.get(page).content.decode() for page in pages]
    assert all("/parents/links/" in page for page in with_it)

    settings.PUBLIC_URL = ""
    without = [client.get(page).content.decode() for page in pages]

    assert not any("/parents/links/" in page for page in without)
    assert client.get("/parents/links/").status_code == 404
    assert client.get(f"/parents/links/notice/{notice.pk}/").status_code == 404
    assert CLOSED in Parent(made.secret).open()


def test_the_schools_rules_say_whether_the_birth_date_is_asked(
    client: Client, leader: User, pupil: Pupil, notice: Notice
) -> None:
    deputy = make_staff(pupil.school, "Ермолаева Светлана Викторовна", Position.DEPUTY, login="deputy").user
    client.force_login(deputy)
    assert client.post("/parents/links/rules/", {"days": "3"}).status_code == 302

    made = issue(leader, pupil, notice=notice)

    assert not made.link.asks_birth and made.link.expires_at.astimezone().date() <= date(2026, 11, 25)
    assert pupil.full_name in Parent(made.secret, None).open()
