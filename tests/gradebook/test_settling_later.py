"""Rows that nobody was recognised in are settled later, and only they are taken then."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from openpyxl import Workbook

from common.errors import Refused
from gradebook.models import NameMatch
from gradebook.selectors_batches import pupils_to_choose
from gradebook.selectors_settling import rows_left, rows_waiting, unmatched_of
from gradebook.services.batches import batch_again, batch_read, batch_settle, batch_write
from gradebook.services.settling import rows_settle
from gradebook.services.undo import gradebook_undo
from school.agendas import agenda_of
from school.models import ImportBatch, Pupil, School, SchoolClass, User
from school.roles import Position
from tests.factories import make_pupil, make_staff
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


def test_a_row_may_mean_a_pupil_whose_name_is_quite_another(school: School, deputy: User, client: Client) -> None:
    batch = written(school, deputy)
    client.force_login(deputy)
    address = f"/imports/{batch.pk}/settle/"
    tsoi = Pupil.objects.get(last_name="Цой")
    assert "Цой Иван Петрович, 7А" in client.get(f"/imports/{batch.pk}/").content.decode()

    told = client.post(address, {"row-0": "", "name-0": "Кто-то другой"}, follow=True).content.decode()
    assert "Нет обучающегося «Кто-то другой»" in told
    assert not NameMatch.objects.exists()

    client.post(address, {"row-0": "", "name-0": "Цой Иван Петрович, 7А"})
    assert NameMatch.objects.get().pupil == tsoi


def test_a_whole_name_typed_without_the_class_means_its_only_bearer(
    school: School, deputy: User, client: Client
) -> None:
    address = f"/imports/{written(school, deputy).pk}/settle/"
    client.force_login(deputy)
    double = make_pupil(SchoolClass.objects.get(letter="А"), "Цой Иван Петрович", birth=date(2014, 6, 6))
    client.post(address, {"row-0": "", "name-0": "Цой Иван Петрович"})
    assert not NameMatch.objects.exists()  # two have this name: nobody is guessed
    double.delete()
    client.post(address, {"row-0": "", "name-0": "цой  иван петрович"})
    assert NameMatch.objects.get().pupil.last_name == "Цой"


def test_namesakes_to_choose_from_have_their_birth_dates(school: School, deputy: User) -> None:
    Pupil.objects.filter(last_name="Цой").update(birth_date=date(2013, 5, 5))
    double = make_pupil(SchoolClass.objects.get(letter="А"), "Цой Иван Петрович", birth=date(2014, 6, 6))
    chosen = pupils_to_choose(deputy)
    assert chosen["Цой Иван Петрович, 7А, 06.06.2014"] == double.pk
    assert len(chosen) == 5


def settle(by: User, batch: ImportBatch, **deed: object) -> ImportBatch:
    """Days later: the rows are decided, their batch is read and written."""
    fresh = rows_settle(by=by, batch=batch, **{"choices": {}, **deed})  # type: ignore[arg-type]
    assert fresh is not None
    return batch_write(by=by, batch=batch_read(by=by, batch=fresh))


def test_rows_settled_after_other_imports_are_one_step_that_can_be_undone(school: School, deputy: User) -> None:
    batch = written(school, deputy)
    assert rows_waiting(deputy) == {batch.pk: 1}
    load(school, journal({KOVTUN: {"Алгебра": {"09-14": "3"}}}, ["09-14"]))
    fresh = settle(deputy, batch, choices={0: Pupil.objects.get(last_name="Белова").pk})
    assert (rows_left(batch), rows_waiting(deputy)) == ([], {})
    gradebook_undo(by=deputy, batch=fresh)
    assert marks_of(school) == {("Ковтун", "Алгебра", "09-14"): [3]}
    assert [row["value"] for row in rows_left(batch)] == ["Белявская Ева Артёмовна"]


def test_a_new_pupil_is_entered_from_a_row(school: School, deputy: User, client: Client) -> None:
    batch = written(school, deputy)
    client.force_login(deputy)
    assert "Завести нового обучающегося" in client.get(f"/imports/{batch.pk}/").content.decode()
    answer = client.post(f"/imports/{batch.pk}/settle/", {"row-0": "new"})
    fresh = ImportBatch.objects.latest("pk")
    assert answer.headers["Location"] == f"/imports/{fresh.pk}/"
    batch_write(by=deputy, batch=batch_read(by=deputy, batch=fresh))
    made = Pupil.objects.get(last_name="Белявская")
    assert (made.first_name, made.middle_name, str(made.enrolments.get().school_class)) == ("Ева", "Артёмовна", "7А")
    assert marks_of(school)["Белявская", "Алгебра", "09-14"] == [5]


def test_a_batch_whose_files_are_gone_says_so(school: School, deputy: User, client: Client) -> None:
    batch = written(school, deputy)
    for file in batch.files.all():
        file.content.delete()
    with pytest.raises(Refused, match="больше не хранятся"):
        settle(deputy, batch, choices={0: Pupil.objects.get(last_name="Белова").pk})
    client.force_login(deputy)
    assert "больше не хранятся" in client.get(f"/imports/{batch.pk}/").content.decode()


def test_rows_wait_on_the_agenda_of_who_imports(school: School, deputy: User) -> None:
    batch = written(school, deputy)
    [item] = [item for item in agenda_of(deputy, school.today()) if "строк" in item.title]
    assert (item.title, item.url) == ("Несопоставленных строк в загрузке: 1", f"/imports/{batch.pk}/#unmatched")
