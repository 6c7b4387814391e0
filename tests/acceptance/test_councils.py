"""Councils, as those who use them go through the pages of the demo school."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from consultations.council_papers import PAPERS, paper_find
from consultations.councils import CouncilKind, DecisionState
from consultations.models import Conclusion, Council, CouncilDecision, Petition, Sitting
from school.agendas import agenda_of
from school.models import School, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(demo_school: School) -> School:
    return demo_school


def as_login(client: Client, login: str) -> User:
    user = User.objects.select_related("school", "staff").get(username=login)
    client.force_login(user)
    return user


def text_of(page: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def printed(login: str, what: str, key: int) -> str:
    user = User.objects.select_related("school", "staff").get(username=login)
    content = PAPERS[what].make(user, paper_find(user, what, key))
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def ppk() -> Council:
    return Council.objects.get(kind=CouncilKind.PPK)


def test_the_consilium_shows_its_composition_plan_and_the_half_year_without_a_sitting(
    client: Client, school: School
) -> None:
    as_login(client, "psiholog-glava")
    page = text_of(client.get(reverse("councils:council", args=[ppk().pk])))
    for words in ("приказ № 88-О", "Рощина Вера Олеговна", "секретарь", "2-е полугодие: планового заседания нет"):
        assert words in page
    assert "Итоги полугодия" in printed("psiholog-glava", "plan", ppk().pk)
    composition = printed("psiholog-glava", "composition", ppk().pk)
    assert "Приложение к приказу № 88-О" in composition and "Учитель-логопед" in composition


def test_protocol_and_conclusion_print_by_their_forms(school: School) -> None:
    sitting = Sitting.objects.get(council=ppk(), number=1)
    told = printed("psiholog-glava", "protocol", sitting.protocols.get().pk)
    parts = ("Протокол № 1", "Присутствовали", "Отсутствовали: Кравец А. Б.", "Повестка", "Слушали", "Решили")
    for words in (*parts, "Приложения", "коллегиальное заключение № 1", "Заместитель председателя"):
        assert words in told.replace("\xa0", " ")
    conclusion = Conclusion.objects.get(question__sitting=sitting)
    paper = printed("psiholog-glava", "conclusion", conclusion.pk)
    assert "согласны частично" in paper and "Просят перенести занятия на утро" in paper


def test_terms_that_passed_stand_first_on_the_agenda_of_the_chair(client: Client, school: School) -> None:
    chair = as_login(client, "psiholog-glava")
    late = Sitting.objects.get(council=ppk(), number=2)
    waits = {item.title: item for item in agenda_of(chair, school.today()) if item.title.startswith("ППк")}
    for title in ("ППк: подписать протокол", "ППк: довести заключение до педагогов"):
        due = waits[title].due
        assert due is not None and due < school.today()
        assert waits[title].url == reverse("councils:sitting", args=[late.pk])


def test_registers_of_a_council_come_as_workbooks(client: Client, school: School) -> None:
    as_login(client, "psiholog-glava")
    found = {}
    for what in ("sittings", "petitions", "decisions", "conclusions", "pmpk"):
        content = client.get(reverse("councils:register", args=[what, ppk().pk])).content
        found[what] = list(load_workbook(BytesIO(content)).worksheets[0].values)
    assert [row[0] for row in found["sittings"][2:]] == [1, 2]
    assert found["conclusions"][2][1] == "Ковтун Матвей Андреевич"
    assert [row[2] for row in found["petitions"][2:]] == ["Ковтун Матвей Андреевич", "Рябов Денис Игоревич"]
    late = found["decisions"][4]
    assert (late[4], late[7]) == ("Подготовить документы для ПМПК", "срок прошёл") and str(late[5]).startswith("Кравец")
    assert found["pmpk"][1][:3] == ("№", "Дата", "ФИО") and len(found["pmpk"]) == 3


def test_a_small_council_goes_from_its_order_to_a_carried_out_decision_on_pages(client: Client, school: School) -> None:
    as_login(client, "zavuch")
    former = Council.objects.get(kind=CouncilKind.SMALL)
    client.post(reverse("councils:close", args=[former.pk]), {"on": "2026-11-19"})
    made = client.post(reverse("councils:new"), {"kind": "small", "number": "91", "date": "2026-11-20"})
    council = Council.objects.get(kind=CouncilKind.SMALL, ended_on=None)
    assert made.headers["Location"] == reverse("councils:council", args=[council.pk])
    for login, role in (("zavuch", "chair"), ("socped", "secret")):
        staff = User.objects.get(username=login).staff_id
        told = {"staff": staff, "role": role, "begins": "2026-11-20"}
        assert client.post(reverse("councils:member_new", args=[council.pk]), told).status_code == 302
    teacher = as_login(client, "klass")
    pupil = Petition.objects.filter(kind="ppk").earliest("pk").pupil
    asked = {"kind": "small", "reason": "absent", "initiator": "class", "on": "2026-11-20", "noticed": "устаёт"}
    client.post(f"{reverse('councils:petition_new')}?pupil={pupil.pk}", asked)
    petition = Petition.objects.get(kind="small", state="sent")
    corrected = asked | {"noticed": "устаёт и молчит", "tried": "говорили дома"}
    assert client.post(reverse("councils:petition_edit", args=[petition.pk]), corrected).status_code == 302
    assert (petition.words.seen, petition.words.tried) == ("устаёт и молчит", "говорили дома")
    facts = text_of(client.get(reverse("councils:petition", args=[petition.pk])))
    assert "неуспевающий (Алгебра, Геометрия)" in facts and "без уважительной причины" in facts
    as_login(client, "zavuch")
    plan = {"on": "2026-11-21", "by_plan": "extra", "topic": "Пропуски"}
    client.post(reverse("councils:sitting_new", args=[council.pk]), plan)
    sitting = Sitting.objects.get(council=council)
    key = [sitting.pk]
    client.post(reverse("councils:question_take", args=key), {"petition": petition.pk})
    client.post(reverse("councils:sitting_hold", args=key), {"version": sitting.version})
    for person in sitting.people.all():
        client.post(reverse("councils:presence", args=[person.pk]), {"present": "yes"})
    question = sitting.questions.get()
    client.post(reverse("councils:course", args=[question.pk]), {"course": "обсудили", "parent": "yes"})
    decided = {"text": "Позвонить домой", "responsible": teacher.staff_id, "due": "2026-11-24"}
    client.post(reverse("councils:decision_new", args=[question.pk]), decided)
    sitting.refresh_from_db()
    client.post(reverse("councils:sitting_sign", args=key), {"version": sitting.version, "on": "2026-11-21"})
    page = text_of(client.get(reverse("councils:sitting", args=key)))
    assert "протокол № 2" in page and "Протокол подписан" in page and "Присутствуют 2 из 2" in page
    teacher = as_login(client, "klass")
    decision = CouncilDecision.objects.get(question=question)
    url = reverse("councils:decision_answer", args=[decision.pk])
    assert url in [item.url for item in agenda_of(teacher, school.today())]
    client.post(url, {"state": "done", "answer": "договорились о встрече"})
    decision.refresh_from_db()
    assert decision.state == DecisionState.DONE
