"""Assessment procedures: the samples' figures, results by codes and by tasks, headless and printed alike."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files import File
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from common.errors import Refused
from documents.registry import ReportQuery
from documents.services.reports import report_render
from gradebook.models import AssessmentResult, Procedure, ProcedureKind
from gradebook.rules_results import Entered
from gradebook.services.batches import batch_open, batch_read, batch_write
from gradebook.services.codes import codes_load, codes_read
from gradebook.services.procedure_results import ResultSent, results_set
from gradebook.services.procedures import ProcedureDraft, procedure_move, procedure_plan
from gradebook.services.settling import rows_settle
from risk_registry.reports import assessment
from risk_registry.reports.assessment import build_analysis
from school.agendas import agenda_of
from school.models import AcademicYear, HistoryEvent, ImportBatch, Pupil, School, TeachingAssignment, User
from school.roles import Position
from tests.factories import make_class, make_pupil, make_school, make_staff, make_subject

pytestmark = pytest.mark.django_db

SAMPLES = Path(__file__).parent.parent / "data" / "school"
EXPECTED: list[dict[str, Any]] = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))["assessments"]
COUNTS = ("written", "twos", "lowered", "confirmed", "raised")


def imported(files: Sequence[Path], code: str = "S1") -> dict[str, Any]:
    out = StringIO()
    call_command("import_gradebook", *files, "--school", code, "--json", stdout=out)
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def reported(output: Path, period: int = 1) -> list[dict[str, Any]]:
    told = {"school": "S1", "period": period, "format": "json", "output": output, "json": True}
    call_command("report", "assessments", **told, stdout=StringIO())
    procedures: list[dict[str, Any]] = json.loads(output.read_text(encoding="utf-8"))["procedures"]
    return procedures


def by_work(rows: Sequence[dict[str, Any]]) -> dict[tuple[int, str], tuple[int, ...]]:
    return {(row["grade"], row["subject"]): tuple(row[name] for name in COUNTS) for row in rows}


def test_lowered_confirmed_raised_and_twos_of_the_samples_are_as_expected(tmp_path: Path) -> None:
    school = make_school()
    call_command("import_pupils", SAMPLES / "pupils.xlsx", school="S1", json=True, stdout=StringIO())
    imported(sorted(SAMPLES.glob("assessment_*.xlsx")))

    rows = reported(tmp_path / "assessments.json")

    assert by_work(rows) == by_work(EXPECTED)
    assert {row["date"] for row in rows} == {"2026-10-07"}
    assert {row["title"] for row in rows} == {"Региональная диагностическая работа"}
    assert {row["kind"] for row in rows} == {"региональная работа"}
    assert reported(tmp_path / "year.json", period=0) == rows
    assert reported(tmp_path / "second.json", period=2) == []
    made = {form: report_render(kind="assessments", query=ReportQuery(school, 1), format=form) for form in FORMS}
    sheet = openpyxl.load_workbook(BytesIO(made["xlsx"].content)).worksheets[0]
    cells: list[list[Any]] = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    whole = {(int(row[4].split()[0]), row[2]): row for row in cells if row[4].endswith("классы")}
    figures = {key: (row[5], row[6], row[14], row[15], row[16]) for key, row in whole.items()}
    assert figures == by_work(EXPECTED)
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(made["pdf"].content)).pages)
    assert "Региональная диагностическая работа, Алгебра" in " ".join(text.split())


FORMS = ("xlsx", "pdf")


def workbook(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    book.save(path)
    return path


@dataclass
class Coded:
    """A class of four; the codes of the first two are known, of the others no row could be taken."""

    school: School
    deputy: User
    pupils: list[Pupil]


@pytest.fixture
def coded(tmp_path: Path) -> Coded:
    school = make_school()
    place = make_class(school, "7А")
    pupils = [make_pupil(place, f"Ковтун Матвей{n}", external_id=f"a{n}") for n in range(4)]
    make_staff(school, "Ермолаева Софья", Position.DEPUTY, login="dep")
    deputy = User.objects.get(username="dep")
    first, second, third, fourth = (pupil.full_name for pupil in pupils)
    rows: list[list[Any]] = [
        ["Код участника", "ФИО", "Класс"],
        [10001, first, "7А"],
        ["10002", second, "7А"],
        [123, third, "7А"],
        ["10007", "Неизвестный Пётр", "7А"],
        ["10008", third, "7А"],
        ["10008", fourth, "7А"],
    ]
    file = workbook(tmp_path / "codes.xlsx", rows)
    told = codes_load(by=deputy, year=place.year, parsed=codes_read(file.read_bytes(), file.name))
    assert (told.written, [one.cell for one in told.rejected]) == (2, ["A4", "A5", "A6", "A7"])
    return Coded(school, deputy, pupils)


ABOUT_VPR: list[list[Any]] = [
    ["ВПР. 7 класс. Алгебра"],
    ["Дата проведения: 14.10.2026"],
    ["Код участника", "1 (1б)", "2 (2б)", "Сумма баллов", "Отметка за работу", "Отметка по журналу"],
]


@pytest.fixture
def results(coded: Coded, tmp_path: Path) -> Path:
    """Two good rows; a code of nobody; a code that repeats with too many points."""
    rows: list[list[Any]] = [
        [10001, 1, 2, 3, 5, 4],
        [10002, 0, "х", 0, 2, 3],
        [10009, 1, 1, 2, 3, 3],
        [10002, 5, 1, 6, 5, 5],
    ]
    return workbook(tmp_path / "vpr.xlsx", [*ABOUT_VPR, *rows])


def test_results_that_hold_only_codes_are_matched_by_a_file_that_stays_in_the_school(
    coded: Coded, results: Path, tmp_path: Path
) -> None:
    (told_of,) = imported([results])["files"]

    assert told_of["assessment_results"]["created"] == 2
    assert [(one["cell"], one["value"]) for one in told_of["unmatched"]] == [("A6", "10009")]
    assert [(one["cell"], one["value"]) for one in told_of["rejected"]] == [("B7", "5")]
    found = AssessmentResult.objects.get(pupil=coded.pupils[0])
    assert (found.score, found.mark) == (Decimal(3), 5)
    assert found.points == [Decimal(1), Decimal(2)]
    work = Procedure.objects.get()
    assert (work.kind, work.tasks) == ("vpr", ["1", "2"])
    assert work.maxima == [Decimal(1), Decimal(2)]
    (row,) = reported(tmp_path / "a.json")
    assert [row[name] for name in COUNTS] == [2, 1, 1, 0, 1]


def test_the_analysis_of_results_that_came_by_codes_names_pupils_and_no_code(coded: Coded, results: Path) -> None:
    imported([results])

    analysis = build_analysis(user=coded.deputy, school=coded.school, work=Procedure.objects.get())

    assert analysis is not None
    assert [line.total.percent for line in analysis.page.tasks] == [Decimal(50), Decimal(50)]
    assert [one.pupil for one in analysis.page.missing] == coded.pupils[2:]
    book = openpyxl.load_workbook(BytesIO(assessment.to_xlsx(analysis)))
    printed = {str(cell.value) for sheet in book.worksheets for line in sheet.iter_rows() for cell in line}
    assert coded.pupils[0].full_name in printed
    assert not {"10001", "10002"} & printed


def test_the_same_codes_again_change_nothing_and_a_corrected_row_tells_what_was(
    coded: Coded, results: Path, tmp_path: Path
) -> None:
    imported([results])

    again = imported([results])["files"][0]["assessment_results"]

    assert (again["unchanged"], again["updated"]) == (2, 0)
    rows: list[list[Any]] = [[10001, 0, 2, 2, 3, 4], [10002, 0, "х", 0, 2, 3]]
    corrected = workbook(tmp_path / "again.xlsx", [*ABOUT_VPR, *rows])
    with corrected.open("rb") as stream:
        batch = batch_open(by=coded.deputy, school=coded.school, uploads=[File(stream, "again.xlsx")])
    [change] = batch_read(by=coded.deputy, batch=batch).summary["changes"]
    told = (change["was"], change["becomes"])
    assert told == ("5, 3 б., задания 1 2, журнал 4", "3, 2 б., задания 0 2, журнал 4")


def test_a_code_that_was_not_known_is_taken_from_the_kept_file_days_later_and_shown_to_nobody(
    client: Client, tmp_path: Path
) -> None:
    school = make_school()
    place = make_class(school, "7А")
    pupil = make_pupil(place, "Ковтун Матвей")
    make_pupil(make_class(school, "8А"), "Белова Ева")
    make_staff(school, "Ермолаева Софья", Position.DEPUTY, login="dep")
    deputy = User.objects.get(username="dep")
    client.force_login(deputy)
    told: list[list[Any]] = [["ВПР. 7 класс. Алгебра"], ["Дата проведения: 14.10.2026"]]
    told += [["Код участника", "Отметка за работу"], [10009, 3]]
    file = workbook(tmp_path / "vpr.xlsx", told)
    with file.open("rb") as stream:
        batch = batch_open(by=deputy, school=school, uploads=[File(stream, "vpr.xlsx")])
    batch = batch_write(by=deputy, batch=batch_read(by=deputy, batch=batch))
    address = reverse("gradebook:import", args=[batch.pk])
    page = client.get(address).content.decode()
    assert "Записывать нечего" in page and "уже записано" not in page
    assert "говорит отдельный файл" in page
    with pytest.raises(Refused, match="файл кодов"):
        rows_settle(by=deputy, batch=batch, choices={0: pupil.pk})
    other = [["Код участника", "ФИО", "Класс"], ["10009", "Белова Ева", "8А"]]
    mine = [*other, ["10009", pupil.full_name, "7А"]]
    assert (taken(deputy, batch, other, tmp_path), taken(deputy, batch, mine, tmp_path)) == (0, 1)

    assert AssessmentResult.objects.get().pupil == pupil
    assert "10009" not in client.get(reverse("desk:history", args=[pupil.pk])).content.decode()
    events = HistoryEvent.objects.filter(table="gradebook_participantcode")
    assert events.exists() and not any("code" in (event.after or {}) for event in events)
    assert pupil.full_name not in client.get(reverse("desk:search"), {"q": "10009"}).content.decode()


def taken(by: User, batch: ImportBatch, codes: Sequence[Sequence[Any]], folder: Path) -> int:
    """Load the codes and take what they tell from the batch's files; how many results came of it."""
    file = workbook(folder / "codes.xlsx", codes)
    codes_load(by=by, year=AcademicYear.objects.get(), parsed=codes_read(file.read_bytes(), file.name))
    fresh = rows_settle(by=by, batch=batch, choices={})
    assert fresh is not None
    batch_write(by=by, batch=batch_read(by=by, batch=fresh))
    return AssessmentResult.objects.count()


def test_the_timetable_tells_clashes_with_their_source_and_forbids_nothing(client: Client) -> None:
    school = make_school()
    place = make_class(school, "7А")
    make_staff(school, "Ермолаева Софья", Position.DEPUTY, login="dep")
    client.force_login(User.objects.get(username="dep"))
    algebra, physics = make_subject(school, "Алгебра"), make_subject(school, "Физика")
    told = {"title": "Контрольная", "kind": "control", "place": f"c{place.pk}", "day": "2026-12-09", "lesson": "3"}
    for wrong in ("NaN 1", "1,1,2", "101", "чушь"):
        sent = {**told, "subject": algebra.pk, "maxima": wrong}
        assert client.post(reverse("procedures:new"), sent).status_code == 422
    sent = {**told, "subject": algebra.pk, "maxima": "1, 2,5; 3"}
    assert client.post(reverse("procedures:new"), sent).status_code == 302
    assert Procedure.objects.get().maxima == [Decimal(1), Decimal("2.5"), Decimal(3)]

    answer = client.post(reverse("procedures:new"), {**told, "subject": physics.pk})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "в день не больше одной процедуры" in html and "СК-228/03" in html
    assert client.post(reverse("procedures:new"), {**told, "subject": physics.pk, "agreed": "on"}).status_code == 302

    page = client.get(reverse("procedures:timetable"))
    assert len(page.context["table"].clashes) == 2
    work = Procedure.objects.get(subject=physics)
    moved = reverse("procedures:move", args=[work.pk])
    assert client.post(moved, {"day": "2026-12-10", "lesson": "3"}).status_code == 422
    assert client.post(moved, {"day": "2026-12-10", "lesson": "3", "why": "совпала с алгеброй"}).status_code == 302
    table = client.get(reverse("procedures:timetable")).context["table"]
    assert table.clashes == ()
    assert work.steps.get(deed="moved").why == "совпала с алгеброй"
    made = report_render(kind="assessment_timetable", query=ReportQuery(school, 1), format="pdf")
    text = PdfReader(BytesIO(made.content)).pages[0].extract_text()
    assert "10.12 Физика" in " ".join(text.split())


def test_a_work_whose_day_is_over_is_asked_about_by_class_until_its_results_are_in(client: Client) -> None:
    school = make_school()
    places = [make_class(school, name) for name in ("7А", "7Б")]
    pupils = [make_pupil(place, f"Ковтун Матвей{place.letter}") for place in places]
    make_staff(school, "Ермолаева Софья", Position.DEPUTY, login="dep")
    teacher = make_staff(school, "Лыкова Елена", "teacher", login="teacher")
    algebra, physics = make_subject(school, "Алгебра"), make_subject(school, "Физика")
    TeachingAssignment.objects.create(staff=teacher, subject=algebra, school_class=places[1])
    deputy = User.objects.get(username="dep")
    works = [
        procedure_plan(
            by=deputy,
            year=places[0].year,
            draft=ProcedureDraft("Срез", kind, 7, None, subject, school.today() - timedelta(days=3)),
        )
        for kind, subject in ((ProcedureKind.CONTROL, algebra), (ProcedureKind.DIAGNOSTIC, physics))
    ]
    assert asked("dep", school) == ["Внести результаты: 2 работы"]
    assert asked("teacher", school) == ["Внести результаты работы"]
    for work in works:
        sent = [ResultSent(pupils[0].pk, Entered(mark=2), Entered())]
        assert results_set(by=deputy, procedure=work, school_class=places[0], rows=sent) == {}
    client.force_login(deputy)
    page = client.get(reverse("procedures:timetable"))
    assert [row.who for row, _ in page.context["overdue"]] == ["7Б", "7Б"]
    sent = [ResultSent(pupils[1].pk, Entered(absent=True), Entered())]
    for work in works:
        results_set(by=deputy, procedure=work, school_class=places[1], rows=sent)
    assert asked("dep", school) == asked("teacher", school) == []

    listed = reverse("registry:works")
    for query, found in (("kind=diagnostic", [works[1]]), ("grade=7", works), ("grade=8", works)):
        rows = client.get(f"{listed}?{query}").context["rows"]  # grade 8 is no choice: nothing is filtered
        assert {row.work for row in rows} == set(found)


def asked(login: str, school: School) -> list[str]:
    user = User.objects.select_related("school", "staff").get(username=login)
    titles = [item.title.replace("\u00a0", " ") for item in agenda_of(user, school.today())]
    return [title for title in titles if title.startswith("Внести результаты")]


TIMETABLE: list[list[Any]] = [
    ["График оценочных процедур"],
    ["№", "Когда (дата)", "Кто", "Предмет", "Вид работы", "Урок"],
    [1, "09.12", "7А, Б", "алгебра", "Контрольная работа", "3 урок"],
    [2, "скоро", "7А", "Алгебра", "Тест", ""],
    [3, "09.12.2026", "7 классы", "Физ-ка", "ВПР", 2],
    [4, "10.12", "8А", "Алгебра", "Тест", 2],
]


def test_a_timetable_comes_in_from_the_schools_own_table_and_goes_out_again(client: Client, tmp_path: Path) -> None:
    school = make_school()
    places = [make_class(school, name) for name in ("7А", "7Б")]
    make_staff(school, "Ермолаева Софья", Position.DEPUTY, login="dep")
    client.force_login(User.objects.get(username="dep"))
    algebra, physics = make_subject(school, "Алгебра"), make_subject(school, "Физика")
    with workbook(tmp_path / "план.xlsx", TIMETABLE).open("rb") as stream:
        address = client.post(reverse("procedures:bring"), {"file": stream}).headers["Location"]
    guessed = client.get(address).context["columns"]
    assert [one.chosen for one in guessed] == ["", "day", "", "subject", "kind", "lesson"]
    columns = {f"column-{n}": what for n, what in enumerate(["", "day", "place", "subject", "kind", "lesson"])}
    client.post(address, {**columns, "what": "save"})
    html = client.get(address).content.decode()
    for why in ("предмет «Физ-ка» не сопоставлен", "дата «скоро» не понята", "класса «8А» в школе нет"):
        assert why in html
    assert not Procedure.objects.exists()

    sent = {**columns, "subject-1": str(physics.pk), "what": "write"}
    assert "Есть накладки" in client.post(address, sent, follow=True).content.decode()
    client.post(address, {**sent, "agreed": "on"})
    told = Procedure.objects.order_by("pk").values_list("title", "kind", "subject", "school_class", "lesson", "date")
    day = date(2026, 12, 9)
    assert list(told) == [
        ("Контрольная работа", "control", algebra.pk, places[0].pk, 3, day),
        ("Контрольная работа", "control", algebra.pk, places[1].pk, 3, day),
        ("ВПР", "vpr", physics.pk, None, 2, day),
    ]
    assert len(client.get(reverse("procedures:timetable")).context["table"].clashes) == 3
    moved = Procedure.objects.get(school_class=places[1])
    procedure_move(by=User.objects.get(), procedure=moved, day=date(2026, 12, 11), lesson=3, why="карантин")
    assert "уже работали: 1" in client.post(address, {"what": "undo"}, follow=True).content.decode()
    assert list(Procedure.objects.all()) == [moved]
