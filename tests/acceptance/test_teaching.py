"""Bank of practices and teachers' growth, as those who use them go through the pages of the demo school."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from documents.registry import ReportQuery
from iom.models import Route
from school.agendas import agenda_of
from school.models import School, User
from teaching.models import Community, LessonVisit, Practice, TeacherGap, Training
from teaching.reports.paper import RENDERERS, build_teaching
from teaching.words import RecordState

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


def test_a_teacher_enters_a_training_by_a_few_taps_and_the_methodical_head_confirms_it(
    client: Client, school: School
) -> None:
    as_login(client, "predmet")
    sent: dict[str, Any] = {
        "title": "Обратная связь на уроке",
        "kind": "nonform",
        "starts": "2026-11-02",
        "ends": "2026-11-03",
    }
    sent |= {"topics": ["weak", "assess"], "hours": "8"}
    assert client.post(reverse("teaching:training_new"), sent).status_code == 302
    row = Training.objects.get(title="Обратная связь на уроке")
    assert "Обратная связь на уроке" in text_of(client.get(reverse("teaching:mine")))
    head = as_login(client, "shmo")
    waits = [item for item in agenda_of(head, school.today()) if item.url == reverse("teaching:waiting")]
    assert waits and f"{row}" in text_of(client.get(waits[0].url))
    client.post(reverse("teaching:confirm", args=["training", row.pk]), {"version": row.version})
    row.refresh_from_db()
    assert row.is_confirmed


def test_a_returned_record_comes_back_to_its_teacher_with_the_word(client: Client, school: School) -> None:
    user = as_login(client, "nastavnik")
    item = next(item for item in agenda_of(user, school.today()) if "вернули" in item.title)
    assert "номер удостоверения" in text_of(client.get(item.url))


def test_a_community_shows_its_members_cycle_and_meetings(client: Client, school: School) -> None:
    as_login(client, "klass")
    told = text_of(client.get(reverse("teaching:community", args=[Community.objects.get().pk])))
    for words in ("Гречко Павел Семёнович", "вопроса задачи не замечают", "Исследовательский урок", "7А, проценты"):
        assert words in told


def test_a_practice_has_files_tags_and_who_applied_it(client: Client, school: School) -> None:
    as_login(client, "nastavnik")
    row = Practice.objects.get(title__startswith="Карточки")
    found = client.get(f"{reverse('teaching:practices')}?tag=подсказки").context["page"].object_list
    assert [(one.pk, one.papers, one.applied) for one in found] == [(row.pk, 1, 2)]
    assert client.post(reverse("teaching:practice_use", args=[row.pk])).status_code == 302
    page = client.get(reverse("teaching:practice", args=[row.pk]))
    assert len(page.context["uses"]) == 3 and "Образец карточки" in text_of(page)
    paper = client.get(reverse("documents:file", args=[page.context["files"][0].file_id]))
    assert paper.status_code == 200 and paper.headers["Content-Disposition"].startswith("attachment")


def test_a_lesson_visit_is_recorded_by_taps_and_its_teacher_reads_and_answers(client: Client, school: School) -> None:
    teacher = User.objects.get(username="predmet").staff
    as_login(client, "shmo")
    assert teacher is not None
    sent = {"staff": teacher.pk, "on": "2026-11-19", "technologies": ["groups", "resh"], "objectivity": "part"}
    assert client.post(reverse("teaching:visit_new"), sent | {"weak": "seen"}).status_code == 302
    row = LessonVisit.objects.get(on="2026-11-19")
    as_login(client, "predmet")
    told = text_of(client.get(reverse("teaching:visit", args=[row.pk])))
    assert "Работа в парах и группах" in told and "Частично" in told and "Видна" in told
    answer = {"reply": "учту", "version": row.version}
    assert client.post(reverse("teaching:visit_read", args=[row.pk]), answer).status_code == 302
    as_login(client, "nastavnik")
    assert client.get(reverse("teaching:visit", args=[row.pk])).status_code == 404


def test_a_teachers_gaps_are_offered_when_the_route_is_made_and_lead_to_it(client: Client, school: School) -> None:
    row = TeacherGap.objects.get(closed_on__isnull=True)
    Route.objects.filter(staff=row.staff).delete()
    as_login(client, "klass")
    gap = reverse("teaching:gap", args=[row.pk])
    making = f"{reverse('routes:teacher_new')}?staff={row.staff_id}"
    assert making in client.get(gap).content.decode() and row.text in text_of(client.get(making))
    sent = {"staff": row.staff_id, "gaps": "on"}
    assert client.post(making, sent).status_code == 302
    route = Route.objects.going().get(staff=row.staff)
    assert [(one.topic, one.found_on) for one in route.gaps.all()] == [(row.text, row.found_on)]
    assert reverse("routes:route", args=[route.pk]) in client.get(gap).content.decode()
    as_login(client, "predmet")
    assert client.get(gap).status_code == 404
    assert row.text not in client.get(making).content.decode()


def test_p01_p02_and_p04_follow_from_the_records_and_p05_to_p08_have_evidence_and_a_value_of_a_person(
    client: Client, school: School
) -> None:
    as_login(client, "zavuch")
    page = client.get(reverse("teaching:indicators"))
    assert [figure.of.split()[0] for figure in page.context["counted"]] == ["2", "4", "2"]
    assert [figure.of.split()[0] for figure in page.context["seen"]] == ["3", "1", "1", "2"]
    for figure in [*page.context["counted"], *page.context["seen"]]:
        assert len(client.get(figure.url).context["rows"]) == int(figure.of.split()[0])
    told = text_of(page)
    assert "4 из" in told and "вероятно, это ежегодный прирост" in told and "не менее 50 %" in told


def test_the_methodical_heads_list_is_filtered_printed_and_taken_as_a_workbook(client: Client, school: School) -> None:
    user = as_login(client, "shmo")
    address = f"{reverse('teaching:trainings')}?state=confirmed&topic=weak"
    assert client.get(address).context["page"].paginator.count == 2
    extra = {"what": "trainings", "state": RecordState.CONFIRMED.value, "topic": "weak"}
    paper = build_teaching(ReportQuery(school, 0, user=user, extra=extra))
    assert paper.about == ("Состояние: Подтверждена", "Тема: Слабоуспевающие и неуспевающие")
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(RENDERERS["pdf"](paper))).pages)
    assert "У-1184" in text and "Наставничество в школе" not in text
    sheet = load_workbook(BytesIO(RENDERERS["xlsx"](paper))).active
    assert sheet is not None and "Смысловое чтение на всех предметах" in [cell.value for cell in sheet["A"]]


def test_the_indicators_are_told_without_a_browser(school: School, tmp_path: Any) -> None:
    file = tmp_path / "teaching.json"
    call_command("report", "teaching", school=school.code, period=1, format="json", output=file)
    told = file.read_text()
    assert '"P01. Прошли адресное обучение"' in told and "Гречко Павел Семёнович" in told
