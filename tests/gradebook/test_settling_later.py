"""Rows that nobody was recognised in are settled later, and only they are taken then."""

import pytest
from django.core.files.base import ContentFile
from openpyxl import Workbook

from gradebook.services.batches import batch_again, batch_read, batch_settle, batch_write, unmatched_of
from school.models import ImportBatch, Pupil, School, User
from school.roles import Position
from tests.factories import make_staff
from tests.gradebook.said import journal, load, marks_of

KOVTUN = "Ковтун Матвей Андреевич"


@pytest.fixture
def deputy(school: School) -> User:
    make_staff(school, "Ермолаева Софья Викторовна", Position.DEPUTY, login="deputy")
    return User.objects.get(username="deputy")


def written(school: School, by: User) -> ImportBatch:
    """A batch whose file knows Kovtun and writes Belova's name otherwise."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["Журнал. Класс: 7А. Предмет: Алгебра. Учебный год: 2026/2027. Период: 1 четверть"])
    page.append(["№", "Фамилия, имя, отчество", "сентябрь"])
    page.append([None, None, 14])
    page.append([1, KOVTUN, 4])
    page.append([2, "Белявская Ева Артёмовна", 5])
    batch = ImportBatch.objects.create(school=school, kind="gradebook", state="uploaded", by=by, options={})
    with ContentFile(b"", name="journal.xlsx") as content:
        book.save(content)
        content.seek(0)
        batch.files.create(name="journal.xlsx", size=1, sha256="", content=content)
    return batch_write(by=by, batch=batch_read(by=by, batch=batch))


def test_only_the_settled_rows_are_taken_and_newer_marks_stay(school: School, deputy: User) -> None:
    batch = written(school, deputy)
    load(school, journal({KOVTUN: {"Алгебра": {"09-14": "3"}}}, ["09-14"]))
    assert [row["value"] for row in unmatched_of(batch)] == ["Белявская Ева Артёмовна"]
    belova = Pupil.objects.get(last_name="Белова")
    assert batch_settle(by=deputy, batch=batch, choices={0: belova.pk}) == 1
    again = batch_write(by=deputy, batch=batch_read(by=deputy, batch=batch_again(by=deputy, batch=batch)))
    assert marks_of(school) == {("Ковтун", "Алгебра", "09-14"): [3], ("Белова", "Алгебра", "09-14"): [5]}
    assert again.summary["changed"] == 0
