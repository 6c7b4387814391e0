"""The social passport: entered by documents, with consent where the law wants it, every reading logged."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from common.errors import Refused
from school.models import (
    Consent,
    HistoryEvent,
    Pupil,
    Responsibility,
    RestrictedRead,
    School,
    SocialFact,
    SocialRecord,
    User,
)
from school.purposes import Purpose
from school.selectors_social import social_counts, social_file, social_names, social_passport
from school.services.consents import ConsentMissing, consent_withdraw
from school.services.social import (
    social_fact_add,
    social_fact_cancel,
    social_fact_close,
    social_fact_correct,
    social_flag_dismiss,
)
from school.social_groups import SECTIONS, SocialGroup
from tests.factories import TODAY, make_class, make_pupil, make_school, make_staff

pytestmark = pytest.mark.django_db
SINCE = date(2026, 9, 1)
SPECIAL = ["ovz", "disabled", "dev_no_pmpk", "disabled_parent", "non_native_ru", "migrant"]


@pytest.fixture
def pupil(school: School) -> Pupil:
    return make_pupil(make_class(school, "7А"), "Ковтун Матвей Андреевич")


@pytest.fixture
def pedagogue(school: School) -> User:
    return make_staff(school, "Фомина Лидия Петровна", "social_pedagogue", login="socped").user


def consent(pupil: Pupil, purpose: str = "health") -> Consent:
    return Consent.objects.create(pupil=pupil, purpose=purpose, given_on=SINCE, document="бланк № 1")


def enter(pupil: Pupil, group: str = "large_family", **changes: Any) -> SocialFact:
    told: dict[str, Any] = {"starts": SINCE, "ground": "удостоверение № 7 от 10.02.2025"}
    return social_fact_add(by=None, pupil=pupil, group=group, **(told | changes))


def test_every_group_stands_in_one_section() -> None:
    assert [group for groups in SECTIONS.values() for group in groups] == list(SocialGroup)


@pytest.mark.parametrize("group", SocialGroup.values)
def test_health_language_and_origin_are_refused_without_a_consent_and_nothing_else_is(pupil: Pupil, group: str) -> None:
    if group not in SPECIAL:
        assert enter(pupil, group).group == group
        return
    with pytest.raises(ConsentMissing, match="Нет согласия"):
        enter(pupil, group)
    assert not SocialFact.objects.exists()
    purpose = SocialGroup(group).consent
    assert purpose is not None
    consent(pupil, purpose)
    assert enter(pupil, group).group == group


def test_a_withdrawn_consent_hides_what_hung_on_it_and_says_so(pupil: Pupil, pedagogue: User) -> None:
    paper = consent(pupil)
    enter(pupil, "ovz")
    enter(pupil, "kdn")
    consent_withdraw(by=None, consent=paper, withdrawn_on=TODAY, why="заявление")
    shown = social_passport(pedagogue, pupil)

    assert [fact.group for fact in shown.live] == ["kdn"]
    assert shown.withheld == (Purpose.HEALTH,)
    counts = social_counts(pedagogue, TODAY)
    assert {one.group: one.number for one in counts.groups if one.number} == {SocialGroup.KDN: 1}
    assert counts.withheld == 1


def test_the_reading_of_a_passport_is_logged(pupil: Pupil, pedagogue: User) -> None:
    social_passport(pedagogue, pupil)
    row = RestrictedRead.objects.get()
    assert (row.user, row.pupil, row.words) == (pedagogue, pupil, "социальный паспорт")


def test_whoever_may_not_read_it_gets_nothing_even_past_the_page(school: School, pupil: Pupil) -> None:
    tutor = make_staff(school, "Верба Инна Олеговна", "tutor", login="verba").user
    with pytest.raises(PermissionDenied):
        social_passport(tutor, pupil)
    assert not social_names(tutor, None, TODAY).object_list
    assert not social_file(tutor, TODAY)
    assert not RestrictedRead.objects.exists()


def test_names_behind_a_number_are_logged_for_those_who_are_shown(pupil: Pupil, pedagogue: User) -> None:
    other = make_pupil(pupil.enrolments.get().school_class, "Мороз Пётр Ильич")
    enter(pupil)
    enter(other, "kdn")
    social_names(pedagogue, SocialGroup.KDN, TODAY)
    assert set(RestrictedRead.objects.values_list("pupil", "what")) == {(other.pk, "social_list")}
    social_file(pedagogue, TODAY)
    logged = RestrictedRead.objects.filter(what="social_file").values_list("pupil", flat=True)
    assert set(logged) == {pupil.pk, other.pk}


def test_counts_are_by_group_and_class_on_a_day(school: School, pupil: Pupil, pedagogue: User) -> None:
    eighth = make_pupil(make_class(school, "8Б"), "Мороз Пётр Ильич")
    enter(pupil, "kdn", starts=date(2026, 10, 1), ends=date(2026, 11, 20))
    enter(eighth, "kdn", starts=date(2026, 11, 1))

    def classes(day: date) -> list[tuple[str, int]]:
        return [
            (part.name, part.number)
            for one in social_counts(pedagogue, day).groups
            if one.group == SocialGroup.KDN
            for part in one.classes
        ]

    assert classes(date(2026, 9, 30)) == []
    assert classes(date(2026, 10, 1)) == [("7А", 1)]
    assert classes(date(2026, 11, 20)) == [("7А", 1), ("8Б", 1)]
    assert classes(date(2026, 11, 21)) == [("8Б", 1)]


def test_of_one_group_on_the_same_days_there_is_one_record(pupil: Pupil) -> None:
    enter(pupil, ends=date(2026, 10, 1))
    with pytest.raises(Refused, match="уже есть"):
        enter(pupil, starts=date(2026, 10, 1))
    assert enter(pupil, starts=date(2026, 10, 2)).pk


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ground": " "}, "основание"),
        ({"starts": date(2026, 11, 22)}, "не наступила"),
        ({"ends": date(2026, 8, 31)}, "раньше первого"),
    ],
)
def test_a_record_that_cannot_be_is_refused(pupil: Pupil, changes: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        enter(pupil, **changes)


def test_a_correction_keeps_what_stood_before(pupil: Pupil, pedagogue: User) -> None:
    row = enter(pupil)
    social_fact_correct(by=pedagogue, fact=row, starts=date(2026, 9, 5), ground="удостоверение № 8")
    shown = social_passport(pedagogue, pupil)

    assert [(fact.pk, fact.ground) for fact in shown.live] == [(row.pk, "удостоверение № 8")]
    assert [(fact.ground, fact.void_by) for fact in shown.past] == [("удостоверение № 7 от 10.02.2025", pedagogue)]


def test_a_closed_record_remains_with_its_reason(pupil: Pupil, pedagogue: User) -> None:
    row = enter(pupil, "kdn")
    social_fact_close(by=pedagogue, fact=row, ends=date(2026, 11, 1), why="постановление № 41")
    shown = social_passport(pedagogue, pupil)

    assert not shown.live
    assert [fact.ended_why for fact in shown.past] == ["постановление № 41"]
    with pytest.raises(Refused, match="уже закрыта"):
        social_fact_close(by=None, fact=row, ends=date(2026, 11, 2), why="ещё раз")


def test_a_cancelled_record_counts_nowhere_and_remains(pupil: Pupil, pedagogue: User) -> None:
    row = enter(pupil)
    social_fact_cancel(by=pedagogue, fact=row, why="другой ученик")

    assert social_counts(pedagogue, TODAY).pupils == 0
    assert [fact.void_why for fact in social_passport(pedagogue, pupil).past] == ["другой ученик"]
    with pytest.raises(Refused, match="отменил"):
        social_fact_correct(by=None, fact=row, starts=SINCE, ground="другое")


def test_the_open_history_says_that_it_changed_and_not_how(pupil: Pupil, pedagogue: User) -> None:
    social_fact_correct(by=pedagogue, fact=enter(pupil, "kdn"), starts=SINCE, ground="постановление № 9")
    told = [str((event.before, event.after)) for event in HistoryEvent.objects.filter(table="school_socialfact")]

    assert len(told) == 3
    assert not [words for words in told if "kdn" in words or "постановление" in words or "удостоверение" in words]


def test_what_a_file_states_is_told_until_it_is_entered_or_dismissed(pupil: Pupil, pedagogue: User) -> None:
    SocialRecord.objects.create(pupil=pupil, special_needs=True, non_native_russian=True)
    assert social_passport(pedagogue, pupil).from_file == ()
    assert social_passport(pedagogue, pupil).withheld == (Purpose.HEALTH, Purpose.ORIGIN)
    consent(pupil)
    consent(pupil, "origin")
    assert social_passport(pedagogue, pupil).from_file == (SocialGroup.OVZ, SocialGroup.NON_NATIVE_RUSSIAN)
    enter(pupil, "ovz")
    social_flag_dismiss(by=None, pupil=pupil, group="non_native_ru")
    assert social_passport(pedagogue, pupil).from_file == ()


def test_another_schools_pupils_are_in_no_number_and_no_list(pupil: Pupil) -> None:
    enter(pupil)
    stranger = make_staff(make_school("S2"), "Чужая Вера Ивановна", "social_pedagogue", login="alien").user
    assert social_counts(stranger, TODAY).pupils == 0
    assert not social_file(stranger, TODAY)


def test_a_class_teacher_reads_the_own_class_and_writes_nothing(school: School, pupil: Pupil) -> None:
    teacher = make_staff(school, "Лоза Ирина Петровна", "teacher", login="loza")
    own = make_pupil(make_class(school, "5А", teacher=teacher), "Мороз Пётр Ильич")
    enter(pupil)
    enter(own)

    assert social_counts(teacher.user, TODAY).pupils == 1
    assert [fact.pupil for fact in social_file(teacher.user, TODAY)] == [own]
    client = Client()
    client.force_login(teacher.user)
    assert client.get(reverse("school:social_new", args=[own.pk])).status_code == 403


# On pages


@pytest.fixture
def at(client: Client, pedagogue: User) -> Client:
    client.force_login(pedagogue)
    return client


def url(name: str, pk: int) -> str:
    return reverse(f"school:{name}", args=[pk])


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_fact_is_entered_corrected_and_closed_on_pages(at: Client, pupil: Pupil) -> None:
    sent = {"group": "kdn", "starts": "2026-09-01", "ground": "постановление № 4"}
    assert at.post(url("social_new", pupil.pk), sent).status_code == 302
    row = SocialFact.objects.get()
    assert at.post(url("social_fact", row.pk), sent | {"ground": "постановление № 5"}).status_code == 302
    closed = {"ends": "2026-11-01", "why": "снят с учёта"}
    assert at.post(url("social_close", row.pk), closed).status_code == 302
    told = text(at, url("social", pupil.pk))

    assert "закрыто: снят с учёта" in told
    assert "постановление № 4" in told


def test_the_form_refuses_without_a_consent_keeps_the_text_and_leads_to_it(at: Client, pupil: Pupil) -> None:
    sent = {"group": "ovz", "starts": "2026-09-01", "ground": "заключение № 15"}
    answer = at.post(url("social_new", pupil.pk), sent)
    told = answer.content.decode()

    assert answer.status_code == 422
    assert "Нет согласия: обработка сведений о здоровье" in told
    assert "заключение № 15" in told
    assert url("pupil_consents", pupil.pk) in told


def test_of_two_who_correct_one_fact_the_second_is_told_and_keeps_the_text(at: Client, pupil: Pupil) -> None:
    row = enter(pupil)
    seen = at.get(url("social_fact", row.pk)).context["seen"]
    sent = {"starts": "2026-09-01", "ground": "удостоверение № 20", "seen": seen}
    assert at.post(url("social_fact", row.pk), sent).status_code == 302
    answer = at.post(url("social_fact", row.pk), sent | {"ground": "удостоверение № 30"})
    told = answer.content.decode()

    assert answer.status_code == 422
    assert "изменил кто-то другой" in told
    assert "«удостоверение № 20»" in told
    assert "удостоверение № 30" in told


def test_who_corrects_what_another_has_cancelled_is_told_and_keeps_the_text(at: Client, pupil: Pupil) -> None:
    row = enter(pupil)
    sent = {
        "starts": "2026-09-01",
        "ground": "удостоверение № 30",
        "seen": at.get(url("social_fact", row.pk)).context["seen"],
    }
    at.post(url("social_cancel", row.pk), {"why": "другой ученик"})
    answer = at.post(url("social_fact", row.pk), sent)

    assert answer.status_code == 422
    assert "отменил кто-то другой" in answer.content.decode()
    assert "удостоверение № 30" in answer.content.decode()
    assert at.get(url("social_fact", row.pk)).status_code == 404


def test_the_schools_passport_leads_from_numbers_to_names(at: Client, pupil: Pupil) -> None:
    enter(pupil, "kdn")
    address = reverse("school:social_passport")
    told = text(at, address)
    assert "в группах 1 из 1" in told
    assert "Ковтун" not in told
    assert not RestrictedRead.objects.exists()

    named = text(at, f"{address}?group=kdn")
    assert "Ковтун Матвей" in named
    assert RestrictedRead.objects.get().pupil == pupil


def test_odd_addresses_show_the_whole_school(at: Client, pupil: Pupil) -> None:
    enter(pupil)
    odd = reverse("school:social_passport") + "?class=99999&day=yesterday&group=none&page=x"
    assert "в группах 1 из 1" in text(at, odd)


def test_empty_places_say_what_they_will_show(at: Client, pupil: Pupil) -> None:
    assert "пока никого" in text(at, reverse("school:social_passport"))
    assert "Записей нет" in text(at, url("social", pupil.pk))


def test_the_director_sees_who_opened_what(at: Client, school: School, pupil: Pupil) -> None:
    text(at, url("social", pupil.pk))
    director = Client()
    director.force_login(make_staff(school, "Самойлова Нина Петровна", "director", login="head").user)
    told = text(director, reverse("school:readings"))

    assert "Фомина" in told
    assert "Ковтун Матвей Андреевич" in told
    assert "социальный паспорт" in told
    assert "Фомина" in text(director, reverse("school:readings") + f"?pupil={pupil.pk}")
    assert "ещё не открывали" in text(director, reverse("school:readings") + "?user=99999")


def test_the_pupils_page_leads_there_only_whoever_may_go(school: School, pupil: Pupil, at: Client) -> None:
    page = reverse("desk:pupil", args=[pupil.pk])
    tutor = make_staff(school, "Верба Инна Олеговна", "tutor", login="verba")
    Responsibility.objects.create(person=tutor, pupil=pupil, kind="tutor")
    other = Client()
    other.force_login(tutor.user)

    assert url("social", pupil.pk) in text(at, page)
    assert url("social", pupil.pk) not in text(other, page)
    assert "Кто открывал" not in text(other, page)
    assert not RestrictedRead.objects.exists()
