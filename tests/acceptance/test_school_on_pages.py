"""The ground floor: everything that a school says about itself is made and changed on pages."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from school.models import (
    Consent,
    Enrolment,
    Guardian,
    Holiday,
    ImportBatch,
    MarksStart,
    Municipality,
    Pupil,
    Responsibility,
    School,
    SchoolClass,
    SocialRecord,
    Staff,
    StaffPosition,
    Subgroup,
    Subject,
    TeachingAssignment,
    User,
)
from tests.factories import PASSWORD, TODAY, make_class, make_pupil, make_school, make_staff, make_subject

pytestmark = pytest.mark.django_db

SAMPLES = Path(__file__).parent.parent / "data" / "school"


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def deputy(client: Client, school: School) -> Client:
    return log_in(client, make_staff(school, "Ермолаева Светлана Викторовна", "deputy_director_uvr", login="deputy"))


def log_in(client: Client, staff: Staff) -> Client:
    client.force_login(User.objects.get(staff=staff))
    return client


def post(client: Client, name: str, sent: dict[str, Any], *args: object) -> None:
    answer = client.post(reverse(f"school:{name}", args=args), sent)
    assert answer.status_code == 302, answer.content.decode()


def page(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(f"school:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_installation_becomes_a_school_without_a_command_line(
    client: Client, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    client.force_login(User.objects.create_user("boss", PASSWORD, is_administrator=True))
    post(
        client,
        "first_school",
        {
            "code": "sosh4",
            "name": "СОШ № 4",
            "municipality": "Ясногорский округ",
            "start": 2026,
            "periods": "quarters",
            "upper": "halfyears",
        },
    )
    for kind in ("pupils", "staff"):
        sample = SimpleUploadedFile(f"{kind}.xlsx", (SAMPLES / f"{kind}.xlsx").read_bytes())
        post(client, f"import_{kind}", {"file": sample})
        post(client, "import_apply", {}, ImportBatch.objects.latest("pk").pk)

    assert Municipality.objects.get().school_set.get().code == "sosh4"
    assert "144" in page(client, "pupils")
    assert Staff.objects.count() == 18


def test_periods_are_a_table_and_upper_classes_may_have_half_years(deputy: Client, school: School) -> None:
    year = school.years.get()
    post(deputy, "class_new", {"title": "10А"})
    told = page(deputy, "year", year.pk)

    assert "4-я четверть" in told
    assert "2-е полугодие" in told
    assert SchoolClass.objects.get().period_system == "halfyears"
    days = {"starts_1": "2026-09-01", "ends_1": "2026-12-27", "starts_2": "2026-12-28", "ends_2": "2027-08-31"}
    post(deputy, "periods", days, year.pk, "halfyears")
    assert "28.12.2026" in page(deputy, "year", year.pk)


def test_holidays_are_kept(deputy: Client, school: School) -> None:
    sent = {"name": "Осенние каникулы", "starts": "2026-10-26", "ends": "2026-11-03"}
    post(deputy, "holiday_new", sent, school.years.get().pk)

    assert Holiday.objects.get().name == "Осенние каникулы"


@pytest.mark.parametrize(("title", "level"), [("2А", "НОО"), ("9Б", "ООО"), ("11А", "СОО")])
def test_classes_have_their_level_of_education(deputy: Client, title: str, level: str) -> None:
    post(deputy, "class_new", {"title": title})

    assert f">{level}<" in page(deputy, "classes")


def test_subgroups_of_a_class_are_kept(deputy: Client, school: School) -> None:
    school_class = make_class(school, "7А")
    pupil = make_pupil(school_class, "Ковтун Матвей Андреевич")
    post(deputy, "subgroup_new", {"name": "английский, группа 1", "pupils": [pupil.pk]}, school_class.pk)

    assert list(Subgroup.objects.get().pupils.all()) == [pupil]
    assert "английский, группа 1" in page(deputy, "class", school_class.pk)


def test_a_pupil_is_entered_moved_and_leaves_with_dates(deputy: Client, school: School) -> None:
    first, second = make_class(school, "7А"), make_class(school, "7Б")
    sent = {"last_name": "Ковтун", "first_name": "Матвей", "school_class": first.pk, "starts": "2026-09-01"}
    post(deputy, "pupil_new", sent)
    pupil = Pupil.objects.get()
    post(deputy, "pupil_move", {"school_class": second.pk, "day": "2026-10-10"}, pupil.pk)
    post(deputy, "pupil_leave", {"last_day": "2026-11-20", "reason": "переезд, приказ № 14"}, pupil.pk)

    rows = Enrolment.objects.order_by("starts").values_list("school_class__name", "starts", "ends")
    assert list(rows) == [
        ("7А", date(2026, 9, 1), date(2026, 10, 9)),
        ("7Б", date(2026, 10, 10), date(2026, 11, 20)),
    ]


def test_guardians_of_a_pupil_are_kept(deputy: Client, school: School) -> None:
    pupil = make_pupil(make_class(school, "7А"), "Ковтун Матвей Андреевич")
    post(
        deputy,
        "guardian_new",
        {"last_name": "Ковтун", "first_name": "Анна", "relation": "mother", "telling": "all"},
        pupil.pk,
    )

    assert Guardian.objects.get().pupils.get() == pupil


def test_staff_with_positions_and_teaching_assignments_are_kept(deputy: Client, school: School) -> None:
    school_class, subject = make_class(school, "7А"), make_subject(school, "Алгебра")
    post(deputy, "staff_new", {"last_name": "Лоза", "first_name": "Ирина"})
    loza = Staff.objects.get(last_name="Лоза")
    post(deputy, "position_new", {"position": "teacher"}, loza.pk)
    post(deputy, "assignment_new", {"subject": subject.pk, "classes": [school_class.pk]}, loza.pk)

    assert StaffPosition.objects.filter(staff=loza, position="teacher").exists()
    assert TeachingAssignment.objects.get().school_class == school_class
    assert "Лоза\u00a0И." in page(deputy, "class", school_class.pk)


def test_subjects_are_kept_with_the_headings_of_files(deputy: Client) -> None:
    post(deputy, "subject_new", {"name": "Труд (технология)", "headings": "Технология мальчики"})

    assert Subject.objects.get().aliases.get().name == "Технология мальчики"


def test_responsibilities_let_people_see_their_pupils(deputy: Client, school: School) -> None:
    pupil = make_pupil(make_class(school, "7А"), "Ковтун Матвей Андреевич")
    tutor = make_staff(school, "Верба Инна Олеговна", "tutor", login="verba")
    post(deputy, "responsibility_new", {"person": tutor.pk, "kind": "tutor"}, pupil.pk)

    assert Responsibility.objects.get().person == tutor
    assert "Ковтун" in page(log_in(Client(), tutor), "pupils")


def test_social_data_are_kept_apart_and_shown_to_few(deputy: Client, school: School) -> None:
    school_class = make_class(school, "7А")
    pupil = make_pupil(school_class, "Ковтун Матвей Андреевич")
    SocialRecord.objects.create(pupil=pupil, special_needs=True)
    Consent.objects.create(pupil=pupil, purpose="health", given_on=TODAY, document="бланк № 1")
    teacher = make_staff(school, "Лоза Ирина Петровна", "teacher", login="loza")
    teacher.assignments.create(subject=make_subject(school, "Алгебра"), school_class=school_class)

    assert not {"special_needs", "non_native_russian"} & {field.name for field in Pupil._meta.concrete_fields}
    assert "ОВЗ" in page(deputy, "social", pupil.pk)
    assert "ОВЗ" not in page(deputy, "pupil", pupil.pk)
    stranger = log_in(Client(), teacher)
    assert "Закрытые сведения" not in page(stranger, "pupil", pupil.pk)
    assert stranger.get(reverse("school:social", args=[pupil.pk])).status_code == 403


def test_thresholds_are_settings_with_the_methodical_value_beside_each(deputy: Client, school: School) -> None:
    form = deputy.get(reverse("school:thresholds")).context["form"]
    shown_page = page(deputy, "thresholds")
    assert shown_page.count("По методике: ") == len(form.fields) - 2  # two numbers the sources leave to the school
    assert shown_page.count("По умолчанию: ") == 2
    shown = {name: form[name].value() for name in form.fields}
    post(deputy, "thresholds", {**shown, "reserve_max_subjects": 1, "round_up_from": "0,65", "marks_from_grade": 3})

    school.settings.refresh_from_db()
    assert (school.settings.reserve_max_subjects, school.settings.marks_from_grade) == (1, 3)


def test_marks_may_begin_later_in_a_class_or_in_one_subject_of_it(deputy: Client, school: School) -> None:
    second, subject = make_class(school, "2А"), make_subject(school, "Иностранный язык")
    post(deputy, "marks_start_new", {"subject": subject.pk, "from_period": 3}, second.pk)
    assert "с 3-й четверти" in page(deputy, "class", second.pk)

    post(deputy, "marks_start_delete", {}, MarksStart.objects.get().pk)
    assert not MarksStart.objects.exists()


def test_a_year_may_have_trimesters_and_its_upper_classes_another_system(deputy: Client, school: School) -> None:
    year = school.years.get()
    for name in ("7А", "10А"):
        make_class(school, name)
    post(deputy, "systems", {"main": "trimesters", "upper": "halfyears"}, year.pk)

    assert dict(SchoolClass.objects.values_list("name", "period_system")) == {"7А": "trimesters", "10А": "halfyears"}
    assert "3-й триместр" in page(deputy, "year", year.pk)


def test_the_time_zone_is_the_schools_own(deputy: Client, school: School) -> None:
    post(deputy, "edit", {"name": "Школа S1", "timezone": "Asia/Kamchatka"})

    school.refresh_from_db()
    assert school.now().utcoffset() == timedelta(hours=12)
    assert "Камчатка" in page(deputy, "card")


@pytest.mark.parametrize("keeper", ["administrator", "coordinator"])
def test_a_municipality_is_renamed_on_its_own_page(client: Client, school: School, keeper: str) -> None:
    district = Municipality.objects.create(name="Ясногорский окрук")
    School.objects.update(municipality=district)
    if keeper == "administrator":
        client.force_login(User.objects.create_user("boss", PASSWORD, school=school, is_administrator=True))
    else:
        client.force_login(User.objects.create_user("coordinator", PASSWORD, municipality=district))
    post(client, "municipality", {"name": "Ясногорский округ"})

    assert [row.name for row in Municipality.objects.all()] == ["Ясногорский округ"]
    assert "Школа S1" in page(client, "municipality")


def test_a_coordinator_gets_a_login_on_pages_and_may_lose_it(client: Client, school: School) -> None:
    School.objects.update(municipality=Municipality.objects.create(name="Ясногорский округ"))
    client.force_login(User.objects.create_user("boss", PASSWORD, school=school, is_administrator=True))
    address = reverse("school:coordinator_new")
    shown = client.post(address, {"username": "ivanova.uo"}).content.decode()
    password = shown.split('<dd class="o-secret">')[2].split("</dd>")[0]
    visitor = Client()
    assert visitor.post("/login/", {"login": "ivanova.uo", "password": password}).status_code == 302
    assert client.post(address, {"username": "Ivanova.UO"}).status_code == 422

    post(client, "coordinator_disable", {}, User.objects.get(username="ivanova.uo").pk)
    assert visitor.get("/").status_code == 302
    assert "отключён" in page(client, "municipality")


def test_the_schools_clock_decides_what_today_is(deputy: Client, school: School) -> None:
    pupil = make_pupil(make_class(school, "7А"), "Ковтун Матвей Андреевич")
    assert f'value="{TODAY}"' in page(deputy, "pupil_move", pupil.pk)
    School.objects.update(demo_today=date(2027, 2, 3))

    assert 'value="2027-02-03"' in page(deputy, "pupil_move", pupil.pk)


def test_wrong_entries_are_taken_back(deputy: Client, school: School) -> None:
    first, second = make_class(school, "7А"), make_class(school, "7Б")
    pupil = make_pupil(first, "Ковтун Матвей Андреевич")
    tutor = make_staff(school, "Верба Инна Олеговна", "tutor")
    post(deputy, "pupil_move", {"school_class": second.pk, "day": "2026-10-10"}, pupil.pk)
    post(deputy, "enrolment_cancel", {}, Enrolment.objects.get(school_class=second).pk)
    post(deputy, "enrolment", {"starts": "2026-09-07", "ends": ""}, Enrolment.objects.get().pk)
    post(deputy, "responsibility_new", {"person": tutor.pk, "kind": "tutor"}, pupil.pk)
    post(deputy, "responsibility_delete", {}, Responsibility.objects.get().pk)
    post(deputy, "class_delete", {}, second.pk)
    post(deputy, "year_new", {"start": 2027, "main": "quarters", "upper": "halfyears"})
    post(deputy, "year_delete", {}, school.years.get(start=2027).pk)

    seat = Enrolment.objects.get()
    assert (seat.school_class, seat.starts, seat.ends) == (first, date(2026, 9, 7), None)
    assert not Responsibility.objects.exists()
    assert [year.start for year in school.years.all()] == [2026]


def test_what_is_used_is_not_taken_away(deputy: Client, school: School) -> None:
    year, school_class = school.years.get(), make_class(school, "7А")
    make_pupil(school_class, "Ковтун Матвей Андреевич")
    post(deputy, "class_delete", {}, school_class.pk)
    post(deputy, "year_new", {"start": 2025, "main": "quarters", "upper": "halfyears"})
    post(deputy, "year_delete", {}, year.pk)

    assert "Год нельзя удалить" in page(deputy, "year", year.pk)
    assert SchoolClass.objects.get() == school_class


def test_of_two_people_at_one_form_the_second_is_told_and_loses_nothing(deputy: Client, school: School) -> None:
    pupil = make_pupil(make_class(school, "7А"), "Ковтун Матвей Андреевич")
    address = reverse("school:pupil_edit", args=[pupil.pk])
    mine = {"last_name": "Ковтун", "first_name": "Матфей", "middle_name": "Андреевич"}
    seen = deputy.get(address).context["seen"]
    post(deputy, "pupil_edit", {**mine, "first_name": "Матвей", "birth_date": "2013-04-18", "seen": seen}, pupil.pk)

    told = deputy.post(address, {**mine, "seen": seen})

    assert told.status_code == 422
    words = told.content.decode()
    assert "изменил кто-то другой" in words
    assert "Дата рождения — 18.04.2013" in words
    assert 'value="Матфей"' in words
    pupil.refresh_from_db()
    assert (pupil.first_name, pupil.birth_date) == ("Матвей", date(2013, 4, 18))
    post(deputy, "pupil_edit", {**mine, "seen": told.context["seen"]}, pupil.pk)
    pupil.refresh_from_db()
    assert pupil.first_name == "Матфей"


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("thresholds", {"reserve_max_subjects": 1}),
        ("periods", {"ends_1": "2026-10-25", "starts_2": "2026-10-26"}),
        ("class_edit", {"title": "7Б"}),
        ("staff_edit", {"phone": "+7 900 000-00-00"}),
    ],
)
def test_so_it_is_with_every_form_of_the_school(
    deputy: Client, school: School, name: str, sent: dict[str, object]
) -> None:
    keys: dict[str, tuple[object, ...]] = {
        "thresholds": (),
        "periods": (school.years.get().pk, "quarters"),
        "class_edit": (make_class(school, "7А").pk,),
        "staff_edit": (Staff.objects.get().pk,),
    }
    address = reverse(f"school:{name}", args=keys[name])
    form = deputy.get(address).context
    stood = {key: form["form"].get_initial_for_field(field, key) for key, field in form["form"].fields.items()}
    before = {key: "" if value is None else str(value) for key, value in stood.items()} | {"seen": form["seen"]}
    assert deputy.post(address, before | sent).status_code == 302

    assert deputy.post(address, before).status_code == 422


@pytest.mark.parametrize("name", ["classes", "pupils", "subjects"])
def test_an_empty_page_says_what_it_will_show_and_how_to_begin(deputy: Client, name: str) -> None:
    told = page(deputy, name)
    empty = told.split('class="o-empty')[1].split("</main>")[0]
    assert "<a " in empty


def test_two_schools_see_nothing_of_each_other(deputy: Client, school: School) -> None:
    other = make_school("S2")
    stranger = make_pupil(make_class(other, "9Я"), "Чужая Анна Ивановна")
    make_subject(other, "Чужеведение")
    make_staff(other, "Чужой Иван Иванович", "teacher")

    for name in ("pupils", "classes", "subjects", "staff", "years", "card", "logins"):
        told = page(deputy, name)
        assert not [word for word in ("Чуж", "9Я", "Школа S2") if word in told]
    assert deputy.get(reverse("school:pupil", args=[stranger.pk])).status_code == 404


def test_djangos_admin_is_not_the_interface() -> None:
    assert "django.contrib.admin" not in configured.INSTALLED_APPS
