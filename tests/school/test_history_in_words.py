from datetime import date

import pytest
from django.apps import apps
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from common.authorship import acting
from gradebook.models import Mark
from school.history_words import column_name, thing_name
from school.models import HistoryEvent, Pupil, SocialRecord, Staff, User
from school.selectors_history import FieldChange, changes_in_words, history_of, pupil_events
from tests.factories import make_class, make_pupil, make_school, make_staff, make_subject

pytestmark = pytest.mark.django_db


@pytest.fixture
def pupil() -> Pupil:
    return make_pupil(make_class(make_school(), "7А"), "Ковтун Матвей Андреевич")


@pytest.fixture
def deputy(pupil: Pupil) -> User:
    make_staff(pupil.school, "Ермолаева Софья Викторовна", "deputy_director_uvr", login="deputy")
    return User.objects.get(username="deputy")


def make_mark(pupil: Pupil, value: int, day: date = date(2026, 10, 12)) -> Mark:
    return Mark.objects.create(
        school=pupil.school,
        year=pupil.school.years.get(),
        pupil=pupil,
        subject=make_subject(pupil.school, "Алгебра"),
        date=day,
        value=value,
    )


def test_it_tells_who_corrected_a_mark_and_what_it_was(pupil: Pupil, deputy: User) -> None:
    mark = make_mark(pupil, 2)
    with acting(deputy, "desk:mark"):
        Mark.objects.filter(pk=mark.pk).update(value=4, by_hand=True)
    [told] = history_of(mark)
    assert (told.thing, told.about, told.operation.label) == ("отметка", "Алгебра, 12.10.2026", "изменено")
    assert told.who == "Ермолаева\u00a0С.\u00a0В."
    assert told.fields == (
        FieldChange("исправлено вручную", "нет", "да"),
        FieldChange("отметка", "2", "4"),
    )


def test_it_tells_choices_dates_and_persons_as_words(pupil: Pupil) -> None:
    pupil.birth_date = date(2013, 3, 8)
    pupil.sex = "m"
    with acting(None, "команда import_pupils"):
        pupil.save()
    changed, born = history_of(pupil)
    assert changed.who == "командная строка"
    assert changed.fields == (FieldChange("пол", "", "мужской"), FieldChange("дата рождения", "", "08.03.2013"))
    assert born.operation.label == "добавлено"
    assert FieldChange("фамилия", "", "Ковтун") in born.fields


def test_it_says_that_restricted_facts_changed_without_telling_them(pupil: Pupil) -> None:
    record = SocialRecord.objects.create(pupil=pupil)
    record.special_needs = True
    record.save()
    assert [change.fields for change in history_of(record)] == [(FieldChange("ОВЗ", "", ""),), ()]


def test_a_removed_mark_tells_what_it_held(pupil: Pupil) -> None:
    mark = make_mark(pupil, 2)
    key = mark.pk
    mark.delete()
    mark.pk = key
    [told] = history_of(mark)
    assert told.operation.label == "удалено"
    assert FieldChange("предмет", "Алгебра", "") in told.fields
    assert FieldChange("отметка", "2", "") in told.fields


def test_the_pupils_history_is_for_those_who_may_see_the_pupil(pupil: Pupil, deputy: User) -> None:
    make_staff(pupil.school, "Сорокина Юлия Борисовна", "teacher", login="stranger")
    stranger = User.objects.get(username="stranger")
    assert [told.thing for told in changes_in_words(pupil_events(deputy, pupil))] == ["место в классе", "обучающийся"]
    assert list(pupil_events(stranger, pupil)) == []


def test_a_long_history_costs_no_more_queries_than_a_short_one(
    pupil: Pupil, deputy: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_mark(pupil, 2)
    for value in range(3, 5):
        Mark.objects.update(value=value)
    with django_assert_num_queries(3):
        changes_in_words(HistoryEvent.objects.filter(pupil=pupil))
    for day in range(1, 28):
        make_mark(pupil, 2, date(2026, 11, day))
    Mark.objects.update(value=5)
    with django_assert_num_queries(3):
        assert len(changes_in_words(HistoryEvent.objects.filter(pupil=pupil))) == 32


def test_an_author_who_was_removed_is_still_told_by_number(pupil: Pupil) -> None:
    user = User.objects.create_user("olga", school=pupil.school)
    with acting(user):
        Staff.objects.create(school=pupil.school, last_name="Гречко", first_name="Павел")
    key = user.pk
    user.delete()
    [told] = history_of(Staff.objects.get())
    assert told.who == f"логин № {key}"


def test_everything_that_keeps_history_has_russian_words() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'history_update'")
        tables = {table for (table,) in cursor.fetchall()}
    tracked = [model for model in apps.get_models(include_auto_created=True) if model._meta.db_table in tables]
    assert len(tracked) > 20
    foreign = [model._meta.label for model in tracked if thing_name(model).isascii()]
    foreign += [
        f"{model._meta.label}.{field.name}"
        for model in tracked
        for field in model._meta.concrete_fields
        if field.name != "id" and not getattr(field, "generated", False) and column_name(field).isascii()
    ]
    assert foreign == []
