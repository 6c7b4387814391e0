"""Files of pupils and staff on pages: upload, preview, write, summary, undo."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from school.models import ImportBatch, Pupil, School, Staff
from tests.factories import make_class, make_pupil, make_school

pytestmark = pytest.mark.django_db

SAMPLES = Path(__file__).parent.parent / "data" / "school"
HEADINGS = ["Ид.", "Фамилия", "Имя", "Отчество", "Класс", "Дата рождения"]


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def file(*rows: list[str], name: str = "Контингент.xlsx") -> SimpleUploadedFile:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [HEADINGS, *rows]:
        sheet.append(row)
    kept = BytesIO()
    book.save(kept)
    return SimpleUploadedFile(name, kept.getvalue())


def upload(client: Client, content: SimpleUploadedFile, kind: str = "pupils") -> ImportBatch:
    answer = client.post(reverse(f"school:import_{kind}"), {"file": content})
    batch = ImportBatch.objects.latest("pk")
    assert answer["Location"] == reverse("school:import_batch", args=[batch.pk])
    return batch


def page(client: Client, batch: ImportBatch, **asked: str) -> str:
    answer = client.get(reverse("school:import_batch", args=[batch.pk]), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def do(client: Client, deed: str, batch: ImportBatch) -> str:
    answer = client.post(reverse(f"school:import_{deed}", args=[batch.pk]), follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


KOVTUN = ["100", "Ковтун", "Матвей", "Андреевич", "7А", "05.03.2013"]


def test_a_preview_says_what_would_change_and_writes_nothing(deputy: Client, school: School) -> None:
    make_pupil(make_class(school, "7Б"), "Ковтун Матвей Андреевич", external_id="100")
    batch = upload(deputy, file(KOVTUN, ["", "Седых", "Лада", "", "выбыла", ""], ["7", "Ким", "Олег", "", "5А", ""]))
    told = page(deputy, batch)

    assert batch.state == ImportBatch.State.PREVIEW
    assert Pupil.objects.count() == 1
    assert "Ким Олег" in told
    assert "5А" in told
    assert "7Б → 7А с 21.11.2026" in page(deputy, batch, show="moved")
    assert "E3" in page(deputy, batch, show="rejected")
    assert "выбыла" in page(deputy, batch, show="rejected")


def test_what_was_previewed_is_written_and_can_be_undone(deputy: Client) -> None:
    batch = upload(deputy, file(KOVTUN))
    assert "Записано" in do(deputy, "apply", batch)
    assert Pupil.objects.get().external_id == "100"
    batch.refresh_from_db()
    assert batch.by is not None
    assert batch.by.username == "deputy"

    assert "Загрузка отменена" in do(deputy, "undo", batch)
    assert not Pupil.objects.exists()


def test_the_same_click_twice_writes_once(deputy: Client) -> None:
    batch = upload(deputy, file(KOVTUN))
    do(deputy, "apply", batch)
    do(deputy, "apply", batch)

    assert Pupil.objects.count() == 1


def test_what_changed_in_between_is_shown_again_before_it_is_written(deputy: Client, school: School) -> None:
    batch = upload(deputy, file(KOVTUN))
    make_pupil(make_class(school, "7Б"), "Ковтун Матвей Андреевич", external_id="100")
    told = do(deputy, "apply", batch)

    assert "данные школы изменились" in told
    assert "7Б → 7А" in told
    batch.refresh_from_db()
    assert batch.state == ImportBatch.State.PREVIEW
    do(deputy, "apply", batch)
    batch.refresh_from_db()
    assert batch.state == ImportBatch.State.APPLIED


def test_a_discarded_file_is_not_kept_and_cannot_be_written(
    deputy: Client, django_capture_on_commit_callbacks: Any
) -> None:
    batch = upload(deputy, file(KOVTUN))
    kept = batch.files.get().content
    with django_capture_on_commit_callbacks(execute=True):
        do(deputy, "discard", batch)

    assert not kept.storage.exists(str(kept.name))
    assert "уже не ждёт решения" in do(deputy, "apply", batch)
    assert not Pupil.objects.exists()


def test_undoing_what_others_lean_on_says_who_and_why(deputy: Client) -> None:
    batch = upload(deputy, file(KOVTUN))
    do(deputy, "apply", batch)
    Pupil.objects.update(first_name="Максим")
    told = do(deputy, "undo", batch)

    assert "нельзя отменить" in told
    assert "Ковтун Максим Андреевич: исправлено после загрузки" in told
    assert Pupil.objects.exists()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (SimpleUploadedFile("пустой.xlsx", b""), "пуст"),
        (SimpleUploadedFile("записки.txt", "Здравствуйте".encode()), "таблиц"),
        (SimpleUploadedFile("книга.xlsx", b"PK\x03\x04" + b"\x00" * 100), "повреждён"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(
    deputy: Client, content: SimpleUploadedFile, why: str
) -> None:
    answer = deputy.post(reverse("school:import_pupils"), {"file": content})

    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert not ImportBatch.objects.exists()


def test_a_form_without_a_file_asks_for_one(deputy: Client) -> None:
    assert "Выберите файл" in deputy.post(reverse("school:import_staff"), {}).content.decode()


def test_a_staff_file_is_previewed_and_written(deputy: Client) -> None:
    sample = SimpleUploadedFile("staff.xlsx", (SAMPLES / "staff.xlsx").read_bytes())
    batch = upload(deputy, sample, "staff")
    assert "Алгебра: 7А, 8А, 8Б, 9А" in page(deputy, batch)
    do(deputy, "apply", batch)

    assert Staff.objects.count() == 19


def test_nothing_to_write_is_said(deputy: Client) -> None:
    do(deputy, "apply", upload(deputy, file(KOVTUN)))

    assert "Записывать нечего" in page(deputy, upload(deputy, file(KOVTUN)))


def test_a_batch_of_another_school_is_not_found(deputy: Client) -> None:
    other = ImportBatch.objects.create(school=make_school("S2"), kind="pupils", state="preview")

    assert deputy.get(reverse("school:import_batch", args=[other.pk])).status_code == 404
    assert deputy.post(reverse("school:import_apply", args=[other.pk])).status_code == 404


def test_a_batch_of_marks_has_its_page_elsewhere(deputy: Client, school: School) -> None:
    marks = ImportBatch.objects.create(school=school, kind="gradebook", state="applied")

    assert deputy.get(reverse("school:import_batch", args=[marks.pk])).status_code == 404
