"""Guardians: how to reach them, what they may be told, who writes it, files that bring them again, doubled records."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from common.errors import Refused
from school.guardian_words import Telling
from school.imports.known import Contingent, KnownGuardian, KnownPupil
from school.imports.parsed import GuardianRef, ParsedPupils, PupilRow
from school.imports.pupils import PupilDecision, plan_pupils
from school.models import Consent, Guardian, Guardianship, Pupil, RestrictedRead, School, User
from school.seating import Seat
from school.services.guardians import Family, guardian_detach, guardian_save, guardians_merge
from tests.factories import make_class, make_pupil, make_staff

COURT = "решение суда от 12.03.2026"
SENT = {"last_name": "Ковтун", "first_name": "Анна", "middle_name": "Павловна", "relation": "mother", "telling": "all"}


@pytest.fixture
def pupil(school: School) -> Pupil:
    return make_pupil(make_class(school, "7А"), "Ковтун Матвей Андреевич")


@pytest.fixture
def sister(school: School) -> Pupil:
    return make_pupil(make_class(school, "5Б"), "Ковтун Лада Андреевна")


def tie_of(pupil: Pupil, first: str = "Анна", **more: object) -> Guardianship:
    person = Guardian.objects.create(
        school=pupil.school, last_name="Ковтун", first_name=first, middle_name="Павловна", phone="+7 900 000-00-01"
    )
    return Guardianship.objects.create(guardian=person, pupil=pupil, relation="mother", **more)


def leader_of(pupil: Pupil) -> Client:
    staff = make_staff(pupil.school, "Тихонова Анна Петровна", login="leader")
    pupil.enrolments.get().school_class.__class__.objects.filter(name="7А").update(class_teacher=staff)
    client = Client()
    client.force_login(User.objects.get(staff=staff))
    return client


@pytest.mark.django_db
def test_a_class_teacher_writes_all_of_a_guardian_and_the_page_tells_it(pupil: Pupil) -> None:
    leader = leader_of(pupil)
    sent = {**SENT, "phone": "+7 900 000-00-01", "more": "+7 900 000-00-02, рабочий\nanna@work.example"}
    sent |= {"way": "email", "language": "узбекский", "interpreter": "on", "lives_with": "no"}
    sent |= {"telling": "school", "telling_ground": COURT, "telling_from": "2026-03-12"}
    leader.post(reverse("school:guardian_new", args=[pupil.pk]), sent)
    page = leader.get(reverse("school:guardians", args=[pupil.pk])).content.decode()

    told = ("+7 900 000-00-02, рабочий", "anna@work.example", "по электронной почте", "узбекский", "живёт отдельно")
    for words in (*told, "только об учёбе", COURT, "добавлено"):
        assert words in page, words
    assert (
        reverse("school:guardians", args=[pupil.pk])
        in leader.get(reverse("school:pupil", args=[pupil.pk])).content.decode()
    )


@pytest.mark.django_db
def test_a_limit_needs_its_ground_and_holds_within_its_days(deputy: Client, pupil: Pupil) -> None:
    sent = {**SENT, "telling": "none"}
    answer = deputy.post(reverse("school:guardian_new", args=[pupil.pk]), sent)
    assert answer.status_code == 422
    assert "основание" in answer.content.decode()

    tie = Guardianship(telling="none", telling_from=date(2026, 3, 12), telling_until=date(2026, 12, 31))
    days = [date(2026, 3, 11), date(2026, 3, 12), date(2026, 12, 31), date(2027, 1, 1)]
    assert [tie.telling_on(day) for day in days] == [Telling.ALL, Telling.NONE, Telling.NONE, Telling.ALL]


@pytest.mark.django_db
def test_family_facts_are_asked_of_those_who_read_them_and_the_reading_is_logged(
    school: School, deputy: Client, pupil: Pupil
) -> None:
    tie = tie_of(pupil, telling="none", telling_ground=COURT, lives_with=False)
    admin = Client()
    admin.force_login(User.objects.create_user("admin", "x", school=school, is_administrator=True))
    page = admin.get(reverse("school:guardians", args=[pupil.pk])).content.decode()
    assert COURT not in page
    assert "живёт отдельно" not in page
    assert "не сообщать" in page
    assert "telling" not in admin.get(reverse("school:guardian", args=[tie.pk])).content.decode()
    assert not RestrictedRead.objects.exists()
    admin.post(reverse("school:guardian", args=[tie.pk]), {**SENT, "phone": "+7 900 000-00-09"})
    tie.refresh_from_db()
    assert (tie.telling, tie.telling_ground, tie.lives_with) == ("none", COURT, False)

    assert COURT in deputy.get(reverse("school:guardians", args=[pupil.pk])).content.decode()
    assert RestrictedRead.objects.get().what == "guardians"


@pytest.mark.django_db
def test_of_two_who_correct_one_guardian_the_second_is_told(deputy: Client, pupil: Pupil) -> None:
    tie = tie_of(pupil)
    seen = deputy.get(reverse("school:guardian", args=[tie.pk])).context["seen"]
    guardian_save(by=None, pupil=pupil, tie=tie, relation="mother", fields={"phone": "+7 900 000-00-05"})
    sent = {**SENT, "phone": "+7 900 000-00-07", "seen": seen}
    answer = deputy.post(reverse("school:guardian", args=[tie.pk]), sent)

    assert answer.status_code == 422
    assert "+7 900 000-00-05" in answer.content.decode()
    assert "+7 900 000-00-07" in answer.content.decode()
    assert Guardian.objects.get().phone == "+7 900 000-00-05"


@pytest.mark.django_db
def test_a_guardian_of_two_children_is_one_person(deputy: Client, pupil: Pupil, sister: Pupil) -> None:
    tie = tie_of(pupil)
    other = Guardianship.objects.create(guardian=tie.guardian, pupil=sister, telling="none", telling_ground=COURT)
    assert "Ковтун Лада" in deputy.get(reverse("school:guardians", args=[pupil.pk])).content.decode()
    deputy.post(reverse("school:guardian", args=[tie.pk]), {**SENT, "phone": "+7 900 000-00-03"})
    other.refresh_from_db()

    assert other.guardian.phone == "+7 900 000-00-03"
    assert other.telling == "none"  # what may be told is of each child


@pytest.mark.django_db
def test_a_class_teacher_learns_no_names_of_other_classes(pupil: Pupil, sister: Pupil) -> None:
    tie = tie_of(pupil)
    Guardianship.objects.create(guardian=tie.guardian, pupil=sister)
    leader = leader_of(pupil)
    pages = [reverse("school:guardians", args=[pupil.pk]), reverse("school:guardian", args=[tie.pk])]
    for page in (leader.get(url).content.decode() for url in pages):
        assert "Лада" not in page
        assert "другом классе" in page or "другого класса" in page


@pytest.mark.django_db
def test_two_records_of_one_person_are_made_one(deputy: Client, pupil: Pupil, sister: Pupil) -> None:
    kept, double = tie_of(pupil), tie_of(sister, telling="school", telling_ground=COURT)
    Guardian.objects.filter(pk=double.guardian_id).update(phone="+7 900 000-00-08", interpreter=True)
    signed = Consent.objects.create(
        pupil=sister, guardian=double.guardian, purpose="health", given_on=date(2026, 9, 1), document="лист 1"
    )
    page = deputy.get(reverse("school:guardians", args=[pupil.pk])).content.decode()
    assert "ещё одна запись с таким именем" in page
    deputy.post(reverse("school:guardian_merge", args=[kept.pk, double.guardian_id]))
    person = Guardian.objects.get()
    signed.refresh_from_db()

    assert set(person.pupils.all()) == {pupil, sister}
    assert person.more_contacts == ["+7 900 000-00-08"]
    assert person.interpreter
    assert signed.guardian_id == person.pk
    assert person.guardianships.get(pupil=sister).telling == "school"


@pytest.mark.django_db
def test_doubles_at_one_child_leave_the_stricter_limit(pupil: Pupil) -> None:
    kept, double = tie_of(pupil), tie_of(pupil, telling="none", telling_ground=COURT)
    guardians_merge(by=None, kept=kept.guardian, double=double.guardian)
    tie = Guardianship.objects.get()

    assert (tie.telling, tie.telling_ground) == ("none", COURT)
    with pytest.raises(Refused, match="уже нет"):
        guardians_merge(by=None, kept=kept.guardian, double=double.guardian)


@pytest.mark.django_db
def test_history_says_that_family_facts_changed_and_not_what_they_hold(deputy: Client, pupil: Pupil) -> None:
    tie = tie_of(pupil)
    family = Family(lives_with=False, telling="none", telling_ground=COURT)
    guardian_save(by=None, pupil=pupil, tie=tie, relation="mother", fields={}, family=family)
    page = deputy.get(reverse("desk:history", args=[pupil.pk])).content.decode()

    assert "основание: изменено" in page
    assert COURT not in page


@pytest.mark.django_db
def test_what_a_person_wrote_and_took_away_is_remembered_for_files(pupil: Pupil) -> None:
    tie = tie_of(pupil)
    fields = {"last_name": "Лебедева", "first_name": "Анна", "middle_name": "Павловна", "phone": "+7 900 000-00-02"}
    row = guardian_save(by=None, pupil=pupil, tie=tie, relation="mother", fields=fields)
    assert (row.guardian.by_hand, row.guardian.also_named) == (["phone"], ["Ковтун Анна Павловна"])

    guardian_detach(by=None, tie=row)
    pupil.refresh_from_db()
    assert pupil.detached == ["Лебедева Анна Павловна", "Ковтун Анна Павловна"]
    guardian_save(by=None, pupil=pupil, tie=None, relation="mother", fields=fields)
    assert pupil.detached == ["Ковтун Анна Павловна"]


KNOWN = KnownPupil(
    pk=1,
    external_id="100",
    name=("Ковтун", "Матвей", "Андреевич"),
    sex="",
    birth_date=None,
    special_needs=False,
    non_native_russian=False,
    seats=(Seat(5, 3, date(2026, 9, 1)),),
    guardians=(
        KnownGuardian(
            21, ("Лебедева", "Анна", "Павловна"), "+7 900 000-00-02", "", ("phone",), ("Ковтун Анна Павловна",)
        ),
    ),
    detached=("Ковтун Андрей Ильич",),
)


def planned(*guardians: GuardianRef) -> PupilDecision:
    year = (date(2026, 9, 1), date(2027, 8, 31))
    known = Contingent(date(2026, 11, 20), *year, {(7, "А"): 3}, {3: "7А"}, (KNOWN,))
    row = PupilRow(
        sheet="Лист1",
        row=2,
        last_name="Ковтун",
        first_name="Матвей",
        middle_name="Андреевич",
        class_name="7А",
        external_id="100",
        guardians=guardians,
    )
    (decision,) = plan_pupils(ParsedPupils(rows=(row,), rejected=()), known).decisions
    return decision


def test_a_file_writes_over_no_contact_of_a_persons_hand_and_brings_the_rest() -> None:
    decision = planned(GuardianRef("Ковтун Анна Павловна", phone="+7 900 000-00-01", email="anna@home.example"))

    assert [(one.pk, one.fields) for one in decision.guardians] == [(21, {"email": "anna@home.example"})]
    assert "контакты, записанные в школе, оставлены: Ковтун Анна Павловна" in decision.notes


def test_a_file_brings_back_nobody_whom_a_person_took_away() -> None:
    decision = planned(GuardianRef("Ковтун Андрей Ильич"))

    assert decision.guardians == ()
    assert decision.kind == "unchanged"
