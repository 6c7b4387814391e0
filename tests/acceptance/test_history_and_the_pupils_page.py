"""History that cannot be altered, the pupil's page and the desk: sentences of the main job, one a test."""

import json
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client
from django.urls import reverse

from gradebook.models import Mark
from risk_registry.services.classification import period_classify
from school.models import HistoryEvent, Pupil, School, User
from tests.factories import make_class, make_pupil, make_school, make_staff
from tests.gradebook.files import Child, ClassBook, Lesson, write
from tests.risk_registry.making import give_marks, judged, period_of

pytestmark = pytest.mark.django_db
CHILD = Child("01500001", "Ковтун Матвей Андреевич")
DAYS = [date(2026, 9, number) for number in (1, 2, 3)]
BOOK = ClassBook(
    name="7А",
    year=2026,
    children=(CHILD,),
    subjects=("Алгебра",),
    lessons=tuple(Lesson(0, 0, day, 0, (mark,)) for day, mark in zip(DAYS, ("2", "4", "5"), strict=True)),
    results=(),
    means=(),
)


@pytest.fixture
def school() -> School:
    school = make_school()
    teacher = make_staff(school, "Власова Надежда Игоревна", "teacher", login="klass")
    make_pupil(make_class(school, "7А", teacher=teacher), CHILD.name, external_id=CHILD.id)
    make_staff(school, "Ермолаева Софья Викторовна", "deputy_director_uvr", login="zavuch")
    return school


@pytest.fixture
def deputy(school: School, client: Client) -> User:
    deputy = User.objects.get(username="zavuch")
    client.force_login(deputy)
    return deputy


def imported(path: Path) -> dict[str, Any]:
    out = StringIO()
    call_command("import_gradebook", "--school", "S1", str(path), "--json", stdout=out)
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def text_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def test_every_change_has_author_time_and_previous_value_bulk_updates_and_raw_sql_included(
    client: Client, school: School, deputy: User
) -> None:
    subject = give_marks(Pupil.objects.get(), "Алгебра", 2, 2, on=DAYS[0])
    first, second = Mark.objects.order_by("pk")
    client.post(reverse("desk:mark", args=[first.pupil_id, first.pk]), {"value": "4", "was": "2"})
    Mark.objects.filter(pk=second.pk).update(value=3)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE gradebook_mark SET value = 5 WHERE subject_id = %s", [subject.pk])
    told = [
        (event.row_id, event.before and event.before["value"], event.after and event.after["value"])
        for event in HistoryEvent.objects.filter(table="gradebook_mark").order_by("pk")
    ]
    assert told[:2] == [(str(first.pk), 2, 4), (str(second.pk), 2, 3)]
    assert sorted(told[2:]) == [(str(first.pk), 4, 5), (str(second.pk), 3, 5)]
    by_page = HistoryEvent.objects.filter(table="gradebook_mark").order_by("pk")[0]
    assert (by_page.user, by_page.source) == (deputy, "desk:mark")
    assert by_page.at is not None


@pytest.mark.parametrize("deed", ["DELETE FROM", "UPDATE", "TRUNCATE"])
def test_the_applications_role_cannot_alter_history(school: School, owner_apart: None, deed: str) -> None:
    sql = f"{deed} school_historyevent" + (" SET before = NULL" if deed == "UPDATE" else "")
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert HistoryEvent.objects.exists()


def test_an_import_from_the_command_line_is_told_as_such(school: School, tmp_path: Path) -> None:
    imported(write(BOOK, "journal", "xlsx", tmp_path))
    corrected = replace(BOOK, lessons=(replace(BOOK.lessons[0], tokens=("4",)), *BOOK.lessons[1:]))
    imported(write(corrected, "journal", "xlsx", tmp_path))
    [event] = HistoryEvent.objects.filter(table="gradebook_mark")
    assert event.source == "команда import_gradebook"


def test_a_mark_corrected_between_two_imports_is_the_new_one_and_its_page_shows_that_it_was_2(
    client: Client, school: School, deputy: User, tmp_path: Path
) -> None:
    imported(write(BOOK, "journal", "xlsx", tmp_path))
    pupil = Pupil.objects.get()
    period_classify(period=period_of(school))
    assert judged(pupil).category == "weak"
    corrected = replace(BOOK, lessons=(replace(BOOK.lessons[0], tokens=("4",)), *BOOK.lessons[1:]))
    imported(write(corrected, "journal", "xlsx", tmp_path))
    assert judged(pupil).category == "none"
    page = text_of(client, reverse("desk:pupil", args=[pupil.pk]) + "?period=1")
    assert '<del>2</del> 4<span class="visually-hidden"> исправлена</span>' in page
    subject = Mark.objects.first().subject_id  # type: ignore[union-attr]
    assert "была 2, исправлена" in text_of(client, reverse("desk:subject", args=[pupil.pk, subject]))


def test_the_pupils_page_has_header_marks_with_sparklines_categories_over_time_and_history(
    client: Client, school: School, deputy: User
) -> None:
    pupil = Pupil.objects.get()
    give_marks(pupil, "Алгебра", 2, 3, 2, on=DAYS[0])
    give_marks(pupil, "Алгебра", 4, 4, 4, on=date(2026, 11, 9))
    period_classify(period=period_of(school, 1))
    period_classify(period=period_of(school, 2))
    page = text_of(client, reverse("desk:pupil", args=[pupil.pk]))
    for words in (
        "Ковтун Матвей Андреевич",
        "7А класс",
        "кл. рук. Власова Н. И.",
        'class="o-spark"',
        "1-я четверть 2026/27",
        "Неуспевающий",
        reverse("desk:history", args=[pupil.pk]),
    ):
        assert words in page
    assert "Обучающийся: добавлено" in text_of(client, reverse("desk:history", args=[pupil.pk]))


def test_a_mark_can_be_corrected_on_the_pupils_page(client: Client, school: School, deputy: User) -> None:
    pupil = Pupil.objects.get()
    subject = give_marks(pupil, "Алгебра", 2, on=DAYS[0])
    mark = Mark.objects.get()
    page = text_of(client, reverse("desk:subject", args=[pupil.pk, subject.pk]))
    form = reverse("desk:mark", args=[pupil.pk, mark.pk])
    assert f'href="{form}"' in page
    client.post(form, {"value": "3", "was": "2"})
    mark.refresh_from_db()
    assert (mark.value, mark.by_hand) == (3, True)


def test_a_person_can_read_why_they_see_a_pupil_and_who_else_does(client: Client, school: School, deputy: User) -> None:
    page = text_of(client, reverse("desk:readers", args=[Pupil.objects.get().pk]))
    assert "Вы видите её: заместитель директора" in page
    assert "классный руководитель 7А" in page


def test_every_class_shows_its_data_as_of_and_a_class_without_any_is_named_beside_the_counts(
    client: Client, school: School, deputy: User, tmp_path: Path
) -> None:
    silent = make_class(school, "8Б")
    make_pupil(silent, "Ёлкин Павел Викторович")
    imported(write(BOOK, "journal", "xlsx", tmp_path))
    period_classify(period=period_of(school))
    own = Pupil.objects.get(external_id=CHILD.id).enrolments.get().school_class
    assert "данные на 3 сентября" in text_of(client, reverse("desk:class", args=[own.pk]))
    assert "данных ещё нет" in text_of(client, reverse("desk:class", args=[silent.pk]))
    desk = text_of(client, reverse("desk:home"))
    assert "2 класса без свежих" in desk
    assert "отметок ещё не было" in desk
    assert "нет данных" in desk


def test_the_deputys_desk_answers_where_the_school_stands_and_leads_to_the_names(
    client: Client, school: School, deputy: User
) -> None:
    give_marks(Pupil.objects.get(), "Алгебра", 2, 2, 2, on=DAYS[0])
    period_classify(period=period_of(school))
    desk = client.get(reverse("desk:home"))
    figures = desk.context["overview"].figures
    assert [figure.number for figure in figures[:3]] == ["1", "0", "1"]
    assert "Ковтун" in text_of(client, figures[0].url)


def test_as_class_teacher_one_sees_only_the_own_class(client: Client, school: School) -> None:
    other = make_pupil(make_class(school, "8Б"), "Ёлкин Павел Викторович")
    client.force_login(User.objects.get(username="klass"))
    assert "7А" in text_of(client, reverse("desk:home"))
    assert client.get(reverse("desk:pupil", args=[other.pk])).status_code == 404
    assert "Никого не нашлось" in text_of(client, reverse("desk:search") + "?q=елкин")
