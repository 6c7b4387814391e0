"""Personal links: docs/trust.md, 7. What a parent sees and does, and what nobody else does."""

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client

from common.errors import Refused
from consultations.models import Appointment, AppointmentPupil
from consultations.words import MeetingKind
from documents.registry import JobRun
from iom.models import Route
from iom.words import RouteKind, RouteState, Way
from parents.link_papers import FILE, may_fetch, run_print
from parents.models import LinkOpening, Notice, PersonalLink
from parents.outside import secret_hash, secret_new
from parents.rules.notices import Invitation, NoticeBody, SubjectLine
from parents.services.link_letters import letters_send
from parents.services.links import Issued, Wish, link_again, link_make, link_note, link_withdraw
from parents.services.notices import Draft, notices_make
from parents.words import LinkAnswer, LinkEvent, Matter, NoticeState
from school.agendas import agenda_of
from school.models import Guardian, Guardianship, HistoryEvent, Pupil, SchoolClass, User
from school.roles import Position
from tests.consultations.making import make_hours
from tests.factories import make_pupil, make_staff
from tests.iom.making import add_gap, agree_all, fresh, make_route, part_of, teach
from tests.risk_registry.making import period_of

pytestmark = pytest.mark.django_db

BIRTH = date(2013, 5, 4)
CLOSED = "Эта ссылка не открывается"


@pytest.fixture(autouse=True)
def reachable(settings: LazySettings) -> None:
    settings.PUBLIC_URL = "https://opora.example"


@pytest.fixture
def pupil(seventh: SchoolClass) -> Pupil:
    return make_pupil(seventh, "Ковтун Матвей Андреевич", external_id="p1", birth=BIRTH)


@pytest.fixture
def notice(leader: User, pupil: Pupil) -> Notice:
    return told(leader, pupil)


def told(leader: User, pupil: Pupil, invitation: Invitation | None = None) -> Notice:
    body = NoticeBody(
        pupil.full_name, "7А", "1-я четверть", subjects=(SubjectLine("Алгебра", "2 2"),), invitation=invitation
    )
    drafts, period = [Draft(pupil, body)], period_of(pupil.school)
    return notices_make(by=leader, school=pupil.school, period=period, kind="marks", drafts=drafts)[0]


def issue(leader: User, pupil: Pupil, matter: Matter = Matter.NOTICE, **wish: Any) -> Issued:
    return link_make(by=leader, wish=Wish(pupil=pupil, matter=matter, **wish))


class Parent:
    """A telephone without any account, which keeps no cookies."""

    def __init__(self, secret: str, birth: date | None = BIRTH) -> None:
        self.client, self.address, self.birth = Client(enforce_csrf_checks=True), f"/p/?k={secret}", birth
        self.key = ""

    def look(self) -> str:
        return self.client.get(self.address).content.decode()

    def open(self, birth: date | None = None) -> str:
        typed = birth or self.birth
        return self._send(step="open", birth=typed.isoformat() if typed else "")

    def answer(self, answer: str, **said: Any) -> str:
        return self._send(step="answer", **{"pass": self.key}, answer=answer, **said)

    def _send(self, **data: Any) -> str:
        response = self.client.post(self.address, data, HTTP_ORIGIN="null")
        assert not self.client.cookies
        page = response.content.decode()
        found = re.search(r'name="pass" value="([^"]+)"', page)
        self.key = found[1] if found else self.key
        return page


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


def test_an_invitation_is_answered_and_who_cannot_come_says_when(leader: User, pupil: Pupil) -> None:
    invited = told(leader, pupil, Invitation(date(2026, 11, 30), "17:30", "каб. 12", "Тихонова А. П."))
    parent = Parent(issue(leader, pupil, notice=invited).secret)
    assert "Вы придёте?" in parent.open()

    assert "Напишите, когда вам удобно" in parent.answer("cannot")
    parent.answer("cannot", comment="Могу в среду")

    link = PersonalLink.objects.get()
    assert (link.answer, link.comment) == (LinkAnswer.CANNOT, "Могу в среду")
    assert any("Родители ответили по ссылке" in item.title for item in agenda_of(leader, pupil.school.today()))
    link_note(by=leader, link=link)
    assert not any("Родители ответили по ссылке" in item.title for item in agenda_of(leader, pupil.school.today()))


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


def test_a_new_link_shuts_the_one_before(leader: User, pupil: Pupil, notice: Notice) -> None:
    first = issue(leader, pupil, notice=notice)
    second = link_again(by=leader, link=first.link)

    assert CLOSED in Parent(first.secret).open()
    assert "Ковтун" in Parent(second.secret).open()


def test_the_secret_is_in_no_table_and_in_no_log(
    leader: User, pupil: Pupil, notice: Notice, caplog: pytest.LogCaptureFixture
) -> None:
    made = issue(leader, pupil, notice=notice)
    parent = Parent(made.secret)
    parent.open(date(2013, 5, 5))
    parent.open()
    parent.answer("known")

    assert made.link.hash == secret_hash(made.secret)
    assert _tables_with(made.secret) == [] and _tables_with(made.link.hash) == ["parents_personallink"]
    assert made.secret not in caplog.text and made.secret not in repr(made)


def _tables_with(text: str) -> list[str]:
    """Every table that holds the text in some column, history and sessions included."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT 1 FROM "{table}" t WHERE t::text LIKE %s LIMIT 1', [f"%{text}%"])
            found += [table] if cursor.fetchone() else []
    return found


@pytest.fixture
def route(leader: User, pupil: Pupil) -> Route:
    teach(pupil, "Алгебра", "Гречко Павел Сергеевич")
    made = make_route(leader, pupil, "Алгебра", kind=RouteKind.FAILING)
    add_gap(leader, part_of(made, "Алгебра"))
    return agree_all(leader, made)


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


def test_a_plan_that_changed_meanwhile_is_not_agreed_to(leader: User, pupil: Pupil, route: Route) -> None:
    parent = Parent(issue(leader, pupil, Matter.ROUTE, route=route).secret)
    parent.open()

    assert "План изменился" in parent.answer("agreed", version=fresh(route).version - 1)
    assert fresh(route).state == RouteState.WITH_PARENTS


@pytest.fixture
def psychologist(leader: User) -> User:
    assert leader.school is not None
    staff = make_staff(leader.school, "Орлова Вера Ильинична", Position.PSYCHOLOGIST, login="orlova")
    for weekday in range(1, 6):
        make_hours(staff, weekday)
    return staff.user


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


def test_a_parent_chooses_when_to_talk(leader: User, pupil: Pupil) -> None:
    soon = pupil.school.now().replace(microsecond=0) + timedelta(days=2)
    parent = Parent(issue(leader, pupil, Matter.TALK, times=[soon, soon + timedelta(hours=1)], place="каб. 12").secret)
    codes = re.findall(r'name="chosen" value="([^"]+)"', parent.open())

    assert len(codes) == 2
    assert "Выберите время" in parent.answer("chosen")
    parent.answer("chosen", chosen=codes[1].replace("&#x2B;", "+"))
    assert PersonalLink.objects.get().chosen == soon + timedelta(hours=1)


def test_a_colleague_who_is_logged_in_does_not_answer_for_the_parents(
    leader: User, pupil: Pupil, notice: Notice
) -> None:
    parent = Parent(issue(leader, pupil, notice=notice).secret)
    client = Client()
    client.force_login(leader)

    page = client.post(parent.address, {"step": "open", "birth": BIRTH.isoformat()}).content.decode()

    assert "Эта страница — для родителей" in page
    notice.refresh_from_db()
    assert notice.state == NoticeState.MADE


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
    assert _tables_with(secret) == []
    assert Notice.objects.get().state == NoticeState.OPENED
    assert [step.deed for step in Notice.objects.get().steps.all()] == ["hand", "open"]


def test_a_letter_needs_an_address(leader: User, pupil: Pupil, mother: Guardian, notice: Notice) -> None:
    with pytest.raises(Refused, match="не записана электронная почта"):
        issue(leader, pupil, notice=notice, guardian=mother, by_mail=True)


def test_notices_are_printed_with_a_code_each_and_no_secret_is_kept(
    client: Client, leader: User, pupil: Pupil, notice: Notice
) -> None:
    told_ = JobRun(leader, pupil.school, {"school": pupil.school_id, "notices": [notice.pk]}, lambda *_: None)

    outcome = run_print(told_)

    link = PersonalLink.objects.get()
    assert link.matter == Matter.NOTICE and outcome.file is not None
    assert (outcome.file.name, outcome.file.kind) == ("Уведомление № 1 от 21.11.2026 с QR-кодами.pdf", FILE)
    assert not may_fetch(make_staff(pupil.school, "Чужая Анна Петровна", login="other").user, outcome.file.params)
    again = run_print(told_)
    link.refresh_from_db()
    assert again.file is not None and link.withdrawn_at is not None


def test_the_schools_rules_say_whether_the_birth_date_is_asked(
    client: Client, leader: User, pupil: Pupil, notice: Notice
) -> None:
    deputy = make_staff(pupil.school, "Ермолаева Светлана Викторовна", Position.DEPUTY, login="deputy").user
    client.force_login(deputy)
    assert client.post("/parents/links/rules/", {"days": "3"}).status_code == 302

    made = issue(leader, pupil, notice=notice)

    assert not made.link.asks_birth and made.link.expires_at.astimezone().date() <= date(2026, 11, 25)
    assert pupil.full_name in Parent(made.secret, None).open()


def test_whoever_may_be_told_nothing_of_the_child_gets_no_link_and_opens_none(
    leader: User, pupil: Pupil, mother: Guardian, notice: Notice
) -> None:
    made = issue(leader, pupil, notice=notice, guardian=mother)
    Guardianship.objects.update(telling="none", telling_ground="решение суда")

    assert CLOSED in Parent(made.secret).open()
    with pytest.raises(Refused, match="ничего нельзя сообщать"):
        issue(leader, pupil, notice=notice)
