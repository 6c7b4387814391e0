"""Whom one tells: who is not to be told is left out, the wished channel stands first, an interpreter is asked for."""

from datetime import timedelta

import pytest
from django.test import Client

from common.errors import Refused
from parents.models import Notice
from parents.rules.notices import NoticeBody, SubjectLine
from parents.services.notices import Draft, notices_make
from school.models import Guardian, Guardianship, Pupil, RestrictedRead, SchoolClass, TeachingAssignment, User
from tests.factories import make_staff, make_subject
from tests.risk_registry.making import give_marks, period_of

pytestmark = pytest.mark.django_db
COURT = "решение суда от 12.03.2026"


@pytest.fixture
def as_leader(client: Client, leader: User) -> Client:
    client.force_login(leader)
    return client


@pytest.fixture
def father(pupil: Pupil, mother: Guardian) -> Guardianship:
    """Nothing may be told to him."""
    row = Guardian.objects.create(school=pupil.school, last_name="Ковтун", first_name="Андрей", way="phone")
    ground = {"telling": "none", "telling_ground": COURT}
    return Guardianship.objects.create(guardian=row, pupil=pupil, relation="father", **ground)


def test_who_is_not_to_be_told_is_left_out_of_a_talk_with_the_reason(
    as_leader: Client, pupil: Pupil, mother: Guardian, father: Guardianship
) -> None:
    answer = as_leader.get(f"/parents/talks/new/{pupil.pk}/")
    page = answer.content.decode()

    assert [one.guardian for one in answer.context["partners"]] == [mother]
    assert "О ребёнке не сообщать: Ковтун Андрей" in page
    assert COURT in page
    assert RestrictedRead.objects.get().what == "guardians"
    Guardianship.objects.filter(pk=father.pk).update(telling_until=pupil.school.today() - timedelta(days=1))
    assert "не сообщать" not in as_leader.get(f"/parents/talks/new/{pupil.pk}/").content.decode()


def test_a_teacher_is_warned_without_the_reason(
    client: Client, pupil: Pupil, seventh: SchoolClass, father: Guardianship
) -> None:
    teacher = make_staff(pupil.school, "Лоза Ирина Петровна", "teacher", login="loza")
    subject = make_subject(pupil.school, "Физика")
    TeachingAssignment.objects.create(staff=teacher, subject=subject, school_class=seventh)
    client.force_login(teacher.user)
    page = client.get(f"/parents/talks/new/{pupil.pk}/").content.decode()

    assert "О ребёнке не сообщать: Ковтун Андрей" in page
    assert COURT not in page
    assert not RestrictedRead.objects.exists()


def test_the_wished_channel_stands_first_and_is_chosen(as_leader: Client, pupil: Pupil, mother: Guardian) -> None:
    Guardian.objects.update(way="diary")
    answer = as_leader.get(f"/parents/talks/new/{pupil.pk}/")

    assert answer.context["channels"][0][0] == "diary"
    assert len(answer.context["channels"]) == 5
    assert answer.context["values"]["channel"] == "diary"


def test_a_notice_is_addressed_by_name_and_never_to_who_is_not_to_be_told(
    as_leader: Client, leader: User, pupil: Pupil, mother: Guardian, father: Guardianship
) -> None:
    give_marks(pupil, "Алгебра", 2, 2)
    period = period_of(pupil.school)
    page = f"/parents/notices/new/{pupil.pk}/?kind=marks&period={period.pk}"
    shown = as_leader.get(page).content.decode()
    assert "О ребёнке не сообщать: Ковтун Андрей" in shown
    assert COURT in shown
    assert "родителям (законным представителям)</option>" not in shown
    assert as_leader.post(page, {"guardian": father.guardian_id}).status_code == 422

    body = NoticeBody("Ковтун Матвей Андреевич", "7А", "1-я четверть", subjects=(SubjectLine("Алгебра", "2 2"),))
    for guardian in (None, father.guardian):
        with pytest.raises(Refused, match="ничего нельзя сообщать"):
            drafts = [Draft(pupil, body, guardian)]
            notices_make(by=leader, school=pupil.school, period=period, kind="marks", drafts=drafts)
    assert not Notice.objects.exists()

    whole = f"/parents/notices/class/?cls={pupil.enrolments.get().school_class_id}&kind=marks&period={period.pk}"
    as_leader.post(whole, {"pupils": [pupil.pk]})
    assert Notice.objects.get().guardian == mother


def test_an_interpreter_is_asked_for_where_one_writes_to_parents(
    as_leader: Client, pupil: Pupil, mother: Guardian
) -> None:
    give_marks(pupil, "Алгебра", 2, 2)
    Guardian.objects.update(interpreter=True, language="узбекский")
    period = period_of(pupil.school)
    new = f"/parents/notices/new/{pupil.pk}/?kind=marks&period={period.pk}"
    assert "Нужен переводчик: Ковтун Ирина Львовна, язык: узбекский" in as_leader.get(new).content.decode()
    made = as_leader.post(new, {"guardian": mother.pk})
    assert "Нужен переводчик: Ковтун Ирина Львовна" in as_leader.get(made["Location"]).content.decode()
    assert "Нужен переводчик" in as_leader.get(f"/parents/talks/new/{pupil.pk}/").content.decode()
