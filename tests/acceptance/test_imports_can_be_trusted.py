"""An import on pages: all or nothing, previewed, written as previewed, warned about, undone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from openpyxl import Workbook

from common.errors import Refused
from gradebook.models import Mark, PeriodResult
from gradebook.services.batches import PreviewChanged, batch_read, batch_write
from gradebook.services.hand import mark_add
from gradebook.services.undo import gradebook_undo
from school.models import ImportBatch, Pupil, School, Subject, User
from school.roles import Position
from tests.factories import TODAY, make_class, make_pupil, make_school, make_staff, make_subject

pytestmark = pytest.mark.django_db
KOVTUN, BELOVA, TSOI = "Ковтун Матвей Андреевич", "Белова Ева Артёмовна", "Цой Иван Петрович"


@pytest.fixture
def school(settings: object, tmp_path: Path) -> School:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    school = make_school()
    seven_a = make_class(school, "7А")
    for name in (KOVTUN, BELOVA, TSOI):
        make_pupil(seven_a, name)
    return school


@pytest.fixture
def deputy(school: School) -> User:
    make_staff(school, "Ермолаева Софья Викторовна", Position.DEPUTY, login="deputy")
    return User.objects.get(username="deputy")


def journal(rows: dict[str, list[object]], *, subject: str = "Алгебра", result: bool = False) -> Workbook:
    """A class journal with lessons on 1, 2, 3 … September, and a column of results."""
    book = Workbook()
    page = book.active
    assert page is not None
    lessons = max(len(cells) for cells in rows.values()) - result
    page.append([f"Журнал. Класс: 7А. Предмет: {subject}. Учебный год: 2026/2027. Период: 1 четверть"])
    page.append(["№", "Фамилия, имя, отчество", "сентябрь", *[None] * (lessons - 1), *(["Итог"] if result else [])])
    page.append([None, None, *range(1, lessons + 1)])
    for number, (name, cells) in enumerate(rows.items(), 1):
        page.append([number, name, *cells])
    return book


def previewed(school: School, by: User, *books: Workbook) -> ImportBatch:
    batch = ImportBatch.objects.create(school=school, kind="gradebook", state="uploaded", by=by, options={})
    for number, book in enumerate(books, 1):
        name = f"journal_{number}.xlsx"
        with ContentFile(b"", name=name) as content:
            book.save(content)
            content.seek(0)
            batch.files.create(name=name, size=1, sha256="", content=content)
    return batch_read(by=by, batch=batch)


def marks() -> dict[str, list[int]]:
    told: dict[str, list[int]] = {}
    for name, value in Mark.objects.order_by("date").values_list("pupil__last_name", "value"):
        told.setdefault(name, []).append(value)
    return told


def test_what_is_written_is_what_was_previewed(school: School, deputy: User) -> None:
    batch = previewed(school, deputy, journal({KOVTUN: [4, 3, 5], BELOVA: [None, 2, "Н"]}))
    assert not Mark.objects.exists()

    batch_write(by=deputy, batch=batch)

    assert marks() == {"Ковтун": [4, 3, 5], "Белова": [2]}


def swap_names(school: School, by: User) -> None:
    """The same names mean other children."""
    first, second = Pupil.objects.get(last_name="Ковтун"), Pupil.objects.get(last_name="Белова")
    told = [(p.last_name, p.first_name, p.middle_name) for p in (second, first)]
    for pupil, (last, name, middle) in zip((first, second), told, strict=True):
        pupil.last_name, pupil.first_name, pupil.middle_name = last, name, middle
        pupil.save()


def swap_slots(school: School, by: User) -> None:
    """A hand puts one of the marks of the file and takes its like away: as many are new as before."""
    algebra = Subject.objects.get()
    standing = Mark.objects.get(pupil__last_name="Цой")
    Mark.objects.filter(pk=standing.pk).update(pupil=Pupil.objects.get(last_name="Белова"), subject=algebra)


def other_value(school: School, by: User) -> None:
    """The file on the disk is not the one that was shown."""
    kept = ImportBatch.objects.latest("pk").files.get()
    with ContentFile(b"", name="other.xlsx") as content:
        journal({KOVTUN: [3], BELOVA: [4], TSOI: [5]}).save(content)
        content.seek(0)
        kept.content.save("other", content)


def add_by_hand(school: School, by: User) -> None:
    """A mark of the deputy's own stands where the file states one."""
    pupil, day = Pupil.objects.get(last_name="Ковтун"), TODAY.replace(month=9, day=1)
    mark_add(by=by, pupil=pupil, subject=Subject.objects.get(), day=day, value=5)


@pytest.mark.parametrize("meanwhile", [swap_names, swap_slots, other_value, add_by_hand])
def test_a_preview_that_is_no_longer_true_is_not_written_even_when_its_counts_are_the_same(
    school: School, deputy: User, meanwhile: Callable[[School, User], None]
) -> None:
    make_subject(school, "Алгебра")
    batch_write(by=deputy, batch=previewed(school, deputy, journal({TSOI: [5]})))
    batch = previewed(school, deputy, journal({KOVTUN: [4], BELOVA: [5], TSOI: [5]}))
    meanwhile(school, deputy)
    before = marks()

    with pytest.raises(PreviewChanged):
        batch_write(by=deputy, batch=batch)

    assert marks() == before


def test_new_subjects_and_results_are_written_as_previewed_too(school: School, deputy: User) -> None:
    batch = previewed(school, deputy, journal({KOVTUN: [4, 4, 4, "4"]}, subject="Химия", result=True))
    assert not Subject.objects.exists()

    batch_write(by=deputy, batch=batch)

    assert Subject.objects.get().name == "Химия"
    assert PeriodResult.objects.get().value == "4"


def test_of_several_files_all_are_written_or_none(school: School, deputy: User) -> None:
    torn = Workbook()
    torn.create_sheet("Список").append(["что-то", "другое"])
    batch = previewed(school, deputy, journal({KOVTUN: [4]}), torn)

    assert batch.state == ImportBatch.State.REFUSED
    with pytest.raises(Refused):
        batch_write(by=deputy, batch=batch)
    assert not Mark.objects.exists()


def test_an_unusual_change_needs_a_persons_word(school: School, deputy: User) -> None:
    batch_write(by=deputy, batch=previewed(school, deputy, journal({KOVTUN: [4] * 25})))
    batch = previewed(school, deputy, journal({KOVTUN: [5] * 25}))
    assert batch.summary["unusual"]

    with pytest.raises(Refused, match="25 из 25"):
        batch_write(by=deputy, batch=batch)
    assert marks() == {"Ковтун": [4] * 25}

    batch_write(by=deputy, batch=batch, accept=True)
    assert marks() == {"Ковтун": [5] * 25}


def test_undo_brings_the_old_values_back(school: School, deputy: User) -> None:
    batch_write(by=deputy, batch=previewed(school, deputy, journal({KOVTUN: [4, 3]})))
    second = batch_write(by=deputy, batch=previewed(school, deputy, journal({KOVTUN: [5, None]})))
    assert marks() == {"Ковтун": [5]}

    gradebook_undo(by=deputy, batch=second)

    assert marks() == {"Ковтун": [4, 3]}


def test_pupils_missing_from_a_file_keep_their_marks_and_their_place(school: School, deputy: User) -> None:
    batch_write(by=deputy, batch=previewed(school, deputy, journal({KOVTUN: [4], BELOVA: [5]})))

    batch_write(by=deputy, batch=previewed(school, deputy, journal({KOVTUN: [4]})))

    assert marks() == {"Ковтун": [4], "Белова": [5]}
    assert Pupil.objects.count() == 3
