"""The gradebook by hand: marks, absences, results on their pages; codes and unknown rows of files; analysed works."""

import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from gradebook.models import Absence, AbsenceReason, Mark, PeriodResult, Procedure
from gradebook.rules_procedures import ClashKind
from gradebook.rules_results import Entered
from gradebook.selectors_settling import rows_waiting
from gradebook.services.batches import batch_open, batch_read, batch_write
from gradebook.services.procedure_results import ResultSent, results_set
from school.models import ImportBatch, Pupil, School, SchoolClass, TeachingAssignment, User
from school.roles import Position
from tests.factories import make_class, make_pupil, make_school, make_staff, make_subject

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def place(school: School) -> SchoolClass:
    return make_class(school, "7А")


@pytest.fixture
def pupils(place: SchoolClass) -> list[Pupil]:
    return [make_pupil(place, f"Белова Ева{number}") for number in range(3)]


@pytest.fixture
def deputy(school: School, client: Client) -> User:
    make_staff(school, "Ермолаева Софья Викторовна", Position.DEPUTY, login="dep")
    user = User.objects.get(username="dep")
    client.force_login(user)
    return user


def journal(*rows: Sequence[Any]) -> bytes:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(["Класс: 7А. Предмет: Алгебра. Учебный год: 2026/2027. Период: 1 четверть"])
    page.append(["№", "Фамилия, имя, отчество", "сентябрь"])
    page.append([None, None, 14])
    for number, row in enumerate(rows, start=1):
        page.append([number, *row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(by: User, content: bytes) -> ImportBatch:
    file = ContentFile(content, name="журнал.xlsx")
    batch = batch_open(by=by, school=School.objects.get(), uploads=[file])
    return batch_read(by=by, batch=batch)


def test_marks_absences_and_results_are_added_corrected_and_taken_out_on_the_pupils_pages(
    client: Client, deputy: User, school: School, pupils: list[Pupil]
) -> None:
    pupil, subject = pupils[0], make_subject(school, "Алгебра")
    sent = {"subject": subject.pk, "day": "2026-10-14"}

    def post(name: str, *keys: object, **data: object) -> int:
        return client.post(reverse(f"desk:{name}", args=[pupil.pk, *keys]), data).status_code

    assert post("mark_new", **sent, value="2") == 302
    mark = Mark.objects.get()
    assert post("mark", mark.pk, value="9", was="2") == 422
    assert post("mark", mark.pk, value="4", was="2", comment="описка") == 302
    mark.refresh_from_db()
    assert (mark.value, mark.by_hand) == (4, True)
    assert post("absence_add", **sent, reason=AbsenceReason.UNEXCUSED) == 302
    absence = Absence.objects.get()
    assert post("absence", absence.pk, reason=AbsenceReason.ILLNESS) == 302
    absence.refresh_from_db()
    assert absence.reason == AbsenceReason.ILLNESS
    assert post("result", subject.pk, "1", value="3") == 302
    assert post("result", subject.pk, "year", value="5") == 302
    told = PeriodResult.objects.order_by("kind").values_list("kind", "value", "by_hand")
    assert {kind: (value, by_hand) for kind, value, by_hand in told} == {"period": ("3", True), "year": ("5", True)}
    page = client.get(reverse("desk:subject", args=[pupil.pk, subject.pk])).content.decode()
    assert "была 2, исправлена" in page and "вручную" in page

    assert post("mark_remove", mark.pk) == post("absence_remove", absence.pk) == 302
    assert not Mark.objects.exists() and not Absence.objects.exists()


def test_a_code_gets_its_meaning_in_the_preview_and_keeps_it_for_the_next_files(
    client: Client, deputy: User, pupils: list[Pupil]
) -> None:
    batch = read(deputy, journal((pupils[0].full_name, "ЗН"), (pupils[1].full_name, "4")))
    address = reverse("gradebook:import", args=[batch.pk])
    assert "не понят: ячейка отвергнута" in client.get(address).content.decode()
    sent = {"layout": "journal", "code": "ЗН", "meaning": AbsenceReason.EXCUSED}
    assert client.post(reverse("gradebook:import_codes", args=[batch.pk]), sent).status_code == 302
    batch_write(by=deputy, batch=batch_read(by=deputy, batch=batch))
    assert Absence.objects.get().reason == AbsenceReason.EXCUSED

    later = read(deputy, journal((pupils[2].full_name, "ЗН")))
    assert not later.summary["files"][0]["rejected"]
    batch_write(by=deputy, batch=later)
    assert set(Absence.objects.values_list("pupil", "reason")) == {
        (pupils[0].pk, AbsenceReason.EXCUSED),
        (pupils[2].pk, AbsenceReason.EXCUSED),
    }


def test_rows_of_nobody_wait_and_are_settled_when_marks_have_changed_since(
    client: Client, deputy: User, pupils: list[Pupil]
) -> None:
    batch = batch_write(by=deputy, batch=read(deputy, journal(("Орлова Инна Олеговна", 3), (pupils[1].full_name, 4))))
    Mark.objects.update(value=5)
    assert rows_waiting(deputy) == {batch.pk: 1}
    address = reverse("gradebook:import_settle", args=[batch.pk])
    nothing = client.post(address, {"row-0": ""}, follow=True).content.decode()
    assert "Ничего не решено и не взято" in nothing and rows_waiting(deputy) == {batch.pk: 1}

    client.post(address, {"row-0": "", "name-0": f"{pupils[0].full_name}, 7А"})
    fresh = ImportBatch.objects.latest("pk")
    batch_write(by=deputy, batch=batch_read(by=deputy, batch=fresh))
    marks = dict(Mark.objects.values_list("pupil", "value"))
    assert marks == {pupils[0].pk: 3, pupils[1].pk: 5}
    assert rows_waiting(deputy) == {}
    client.post(reverse("gradebook:import_undo", args=[fresh.pk]))
    assert dict(Mark.objects.values_list("pupil", "value")) == {pupils[1].pk: 5}


def test_a_start_of_year_diagnostic_tells_what_was_failed_by_whom_why_and_what_is_repeated(
    client: Client, deputy: User, school: School, place: SchoolClass, pupils: list[Pupil]
) -> None:
    told = {"title": "Входная", "kind": "diagnostic", "subject": make_subject(school, "Алгебра").pk, "lesson": "2"}
    sent = {**told, "place": f"c{place.pk}", "day": "2026-09-16", "maxima": "1 2"}
    assert client.post(reverse("procedures:new"), sent).status_code == 302
    work = Procedure.objects.get()
    answers = [(5, 1, 2), (2, 1, 0), (3, 0, 1)]
    rows = {
        f"{name}-{pupil.pk}": str(value)
        for pupil, (mark, *points) in zip(pupils, answers, strict=True)
        for name, value in {"mark": mark, "t0": points[0], "t1": points[1]}.items()
    }
    rows |= {f"was-{pupil.pk}": '[null, null, "", null, false]' for pupil in pupils}
    assert client.post(reverse("procedures:results", args=[work.pk]), rows).status_code == 302
    card = reverse("registry:external_work", args=[work.pk])
    found = client.get(card).context["found"]
    assert [round(line.total.percent or 0) for line in found.page.tasks] == [67, 50]
    shown = client.get(card, {"task": "2"}).context["rows"]
    assert [row.pupil for row in shown] == [pupils[1]]
    assert [row.pupil for row in client.get(card, {"show": "twos"}).context["rows"]] == [pupils[1]]

    cause = next(
        iter(client.get(reverse("registry:work_note", args=[work.pk])).context["form"].fields["causes"].choices)
    )
    note = {"causes": [cause[0]], "text": "Дроби не повторили"}
    assert client.post(reverse("registry:work_note", args=[work.pk]), note).status_code == 302
    work.refresh_from_db()
    assert work.get_state_display() == "разобрана"
    again = {"place": place.pk, "day": "2026-10-14"}
    assert client.post(reverse("procedures:repeat", args=[work.pk]), again).status_code == 302
    repeated = Procedure.objects.get(repeats=work)
    entered = [ResultSent(pupils[1].pk, Entered(mark=4), Entered())]
    results_set(by=deputy, procedure=repeated, school_class=place, rows=entered)
    page = client.get(card)
    (repetition,) = page.context["found"].page.repetitions
    assert [(who.pupil, repetition.wrote, repetition.settled) for who in repetition.pupils] == [(pupils[1], 1, 1)]
    assert "Дроби не повторили" in page.content.decode()


def test_works_beyond_a_tenth_of_the_subjects_hours_are_told(
    client: Client, deputy: User, school: School, place: SchoolClass
) -> None:
    music = make_subject(school, "Музыка")
    duty = {"staff": deputy.staff, "subject": music, "school_class": place, "weekly_hours": Decimal(1)}
    TeachingAssignment.objects.create(**duty)
    told = {"kind": "control", "subject": music.pk, "place": f"c{place.pk}", "lesson": "3"}
    days = [date(2026, 9, 16), date(2026, 10, 14), date(2026, 11, 11), date(2026, 12, 9)]
    codes = [
        client.post(reverse("procedures:new"), {**told, "title": f"Срез {n}", "day": day.isoformat()}).status_code
        for n, day in enumerate(days)
    ]
    assert codes == [302, 302, 302, 422]  # a tenth of 34 lessons is three
    sent = {**told, "title": "Срез 3", "day": days[3].isoformat(), "agreed": "on"}
    assert client.post(reverse("procedures:new"), sent).status_code == 302
    table = client.get(reverse("procedures:timetable")).context["table"]
    [clash] = table.clashes
    assert clash.words == "4-я за год из 34 ч предмета: больше 10 % времени"
    assert {each.kind for row in table.rows for month in row.months for one in month for each in one.clashes} == {
        ClashKind.HOURS
    }
