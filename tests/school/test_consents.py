"""Consents: a record per purpose with date and withdrawal; what hangs on one is refused without it."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from common.errors import Refused
from school.models import Consent, Guardian, HistoryEvent, Pupil, School, User
from school.purposes import Purpose, adult_on
from school.selectors_consents import consent_for, consent_rows, pupils_for_consents
from school.services.consents import (
    ConsentMissing,
    consent_correct,
    consent_record,
    consent_required,
    consent_withdraw,
)
from school.services.guardians import guardian_detach, guardian_save
from school.services.pupils import pupil_delete
from tests.factories import TODAY, make_class, make_pupil, make_staff

pytestmark = pytest.mark.django_db
SIGNED = date(2026, 9, 2)


@pytest.fixture
def pupil(school: School) -> Pupil:
    return make_pupil(make_class(school, "7А"), "Ковтун Матвей Андреевич", birth=date(2013, 3, 5))


@pytest.fixture
def mother(pupil: Pupil) -> Guardian:
    names = {"last_name": "Ковтун", "first_name": "Анна", "middle_name": "Павловна"}
    return guardian_save(by=None, pupil=pupil, tie=None, relation="mother", fields=names).guardian


@pytest.fixture
def pedagogue(school: School) -> User:
    return make_staff(school, "Фомина Лидия Петровна", "social_pedagogue", login="socped").user


def record(pupil: Pupil, mother: Guardian | None, **changes: Any) -> Consent:
    told: dict[str, Any] = {"purpose": Purpose.HEALTH, "given_on": SIGNED, "document": "личное дело, лист 12"}
    return consent_record(by=None, pupil=pupil, guardian=mother, **(told | changes))


def test_it_is_in_force_from_its_day_until_it_is_withdrawn(pupil: Pupil, mother: Guardian) -> None:
    row = record(pupil, mother)
    assert consent_for(pupil, Purpose.HEALTH, date(2026, 9, 1)) is None
    assert consent_for(pupil, Purpose.HEALTH, SIGNED) == row
    consent_withdraw(by=None, consent=row, withdrawn_on=date(2026, 11, 10), why="заявление от 10.11.2026")
    assert consent_for(pupil, Purpose.HEALTH, date(2026, 11, 9)) == row
    assert consent_for(pupil, Purpose.HEALTH, date(2026, 11, 10)) is None


def test_it_is_in_force_through_its_last_day(pupil: Pupil, mother: Guardian) -> None:
    row = record(pupil, mother, valid_until=date(2026, 11, 20))
    days = [date(2026, 11, 20), date(2026, 11, 21)]
    assert [consent_for(pupil, Purpose.HEALTH, day) for day in days] == [row, None]
    assert [row.is_in_force(day) for day in days] == [True, False]


def test_it_is_for_one_purpose(pupil: Pupil, mother: Guardian) -> None:
    record(pupil, mother)
    assert consent_for(pupil, Purpose.ORIGIN, TODAY) is None


def test_what_hangs_on_it_is_refused_without_it_and_told_which_and_where(pupil: Pupil) -> None:
    with pytest.raises(ConsentMissing, match=r"обработка сведений о здоровье.*Бланк") as told:
        consent_required(pupil=pupil, purpose=Purpose.HEALTH, day=TODAY)
    assert (told.value.pupil, told.value.purpose) == (pupil, Purpose.HEALTH)


def test_two_for_one_purpose_are_never_in_force_at_once(pupil: Pupil, mother: Guardian) -> None:
    record(pupil, mother)
    with pytest.raises(Refused, match="уже записано"):
        record(pupil, mother, given_on=date(2026, 10, 1))
    with pytest.raises(IntegrityError, match="consent_once_at_a_time"), transaction.atomic():
        Consent.objects.create(pupil=pupil, purpose="health", given_on=TODAY, document="в обход")
    assert Consent.objects.count() == 1


def test_after_one_is_over_another_may_be_given(pupil: Pupil, mother: Guardian) -> None:
    record(pupil, mother, valid_until=date(2026, 9, 30))
    second = record(pupil, mother, given_on=date(2026, 10, 1))
    consent_withdraw(by=None, consent=second, withdrawn_on=date(2026, 11, 1), why="заявление")
    third = record(pupil, mother, given_on=date(2026, 11, 1))
    assert consent_for(pupil, Purpose.HEALTH, TODAY) == third


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"given_on": date(2026, 11, 22)}, "ещё не наступила"),
        ({"valid_until": date(2026, 9, 1)}, "раньше"),
        ({"document": "  "}, "Назовите документ"),
    ],
)
def test_a_paper_that_cannot_be_is_refused(pupil: Pupil, mother: Guardian, changes: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        record(pupil, mother, **changes)
    assert not Consent.objects.exists()


def test_only_a_guardian_of_the_pupil_signs_or_a_pupil_who_is_of_age(pupil: Pupil, school: School) -> None:
    stranger = Guardian.objects.create(school=school, last_name="Чужая", first_name="Вера")
    with pytest.raises(Refused, match="не записан"):
        record(pupil, stranger)
    with pytest.raises(Refused, match="18"):
        record(pupil, None)
    pupil.birth_date = date(2008, 9, 2)
    pupil.save()
    assert record(pupil, None).signer == "Ковтун Матвей Андреевич"


@pytest.mark.parametrize(
    ("birth", "day", "adult"),
    [
        (date(2008, 9, 2), date(2026, 9, 1), False),
        (date(2008, 9, 2), date(2026, 9, 2), True),
        (date(2008, 2, 29), date(2026, 2, 28), False),
        (None, date(2026, 9, 2), False),
    ],
)
def test_of_age_is_who_has_turned_eighteen(birth: date | None, day: date, adult: bool) -> None:
    assert adult_on(birth, day) is adult


def test_the_second_to_withdraw_is_told(pupil: Pupil, mother: Guardian) -> None:
    row = record(pupil, mother)
    consent_withdraw(by=None, consent=row, withdrawn_on=date(2026, 11, 1), why="заявление матери")
    with pytest.raises(Refused, match=r"уже отозвано с 01\.11\.2026"):
        consent_withdraw(by=None, consent=row, withdrawn_on=date(2026, 11, 2), why="звонок")
    assert Consent.objects.get().withdrawn_why == "заявление матери"


@pytest.mark.parametrize("day", [date(2026, 9, 1), date(2026, 11, 22)])
def test_it_is_withdrawn_between_its_day_and_today(pupil: Pupil, mother: Guardian, day: date) -> None:
    with pytest.raises(Refused, match="День отзыва"):
        consent_withdraw(by=None, consent=record(pupil, mother), withdrawn_on=day, why="заявление")


def test_history_keeps_what_stood_before(pupil: Pupil, mother: Guardian, pedagogue: User) -> None:
    row = record(pupil, mother)
    consent_correct(by=pedagogue, consent=row, guardian=mother, given_on=SIGNED, document="лист 13")
    event = HistoryEvent.objects.filter(table="school_consent").first()
    assert event is not None
    assert event.before == {"document": "личное дело, лист 12", "purpose": "health"}
    assert event.user == pedagogue


def test_who_signed_remains_when_no_longer_a_guardian(pupil: Pupil, mother: Guardian) -> None:
    row = record(pupil, mother)
    guardian_detach(by=None, tie=pupil.guardianships.get())
    assert Consent.objects.get(pk=row.pk).signer == "Ковтун Анна Павловна"
    with pytest.raises(Refused, match="согласие"):
        pupil_delete(by=None, pupil=pupil)


def test_the_list_says_of_each_purpose_how_it_stands(
    school: School, pupil: Pupil, mother: Guardian, pedagogue: User
) -> None:
    record(pupil, mother, valid_until=date(2027, 5, 31))
    other = record(pupil, mother, purpose=Purpose.ORIGIN)
    consent_withdraw(by=None, consent=other, withdrawn_on=date(2026, 11, 10), why="заявление")
    rows = consent_rows(pedagogue, list(pupils_for_consents(pedagogue)))
    assert [one.words for one in rows[0].standings] == [
        "нет",
        "есть с 02.09.2026 по 31.05.2027, без скана",
        "отозвано с 10.11.2026",
    ]
    assert [list(pupils_for_consents(pedagogue, missing=purpose)) for purpose in Purpose] == [[pupil], [], [pupil]]


# On pages


@pytest.fixture
def at(client: Client, pedagogue: User) -> Client:
    client.force_login(pedagogue)
    return client


def url(name: str, pk: int) -> str:
    return reverse(f"school:{name}", args=[pk])


def test_a_consent_is_recorded_corrected_and_withdrawn_on_pages(at: Client, pupil: Pupil, mother: Guardian) -> None:
    sent = {"purpose": "health", "guardian": mother.pk, "given_on": "2026-09-02", "document": "лист 12"}
    assert at.post(url("consent_new", pupil.pk), sent).status_code == 302
    row = Consent.objects.get()
    assert row.recorded_by is not None
    corrected = {"guardian": mother.pk, "given_on": "2026-09-03", "document": "лист 13"}
    assert at.post(url("consent", row.pk), corrected).status_code == 302
    at.post(url("consent_withdraw", row.pk), {"withdrawn_on": "2026-11-02", "why": "заявление"})
    told = at.get(url("pupil_consents", pupil.pk)).content.decode()

    assert "отозвано с 02.11.2026: заявление" in told
    assert "лист 13" in told


def test_a_consent_recorded_by_mistake_is_removed_and_history_remembers(
    at: Client, pupil: Pupil, mother: Guardian
) -> None:
    row = record(pupil, mother)
    at.post(url("consent_delete", row.pk))
    assert not Consent.objects.exists()
    event = HistoryEvent.objects.filter(table="school_consent").first()
    assert event is not None
    assert (event.operation, event.before and event.before["document"]) == ("D", "личное дело, лист 12")


def test_of_two_who_correct_one_consent_the_second_is_told_and_keeps_the_text(
    at: Client, pupil: Pupil, mother: Guardian
) -> None:
    row = record(pupil, mother)
    seen = at.get(url("consent", row.pk)).context["seen"]
    sent = {"guardian": mother.pk, "given_on": "2026-09-02", "document": "лист 20", "seen": seen}
    assert at.post(url("consent", row.pk), sent).status_code == 302
    answer = at.post(url("consent", row.pk), sent | {"document": "лист 30"})

    assert answer.status_code == 422
    told = answer.content.decode()
    assert "изменил кто-то другой" in told
    assert "«лист 20»" in told
    assert "лист 30" in told
    assert Consent.objects.get().document == "лист 20"


def test_without_guardians_the_page_says_whom_to_record_first(at: Client, pupil: Pupil) -> None:
    assert "представители не записаны" in at.get(url("pupil_consents", pupil.pk)).content.decode()


def test_a_class_teacher_keeps_the_consents_of_the_own_class_only(school: School, pupil: Pupil) -> None:
    teacher = make_staff(school, "Лоза Ирина Петровна", "teacher", login="loza")
    own = make_pupil(make_class(school, "5А", teacher=teacher), "Мороз Пётр Ильич")
    client = Client()
    client.force_login(teacher.user)
    listed = client.get(reverse("school:consents")).context["rows"]

    assert [row.pupil for row in listed] == [own]
    assert client.get(url("pupil_consents", own.pk)).status_code == 200
    assert client.get(url("pupil_consents", pupil.pk)).status_code == 404
