"""The first login on an empty installation, and a useful list after it: last year's files, own registry."""

import json
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from risk_registry.categories import Category, EntryState
from risk_registry.models import BroughtRegistry, RegistryEntry
from risk_registry.selectors.periods import start_of
from risk_registry.services.debts import debt_bring
from risk_registry.services.registry import entry_include
from school.models import AcademicYear, Enrolment, ImportBatch, Pupil, School, SchoolClass, User
from school.roles import Position
from school.services.organisation import year_create
from tests.factories import make_class, make_pupil, make_school, make_staff, make_subject
from tests.risk_registry.test_start_list import spring_work

pytestmark = pytest.mark.django_db

# Headings in two rows, merged; classes and names in many writings; sums and a signature under the list.
MESSY: list[list[object]] = [
    ["РЕЕСТР обучающихся, требующих внимания, на 01.09.2026"],
    [None],
    ["№", "Ребенок", None, "Кл.", "д.р.", "Успеваемость", None, "Отнесён к", "Что делали, причины"],
    [None, "Фамилия", "Имя", None, None, "Предметы с «2»", "Предметы с «3»", None, None],
    [1, "Ковтун", "Матвей", "7 а", date(2013, 3, 12), "алгебра, физ.", None, "неуспев.", "много пропусков"],
    [2, "Белова", "Ева", "7-А", None, None, "физика", "гр. резерва", None],
    [3, "Иванов", "Иван", "7 «А»", None, "физика", None, "слабоусп.", "тёзка"],
    [4, "Цой", "Анна", "8А класс", "01.02.2001", "физика", None, "двоечник", None],
    [5, "Жуков", "Илья", "8А", None, "физика", None, "ОВЗ", None],
    [None, "Всего:", None, None, None, "5", None, None, None],
    [None, "Зам. директора ________ А. С. Андреева"],
]
MERGED = ("A1:I1", "B3:C3", "F3:G3", "A3:A4", "D3:D4", "E3:E4", "H3:H4", "I3:I4")


def table(rows: list[list[object]], *merged: str) -> bytes:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


def brings(client: Client, period: int, content: bytes) -> BroughtRegistry:
    sent = {"file": SimpleUploadedFile("реестр.xlsx", content), "period": period}
    assert client.post(reverse("registry:bring"), sent).status_code == 302
    return BroughtRegistry.objects.latest("pk")


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def deputy(client: Client, school: School) -> User:
    user = make_staff(school, "Ермолаева Светлана Викторовна", Position.DEPUTY, login="deputy").user
    client.force_login(user)
    return user


def test_a_registry_with_any_columns_is_seen_corrected_and_written_in_one_step(
    client: Client, school: School, deputy: User
) -> None:
    for subject in ("Алгебра", "Физика"):
        make_subject(school, subject)
    seventh, eighth, ninth = (make_class(school, name) for name in ("7А", "8А", "9А"))
    kovtun = make_pupil(seventh, "Ковтун Матвей Андреевич", birth=date(2013, 3, 12))
    make_pupil(seventh, "Белова Ева Артёмовна")
    make_pupil(seventh, "Иванов Иван Петрович")
    namesake = make_pupil(eighth, "Иванов Иван Сергеевич")
    make_pupil(eighth, "Цой Анна Ким", birth=date(2012, 2, 1))
    make_pupil(ninth, "Жуков Илья Олегович")

    brought = brings(client, start_of(school.years.get()).pk, table(MESSY, *MERGED))
    page = reverse("registry:brought", args=[brought.pk])
    told = text_of(client, page)
    assert set(brought.columns.values()) == {"last", "first", "class", "birth", "subjects", "category", "note"}
    assert "5 строк с фамилиями" in told and "Всего" not in told
    assert "подходят несколько учеников" in told  # the file may be of last year: today's class is not enough
    assert "другая дата рождения" in told
    assert "в файле другой класс" in told
    assert "категория «ОВЗ» не сопоставлена" in told
    assert not RegistryEntry.objects.exists()

    chosen = {f"column-{place}": column for place, column in brought.columns.items()}
    settled = {"row-7": str(namesake.pk), "row-8": "0"}
    client.post(page, {"what": "write", **chosen, **settled})
    entries = {entry.pupil.last_name: entry for entry in RegistryEntry.objects.select_related("pupil")}
    assert {name: entry.category for name, entry in entries.items()} == {
        "Ковтун": "failing",
        "Белова": "reserve",
        "Иванов": "weak",
    }
    assert entries["Иванов"].pupil == namesake
    assert len(entries["Ковтун"].subjects) == 2 and entries["Ковтун"].pupil == kovtun

    client.post(page, {"what": "undo"})
    assert not RegistryEntry.objects.exists()


def summary(folder: Path, *rows: tuple[object, ...]) -> str:
    """Annual results of last year's 6А; a birth date stands beside some names."""
    head: list[list[object]] = [["Сводная ведомость. Класс: 6А. Учебный год: 2025/2026. Период: год"]]
    head.append(["№", "Ид.", "ФИО", "Дата рождения", "Алгебра"])
    path = folder / "6А.xlsx"
    path.write_bytes(table([*head, *([number, *row] for number, row in enumerate(rows, 1))]))
    return str(path)


def run(*arguments: str) -> dict[str, Any]:
    out = StringIO()
    call_command(*arguments, "--json", stdout=out)
    told: dict[str, Any] = json.loads(out.getvalue())
    return told


def test_files_of_last_year_know_pupils_by_id_name_and_birth_date_never_by_todays_class(
    school: School, tmp_path: Path
) -> None:
    seventh, eighth = make_class(school, "7А"), make_class(school, "8А")
    by_id = make_pupil(seventh, "Ковтун Матвей Андреевич", external_id="017")
    by_name = make_pupil(
        eighth, "Белова Ева Артёмовна"
    )  # a second year is no hindrance: the class speaks against nobody
    twins = [make_pupil(one, "Иванов Иван Петрович", birth=day) for one, day in _twins(seventh, eighth)]
    others = [make_pupil(one, "Цой Анна Ким") for one in (seventh, eighth)]

    file = summary(
        tmp_path,
        ("017", "Ковтун М.", None, "2"),
        (None, "Белова Ева Артёмовна", None, "3"),
        (None, "Иванов Иван Петрович", date(2012, 5, 5), "2"),
        (None, "Цой Анна Ким", None, "2"),
    )
    told = run("import_gradebook", file, "--school", school.code)["files"][0]["unmatched"]

    assert [(one["value"], one["candidates"]) for one in told] == [("Цой Анна Ким", ["Цой Анна Ким"] * 2)]
    sat = Enrolment.objects.filter(school_class__year__start=2025).values_list("pupil", flat=True)
    assert set(sat) == {by_id.pk, by_name.pk, twins[1].pk}
    assert not set(sat) & {one.pk for one in others}


def _twins(seventh: SchoolClass, eighth: SchoolClass) -> list[tuple[SchoolClass, date]]:
    return [(seventh, date(2013, 4, 4)), (eighth, date(2012, 5, 5))]


def test_a_school_that_begins_knows_open_debts_and_what_people_add(client: Client, deputy: User) -> None:
    school = deputy.school
    assert school is not None
    seventh = make_class(school, "7А")
    owes, added = (make_pupil(seventh, name, external_id=name[:3]) for name in ("Ковтун Матвей", "Белова Ева"))
    algebra, begins = make_subject(school, "Алгебра"), start_of(school.years.get())
    assert "2025/26" in text_of(client, f"{reverse('debts:new')}?cls={seventh.pk}")  # a year that it never kept
    debt_bring(by=deputy, pupil=owes, subject=algebra, start=2025, arose=date(2026, 5, 31), reason="личное дело")
    entry_include(
        by=deputy,
        period=begins,
        pupil=added,
        school_class=seventh,
        category=Category.WEAK,
        subjects=[algebra.pk],
        grounds="педсовет 28.08",
    )

    answer = {row["external_id"]: row for row in run("classify", "--school", school.code, "--period", "0")["pupils"]}
    assert (answer["Ков"]["category"], answer["Бел"]["category"]) == ("failing", "weak")
    assert AcademicYear.objects.filter(school=school, start=2025).count() == 1


def test_the_registry_as_it_closed_and_springs_works_speak_where_last_year_was_kept(school: School) -> None:
    last = year_create(school=school, start=2025, main="quarters", upper="halfyears")
    seventh = make_class(school, "7А")
    names = {"Ков": "Ковтун Матвей", "Бел": "Белова Ева", "Цой": "Цой Анна"}
    stood, wrote, early = (make_pupil(seventh, name, external_id=key) for key, name in names.items())
    RegistryEntry.objects.create(
        school=school,
        period=last.periods.get(system="quarters", number=4),
        pupil=stood,
        school_class=seventh,
        category=Category.FAILING,
        state=EntryState.APPROVED,
        subjects=[make_subject(school, "Химия").pk],
        created_at=school.now(),
        changed_at=school.now(),
    )
    spring_work(wrote, last, "Физика", 2, date(2026, 4, 14))
    spring_work(early, last, "Физика", 2, date(2025, 10, 14))  # autumn's works are behind the closing registry

    told = {row["external_id"]: row for row in run("classify", "--school", school.code, "--period", "0")["pupils"]}
    assert [(told[key]["category"], told[key]["subjects"]) for key in names] == [
        ("failing", ["Химия"]),
        ("weak", ["Физика"]),
        ("none", []),
    ]


SAMPLES = Path(__file__).resolve().parents[1] / "data" / "school"


def test_from_the_first_login_to_a_useful_list_it_is_a_few_forms(client: Client) -> None:
    client.force_login(User.objects.create_user("admin", is_administrator=True))
    opened = {"code": "s1", "name": "Школа № 12", "start": "2026", "periods": "quarters", "upper": "halfyears"}
    assert client.post(reverse("school:first_school"), opened).status_code == 302
    contingent = SimpleUploadedFile("pupils.xlsx", (SAMPLES / "pupils.xlsx").read_bytes())
    assert client.post(reverse("school:import_pupils"), {"file": contingent}).status_code == 302
    batch = ImportBatch.objects.get()
    assert client.post(reverse("school:import_apply", args=[batch.pk])).status_code == 302

    school = School.objects.get()
    client.force_login(make_staff(school, "Андреева Анна Сергеевна", Position.DEPUTY, login="deputy").user)
    assert reverse("registry:bring") in text_of(client, reverse("desk:home"))
    begins = start_of(school.years.get())
    known = list(Pupil.objects.filter(enrolments__school_class__name="7А")[:3])
    rows: list[list[object]] = [["ФИО ученика", "Категория"], *map(_weak, known)]
    brought = brings(client, begins.pk, table(rows))
    client.post(reverse("registry:brought", args=[brought.pk]), {"what": "write"})

    page = text_of(client, f"{reverse('registry:list')}?period={begins.pk}")
    assert "3 записи" in page and all(one.list_name in page for one in known)


def _weak(pupil: Pupil) -> list[object]:
    return [pupil.full_name, "слабоуспевающий"]
