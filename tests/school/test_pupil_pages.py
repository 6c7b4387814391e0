"""Pupils on pages: list, file, moves, departures, guardians, restricted facts, people who answer for them."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from common import events
from gradebook.models import Mark
from school.events import ContingentChanged
from school.models import (
    Enrolment,
    Guardian,
    Guardianship,
    Pupil,
    Responsibility,
    School,
    SchoolClass,
    User,
)
from tests.factories import make_class, make_pupil, make_school, make_staff, make_subject

pytestmark = pytest.mark.django_db


@pytest.fixture
def seven_a(school: School) -> SchoolClass:
    return make_class(school, "7А")


@pytest.fixture
def kovtun(seven_a: SchoolClass) -> Pupil:
    return make_pupil(seven_a, "Ковтун Матвей Андреевич", external_id="100", birth=date(2013, 3, 5))


def log_in(school: School, name: str, *positions: str) -> Client:
    staff = make_staff(school, name, *positions, login=name.split()[0])
    client = Client()
    client.force_login(User.objects.get(staff=staff))
    return client


def address(name: str, *args: object) -> str:
    return reverse(f"school:{name}", args=args)


def text(client: Client, name: str, *args: object) -> str:
    answer = client.get(address(name, *args))
    assert answer.status_code == 200
    return answer.content.decode()


def names(client: Client, **asked: str) -> list[str]:
    answer = client.get(address("pupils"), asked)
    assert answer.status_code == 200
    return [pupil.last_name for pupil in answer.context["page"]]


def seats(pupil: Pupil) -> list[tuple[str, str, str | None]]:
    rows = pupil.enrolments.select_related("school_class").order_by("starts")
    return [(str(row.school_class), str(row.starts), str(row.ends) if row.ends else None) for row in rows]


def test_the_list_is_filtered_by_class_text_and_presence(deputy: Client, school: School, kovtun: Pupil) -> None:
    other = make_class(school, "5Б")
    make_pupil(other, "Ёлкина Лада Ивановна")
    gone = make_pupil(other, "Седых Олег Павлович")
    gone.enrolments.update(ends=date(2026, 10, 1))

    assert names(deputy) == ["Ёлкина", "Ковтун"]
    assert names(deputy, **{"class": str(other.pk)}) == ["Ёлкина"]
    assert names(deputy, text="елк") == ["Ёлкина"]
    assert names(deputy, state="left") == ["Седых"]
    assert names(deputy, state="all") == ["Ёлкина", "Ковтун", "Седых"]


def test_the_list_is_sorted_as_asked(deputy: Client, school: School, kovtun: Pupil) -> None:
    make_pupil(make_class(school, "10А"), "Арбузов Олег Павлович", birth=date(2010, 1, 1))

    assert names(deputy, sort="class") == ["Ковтун", "Арбузов"]
    assert names(deputy, sort="-class") == ["Арбузов", "Ковтун"]
    assert names(deputy, sort="birth") == ["Арбузов", "Ковтун"]


@pytest.mark.parametrize(
    "asked",
    [
        {"class": "x"},
        {"class": "99999999999999999999999"},
        {"class": "²"},
        {"sort": "password"},
        {"page": "-5"},
        {"page": "x"},
        {"state": "'; DROP TABLE"},
        {"text": "%_\\"},
        {"text": "\x00"},
        {"text": "я" * 5000},
    ],
)
def test_hostile_filters_break_nothing(deputy: Client, kovtun: Pupil, asked: dict[str, str]) -> None:
    assert deputy.get(address("pupils"), asked).status_code == 200


def test_a_number_beyond_all_keys_is_simply_not_found(deputy: Client, school: School, kovtun: Pupil) -> None:
    endless = "9" * 30
    assert deputy.get(f"/school/pupils/{endless}/").status_code == 404
    sent = {"school_class": endless, "day": "2026-10-10"}
    assert deputy.post(address("pupil_move", kovtun.pk), sent).status_code == 422


@pytest.mark.parametrize("name", ["Ков\x00тун", "К" * 101, " \u00a0 "])
def test_names_that_cannot_be_kept_are_refused(deputy: Client, kovtun: Pupil, name: str) -> None:
    answer = deputy.post(address("pupil_edit", kovtun.pk), {"last_name": name, "first_name": "Матвей"})

    assert answer.status_code == 422
    kovtun.refresh_from_db()
    assert kovtun.last_name == "Ковтун"


def test_everybody_sees_only_their_own(school: School, kovtun: Pupil, seven_a: SchoolClass) -> None:
    make_pupil(make_class(school, "5Б"), "Седых Лада Ивановна")
    leader = make_staff(school, "Лоза Ирина Петровна", "teacher", login="loza")
    SchoolClass.objects.filter(pk=seven_a.pk).update(class_teacher=leader)
    client = Client()
    client.force_login(User.objects.get(staff=leader))

    assert names(client) == ["Ковтун"]


def test_a_pupil_of_another_school_is_not_found(kovtun: Pupil) -> None:
    stranger = log_in(make_school("S2"), "Чужой Иван Иванович", "director")

    assert stranger.get(address("pupil", kovtun.pk)).status_code == 404
    assert stranger.post(address("pupil_move", kovtun.pk), {}).status_code == 404
    assert names(stranger) == []


def test_a_pupil_is_entered_corrected_and_announced(
    deputy: Client, seven_a: SchoolClass, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[ContingentChanged] = []
    monkeypatch.setitem(events._handlers, ContingentChanged, [told.append])
    sent = {"last_name": " Ковтун ", "first_name": "Матвей", "school_class": seven_a.pk, "starts": "2026-09-01"}
    deputy.post(address("pupil_new"), sent)
    pupil = Pupil.objects.get()
    assert (pupil.last_name, seats(pupil)) == ("Ковтун", [("7А", "2026-09-01", None)])

    deputy.post(address("pupil_edit", pupil.pk), {"last_name": "Орлов", "first_name": "Матвей", "sex": "m"})
    pupil.refresh_from_db()
    assert (pupil.last_name, pupil.sex) == ("Орлов", "m")
    assert [fact.pupils for fact in told] == [frozenset({pupil.pk})] * 2


def test_an_id_of_another_pupil_is_refused_and_the_rest_is_kept(
    deputy: Client, seven_a: SchoolClass, kovtun: Pupil
) -> None:
    sent = {"last_name": "Седых", "first_name": "Лада", "external_id": "100", "school_class": seven_a.pk}
    answer = deputy.post(address("pupil_new"), {**sent, "starts": "2026-09-01"})

    assert answer.status_code == 422
    assert "Ковтун Матвей Андреевич" in answer.content.decode()
    assert 'value="Седых"' in answer.content.decode()


def test_a_class_of_another_school_cannot_be_chosen(deputy: Client) -> None:
    foreign = make_class(make_school("S2"), "7А")
    sent = {"last_name": "Седых", "first_name": "Лада", "school_class": foreign.pk, "starts": "2026-09-01"}

    assert deputy.post(address("pupil_new"), sent).status_code == 422
    assert not Pupil.objects.exists()


def test_a_pupil_moves_on_a_day_and_the_history_is_kept(deputy: Client, school: School, kovtun: Pupil) -> None:
    other = make_class(school, "7Б")
    sent = {"school_class": other.pk, "day": "2026-10-10", "reason": "заявление, приказ № 5"}
    deputy.post(address("pupil_move", kovtun.pk), sent)

    assert seats(kovtun) == [("7А", "2026-09-01", "2026-10-09"), ("7Б", "2026-10-10", None)]
    page = text(deputy, "pupil", kovtun.pk)
    assert "заявление, приказ № 5" in page
    assert "09.10.2026" in page


@pytest.mark.parametrize("day", ["2026-08-31", "2027-09-01", "вчера", "", "2026-02-30"])
def test_a_move_on_a_wrong_day_is_refused(deputy: Client, school: School, kovtun: Pupil, day: str) -> None:
    sent = {"school_class": make_class(school, "7Б").pk, "day": day}

    assert deputy.post(address("pupil_move", kovtun.pk), sent).status_code == 422
    assert seats(kovtun) == [("7А", "2026-09-01", None)]


def test_the_last_move_is_taken_back(deputy: Client, school: School, kovtun: Pupil) -> None:
    sent = {"school_class": make_class(school, "7Б").pk, "day": "2026-10-10"}
    deputy.post(address("pupil_move", kovtun.pk), sent)
    last = Enrolment.objects.get(pupil=kovtun, ends=None)
    deputy.post(address("enrolment_cancel", last.pk))

    assert seats(kovtun) == [("7А", "2026-09-01", None)]
    deputy.post(address("enrolment_cancel", Enrolment.objects.get().pk))
    assert Enrolment.objects.count() == 1


def test_a_pupil_leaves_and_returns(deputy: Client, seven_a: SchoolClass, kovtun: Pupil) -> None:
    assert deputy.post(address("pupil_leave", kovtun.pk), {"last_day": "2026-10-09", "reason": ""}).status_code == 422
    deputy.post(address("pupil_leave", kovtun.pk), {"last_day": "2026-10-09", "reason": "переезд, приказ № 14"})
    page = text(deputy, "pupil", kovtun.pk)
    assert "выбытие из 7А, последний день 09.10.2026" in page
    assert "переезд, приказ № 14" in page

    deputy.post(address("pupil_move", kovtun.pk), {"school_class": seven_a.pk, "day": "2026-11-10"})
    assert seats(kovtun) == [("7А", "2026-09-01", "2026-10-09"), ("7А", "2026-11-10", None)]


def test_days_of_a_seat_are_corrected_but_never_into_another_seat(
    deputy: Client, school: School, kovtun: Pupil
) -> None:
    deputy.post(address("pupil_move", kovtun.pk), {"school_class": make_class(school, "7Б").pk, "day": "2026-10-10"})
    first, second = Enrolment.objects.order_by("starts")
    assert deputy.post(address("enrolment", second.pk), {"starts": "2026-10-01"}).status_code == 422
    assert deputy.post(address("enrolment", first.pk), {"starts": "2026-09-01"}).status_code == 422
    deputy.post(address("enrolment", first.pk), {"starts": "2026-09-02", "ends": "2026-10-05"})

    assert seats(kovtun) == [("7А", "2026-09-02", "2026-10-05"), ("7Б", "2026-10-10", None)]


def test_only_a_record_made_by_mistake_is_deleted(deputy: Client, school: School, kovtun: Pupil) -> None:
    mistake = make_pupil(make_class(school, "5А"), "Ошибка Олег Павлович")
    Guardianship.objects.create(pupil=mistake, guardian=Guardian.objects.create(school=school, last_name="Ошибка"))
    Mark.objects.create(
        school=school,
        year=school.years.get(),
        pupil=kovtun,
        subject=make_subject(school, "Алгебра"),
        date=date(2026, 9, 10),
        value=4,
    )
    for pupil in (mistake, kovtun):
        deputy.post(address("pupil_delete", pupil.pk))

    assert list(Pupil.objects.all()) == [kovtun]
    assert seats(kovtun) == [("7А", "2026-09-01", None)]
    assert not Guardian.objects.exists()


def test_guardians_are_entered_corrected_shared_and_detached(deputy: Client, school: School, kovtun: Pupil) -> None:
    sent = {"last_name": "Ковтун", "first_name": "Анна", "relation": "mother", "phone": "+7 900 000-00-01"}
    sent["telling"] = "all"
    deputy.post(address("guardian_new", kovtun.pk), sent)
    tie = Guardianship.objects.get()
    deputy.post(address("guardian", tie.pk), {**sent, "phone": "+7 900 000-00-02"})
    assert "+7 900 000-00-02" in text(deputy, "pupil", kovtun.pk)

    sister = make_pupil(make_class(school, "5А"), "Ковтун Лада Андреевна")
    found = text(deputy, "guardian_known", sister.pk)
    assert "Ковтун Анна — Ковтун Матвей" in found
    deputy.post(address("guardian_known", sister.pk), {"guardian": tie.guardian_id, "relation": "mother"})
    assert set(tie.guardian.pupils.all()) == {kovtun, sister}

    deputy.post(address("guardian_delete", tie.pk))
    assert Guardian.objects.count() == 1
    deputy.post(address("guardian_delete", Guardianship.objects.get().pk))
    assert not Guardian.objects.exists()


def test_contacts_are_hidden_from_those_who_only_teach(school: School, seven_a: SchoolClass, kovtun: Pupil) -> None:
    guardian = Guardian.objects.create(school=school, last_name="Ковтун", first_name="Анна", phone="+7 900 000-00-01")
    Guardianship.objects.create(pupil=kovtun, guardian=guardian)
    teacher = make_staff(school, "Лоза Ирина Петровна", "teacher", login="loza")
    teacher.assignments.create(subject=make_subject(school, "Алгебра"), school_class=seven_a)
    client = Client()
    client.force_login(User.objects.get(staff=teacher))
    page = text(client, "pupil", kovtun.pk)

    assert "Ковтун Анна" in page
    assert "+7 900" not in page
    SchoolClass.objects.filter(pk=seven_a.pk).update(class_teacher=teacher)
    assert "+7 900" in text(client, "pupil", kovtun.pk)


def test_whoever_is_made_responsible_sees_the_pupil_until_the_last_day(
    deputy: Client, school: School, kovtun: Pupil
) -> None:
    tutor = make_staff(school, "Верба Инна Олеговна", "tutor", login="verba")
    client = Client()
    client.force_login(User.objects.get(staff=tutor))
    assert client.get(address("pupil", kovtun.pk)).status_code == 404

    deputy.post(address("responsibility_new", kovtun.pk), {"person": tutor.pk, "kind": "tutor"})
    assert client.get(address("pupil", kovtun.pk)).status_code == 200
    assert "Верба Инна Олеговна" in text(deputy, "pupil", kovtun.pk)

    row = Responsibility.objects.get()
    deputy.post(address("responsibility_end", row.pk), {"ends": "2026-11-20"})
    assert client.get(address("pupil", kovtun.pk)).status_code == 404


def test_nobody_is_made_responsible_twice(deputy: Client, school: School, kovtun: Pupil) -> None:
    sent = {"person": make_staff(school, "Верба Инна Олеговна", "tutor").pk, "kind": "tutor"}
    deputy.post(address("responsibility_new", kovtun.pk), sent)

    assert deputy.post(address("responsibility_new", kovtun.pk), sent).status_code == 422


def test_text_that_looks_like_markup_stays_text(deputy: Client, seven_a: SchoolClass) -> None:
    make_pupil(seven_a, "<script>alert(1)</script> =HYPERLINK(1)")
    page = deputy.get(address("pupils")).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
