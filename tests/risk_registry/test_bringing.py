"""A school brings its own registry: mapped, corrected, written in one step, taken back."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from risk_registry.categories import Category
from risk_registry.models import BroughtRegistry, PupilCategory, RegistryEntry
from risk_registry.selectors.periods import start_of
from risk_registry.services.registry import entry_include
from school.models import Pupil, School, SchoolClass, User
from tests.factories import make_class, make_pupil, make_subject

pytestmark = pytest.mark.django_db

BRING = "/registry/bring/"
ROWS: list[list[object]] = [
    ["Реестр группы риска МБОУ СОШ № 4"],
    [],
    ["№", "Кто", "Класс", "Группа", "По каким предметам", "Причины", "Телефон"],
    [1, "Ковтун Матвей Андреевич", "7А", "двоечник", "Алгебра; труд", "много пропусков", "8-900"],
    [2, "Белова Ева", "7А", "СОП", "Физика", "", ""],
    [3, "Ковтун Матвей Андреевич", "7А", "слабоуспевающий", "Физика", "", ""],
    [4, "Иванов Иван", "7А", "резерв", "Физика", "", ""],
    [5, "Неизвестный Пётр", "7А", "резерв", "", "", ""],
]


@pytest.fixture
def pupils(school: School, seventh: SchoolClass) -> list[Pupil]:
    for subject in ("Алгебра", "Физика"):
        make_subject(school, subject)
    eighth = make_class(school, "8А")
    return [
        make_pupil(seventh, "Ковтун Матвей Андреевич"),
        make_pupil(seventh, "Белова Ева Артёмовна"),
        make_pupil(seventh, "Иванов Иван Петрович", birth=date(2013, 1, 1)),
        make_pupil(eighth, "Иванов Иван Сергеевич", birth=date(2012, 1, 1)),
    ]


def upload(client: Client, school: School, rows: list[list[object]] = ROWS, name: str = "риск.xlsx") -> BroughtRegistry:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    kept = BytesIO()
    book.save(kept)
    period = start_of(school.years.get())
    sent = {"file": SimpleUploadedFile(name, kept.getvalue()), "period": period.pk}
    assert client.post(BRING, sent).status_code == 302
    return BroughtRegistry.objects.latest("pk")


def page(client: Client, brought: BroughtRegistry, **sent: object) -> str:
    address = reverse("registry:brought", args=[brought.pk])
    answer = client.post(address, sent, follow=True) if sent else client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


COLUMNS = {"column-1": "name", "column-2": "class", "column-3": "category", "column-4": "subjects", "column-5": "note"}


def test_it_guesses_and_a_person_corrects_what_columns_and_words_mean(
    as_deputy: Client, school: School, pupils: list[Pupil]
) -> None:
    brought = upload(as_deputy, school)
    assert brought.columns == {"2": "class", "3": "category", "4": "subjects", "5": "note"}
    assert "Ни в одной строке не видно фамилий" in page(as_deputy, brought)

    told = page(as_deputy, brought, what="save", **COLUMNS)
    assert "категория «СОП» не сопоставлена" in told
    assert "подходят несколько учеников" in told
    assert not RegistryEntry.objects.exists()


def test_everything_is_written_in_one_step_and_nothing_of_the_file_is_lost(
    as_deputy: Client, school: School, pupils: list[Pupil]
) -> None:
    brought = upload(as_deputy, school)
    page(as_deputy, brought, what="save", **COLUMNS)
    words = {"word-1": "weak"}  # «СОП»
    page(as_deputy, brought, what="write", **COLUMNS, **words, **{"row-7": str(pupils[3].pk)})

    entries = {entry.pupil: entry for entry in RegistryEntry.objects.all()}
    assert set(entries) == {pupils[0], pupils[1], pupils[3]}
    kovtun = entries[pupils[0]]
    assert (kovtun.category, kovtun.by_hand, kovtun.state, len(kovtun.subjects)) == ("failing", True, "proposed", 2)
    said = kovtun.steps.get().comment
    assert said == "Реестр школы «риск.xlsx». Строка 4, предметы словами файла: труд. Строка 6"
    assert "Ковтун Матвей: много пропусков" in page(as_deputy, brought)
    assert PupilCategory.objects.get(pupil=pupils[0], period=kovtun.period).category == "failing"


def test_a_row_may_mean_somebody_whose_name_is_quite_another(
    as_deputy: Client, school: School, pupils: list[Pupil]
) -> None:
    brought = upload(as_deputy, school)
    page(as_deputy, brought, what="save", **COLUMNS)
    assert "Нет обучающегося «Кто-то»" in page(as_deputy, brought, what="save", **COLUMNS, **{"name-8": "Кто-то"})

    page(as_deputy, brought, what="save", **COLUMNS, **{"name-8": "Белова Ева Артёмовна, 7А"})
    brought.refresh_from_db()
    assert brought.settled == {"8": pupils[1].pk}


def test_it_is_taken_back_but_for_what_people_have_changed_since(
    as_deputy: Client, school: School, pupils: list[Pupil]
) -> None:
    brought = upload(as_deputy, school)
    page(as_deputy, brought, what="save", **COLUMNS)
    page(as_deputy, brought, what="write", **COLUMNS, **{"word-1": "weak"})
    changed = RegistryEntry.objects.get(pupil=pupils[1])
    sent = {"one": f"approve:{changed.pk}:{changed.version}"}
    as_deputy.post(f"/registry/?period={changed.period_id}", sent)

    told = page(as_deputy, brought, what="undo")
    assert [entry.pupil for entry in RegistryEntry.objects.all()] == [pupils[1]]
    assert "Остались записи, которые с тех пор меняли: Белова" in told


def test_who_is_in_the_registry_stays_as_they_are(as_deputy: Client, school: School, pupils: list[Pupil]) -> None:
    page(as_deputy, upload(as_deputy, school), what="write", **COLUMNS)
    second = upload(as_deputy, school)

    assert "уже в реестре: неуспевающий, запись останется как есть" in page(as_deputy, second, what="save", **COLUMNS)


def test_a_file_that_is_no_table_is_refused_with_words(as_deputy: Client, school: School, pupils: list[Pupil]) -> None:
    sent = {"file": SimpleUploadedFile("риск.xlsx", b"nothing"), "period": start_of(school.years.get()).pk}
    answer = as_deputy.post(BRING, sent)

    assert answer.status_code == 422
    assert "риск.xlsx" in answer.content.decode()


def test_a_discarded_file_is_forgotten(as_deputy: Client, school: School, pupils: list[Pupil]) -> None:
    brought = upload(as_deputy, school)
    page(as_deputy, brought, what="discard")
    brought.refresh_from_db()

    assert (brought.rows, brought.head, brought.state) == ([], [], "dropped")


def test_another_school_s_file_is_not_found(client: Client, as_deputy: Client, school: School, deputy: User) -> None:
    make_pupil(make_class(school, "6А"), "Ковтун Матвей")
    brought = upload(as_deputy, school)
    brought.school = School.objects.create(code="S2", name="Другая")
    brought.save()

    assert as_deputy.get(reverse("registry:brought", args=[brought.pk])).status_code == 404


def test_who_stands_there_with_another_category_is_named_with_the_way_to_correct_it(
    as_deputy: Client, school: School, deputy: User, pupils: list[Pupil], seventh: SchoolClass
) -> None:
    kept = entry_include(
        by=deputy,
        period=start_of(school.years.get()),
        pupil=pupils[0],
        school_class=seventh,
        category=Category.RESERVE,
        subjects=[],
        grounds="педсовет",
    )
    brought = upload(as_deputy, school)
    shown = page(as_deputy, brought, what="write", **COLUMNS, **{"row-7": pupils[2].pk})

    assert "в файле неуспевающий, в реестре резерв" in shown
    assert reverse("registry:correct", args=[kept.pk]) in shown
    assert RegistryEntry.objects.get(pk=kept.pk).category == "reserve"
