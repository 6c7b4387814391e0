"""The calendar of approvals, and reminders that name nobody."""

import re
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.test import Client

from common.errors import Refused
from documents.models import OutboxMail
from risk_registry.agenda import agenda_for
from risk_registry.models import ApprovalReminder, RegistryEntry
from risk_registry.selectors.approvals import class_standings, term_of
from risk_registry.services.classification import period_classify
from risk_registry.services.registry import entries_decide
from risk_registry.services.reminding import reminder_send, schools_remind
from risk_registry.services.work import entries_look
from risk_registry.workflow import Deed
from school.models import Pupil, School, SchoolClass, TeachingAssignment, User
from school.roles import Position
from school.shared import AgendaItem
from tests.counting import MOST, counts, seat_slipping
from tests.factories import make_pupil, make_staff, make_subject
from tests.risk_registry.making import entry_of, give_marks, period_of

pytestmark = pytest.mark.django_db
PAGE = "/registry/approvals/"
DUE = date(2026, 11, 6)  # five school days after 31 October, the holidays being unknown


@pytest.fixture
def teacher(school: School) -> User:
    staff = make_staff(school, "Власова Надежда Игоревна", Position.TEACHER, login="klass")
    user = User.objects.get(staff=staff)
    user.email = "klass@example.org"
    user.save()
    return user


@pytest.fixture
def led(seventh: SchoolClass, teacher: User) -> SchoolClass:
    seventh.class_teacher = teacher.staff
    seventh.save()
    return seventh


@pytest.fixture
def pupils(led: SchoolClass) -> list[Pupil]:
    made = [
        make_pupil(led, name) for name in ("Ковтун Матвей Андреевич", "Рябов Денис Игоревич", "Зимина Полина Юрьевна")
    ]
    for pupil in made:
        give_marks(pupil, "Алгебра", 2, 5, 5)
    period_classify(period=period_of(led.school))
    return made


def on(school: School, day: date) -> School:
    school.demo_today = day
    school.save()
    return School.objects.get(pk=school.pk)


def line(user: User, school: School) -> Any:
    period = period_of(school)
    found = class_standings(User.objects.get(pk=user.pk), term_of(period, school.today(), []))
    return next(each for each in found if str(each.school_class) == "7А")


def decide(by: User, pupil: Pupil, what: Deed, comment: str = "уточните") -> None:
    entry = entry_of(pupil)
    entries_decide(by=by, versions={entry.pk: entry.version}, what=what, comment=comment)


def text_of(page: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode())).replace("\u00a0", " ")


def test_it_counts_where_each_class_stands(deputy: User, pupils: list[Pupil], school: School) -> None:
    decide(deputy, pupils[0], Deed.AGREE)
    decide(deputy, pupils[1], Deed.APPROVE)
    told = line(deputy, school)
    assert (told.proposed, told.agreed, told.approved, told.unagreed, told.all) == (1, 1, 1, 1, 3)
    assert told.words == "ждёт классного руководителя"
    decide(deputy, pupils[2], Deed.REMOVE)
    decide(deputy, pupils[0], Deed.APPROVE)
    told = line(deputy, school)
    assert (told.approved, told.removed, told.unagreed, told.words) == (2, 1, 1, "утверждён")


def test_a_teacher_has_seen_a_class_when_every_entry_of_their_subjects_was_seen(
    deputy: User, pupils: list[Pupil], led: SchoolClass, school: School
) -> None:
    for name, login in (("Гречко Павел", "predmet"), ("Пак Андрей", "other")):
        staff = make_staff(school, name, Position.TEACHER, login=login)
        TeachingAssignment.objects.create(staff=staff, subject=make_subject(school, "Алгебра"), school_class=led)
    history = make_staff(school, "Дёмин Виктор", Position.TEACHER)
    TeachingAssignment.objects.create(staff=history, subject=make_subject(school, "История"), school_class=led)
    one = User.objects.get(username="predmet")
    assert (line(deputy, school).seen, line(deputy, school).teachers) == (0, 2)
    entries_look(by=one, entries=[entry_of(pupil) for pupil in pupils[:2]])
    assert line(deputy, school).seen == 0
    entries_look(by=one, entries=[entry_of(pupils[2])])
    assert (line(deputy, school).seen, line(deputy, school).teachers) == (1, 2)


def test_late_is_who_waits_since_before_the_term_ended(deputy: User, pupils: list[Pupil], school: School) -> None:
    RegistryEntry.objects.update(changed_at=school.now() - timedelta(days=18))
    assert term_of(period_of(school), school.today(), []).due == DUE
    assert line(deputy, school).late == 3
    assert line(deputy, on(school, DUE)).late == 0
    on(school, date(2026, 11, 21))
    decide(deputy, pupils[0], Deed.RETURN)
    assert line(deputy, school).late == 2


def test_the_page_names_the_class_teacher_and_says_no_record(
    as_deputy: Client, pupils: list[Pupil], school: School
) -> None:
    RegistryEntry.objects.update(changed_at=school.now() - timedelta(days=18))
    told = text_of(as_deputy.get(PAGE))
    assert "срок был 6 ноября" in told
    assert "Срок прошёл, записи о согласовании нет: 7А ( Власова Н. И. )" in told.replace(
        "(Власова Н. И.)", "( Власова Н. И. )"
    )
    assert "не выполнено" not in told.lower()


def test_the_list_of_the_years_beginning_is_due_by_15_september(
    as_deputy: Client, pupils: list[Pupil], school: School
) -> None:
    on(school, date(2026, 9, 10))
    told = text_of(as_deputy.get(PAGE))
    assert "Список начала года" in told and "срок до 15 сентября" in told


def test_the_button_puts_an_item_on_the_desk_and_a_letter_without_names_into_the_outbox(
    as_deputy: Client, client: Client, teacher: User, pupils: list[Pupil], led: SchoolClass, school: School
) -> None:
    answer = as_deputy.post(f"{PAGE}{led.pk}/remind/", {"period": period_of(school).pk}, follow=True)
    assert "напоминание появилось на рабочем столе, письмо отправлено" in text_of(answer)

    mail = OutboxMail.objects.get()
    assert mail.to == "klass@example.org"
    assert "7А класс, 1-я четверть 2026/27: 3 записи ждут" in mail.body.replace("\u00a0", " ")
    for pupil in pupils:
        for name in (pupil.last_name, pupil.first_name):
            assert name not in mail.subject + mail.body

    client.force_login(teacher)
    desk = text_of(client.get("/"))
    assert "Согласовать реестр: 3 записи" in desk and "завуч напомнил 21 ноября" in desk


def test_a_second_reminder_of_the_day_is_refused(deputy: User, pupils: list[Pupil], led: SchoolClass) -> None:
    period = period_of(led.school)
    reminder_send(by=deputy, period=period, school_class=led)
    with pytest.raises(Refused, match="уже напоминали"):
        reminder_send(by=deputy, period=period, school_class=led)
    assert (ApprovalReminder.objects.count(), OutboxMail.objects.count()) == (1, 1)


def test_there_is_nobody_to_remind_of_nothing(deputy: User, pupils: list[Pupil], led: SchoolClass) -> None:
    led.class_teacher = None
    with pytest.raises(Refused, match="нет классного руководителя"):
        reminder_send(by=deputy, period=period_of(led.school), school_class=led)
    for pupil in pupils:
        decide(deputy, pupil, Deed.AGREE)
    with pytest.raises(Refused, match="не о чем"):
        reminder_send(by=deputy, period=period_of(led.school), school_class=led)


def test_without_an_address_the_desk_alone_reminds(
    deputy: User, teacher: User, pupils: list[Pupil], led: SchoolClass
) -> None:
    User.objects.filter(pk=teacher.pk).update(email="")
    assert not reminder_send(by=deputy, period=period_of(led.school), school_class=led).mailed
    assert not OutboxMail.objects.exists()


def test_the_calendar_reminds_once_before_the_term(pupils: list[Pupil], led: SchoolClass, school: School) -> None:
    on(school, DUE - timedelta(days=4))
    assert schools_remind() == 0
    on(school, DUE - timedelta(days=2))
    assert [schools_remind(), schools_remind()] == [1, 0]
    on(school, DUE)
    assert schools_remind() == 0
    assert ApprovalReminder.objects.get().by is None
    assert OutboxMail.objects.count() == 1


def test_the_calendar_reminds_nobody_who_has_agreed(
    deputy: User, pupils: list[Pupil], led: SchoolClass, school: School
) -> None:
    on(school, DUE)
    for pupil in pupils:
        decide(deputy, pupil, Deed.AGREE)
    assert schools_remind() == 0


def registry_items(user: User, day: date) -> list[AgendaItem]:
    """Without the interviews that the same agenda asks for."""
    return [item for item in agenda_for(user, day) if not item.title.startswith("Собеседования")]


def test_the_agenda_follows_the_facts(deputy: User, teacher: User, pupils: list[Pupil], school: School) -> None:
    today = school.today()
    assert [(item.title, item.due) for item in agenda_for(teacher, today)] == [
        ("Согласовать реестр: 3\u00a0записи", DUE)
    ]
    RegistryEntry.objects.update(changed_at=school.now() - timedelta(days=18))
    (late,) = registry_items(deputy, today)
    assert (late.title, late.about) == ("Напомнить классным руководителям", "записи о согласовании нет: 7А")
    for pupil in pupils:
        decide(deputy, pupil, Deed.AGREE)
    assert agenda_for(teacher, today) == []
    (item,) = registry_items(deputy, today)
    assert (item.title, item.due) == ("Утвердить реестр: 3\u00a0записи", DUE)


def test_the_page_asks_the_same_few_queries_whatever_the_number_of_pupils(
    as_deputy: Client, led: SchoolClass, school: School
) -> None:
    [one, many, most] = counts(partial(seat_slipping, led), as_deputy, PAGE)
    assert one == many == most <= MOST
