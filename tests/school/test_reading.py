"""The log of readings of restricted facts."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from school.models import Pupil, RestrictedRead, School, User
from school.restricted import SOCIAL_PASSPORT, restricted_kind, restricted_words
from school.services.reading import log_reading
from tests.factories import make_class, make_pupil, make_staff

pytestmark = pytest.mark.django_db

OTHER = restricted_kind("test_facts", "проверочные сведения")


@pytest.fixture
def pupils(school: School) -> list[Pupil]:
    school_class = make_class(school, "7А")
    return [make_pupil(school_class, name) for name in ("Ковтун Матвей", "Лещук Лада", "Мороз Пётр")]


@pytest.fixture
def reader(school: School) -> User:
    return make_staff(school, "Фомина Лидия Петровна", "social_pedagogue", login="socped").user


def test_it_keeps_who_whom_what_and_when(pupils: list[Pupil], reader: User) -> None:
    before = timezone.now().replace(second=0, microsecond=0)
    log_reading(by=reader, pupils=[pupils[0]], what=SOCIAL_PASSPORT)
    row = RestrictedRead.objects.get()
    assert (row.user, row.pupil, row.school, row.what) == (reader, pupils[0], pupils[0].school, SOCIAL_PASSPORT)
    assert before <= row.at <= timezone.now()


def test_it_takes_many_pupils_in_one_statement(
    pupils: list[Pupil], reader: User, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        log_reading(by=reader, pupils=[pupils[0], pupils[1].pk, pupils[2], pupils[0]], what=SOCIAL_PASSPORT)
    assert set(RestrictedRead.objects.values_list("pupil", flat=True)) == {pupil.pk for pupil in pupils}


def test_nobody_to_read_about_is_nothing_to_write(reader: User, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        log_reading(by=reader, pupils=[], what=SOCIAL_PASSPORT)


def test_the_same_reading_within_a_minute_is_written_once(pupils: list[Pupil], reader: User) -> None:
    # Two calls cannot stand in different minutes of one transaction, so a test needs no clock of its own.
    with transaction.atomic():
        for _ in range(2):
            log_reading(by=reader, pupils=pupils, what=SOCIAL_PASSPORT)
    assert RestrictedRead.objects.count() in (3, 6)
    minutes = set(RestrictedRead.objects.values_list("at", flat=True))
    assert RestrictedRead.objects.count() == 3 * len(minutes)


def test_other_facts_and_other_people_are_readings_of_their_own(
    pupils: list[Pupil], reader: User, school: School
) -> None:
    second = make_staff(school, "Зорина Вера", "psychologist", login="psy").user
    log_reading(by=reader, pupils=[pupils[0]], what=SOCIAL_PASSPORT)
    log_reading(by=reader, pupils=[pupils[0]], what=OTHER)
    log_reading(by=second, pupils=[pupils[0]], what=OTHER)
    told = set(RestrictedRead.objects.values_list("user__username", "what"))
    assert told == {("socped", SOCIAL_PASSPORT), ("socped", OTHER), ("psy", OTHER)}


def test_a_kind_that_nobody_named_is_refused(pupils: list[Pupil], reader: User) -> None:
    with pytest.raises(ValueError, match="nonsense"):
        log_reading(by=reader, pupils=pupils, what="nonsense")
    assert not RestrictedRead.objects.exists()


def test_kinds_have_russian_words() -> None:
    assert restricted_words(SOCIAL_PASSPORT) == "социальный паспорт"
    assert restricted_words("forgotten") == "forgotten"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE school_restrictedread SET what = 'x'",
        "DELETE FROM school_restrictedread",
        "TRUNCATE school_restrictedread",
        "INSERT INTO school_restrictedread (user_id, pupil_id, school_id, what, at) VALUES (1, 1, 1, 'x', now())",
        "ALTER TABLE school_restrictedread ALTER at SET DEFAULT '2020-01-01'",
    ],
)
def test_the_applications_role_cannot_change_the_log_nor_name_its_time(
    pupils: list[Pupil], reader: User, owner_apart: None, sql: str
) -> None:
    log_reading(by=reader, pupils=pupils, what=SOCIAL_PASSPORT)
    with (
        pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert RestrictedRead.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_what_a_page_was_shown_stays_in_the_log_when_the_page_fails_afterwards(
    pupils: list[Pupil], reader: User
) -> None:
    with pytest.raises(RuntimeError):
        _page_that_fails(reader, pupils)
    assert RestrictedRead.objects.count() == 3


def _page_that_fails(reader: User, pupils: list[Pupil]) -> None:
    log_reading(by=reader, pupils=pupils, what=SOCIAL_PASSPORT)
    raise RuntimeError


def test_a_pupil_entered_by_mistake_may_go_though_somebody_read_about_them(pupils: list[Pupil], reader: User) -> None:
    log_reading(by=reader, pupils=[pupils[0]], what=SOCIAL_PASSPORT)
    pupils[0].enrolments.all().delete()
    pupils[0].delete()
    assert RestrictedRead.objects.get().at > timezone.now() - timedelta(hours=1)
