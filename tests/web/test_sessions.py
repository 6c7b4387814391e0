"""How sessions end: docs/trust.md, 4 and 8."""

from datetime import date

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from school.models import User
from school.services.logins import login_disable, login_issue, login_reset
from school.tasks import sweep_sessions
from tests.factories import PASSWORD, make_staff
from tests.web.conftest import LogIn

NEW = "совсем-другой-пароль-7"


def _is_in(client: Client) -> bool:
    return client.get(reverse("usersessions_list")).status_code == 200


def _age(client: Client, **seconds: float) -> None:
    """Let the session be older: its moments move into the past."""
    session = client.session
    for key, past in seconds.items():
        session[key] -= past
    session.save()


def test_switching_a_login_off_ends_its_sessions_at_the_next_request(
    client: Client, deputy: User, teacher: User, log_in: LogIn
) -> None:
    log_in(client, "grechko")
    assert _is_in(client)
    assert teacher.staff is not None

    login_disable(by=deputy, staff=teacher.staff)

    assert not _is_in(client)


def test_switching_it_on_again_does_not_revive_them(client: Client, deputy: User, teacher: User, log_in: LogIn) -> None:
    log_in(client, "grechko")
    assert teacher.staff is not None

    login_disable(by=deputy, staff=teacher.staff)
    login_reset(by=deputy, staff=teacher.staff)

    assert not _is_in(client)


def test_a_login_that_is_off_cannot_enter(client: Client, deputy: User, teacher: User, log_in: LogIn) -> None:
    assert teacher.staff is not None
    login_disable(by=deputy, staff=teacher.staff)

    answer = log_in(client, "grechko")

    assert answer["Location"] == reverse("account_inactive")
    assert not _is_in(client)


def test_a_position_that_ended_opens_nothing_at_the_next_request(client: Client, deputy: User) -> None:
    client.force_login(deputy)
    assert client.get(reverse("school:logins")).status_code == 200
    assert deputy.staff is not None

    deputy.staff.positions.update(ends=date(2026, 11, 20))

    assert client.get(reverse("school:logins")).status_code == 403


def test_changing_the_password_ends_the_other_sessions_and_keeps_this_one(deputy: User, log_in: LogIn) -> None:
    here, there = Client(), Client()
    log_in(here, "ermolaeva")
    log_in(there, "ermolaeva")

    here.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW, "once": "a"}
    )

    assert _is_in(here)
    assert not _is_in(there)


def test_a_person_ends_the_other_sessions_from_the_page(deputy: User, log_in: LogIn) -> None:
    here, there = Client(), Client()
    log_in(here, "ermolaeva")
    log_in(there, "ermolaeva", HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0")
    page = here.get(reverse("usersessions_list")).content.decode()
    assert "Firefox, Windows" in page
    assert "Завершить остальные сеансы" in page

    here.post(reverse("usersessions_list"))

    assert _is_in(here)
    assert not _is_in(there)


def test_a_session_ends_when_nobody_works_in_it(client: Client, deputy: User) -> None:
    client.force_login(deputy)
    assert _is_in(client)

    _age(client, seen_at=settings.SESSION_IDLE_SECONDS - 60)
    assert _is_in(client)
    _age(client, seen_at=settings.SESSION_IDLE_SECONDS + 1)

    assert not _is_in(client)
    assert "Сеанс закончился" in client.get(reverse("account_login")).content.decode()


def test_a_page_that_asks_by_itself_does_not_keep_a_session_alive(client: Client, deputy: User) -> None:
    client.force_login(deputy)
    _age(client, seen_at=settings.SESSION_IDLE_SECONDS - 60)

    client.get("/sessions/", headers={"X-Unattended": "1"})
    _age(client, seen_at=61)

    assert not _is_in(client)


def test_a_session_ends_after_its_longest_time_even_in_use(client: Client, deputy: User) -> None:
    client.force_login(deputy)
    assert _is_in(client)

    _age(client, opened_at=settings.SESSION_ABSOLUTE_SECONDS + 1)

    assert not _is_in(client)


def test_a_part_of_a_page_asked_for_too_late_reloads_the_whole(client: Client, deputy: User) -> None:
    answer = client.get(reverse("school:logins"), headers={"HX-Request": "true"})

    assert answer.status_code == 204
    assert answer["HX-Refresh"] == "true"


def test_a_one_time_password_opens_only_the_page_where_it_is_changed(
    client: Client, deputy: User, log_in: LogIn
) -> None:
    staff = make_staff(deputy.staff.school, "Лыкова Елена Андреевна", "director")  # type: ignore[union-attr]
    issued = login_issue(by=deputy, staff=staff)
    log_in(client, issued.username, issued.password)

    assert client.get(reverse("school:logins"))["Location"] == reverse("account_change_password")
    client.post(
        reverse("account_change_password"), {"oldpassword": issued.password, "password1": NEW, "password2": NEW}
    )

    assert client.get(reverse("school:logins")).status_code == 200
    assert User.objects.get(staff=staff).check_password(NEW)


def test_a_weak_new_password_is_refused(client: Client, deputy: User) -> None:
    client.force_login(deputy)

    for weak in ("1234567890123", "ermolaeva1", "password123", "короткий"):
        answer = client.post(
            reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
        )
        assert answer.status_code == 200, weak
    deputy.refresh_from_db()
    assert deputy.check_password(PASSWORD)


def test_a_form_sent_too_late_leads_back_to_its_page_after_the_door(
    client: Client, deputy: User, log_in: LogIn
) -> None:
    page = "http://testserver/school/logins/?state=none"
    answer = client.post("/school/logins/1/issue/", headers={"Referer": page})

    assert answer["Location"] == "/login/?next=/school/logins/"


def test_a_page_elsewhere_is_not_what_a_late_form_leads_back_to(client: Client, deputy: User) -> None:
    answer = client.post("/school/logins/1/issue/", headers={"Referer": "https://elsewhere.example/school/"})

    assert answer["Location"] == "/login/?next=/"


def test_sessions_that_are_over_are_forgotten(client: Client, deputy: User, log_in: LogIn) -> None:
    log_in(client, "ermolaeva")
    log_in(Client(), "ermolaeva")
    mine = client.session.session_key
    Session.objects.exclude(session_key=mine).update(expire_date="2026-01-01T00:00Z")

    sweep_sessions()

    assert [one.session_key for one in Session.objects.all()] == [mine]
    assert [one.session_key for one in UserSession.objects.all()] == [mine]
    assert _is_in(client)
