"""Links for tests: what is told, a link with its secret, a parent's telephone."""

import re
from datetime import date
from typing import Any

from django.db import connection
from django.test import Client

from iom.models import Route
from iom.words import RouteKind
from parents.models import Notice
from parents.rules.notices import Invitation, NoticeBody, SubjectLine
from parents.services.links import Issued, Wish, link_make
from parents.services.notices import Draft, notices_make
from parents.words import Matter
from school.models import Pupil, School, User
from school.roles import Position
from tests.consultations.making import make_hours
from tests.factories import make_staff
from tests.iom.making import add_gap, agree_all, make_route, part_of, teach
from tests.risk_registry.making import period_of

BIRTH = date(2013, 5, 4)
CLOSED = "Эта ссылка не открывается"


def told(leader: User, pupil: Pupil, invitation: Invitation | None = None) -> Notice:
    """A notice of twos in algebra."""
    body = NoticeBody(
        pupil.full_name, "7А", "1-я четверть", subjects=(SubjectLine("Алгебра", "2 2"),), invitation=invitation
    )
    drafts, period = [Draft(pupil, body)], period_of(pupil.school)
    return notices_make(by=leader, school=pupil.school, period=period, kind="marks", drafts=drafts)[0]


def issue(leader: User, pupil: Pupil, matter: Matter = Matter.NOTICE, **wish: Any) -> Issued:
    """A link by the class teacher."""
    return link_make(by=leader, wish=Wish(pupil=pupil, matter=matter, **wish))


def make_waiting_route(leader: User, pupil: Pupil) -> Route:
    """With a gap in algebra; the teachers have agreed, the parents are asked."""
    teach(pupil, "Алгебра", "Гречко Павел Сергеевич")
    made = make_route(leader, pupil, "Алгебра", kind=RouteKind.FAILING)
    add_gap(leader, part_of(made, "Алгебра"))
    return agree_all(leader, made)


def make_psychologist(school: School) -> User:
    """Who receives every day."""
    staff = make_staff(school, "Орлова Вера Ильинична", Position.PSYCHOLOGIST, login="orlova")
    for weekday in range(1, 6):
        make_hours(staff, weekday)
    return staff.user


def tables_with(text: str) -> list[str]:
    """Every table that holds the text in some column, history and sessions included."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT 1 FROM "{table}" t WHERE t::text LIKE %s LIMIT 1', [f"%{text}%"])
            found += [table] if cursor.fetchone() else []
    return found


class Parent:
    """A telephone without any account, which keeps no cookies."""

    def __init__(self, secret: str, birth: date | None = BIRTH) -> None:
        self.client, self.address, self.birth = Client(enforce_csrf_checks=True), f"/p/?k={secret}", birth
        self.key = ""

    def look(self) -> str:
        """The cover."""
        return self.client.get(self.address).content.decode()

    def open(self, birth: date | None = None) -> str:
        """With the date of birth."""
        typed = birth or self.birth
        return self._send(step="open", birth=typed.isoformat() if typed else "")

    def answer(self, answer: str, **said: Any) -> str:
        """What the page answers."""
        return self._send(step="answer", **{"pass": self.key}, answer=answer, **said)

    def _send(self, **data: Any) -> str:
        response = self.client.post(self.address, data, HTTP_ORIGIN="null")
        assert not self.client.cookies
        page = response.content.decode()
        found = re.search(r'name="pass" value="([^"]+)"', page)
        self.key = found[1] if found else self.key
        return page
