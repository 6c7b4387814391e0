"""The school's card, thresholds, years, periods and holidays on pages."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from common import events
from school.events import CalendarChanged, ThresholdsChanged
from school.forms.organisation import ThresholdsForm
from school.models import AcademicYear, Holiday, Municipality, Period, School, SchoolClass, SchoolSettings, User
from tests.factories import PASSWORD, make_class, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(school: School) -> AcademicYear:
    return school.years.get()


@pytest.fixture
def teacher(client: Client, school: School) -> Client:
    staff = make_staff(school, "Лоза Ирина Петровна", "teacher", login="teacher")
    make_class(school, "7А", teacher=staff)
    client.force_login(User.objects.get(staff=staff))
    return client


def text(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def period_days(year: AcademicYear, system: str = "quarters") -> dict[str, str]:
    days: dict[str, str] = {}
    for period in year.periods.filter(system=system):
        days |= {f"starts_{period.number}": str(period.starts), f"ends_{period.number}": str(period.ends)}
    return days


def test_an_empty_school_is_told_where_to_begin(deputy: Client) -> None:
    page = text(deputy, "school:card")

    assert "ещё нет учеников" in page
    assert reverse("school:import_pupils") in page


def test_the_card_is_corrected_and_a_municipality_is_made(deputy: Client, school: School) -> None:
    sent = {"name": "СОШ № 4", "full_name": "МБОУ «СОШ № 4»", "district": "Ясногорский округ", "timezone": "Asia/Omsk"}
    answer = deputy.post(reverse("school:edit"), sent)

    assert answer["Location"] == reverse("school:card")
    school.refresh_from_db()
    assert (school.name, school.timezone) == ("СОШ № 4", "Asia/Omsk")
    assert school.municipality == Municipality.objects.get(name="Ясногорский округ")


def test_a_misspelt_municipality_does_not_stay_behind(deputy: Client) -> None:
    sent = {"name": "СОШ № 4", "timezone": "Europe/Moscow"}
    for district in ("Ясногрский округ", "Ясногорский округ"):
        deputy.post(reverse("school:edit"), {**sent, "district": district})

    assert [row.name for row in Municipality.objects.all()] == ["Ясногорский округ"]


def test_what_was_typed_stays_when_it_is_refused(deputy: Client, school: School) -> None:
    answer = deputy.post(reverse("school:edit"), {"name": "", "founder": "Комитет образования", "timezone": "Mars"})

    assert answer.status_code == 422
    assert "Комитет образования" in answer.content.decode()
    school.refresh_from_db()
    assert school.founder == ""


def _as_shown(school: School) -> dict[str, object]:
    """What the form of thresholds sends when nothing was changed in it."""
    form = ThresholdsForm(instance=school.settings)
    return {name: form[name].value() for name in form.fields}


def test_every_threshold_has_the_methodical_default_beside_it(deputy: Client) -> None:
    page = text(deputy, "school:thresholds")

    assert page.count("По методике: ") == len(ThresholdsForm.Meta.fields) - 2 >= 6
    assert page.count("По умолчанию: 1. Паспорт программы") == 2  # those that the sources leave to the school
    assert "Калибровка" in page
    assert "По методике: 0,50." in page


def test_thresholds_are_changed_and_announced(deputy: Client, school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[ThresholdsChanged] = []
    monkeypatch.setitem(events._handlers, ThresholdsChanged, [told.append])
    sent = _as_shown(school) | {"weak_min_marks": 3, "reserve_max_subjects": 4, "round_up_from": "0,60"}
    assert deputy.post(reverse("school:thresholds"), sent).status_code == 302

    changed = SchoolSettings.objects.get(school=school)
    assert (changed.reserve_max_subjects, str(changed.round_up_from)) == (4, "0.60")
    assert changed.weak_min_marks == 1, "chosen by the school's order, elsewhere"
    assert [fact.school for fact in told] == [school]


@pytest.mark.parametrize("wrong", [{"reserve_max_subjects": 0}, {"round_up_from": "1"}, {"stale_after_days": "семь"}])
def test_thresholds_outside_their_range_are_refused(deputy: Client, school: School, wrong: dict[str, object]) -> None:
    fine = _as_shown(school)

    assert deputy.post(reverse("school:thresholds"), {**fine, **wrong}).status_code == 422
    assert SchoolSettings.objects.get(school=school).reserve_max_subjects == 2


def test_a_teacher_reads_thresholds_and_cannot_change_them(teacher: Client) -> None:
    page = text(teacher, "school:thresholds")

    assert "По методике" in page
    assert "<form method" not in page.split("<main")[1]
    assert teacher.post(reverse("school:thresholds"), {}).status_code == 403


def test_periods_are_moved_together_although_they_touch(
    deputy: Client, year: AcademicYear, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[CalendarChanged] = []
    monkeypatch.setitem(events._handlers, CalendarChanged, [told.append])
    days = period_days(year) | {
        "ends_1": "2026-10-25",
        "starts_2": "2026-10-26",
        "ends_2": "2027-01-10",
        "starts_3": "2027-01-11",
    }
    assert deputy.post(reverse("school:periods", args=[year.pk, "quarters"]), days).status_code == 302

    second = Period.objects.get(year=year, system="quarters", number=2)
    assert (second.starts, second.ends) == (date(2026, 10, 26), date(2027, 1, 10))
    assert [fact.year for fact in told] == [year]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"ends_1": "2026-11-05"}, "пересекаются"),
        ({"ends_1": "2026-08-01"}, "последний день раньше первого"),
        ({"starts_1": "2026-08-01"}, "выходит за учебный год"),
        ({"ends_4": "2027-09-15"}, "выходит за учебный год"),
        ({"starts_1": ""}, "Обязательное поле"),
        ({"starts_1": "0226-09-01"}, "Проверьте год"),
    ],
)
def test_wrong_days_of_periods_are_refused_with_the_reason(
    deputy: Client, year: AcademicYear, wrong: dict[str, str], why: str
) -> None:
    answer = deputy.post(reverse("school:periods", args=[year.pk, "quarters"]), period_days(year) | wrong)

    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert Period.objects.get(year=year, system="quarters", number=1).ends == date(2026, 10, 31)


def test_days_that_belong_to_no_period_are_named(deputy: Client, year: AcademicYear) -> None:
    days = period_days(year) | {"ends_1": "2026-10-25"}
    deputy.post(reverse("school:periods", args=[year.pk, "quarters"]), days)

    assert "26.10.2026 – 31.10.2026" in text(deputy, "school:year", year.pk)


def test_a_year_is_divided_anew_while_nothing_refers_to_it(deputy: Client, school: School, year: AcademicYear) -> None:
    make_class(school, "7А")
    make_class(school, "10А")
    sent = {"main": "trimesters", "upper": "trimesters"}
    assert deputy.post(reverse("school:systems", args=[year.pk]), sent).status_code == 302

    assert set(year.periods.values_list("system", flat=True)) == {"trimesters", "start"}
    assert set(SchoolClass.objects.values_list("period_system", flat=True)) == {"trimesters"}


def test_holidays_are_written_down_corrected_and_removed(deputy: Client, year: AcademicYear) -> None:
    sent = {"name": "Осенние каникулы", "starts": "2026-10-26", "ends": "2026-11-03"}
    deputy.post(reverse("school:holiday_new", args=[year.pk]), sent)
    holiday = Holiday.objects.get()
    deputy.post(reverse("school:holiday", args=[holiday.pk]), {**sent, "ends": "2026-11-04"})
    holiday.refresh_from_db()
    assert holiday.ends == date(2026, 11, 4)

    deputy.post(reverse("school:holiday_delete", args=[holiday.pk]))
    assert not Holiday.objects.exists()


def test_holidays_outside_the_year_are_refused(deputy: Client, year: AcademicYear) -> None:
    sent = {"name": "Каникулы", "starts": "2026-08-01", "ends": "2026-08-05"}

    assert deputy.post(reverse("school:holiday_new", args=[year.pk]), sent).status_code == 422


def test_the_next_year_is_opened_with_default_periods(deputy: Client, school: School) -> None:
    sent = {"start": 2027, "main": "quarters", "upper": "same"}
    answer = deputy.post(reverse("school:year_new"), sent)

    opened = AcademicYear.objects.get(school=school, start=2027)
    assert answer["Location"] == reverse("school:year", args=[opened.pk])
    assert opened.periods.filter(system="quarters").count() == 4
    assert deputy.post(reverse("school:year_new"), sent).status_code == 422


def test_an_administrator_without_a_school_opens_the_first_one(client: Client) -> None:
    boss = User.objects.create_user("boss", PASSWORD, is_administrator=True)
    client.force_login(boss)
    sent = {"code": "sosh4", "name": "СОШ № 4", "start": 2026, "periods": "quarters", "upper": "halfyears"}
    answer = client.post(reverse("school:first_school"), sent)

    boss.refresh_from_db()
    assert answer["Location"] == reverse("school:card")
    assert boss.school == School.objects.get(code="sosh4")
    assert client.get(reverse("school:first_school")).status_code == 403


def test_a_taken_code_is_refused_for_a_new_school(client: Client, school: School) -> None:
    client.force_login(User.objects.create_user("boss", PASSWORD, is_administrator=True))
    sent = {"code": school.code, "name": "Ещё одна", "start": 2026, "periods": "quarters", "upper": "same"}

    assert client.post(reverse("school:first_school"), sent).status_code == 422


def test_times_are_shown_on_the_schools_clock(deputy: Client, school: School) -> None:
    School.objects.filter(pk=school.pk).update(timezone="Asia/Kamchatka")
    batch = school.import_batches.create(kind="pupils", state="discarded")
    batch.created_at = batch.created_at.replace(hour=1, minute=30)
    batch.save()

    assert " 13:30" in text(deputy, "school:import_batch", batch.pk)
