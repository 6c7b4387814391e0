"""What waits for a decision of the director and the deputy."""

from datetime import date

import pytest
from django.utils.timezone import now

from monitoring.models import Report
from monitoring.services import QUARTERLY
from roadmaps.act_words import ActKind
from roadmaps.services.local_acts import ActDraft, act_enter
from roadmaps.services.programs import program_approve, program_create
from roadmaps.services.roadmaps import roadmap_create
from roadmaps.words_program import Template
from school.agendas import agenda_of
from school.models import School, User
from school.shared import AgendaItem
from tests.factories import TODAY, make_class, make_school, make_staff
from tests.risk_registry.making import period_of

pytestmark = pytest.mark.django_db
LACK = "Составить программу профилактики"


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def director(school: School) -> User:
    return User.objects.get(staff=make_staff(school, "Самойлова Нина Павловна", "director", login="director"))


def asked(user: User) -> list[AgendaItem]:
    return agenda_of(User.objects.select_related("school", "staff").get(pk=user.pk), TODAY)


def titles(user: User, *, signs: bool = False) -> list[str]:
    return [item.title for item in asked(user) if item.signs >= signs]


def test_a_school_without_a_program_is_told_so_until_one_is_written(school: School, director: User) -> None:
    assert LACK in titles(director)
    row = program_create(by=director, school=school, template=Template.YEAR, first_year=2026)
    assert LACK not in titles(director)
    assert "Программа не утверждена педсоветом" in titles(director, signs=True)
    program_approve(by=director, program=row, version=row.version, protocol_number="1", protocol_date=date(2026, 9, 3))
    assert not any("рограмм" in title for title in titles(director))


def test_drafts_of_documents_wait_once_their_period_is_over(school: School, director: User) -> None:
    places = [make_class(school, name) for name in ("7А", "7Б")]
    for number in (1, 2):
        for kind, place in ((QUARTERLY, None), *(("class_teacher", place) for place in places)):
            Report.objects.create(
                school=school,
                kind=kind,
                period=period_of(school, number),
                school_class=place,
                data={},
                digest="d",
                made_at=now(),
            )
    told = [
        (item.title.replace("\u00a0", " "), item.about)
        for item in asked(director)
        if item.title.startswith("Утвердить: ")
    ]
    assert sorted(told, reverse=True) == [
        ("Утвердить: отчёт за период", "1-я четверть 2026/27"),
        ("Утвердить: 2 документа классов и учителей", "1-я четверть 2026/27"),
    ]


def test_an_order_and_a_roadmap_wait_as_drafts_and_a_regulation_only_when_adopted(
    school: School, director: User
) -> None:
    year = school.years.get()
    roadmap_create(by=director, year=year)
    for kind, title in ((ActKind.ORDER, "Приказ о рабочей группе"), (ActKind.REGULATION, "Положение о парах")):
        act_enter(by=director, school=school, draft=ActDraft(kind=kind, title=title, answers=""))
    found = titles(director, signs=True)
    assert found.count("Утвердить локальный акт") == 1
    assert "Утвердить дорожную карту приказом" in found
