"""The social passport and consents in a browser: readable by everybody, at both widths."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from school.models import Consent, Guardian, Guardianship, Pupil, SocialRecord, User
from school.services.social import social_fact_add, social_fact_close
from tests.browser.looks import assert_accessible, at_both_widths
from tests.factories import make_class, make_pupil, make_school, make_staff

SINCE = date(2026, 9, 1)


@pytest.fixture
def pupil(transactional_db: None) -> Pupil:
    school = make_school()
    pupil = make_pupil(make_class(school, "7А"), "Ковтун Матвей Андреевич")
    mother = Guardian.objects.create(school=school, last_name="Ковтун", first_name="Анна", middle_name="Павловна")
    Guardianship.objects.create(guardian=mother, pupil=pupil, relation="mother")
    SocialRecord.objects.create(pupil=pupil, special_needs=True, non_native_russian=True)
    Consent.objects.create(pupil=pupil, guardian=mother, purpose="health", given_on=SINCE, document="бланк № 1")
    Consent.objects.create(
        pupil=pupil, purpose="origin", given_on=SINCE, withdrawn_on=date(2026, 11, 1), withdrawn_why="заявление",
        document="бланк № 2",
    )  # fmt: skip
    social_fact_add(by=None, pupil=pupil, group="large_family", starts=SINCE, ground="удостоверение № 7")
    former = social_fact_add(by=None, pupil=pupil, group="kdn", starts=SINCE, ground="постановление № 4")
    social_fact_close(by=None, fact=former, ends=date(2026, 11, 1), why="постановление № 41")
    return pupil


@pytest.fixture
def pedagogue(log_in: Callable[[User], Page], pupil: Pupil) -> Page:
    return log_in(make_staff(pupil.school, "Фомина Лидия Петровна", "social_pedagogue", login="socped").user)


@at_both_widths
def test_the_pages_are_accessible_and_fit(pedagogue: Page, pupil: Pupil, width: int) -> None:
    pedagogue.set_viewport_size({"width": width, "height": 800})
    for address in (
        "/school/social/",
        "/school/social/?group=large_family",
        f"/school/pupils/{pupil.pk}/social/",
        f"/school/pupils/{pupil.pk}/social/new/",
        "/school/consents/",
        f"/school/pupils/{pupil.pk}/consents/",
        f"/school/pupils/{pupil.pk}/consents/new/",
    ):
        pedagogue.goto(address)
        assert_accessible(pedagogue)


def test_a_pedagogue_is_refused_records_the_consent_and_enters_the_fact(pedagogue: Page, pupil: Pupil) -> None:
    pedagogue.goto(f"/school/pupils/{pupil.pk}/social/new/?group=migrant")
    pedagogue.get_by_label("С", exact=True).fill("2026-09-01")
    pedagogue.get_by_label("Основание").fill("уведомление о прибытии")
    pedagogue.get_by_role("button", name="Внести").click()
    expect(pedagogue.get_by_text("Нет согласия: обработка сведений о родном языке")).to_be_visible()

    pedagogue.goto(f"/school/pupils/{pupil.pk}/consents/new/?purpose=origin")
    pedagogue.get_by_label("Кто подписал").select_option(label="Ковтун Анна Павловна")
    pedagogue.get_by_label("Документ").fill("бланк № 3")
    pedagogue.get_by_role("button", name="Записать").click()
    expect(pedagogue.get_by_text("Согласие записано.")).to_be_visible()

    pedagogue.goto(f"/school/pupils/{pupil.pk}/social/new/?group=migrant")
    pedagogue.get_by_label("С", exact=True).fill("2026-09-01")
    pedagogue.get_by_label("Основание").fill("уведомление о прибытии")
    pedagogue.get_by_role("button", name="Внести").click()
    expect(pedagogue.get_by_text("Семья приехала из другой страны").first).to_be_visible()
