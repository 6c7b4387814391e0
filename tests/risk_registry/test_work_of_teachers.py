"""Subject teachers see the entries of those whom they teach and write, if they like, how they mean to work."""

import re
from functools import partial
from typing import Any

import pytest
from django.test import Client

from common.errors import Refused
from risk_registry.models import EntryLook, WorkForm
from risk_registry.selectors.work import own_phrases
from risk_registry.services.work import work_add, work_withdraw
from school.models import Pupil, SchoolClass, Subgroup, TeachingAssignment, User
from school.roles import Position
from tests.counting import MOST, counts, seat_slipping
from tests.factories import make_class, make_pupil, make_staff, make_subject
from tests.risk_registry.making import entry_of, give_marks, judged

pytestmark = pytest.mark.django_db
PAGE = "/registry/work/"


@pytest.fixture
def teacher(seventh: SchoolClass) -> User:
    """Teaches algebra in 7А."""
    staff = make_staff(seventh.school, "Гречко Павел Семёнович", Position.TEACHER, login="predmet")
    subject = make_subject(seventh.school, "Алгебра")
    TeachingAssignment.objects.create(staff=staff, subject=subject, school_class=seventh)
    return User.objects.get(staff=staff)


@pytest.fixture
def pupils(seventh: SchoolClass) -> list[Pupil]:
    made = [make_pupil(seventh, name) for name in ("Ковтун Матвей Андреевич", "Рябов Денис Игоревич")]
    give_marks(made[0], "Алгебра", 2, 5, 5)
    give_marks(made[1], "Физика", 2, 5, 5)
    judged(made[0])
    return made


@pytest.fixture
def as_teacher(client: Client, teacher: User) -> Client:
    client.force_login(teacher)
    return client


def text_of(page: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def test_a_form_of_work_is_written_for_several_at_once_and_offered_again(
    as_teacher: Client, teacher: User, pupils: list[Pupil]
) -> None:
    picks = [entry_of(pupil).pk for pupil in pupils]
    subject = make_subject(pupils[0].school, "Алгебра")
    told = {"what": "work", "pick": picks, "text": "  карточки   по теме ", "subject": subject.pk}
    assert as_teacher.post(PAGE, told).status_code == 302
    assert list(WorkForm.objects.values_list("text", "subject__name")) == [("карточки по теме", "Алгебра")] * 2
    assert EntryLook.objects.filter(by=teacher).count() == 2
    page = as_teacher.get(PAGE)
    assert '<option value="карточки по теме">' in page.content.decode()
    assert text_of(page).count("карточки по теме Алгебра, Гречко") == 2


def test_seeing_an_entry_asks_for_no_words(as_teacher: Client, pupils: list[Pupil]) -> None:
    assert "нет записи" in text_of(as_teacher.get(PAGE))
    assert as_teacher.post(PAGE, {"what": "seen", "pick": entry_of(pupils[0]).pk}).status_code == 302
    assert as_teacher.post(PAGE, {"what": "seen", "pick": entry_of(pupils[0]).pk}).status_code == 302
    assert (EntryLook.objects.count(), WorkForm.objects.count()) == (1, 0)


def test_it_tells_what_is_missing(as_teacher: Client, pupils: list[Pupil]) -> None:
    assert "Отметьте учеников" in text_of(as_teacher.post(PAGE, {"what": "work", "text": "карточки"}))
    told = as_teacher.post(PAGE, {"what": "work", "text": "", "pick": entry_of(pupils[0]).pk})
    assert told.status_code == 422
    assert not WorkForm.objects.exists()


def test_only_pupils_whom_one_teaches_are_listed_and_written_about(
    as_teacher: Client, teacher: User, pupils: list[Pupil], seventh: SchoolClass
) -> None:
    other = make_class(seventh.school, "8А")
    group = Subgroup.objects.create(school_class=other, name="первая")
    taught, untaught = (make_pupil(other, name) for name in ("Зимина Полина", "Орлова Тая"))
    group.pupils.add(taught)
    subject = make_subject(seventh.school, "Физика")
    assert teacher.staff is not None
    TeachingAssignment.objects.create(staff=teacher.staff, subject=subject, school_class=other, subgroup=group)
    for pupil in (taught, untaught):
        give_marks(pupil, "Физика", 2)
    judged(taught)
    names = {each.row.entry.pupil.last_name for each in as_teacher.get(PAGE).context["rows"]}
    assert names == {"Ковтун", "Рябов", "Зимина"}
    told = {"what": "seen", "pick": [entry_of(taught).pk, entry_of(untaught).pk]}
    assert as_teacher.post(PAGE, told).status_code == 404
    assert not EntryLook.objects.exists()


def test_one_takes_back_ones_own_words_only(
    as_teacher: Client, teacher: User, deputy: User, pupils: list[Pupil]
) -> None:
    work_add(by=teacher, entries=[entry_of(pupils[0])], text="карточки", subject=None)
    work = WorkForm.objects.get()
    with pytest.raises(Refused, match="кто записал"):
        work_withdraw(by=deputy, work=work)
    assert as_teacher.post(f"/registry/work/{work.pk}/withdraw/").status_code == 302
    work.refresh_from_db()
    assert work.withdrawn_at is not None
    assert own_phrases(teacher) == []


def test_the_same_words_stand_once(teacher: User, pupils: list[Pupil]) -> None:
    entries = [entry_of(pupil) for pupil in pupils]
    assert work_add(by=teacher, entries=entries[:1], text="карточки", subject=None) == 1
    assert work_add(by=teacher, entries=entries, text="карточки", subject=None) == 1


def test_it_asks_the_same_few_queries_whatever_the_number_of_pupils(as_teacher: Client, seventh: SchoolClass) -> None:
    [one, many, most] = counts(partial(seat_slipping, seventh), as_teacher, PAGE)
    assert one == many == most <= MOST
