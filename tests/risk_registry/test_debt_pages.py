"""Pages of academic debts, as people use them."""

from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from gradebook.models import PeriodResult, ResultKind
from risk_registry.debts import Outcome
from risk_registry.models import AcademicDebt, DebtAttempt
from risk_registry.services.debt_proposals import debts_follow
from school.models import Pupil, RestrictedRead, SchoolClass, TeachingAssignment, User
from school.roles import Position
from tests.counting import MOST, counts, seat
from tests.factories import make_pupil, make_staff, make_subject
from tests.risk_registry.debt_making import AROSE, BOARD, conclude, fresh, owe, plan
from tests.risk_registry.test_debt_proposals import give

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n%%EOF"


@pytest.fixture
def pupil(seventh: SchoolClass) -> Pupil:
    return make_pupil(seventh, "Ковтун Матвей Андреевич")


@pytest.fixture
def debt(deputy: User, pupil: Pupil) -> AcademicDebt:
    return owe(deputy, pupil)


def text(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def send(client: Client, name: str, debt: AcademicDebt, *args: object, **data: object) -> int:
    told = {"version": fresh(debt).version, **data}
    return client.post(reverse(name, args=args or [debt.pk]), told).status_code


def test_a_debt_goes_its_whole_way_on_pages(as_deputy: Client, deputy: User, pupil: Pupil) -> None:
    give(deputy, pupil, "2")
    debt = AcademicDebt.objects.get()
    assert "Подтвердить или отклонить" in text(as_deputy, "debts:list")
    chosen = f"{reverse('debts:confirm')}?pick={debt.pk}:1"
    assert as_deputy.post(chosen, {"arose": "2026-09-02"}).status_code == 302
    assert send(as_deputy, "debts:attempt_new", debt, on="2026-10-01", members="Лаптев И. И.") == 302
    first = DebtAttempt.objects.get()
    failed = {"outcome": "failed", "mark": "2", "number": "7", "protocol_on": "2026-10-01"}
    assert send(as_deputy, "debts:outcome", debt, first.pk, **failed) == 302
    assert "Назначить комиссию" in text(as_deputy, "debts:debt", debt.pk)
    assert send(as_deputy, "debts:attempt_new", debt, on="2026-11-02", members="") == 422
    assert send(as_deputy, "debts:attempt_new", debt, on="2026-11-02", members="\n".join(BOARD)) == 302
    passed = {**failed, "outcome": "passed", "mark": "3", "protocol_on": "2026-11-03", "number": "8"}
    assert send(as_deputy, "debts:outcome", debt, DebtAttempt.objects.latest("pk").pk, **passed) == 302
    page = text(as_deputy, "debts:debt", debt.pk)
    assert "Ликвидирована" in page
    assert "протокол № 8 от 03.11.2026" in page
    assert "Ковтун" not in text(as_deputy, "debts:list")
    assert "Ковтун" in text(as_deputy, "debts:list", state="cleared")


def test_the_second_of_two_deputies_is_told(as_deputy: Client, deputy: User, debt: AcademicDebt) -> None:
    seen = debt.version
    plan(deputy, debt, date(2026, 10, 1))
    address = reverse("debts:reason", args=[debt.pk, "decline"])
    answer = as_deputy.post(address, {"version": seen, "reason": "ошибка"})
    assert answer.status_code == 422
    assert "изменилась, пока вы решали" in answer.content.decode()


def test_a_teacher_sees_debts_of_the_own_subject_and_not_why_a_term_is_longer(
    client: Client, as_deputy: Client, deputy: User, pupil: Pupil, debt: AcademicDebt, seventh: SchoolClass
) -> None:
    physics = owe(deputy, pupil, "Физика")
    pause = {"kind": "illness", "starts": "2026-10-05", "ends": "2026-10-09", "paper": "справка № 214"}
    assert send(as_deputy, "debts:pause_new", debt, **pause) == 302
    assert "справка № 214" in text(as_deputy, "debts:debt", debt.pk)
    assert RestrictedRead.objects.filter(user=deputy, what="debt_pauses").count() == 1
    teacher = make_staff(debt.school, "Лаптев Игорь", Position.TEACHER, login="algebra")
    TeachingAssignment.objects.create(staff=teacher, subject=debt.subject, school_class=seventh)
    client.force_login(teacher.user)
    listed = text(client, "debts:list")
    assert ("Алгебра" in listed, "Физика" in listed) == (True, False)
    page = text(client, "debts:debt", debt.pk)
    assert "год и ещё 5\u00a0дней" in page
    assert "справка" not in page
    assert "Болезнь," not in page
    assert client.get(reverse("debts:debt", args=[physics.pk])).status_code == 404


def test_the_list_is_filtered_and_its_workbook_holds_the_same_rows(
    as_deputy: Client, deputy: User, pupil: Pupil, debt: AcademicDebt, seventh: SchoolClass
) -> None:
    other = make_pupil(seventh, "Ильина Анна Олеговна")
    conclude(deputy, plan(deputy, owe(deputy, other), date(2026, 10, 1)), Outcome.FAILED)
    assert "Ильина" not in text(as_deputy, "debts:list", need="plan")
    found = text(as_deputy, "debts:list", need="board", cls=str(seventh.pk))
    assert ("Ильина" in found, "Ковтун" in found) == (True, False)
    AcademicDebt.objects.filter(pk=debt.pk).update(due=date(2026, 11, 20))
    assert "истёк 20.11.2026" in text(as_deputy, "debts:list", term="over")
    book = as_deputy.get(reverse("debts:export"), {"need": "board"})
    sheet = load_workbook(BytesIO(book.content)).worksheets[0]
    (row,) = [row for row in sheet.iter_rows(values_only=True) if "Ильина" in str(row[0])]
    assert row[2] == "Алгебра"
    assert "1-я 01.10.2026: не сдал" in str(row[7])


def test_a_corrected_result_is_told_beside_a_confirmed_debt(as_deputy: Client, deputy: User, pupil: Pupil) -> None:
    give(deputy, pupil, "2")
    AcademicDebt.objects.update(state="confirmed")
    give(deputy, pupil, "4")
    assert "по журналу теперь: <b>«4»</b>" in text(as_deputy, "debts:list")


@pytest.mark.parametrize(
    "query",
    [
        {"cls": "x", "subject": "9" * 30, "need": "<script>", "term": "0", "page": "-1"},
        {"state": "'; drop", "sort": "-nothing", "text": "\0%_'\""},
    ],
)
def test_hostile_filters_do_no_harm(as_deputy: Client, debt: AcademicDebt, query: dict[str, str]) -> None:
    assert as_deputy.get(reverse("debts:list"), query).status_code == 200


@pytest.mark.parametrize("pick", ["x", "1", "1:x", f"{10**30}:1", "999999:1"])
def test_hostile_choices_find_nothing(as_deputy: Client, debt: AcademicDebt, pick: str) -> None:
    assert as_deputy.get(reverse("debts:confirm"), {"pick": pick}).status_code == 404


def test_what_people_type_is_shown_as_text(as_deputy: Client, debt: AcademicDebt) -> None:
    hostile = "<script>alert(1)</script>"
    send(as_deputy, "debts:attempt_new", debt, on="2026-10-01", members=hostile, place=hostile)
    page = text(as_deputy, "debts:debt", debt.pk)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_the_list_takes_the_same_number_of_queries_at_any_size(as_deputy: Client, seventh: SchoolClass) -> None:
    subject = make_subject(seventh.school, "Алгебра")

    def grow(number: int) -> None:
        results = [
            PeriodResult(
                school=seventh.school, year=seventh.year, pupil=one, subject=subject, kind=ResultKind.YEAR, value="2"
            )
            for one in seat(seventh, number)
        ]
        PeriodResult.objects.bulk_create(results)
        debts_follow(year=seventh.year)

    found = list(counts(grow, as_deputy, reverse("debts:list")))
    assert len(set(found)) == 1
    assert found[0] <= MOST
    assert AcademicDebt.objects.exclude(arose=AROSE).count() == 2000
