"""Mentoring, programs and sheets of progress, as those who use them go through the pages of the demo school."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from iom.mentoring import PairForm, PairState
from iom.models import MentoringPair, NetworkPartner, PairMeeting, Program
from school.access import pupils_for
from school.agendas import agenda_of
from school.models import Pupil, School, User

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


def pair(form: PairForm, state: PairState = PairState.ACTIVE) -> MentoringPair:
    return MentoringPair.objects.filter(form=form, state=state).earliest("pk")


def test_pairs_of_three_forms_show_program_goals_schedule_meetings_and_assessment(
    client: Client, school: School
) -> None:
    as_login(client, "zavuch")
    told = text_of(client.get(reverse("mentoring:pair", args=[pair(PairForm.PUPILS).pk])))
    for words in ("ассистент учителя", "Белова Майя", "Рябов Денис", "каждую неделю, чт", "словарный диктант"):
        assert words in told
    assert "Промежуточная: есть продвижение" in told
    figures = client.get(reverse("mentoring:list")).context["figures"]
    assert [figure.number for figure in figures] == ["1", "1", "1"]
    book = load_workbook(BytesIO(client.get(reverse("mentoring:export")).content)).active
    assert book is not None and book.max_row >= 6


def test_a_mentor_is_reminded_of_a_planned_meeting_and_writes_it_down(client: Client, school: School) -> None:
    mentor = as_login(client, "nastavnik")
    mine = pair(PairForm.TEACHER)
    waits = [item for item in agenda_of(mentor, school.today()) if "наставнической" in item.title]
    assert [item.url for item in waits] == [f"/mentoring/{mine.pk}/#meetings"]
    days = client.get(reverse("mentoring:list")).context["rows"][0].silent
    for day in days:
        sent = {"on": day.isoformat(), "held": "yes", "minutes": "40", "text": "задачи"}
        assert client.post(reverse("mentoring:meet", args=[mine.pk]), sent).status_code == 302
    again = User.objects.select_related("school", "staff").get(pk=mentor.pk)
    assert not [item for item in agenda_of(again, school.today()) if "наставнической" in item.title]
    assert PairMeeting.objects.filter(pair=mine, held=True).count() == 3 + len(days)


def test_the_deputy_finds_a_mentor_and_the_pupils_page_opens_for_them(client: Client, school: School) -> None:
    as_login(client, "zavuch")
    led = Pupil.objects.get(school=school, last_name="Ковтун")
    subject = next(one for one in school.subjects.all() if one.name == "Алгебра")
    find = f"{reverse('mentoring:find')}?form=tp&pupil={led.pk}&subject={subject.pk}"
    teacher = client.get(find).context["teachers"][0].staff
    assert "Выбрать" in text_of(client.get(find))
    new = f"{reverse('mentoring:new')}?form=tp&mentor={teacher.pk}&led={led.pk}&subject={subject.pk}"
    sent = {"goals": "закрыть тему", "rhythm": "week", "weekdays": ["2"], "begins": "2026-11-16", "ends": "2027-05-21"}
    assert client.post(new, sent).status_code == 302
    made = MentoringPair.objects.get(mentor=teacher, pupil=led)
    assert made.state == PairState.ACTIVE and made.duty is not None
    assert made.duty.person == teacher and made.duty.starts == made.begins
    assert f"/mentoring/{made.pk}/" in client.get(reverse("desk:pupil", args=[led.pk])).content.decode()


def test_a_class_teacher_sees_the_pairs_of_the_own_class_and_a_subject_teacher_none(
    client: Client, school: School
) -> None:
    as_login(client, "klass")
    seen = {row.pair.pk for row in client.get(reverse("mentoring:list")).context["rows"]}
    assert pair(PairForm.PUPILS).pk in seen and pair(PairForm.TEACHERS).pk not in seen
    teacher = as_login(client, "predmet")
    assert client.get(reverse("mentoring:list")).context["rows"] == []
    assert client.get(reverse("mentoring:pair", args=[pair(PairForm.PUPILS).pk])).status_code == 404
    assert pupils_for(teacher).exists()


def test_a_head_of_a_methodical_union_sees_pairs_and_not_the_pupils_marks(client: Client, school: School) -> None:
    as_login(client, "shmo")
    mine = pair(PairForm.TEACHER)
    page = client.get(reverse("mentoring:pair", args=[mine.pk]))
    assert "Мухина" in text_of(page)
    taught = pupils_for(User.objects.select_related("school", "staff").get(username="shmo"))
    expected = 200 if mine.pupil in taught else 404
    assert client.get(reverse("desk:pupil", args=[mine.pupil_id])).status_code == expected


def test_numbers_of_the_register_lead_to_their_programs(client: Client, school: School) -> None:
    as_login(client, "shmo")
    figures = client.get(reverse("programs:list")).context["figures"]
    assert [figure.number for figure in figures] == ["3", "6", "2", "2", "5", "1"]
    for figure in figures:
        assert client.get(figure.url).context["page"].paginator.count == int(figure.number)
    sent = {"kind": "vud", "title": "Физика в задачах", "levels": ["soo"], "starts": "2026-09-01"}
    assert client.post(reverse("programs:new"), sent).status_code == 302
    made = Program.objects.get(title="Физика в задачах")
    remove = client.post(reverse("programs:remove", args=[made.pk]), {"why": "записана дважды"})
    assert remove.status_code == 302
    assert client.get(reverse("programs:program", args=[made.pk])).status_code == 404


def test_an_agreement_that_ends_is_on_the_deputys_agenda(client: Client, school: School) -> None:
    deputy = as_login(client, "zavuch")
    waits = [item for item in agenda_of(deputy, school.today()) if "Договор" in item.title]
    rows = client.get(waits[0].url).context["rows"]
    assert len(waits) == 1 and [row.partner.name for row in rows] == ["Дом творчества «Вертикаль»"]
    assert NetworkPartner.objects.filter(school=school).count() == 2


def test_pupils_of_the_registry_are_shown_with_what_they_have_and_lack(client: Client, school: School) -> None:
    as_login(client, "zavuch")
    page = reverse("programs:coverage")
    told = client.get(page).context
    everybody = told["page"].paginator.count
    for figure in told["figures"]:
        having = client.get(f"{page}{figure.url}").context["page"].paginator.count
        lacking = client.get(f"{page}{figure.url.replace('has', 'lack')}").context["page"].paginator.count
        assert having == int(figure.number) and having + lacking == everybody
    assert any(int(figure.number) for figure in told["figures"])


def test_a_sheet_of_progress_is_there_for_every_pupil_and_says_what_is_empty(client: Client, school: School) -> None:
    as_login(client, "zavuch")
    first = client.get(reverse("progress:list")).context["figures"][0]
    assert int(first.number) == Pupil.objects.enrolled_on(school.today()).filter(school=school).count()
    ryabov = Pupil.objects.get(school=school, last_name="Рябов")
    page = client.get(reverse("progress:pupil", args=[ryabov.pk]))
    told = text_of(page)
    for words in ("Русский медвежонок", "Русский язык: от правила к тексту", "Коммуникативные", "Русский язык"):
        assert words in told
    assert "<svg" in page.content.decode() and "место в классе" not in told
    little = Pupil.objects.enrolled_on(school.today()).filter(enrolments__school_class__grade=1).first()
    assert little is not None
    assert "пока нет: отметок и итогов" in text_of(client.get(reverse("progress:pupil", args=[little.pk])))


def test_the_command_line_prints_a_sheet(school: School, tmp_path: Any) -> None:
    pupil = Pupil.objects.get(school=school, last_name="Рябов")
    Pupil.objects.filter(pk=pupil.pk).update(external_id="ryabov")
    target = tmp_path / "sheet.pdf"
    asked = ["--school", school.code, "--period", "0", "--pupil", "ryabov", "--format", "pdf", "--output", str(target)]
    call_command("report", "progress", *asked)
    pages = PdfReader(target).pages
    told = " ".join(page.extract_text() for page in pages)
    assert "Лист продвижения" in told and "Рябов" in told and "Русский язык" in told
