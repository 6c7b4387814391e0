"""Every role of the list can be held, has a desk with something to do on it, and meets no closed door of its own."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.test import Client

from demo import cast
from risk_registry.services.classification import period_classify
from school.access import pupils_for, roles_of, why_visible
from school.models import Responsibility, School, Subgroup, TeachingAssignment, User
from school.roles import Role
from tests.browser.test_every_page import LOGINS
from tests.browser.walking import kind_of
from tests.factories import make_class, make_pupil
from tests.permissions.world import COLUMNS, make_world
from tests.risk_registry.making import give_marks, period_of

pytestmark = pytest.mark.django_db
# Which files the demo has lies with the process that loaded it: tests/teaching and others fetch their own.
FILES = ("/static/", "/logout", "/documents/files/")
# The browser goes wherever links lead these: tests/browser/test_every_page.py.
WALKED = LOGINS


def words_of(html: str) -> str:
    inside = html.split('id="main"')[1].split("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", inside)).split())


def walk(client: Client, start: str = "/") -> Iterator[tuple[str, int, str]]:
    """Every page that links lead to, one of each kind: (address, code, where the link stands)."""
    queue, kinds = [(start, "")], set[str]()
    while queue:
        address, source = queue.pop(0)
        kind = kind_of(address)
        if kind in kinds:
            continue
        kinds.add(kind)
        answer = client.get(address)
        yield address, answer.status_code, source
        if "text/html" in answer.get("Content-Type", "") and not answer.streaming:
            links = re.findall(r'href="(/[^"#]*)"', answer.content.decode())
            queue += [(unescape(link), address) for link in links if not link.startswith(FILES)]


@pytest.mark.parametrize("column", [column for column in COLUMNS if column != "anon"])
def test_everybody_has_a_desk_that_says_something(column: str) -> None:
    client = Client()
    client.force_login(make_world().users[column])

    desk = client.get("/", follow=True)

    assert desk.status_code == 200
    assert len(words_of(desk.content.decode())) > 40


@pytest.mark.parametrize("column", ["dep", "cls", "psy", "other", "none"])
def test_where_nearly_nothing_is_written_yet_no_link_leads_to_a_closed_door(column: str) -> None:
    client = Client()
    client.force_login(make_world().users[column])

    assert [(address, code, source) for address, code, source in walk(client) if code >= 400] == []


@pytest.mark.parametrize(
    ("column", "word"),
    [
        ("dir", "Под риском всего"),
        ("dep", "Под риском всего"),
        ("psy", "Встречи на этой неделе"),
        ("psyh", "Встречи на этой неделе"),
        ("soc", "Под риском всего"),
        ("cls", "Мой класс"),
        ("sub", "Мои классы"),
        ("spe", "за которых вы отвечаете"),
        ("tut", "за которых вы отвечаете"),
        ("men", "за которых вы отвечаете"),
        ("met", "Предметы школы"),
        ("mun", "Школы рядом Ясногорский округ"),
        ("adm", "С чего начать"),
    ],
)
def test_the_desk_is_that_of_the_role(column: str, word: str) -> None:
    world = make_world()
    Responsibility.objects.create(person=world.person("spe"), pupil=world.pupil, kind="speech_therapist")
    give_marks(world.pupil, "Алгебра", 2, 2, 3)
    period_classify(period=period_of(world.school, 1))
    client = Client()
    client.force_login(world.users[column])

    assert word in words_of(client.get("/", follow=True).content.decode()).replace("\u00a0", " ")


@pytest.mark.parametrize("column", ["soc", "met"])
def test_before_there_are_marks_the_desk_says_what_will_stand_there(column: str) -> None:
    world = make_world()
    client = Client()
    client.force_login(world.users[column])

    assert "Отметок ещё нет" in words_of(client.get("/").content.decode())


def test_the_head_of_a_methodical_union_sees_subjects_and_no_names() -> None:
    world = make_world()
    give_marks(world.pupil, "Химия", 2, 2, 2, 4)
    give_marks(world.pupil, "Алгебра", 5)
    period_classify(period=period_of(world.school, 1))
    client = Client()
    client.force_login(world.users["met"])

    told = words_of(client.get("/").content.decode())

    assert "Химия 3 1 1" in told
    assert "Алгебра" not in told
    assert "Ковтун" not in told


SEES = {
    "Ковтун, Ёлкин": ("dir", "dep", "psy", "psyh", "soc", "adm"),
    "Ковтун": ("cls", "sub", "tut", "men"),
    "": ("spe", "met", "mun", "other", "none"),
}


def test_duties_decide_whom_one_sees() -> None:
    world = make_world()
    make_pupil(make_class(world.school, "8Б"), "Ёлкин Павел Викторович")

    for names, columns in SEES.items():
        for column in columns:
            seen = ", ".join(pupil.last_name for pupil in pupils_for(world.users[column]).order_by("-sort_key"))
            assert (column, seen) == (column, names)


def test_who_teaches_a_subgroup_sees_only_its_pupils() -> None:
    world = make_world()
    make_pupil(world.school_class, "Ёлкин Павел Викторович")
    group = Subgroup.objects.create(school_class=world.school_class, name="английский, группа 1")
    group.pupils.add(world.pupil)
    TeachingAssignment.objects.filter(staff=world.person("sub")).update(subgroup=group)

    assert [pupil.last_name for pupil in pupils_for(world.users["sub"])] == ["Ковтун"]


def test_a_person_can_read_why_they_see_a_pupil() -> None:
    world = make_world()

    told = {column: why_visible(world.users[column], world.pupil) for column in ("dep", "cls", "sub", "tut", "mun")}

    assert told == {
        "dep": ["заместитель директора"],
        "cls": ["классный руководитель 7А"],
        "sub": ["ведёт предмет «Алгебра»"],
        "tut": ["тьютор"],
        "mun": [],
    }


def test_in_the_demo_every_role_has_a_login_whose_desk_and_links_open(demo_school: School) -> None:
    held: set[Role] = set()
    for login in [one.login for one in cast.STAFF if one.login] + [login for login, _ in cast.OTHER_LOGINS]:
        user = User.objects.get(username=login)
        held |= roles_of(user)
        if login in WALKED:
            continue
        client = Client()
        client.force_login(user)
        dead = [(address, code) for address, code, _ in walk(client) if code >= 400]
        assert (login, dead) == (login, [])
    assert held == set(Role)
