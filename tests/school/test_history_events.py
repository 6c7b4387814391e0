from datetime import date

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from common.authorship import acting, deed
from gradebook.models import Mark
from school.models import Enrolment, Guardian, HistoryEvent, Pupil, School, SocialRecord, User
from tests.factories import PASSWORD, make_class, make_pupil, make_school, make_staff, make_subject

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def pupil(school: School) -> Pupil:
    return make_pupil(make_class(school, "7А"), "Ковтун Матвей Андреевич")


@pytest.fixture
def mark(pupil: Pupil) -> Mark:
    subject = make_subject(pupil.school, "Алгебра")
    year = pupil.school.years.get()
    day = date(2026, 10, 12)
    return Mark.objects.create(school=pupil.school, year=year, pupil=pupil, subject=subject, date=day, value=2)


def events(table: str) -> list[HistoryEvent]:
    return list(HistoryEvent.objects.filter(table=table).order_by("pk"))


def test_it_keeps_the_previous_value_of_a_saved_change(pupil: Pupil) -> None:
    pupil.first_name = "Максим"
    pupil.save()
    changed = events("school_pupil")[-1]
    assert (changed.operation, changed.before, changed.after) == (
        "U",
        {"first_name": "Матвей"},
        {"first_name": "Максим"},
    )
    assert (changed.row_id, changed.pupil_id, changed.school_id) == (str(pupil.pk), pupil.pk, pupil.school_id)


def test_it_keeps_every_row_of_a_bulk_update(mark: Mark) -> None:
    other = Mark.objects.create(
        school=mark.school, year=mark.year, pupil=mark.pupil, subject=mark.subject, date=mark.date, ordinal=1, value=3
    )
    Mark.objects.update(value=4)
    told = [(event.row_id, event.before and event.before["value"], event.after) for event in events("gradebook_mark")]
    assert told == [(str(mark.pk), 2, {"value": 4}), (str(other.pk), 3, {"value": 4})]


def test_it_keeps_what_raw_sql_changes_and_removes(mark: Mark) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE gradebook_mark SET value = 5")
        cursor.execute("DELETE FROM gradebook_mark")
    changed, removed = events("gradebook_mark")
    assert changed.before == {"value": 2, "subject_id": mark.subject_id, "date": "2026-10-12"}
    assert removed.operation == "D"
    assert removed.before is not None
    assert removed.before["value"] == 5


def test_it_keeps_an_insert_on_conflict_that_changes(mark: Mark) -> None:
    mark.value = 4
    mark.pk = None
    Mark.objects.bulk_create(
        [mark],
        update_conflicts=True,
        update_fields=["value"],
        unique_fields=["pupil", "subject", "date", "ordinal"],
    )
    assert [event.after for event in events("gradebook_mark")] == [{"value": 4}]


def test_it_tells_a_changed_key_as_a_removal_and_a_new_row(mark: Mark) -> None:
    Mark.objects.filter(pk=mark.pk).update(id=mark.pk + 1000)
    assert [(e.operation, e.row_id) for e in events("gradebook_mark")] == [
        ("D", str(mark.pk)),
        ("I", str(mark.pk + 1000)),
    ]


def test_it_says_nothing_of_new_marks_and_of_updates_that_change_nothing(mark: Mark) -> None:
    Mark.objects.update(value=2)
    assert events("gradebook_mark") == []


def test_it_records_new_pupils_and_where_they_sit(pupil: Pupil) -> None:
    born = events("school_pupil")[0]
    assert born.operation == "I"
    assert born.after is not None
    assert born.after["last_name"] == "Ковтун"
    seated = events("school_enrolment")[0]
    assert seated.pupil_id == pupil.pk
    assert seated.after is not None
    assert seated.after["school_class_id"] == Enrolment.objects.get().school_class_id


def test_it_does_not_copy_restricted_columns(pupil: Pupil) -> None:
    record = SocialRecord.objects.create(pupil=pupil)
    record.special_needs = True
    record.save()
    record.delete()
    made, changed, removed = events("school_socialrecord")
    assert "special_needs" not in (made.after or {})
    assert (changed.before, changed.after, changed.concealed) == (None, None, ["special_needs"])
    assert "special_needs" not in (removed.before or {})


def test_it_never_copies_a_password(school: School) -> None:
    user = User.objects.create_user("olga", PASSWORD, school=school)
    user.set_password(PASSWORD + "!")
    user.save()
    made, changed = events("school_user")
    assert "password" not in (made.after or {})
    assert (changed.after, changed.concealed) == (None, ["password"])


def test_it_does_not_tell_of_a_login_or_of_generated_columns(school: School) -> None:
    user = User.objects.create_user("olga", PASSWORD, school=school)
    user.last_login = school.now()
    user.save()
    Guardian.objects.create(school=school, last_name="Ковтун", first_name="Анна")
    assert [event.operation for event in events("school_user")] == ["I"]
    assert "sort_key" not in (events("school_guardian")[0].after or {})


def test_it_names_the_author_and_the_deed(mark: Mark) -> None:
    make_staff(mark.school, "Ермолаева Софья Викторовна", "deputy_director_uvr", login="deputy")
    deputy = User.objects.get(username="deputy")
    with acting(deputy, "desk:mark"):
        Mark.objects.update(value=3)
    with acting(None, "команда import_gradebook"):
        Mark.objects.update(value=4)
    Mark.objects.update(value=5)
    told = [(event.user_id, event.source) for event in events("gradebook_mark")]
    assert told[:2] == [(deputy.pk, "desk:mark"), (None, "команда import_gradebook")]


def test_a_deed_is_one_transaction_signed_by_the_person(mark: Mark) -> None:
    user = User.objects.create_user("olga", PASSWORD, school=mark.school)

    @deed
    def mark_change(*, by: User | None, value: int) -> None:
        Mark.objects.update(value=value)
        if value == 1:
            raise ValueError(value)

    mark_change(by=user, value=4)
    with pytest.raises(ValueError, match="1"), transaction.atomic():
        mark_change(by=user, value=1)
    assert [(event.user_id, event.after) for event in events("gradebook_mark")] == [(user.pk, {"value": 4})]


def test_the_author_survives_a_rolled_back_savepoint_and_ends_with_the_block(mark: Mark) -> None:
    user = User.objects.create_user("olga", PASSWORD, school=mark.school)
    with acting(user, "desk:mark"):
        with pytest.raises(ValueError, match="back"), transaction.atomic():
            Mark.objects.update(value=3)
            raise ValueError("back")
        Mark.objects.update(value=4)
    with acting(None, "after"):
        Mark.objects.update(value=5)
    assert [(event.user_id, event.source) for event in events("gradebook_mark")] == [
        (user.pk, "desk:mark"),
        (None, "after"),
    ]


def test_a_source_with_quotes_and_percent_signs_does_no_harm(mark: Mark) -> None:
    with acting(None, "100 % 'x' \\"), connection.cursor() as cursor:
        cursor.execute("UPDATE gradebook_mark SET value = %s", [3])
        cursor.execute("UPDATE gradebook_mark SET value = 4 WHERE raw NOT LIKE '%x'")
    assert {event.source for event in events("gradebook_mark")} == {"100  x "}


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO school_historyevent (at, operation, \"table\", row_id, source) VALUES (now(), 'U', 'x', '1', '')",
        "UPDATE school_historyevent SET after = NULL",
        "DELETE FROM school_historyevent",
        "TRUNCATE school_historyevent",
        "SELECT setval('school_historyevent_id_seq', 1)",
        "ALTER TABLE gradebook_mark DISABLE TRIGGER history_update",
        "DROP TRIGGER history_update ON gradebook_mark",
        "SET session_replication_role = replica",
        "CREATE TEMP TABLE x (id bigint); "
        "CREATE TRIGGER t AFTER INSERT ON x REFERENCING NEW TABLE AS new_rows "
        "FOR EACH STATEMENT EXECUTE FUNCTION history_record('id', '', '', '', '', '')",
    ],
)
def test_the_applications_role_cannot_alter_or_forge_history(mark: Mark, owner_apart: None, sql: str) -> None:
    with (
        pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


@pytest.mark.django_db(transaction=True)
def test_a_write_outside_a_transaction_is_signed_and_leaves_no_author_behind(mark: Mark) -> None:
    user = User.objects.create_user("olga", PASSWORD, school=mark.school)
    with acting(user, "desk:mark"):
        Mark.objects.update(value=3)
    Mark.objects.update(value=4)
    first, second = events("gradebook_mark")
    assert (first.user_id, first.source) == (user.pk, "desk:mark")
    assert (second.user_id, second.source) == (None, connection.settings_dict["USER"])
